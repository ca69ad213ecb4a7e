"""Where comments of HCL are, and where what looks like one is part of a text."""

from __future__ import annotations

import pytest

from lamlint.engine.suppression.directives import directives
from lamlint.text import Source
from lamlint.text.comments import comments, strings


def found(text: str) -> list[str]:
    return [text[one.start : one.end] for one in comments(Source("main.tf", text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a = 1 # b", ["# b"]),
        ("a = 1 // b", ["// b"]),
        ("/* a\nb */ c = 1 # d", ["/* a\nb */", "# d"]),
        ('a = "x # y" # z', ["# z"]),
        ('a = "x\\" # y" # z', ["# z"]),
        ('a = "${f("# x")} # y" # z', ["# z"]),
        ('a = "${ { b = "}" } } # y" // z', ["// z"]),
        ('a = "%{ if b }# c%{ endif }" # d', ["# d"]),
        ("a = <<EOT\n# x\nEOT\n# y", ["# y"]),
        ("a = <<-EOT\n  # x\n  EOT\n# y", ["# y"]),
        ("a = <<-EOT\n  // EOT x\n", []),
        ('a = "not closed # x\n# y', ["# y"]),
        ("/* not closed\n# x", ["/* not closed\n# x"]),
        ('a = "https://example.org/#x"', []),
        ("a = 4 / 2 # b", ["# b"]),
    ],
)
def test_comments_are_found(text: str, expected: list[str]) -> None:
    assert found(text) == expected


def test_strings_are_found() -> None:
    text = 'a = "x" # "y"\nb = <<EOT\nz\nEOT\n'
    assert [text[one.start : one.end] for one in strings(Source("main.tf", text))] == [
        '"x"',
        "<<EOT\nz\nEOT",
    ]


@pytest.mark.parametrize(
    ("comment", "names"),
    [
        ("# lamlint: ignore[a-b] why", ["a-b"]),
        ("// lamlint: ignore[a-b, c-d] why", ["a-b", "c-d"]),
        ("/* lamlint: ignore[a-b] why */", ["a-b"]),
        ("//lamlint: ignore[a-b]", ["a-b"]),
    ],
)
def test_any_comment_suppresses(comment: str, names: list[str]) -> None:
    (directive,) = directives(Source("main.tf", f"timeout = 1 {comment}\n"))
    assert [name.text for name in directive.names] == names
    assert not directive.problem
    taken_out = directive.without(frozenset(names))
    assert taken_out is not None
    assert (taken_out.span.start, taken_out.span.end) == (11, 12 + len(comment))


def test_a_comment_that_speaks_of_another_one_suppresses_nothing() -> None:
    (directive,) = directives(Source("main.tf", "// say lamlint: ignore[a-b]\n"))
    assert directive.misplaced
