"""The operators, which hold nothing but white space."""

from __future__ import annotations

import ast
from collections.abc import Mapping

from lamlint.python.module import cst
from lamlint.python.module.plain.make import Make, maker

_ARITHMETIC = {
    "Add": "Add", "Sub": "Subtract", "Mult": "Multiply", "Div": "Divide",
    "FloorDiv": "FloorDivide", "Mod": "Modulo", "Pow": "Power", "LShift": "LeftShift",
    "RShift": "RightShift", "BitOr": "BitOr", "BitAnd": "BitAnd", "BitXor": "BitXor",
    "MatMult": "MatrixMultiply",
}  # fmt: skip
_OTHERS = {
    "And": "And", "Or": "Or", "UAdd": "Plus", "USub": "Minus", "Invert": "BitInvert", "Not": "Not",
    "Lt": "LessThan", "Gt": "GreaterThan", "LtE": "LessThanEqual", "GtE": "GreaterThanEqual",
    "Eq": "Equal", "NotEq": "NotEqual", "In": "In", "NotIn": "NotIn", "Is": "Is", "IsNot": "IsNot",
}  # fmt: skip


def _makers(names: Mapping[str, str], behind: str = "") -> dict[type[ast.AST], Make]:
    return {getattr(ast, one): maker(getattr(cst, name + behind)) for one, name in names.items()}


OPERATORS = _makers(_ARITHMETIC | _OTHERS)
AUGMENTED = _makers(_ARITHMETIC, "Assign")
