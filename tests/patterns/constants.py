"""Every regular expression of lamlint, and how its code uses it."""

from __future__ import annotations

import ast
import dataclasses
import importlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from lamlint.text.regex import Regex

ROOT = Path(__file__).resolve().parents[2]
_METHODS = frozenset({"match", "fullmatch", "search", "finditer", "findall", "split", "sub"})
IN_ORDER = frozenset(
    {"lamlint/dialects/cloudformation/inline.py", "lamlint/python/module/nesting.py"}
)
"""Where a match that has a place begins behind the last one, so that none meets a text twice."""
EVERY = _METHODS | {"anywhere"}


@dataclass(frozen=True)
class Module:
    """A module of lamlint or of its rules."""

    path: str

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse((ROOT / self.path).read_text(encoding="utf-8"))

    @property
    def name(self) -> str:
        dotted = self.path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
        return f"lamlint.{dotted}" if dotted.startswith("rules") else dotted

    @cached_property
    def uses(self) -> Mapping[tuple[str, bool], set[str]]:
        """What is called of each name, and of each field; "" where it is used in another way."""
        nodes = list(ast.walk(self.tree))
        asked = {id(node.value): node for node in nodes if isinstance(node, ast.Attribute)}
        arguments = {id(node.func): len(node.args) for node in nodes if isinstance(node, ast.Call)}
        found: dict[tuple[str, bool], set[str]] = {}
        for node in nodes:
            if not isinstance(node, (ast.Name, ast.Attribute)) or isinstance(node.ctx, ast.Store):
                continue
            method = asked.get(id(node))
            use = method.attr if method and method.attr in _METHODS else ""
            placed = use in ("match", "fullmatch") and arguments.get(id(method), 1) > 1
            field = isinstance(node, ast.Attribute)
            name = node.attr if isinstance(node, ast.Attribute) else node.id
            found.setdefault((name, field), set()).add("anywhere" if placed else use)
        return found

    def calls_of_regex(self) -> list[ast.Call]:
        """Where a regular expression is made."""
        return [
            node
            for node in ast.walk(self.tree)
            if isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id == Regex.__name__
        ]

    def constants(self) -> dict[str, Regex[Any]]:
        """The regular expressions that the module holds, by the name that leads there."""
        module = importlib.import_module(self.name)
        names = [name for node in self.tree.body for name in _targets(node)]
        return dict(pair for name in names for pair in _regexes(getattr(module, name), name))


@dataclass(frozen=True)
class Constant:
    """A regular expression, the module that holds it, and the name that leads to it there."""

    module: Module
    path: str
    regex: Regex[Any]

    @property
    def uses(self) -> frozenset[str]:
        """The methods that the code calls; all of them where a constant is handed on.

        "anywhere" is a match that begins where the code wants it to. Of a constant in
        the field of a row it is what any module calls of such a field, of a public one
        what any module calls of its name.
        """
        name, *fields = re.split(r"[\[.][^.]*", self.path)[:1] + re.findall(r"\.(\w+)", self.path)
        if fields or not name.startswith("_"):
            found = _uses_anywhere([name, *fields][-1], field=bool(fields))
        else:
            found = frozenset(self.module.uses.get((name, False), ()))
        if not found or "" in found:
            return EVERY
        in_order = self.module.path in IN_ORDER
        return frozenset("finditer" if use == "anywhere" and in_order else use for use in found)


@cache
def constants() -> list[Constant]:
    """All of them."""
    return [
        Constant(module, path, regex)
        for module in modules()
        for path, regex in module.constants().items()
    ]


@cache
def _uses_anywhere(name: str, *, field: bool) -> frozenset[str]:
    return frozenset(use for one in modules() for use in one.uses.get((name, field), ()))


@cache
def modules() -> list[Module]:
    """All modules of lamlint and its rules."""
    paths = [*ROOT.glob("lamlint/**/*.py"), *ROOT.glob("rules/**/*.py")]
    return [Module(path.relative_to(ROOT).as_posix()) for path in sorted(paths)]


def _targets(node: ast.stmt) -> Iterator[str]:
    if isinstance(node, (ast.Assign, ast.AnnAssign)) and node.value is not None:
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        yield from (target.id for target in targets if isinstance(target, ast.Name))


def _regexes(value: object, path: str) -> Iterator[tuple[str, Regex[Any]]]:
    """The regular expressions in a constant, however deep they lie in its rows."""
    if isinstance(value, Regex):
        yield path, value
    elif isinstance(value, (tuple, list)):
        for number, one in enumerate(value):
            yield from _regexes(one, f"{path}[{number}]")
    elif isinstance(value, dict):
        for key, one in value.items():
            yield from _regexes(one, f"{path}[{key!r}]")
    elif dataclasses.is_dataclass(value) and not isinstance(value, type):
        for field in dataclasses.fields(value):
            yield from _regexes(getattr(value, field.name), f"{path}.{field.name}")
