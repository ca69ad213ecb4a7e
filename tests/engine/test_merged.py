"""What is told of findings that say the same of one place, of several functions."""

from __future__ import annotations

import pytest

from lamlint.engine.check import merge
from lamlint.rule import INFORMATION, WARNING
from lamlint.text import Finding, Related, Severity, Span


def finding(*names: str, way: int, severity: Severity = WARNING) -> Finding:
    steps = tuple(Related(Span(f"{way}.py", one, one + 1), "calls") for one in range(way))
    return Finding("wrong", Span("app.py", 1, 2), flow=steps, severity=severity, subjects=names)


WAYS = {
    "the shorter of two that are declared": ((finding("A", way=3), finding("B", way=2)), 2),
    "the one that is declared": ((finding(way=1), finding("A", way=3)), 3),
    "the shorter of two of which neither is": ((finding(way=2), finding(way=1)), 1),
    "the worse, declared or not": (
        (finding(way=2), finding("A", way=1, severity=INFORMATION)), 2,
    ),
}  # fmt: skip


@pytest.mark.parametrize(("each", "way"), WAYS.values(), ids=WAYS)
def test_the_way_that_is_told(each: tuple[Finding, ...], way: int) -> None:
    for group in (each, each[::-1]):
        (one,) = merge(group)
        assert len(one.flow) == way


def test_what_functions_run_is_told_ahead_of_what_is_only_recognised() -> None:
    def related(path: str, *names: str) -> Finding:
        note = Related(Span(path, 0, 1), f"{path} is a handler")
        return Finding("wrong", Span("shared.py", 1, 2), subjects=names, related=(note,))

    (one,) = merge([related("aside.py"), related("app.py", "A"), related("far.py", "B")])
    assert [note.span.path for note in one.related] == ["app.py", "far.py", "aside.py"]
