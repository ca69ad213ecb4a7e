"""What operators and conversions make of constants; None for what is not worked out."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from lamlint.python.module import cst

if TYPE_CHECKING:
    from lamlint.python.values.known import Constant

_LARGEST = 10**30
_LONGEST = 4_096
_MOST_TIMES = 64
_NUMBERS: Mapping[type[cst.BaseBinaryOp], Callable[[float, float], float]] = {
    cst.Add: operator.add,
    cst.Subtract: operator.sub,
    cst.Multiply: operator.mul,
    cst.Divide: operator.truediv,
    cst.FloorDivide: operator.floordiv,
    cst.Modulo: operator.mod,
    cst.Power: operator.pow,
}
_CONVERSIONS: Mapping[str, Callable[[float | str], float | str]] = {
    "int": int,
    "float": float,
    "str": str,
    "bool": bool,
}
CONVERTING = frozenset(_CONVERSIONS)


def calculated(kind: cst.BaseBinaryOp, left: Constant, right: Constant) -> Constant:
    """What an operator makes of two constants."""
    if isinstance(left, str) and isinstance(right, str):
        joined = isinstance(kind, cst.Add) and len(left) + len(right) <= _LONGEST
        return left + right if joined else None
    work = _NUMBERS.get(type(kind))
    if work is None or not _small(left) or not _small(right):
        return None
    if isinstance(kind, cst.Power) and not (0 <= _number(right) <= _MOST_TIMES):
        return None
    try:
        found = work(_number(left), _number(right))
    except ArithmeticError:
        return None
    return found if _small(found) else None


def negated(kind: cst.BaseUnaryOp, inner: Constant) -> Constant:
    """What an operator makes of one constant."""
    match kind:
        case cst.Not() if inner is None or isinstance(inner, (str, bytes, int, float)):
            return not inner
        case cst.Minus() if _small(inner):
            return -_number(inner)
        case cst.Plus() if _small(inner):
            return _number(inner)
        case _:
            return None


def converted(name: str, inner: Constant) -> Constant:
    """What `int`, `float`, `str` or `bool` makes of a number or a text."""
    if not _small(inner) and not (isinstance(inner, (str, bool)) and len(str(inner)) < _LONGEST):
        return None
    try:
        return _CONVERSIONS[name](inner)  # type: ignore[arg-type]  # a number or a text
    except (ValueError, OverflowError):
        return None


def _small(constant: Constant) -> bool:
    """Whether a constant is a number that any other may be worked out with."""
    plain = isinstance(constant, (int, float)) and not isinstance(constant, bool)
    return plain and abs(_number(constant)) <= _LARGEST


def _number(constant: Constant) -> float:
    if not isinstance(constant, (int, float)):
        raise TypeError("only numbers are worked out")
    return constant
