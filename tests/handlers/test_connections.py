"""Constructions as people write them, and what only looks like one on each invocation.

A case of a table is a module under its title; `# here` ends the lines that
are to be reported.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from lamlint import project
from lamlint.catalog import Catalog
from lamlint.engine import check
from lamlint.engine.fix import Reading, Repair, repair
from lamlint.files.overlay import Overlay
from lamlint.text import Safety, Source
from tests.checking import rules
from tests.memory import MemoryTree

RULE = "connection-in-handler"

HERE = Path(__file__).parent


def cases(name: str) -> dict[str, str]:
    """The modules of a table by their titles."""
    text = (HERE / f"{name}.txt").read_text()
    parts = re.split(r"^### (.*)\n", text, flags=re.MULTILINE)[1:]
    return dict(zip(parts[::2], parts[1::2], strict=True))


BUILT = cases("connections_built") | cases("connections_followed")
SILENT = cases("connections_silent") | cases("connections_kept")


def reported(text: str) -> list[int]:
    """The lines of a module on which the rule finds something."""
    tree = MemoryTree({"app.py": text, "lamlint.toml": ""})
    built = project.build(tree, (), Catalog(), date(2026, 11, 24))
    source = tree.read("app.py")
    assert isinstance(source, Source)
    found = check.check(built, [rules()[RULE]])
    assert {each.rule for each in found} <= {RULE}, found
    return sorted(source.position(each.span.start).line for each in found)


def mended(text: str) -> Repair[Reading]:
    """What fixing a module makes of it."""
    tree = MemoryTree({"app.py": text, "lamlint.toml": ""})

    def read(texts: Mapping[str, str]) -> Reading:
        built = project.build(Overlay(tree, texts), (), Catalog(), date(2026, 11, 24))
        return Reading(built, check.check(built, [rules()[RULE]]))

    return repair(read, Safety.UNSAFE)


def expected(text: str) -> list[int]:
    return [n for n, line in enumerate(text.splitlines(), 1) for _ in range(line.count("# here"))]


@pytest.mark.parametrize("text", BUILT.values(), ids=BUILT)
def test_what_each_invocation_builds_is_reported(text: str) -> None:
    assert reported(text) == expected(text) != []


@pytest.mark.parametrize("text", BUILT.values(), ids=BUILT)
def test_fixing_leaves_only_what_cannot_be_fixed(text: str) -> None:
    done = mended(text)
    compile(done.texts.get("app.py", text), "app.py", "exec")
    assert [finding.fix for finding in done.reading.findings if finding.fix] == []
    assert len(done.applied) + len(done.reading.findings) == len(expected(text))
    assert not done.undone


@pytest.mark.parametrize("text", SILENT.values(), ids=SILENT)
def test_what_is_kept_or_of_the_invocation_is_not(text: str) -> None:
    assert reported(text) == []
