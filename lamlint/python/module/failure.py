"""Why a module does not parse, as the message of a syntax error."""

from __future__ import annotations

import re

from lamlint.python.module.facts import Refusal, would_be_taken
from lamlint.text import Source, Span
from lamlint.text.dataclass import dataclass
from lamlint.text.regex import Regex

_PYTHON_2 = Regex(
    r"""
      ^[ \t]*print[ \t]+(?:["'\w]|>>)(?!.*\bin\b.*:[ \t]*$)
    | ^[ \t]*except[ \t]+[\w.()]+[ \t]*,[ \t]*\w+[ \t]*:
    | ^[ \t]*except[ \t]*\([\w., \t]+\)[ \t]*,[ \t]*\w+[ \t]*:
    | ^[ \t]*exec[ \t]+["'\w]
    | ^[ \t]*raise[ \t]+[\w.]+[ \t]*,[ \t]*
    | \bur["']
    """,
    re.MULTILINE | re.VERBOSE,
)
_OLD_NUMBER = Regex(r"(?<![\w.])(?:0[0-7]+[lL]?|[1-9][0-9]*[lL])(?![\w.])")
_MIXED = "inconsistent use of tabs and spaces in indentation"
"""What CPython says of lines that lie side by side only where a tab is some number of spaces."""
_INDENT = Regex(r"^[ \t]*\t[ \t]*", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Failure:
    """A module that does not parse: what is wrong with it, and where.

    `python_2`: it is written for Python 2, and not wrong there.
    """

    message: str
    span: Span
    python_2: bool = False


def explain(source: Source, line: int, column: int, detail: str) -> Failure:
    """The failure of a parse that stopped at a line and column (from 1)."""
    line = min(max(line, 1), source.line_count)
    text = source.line(line)
    offset = source.offset(line, min(max(column, 1), len(text) + 1))
    end = max(source.offset(line) + len(text.rstrip()), offset)
    place = source.span(offset, end)
    if _is_python_2(source.text, text):
        return Failure(
            "this is Python 2, which no Lambda runtime runs any more: "
            "the module cannot be imported; move it to Python 3",
            place,
            python_2=True,
        )
    if detail == _MIXED and would_be_taken(_INDENT.sub(_in_spaces, source.text)):
        return Failure(
            "tabs and spaces are mixed here as only Python 2 reads them, which no Lambda runtime "
            "runs any more: the module cannot be imported; indent with spaces alone",
            place,
            python_2=True,
        )
    told = f"this is not valid Python ({detail}): the module cannot be imported; correct the line"
    return Failure(told, place)


def misencoded(source: Source) -> Failure | None:
    """That Python does not read the bytes of a file as the text that they are.

    It reads UTF-8 where no comment in the first two lines declares another encoding, and none
    may declare those in which such a comment cannot be seen; a byte order mark of UTF-8 goes
    with no other. Code inside a template is handed on as text.
    """
    if not source.bom or source.host is not None:
        return None
    name = source.encoding.upper()[:6]
    if name not in ("UTF-16", "UTF-32"):
        if not _is_declared_otherwise(source):
            return None
        told = "it begins with a byte order mark of UTF-8 and declares another encoding"
        cure = "take the mark or the declaration away"
    else:
        told, cure = f"it is saved as {name}, and Python reads UTF-8", "save it as UTF-8"
    place = source.span(0, len(source.line(1).rstrip()))
    return Failure(f"{told}: the module cannot be imported; {cure}", place)


def _is_declared_otherwise(source: Source) -> bool:
    """Whether a comment declares another encoding than the byte order mark of UTF-8 does."""
    from io import BytesIO
    from tokenize import detect_encoding

    lines = [source.line(number) for number in range(1, min(source.line_count, 2) + 1)]
    first = "\ufeff" + "".join(f"{line}\n" for line in lines)
    try:
        detect_encoding(BytesIO(first.encode("utf-8", "replace")).readline)
    except SyntaxError:
        return True
    return False


def refusal(source: Source, refused: Refusal) -> Failure:
    """The failure of a text that the running interpreter does not take, in its words."""
    return explain(source, refused.line, refused.column, refused.words or "invalid syntax")


def _is_python_2(text: str, line: str) -> bool:
    """Whether a text that no Python 3 accepts is written for Python 2."""
    if _PYTHON_2.search(line) or _OLD_NUMBER.search(line):
        return True
    return len(_PYTHON_2.findall(text)) > 1


def _in_spaces(indent: re.Match[str]) -> str:
    """How Python 2 reads an indent: each tab reaches to the next eighth column."""
    return indent.group().expandtabs(8)
