"""What an environment variable is in the functions that run a handler."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from lamlint.model.condition import ALWAYS
from lamlint.model.value import NOT_SET, Value

if TYPE_CHECKING:
    from lamlint.model import Function

_OF_THE_SYSTEM = ("AWS_", "LAMBDA_", "PYTHON", "_")
_SET_BY_THE_SYSTEM = frozenset({"PATH", "LANG", "LD_LIBRARY_PATH", "TZ", "HOME", "PWD", "SHLVL"})


def variable(functions: Sequence[Function], name: str) -> Value[str] | None:
    """Its values in all functions; `NOT_SET` where none of them sets it; None where unsure."""
    if name.startswith(_OF_THE_SYSTEM) or name in _SET_BY_THE_SYSTEM:
        return None
    found = [_of(function, name) for function in functions]
    known = [value for value in found if value is not None]
    some = [value for value in known if value.choices]
    if not known or len(known) < len(found) or 0 < len(some) < len(known):
        return None
    choices = tuple(choice for value in some for choice in value.choices)
    return Value(choices, known[0].span, "" if some else NOT_SET)


def is_empty(functions: Sequence[Function], name: str) -> bool:
    """Whether a variable is an empty text in all functions: each says so, and leaves no choice."""
    values = [function.environment.variables.get(name) for function in functions]
    return bool(values) and all(value is not None and _says_nothing(value) for value in values)


def _says_nothing(value: Value[str]) -> bool:
    """Whether nothing else stands there: no parameter, nor a variable that may be given."""
    return bool(value.choices) and all(
        choice.value == "" and choice.when == ALWAYS and choice.span == value.span
        for choice in value.choices
    )


def _of(function: Function, name: str) -> Value[str] | None:
    environment = function.environment
    value = environment.variables.get(name)
    if value is not None:
        return value if value.choices else None
    unset = environment.complete and name not in environment.names
    return Value((), environment.span, NOT_SET) if unset else None
