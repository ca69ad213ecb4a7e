"""What an environment variable is in the functions that run a handler."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache, partial
from typing import TYPE_CHECKING

from lamlint.model.condition import ALWAYS
from lamlint.model.function import WRAPPER
from lamlint.model.value import NOT_SET, Value
from lamlint.python.values.configured import Configured, Fixed
from lamlint.python.values.kinds import Kind

if TYPE_CHECKING:
    from lamlint.model import Environment, Function

_OF_THE_SYSTEM = ("AWS_", "LAMBDA_", "PYTHON", "_")
_SET_BY_THE_SYSTEM = frozenset({"PATH", "LANG", "LD_LIBRARY_PATH", "TZ", "HOME", "PWD", "SHLVL"})
_MOST = 8
"""In as many different environments a line is looked at one by one."""


def variable(functions: Sequence[Function], name: str) -> Value[str] | None:
    """Its values in all functions; `NOT_SET` where none of them sets it; None where unsure."""
    if is_of_the_system(name):
        return None
    found = [_of(function, name) for function in functions]
    known = [value for value in found if value is not None]
    some = [value for value in known if value.choices]
    if not known or len(known) < len(found) or 0 < len(some) < len(known):
        return None
    choices = tuple(choice for value in some for choice in value.choices)
    return Value(choices, known[0].span, "" if some else NOT_SET)


def environments(
    functions: Sequence[Function], may_set: Callable[[str, bool], bool]
) -> tuple[Configured, ...]:
    """What the functions that run a handler are configured with; those alike are one.

    `may_set` says whether code may set a variable that is, or is not, declared. Of too many
    different ones it is known together what their variables may be.
    """
    alike: dict[object, list[Function]] = {}
    for function in functions:
        alike.setdefault(_said(function), []).append(function)
    groups = list(alike.values())
    if len(groups) > _MOST:
        groups = [list(functions)]
    return tuple(
        Configured(tuple(one.name for one in group), cache(partial(_fixed, group, may_set)))
        for group in groups
    )


def _said(function: Function) -> object:
    """All that counts of the variables of a function."""
    environment = function.environment
    named = {*environment.variables, *environment.names}
    return (
        frozenset((name, fixed(function, name)) for name in named),
        fixed(function, ""),
        environment.set_elsewhere | environment.kept,
    )


def _fixed(
    functions: Sequence[Function], may_set: Callable[[str, bool], bool], name: str
) -> Fixed | None:
    found = [fixed(function, name) for function in functions]
    known = [one for one in found if one is not None]
    if not known or len(known) < len(found):
        return None
    values = frozenset[str | Kind | None]().union(*known)
    return None if may_set(name, None not in values) else values


def fixed(function: Function, name: str) -> Fixed | None:
    """All that a variable is in a function, whoever deploys it; None where that is not known.

    It is none where a function that has others, all of them known, is not given it.
    """
    environment = function.environment
    if is_of_the_system(name) or WRAPPER in environment.variables:
        return None
    others = environment.set_elsewhere | environment.kept
    if name in others:
        return None
    value = environment.variables.get(name)
    if value is not None and value.reason != NOT_SET:
        return _written(value)
    unset = environment.complete and name not in environment.names and _has_some(environment)
    return frozenset([None]) if unset and "*" not in others else None


def _has_some(environment: Environment) -> bool:
    """Whether a function is given variables at all: else somebody may well give them elsewhere."""
    return not environment.names.keys() <= environment.set_by_code


def _written(value: Value[str]) -> Fixed | None:
    """What is written for a variable itself: no parameter, nor a variable that may be given.

    What AWS calls a resource is there, whatever it is.
    """
    if value.filled:
        return frozenset([Kind.THERE])
    plain = bool(value.choices) and all(
        choice.when == ALWAYS and choice.span == value.span for choice in value.choices
    )
    return frozenset(choice.value for choice in value.choices) if plain else None


def is_of_the_system(name: str) -> bool:
    """Whether Lambda and its runtimes set a variable, or look at it."""
    return name.startswith(_OF_THE_SYSTEM) or name in _SET_BY_THE_SYSTEM


def _of(function: Function, name: str) -> Value[str] | None:
    environment = function.environment
    value = environment.variables.get(name)
    if value is not None:
        return value if value.choices else None
    unset = environment.complete and name not in environment.names
    return Value((), environment.span, NOT_SET) if unset else None
