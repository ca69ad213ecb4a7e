"""Rule pages as plain text, and text inside Markdown tables."""

from __future__ import annotations

import re

from lamlint.text.regex import Regex

_HEADING = Regex(r"^#+ +", re.MULTILINE)
_LINK = Regex(r"\[([^\[\]]+)\]\([^()]+\)")
_PARAGRAPH = Regex(r"(?<!\n)\n(?![\n\-*#` ])")
_SPECIAL = Regex(r"([\\`*_{}\[\]<>|#&~@]|:(?=//)|(?<=www)\.)", re.IGNORECASE)
"""What Markdown reads as more than text; with it what GitHub makes links of by itself."""

_OF_CODE = Regex(r"[`|\\]")
"""What ends code, or a cell, or escapes that end."""
_MARK = Regex(r"[!-,./:-@\[-`{-~]")


def plain(page: str) -> str:
    """A page without the marks of Markdown; its paragraphs in one line each."""
    parts = page.split("```")
    for place in range(0, len(parts), 2):  # every other part is a fenced block
        text = _LINK.sub(r"\1", _HEADING.sub("", parts[place]))
        parts[place] = _PARAGRAPH.sub(" ", text).replace("`", "")
    for place in range(1, len(parts), 2):
        parts[place] = parts[place].partition("\n")[2]
    return "".join(parts).strip()


def escape(text: str) -> str:
    """Text as it is, in Markdown and inside a cell of a table."""
    return _SPECIAL.sub(r"\\\1", text.replace("\r", " ").replace("\n", " "))


def code(text: str) -> str:
    """Text as code inside a cell of a table."""
    flat = text.replace("\r", " ").replace("\n", " ")
    if _OF_CODE.search(flat):
        return f"<code>{_MARK.sub(_entity, flat)}</code>"
    return f"`{flat}`"


def _entity(mark: re.Match[str]) -> str:
    return f"&#{ord(mark.group())};"
