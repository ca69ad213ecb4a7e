"""What code puts into the things of a function's names: items and attributes set, things added."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from lamlint.python.module import cst
from lamlint.python.module.running import inside
from lamlint.text.dataclass import dataclass

if TYPE_CHECKING:
    from lamlint.python.module.module import Module
    from lamlint.python.values.objects import Frame

_GROWING = frozenset(
    [
        "append",
        "extend",
        "insert",
        "add",
        "update",
        "setdefault",
        "put",
        "push",
        "appendleft",
        "write",
    ]
)


@dataclass(frozen=True, slots=True)
class Change:
    """An expression that a thing is changed by, and the item that it is put into, if written."""

    value: cst.CSTNode
    key: str | None


def changes(frame: Frame, name: str) -> list[Change]:
    """What changes what a name of a function holds."""
    module, node = frame.module, frame.node
    made = module.syntax.once(("changes", id(node)), lambda: _by_name(module, node))
    return made.get(name, [])


def written_key(subscript: cst.Subscript) -> str | None:
    """The text that an item is asked for by; None where it is no single text."""
    match subscript.slice:
        case [cst.SubscriptElement(slice=cst.Index(value=cst.SimpleString() as text))]:
            key = text.evaluated_value
            return key if isinstance(key, str) else None
        case _:
            return None


def _by_name(module: Module, node: cst.CSTNode) -> dict[str, list[Change]]:
    found: dict[str, list[Change]] = {}
    for inner in inside(module, node):
        kind = type(inner)
        if kind is cst.Assign or kind is cst.Call:
            for name, change in _changed(inner):
                found.setdefault(name, []).append(change)
    return found


def _changed(node: cst.CSTNode) -> Iterator[tuple[str, Change]]:
    """The names whose things a node changes, each with an expression that it does so by."""
    if isinstance(node, cst.Assign):
        for target in node.targets:
            if isinstance(target.target, (cst.Subscript, cst.Attribute)):
                name = _root(target.target)
                if name is not None:
                    key = _first_key(target.target)
                    for part in (node.value, *_keys(target.target)):
                        yield name, Change(part, key)
    elif isinstance(node, cst.Call) and isinstance(node.func, cst.Attribute):
        name = _root(node.func)
        if name is not None and node.func.attr.value in _GROWING:
            yield from ((name, Change(argument.value, None)) for argument in node.args)


def _first_key(target: cst.CSTNode) -> str | None:
    """The item of the root that a target lies in: `a` of `found["a"]["b"]`."""
    key = None
    while isinstance(target, (cst.Attribute, cst.Subscript)):
        key = written_key(target) if isinstance(target, cst.Subscript) else None
        target = target.value
    return key


def _keys(target: cst.CSTNode) -> list[cst.CSTNode]:
    return list(target.slice) if isinstance(target, cst.Subscript) else []


def _root(node: cst.CSTNode) -> str | None:
    while isinstance(node, (cst.Attribute, cst.Subscript)):
        node = node.value
    return node.value if isinstance(node, cst.Name) else None
