"""Loops are found however the target is named, and nothing else is taken for one."""

from __future__ import annotations

from datetime import date

import pytest

from lamlint import check, project, registry
from lamlint.catalog import Catalog
from lamlint.text import Finding, Severity
from tests.memory import MemoryTree
from tests.recursion.loops import LOOPS
from tests.recursion.traps import TRAPS

RULE = registry.load(plugins=False)["event-loop"]


def found(template: str, code: str) -> tuple[Finding, ...]:
    tree = MemoryTree({"template.yaml": template, "src/app.py": code})
    return check.check(project.build(tree, (), Catalog(), date(2026, 11, 24)), [RULE])


@pytest.mark.parametrize("name", LOOPS)
def test_a_loop_is_found(name: str) -> None:
    assert {finding.rule for finding in found(*LOOPS[name])} == {"event-loop"}


@pytest.mark.parametrize("name", TRAPS)
def test_what_does_not_loop_is_left_alone(name: str) -> None:
    assert found(*TRAPS[name]) == ()


@pytest.mark.parametrize(
    ("update", "severity"),
    [
        ("SET seen = seen + :one", Severity.ERROR),
        ("SET seen = if_not_exists(seen, :zero) + :one", Severity.ERROR),
        ("SET #seen=#seen-:one", Severity.ERROR),
        ("SET seen = list_append(seen, :one)", Severity.ERROR),
        ("SET seen = :one", Severity.WARNING),
        ("SET seen = :zero + :one", Severity.WARNING),
        ("ADD seen :one", Severity.WARNING),
    ],
)
def test_only_a_write_that_surely_changes_something_is_a_sure_loop(
    update: str, severity: Severity
) -> None:
    template, code = LOOPS["dynamodb update"]
    code = code.replace("SET seen = seen + :one", update)
    assert [one.severity for one in found(template, code)] == [severity]
