"""An app that is written for a newer Python than the one that runs: said, and not passed over."""

from __future__ import annotations

import sys

import pytest

from lamlint.dialects.cdk import dialect as cdk
from lamlint.dialects.chalice import dialect as chalice
from tests.memory import MemoryTree

NESTED = 'def name(d):\n    return f"{d["name"]}"\n'
"""The same quotes in an f-string and around it: since Python 3.12."""
WRONG = "def name(d:\n"


def unread(app: str, dialect: str) -> list[tuple[int, str]]:
    if dialect == "cdk":
        tree = MemoryTree({"cdk.json": '{"app": "python app.py"}', "app.py": app})
        cdk.read(tree, ())
    else:
        tree = MemoryTree({".chalice/config.json": '{"app_name": "a"}', "app.py": app})
        chalice.read(tree, ())
    return [(one.span.start, one.reason) for one in tree.unread]


@pytest.mark.parametrize("dialect", ["cdk", "chalice"])
@pytest.mark.skipif(sys.version_info >= (3, 12), reason="this Python takes it")
def test_syntax_of_a_newer_python_is_told(dialect: str) -> None:
    version = ".".join(map(str, sys.version_info[:2]))
    why = f"it is written for a newer Python than this one ({version})"
    assert unread(NESTED, dialect) == [(NESTED.index("    return"), why)]


@pytest.mark.parametrize("dialect", ["cdk", "chalice"])
def test_what_no_python_takes_is_told_as_such(dialect: str) -> None:
    assert unread(WRONG, dialect) == [(0, "it is no Python that can be read")]


@pytest.mark.parametrize("dialect", ["cdk", "chalice"])
def test_what_this_python_takes_is_read(dialect: str) -> None:
    assert unread(NESTED.replace('["name"]', "['name']"), dialect) == []
