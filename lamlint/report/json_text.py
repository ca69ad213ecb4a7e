"""JSON that every reader takes, and that may stand in a terminal and in the log of a runner."""

from __future__ import annotations

import json
import re

from lamlint.text.regex import Regex
from lamlint.text.visible import UNSEEN, visible

_HALF = Regex(r"[\ud800-\udfff]")
_COMMAND = "##["


def json_text(document: object, *, halves: bool = True) -> str:
    """A document, indented, with its last line end.

    What must not be shown as it is stands as an escape, so that the text is
    the same to who reads the JSON. Halves of characters, which stand for the
    bytes of a name that are no text, are legal as escapes, but some readers
    refuse all of a document that holds one; without `halves` they are shown
    by signs.
    """
    text = json.dumps(document, indent=2, ensure_ascii=False)
    if not halves:
        text = _HALF.sub(_sign, text)
    lines = (UNSEEN.sub(_escape, line) for line in text.split("\n"))
    return "\n".join(lines).replace(_COMMAND, f"#{_escaped('#')}[") + "\n"


def _sign(half: re.Match[str]) -> str:
    return json.dumps(visible(half.group()), ensure_ascii=False)[1:-1]


def _escape(character: re.Match[str]) -> str:
    return _escaped(character.group())


def _escaped(character: str) -> str:
    units = character.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[at]:02x}{units[at + 1]:02x}" for at in range(0, len(units), 2))
