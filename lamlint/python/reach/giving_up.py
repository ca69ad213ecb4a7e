"""Branches in which a function gives up: it logs an error and leaves, or its answer refuses."""

from __future__ import annotations

from collections.abc import Iterator

from lamlint.python.module import cst
from lamlint.python.module.module import Module
from lamlint.python.module.scope import last_name
from lamlint.python.module.walk import children
from lamlint.python.values.objects import Frame

_ERRORS = frozenset({"error", "exception", "critical", "fatal"})
_LOG = "log"
_STATUS = frozenset({"statusCode", "status_code", "status", "code"})
_REFUSING = frozenset({*range(400, 419), 422, 423, 424, 425, 428, 429, *range(500, 505)})
"""The statuses of HTTP that say that something went wrong."""
_ANSWERING = ("resp", "reply", "answer", "err", "fail", "http", "abort", "problem")
"""What the name of a function holds that makes an answer of a status."""
_ELSEWHERE = (cst.FunctionDef, cst.Lambda, cst.ClassDef)


def gives_up(frame: Frame, node: cst.CSTNode) -> bool:
    """Whether a node is in a branch of its function that is one for errors, however it ends."""
    child = node
    for parent in frame.module.ancestors(node):
        if parent is frame.node:
            return False
        if isinstance(parent, (cst.If, cst.Else)) and child is parent.body:
            if _is_for_errors(frame.module, child):
                return True
        child = parent
    return False


def _is_for_errors(module: Module, block: cst.CSTNode) -> bool:
    return module.syntax.once(("for errors", block), lambda: _gives_up(block))


def _gives_up(block: cst.CSTNode) -> bool:
    lines = [one for line in children(block) for one in _statements(line)]
    answers = list(_answers(block))
    if not lines or not isinstance(lines[-1], (cst.Return, cst.Continue)):
        return False
    refused = [_refuses(answer) for answer in answers]
    if answers and not all(refused):
        return False
    return any(refused) or any(map(_logs_an_error, lines))


def _statements(line: cst.CSTNode) -> Iterator[cst.CSTNode]:
    """The statements of a line, or the one that is a block."""
    if isinstance(line, cst.SimpleStatementLine):
        yield from line.body
    elif isinstance(line, cst.BaseCompoundStatement):
        yield line


def _answers(block: cst.CSTNode) -> Iterator[cst.BaseExpression]:
    """What the `return` statements of a block give, those of functions in it aside."""
    waiting = [block]
    while waiting:
        current = waiting.pop()
        if isinstance(current, cst.Return):
            if current.value is not None:
                yield current.value
        elif not isinstance(current, _ELSEWHERE):
            waiting.extend(children(current))


def _logs_an_error(statement: cst.CSTNode) -> bool:
    call = statement.value if isinstance(statement, cst.Expr) else None
    function = call.func if isinstance(call, cst.Call) else None
    if not isinstance(function, cst.Attribute) or function.attr.value not in _ERRORS:
        return False
    return _LOG in last_name(function.value).lower()


def _refuses(answer: cst.BaseExpression) -> bool:
    """Whether an answer says that something went wrong: `{"statusCode": 400}`, `reply(500, …)`."""
    if isinstance(answer, cst.Dict):
        pairs = [one for one in answer.elements if isinstance(one, cst.DictElement)]
        return any(_literal(one.key) in _STATUS and _is_refusing(one.value) for one in pairs)
    if isinstance(answer, cst.Call):
        named = any(word in last_name(answer.func).lower() for word in _ANSWERING)
        given = [one.value for one in answer.args if _is_status(one)] if named else []
        return any(map(_is_refusing, given))
    if isinstance(answer, cst.Tuple):  # Flask's: the body, and the status
        return any(_is_refusing(one.value) for one in answer.elements)
    return False


def _is_status(given: cst.Arg) -> bool:
    return given.keyword is None or given.keyword.value in _STATUS


def _literal(node: cst.BaseExpression) -> str:
    value = node.evaluated_value if isinstance(node, cst.SimpleString) else None
    return value if isinstance(value, str) else ""


def _is_refusing(node: cst.BaseExpression) -> bool:
    return isinstance(node, cst.Integer) and node.evaluated_value in _REFUSING
