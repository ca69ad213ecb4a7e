"""The fix that takes out what is built and never used."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lamlint.python.hoist.remove import removals
from lamlint.python.hoist.view import View, view_of
from lamlint.python.module import cst
from lamlint.python.module.scope import How
from lamlint.python.module.walk import descendants
from lamlint.python.rewrite import edits, replace
from lamlint.text import Fix, Safety

if TYPE_CHECKING:
    from lamlint.catalog.constructors import Constructors
    from lamlint.python.module.module import Module

_ACTING = (cst.Call, cst.Await, cst.NamedExpr, cst.Yield)


def take_out(module: Module, call: cst.Call, constructors: Constructors, thing: str) -> Fix | None:
    """The fix for a construction alone on its line, whose arguments do nothing; else none."""
    whole, call = module.whole, module.twin(call)
    if whole is None:
        return None
    view = view_of(whole, constructors)
    line = _line(view, call)
    if line is None or any(each.comment is not None for each in line.leading_lines):
        return None
    arguments = (node for argument in call.args for node in descendants(argument))
    if any(isinstance(node, _ACTING) for node in arguments):
        return None
    changes = removals(view, {line: ()}, ())
    if changes is None:
        return None
    made = edits(whole, replace(whole.tree, whole.parent, changes))
    return Fix(f"Take out the {thing}", Safety.UNSAFE, made) if made else None


def _line(view: View, call: cst.Call) -> cst.SimpleStatementLine | None:
    """The line that does nothing but build it, under a name of its own or none."""
    statement = view.module.parent(call)
    if statement is None:
        return None
    line = view.module.parent(statement)
    if not isinstance(line, cst.SimpleStatementLine) or len(line.body) > 1:
        return None
    match statement:
        case cst.Expr():
            return line
        case cst.Assign(targets=[cst.AssignTarget(target=cst.Name() as name)]):
            scope = view.module.scopes.of(name)
            alone = view.single(scope, name.value, How.VALUE) is not None
            return line if alone and not _deleted(view, name.value) else None
        case _:
            return None


def _deleted(view: View, name: str) -> bool:
    """Whether a name is deleted somewhere in the module."""
    return any(
        isinstance(node, cst.Name) and node.value == name
        for statement in view.module.nodes(cst.Del)
        for node in descendants(statement)
    )
