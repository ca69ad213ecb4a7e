"""Constructions as people write them, and what only looks like one on each invocation.

A case of a table is a module under its title; `# here` ends the lines that
are to be reported.
"""

from __future__ import annotations

import pytest

from tests.handlers.connections import (
    BUILT,
    Looked,
    cases,
    expected,
    lines,
    look,
    only_what_cannot_be_fixed_is_left,
    reported,
)

SILENT = cases("connections_silent") | cases("connections_kept")


@pytest.fixture(scope="module", params=BUILT.values(), ids=list(BUILT))
def looked(request: pytest.FixtureRequest) -> Looked:
    """Each module that builds something, in turn."""
    return look(request.param)


def test_what_each_invocation_builds_is_reported(looked: Looked) -> None:
    assert lines(looked.first) == expected(looked.text) != []


def test_fixing_leaves_only_what_cannot_be_fixed(looked: Looked) -> None:
    only_what_cannot_be_fixed_is_left(looked)


@pytest.mark.parametrize("text", SILENT.values(), ids=SILENT)
def test_what_is_kept_or_of_the_invocation_is_not(text: str) -> None:
    assert reported(text) == []
