"""Checking a folder in this process, as the command line does it, on a day that stays the same."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path

from lamlint import registry
from lamlint.config.selection import SILENT, Layer
from lamlint.engine.fix import Read, Reading
from lamlint.engine.pipeline import Reader
from lamlint.engine.scope import Request, scopes
from lamlint.rule import Rule

TODAY = date(2026, 11, 23)
"""The day on which fixtures are looked at; facts that have dates stay as they are."""


@cache
def rules() -> Mapping[str, Rule]:
    """The built-in rules by name."""
    return registry.load(plugins=False)


def reader(folder: Path, rule: str | None) -> Read[Reading]:
    """Reads and checks a folder with one rule, or with all that are on by default."""
    # What is unused shows only when the rules that are ignored run too.
    alone = rule is not None and rule != "unused-ignore"
    layer = Layer(select=(rule,)) if alone and rule else SILENT
    request = Request(paths=(str(folder),), today=TODAY, layer=layer)
    (scope,) = scopes(request, rules())
    check = Reader(scope, TODAY, None)

    def read(texts: Mapping[str, str]) -> Reading:
        reading = check(texts)
        if rule is None:
            return reading
        names = {rule, "internal-error"}
        told = tuple(finding for finding in reading.findings if finding.rule in names)
        return Reading(reading.project, told)

    return read
