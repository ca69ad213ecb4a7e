"""State machines of a service: those of the plugin serverless-step-functions."""

from __future__ import annotations

from collections.abc import Iterator

from lamlint.dialects.amazon_states import Reader, tasks
from lamlint.dialects.cloudformation.scope import Scope
from lamlint.dialects.machines import Machine, Task
from lamlint.dialects.properties import Properties
from lamlint.dialects.serverless import events
from lamlint.dialects.serverless.functions import Declared, function_id, logical
from lamlint.dialects.serverless.service import Service
from lamlint.dialects.tree.node import Entry
from lamlint.dialects.values import targets_of
from lamlint.text.dataclass import replace
from lamlint.text.regex import Regex

_BEHIND = "StepFunctionsStateMachine"
"""How the logical ids end that the plugin makes of the machines' names."""
_LEFT_OUT = Regex(r"[^0-9A-Za-z]")


def machines(service: Service) -> Iterator[Machine]:
    """The state machines of a service, each with the events that start it."""
    listed = service.properties.child("stepFunctions", "stateMachines")
    for entry in listed.mapping if listed is not None else ():
        given = None if listed is None else listed.child(entry.name)
        if given is not None:
            yield from _machine(entry, given, service)


def _machine(entry: Entry, given: Properties, service: Service) -> Iterator[Machine]:
    scope, place = service.scope, entry.key.span
    reader = Reader(scope, scope.tree, {})
    found = tuple(
        _with_key(task, scope)
        for one in given.outcomes("definition")[:1]
        for task in tasks(reader.of(one), scope, place)
    )
    declared = Declared(entry, given, given, service)
    if found:
        identities = frozenset(_identities(entry, given, service))
        starts = tuple(events.of_function(declared))
        yield Machine(entry.name, identities, found, place, declared.block, starts)


def _with_key(task: Task, scope: Scope) -> Task:
    """A task that may name a function by its key, as only the plugin lets it."""
    here = scope.identity("")
    keys = (one.removeprefix(here) for one in task.named.targets if one.startswith(here))
    targets = task.named.targets.union(function_id(key, scope) for key in keys)
    return replace(task, named=replace(task.named, targets=targets))


def _identities(entry: Entry, given: Properties, service: Service) -> Iterator[str]:
    """What a machine is referred to by: its name, and the ids that may be made of its names."""
    yield from targets_of(given.outcomes("name"))
    written = [one.text for one in (*given.outcomes("name"), *given.outcomes("id"))]
    for name in (entry.name, *filter(None, written)):
        yield service.scope.identity(f"{logical(name)}{_BEHIND}")
        yield service.scope.identity(f"{_LEFT_OUT.sub('', name)}{_BEHIND}")
