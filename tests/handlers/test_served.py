"""What frameworks run for an event, and what they do not.

A case of a table is a module under its title; `# here` ends the lines that
are to be reported.
"""

from __future__ import annotations

import pytest

from tests.handlers.test_connections import cases, expected, mended, reported

SERVED = cases("served")
UNSERVED = cases("unserved")


@pytest.mark.parametrize("text", SERVED.values(), ids=SERVED)
def test_what_runs_for_an_event_is_reported(text: str) -> None:
    assert reported(text) == expected(text) != []


@pytest.mark.parametrize("text", SERVED.values(), ids=SERVED)
def test_fixing_leaves_only_what_cannot_be_fixed(text: str) -> None:
    done = mended(text)
    compile(done.texts.get("app.py", text), "app.py", "exec")
    assert [finding.fix for finding in done.reading.findings if finding.fix] == []
    assert len(done.applied) + len(done.reading.findings) == len(expected(text))
    assert not done.undone


@pytest.mark.parametrize("text", UNSERVED.values(), ids=UNSERVED)
def test_what_runs_once_or_never_is_not(text: str) -> None:
    assert reported(text) == []
