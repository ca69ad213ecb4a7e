"""Where in its module a construction is to stand."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from lamlint.python.module import cst
from lamlint.python.module.scripts import is_main
from lamlint.python.module.walk import descendants
from lamlint.python.rewrite import comment_behind

if TYPE_CHECKING:
    from lamlint.python.hoist.plan import Plan
    from lamlint.python.hoist.view import View

_SIMPLE = (cst.Assign, cst.AnnAssign, cst.AugAssign)
_BARRIERS = frozenset({"os", "sys", "boto3", "dotenv"})


def place(view: View, plan: Plan) -> tuple[int, int] | None:
    """The indexes, in the module's body, before which the construction and its imports go."""
    body = view.module.tree.body
    head = next((at for at, each in enumerate(body) if _ends_head(each)), len(body))
    imports = max(
        (at + 1 for at, each in enumerate(body[:head]) if _is_import(each) or _is_text(at, each)),
        default=0,
    )
    barriers = [at + 1 for at, each in enumerate(body) if _is_barrier(each)]
    there = view.module.scopes.module.bindings
    kept = {node: view.top(there[plan.names[node]][0].node) + 1 for node in plan.kept}
    needed = [at for node, at in kept.items() if node in plan.needs.values]
    index = max([head, plan.needs.after, *barriers, *needed])
    function = view.top(plan.call)
    defined = {
        name
        for name, bindings in view.module.scopes.module.bindings.items()
        if any(isinstance(binding.node, (cst.FunctionDef, cst.ClassDef)) for binding in bindings)
    }
    for statement in body[function + 1 : max([index, *kept.values()])]:
        if _calls(statement, defined) or is_main(statement):
            return None
    return index, imports


def _ends_head(statement: cst.CSTNode) -> bool:
    return isinstance(statement, (cst.FunctionDef, cst.ClassDef)) or is_main(statement)


def _is_import(statement: cst.CSTNode) -> bool:
    return isinstance(statement, cst.SimpleStatementLine) and isinstance(
        statement.body[0], (cst.Import, cst.ImportFrom)
    )


def _is_text(at: int, statement: cst.CSTNode) -> bool:
    """Whether this is the docstring."""
    return (
        at == 0
        and isinstance(statement, cst.SimpleStatementLine)
        and isinstance(statement.body[0], cst.Expr)
        and isinstance(statement.body[0].value, (cst.SimpleString, cst.ConcatenatedString))
    )


def _is_barrier(statement: cst.CSTNode) -> bool:
    """Whether a statement may set what a client reads when it is made (`os.environ[…] = …`)."""
    if not isinstance(statement, cst.SimpleStatementLine):
        return False
    small = statement.body[0]
    node: cst.CSTNode | None = None
    if isinstance(small, cst.Assign) and not isinstance(small.targets[0].target, cst.Name):
        node = small.targets[0].target
    elif isinstance(small, cst.Expr) and isinstance(small.value, cst.Call):
        node = small.value.func
    while isinstance(node, (cst.Attribute, cst.Subscript)):
        node = node.value
    return isinstance(node, cst.Name) and (
        node.value in _BARRIERS or node.value.startswith(("patch", "load_"))
    )


def _calls(statement: cst.CSTNode, names: set[str]) -> bool:
    """Whether running a statement at import calls one of the module's own functions."""
    if isinstance(statement, cst.FunctionDef):
        return any(_calls(each, names) for each in statement.decorators)
    return any(
        isinstance(node, cst.Call) and isinstance(node.func, cst.Name) and node.func.value in names
        for node in descendants(statement)
    )


def after_value(view: View, index: int) -> bool:
    """Whether the statement ahead is such that no blank line is wanted after it."""
    ahead = view.module.tree.body[index - 1]
    behind = comment_behind(view.module.tree, index)
    if behind or not isinstance(ahead, cst.SimpleStatementLine):
        return False
    return isinstance(ahead.body[0], _SIMPLE) or (
        isinstance(ahead.body[0], cst.Expr) and not _is_text(index - 1, ahead)
    )


def after_import(view: View, index: int, first: cst.CSTNode) -> bool:
    """Whether an import may stand here without a blank line ahead: others of its kind do."""
    if index == 0:
        return True
    ahead = view.module.tree.body[index - 1]
    if not isinstance(ahead, cst.SimpleStatementLine) or not _is_import(ahead):
        return False
    return _is_standard(ahead.body[0]) is _is_standard(first)


def _is_standard(node: cst.CSTNode) -> bool:
    """Whether an import is of the standard library."""
    named: cst.CSTNode | None = None
    if isinstance(node, cst.Import):
        named = node.names[0].name
    elif isinstance(node, cst.ImportFrom) and not node.relative:
        named = node.module
    while isinstance(named, cst.Attribute):
        named = named.value
    return isinstance(named, cst.Name) and named.value in sys.stdlib_module_names
