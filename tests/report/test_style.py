"""Who gets colour."""

from __future__ import annotations

import pytest

from lamlint.report import PLAIN, Style, style_for


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


LOOKS = ("bold", "dim", "red", "yellow", "blue", "cyan", "green")


@pytest.mark.parametrize("look", LOOKS)
def test_the_last_guard_of_a_stream_leaves_what_the_style_writes(look: str) -> None:
    style = Style(colour=True, links=True)
    text = style.link(style.paint("text", look), "https://github.com/x#y")
    assert style.sealed(f"{text}\n{text}") == f"{text}\n{text}"
    assert "\x1b" not in PLAIN.sealed(text)


@pytest.mark.parametrize(
    "steering", ["\x1b[2J", "\x1b[7m", "\x1b[1;31", "\x1b]0;t\x07", "\x9b1m", "\r", "\u202e"]
)
def test_the_last_guard_of_a_stream_leaves_nothing_else(steering: str) -> None:
    style = Style(colour=True, links=True)
    assert steering not in style.sealed(f"a{steering}b\n")
    assert style.sealed(f"a{steering}b\n").endswith("b\n")
