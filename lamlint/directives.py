"""Suppressing comments: `# lamlint: ignore[rule-a, rule-b] reason until=2027-03-01`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from lamlint.text import Edit, Source, Span
from lamlint.text.comments import Comment, comments
from lamlint.text.regex import Regex

MARK = "lamlint:"

_DIRECTIVE = Regex(r"#\s*lamlint:\s*(?P<word>[\w-]+)?\s*(?:\[(?P<names>[^\]#]*)\])?(?P<tail>[^#]*)")
_UNTIL = Regex(r"\buntil=(\S*)")
_NAME = Regex(r"[^\s,]+")


class Name(NamedTuple):
    """One name in the brackets, by offsets of the source."""

    text: str
    start: int
    end: int


@dataclass(frozen=True)
class Directive:
    """One suppressing comment of a source.

    `line` is where it stands, `target` the first line below it that is no
    comment, for a comment on a line of its own. `start` and `end` enclose it.
    """

    source: Source
    start: int
    end: int
    names: tuple[Name, ...]
    line: int
    target: int | None
    until: date | None
    problem: str = ""
    """Why it suppresses nothing, when it is not written as it should be."""

    @property
    def span(self) -> Span:
        """Where it stands in the file that holds it."""
        return self.source.span(self.start, self.end)

    def without(self, names: frozenset[str]) -> Edit | None:
        """The edit that takes some names out, and the whole comment when none is left."""
        kept = [name.text for name in self.names if name.text not in names]
        if kept:
            inside = self.names[0].start, self.names[-1].end
            return self.source.edit(*inside, ", ".join(kept))
        text = self.source.text
        begin = self.source.offset(self.line)
        before = text[begin : self.start]
        after = len(text) if self.line == self.source.line_count else self._next_line()
        if not before.strip() and not text[self.end : after].strip():
            return self.source.edit(begin, after, "")
        end = self.end
        if before.strip() and not text[end:after].strip():
            return self.source.edit(begin + len(before.rstrip()), end, "")
        return self.source.edit(self.start, end, "")

    def _next_line(self) -> int:
        return self.source.offset(self.line + 1)


def directives(source: Source) -> tuple[Directive, ...]:
    """The suppressing comments of a text, in their order."""
    if MARK not in source.text:
        return ()
    found = comments(source)
    own_lines = {
        source.position(comment.start).line for comment in found if _alone(source, comment)
    }
    targets: dict[int, int] = {}
    for line in sorted(own_lines, reverse=True):
        targets[line] = targets.get(line + 1, line + 1)
    return tuple(
        directive for comment in found for directive in _directives(source, comment, targets)
    )


def _alone(source: Source, comment: Comment) -> bool:
    position = source.position(comment.start)
    return not source.text[comment.start - position.column + 1 : comment.start].strip()


def _directives(
    source: Source, comment: Comment, targets: Mapping[int, int]
) -> Iterator[Directive]:
    text = source.text[comment.start : comment.end]
    line = source.position(comment.start).line
    target = targets.get(line)
    for match in _DIRECTIVE.finditer(text):
        end = match.start("tail") + len(match["tail"].rstrip())
        names_at = comment.start + (match.start("names") if match["names"] else 0)
        names = tuple(
            Name(name.group(), names_at + name.start(), names_at + name.end())
            for name in _NAME.finditer(match["names"] or "")
        )
        until, problem = _until(match["tail"])
        if match["word"] != "ignore":
            problem = f"lamlint knows no comment {match['word'] or ''!r}; write ignore[rule] reason"
        elif not names:
            problem = "an ignore must name its rules: ignore[rule] reason"
        begin = comment.start + match.start()
        yield Directive(source, begin, comment.start + end, names, line, target, until, problem)


def _until(tail: str) -> tuple[date | None, str]:
    found = _UNTIL.search(tail)
    if not found:
        return None, ""
    try:
        return date.fromisoformat(found.group(1)), ""
    except ValueError:
        return None, f"until={found.group(1)} is no date such as 2027-03-01"
