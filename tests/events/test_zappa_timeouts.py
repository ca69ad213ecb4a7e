"""How long the API of a Zappa application waits, against the timeout of its function."""

from __future__ import annotations

import json
from datetime import date

import pytest

from lamlint import project, registry
from lamlint.catalog import shared_catalog
from lamlint.engine import check
from tests.memory import MemoryTree

RULE = registry.load(plugins=False)["api-timeout-exceeded"]
APP = "import flask\napp = flask.Flask(__name__)\n"
FUNCTION = {"app_function": "app.app", "runtime": "python3.13", "timeout_seconds": 300}


def told(settings: dict[str, object], code: str = APP, **files: str) -> list[str]:
    written = json.dumps({"dev": {**FUNCTION, **settings}})
    tree = MemoryTree({"zappa_settings.json": written, "app.py": code, **files})
    built = project.build(tree, (), shared_catalog(), date(2026, 11, 28))
    return [one.message for one in check.check(built, [RULE])]


@pytest.mark.parametrize(
    ("settings", "waits"),
    [
        ({}, "a REST API waits for 29,"),
        ({"keep_warm": False}, "a REST API waits for 29,"),
        ({"keep_warm": True, "apigateway_version": "v1"}, "a REST API waits for 29,"),
        ({"apigateway_version": "v2"}, "an HTTP API waits for 30,"),
        ({"function_url_enabled": False, "timeout_seconds": 31}, "a REST API waits for 29,"),
    ],
)
def test_it_waits_as_long_as_its_kind_does(settings: dict[str, object], waits: str) -> None:
    (found,) = told(settings)
    assert waits in found


@pytest.mark.parametrize(
    "settings",
    [
        {"timeout_seconds": 30},
        {"timeout_seconds": 29},
        {"apigateway_enabled": False},
        {"use_apigateway": False},
        {"alb_enabled": True},
        {"function_url_enabled": True},
        {"apigateway_version": "v3"},
        {"app_function": None, "django_settings": "site.settings"},
        {"django_settings": "site.settings"},
        {"events": [{"function": "app.run", "expression": "rate(1 day)"}]},
    ],
)
def test_what_may_wait_longer_or_is_for_others_is_silent(settings: dict[str, object]) -> None:
    assert told(settings) == []


def test_a_default_is_silent() -> None:
    written = json.dumps({"dev": {"app_function": "app.app", "runtime": "python3.13"}})
    tree = MemoryTree({"zappa_settings.json": written, "app.py": APP})
    built = project.build(tree, (), shared_catalog(), date(2026, 11, 28))
    assert not check.check(built, [RULE])


@pytest.mark.parametrize(
    "code",
    [
        f"from zappa.asynchronous import task\n{APP}\n@task\ndef send(): ...\n",
        f"from zappa.async import run\n{APP}",
        f"import zappa.asynchronous as later\n{APP}",
    ],
)
def test_tasks_are_run_in_it_for_which_nobody_waits(code: str) -> None:
    assert told({}, code) == []
    assert told({}, APP, **{"tasks.py": code}) == []
