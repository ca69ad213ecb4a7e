"""What an invocation runs in more files than one: modules, and the templates that name them.

A case of the table is a project under its title, its files under their paths; `# here` ends the
lines that are to be reported. One without any is to stay silent.
"""

from __future__ import annotations

import re
from datetime import date

import pytest

from lamlint import project
from lamlint.catalog import shared_catalog
from lamlint.engine import check
from lamlint.text import Source
from tests.checking import rules
from tests.handlers.connections import cases
from tests.memory import MemoryTree

RULE = "connection-in-handler"
PROJECTS = cases("several_files")


def files_of(case: str) -> dict[str, str]:
    """The files of a case by their paths."""
    parts = re.split(r"^--- (.*)\n", case, flags=re.MULTILINE)[1:]
    return dict(zip(parts[::2], parts[1::2], strict=True))


def expected(files: dict[str, str]) -> list[str]:
    """The lines that are marked, each as `path:line`."""
    return sorted(
        f"{path}:{number}"
        for path, text in files.items()
        for number, line in enumerate(text.splitlines(), 1)
        if line.endswith("# here")
    )


def reported(files: dict[str, str]) -> list[str]:
    """The lines that are reported, each as `path:line`."""
    built = project.build(
        MemoryTree({"lamlint.toml": "", **files}), (), shared_catalog(), date(2026, 11, 24)
    )
    found = []
    for each in check.check(built, [rules()[RULE]]):
        assert each.rule == RULE, each
        source = built.tree.read(each.span.path)
        assert isinstance(source, Source)
        found.append(f"{each.span.path}:{source.position(each.span.start).line}")
    return sorted(found)


@pytest.mark.parametrize("case", PROJECTS.values(), ids=PROJECTS)
def test_what_runs_on_each_invocation_is_reported_where_it_stands(case: str) -> None:
    files = files_of(case)
    assert reported(files) == expected(files)
