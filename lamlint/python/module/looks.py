"""Whether a module only looks at what a name or attribute holds, or changes it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from lamlint.python.module import cst
from lamlint.python.module.scope import positional

if TYPE_CHECKING:
    from lamlint.python.module.module import Module

_READING = frozenset({"get", "items", "keys", "values", "copy", "index", "count"})
TAKING = frozenset(
    {"len", "bool", "list", "tuple", "set", "dict", "sorted", "any", "all", "str", "print"}
    | {"enumerate", "frozenset", "iter", "max", "min", "reversed", "sum", "zip"}
    | {"filter", "map"}
)
"""Builtins that change nothing of what they are given."""
_METHODS = frozenset({"dumps", "map"})
"""Functions of libraries that change nothing of what they are given, either."""
_LOOKING = (
    cst.If, cst.IfExp, cst.While, cst.UnaryOperation, cst.BooleanOperation, cst.Comparison,
    cst.ComparisonTarget, cst.For, cst.CompFor, cst.AssignTarget, cst.AnnAssign, cst.Param,
    cst.NameItem, cst.ImportAlias, cst.StarredElement, cst.StarredDictElement,
)  # fmt: skip

_MAKING = frozenset({"__init__", "__post_init__"})
_ANYWHERE = ""
"""Where a value is put that is not looked for by name; it counts as changed."""


def is_only_looked_at(module: Module, name: str) -> bool:
    """Whether nothing is put into what a name, or an attribute of that name, holds."""
    if not module.mentions(name):
        return True
    return name not in module.syntax.once("changed", lambda: frozenset(_changed(module)))


def looks_at(module: Module, name: cst.Name) -> bool:
    """Whether one use of a name puts nothing into what it holds, and hands it on to nobody."""
    above = module.parent(name)
    return above is not None and _looks(module, name, above)


def set_from_outside(module: Module) -> frozenset[str]:
    """The attributes that are set from outside of their object's methods; `*` for any."""
    return module.syntax.once("outside", lambda: frozenset(_outside(module)))


def set_later(module: Module) -> frozenset[str]:
    """The attributes that are set elsewhere than where an object is made."""
    return module.syntax.once("later", lambda: frozenset(_later(module)))


def _later(module: Module) -> Iterator[str]:
    for node in module.nodes(cst.Attribute):
        if _is_set(module, node):
            function = module.enclosing_function(node)
            if function is None or function.name.value not in _MAKING:
                yield node.attr.value


def _changed(module: Module) -> Iterator[str]:
    """The names that are used in a way that may change what they hold, or hand it on."""
    aliases: dict[str, list[str]] = {}
    waiting: list[str] = [_ANYWHERE]
    for node in module.nodes(cst.Name):
        above = module.parent(node)
        whole: cst.CSTNode = node
        if isinstance(above, cst.Attribute) and above.attr is node:
            whole, above = above, module.parent(above)
        if isinstance(above, cst.Assign) and whole is above.value:
            for other in _targets(above):
                aliases.setdefault(other, []).append(node.value)
        elif above is not None and not _looks(module, whole, above):
            waiting.append(node.value)
    seen: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name not in seen:
            seen.add(name)
            yield name
            waiting.extend(aliases.get(name, ()))


def _targets(assignment: cst.Assign) -> Iterator[str]:
    """The names under which a value is known too; what is put into something may be anywhere."""
    for one in assignment.targets:
        target = one.target.attr if isinstance(one.target, cst.Attribute) else one.target
        yield target.value if isinstance(target, cst.Name) else _ANYWHERE


def _looks(module: Module, node: cst.CSTNode, above: cst.CSTNode) -> bool:
    if isinstance(above, cst.Attribute):
        return above.attr.value in _READING or isinstance(module.parent(above), _LOOKING)
    if isinstance(above, cst.Arg):
        call = module.parent(above)
        if above.keyword is node or above.star == "**":
            return True
        return isinstance(call, cst.Call) and _takes(call.func)
    if isinstance(above, cst.Subscript):
        return above.value is node and not _is_stored(module.parent(above))
    return isinstance(above, _LOOKING)


def _takes(function: cst.BaseExpression) -> bool:
    """Whether a function changes nothing of what it is given, by its name: `json.dumps`, too."""
    if isinstance(function, cst.Attribute):
        return function.attr.value in _METHODS
    return isinstance(function, cst.Name) and function.value in TAKING | _METHODS


def _is_stored(above: cst.CSTNode | None) -> bool:
    """Whether an item is put in, changed or taken out by what is around it."""
    return isinstance(above, (cst.AssignTarget, cst.AugAssign, cst.AnnAssign, cst.Element, cst.Del))


def _outside(module: Module) -> Iterator[str]:
    for node in module.nodes(cst.Attribute):
        if node.attr.value == "__dict__":
            yield "*"
        elif _is_set(module, node) and not _is_own(module, node):
            yield node.attr.value
    for call in module.nodes(cst.Call):
        if isinstance(call.func, cst.Name) and call.func.value == "setattr" and len(call.args) > 1:
            name = call.args[1].value
            known = name.evaluated_value if isinstance(name, cst.SimpleString) else None
            yield known if isinstance(known, str) else "*"


def _is_set(module: Module, node: cst.Attribute) -> bool:
    above = module.parent(node)
    if isinstance(above, cst.Element):
        above = module.parent(module.parent(above) or above)
        return isinstance(above, (cst.AssignTarget, cst.For))
    targets = (cst.AnnAssign, cst.AugAssign, cst.For, cst.CompFor)
    return isinstance(above, (cst.AssignTarget, cst.AsName, cst.Del)) or (
        isinstance(above, targets) and above.target is node
    )


def _is_own(module: Module, node: cst.Attribute) -> bool:
    """Whether a method sets an attribute of its own object, by an assignment."""
    if isinstance(module.parent(node), (cst.AugAssign, cst.AsName, cst.Del, cst.For)):
        return False
    function = module.enclosing_function(node)
    if function is None or module.enclosing_class(function) is None:
        return False
    first = next(iter(positional(function)), None)
    owner = node.value
    return first is not None and isinstance(owner, cst.Name) and owner.value == first.name.value
