"""Text of a project as people may be shown it: it steers no terminal and hides nothing.

The signs are those of ruff and rustc: ␛ for an escape, � for what turns the
direction of text, cannot be seen, or is no character. Whatever can be seen
stays as it is. A byte of a file's name that is no text is shown as `\\xff`.
"""

from __future__ import annotations

import re

from lamlint.text.regex import Regex

_UNSEEN = (
    r"\x00-\x1f\x7f-\x9f"  # controls
    r"\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # directions of text
    r"\xad\u034f\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200d\u2060-\u2065\u206a-\u206f"
    r"\u3164\ufeff\uffa0\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"  # what takes no place
    r"\u2028\u2029"  # ends of lines
    r"\ud800-\udfff"  # halves of characters, and bytes that are none
    r"\ue000-\uf8ff\ufdd0-\ufdef\ufff0-\ufffb\ufffe\uffff"  # private and no characters
    r"\U000e0000-\U0010ffff"  # tags, and private ones
    + "".join(
        f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}"
        for plane in range(0x1_0000, 0xE_0000, 0x1_0000)
    )
)
UNSEEN = Regex(f"[{_UNSEEN}]")
"""One character that must not be shown as it is."""

_LINE_END_OR_TAB = Regex(r"\r\n|[\r\n\t]")
_PICTURES = 0x2400
_DELETE, _DELETE_PICTURE = "\x7f", "\N{SYMBOL FOR DELETE}"


def visible(text: str) -> str:
    """A name, or any other text of one line; a line end in it is a character like others."""
    return UNSEEN.sub(_sign, text)


def visible_lines(text: str) -> str:
    """Text of several lines: its line ends stay."""
    return "\n".join(map(visible, text.replace("\r\n", "\n").split("\n")))


def sentence(text: str) -> str:
    """A message in one line: its line ends and tabs are spaces."""
    return visible(_LINE_END_OR_TAB.sub(" ", text))


def _sign(match: re.Match[str]) -> str:
    character = match.group()
    code = ord(character)
    if code < 0x20:
        return chr(_PICTURES + code)
    if character == _DELETE:
        return _DELETE_PICTURE
    if 0xDC80 <= code <= 0xDCFF:  # a byte that os.fsdecode could not read
        return f"\\x{code - 0xDC00:02x}"
    return "\N{REPLACEMENT CHARACTER}"
