"""The places in which code keeps things: names, and classes; which of them it writes to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from lamlint.python.module import cst
from lamlint.python.module.walk import children

if TYPE_CHECKING:
    from lamlint.python.module.module import Module

CLASS = "type()"
"""The place that the class of an object is, by whichever name the object goes."""
_WRITES = frozenset({"setdefault", "update", "append", "add", "put", "set", "insert", "store"})


def names_written(module: Module) -> frozenset[str]:
    """The names whose places a module writes to from within functions, and `CLASS` if it does."""
    return frozenset(_bound(module)) | names_filled(module)


def names_filled(module: Module) -> frozenset[str]:
    """Those of them into which something is put, less those that are only bound anew."""
    return frozenset(_filled(module))


def _bound(module: Module) -> Iterator[str]:
    """Names declared global or nonlocal."""
    for declaration in module.nodes(cst.Global, cst.Nonlocal):
        if isinstance(declaration, (cst.Global, cst.Nonlocal)):
            yield from (item.name.value for item in declaration.names)


def _filled(module: Module) -> Iterator[str]:
    """Names whose items or attributes are set."""
    for assignment in module.nodes(cst.Assign, cst.AnnAssign, cst.AugAssign):
        if module.enclosing_function(assignment) is None or not isinstance(
            assignment, (cst.Assign, cst.AnnAssign, cst.AugAssign)
        ):
            continue
        targets = (
            [t.target for t in assignment.targets]
            if isinstance(assignment, cst.Assign)
            else [assignment.target]
        )
        for target in targets:
            for part in target.elements if isinstance(target, (cst.Tuple, cst.List)) else [target]:
                value = part.value if isinstance(part, cst.BaseElement) else part
                if isinstance(value, (cst.Attribute, cst.Subscript)):
                    yield from _target_roots(module, value)
    for call in module.nodes(cst.Call):
        if not _is_run_later(module, call):
            continue
        if isinstance(call.func, cst.Attribute) and call.func.attr.value in _WRITES:
            yield from _target_roots(module, call.func.value)
        elif isinstance(call.func, cst.Name) and call.func.value == "setattr" and call.args:
            yield from _target_roots(module, call.args[0].value)


def _is_run_later(module: Module, call: cst.CSTNode) -> bool:
    """Whether a call stands in a function, and is no decorator: `@app.put("/orders")`."""
    if isinstance(module.parent(call), cst.Decorator):
        return False
    return any(isinstance(one, (cst.FunctionDef, cst.Lambda)) for one in module.ancestors(call))


def _target_roots(module: Module, node: cst.CSTNode) -> Iterator[str]:
    root = root_of(node)
    if is_class(module, root):
        yield CLASS
    if isinstance(root, cst.Name):
        yield root.value
    elif "globals" in {n.value for n in names_in(node)}:
        yield "globals()"


def set_on_classes(module: Module) -> tuple[frozenset[str], frozenset[str]]:
    """The attributes that a module sets on a class, and those that it sets on anything else."""
    found: tuple[set[str], set[str]] = (set(), set())
    for target in module.nodes(cst.AssignTarget):
        if isinstance(target.target, cst.Attribute):
            is_other = not is_class(module, target.target.value)
            found[is_other].add(target.target.attr.value)
    return frozenset(found[0]), frozenset(found[1])


def is_class(module: Module, node: cst.CSTNode) -> bool:
    """Whether an expression is a class: that of an object, one of the module, or `cls`."""
    if not isinstance(node, cst.Name):
        return class_of(node) is not None
    _, bindings = module.scopes.find(node.value, module.scopes.of(node))
    return node.value == "cls" or any(isinstance(one.node, cst.ClassDef) for one in bindings)


def class_of(node: cst.CSTNode) -> cst.CSTNode | None:
    """The object whose class an expression is; None for any other expression."""
    match node:
        case cst.Attribute(value=value, attr=cst.Name(value="__class__")):
            return value
        case cst.Call(func=cst.Name(value="type"), args=[cst.Arg(value=value)]):
            return value
        case _:
            return None


def root_of(node: cst.CSTNode) -> cst.CSTNode:
    """What an attribute or an item hangs on: a name, or the class of an object."""
    while isinstance(node, (cst.Attribute, cst.Subscript)) and class_of(node) is None:
        node = node.value
    return node


def names_in(node: cst.CSTNode) -> Iterator[cst.Name]:
    """The names read by an expression; those of attributes and keywords are none."""
    stack = [node]
    while stack:
        current = stack.pop()
        kind = current.__class__  # asking for the type itself is far faster than isinstance
        if kind is cst.Name:
            yield current  # type: ignore[misc]
        elif kind is cst.Attribute or kind is cst.Arg:
            stack.append(current.value)  # type: ignore[attr-defined]
        else:
            stack.extend(children(current))
