"""Comments of TypeScript: real ones, never what only looks like one in a string."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lamlint.text import Source
from lamlint.text.comments import comments, strings


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a(); // one\nb();", ["// one"]),
        ("a(/* in */);", ["/* in */"]),
        ("/* two\nlines */ x", ["/* two\nlines */"]),
        ("'// no'; \"/* no */\" // yes", ["// yes"]),
        ("`// no`; // yes", ["// yes"]),
        ("`a ${ f('}') /* in */ } // no`; // yes", ["/* in */", "// yes"]),
        ("`a ${ `b ${ c } // no` } // no`; // yes", ["// yes"]),
        ("`${ {a: 1}.a } // no` // yes", ["// yes"]),
        ("'it\\'s // no' // yes", ["// yes"]),
        ("'open // no\n// yes", ["// yes"]),
        ("/* open", ["/* open"]),
        ("# no", []),
    ],
)
def test_comments(text: str, found: list[str]) -> None:
    source = Source("stack.ts", text)
    assert [text[one.start : one.end] for one in comments(source)] == found


@settings(max_examples=100)
@given(st.text("`'\"/*{}$\\\n ab", max_size=60))
def test_comments_and_strings_never_overlap(text: str) -> None:
    source = Source("stack.ts", text)
    places = sorted([*comments(source), *strings(source)])
    assert all(one.end <= two.start for one, two in itertools.pairwise(places))
