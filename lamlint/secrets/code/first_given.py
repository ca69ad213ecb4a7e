"""Passwords that new accounts have until somebody signs in, by what takes them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from lamlint.python.module import cst
from lamlint.secrets.code.use import target, text
from lamlint.secrets.names import Strength, strength

if TYPE_CHECKING:
    from lamlint.python import Module

_FIRST = "TemporaryPassword"
"""What Cognito asks to be changed at the first sign-in."""
_LASTING = frozenset({"Password", "ProposedPassword", "PreviousPassword"})


def is_first_given(module: Module, node: cst.CSTNode, name: str) -> bool:
    """Whether a password is kept under a name that is given as a first password, and for no other.

    It may be the default of a parameter, or of a variable that is read.
    """
    if strength(name) is not Strength.PASSWORD:
        return False
    ancestors = list(module.ancestors(node))
    function = next((one for one in ancestors if isinstance(one, cst.FunctionDef)), None)
    statement = next((one for one in ancestors if isinstance(one, cst.Assign)), None)
    targets = statement.targets if statement is not None else ()
    names = {name, *(target(one.target) for one in targets)}
    given = {
        word
        for word, value in module.syntax.once(_given, partial(_given, module))
        if target(value) in names
        and (function is None or any(one is function for one in module.ancestors(value)))
    }
    return _FIRST in given and given.isdisjoint(_LASTING)


def _given(module: Module) -> tuple[tuple[str, cst.BaseExpression], ...]:
    """What a module hands on as passwords of accounts, each with its word of Cognito."""
    arguments = (
        (one.keyword.value, one.value) for one in module.nodes(cst.Arg) if one.keyword is not None
    )
    entries = ((text(one.key), one.value) for one in module.nodes(cst.DictElement))
    known = {_FIRST, *_LASTING}
    return tuple(pair for pair in (*arguments, *entries) if pair[0] in known)
