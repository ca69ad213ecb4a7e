"""Whether other functions hand a function work for which they do not wait."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from lamlint.model import Function, Value, Variable, taken_from, whole
from lamlint.project.itself import INVOKING, waits_for_nothing

if TYPE_CHECKING:
    from lamlint.model import Parts
    from lamlint.project.join import Project


def is_handed_work(function: Function, project: Project) -> bool:
    """Whether another function of the project invokes it, and waits for no answer."""
    for other in _naming(function, project):
        handler = project.handler_of(other)
        for call in handler.calls(INVOKING) if handler is not None else ():
            choices = call.text("FunctionName").choices if call.service == "lambda" else ()
            meant = bool(choices) and all(_is_named(one, function, other) for one in choices)
            if meant and waits_for_nothing(call):
                return True
    return False


def _naming(function: Function, project: Project) -> Iterator[Function]:
    """The other functions with a variable, or a text in the file of their handler, that names it.

    Only their code is read.
    """
    names = tuple(one.value.encode() for one in function.physical_name.choices if one.value)
    for other in project.functions:
        if other.id == function.id or not other.python or other.library:
            continue
        told = any(_names(value, function) for value in other.environment.variables.values())
        if told or (names and _is_written(names, other, project)):
            yield other


def _is_written(names: tuple[bytes, ...], caller: Function, project: Project) -> bool:
    """Whether one of some names stands in the file of a function's handler."""
    place = project.place_of(caller)
    return place is not None and (
        place.inline is not None or project.tree.mentions(place.path, names)
    )


def _is_named(choice: Parts, function: Function, caller: Function) -> bool:
    given = taken_from(choice)
    if isinstance(given, Variable):
        value = caller.environment.variables.get(given.name)
        return value is not None and _names(value, function)
    return whole(choice) in function.physical_name.targets


def _names(value: Value[str], function: Function) -> bool:
    """Whether a value names a function, or is put together of the same known parts as its name."""
    name = function.physical_name
    known = name.targets | {function.id}
    partly = {one.value for one in name.partly}
    return not (
        value.targets.isdisjoint(known) and partly.isdisjoint(one.value for one in value.partly)
    )
