"""Where the methods of a class set attributes of their objects."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

from lamlint.python.module import cst
from lamlint.python.module.running import inside
from lamlint.python.module.scope import dotted, last_name, positional
from lamlint.python.values.objects import Class

if TYPE_CHECKING:
    from lamlint.python.module.module import Module

Setting = tuple[cst.FunctionDef, cst.BaseExpression, tuple[int | None, ...]]
"""An assignment to an attribute of an object: the method, the value, the way into it."""


_MAKING = frozenset({"__init__", "__new__"})


def settings(of: Class) -> dict[str, list[Setting]]:
    """The assignments to attributes of the first parameter in a class's methods, by name."""
    return of.module.syntax.once(("settings", id(of.node)), lambda: _settings_by_name(of))


def set_by(of: Class, name: str) -> tuple[tuple[Setting, ...], tuple[Setting, ...]]:
    """Where the constructor of a class sets an attribute, and where other methods do."""
    return of.module.syntax.once(("set by", id(of.node), name), lambda: _set_by(of, name))


def _set_by(of: Class, name: str) -> tuple[tuple[Setting, ...], tuple[Setting, ...]]:
    found = settings(of).get(name, [])
    making = [one for one in found if one[0].name.value in _MAKING]
    return tuple(making), tuple(one for one in found if one not in making)


def _settings_by_name(of: Class) -> dict[str, list[Setting]]:
    found: dict[str, list[Setting]] = {}
    for line in of.node.body.body:
        if isinstance(line, cst.FunctionDef):
            for attr, setting in _settings_in(of.module, line):
                found.setdefault(attr, []).append(setting)
    return found


def _settings_in(module: Module, function: cst.FunctionDef) -> Iterator[tuple[str, Setting]]:
    first = next(iter(positional(function)), None)
    if first is None:
        return
    owners = {first.name.value}
    if function.name.value == "__new__":
        owners = set(_made_anew(module, function))
    for node in inside(module, function):
        if type(node) is cst.Assign:
            targets = [target.target for target in node.targets]
        elif type(node) is cst.AnnAssign:
            targets = [node.target]
        else:
            continue
        for target in targets:
            for attr, path in _attributes(target, owners, ()):
                if node.value is not None:
                    yield attr, (function, node.value, path)


def _made_anew(module: Module, function: cst.FunctionDef) -> Iterator[str]:
    """What `__new__` calls the object that it makes: `made`, or `cls._instance`."""
    for node in inside(module, function):
        if type(node) is cst.Assign and isinstance(node.value, cst.Call):
            if last_name(node.value.func) == "__new__":
                yield from filter(None, (dotted(target.target) for target in node.targets))


def _attributes(
    target: cst.CSTNode, owners: Collection[str], path: tuple[int | None, ...]
) -> Iterator[tuple[str, tuple[int | None, ...]]]:
    if isinstance(target, cst.Attribute):
        if dotted(target.value) in owners:
            yield target.attr.value, path
    elif isinstance(target, (cst.Tuple, cst.List)):
        starred = False
        for place, element in enumerate(target.elements):
            starred = starred or isinstance(element, cst.StarredElement)
            yield from _attributes(element.value, owners, (*path, None if starred else place))


def part(value: cst.BaseExpression, path: tuple[int | None, ...]) -> cst.BaseExpression | None:
    """The part of a written tuple that a target gets: `a` of `self.x, self.y = a, b`."""
    for place in path:
        if place is None or not isinstance(value, (cst.Tuple, cst.List)):
            return None
        starred = any(isinstance(one, cst.StarredElement) for one in value.elements)
        if starred or place >= len(value.elements):
            return None
        value = value.elements[place].value
    return value
