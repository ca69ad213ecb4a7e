"""Which state machine a route of an API starts, where the API calls Step Functions itself."""

from __future__ import annotations

from collections.abc import Iterator

from lamlint.dialects.properties import Properties
from lamlint.model import Symbol, Value

_STARTING = ("states:action/StartExecution", "states:action/StartSyncExecution")
_SUBTYPES = "StepFunctions-Start"


def by_request(given: Properties, address: str, templates: str) -> Value[str] | None:
    """What a REST API's integration starts: what is asked for stands in a template of a body."""
    if not any(one.written.endswith(_STARTING) for one in given.outcomes(address)):
        return None
    return Value((), given.place(templates), "", frozenset(_named(given, templates)))


def by_parameters(given: Properties, subtype: str, parameters: str) -> Value[str] | None:
    """What an HTTP API's integration starts: one of its parameters names the machine."""
    if not given.text(subtype).all(lambda one: one.startswith(_SUBTYPES)):
        return None
    return given.text(parameters, "StateMachineArn")


def _named(given: Properties, templates: str) -> Iterator[str]:
    """All that the texts of a mapping refer to."""
    listed = given.child(templates)
    for entry in listed.mapping if listed is not None else ():
        for one in listed.outcomes(entry.name) if listed is not None else ():
            for part in one.parts:
                yield from part.targets if isinstance(part, Symbol) else ()
