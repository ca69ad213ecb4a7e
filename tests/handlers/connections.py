"""Cases of what handlers build, and what is told of them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from lamlint import project
from lamlint.catalog import shared_catalog
from lamlint.engine import check
from lamlint.engine.fix import Read, Reading, Repair, repair
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


def reader(text: str) -> Read[Reading]:
    """Reads a module and checks it with the rule."""
    tree = MemoryTree({"app.py": text, "lamlint.toml": ""})

    def read(texts: Mapping[str, str]) -> Reading:
        built = project.build(Overlay(tree, texts), (), shared_catalog(), date(2026, 11, 24))
        return Reading(built, check.check(built, [rules()[RULE]]))

    return read


def lines(reading: Reading) -> list[int]:
    """The lines of a module on which the rule finds something."""
    source = reading.project.tree.read("app.py")
    assert isinstance(source, Source)
    assert {each.rule for each in reading.findings} <= {RULE}, reading.findings
    return sorted(source.position(each.span.start).line for each in reading.findings)


def reported(text: str) -> list[int]:
    """The lines on which something is found."""
    return lines(reader(text)({}))


def mended(text: str) -> Repair[Reading]:
    """What fixing a module makes of it."""
    return repair(reader(text), Safety.UNSAFE)


def expected(text: str) -> list[int]:
    return [n for n, line in enumerate(text.splitlines(), 1) for _ in range(line.count("# here"))]


@dataclass(frozen=True)
class Looked:
    """A module, read and mended once for all that is asked of it."""

    text: str
    first: Reading
    mended: Repair[Reading]


def look(text: str) -> Looked:
    """Read and mend a module."""
    read = reader(text)
    first = read({})
    return Looked(text, first, repair(read, Safety.UNSAFE, first))


def only_what_cannot_be_fixed_is_left(looked: Looked) -> None:
    """What is mended compiles, and nothing in it can be fixed."""
    done = looked.mended
    compile(done.texts.get("app.py", looked.text), "app.py", "exec")
    assert [finding.fix for finding in done.reading.findings if finding.fix] == []
    assert len(done.applied) + len(done.reading.findings) == len(expected(looked.text))
    assert not done.undone
