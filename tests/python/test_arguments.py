"""Fixes that take an argument of a call out, add one, or give it another value."""

from __future__ import annotations

import ast

import pytest

from lamlint.python import Call
from lamlint.text import Change, Fix
from tests.python.handlers import handler


def call(written: str) -> Call:
    found = handler(f"import lib\ndef handler(event, context):\n    {written}\n")
    (only,) = found.calls({"lib.use"})
    return only


def made(of: Call, fix: Fix | None) -> str | None:
    """What a fix makes of the call; None where there is no fix."""
    if fix is None:
        return None
    source = of.module.source
    change = Change(lambda path: source if path == source.path else None)
    change.join(fix)
    text = change.texts()[source.path]
    ast.parse(text)
    return text.partition("context):\n    ")[2].rstrip("\n")


WITHOUT = {
    "last": ("lib.use(a, b=1)", "lib.use(a)"),
    "first": ("lib.use(b=1, c=2)", "lib.use(c=2)"),
    "between": ("lib.use(a, b=1, c=2)", "lib.use(a, c=2)"),
    "alone": ("lib.use(b=1)", "lib.use()"),
    "alone on lines": ("lib.use(\n        b=1,\n    )", "lib.use()"),
    "before stars": ("lib.use(b=1, **event)", "lib.use(**event)"),
    "trailing comma": ("lib.use(a, b=1,)", "lib.use(a,)"),
    "a line each": (
        "lib.use(\n        a,\n        b=1,\n    )",
        "lib.use(\n        a,\n    )",
    ),
    "a line each, last without a comma": (
        "lib.use(\n        a,\n        b=1\n    )",
        "lib.use(\n        a\n    )",
    ),
    "a line each, between": (
        "lib.use(\n        a,\n        b=1,\n        c=2,\n    )",
        "lib.use(\n        a,\n        c=2,\n    )",
    ),
    "the comment of another": (
        "lib.use(\n        a,  # why\n        b=1,\n    )",
        "lib.use(\n        a,  # why\n    )",
    ),
    "the comment of another, last without a comma": (
        "lib.use(\n        a,  # why\n        b=1\n    )",
        "lib.use(\n        a,  # why\n    )",
    ),
    "a comment ahead": (
        "lib.use(\n        # why\n        a,\n        b=1,\n    )",
        "lib.use(\n        # why\n        a,\n    )",
    ),
    "its own comment": ("lib.use(\n        a,\n        b=1,  # why\n        c=2,\n    )", None),
    "a comment in its value": ("lib.use(\n        a,\n        b=[  # why\n            1],\n    )", None),
    "a text that looks like a comment": ("lib.use(a, b='# x')", "lib.use(a)"),
    "not there": ("lib.use(a)", None),
    "handed on": ("lib.use(a, **{'b': 1})", None),
    "inside another": ("print(lib.use(a, b=1), 2)", "print(lib.use(a), 2)"),
    "at a place": ("lib.use(a, 1)", "lib.use(a)"),
    "at a place, others behind": ("lib.use(a, 1, 2)", None),
    "at a place, a keyword behind": ("lib.use(a, 1, c=2)", "lib.use(a, c=2)"),
}  # fmt: skip


@pytest.mark.parametrize(("written", "expected"), WITHOUT.values(), ids=WITHOUT)
def test_an_argument_is_left_out(written: str, expected: str | None) -> None:
    found = call(written)
    assert made(found, found.without("b", 1)) == expected


WITH = {
    "none yet": ("lib.use()", "lib.use(b=2)"),
    "behind others": ("lib.use(a)", "lib.use(a, b=2)"),
    "in place of a value": ("lib.use(a, b=1, c=3)", "lib.use(a, b=2, c=3)"),
    "at its place": ("lib.use(a, 1)", "lib.use(a, 2)"),
    "trailing comma": ("lib.use(a,)", "lib.use(a, b=2,)"),
    "a line each": (
        "lib.use(\n        a,\n        c=1,\n    )",
        "lib.use(\n        a,\n        c=1,\n        b=2,\n    )",
    ),
    "one on a line": (
        "lib.use(\n        a,\n    )",
        "lib.use(\n        a,\n        b=2,\n    )",
    ),
    "a line each, last without a comma": (
        "lib.use(\n        a,\n        c=1\n    )",
        "lib.use(\n        a,\n        c=1,\n        b=2\n    )",
    ),
    "hanging": (
        "lib.use(a,\n            c=1)",
        "lib.use(a,\n            c=1, b=2)",
    ),
    "the comment of another": (
        "lib.use(\n        a,  # why\n    )",
        "lib.use(\n        a,  # why\n        b=2,\n    )",
    ),
    "handed on": ("lib.use(a, **event)", None),
    "handed on by places": ("lib.use(*event)", None),
    "in place of a comment": ("lib.use(b=[  # why\n        1])", None),
}


@pytest.mark.parametrize(("written", "expected"), WITH.values(), ids=WITH)
def test_an_argument_is_given(written: str, expected: str | None) -> None:
    found = call(written)
    assert made(found, found.with_argument("b", "2", 1)) == expected


def test_a_fix_says_what_it_does() -> None:
    found = call("lib.use(a, b=1)")
    fixes = [found.without("b"), found.with_argument("b", "2")]
    assert [fix.title for fix in fixes if fix is not None] == ["Leave b out", "Set b to 2"]


def test_line_ends_are_kept() -> None:
    lines = ["import lib", "def handler(event, context):", "    lib.use(", "        1,"]
    found = handler("\r\n".join([*lines, "        b=2,", "    )", ""]))
    (only,) = found.calls({"lib.use"})
    fix = only.without("b")
    assert fix is not None
    source = only.module.source
    change = Change(lambda _: source)
    change.join(fix)
    assert change.texts() == {"app.py": "\r\n".join([*lines, "    )", ""])}
