"""Suppressing comments: `# lamlint: ignore[rule-a, rule-b] reason until=2027-03-01`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import NamedTuple

from lamlint.engine.suppression import wording
from lamlint.text import Edit, Source, Span
from lamlint.text.comments import Comment, comments
from lamlint.text.dataclass import dataclass
from lamlint.text.regex import Regex

MARKS = (b"lamlint", b"Lamlint", b"LAMLINT")
"""One of these stands in every file with a comment that is meant for lamlint."""

_WITHOUT_COLON = r"[ \t]{0,4}[;.,=_-]?[ \t]{0,4}(?=ignore[ \t]{0,4}[\[(])"
_BEHIND = rf"(?:[ \t]*:|{_WITHOUT_COLON})"
"""What makes the name a mark: its colon, or what can only be meant for one."""
_MARK = Regex(rf"lamlint{_BEHIND}", re.IGNORECASE)
_DIRECTIVE = Regex(
    rf"(?P<hash>#[ \t]*)?(?P<mark>lamlint{_BEHIND})[ \t]*(?P<word>[\w-]+)?[ \t]*"
    r"(?:\[(?P<names>[^\]#]*)(?P<closed>\])?)?"
    rf"(?P<tail>(?:[^#l]|l(?!amlint{_BEHIND}))*)",
    re.IGNORECASE,
)
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
    remark: str = ""
    """What it does not say though it seems to, when it suppresses all the same."""
    misplaced: bool = False
    """Whether it stands in the midst of another comment, which may only speak of such."""

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
    if not _MARK.search(source.text):
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


def _with_hash(text: str) -> tuple[str, bool]:
    """A comment as if a `#` began it, and whether it has an end of its own (`/* … */`)."""
    if text.startswith(("//", "/*")):
        boxed = text.startswith("/*")
        return f"# {text[2:].removesuffix('*/') if boxed else text[2:]}", boxed
    return text, False


def _directives(
    source: Source, comment: Comment, targets: Mapping[int, int]
) -> Iterator[Directive]:
    text, boxed = _with_hash(source.text[comment.start : comment.end])
    line = source.position(comment.start).line
    target = targets.get(line)
    for match in _DIRECTIVE.finditer(text):
        end = match.start("tail") + len(match["tail"].rstrip())
        names_at = comment.start + (match.start("names") if match["names"] else 0)
        names = tuple(
            Name(name.group(), names_at + name.start(), names_at + name.end())
            for name in _NAME.finditer(match["names"] or "")
        )
        ending = wording.end(match["tail"])
        yield Directive(
            source,
            comment.start + match.start(),
            comment.end if boxed else comment.start + end,
            names,
            line,
            target,
            ending.day,
            wording.problem(match) or ending.problem,
            ending.remark,
            misplaced=match["hash"] is None,
        )
