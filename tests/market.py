"""Twenty mistakes of serverless projects, and where each is marked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from tests.fixture_cases import FIXTURES, Case

TWENTY = {
    "concurrency-contradiction",
    "deprecated-runtime",
    "invalid-environment-name",
    "invalid-schedule",
    "layer-limit",
    "mapping-out-of-range",
    "memory-out-of-range",
    "missing-failure-destination",
    "permission-without-source",
    "permissive-cors",
    "public-function-url",
    "redrive-policy-missing",
    "reserved-environment-name",
    "secret-in-environment",
    "timeout-over-limit",
    "unbounded-stream-retry",
    "undefined-environment-variable",
    "unexpanded-variable",
    "visibility-timeout-too-short",
    "wildcard-permission",
}
_FINE = re.compile(r"(?:#|//) fine: ([a-z, -]+)$", re.MULTILINE)
_LISTED = re.compile(r"(.+):(\d+): ([a-z, -]+)")


def case_of(dialect: str) -> Case:
    """The project of a dialect."""
    return Case(FIXTURES / "projects" / f"market-{dialect}")


@cache
def marked(dialect: str) -> frozenset[tuple[str, str, int]]:
    """The traps of a dialect: name, path and line."""
    return frozenset(_marked(case_of(dialect).folder))


def _marked(folder: Path) -> Iterator[tuple[str, str, int]]:
    paths = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    for path in paths:
        name = path.relative_to(folder).as_posix()
        if path.suffix in (".py", ".tf", ".ts", ".yaml", ".yml") and not name.startswith("after/"):
            text = path.read_text(encoding="utf-8")
            for found in _FINE.finditer(text):
                line = text.count("\n", 0, found.start()) + 1
                yield from ((trap, name, line) for trap in found[1].split(", "))
    listed = folder / "fine.txt"
    lines = listed.read_text(encoding="utf-8").splitlines() if listed.is_file() else []
    for written in lines:
        match = _LISTED.fullmatch(written)
        assert match is not None, written
        yield from ((trap, match[1], int(match[2])) for trap in match[3].split(", "))
