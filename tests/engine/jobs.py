"""Projects that are checked job by job."""

from __future__ import annotations

from pathlib import Path

from lamlint import project as projects
from lamlint.catalog import Catalog
from lamlint.engine.jobs import Work
from lamlint.engine.scope import Request, scopes
from tests.checking import TODAY, rules
from tests.fixture_cases import FIXTURES

PROJECTS = sorted((FIXTURES / "projects").iterdir())
ALBUM = FIXTURES / "projects" / "photo-album"
MODULE_RULE = '''"""It is marked."""
import os
from collections.abc import Iterator
from lamlint.project import Project
from lamlint.python import Module
from lamlint.rule import WARNING, rule
from lamlint.text import Finding

@rule(severity=WARNING, since="1.0", sees_every_module=True)
def check(module: Module, project: Project) -> Iterator[Finding]:
    if "dies" in module.source.text:
        {dies}
    yield Finding("it is marked", module.source.span(0, 1))
'''


def work(folder: Path) -> Work:
    """All rules on a project."""
    (scope,) = scopes(Request(paths=(str(folder),), today=TODAY, isolated=True), rules())
    built = projects.build(scope.tree, scope.targets, Catalog(), TODAY)
    return Work(built, tuple(rules().values()), {})
