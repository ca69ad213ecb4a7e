"""Each statement of a beginner's notes is enforced, or is shown to be none that holds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

import pytest

from lamlint import project
from lamlint.catalog import shared_catalog
from lamlint.engine import check
from lamlint.rule import Tier
from lamlint.text import Source
from tests.checking import TODAY, rules
from tests.memory import MemoryTree
from tests.statements import code, events, functions, roles, versions
from tests.statements.statement import Files, Kind, Statement

STATEMENTS = [
    *functions.STATEMENTS,
    *code.STATEMENTS,
    *events.STATEMENTS,
    *versions.STATEMENTS,
    *roles.STATEMENTS,
]
Place = tuple[str, int, str]
_MARKER = re.compile(r" *# expect: ([a-z-]+)$", re.MULTILINE)


def found(files: Files, today: date = TODAY) -> list[Place]:
    """What the rules find that are on by default, and those that the project expects."""
    tree = MemoryTree({path: _MARKER.sub("", text) for path, text in files.items()})
    asked = {rule for _, _, rule in expected(files)}
    chosen = [one for one in rules().values() if one.tier is Tier.DEFAULT or one.name in asked]
    built = project.build(tree, (), shared_catalog(), today)
    places = []
    for finding in (*built.problems, *check.check(built, chosen)):
        source = tree.read(finding.span.path)
        assert isinstance(source, Source)
        line = source.position(finding.span.start).line
        places.append((finding.span.path, line, finding.rule))
    return sorted(places)


def expected(files: Files) -> list[Place]:
    """The places that end in a marker."""
    return sorted(place for path, text in files.items() for place in _marked(path, text))


def _marked(path: str, text: str) -> Iterator[Place]:
    for number, line in enumerate(text.splitlines(), 1):
        for match in _MARKER.finditer(line):
            yield path, number, match.group(1)


def shown(*kinds: Kind) -> pytest.MarkDecorator:
    """The statements of some kinds, by number."""
    listed = [one for one in STATEMENTS if one.kind in kinds]
    return pytest.mark.parametrize("statement", listed, ids=[str(one.number) for one in listed])


@shown(Kind.ENFORCED, Kind.OBSOLETE)
def test_what_goes_against_it_is_found(statement: Statement) -> None:
    for files in statement.projects:
        assert found(files) == expected(files) != []


@shown(Kind.ENFORCED, Kind.OBSOLETE)
def test_what_keeps_to_what_holds_today_is_not(statement: Statement) -> None:
    assert found(statement.others) == expected(statement.others) == []


@shown(Kind.ENFORCED)
def test_what_is_enforced_is_seen(statement: Statement) -> None:
    assert statement.projects


@shown(Kind.OBSOLETE)
def test_what_does_not_hold_is_ignored_by_a_project(statement: Statement) -> None:
    assert statement.others


@shown(Kind.LATER)
def test_what_is_for_later_has_no_rule(statement: Statement) -> None:
    assert re.fullmatch(r"[a-z]+(?:-[a-z]+)+", statement.why)
    assert statement.why not in rules()


@shown(Kind.NO_MATTER)
def test_what_no_file_says_has_its_reason(statement: Statement) -> None:
    assert statement.why
    assert not statement.projects


def test_the_statements_are_all_there() -> None:
    assert sorted(one.number for one in STATEMENTS) == list(range(1, 77))


@shown(*Kind)
def test_each_has_a_sentence_and_its_source(statement: Statement) -> None:
    assert statement.says.endswith(".")
    assert statement.source.startswith("https://")
