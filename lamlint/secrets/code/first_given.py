"""Passwords that new accounts have until somebody signs in, by what takes them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING

from lamlint.python.module import cst
from lamlint.python.module.walk import descendants
from lamlint.secrets.code.use import target, text
from lamlint.secrets.names import Strength, strength
from lamlint.text.regex import Regex

if TYPE_CHECKING:
    from lamlint.python import Module

_FIRST = "TemporaryPassword"
"""What Cognito asks to be changed at the first sign-in."""
_NAME = "Username"
_LASTING = frozenset({"Password", "ProposedPassword", "PreviousPassword"})
_MAKING, _DELETING = "admin_create_user", "admin_delete_user"
_RANDOM = Regex(r"\b(?:uuid|secrets|random|urandom|token_hex|token_urlsafe)\b")


def is_thrown_away(module: Module, node: cst.CSTNode) -> bool:
    """Whether a password is the first one of an account that the same function deletes again.

    The account's name is made up at random each time: nobody knows it as long as it lives.
    """
    ancestors = list(module.ancestors(node))
    call = next((one for one in ancestors if isinstance(one, cst.Call)), None)
    home = next((one for one in ancestors if isinstance(one, cst.FunctionDef)), None)
    if call is None or home is None or _method(call) != _MAKING:
        return False
    user = _user(call)
    made = [
        one.value
        for one in descendants(home.body)
        if isinstance(one, cst.Assign) and any(target(each.target) == user for each in one.targets)
    ]
    return (
        bool(user)
        and len(made) == 1
        and _RANDOM.search(module.code(made[0])) is not None
        and any(
            isinstance(one, cst.Call) and _method(one) == _DELETING and _user(one) == user
            for one in descendants(home.body)
        )
    )


def _method(call: cst.Call) -> str:
    return call.func.attr.value if isinstance(call.func, cst.Attribute) else ""


def _user(call: cst.Call) -> str:
    """The variable that names the account of a call."""
    named = (one for one in call.args if one.keyword is not None and one.keyword.value == _NAME)
    value = next((one.value for one in named), None)
    return value.value if isinstance(value, cst.Name) else ""


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
    handed = module.syntax.once(_given, partial(_given, module))
    home = 0 if function is None else id(function)
    given = frozenset[str]().union(*(handed.get((one, home), ()) for one in names))
    return _FIRST in given and given.isdisjoint(_LASTING)


def _given(module: Module) -> Mapping[tuple[str, int], set[str]]:
    """What a module hands on as passwords of accounts: the words of Cognito by the name of each.

    They are told for the whole module (0), and for each function around the place.
    """
    arguments = (
        (one.keyword.value, one.value) for one in module.nodes(cst.Arg) if one.keyword is not None
    )
    entries = ((text(one.key), one.value) for one in module.nodes(cst.DictElement))
    known = {_FIRST, *_LASTING}
    found: dict[tuple[str, int], set[str]] = {}
    for word, value in (*arguments, *entries):
        if word in known:
            around = (one for one in module.ancestors(value) if isinstance(one, cst.FunctionDef))
            for home in (0, *map(id, around)):
                found.setdefault((target(value), home), set()).add(word)
    return found
