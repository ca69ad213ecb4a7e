"""Modules of the same file share what was parsed, and a shelf keeps only so much."""

from __future__ import annotations

from lamlint.python import Codebase, Shelf
from lamlint.python.module.module import Module
from lamlint.text import Source
from tests.memory import MemoryTree

LONG = "x = 1\n" * 50


def test_codebases_with_one_shelf_parse_a_file_once() -> None:
    tree, shelf = MemoryTree({"src/app.py": "import os\n"}), Shelf()
    one = Codebase(tree, ("src",), shelf=shelf).module("app")
    other = Codebase(tree, ("",), shelf=shelf).module("src.app")
    assert one is not None
    assert other is not None
    assert one.name != other.name
    assert one.tree is other.tree


def test_a_changed_text_is_parsed_anew() -> None:
    shelf = Shelf()
    before = shelf.of(Source("app.py", "x = 1\n"))
    assert shelf.of(Source("app.py", "x = 1\n")) is before
    after = shelf.of(Source("app.py", "x = 2\n"))
    assert after.whole is not None
    assert after.whole.tree.code == "x = 2\n"


def test_a_shelf_lets_go_what_was_not_asked_for_the_longest() -> None:
    shelf = Shelf(room=len(LONG))
    first = shelf.of(Source("first.py", LONG))
    second = shelf.of(Source("second.py", LONG))
    assert shelf.of(Source("second.py", LONG)) is second
    assert shelf.of(Source("first.py", LONG)) is not first


def test_a_forgotten_module_is_parsed_again() -> None:
    module = Module(Source("app.py", "import boto3\n"), "app")
    before = module.tree
    module.forget()
    assert module.tree is not before
    assert module.whole is not None
    assert module.whole.tree.code == "import boto3\n"


def test_processes_share_the_room_of_a_shelf() -> None:
    shelf = Shelf(room=2 * len(LONG))
    first = shelf.of(Source("first.py", LONG))
    shelf.of(Source("second.py", LONG))
    assert shelf.of(Source("first.py", LONG)) is first
    with shelf.divided(2):
        shelf.of(Source("second.py", LONG))
        assert shelf.of(Source("first.py", LONG)) is not first
