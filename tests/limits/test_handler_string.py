"""What an application is told whose name leads nowhere, by what it comes to with each tool."""

from __future__ import annotations

import json
from datetime import date

import pytest

from lamlint import registry
from lamlint.catalog import Catalog
from lamlint.engine.check import check
from lamlint.project import build
from tests.memory import MemoryTree

RULE = "invalid-handler-string"
NO_DOT = "has no dot between a module and a function"


def told(**settings: str) -> list[str]:
    """What is said of a stage of Zappa."""
    stage = {"project_name": "shop", "runtime": "python3.13", **settings}
    tree = MemoryTree({"zappa_settings.json": json.dumps({"dev": stage}), "app.py": "app = None\n"})
    built = build(tree, (), Catalog(), date(2026, 11, 23))
    return [one.message for one in check(built, [registry.load()[RULE]])]


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        (
            {"app_function": "main"},
            f"the app_function 'main' {NO_DOT}, so Zappa refuses to package it: "
            "name a module, a dot and a function in it",
        ),
        (
            {"app_function": "app:app"},
            f"the app_function 'app:app' {NO_DOT}, so Zappa refuses to package it: "
            "did you mean app.app?",
        ),
        (
            {"app_function": "./app.app"},
            "the app_function './app.app' does not begin with the name of a module or a folder, "
            "so every invocation fails: did you mean app.app?",
        ),
        (
            {"app_function": " app.app"},
            "the app_function ' app.app' has white space in it, so every invocation fails: "
            "did you mean app.app?",
        ),
        (
            {"lambda_handler": "main"},
            f"the handler 'main' {NO_DOT}, so every invocation fails: "
            "name a module, a dot and a function in it",
        ),
    ],
)
def test_what_is_wrong_with_what_zappa_runs(settings: dict[str, str], expected: str) -> None:
    assert told(**settings) == [expected]


def test_an_application_in_a_module_is_let_alone() -> None:
    assert told(app_function="shop.app.app") == []
