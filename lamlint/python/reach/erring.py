"""Tests for an error that is there: by the name of what is tested (`if error_message:`)."""

from __future__ import annotations

from lamlint.python.module import cst
from lamlint.python.module.scope import last_name

_ERRORS = frozenset(
    {
        "err", "error", "errorcause", "errorcode", "errordetail", "errordetails", "errorinfo",
        "errormessage", "errormsg", "errorreason", "errortext", "errortype", "exception",
        "failure", "failuremessage", "failurereason",
    }
)  # fmt: skip
"""What is called so is one error; several may be what the function looks for."""
_WITH_FIELDS = frozenset({"answer", "event", "output", "reply", "resp", "response", "result"})
"""What is called so has fields: in a line or a message, the word may stand for anything."""


def erring(test: cst.BaseExpression) -> bool | None:
    """Whether a test holds only where an error is there (False: only where none is)."""
    match test:
        case cst.Comparison(
            left=left, comparisons=[cst.ComparisonTarget(operator=operator, comparator=comparator)]
        ):
            return _compared(left, operator, comparator)
        case _:
            return True if _is_error(test) else None


def _compared(
    left: cst.BaseExpression, operator: cst.BaseCompOp, comparator: cst.BaseExpression
) -> bool | None:
    """What is told by `error is None`, `error != ""`, `"error" in event` and their opposites."""
    match operator:
        case cst.In() | cst.NotIn():
            field = _names_error(_text(left)) and last_name(comparator) in _WITH_FIELDS
            return isinstance(operator, cst.In) if field else None
        case cst.Is() | cst.Equal() if _is_error(left) and _is_nothing(comparator):
            return False
        case cst.IsNot() | cst.NotEqual() if _is_error(left) and _is_nothing(comparator):
            return True
        case _:
            return None


def _is_error(node: cst.BaseExpression) -> bool:
    """Whether the name, the attribute or the key of a value says that it is an error."""
    match node:
        case cst.NamedExpr(target=target, value=value):
            return _is_error(target) or _is_error(value)
        case cst.Subscript(slice=[cst.SubscriptElement(slice=cst.Index(value=key))]):
            return _names_error(_text(key))
        case cst.Call(
            func=cst.Attribute(attr=cst.Name(value="get")), args=[cst.Arg(value=key), *_]
        ):
            return _names_error(_text(key))
        case _:
            return _names_error(last_name(node))


def _names_error(name: str) -> bool:
    return name.replace("_", "").replace("-", "").lower() in _ERRORS


def _text(node: cst.BaseExpression) -> str:
    value = node.evaluated_value if isinstance(node, cst.SimpleString) else ""
    return value if isinstance(value, str) else ""


def _is_nothing(node: cst.BaseExpression) -> bool:
    match node:
        case cst.Name(value=name):
            return name in ("None", "False")
        case cst.SimpleString():
            return not node.evaluated_value
        case cst.Integer():
            return node.evaluated_value == 0
        case cst.List(elements=inside) | cst.Dict(elements=inside):
            return not inside
        case _:
            return False
