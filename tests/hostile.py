"""Text that steers terminals, runners and readers' eyes, and what no output may hold of it."""

from __future__ import annotations

import re

TEXTS = {
    "a command of the runner": "a\n::error title=PWN::x",
    "one at the start": "::stop-commands::PWN",
    "one after white space": "\u3000\t::add-mask::PWN",
    "one of the old form": "##[error]PWN",
    "one behind a carriage return": "a\r::warning::PWN",
    "an escape sequence": "\x1b[7mPWN\x1b[27m",
    "one that lamlint writes": "\x1b[1;31mPWN\x1b[0m",
    "a hyperlink": "\x1b]8;;https:example.invalid\x1b\\PWN\x1b]8;;\x1b\\",
    "a title of the window": "\x1b]0;PWN\x07",
    "controls of eight bits": "\x9b7mPWN\x85::error::PWN",
    "other ends of lines": "a\x0b\x0c\x1c\u2028::error::PWN\u2029",
    "backspaces": "PWN\x08\x08\x08\x7f",
    "directions": "\u202ePWN\u2066\u2069\u200f\u061c",
    "what takes no place": "P\u200bW\u2060N\ufeff\u3164\xad",
    "tags": "P\U000e0050\U000e0057\U000e004e",
    "private and no characters": "P\ue000\U00100000\ufffe\U0001ffff",
    "Markdown": "a|b``c`<img src=x>[PWN](x:y)\\|&lt;",
    "quotes": "\"';$(PWN)`%0A::error::PWN",
}
BYTES = b"PWN\xff\x9b7m.py"
"""A name that is no UTF-8."""

_OWN = re.compile(r"\x1b\[(?:0|1|2|1;3[1-6])m")
_UNSEEN = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff"
    "\ud800-\udfff\ue000-\uf8ff\ufffe\uffff\U000e0000-\U0010ffff]"
)
_COMMAND = re.compile(
    r"::(?:(?:error|warning|notice) title=lamlint(?:%3A [a-z-]+)?"
    r"(?:,file=[^,:]*,line=\d+,endLine=\d+(?:,col=\d+,endColumn=\d+)?)?::.*"
    r"|group::lamlint: \d+ findings?|endgroup::)"
)


def unseen(text: str) -> list[str]:
    """What must not be in an output, lamlint's own colours aside."""
    return _UNSEEN.findall(_OWN.sub("", text))


def forged(text: str) -> bool:
    """Whether a text of a project brought a colour of its own."""
    return "\x1b[1;31mPWN" in text


def commands(text: str) -> list[str]:
    """What the runner of GitHub Actions would take for a command."""
    lines = re.split(r"\r\n|[\r\n]", text)
    return [line for line in lines if line.lstrip().startswith("::") or "##[" in line]


def strange(text: str) -> list[str]:
    """The commands of an output that are not lamlint's own."""
    return [command for command in commands(text) if not _COMMAND.fullmatch(command)]
