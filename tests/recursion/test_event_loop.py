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


def test_a_write_that_may_change_nothing_is_no_sure_loop() -> None:
    template, counting = LOOPS["dynamodb update"]
    setting = counting.replace("SET seen = seen + :one", "SET seen = :one")
    assert [one.severity for one in found(template, counting)] == [Severity.ERROR]
    assert [one.severity for one in found(template, setting)] == [Severity.WARNING]
