"""A project, its scope and what is found on it can be sent to another process."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from lamlint import project
from lamlint.catalog import Catalog
from lamlint.engine import check
from lamlint.engine.scope import Request, Scope, scopes
from tests.checking import TODAY, rules
from tests.fixture_cases import FIXTURES

PROJECTS = sorted((FIXTURES / "projects").iterdir())


def scope_of(folder: Path) -> Scope:
    (scope,) = scopes(Request(paths=(str(folder),), today=TODAY, isolated=True), rules())
    return scope


@pytest.mark.parametrize("folder", PROJECTS, ids=lambda folder: folder.name)
@pytest.mark.parametrize("asked", [False, True], ids=["as read", "after a check"])
def test_what_is_sent_says_the_same(folder: Path, asked: bool) -> None:
    scope = scope_of(folder)
    built = project.build(scope.tree, scope.targets, Catalog(), TODAY)
    found = check.check(built, scope.running) if asked else ()
    sent_scope, sent, sent_findings = pickle.loads(pickle.dumps((scope, built, found)))  # noqa: S301
    assert sent_findings == found
    assert check.check(sent, sent_scope.running) == check.check(built, scope.running)
