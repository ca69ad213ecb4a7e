"""Who gets colour."""

from __future__ import annotations

import pytest

from lamlint.report import style_for


@pytest.mark.parametrize(
    ("terminal", "environment", "colour", "expected"),
    [
        (True, {}, "auto", True),
        (False, {}, "auto", False),
        (True, {"NO_COLOR": "1"}, "auto", False),
        (True, {"NO_COLOR": ""}, "auto", True),
        (False, {"FORCE_COLOR": "1"}, "auto", True),
        (False, {"FORCE_COLOR": ""}, "auto", False),
        (False, {"FORCE_COLOR": "1", "NO_COLOR": "1"}, "auto", False),
        (True, {"TERM": "dumb"}, "auto", False),
        (False, {"NO_COLOR": "1"}, "always", True),
        (True, {"FORCE_COLOR": "1"}, "never", False),
    ],
)
def test_colour(terminal: bool, environment: dict[str, str], colour: str, expected: bool) -> None:
    style = style_for(terminal=terminal, environment=environment, colour=colour)
    assert style.colour is expected


def test_hyperlinks_need_a_terminal() -> None:
    assert style_for(terminal=True, environment={}).links
    assert not style_for(terminal=False, environment={"FORCE_COLOR": "1"}).links
