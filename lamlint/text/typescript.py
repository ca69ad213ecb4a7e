"""What stands in a text of TypeScript: comments, and texts in which none begins."""

from __future__ import annotations

from collections.abc import Iterator

from lamlint.text.regex import Regex

_TOKEN = Regex(r""""(?:[^"\\\r\n]|\\.)*"?|'(?:[^'\\\r\n]|\\.)*'?|//[^\r\n]*|/\*|`|[{}]""")
_IN_TEMPLATE = Regex(r"\\.|`|\$\{")


def places(text: str, kind: str) -> Iterator[tuple[int, int]]:
    """The places of the comments of a text, or of its strings.

    Of a template literal each part between its expressions is a string.
    """
    around: list[str] = []
    start = 0
    while (found := _TOKEN.search(text, start)) is not None:
        begin, start, mark = found.start(), found.end(), found[0]
        if mark == "/*":
            close = text.find("*/", start)
            start = len(text) if close < 0 else close + 2
        elif mark == "`" or (mark == "}" and around[-1:] == ["`"]):
            if mark == "}":
                around.pop()
            start = _after_part(text, start, around)
        elif mark in "{}":
            _step(mark, around)
            continue
        if kind == ("comment" if mark[:1] == "/" else "string"):
            yield begin, start


def _step(mark: str, around: list[str]) -> None:
    if mark == "{":
        around.append(mark)
    elif around:
        around.pop()


def _after_part(text: str, start: int, around: list[str]) -> int:
    """Where a part of a template literal ends: at its end, or where an expression begins."""
    while (found := _IN_TEMPLATE.search(text, start)) is not None:
        start = found.end()
        if found[0] == "`":
            return start
        if found[0] == "${":
            around.append("`")
            return start
    return len(text)
