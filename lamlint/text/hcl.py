"""What stands in a text of HCL: comments, and texts in which none begins."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lamlint.text.regex import Regex

_TOKEN = Regex(
    r'(?P<string>")|(?P<comment>#[^\r\n]*|//[^\r\n]*|/\*)'
    r"|(?P<heredoc><<-?[ \t]{0,9}(?P<mark>[A-Za-z_][\w-]{0,200}))"
)
_IN_STRING = Regex(r'\\.|"|[$%]\{|[{}]|\n', re.DOTALL)


def places(text: str, kind: str) -> Iterator[tuple[int, int]]:
    """The places of the comments of a text, or of its strings."""
    start = 0
    while (found := _TOKEN.search(text, start)) is not None:
        begin, start = found.start(), found.end()
        if found["heredoc"]:
            start = _after_heredoc(text, start, found["mark"])
        elif found["string"]:
            start = _after_string(text, start)
        elif found[0] == "/*":
            close = text.find("*/", start)
            start = len(text) if close < 0 else close + 2
        if kind == ("comment" if found["comment"] else "string"):
            yield begin, start


def _after_string(text: str, start: int) -> int:
    """Where a string ends that may hold expressions with strings of their own."""
    inside = ['"']
    while (found := _IN_STRING.search(text, start)) is not None:
        start, mark = found.end(), found[0]
        in_text = inside[-1] == '"'
        if mark == '"':
            if in_text:
                inside.pop()
            else:
                inside.append(mark)
        elif mark in ("${", "%{") or (mark == "{" and not in_text):
            inside.append("{")
        elif mark == "}" and not in_text:
            inside.pop()
        elif mark == "\n" and in_text:
            return start - 1  # it is not closed
        if not inside:
            return start
    return len(text)


def _after_heredoc(text: str, start: int, mark: str) -> int:
    """Where a heredoc ends: behind the first line that holds nothing but its mark."""
    while (line := text.find("\n", start)) >= 0:
        start = line + 1
        end = text.find("\n", start)
        if text[start : len(text) if end < 0 else end].strip() == mark:
            return len(text) if end < 0 else end
    return len(text)
