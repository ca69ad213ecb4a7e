"""Whether a text of the code names a resource that a template declares."""

from __future__ import annotations

from lamlint.model import ContextField, Function, Symbol, Value, Variable, taken_from, whole
from lamlint.python import Text
from lamlint.text import Related
from lamlint.text.regex import Regex

_SEPARATOR = Regex(r"[:/]")


def named(text: Text, function: Function) -> tuple[frozenset[str], ...] | None:
    """What each choice of a text may name, run as a function; None when one cannot be known.

    Identities are those of the templates: `template#LogicalId`, and physical
    names; of an ARN or a URL the last part counts as a name too.
    """
    found: list[frozenset[str]] = []
    for choice in text.choices:
        written, given = whole(choice), taken_from(choice)
        if isinstance(given, Variable):
            value = function.environment.variables.get(given.name)
            if value is not None:
                found.append(_variable(value))
                continue
            written = given.default if function.environment.complete else None
        if not written:
            return None
        found.append(_written(written))
    return tuple(found) if all(found) else None


def _written(text: str) -> frozenset[str]:
    return frozenset({text, _SEPARATOR.split(text)[-1]} - {""})


def _variable(value: Value[str]) -> frozenset[str]:
    """A variable that can be several things names what holds for all of them."""
    return value.targets


def all_meet(text: Text, identities: frozenset[str], function: Function) -> bool:
    """Whether every choice of a text names one resource."""
    choices = named(text, function)
    return choices is not None and all(not choice.isdisjoint(identities) for choice in choices)


def environment_names(text: Text) -> tuple[str, ...]:
    """The environment variables that a text is taken from."""
    symbols = (part for choice in text.choices for part in choice if isinstance(part, Symbol))
    given = (symbol.taken_from for symbol in symbols)
    return tuple(dict.fromkeys(one.name for one in given if isinstance(one, Variable)))


def context_fields(text: Text) -> frozenset[str] | None:
    """The attributes of the context that all choices of a text are; None when one is not."""
    found: set[str] = set()
    for choice in text.choices:
        given = taken_from(choice)
        if not isinstance(given, ContextField):
            return None
        found.add(given.name)
    return frozenset(found)


def where_set(text: Text, function: Function, what: str) -> tuple[Related, ...]:
    """The places of the environment variables that a text is taken from."""
    return tuple(
        Related(function.environment.names[name], f"{name} is set to {what} here")
        for name in environment_names(text)
        if name in function.environment.names
    )
