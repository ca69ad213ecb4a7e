"""Who imports whom: each part knows only what lies below it.

The layers are the design's, with two differences that the work showed to be
better: `rule` lies below `project`, since a project says which subjects it has
for a kind of rule, and packages, secrets and the resolution of handler strings
are layers of their own below the project. Imports inside functions and for type
checking count like all others.
"""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

LAYERS = (
    ("text", "paths", "boundary", "kinds", "opening"),
    ("catalog",),
    ("model",),
    ("python",),
    ("templates",),
    ("secrets",),
    ("packages",),
    ("resolution", "identity", "runbooks", "obstacles"),
    ("handlers",),
    ("rule",),
    ("project",),
    ("intact", "consequences"),
    ("wording", "gaps"),
    ("registry", "directives", "merge", "concern", "check", "fix", "add_ignore", "report"),
    ("baseline", "selection"),
    ("unknown_names",),
    (
        "gitignore",
        "git",
        "import_path",
        "archive",
        "files",
        "overlay",
        "writing",
        "config",
        "toml_lines",
        "toml_table",
        "config_chain",
        "config_settings",
        "config_file",
        "covers",
        "suppress",
    ),
    ("pages", "run", "streams", "frameworks"),
    ("unread", "relaxed", "unsized"),
    ("pipeline", "sentences", "options", "commands"),
    ("reason", "preview"),
    ("applying",),
    ("accepting", "diffing"),
    ("checking", "inventory"),
    ("cli",),
    ("__main__",),
)
RANK = {name: rank for rank, names in enumerate(LAYERS) for name in names}
SEEN_BY_RULES = frozenset(
    [
        "text",
        "catalog",
        "model",
        "python",
        "secrets",
        "packages",
        "obstacles",
        "kinds",
        "resolution",
        "identity",
        "rule",
        "project",
    ]
)


def imports(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module == "lamlint":
            yield from (f"lamlint.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def parts(path: Path) -> Iterator[str]:
    """The parts of lamlint that a file imports."""
    for name in imports(ast.parse(path.read_text("utf-8"))):
        top, _, rest = name.partition(".")
        if top == "lamlint" and rest and not rest.startswith("__version__"):
            yield rest.partition(".")[0]


def part(path: Path) -> str:
    return path.relative_to(ROOT / "lamlint").with_suffix("").parts[0]


SOURCES = [
    path
    for path in sorted((ROOT / "lamlint").rglob("*.py"))
    if part(path) not in ("rules", "__init__")
]
RULES = sorted((ROOT / "rules").rglob("*.py"))


def test_every_part_has_its_layer() -> None:
    assert {part(path) for path in SOURCES} == set(RANK)


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_parts_import_only_what_lies_below(path: Path) -> None:
    above = {name for name in parts(path) if RANK.get(name, len(LAYERS)) > RANK[part(path)]}
    assert not above


@pytest.mark.parametrize("path", RULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_rules_import_no_other_rule_and_nothing_above_the_project(path: Path) -> None:
    assert set(parts(path)) <= SEEN_BY_RULES


def test_loading_all_rules_loads_neither_libcst_nor_yaml() -> None:
    code = """
import sys
from lamlint.registry import load
assert load(plugins=False)
print([name for name in ("libcst", "yaml") if name in sys.modules])
"""
    ran = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (ran.stdout, ran.stderr) == ("[]\n", "")
