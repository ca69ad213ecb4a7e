"""Where what fails is sent: by functions, by their triggers, and by queues."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lamlint.model import EventSource, Function, Resources, Value


def failure_targets(functions: Iterable[Function], resources: Resources) -> frozenset[str]:
    """The identities of all queues and others that anything sends its failures to."""
    return frozenset(target for value in _values(functions, resources) for target in value.targets)


def _values(functions: Iterable[Function], resources: Resources) -> Iterator[Value[str]]:
    for queue in resources.queues:
        yield queue.redrive
    for function in functions:
        yield function.dead_letter
        for config in function.asynchronous:
            yield config.on_failure
        for event in function.events:
            yield from _of_trigger(event)


def _of_trigger(event: EventSource) -> Iterator[Value[str]]:
    if event.delivery is not None:
        yield event.delivery.dead_letter
    if event.polling is not None:
        yield event.polling.on_failure
