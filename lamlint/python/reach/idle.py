"""What of some modules is never used by a handler: functions nobody names, clients nobody asks.

A name counts as used wherever it is written, as a name, an attribute or a text: in code that
runs at import, in the handler, and in all that these name.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from typing import TYPE_CHECKING

from lamlint.python.module import cst
from lamlint.python.module.walk import children

if TYPE_CHECKING:
    from lamlint.python.module.module import Module

_READS_ALL = frozenset({"__dict__", "globals", "locals", "vars"})


def idle_names(
    modules: Sequence[Module], handler: cst.FunctionDef, constructors: Container[str]
) -> frozenset[int]:
    """The names, by identity, in code that is never run, or that makes what is never used.

    `constructors` are the full names of what does nothing as long as its result is not used;
    their arguments are looked up all the same.
    """
    may_be_idle: dict[str, list[tuple[cst.CSTNode, cst.CSTNode]]] = {}
    waiting: list[cst.CSTNode] = [handler]
    for module in modules:
        for statement in module.tree.body:
            name, part = _defined(module, statement, constructors)
            if part is None or statement is handler or name.startswith("__"):
                waiting.append(statement)
            else:
                may_be_idle.setdefault(name, []).append((statement, part))
    while waiting:
        for word in _words(waiting.pop()):
            if word in _READS_ALL:
                return frozenset()
            waiting.extend(statement for statement, _ in may_be_idle.pop(word, ()))
    parts = (part for found in may_be_idle.values() for _, part in found)
    return frozenset(
        id(node) for part in parts for node in _below(part) if isinstance(node, cst.Name)
    )


def _defined(
    module: Module, statement: cst.CSTNode, constructors: Container[str]
) -> tuple[str, cst.CSTNode | None]:
    """The name that a statement is all for, and what of it does nothing while that is not used."""
    match statement:
        case cst.FunctionDef(decorators=[]):
            return statement.name.value, statement
        case cst.SimpleStatementLine(
            body=[
                cst.Assign(
                    targets=[cst.AssignTarget(target=cst.Name() as name)], value=cst.Call() as call
                )
                | cst.AnnAssign(target=cst.Name() as name, value=cst.Call() as call)
            ]
        ) if module.qualified(call) in constructors:
            return name.value, call.func
        case _:
            return "", None


def _words(statement: cst.CSTNode) -> Iterator[str]:
    """Whatever a statement may name things by."""
    for node in _below(statement):
        if isinstance(node, cst.Name):
            yield node.value
        elif isinstance(node, cst.SimpleString):
            yield str(node.evaluated_value)


def _below(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    stack = [node]
    while stack:
        node = stack.pop()
        yield node
        stack.extend(children(node))
