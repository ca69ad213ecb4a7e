"""The lines beside a place that run with it: not those of another branch of the same choice."""

from __future__ import annotations

from collections.abc import Sequence

from lamlint.text.regex import Regex

_CHOICE = Regex(r"\s*(?:if|elif|else|except|case)\b[^#\n]*:")
_ALTERNATIVE = Regex(r"\s*(?:elif|else|except|case)\b")
_OTHERWISE = Regex(r"\s*else\s*:")
_SAYS_LOCAL = Regex(r"(?i)(?<![a-z])(?:local(?:host|stack)?|offline)(?![a-z])")
_SAYS_NOT = Regex(r"\bnot\b|!=")
_MANY = Regex(r"\b(?:and|or)\b")


def beside(text: str, start: int, reach: int) -> Sequence[str]:
    """The lines around a place, up to some, that no other branch than its own holds."""
    lines, here = _lines(text, start)
    own = lines[here]
    before = _same_branch(lines[max(here - reach, 0) : here][::-1], _indent(own), upwards=True)
    behind = _same_branch(lines[here + 1 : here + reach + 1], _indent(own), upwards=False)
    return [*before[::-1], own, *behind]


def in_local_branch(text: str, start: int) -> bool:
    """Whether the branch that a place stands in is for a run on somebody's own machine."""
    lines, here = _lines(text, start)
    head = _head(lines, here, _indent(lines[here]))
    if head is None:
        return False
    condition, negated = lines[head], False
    if _OTHERWISE.match(condition):
        chosen = _chosen(lines, head, _indent(condition))
        condition, negated = ("", False) if chosen is None else (lines[chosen], True)
    if not _CHOICE.match(condition) or _MANY.search(condition):
        return False
    says_not = _SAYS_NOT.search(condition) is not None
    return _SAYS_LOCAL.search(condition.replace("_", " ")) is not None and says_not is negated


_MOST_LINES = 100
_LONGEST = 20_000
"""How many characters of them are looked at, before a place and behind it."""


def _lines(text: str, start: int) -> tuple[Sequence[str], int]:
    """Some lines around a place, and which of them is its own."""
    before = text[max(0, start - _LONGEST) : start].rsplit("\n", _MOST_LINES)
    dropped = before[0] if len(before) > _MOST_LINES else ""
    first = before[1:] if dropped else before
    rest = text[start : start + _LONGEST].split("\n", _MOST_LINES)[:_MOST_LINES]
    return [*first[:-1], first[-1] + rest[0], *rest[1:]], len(first) - 1


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _same_branch(lines: Sequence[str], indent: int, *, upwards: bool) -> Sequence[str]:
    """Those of the lines that follow each other away from a place which run with it."""
    found: list[str] = []
    passing: int | None = None  # the indent of the choice whose other branches are passed
    for line in lines:
        if not line.strip():
            continue
        depth = _indent(line)
        if passing is not None:
            inside = depth > passing or (depth == passing and bool(_ALTERNATIVE.match(line)))
            if inside:
                continue
            passing = None
        if depth < indent:
            if _ALTERNATIVE.match(line):
                passing, indent = depth, depth
                if upwards:
                    found.append(line)
                continue
            indent = depth
        found.append(line)
    return found


def _head(lines: Sequence[str], here: int, indent: int) -> int | None:
    """The line above that a place is indented under first, through calls and mappings."""
    for at in range(here - 1, -1, -1):
        if not lines[at].strip() or _indent(lines[at]) >= indent:
            continue
        if _CHOICE.match(lines[at]):
            return at
        if lines[at].rstrip().endswith(":"):
            return None
        indent = _indent(lines[at])
    return None


def _chosen(lines: Sequence[str], at: int, indent: int) -> int | None:
    """The `if` of an `else`; None where there are more than two branches."""
    for above in range(at - 1, -1, -1):
        if lines[above].strip() and _indent(lines[above]) <= indent:
            is_if = _indent(lines[above]) == indent and _CHOICE.match(lines[above])
            return above if is_if and not _ALTERNATIVE.match(lines[above]) else None
    return None
