"""What is said of functions elsewhere, brought to the functions by their identities."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeAlias

from lamlint.dialects.machines import Machine, started, tasks_of
from lamlint.dialects.outcome import Outcome
from lamlint.dialects.spelled import Spelled
from lamlint.model import (
    Choice,
    Code,
    EdgeUse,
    EventSource,
    Function,
    Layer,
    Literal,
    Role,
    Symbol,
    Value,
)
from lamlint.text import Span
from lamlint.text.dataclass import dataclass, replace

Change: TypeAlias = Callable[[Function], Function]
"""A function with what something says of it."""
_LOGS = "/aws/lambda/"
"""How the names of the log groups begin that Lambda makes for functions."""


@dataclass(frozen=True)
class Trigger:
    """A trigger that is declared apart from its function, and what names the function.

    `qualifier` is the alias, version or $LATEST that is written behind the name.
    """

    function: Value[str]
    event: EventSource
    qualifier: Value[str] | None = None


def triggered(trigger: Trigger) -> tuple[Value[str], Change]:
    """What names a function, and the function with a trigger more."""

    def change(function: Function) -> Function:
        own = replace(trigger.event, function=function.id)
        return replace(function, events=(*function.events, own))

    return trigger.function, change


def at_edge(place: Span, *uses: EdgeUse) -> Change:
    """A function that runs at the edge, as something at a place says, and how it is used there."""
    yes = Value((Choice(True, place),), place)
    return lambda function: replace(function, edge=yes, edge_uses=(*function.edge_uses, *uses))


def logging_function(group: Value[str], found: Iterable[Outcome]) -> Value[str]:
    """What names the function that a log group is of, by the group's name and its outcomes."""
    targets = set(group.targets)
    for one in found:
        match one.parts:
            case (Literal(text=text),) if text.startswith(_LOGS):
                targets.add(text.removeprefix(_LOGS))
            case (Literal(text=text), Symbol(targets=named)) if text == _LOGS:
                targets |= named
            case _:
                pass
    return replace(group, targets=frozenset(targets))


def watched(alarm: Span, *, tells: bool) -> Change:
    """An alarm on the errors of a function, and whether it has an action."""
    return lambda function: replace(function, watched=alarm, alarmed=tells or function.alarmed)


@dataclass(frozen=True)
class Links:
    """What is said of functions elsewhere.

    `names` are the identities that stand for a function (a version, an alias), each with
    the value that names the function; `changes` what is said of the function that a value
    names; `layers` the local content of layers, by their identity. `role_of` are the roles of
    functions by the functions' ids, `roles` all that are declared. `others` are the identities
    of what is declared and is no function, though it may be called as one is. `machines` are the
    state machines, which `triggers` may start.
    """

    names: Sequence[tuple[str, Value[str]]] = ()
    others: frozenset[str] = frozenset()
    changes: Sequence[tuple[Value[str], Change]] = ()
    layers: Mapping[str, Code] = dataclasses.field(default_factory=dict)
    role_of: Mapping[str, Role] = dataclasses.field(default_factory=dict)
    roles: Sequence[Role] = ()
    machines: Sequence[Machine] = ()
    triggers: Sequence[Trigger] = ()


def link(
    functions: Sequence[Function], links: Links
) -> tuple[tuple[Function, ...], tuple[Role, ...]]:
    """The functions with all that is said of them, and the roles with the names of theirs."""
    machines = started(links.machines, [(one.function, one.event) for one in links.triggers])
    tasks = [triggered(Trigger(*each)) for each in tasks_of(machines)]
    names = Names(functions, links.names, links.others)
    changes = _by_function(names, (*links.changes, *tasks))
    used = _used(functions, links.role_of)
    linked: list[Function] = []
    for function in functions:
        role = links.role_of.get(function.id)
        changed = replace(
            function,
            role=used[role.id] if role is not None else None,
            layers=tuple(_layer(layer, links.layers) for layer in function.layers),
        )
        for change in changes.get(function.id, ()):
            changed = change(changed)
        linked.append(changed)
    others = [role for role in links.roles if role.id not in used]
    return tuple(linked), (*used.values(), *others)


class Names:
    """The functions of a project by everything that refers to one."""

    def __init__(
        self,
        functions: Sequence[Function],
        names: Iterable[tuple[str, Value[str]]],
        others: frozenset[str] = frozenset(),
    ) -> None:
        self._others = others
        self._ids: dict[str, str] = {function.id: function.id for function in functions}
        self._called = _called(functions)
        self._spelled = Spelled.of(functions)
        for identity, named in names:
            function_id = self.find(named)
            if function_id is not None:
                self._ids.setdefault(identity, function_id)

    def find(self, value: Value[str]) -> str | None:
        """The id of the function that a value refers to.

        A queue may be called as a function is: what refers to the queue is not of the function.
        """
        found = {self._ids[target] for target in value.targets if target in self._ids}
        if not found and self._others.isdisjoint(value.targets):
            found = {self._called[target] for target in value.targets if target in self._called}
            found = found or self._spelled.find(value.targets)
        return found.pop() if len(found) == 1 else None


def _called(functions: Sequence[Function]) -> Mapping[str, str]:
    """The ids of functions by their physical names.

    Copies of a template share their names: then a name alone says nothing.
    """
    found: dict[str, list[str]] = {}
    for function in functions:
        for target in function.physical_name.targets:
            found.setdefault(target, []).append(function.id)
    return {target: ids[0] for target, ids in found.items() if len(ids) == 1}


def _by_function(
    names: Names, changes: Iterable[tuple[Value[str], Change]]
) -> Mapping[str, Sequence[Change]]:
    """The changes by the id of the function that each is for."""
    found: dict[str, list[Change]] = {}
    for value, change in changes:
        function = names.find(value)
        if function is not None:
            found.setdefault(function, []).append(change)
    return found


def _used(functions: Sequence[Function], role_of: Mapping[str, Role]) -> Mapping[str, Role]:
    """The roles that functions have, each with the names of them all."""
    members: dict[str, dict[str, None]] = {}
    roles: dict[str, Role] = {}
    for function in functions:
        role = role_of.get(function.id)
        if role is not None:
            roles[role.id] = role
            members.setdefault(role.id, {})[function.name] = None
    return {name: replace(role, functions=tuple(members[name])) for name, role in roles.items()}


def _layer(layer: Layer, contents: Mapping[str, Code]) -> Layer:
    for target in layer.arn.targets:
        if target in contents:
            return replace(layer, name=target.rpartition("#")[2], content=contents[target])
    return layer
