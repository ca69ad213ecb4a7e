"""CONTRIBUTING.md says what is so."""

from __future__ import annotations

import inspect
import re

import pytest

from lamlint.model import Function, Value
from lamlint.project import Project
from lamlint.python import Call, Handler
from tests.repository.checkout import ROOT

PAGE = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
KINDS: dict[str, type] = {
    "call": Call,
    "function": Function,
    "handler": Handler,
    "project": Project,
    "value": Value,
}


def questions(cell: str) -> list[tuple[str, str]]:
    """The questions in a cell of a table, `call.when`, `.is_repeated`: each of what is asked."""
    found: list[tuple[str, str]] = []
    for written in re.findall(r"`([^`]+)`", cell):
        named = re.match(r"(?:.*\()?([a-z]*)\.([a-z_]+)", written)
        if named and (named[1] in KINDS or (not named[1] and found)):
            found.append((named[1] or found[-1][0], named[2]))
    return found


ASKED = sorted(
    {each for row in re.findall(r"^\| (.+?) \|", PAGE, re.MULTILINE) for each in questions(row)}
)


@pytest.mark.parametrize(("kind", "question"), ASKED)
def test_what_may_be_asked_can_be(kind: str, question: str) -> None:
    of = KINDS[kind]
    # A handler is no dataclass: what it is made of is set when it is made.
    assert question in {*dir(of), *inspect.get_annotations(of), *inspect.signature(of).parameters}


def test_the_tables_hold_what_rules_ask_most() -> None:
    assert {("call", "lacks"), ("call", "operation"), ("handler", "calls")} <= set(ASKED)
    assert {("value", "outside"), ("value", "change"), ("call", "without")} <= set(ASKED)
    assert {kind for kind, _ in ASKED} == KINDS.keys()


NAMED = sorted(set(re.findall(r"`((?:lamlint|dialects|tests|fixtures|rules)/[\w./-]+)`", PAGE)))


@pytest.mark.parametrize("path", NAMED)
def test_what_is_named_is_there(path: str) -> None:
    assert (ROOT / path).exists() or (ROOT / "lamlint" / path).exists()


def test_many_places_are_named() -> None:
    assert {"dialects/table.py", "lamlint/text/language.py", "rules/README.md"} <= set(NAMED)
