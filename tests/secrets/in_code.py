"""The secrets that are found in code."""

from __future__ import annotations

from lamlint import registry
from lamlint.catalog import Catalog
from lamlint.engine.check import check
from lamlint.project import build
from lamlint.text import Finding
from tests.checking import TODAY
from tests.memory import MemoryTree

RULES = ("hardcoded-secret", "hardcoded-aws-credentials")


def findings(code: str, path: str = "app.py") -> tuple[Finding, ...]:
    project = build(MemoryTree({path: code}), (".",), Catalog(), TODAY)
    loaded = registry.load(plugins=False)
    return check(project, [loaded[name] for name in RULES])
