"""State machines, which run functions as their tasks, and what starts them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from lamlint.model import EventKind, EventSource, Value
from lamlint.text import Span
from lamlint.text.dataclass import dataclass, replace


@dataclass(frozen=True)
class Task:
    """What a state machine runs: a function, or another machine.

    It is `repeated` where one execution may run it many times.
    """

    named: Value[str]
    repeated: bool


@dataclass(frozen=True)
class Machine:
    """A state machine. `starts` are the triggers that it declares itself, as far as it does.

    `identities` are all that values have as targets which refer to it.
    """

    name: str
    identities: frozenset[str]
    tasks: tuple[Task, ...]
    span: Span
    block: Span
    starts: tuple[EventSource, ...] = ()

    def event(self, task: Task) -> EventSource:
        """The trigger of what is a task of it."""
        return EventSource(
            name=self.name,
            kind=EventKind.STEP_FUNCTIONS,
            function="",
            source=Value((), self.span, "it is a state machine", self.identities),
            mapping=False,
            expression=None,
            filters=(),
            span=self.span,
            block=self.block,
            starts=self.starts,
            repeats=task.repeated,
        )


def started(
    machines: Sequence[Machine], triggers: Iterable[tuple[Value[str], EventSource]]
) -> list[Machine]:
    """The machines, each with all that is seen to start it; a trigger names what it starts."""
    named = _named(machines)
    starts: dict[int, list[EventSource]] = {}
    for value, event in triggers:
        place = _found(value, named)
        if place is not None:
            starts.setdefault(place, []).append(event)
    outer: dict[int, list[tuple[int, Task]]] = {}
    for number, machine in enumerate(machines):
        for task in machine.tasks:
            place = _found(task.named, named)
            if place is not None:
                outer.setdefault(place, []).append((number, task))

    def whole(place: int, around: frozenset[int]) -> Machine:
        one = machines[place]
        further = [
            whole(number, around | {place}).event(task)
            for number, task in outer.get(place, ())
            if number not in around
        ]
        return replace(one, starts=(*one.starts, *starts.get(place, ()), *further))

    return [whole(place, frozenset({place})) for place in range(len(machines))]


def _named(machines: Sequence[Machine]) -> Mapping[str, int]:
    """The places of machines by all that names one of them alone."""
    found: dict[str, list[int]] = {}
    for place, machine in enumerate(machines):
        for identity in machine.identities:
            found.setdefault(identity, []).append(place)
    return {identity: places[0] for identity, places in found.items() if len(places) == 1}


def _found(value: Value[str], named: Mapping[str, int]) -> int | None:
    found = {named[target] for target in value.targets if target in named}
    return found.pop() if len(found) == 1 else None


def tasks_of(machines: Iterable[Machine]) -> Iterator[tuple[Value[str], EventSource]]:
    """What machines run, each with the trigger that it is."""
    for machine in machines:
        for task in machine.tasks:
            yield task.named, machine.event(task)
