"""A key is taken out of a mapping with all that belongs to it, and with nothing else."""

from __future__ import annotations

import pytest

from lamlint.dialects.tree import removal
from lamlint.dialects.tree.node import MappingNode
from lamlint.dialects.tree.yaml import Broken, compose
from lamlint.text import Source


def without(name: str, text: str) -> str | None:
    """A text without a key of the mapping under `at`; None where it cannot be taken out."""
    path = "template.json" if text.startswith("{") else "template.yaml"
    documents = compose(Source(path, text))
    assert not isinstance(documents, Broken)
    (document,) = documents
    assert isinstance(document, MappingNode)
    mapping = document.get("at")
    assert isinstance(mapping, MappingNode)
    edit = removal.removal(mapping, name)
    return None if edit is None else text[: edit.span.start] + edit.text + text[edit.span.end :]


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("a", "at:\n  a: 1\n  b: 2\n", "at:\n  b: 2\n"),
        ("b", "at:\n  a: 1\n  b: 2\n", "at:\n  a: 1\n"),
        ("b", "at:\n  a: 1\n  b: 2", "at:\n  a: 1\n"),
        ("b", "at:\r\n  a: 1\r\n  b: 2\r\n", "at:\r\n  a: 1\r\n"),
        ("a", "at:\n  a:\n    - 1\n    - 2\n  # of b\n  b: 2\n", "at:\n  # of b\n  b: 2\n"),
        ("a", "at:\n  a:\n  - 1\n  - 2\n\n  b: 2\n", "at:\n\n  b: 2\n"),
        ("a", "at:\n  a: >-\n    1\n    2\n  b: 2\n", "at:\n  b: 2\n"),
        ("a", "at:\n  a: !If [x, 1, 2]\n  b: 2\nc: 3\n", "at:\n  b: 2\nc: 3\n"),
        ("b", "at:\n  a: 1\n  b: [1,\n    2]\nc: 3\n", "at:\n  a: 1\nc: 3\n"),
        ("a", "at: {a: 1, b: 2}\n", "at: {b: 2}\n"),
        ("b", "at: {a: 1, b: 2}\n", "at: {a: 1}\n"),
        ("b", '{"at": {"a": 1, "b": [2]}}', '{"at": {"a": 1}}'),
        ("a", '{"at": {\n  "a": 1,\n  "b": 2\n}}', '{"at": {\n  "b": 2\n}}'),
        ("b", '{"at": {\n  "a": 1,\n  "b": 2\n}}', '{"at": {\n  "a": 1\n}}'),
    ],
)
def test_what_is_left(name: str, before: str, after: str) -> None:
    assert without(name, before) == after


@pytest.mark.parametrize(
    ("name", "text"),
    [
        pytest.param("a", "at:\n  a: 1\n", id="nothing else is there"),
        pytest.param("c", "at:\n  a: 1\n  b: 2\n", id="it is not there"),
        pytest.param("a", "at:\n  a: 1  # why\n  b: 2\n", id="a comment on its line"),
        pytest.param("a", "at:\n  a:\n    # why\n    - 1\n  b: 2\n", id="a comment inside"),
        pytest.param("a", "at: {a: 1, # why\n  b: 2}\n", id="a comment between"),
        pytest.param("a", "at:\n  a: &x 1\n  b: *x\n", id="an alias of it"),
        pytest.param("a", "at:\n  a: [&x 1]\n  b: *x\n", id="an alias of what is in it"),
        pytest.param("a", "x: &x {a: 1}\nat:\n  <<: *x\n  b: 2\n", id="it is merged in"),
        pytest.param("a", "at: &x\n  a: 1\n  b: 2\nc: *x\n", id="an alias of the mapping"),
        pytest.param("a", "at:\n  ? a\n  : 1\n  b: 2\n", id="a key in the long form"),
    ],
)
def test_what_others_would_lose_stays(name: str, text: str) -> None:
    assert without(name, text) is None
