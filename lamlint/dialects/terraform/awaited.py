"""Properties that cannot be empty, where a variable of the root module leaves them so."""

from __future__ import annotations

from lamlint.model import Choice, Function, Value
from lamlint.text.dataclass import replace


def awaited(function: Function) -> Function:
    """A function of which nothing is known that waits for the value of a variable.

    Who gives a variable the default `""` and a function its value as a name, a handler or a
    runtime means that it is given on the command line (`-var`): Lambda takes none that is empty.
    """
    return replace(
        function,
        physical_name=_given(function.physical_name),
        package_type=_given(function.package_type),
        runtime=_given(function.runtime),
        handler=_given(function.handler),
        architectures=_given(function.architectures),
        mounts=tuple(map(_given, function.mounts)),
    )


def _given(value: Value[str]) -> Value[str]:
    """A value, unknown where it is empty until a variable is given one."""
    left = tuple(one for one in value.choices if not _waits(one))
    if len(left) == len(value.choices):
        return value
    reason = "a variable that is empty may be given a value"
    return replace(value, choices=(), reason=reason, among=left)


def _waits(choice: Choice[str]) -> bool:
    """Whether a choice is the empty default of a variable."""
    facts = (fact for case in choice.when for fact in case)
    return choice.value == "" and any(
        fact.holds and fact.value == "" and "var." in fact.subject for fact in facts
    )
