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


_MOST = 200
"""So many starts of one machine are told apart; where there are more, not all are known."""


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

    def event(self, *, repeats: bool) -> EventSource:
        """The trigger of a task of it, which one execution repeats or not."""
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
            repeats=repeats,
        )


def started(
    machines: Sequence[Machine], triggers: Iterable[tuple[Value[str], EventSource]]
) -> list[Machine]:
    """The machines, each with all that is seen to start it; a trigger names what it starts.

    One that others run is started by what starts those.
    """
    named = _named(machines)
    starts = {place: list(machine.starts) for place, machine in enumerate(machines)}
    for value, event in triggers:
        place = _found(value, named)
        if place is not None:
            starts[place].append(event)
    outer: dict[int, list[tuple[int, Task]]] = {}
    for number, machine in enumerate(machines):
        for task in machine.tasks:
            place = _found(task.named, named)
            if place is not None and place != number:
                outer.setdefault(place, []).append((number, task))
    return [
        replace(one, starts=tuple(_all_starts(place, machines, starts, outer)))
        for place, one in enumerate(machines)
    ]


def _all_starts(
    place: int,
    machines: Sequence[Machine],
    starts: Mapping[int, Sequence[EventSource]],
    outer: Mapping[int, Sequence[tuple[int, Task]]],
) -> Iterator[EventSource]:
    """What starts a machine, and those that run it, however many are between."""
    seen = {place}
    waiting = [place]
    left = _MOST
    while waiting:
        one = waiting.pop()
        around = outer.get(one, ())
        left -= len(starts[one]) + len(around)
        if left < 0:
            yield replace(machines[one], starts=()).event(repeats=False)
            return
        yield from starts[one]
        for number, task in around:
            if task.repeated or not (starts[number] or number in outer):
                yield machines[number].event(repeats=task.repeated)
            elif number not in seen:
                seen.add(number)
                waiting.append(number)


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
    """What machines run, each with the trigger that it is.

    Of what several states run it is known that it runs as often as the machine, and not how often
    else: one of them may be chosen, or all may run one after the other.
    """
    for machine in machines:
        found: dict[frozenset[str], list[Task]] = {}
        for task in machine.tasks:
            found.setdefault(task.named.targets, []).append(task)
        for first, *others in found.values():
            repeats = any(task.repeated for task in (first, *others))
            yield first.named, machine.event(repeats=repeats)
            if others and not repeats:
                yield first.named, replace(machine, starts=()).event(repeats=False)
