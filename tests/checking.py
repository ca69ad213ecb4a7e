"""Checking a folder in this process, as the command line does it, on a day that stays the same."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path

from lamlint import registry
from lamlint.catalog import Catalog
from lamlint.check import check
from lamlint.files import DiskTree, Overlay
from lamlint.fix import Read, Reading
from lamlint.project import build
from lamlint.rule import Rule, Tier

TODAY = date(2026, 11, 23)
"""The day on which fixtures are looked at; facts that have dates stay as they are."""

CATALOG = Catalog()


@cache
def rules() -> Mapping[str, Rule]:
    """The built-in rules by name."""
    return registry.load(plugins=False)


def reader(folder: Path, rule: str | None) -> Read:
    """Reads and checks a folder with one rule, or with all that are on by default."""
    selected = [
        found
        for found in rules().values()
        if (found.tier is Tier.DEFAULT if rule is None else found.name == rule)
    ]
    names = {found.name for found in selected} | {"internal-error"}
    disk = DiskTree(str(folder))

    def read(texts: Mapping[str, str]) -> Reading:
        project = build(Overlay(disk, texts), (".",), CATALOG, TODAY)
        told = [problem for problem in project.problems if problem.rule in names]
        return Reading(project, (*told, *check(project, selected)))

    return read
