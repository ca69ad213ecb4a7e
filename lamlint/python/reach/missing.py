"""What code does where an environment variable that it reads may be missing.

A test, or an except clause, expects that; and what stands in a branch may never be read.
"""

from __future__ import annotations

from collections.abc import Iterator

from lamlint.python.module import cst
from lamlint.python.module.module import Module
from lamlint.python.module.running import inside
from lamlint.python.module.scope import last_name
from lamlint.python.reach.caught import expected
from lamlint.python.values.arguments import argument
from lamlint.python.values.objects import Frame, When


def is_optional(frame: Frame, node: cst.CSTNode, name: str | None) -> bool:
    """Whether a test or an except clause expects that the variable may be missing."""
    return name is None or expected(frame, node) or _is_tested(frame, name)


def is_conditional(frame: Frame, node: cst.CSTNode, name: str | None, within: cst.CSTNode) -> bool:
    """Whether something in a part of the code chooses a read, and no other read is chosen else."""
    child = node
    for ancestor in (node, *frame.module.ancestors(node)):
        if (
            isinstance(ancestor, (cst.ExceptHandler, cst.ExceptStarHandler))
            or (isinstance(ancestor, cst.With) and child is ancestor.body)
            or (isinstance(ancestor, cst.While) and child is not ancestor.test)
            or (isinstance(ancestor, cst.BooleanOperation) and child is ancestor.right)
        ):
            return True
        if isinstance(ancestor, (cst.If, cst.IfExp)) and child is not ancestor.test:
            if name is None or not _is_in_both(frame, ancestor, name):
                return True
        if ancestor is within:
            return False
        child = ancestor
    return False


def _is_in_both(frame: Frame, choice: cst.If | cst.IfExp, name: str) -> bool:
    """Whether each branch of a choice reads a variable, so that it is read in any case."""

    def each() -> bool:
        return choice.orelse is not None and all(
            any(
                _is_below(frame.module, read, branch)
                and not is_conditional(frame, read, name, branch)
                for read in found
            )
            for branch in (choice.body, choice.orelse)
        )

    found = _subscripts(frame).get(name, [])
    return len(found) > 1 and frame.module.syntax.once(("in both", choice, name), each)


def _is_below(module: Module, node: cst.CSTNode, above: cst.CSTNode) -> bool:
    return node is above or any(one is above for one in module.ancestors(node))


def _subscripts(frame: Frame) -> dict[str, list[cst.CSTNode]]:
    return frame.module.syntax.once(("subscripts", frame.node), lambda: _by_name(frame))


def _by_name(frame: Frame) -> dict[str, list[cst.CSTNode]]:
    """The subscripts of the environment in a function, by the names that are written there."""
    names = {"environ", *aliases(frame.module)}
    found: dict[str, list[cst.CSTNode]] = {}
    for node in inside(frame.module, frame.node):
        if isinstance(node, cst.Subscript) and last_name(node.value) in names:
            index = node.slice[0].slice
            name = literal(index.value if isinstance(index, cst.Index) else None)
            found.setdefault(name, []).append(node)
    return found


def _is_tested(frame: Frame, name: str) -> bool:
    """Whether a function asks for a variable elsewhere in a test, or every way to it does."""
    if name in _tested_in(frame):
        return True
    waiting, seen = [frame], {id(frame)}
    while waiting:
        ways = waiting.pop().edges
        if not ways:
            return False
        for way in ways:
            if way.caller is None:
                return False
            asked = way.when is not When.ALWAYS and name in _tested_in(way.caller)
            if not asked and id(way.caller) not in seen:
                seen.add(id(way.caller))
                waiting.append(way.caller)
    return True


def _tested_in(frame: Frame) -> frozenset[str]:
    return frame.module.syntax.once(("tested", frame.node), lambda: frozenset(_tested(frame)))


def _tested(frame: Frame) -> Iterator[str]:
    """The variables that a function looks for: by `in`, or by a read that does not fail."""
    names = {"environ", *aliases(frame.module)}
    for node in inside(frame.module, frame.node):
        if isinstance(node, cst.Comparison):
            if isinstance(node.comparisons[0].operator, (cst.In, cst.NotIn)):
                yield literal(node.left)
        elif isinstance(node, cst.Call):
            receiver = last_name(node.func.value) if isinstance(node.func, cst.Attribute) else ""
            last = last_name(node.func)
            if last == "getenv" or (last == "get" and receiver in names):
                yield literal(argument(node, 0, "key"))


def aliases(module: Module) -> Iterator[str]:
    """Other names that a module gives the environment."""
    for assign in module.nodes(cst.Assign):
        if last_name(assign.value) == "environ":
            yield from (last_name(target.target) for target in assign.targets)
    for alias in module.nodes(cst.ImportAlias):
        if last_name(alias.name) == "environ" and alias.asname is not None:
            yield last_name(alias.asname.name)


def literal(node: cst.CSTNode | None) -> str:
    """The text that a node is; `*` where that cannot be known."""
    value = node.evaluated_value if isinstance(node, cst.SimpleString) else None
    return value if isinstance(value, str) else "*"
