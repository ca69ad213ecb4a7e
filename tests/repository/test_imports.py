"""The plan of the house: which module imports which, whenever it does, and for types too."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import import_module
from pathlib import Path

import pytest

from tests.repository.checkout import ROOT

Graph = Mapping[str, frozenset[str]]
MOST_AT_THE_TOP = 24
FLOORS = """
errors faces formats text
catalog
files model rule python.module
cache config registry python python.codebase dialects.tree
dialects packages python.hoist python.values
dialects.cloudformation dialects.settings python.reach
dialects.serverless dialects.terraform dialects.cdk dialects.chalice dialects.zappa
dialects.cdk_typescript
dialects.cdk_javascript
project secrets
report rules
engine
api
cli
__main__
"""
"""The rooms, each above all that it imports from."""
FACES = ("catalog", "model", "packages", "project", "python", "rule", "secrets", "text")
"""What rules may ask."""


@cache
def modules() -> dict[str, Path]:
    """The files of lamlint and its rules, by the name under which they are imported."""
    found: dict[str, Path] = {}
    for file in [*ROOT.glob("lamlint/**/*.py"), *ROOT.glob("rules/**/*.py")]:
        parts = file.relative_to(ROOT).with_suffix("").parts
        name = ".".join(parts if parts[0] == "lamlint" else ("lamlint", *parts))
        found[name.removesuffix(".__init__")] = file
    return found


def imported(tree: ast.Module) -> Iterator[str]:
    """The modules that a module imports: at its top, in functions, or for a type checker."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                member = f"{node.module}.{alias.name}"
                yield member if member in modules() else node.module


@cache
def graph() -> Graph:
    """Which module imports which."""
    return {
        name: frozenset(imported(ast.parse(file.read_text(encoding="utf-8")))) & modules().keys()
        for name, file in modules().items()
    }


def room(module: str) -> str:
    """The folder that a module lies in; those of `python` and `dialects` are rooms themselves.

    A file at the top is a room, too. The face of a room, which hands names on, is no part of it.
    """
    parts = module.split(".")
    deep = 3 if parts[1:2] in (["python"], ["dialects"]) else 2
    if modules()[module].stem == "__init__":
        return f"{module}.__init__" if len(parts) <= deep else ".".join(parts[:deep])
    return ".".join(parts[: min(deep, max(2, len(parts) - 1))])


def rooms() -> Graph:
    """Which room imports from which."""
    found: dict[str, set[str]] = {}
    for module, others in graph().items():
        found.setdefault(room(module), set()).update(room(other) for other in others)
    return {name: frozenset(others - {name}) for name, others in found.items()}


def circle(edges: Graph) -> list[str]:
    """Some circle of a graph, its first module again at the end; nothing where there is none."""
    done: set[str] = set()
    for start in edges:
        way: list[str] = []
        waiting: list[tuple[str, bool]] = [(start, True)]
        while waiting:
            name, enter = waiting.pop()
            if not enter:
                done.add(way.pop())
            elif name in way:
                return [*way[way.index(name) :], name]
            elif name not in done:
                way.append(name)
                waiting.append((name, False))
                waiting.extend((other, True) for other in sorted(edges[name]))
    return []


@pytest.mark.parametrize(
    ("edges", "expected"),
    [
        ({"a": "b", "b": "c", "c": ""}, []),
        ({"a": "bc", "b": "c", "c": ""}, []),
        ({"a": "b", "b": "c", "c": "b"}, ["b", "c", "b"]),
        ({"a": "a"}, ["a", "a"]),
    ],
)
def test_a_circle_is_seen(edges: dict[str, str], expected: list[str]) -> None:
    assert circle({name: frozenset(others) for name, others in edges.items()}) == expected


def test_no_module_imports_itself_by_way_of_others() -> None:
    assert circle(graph()) == []


def test_no_room_imports_itself_by_way_of_others() -> None:
    assert circle(rooms()) == []


def test_each_room_imports_from_the_floors_below() -> None:
    floor = {
        f"lamlint.{name}": number
        for number, names in enumerate(FLOORS.split("\n"))
        for name in names.split()
    }
    plain = {name: others for name, others in rooms().items() if not name.endswith("__init__")}
    assert plain.keys() == floor.keys()
    upwards = [
        (name, other)
        for name, others in plain.items()
        for other in others
        if floor.get(other.removesuffix(".__init__"), -1) >= floor[name]
    ]
    assert upwards == []


def test_nobody_asks_the_face_of_the_room_that_he_is_in() -> None:
    inside = [
        (name, face)
        for name, others in graph().items()
        for face in others
        if name.startswith(f"{face}.") and face != "lamlint"
    ]
    assert inside == []


def asked(rule: str) -> Iterator[tuple[str, str]]:
    """What a rule imports of lamlint, or of LibCST: the module and the name."""
    for node in ast.walk(ast.parse(modules()[rule].read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((alias.name, "") for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from ((node.module or "", alias.name) for alias in node.names)


RULES = [name for name in modules() if name.startswith("lamlint.rules.") and name.count(".") == 3]


@pytest.mark.parametrize("rule", RULES)
def test_rules_ask_faces_and_never_libcst(rule: str) -> None:
    faces = {f"lamlint.{face}" for face in FACES}
    inner = [(module, name) for module, name in asked(rule) if module.split(".")[0] == "lamlint"]
    assert {module for module, _ in inner} <= faces
    assert [module for module, _ in asked(rule) if module.split(".")[0] == "libcst"] == []


@pytest.mark.parametrize("face", [face for face in FACES if face != "rule"])
def test_a_face_names_what_it_hands_on(face: str) -> None:
    module = import_module(f"lamlint.{face}")
    missing = [name for name in module.__all__ if getattr(module, name, None) is None]
    wanted = {name for rule in RULES for asks, name in asked(rule) if asks == f"lamlint.{face}"}
    assert missing == []
    assert wanted - set(module.__all__) == set()
    with pytest.raises(AttributeError):
        _ = module.nothing_of_this_name


def test_no_tests_take_anything_from_other_tests() -> None:
    wanted = re.compile(r"^\s*(?:from|import) tests\b.*\btest_\w+", re.MULTILINE)
    files = ROOT.glob("tests/**/*.py")
    found = [(file.name, wanted.findall(file.read_text(encoding="utf-8"))) for file in files]
    assert [(name, lines) for name, lines in found if lines] == []


def test_the_top_can_be_overlooked() -> None:
    entries = [entry.name for entry in (ROOT / "lamlint").iterdir() if entry.name != "__pycache__"]
    assert len(entries) <= MOST_AT_THE_TOP


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
