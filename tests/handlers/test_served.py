"""What frameworks run for an event, and what they do not.

A case of a table is a module under its title; `# here` ends the lines that
are to be reported.
"""

from __future__ import annotations

import pytest

from tests.handlers.connections import (
    Looked,
    cases,
    expected,
    lines,
    look,
    only_what_cannot_be_fixed_is_left,
    reported,
)

SERVED = cases("served")
UNSERVED = cases("unserved")


@pytest.fixture(scope="module", params=SERVED.values(), ids=list(SERVED))
def looked(request: pytest.FixtureRequest) -> Looked:
    """Each module that serves something, in turn."""
    return look(request.param)


def test_what_runs_for_an_event_is_reported(looked: Looked) -> None:
    assert lines(looked.first) == expected(looked.text) != []


def test_fixing_leaves_only_what_cannot_be_fixed(looked: Looked) -> None:
    only_what_cannot_be_fixed_is_left(looked)


@pytest.mark.parametrize("text", UNSERVED.values(), ids=UNSERVED)
def test_what_runs_once_or_never_is_not(text: str) -> None:
    assert reported(text) == []
