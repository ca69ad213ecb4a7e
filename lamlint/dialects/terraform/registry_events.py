"""Triggers that the module terraform-aws-modules/eventbridge/aws of the registry makes."""

from __future__ import annotations

from collections.abc import Iterator

from lamlint.dialects import values
from lamlint.dialects.linking import Trigger
from lamlint.dialects.properties import Properties
from lamlint.dialects.qualified import invoked
from lamlint.dialects.terraform import events, registry
from lamlint.dialects.terraform.polling import delivery, is_on
from lamlint.dialects.terraform.uses import Resource
from lamlint.model import EventKind, EventSource, Value
from lamlint.text import Span
from lamlint.text.dataclass import replace
from lamlint.text.regex import Regex

_SOURCE = Regex(
    r"(?:registry\.(?:terraform\.io|opentofu\.org)/)?terraform-aws-modules/eventbridge/aws/?"
    r"|(?:git::)?(?:https://|ssh://git@|git@)?github\.com[/:]terraform-aws-modules/"
    r"terraform-aws-eventbridge(?:\.git)?(?:\?.{0,200})?"
)


def triggers(resource: Resource) -> Iterator[Trigger]:
    """The triggers that a call of the module asks for."""
    if resource.kind != "module" or not registry.is_module(resource, _SOURCE):
        return
    given = resource.properties
    if _is_wanted(given, "create", "create_targets"):
        yield from _targets(resource)
    if _is_wanted(given, "create", "create_schedules"):
        yield from _schedules(resource)


def _is_wanted(given: Properties, *switches: str) -> bool:
    return not any(given.text(name).is_in(("false",)) for name in switches)


def _targets(resource: Resource) -> Iterator[Trigger]:
    """The targets of each rule: a list, below the name that the rule has."""
    given = resource.properties
    rules = given.child("rules") if _is_wanted(given, "create_rules") else None
    targets, places = given.child("targets"), dict(_keys(rules))
    for name, place in _keys(targets):
        rule = rules.child(name) if rules is not None else None
        event = _ruled(resource, rule, name, places.get(name, place))
        for target in targets.mappings(name) if targets is not None else ():
            handing = replace(delivery(target), dead_letter=target.text("dead_letter_arn"))
            yield Trigger(invoked(target, "arn"), replace(event, delivery=handing))


def _ruled(resource: Resource, rule: Properties | None, name: str, place: Span) -> EventSource:
    """The event of a rule; of one that is not read, that there is one."""
    given = resource.properties
    bus = given.text("bus_name")
    if rule is None:
        return replace(events.named(resource, given, EventKind.OTHER, bus, span=place), name=name)
    event = events.of_rule(resource, rule, bus, place)
    return replace(event, name=name, enabled=_enabled(rule))


def _schedules(resource: Resource) -> Iterator[Trigger]:
    """The schedules of EventBridge Scheduler, each with its target."""
    schedules = resource.properties.child("schedules")
    for name, place in _keys(schedules):
        given = schedules.child(name) if schedules is not None else None
        if given is not None:
            handing = replace(delivery(given), dead_letter=given.text("dead_letter_arn"))
            event = events.named(resource, given, EventKind.SCHEDULE, given.unset, span=place,
                                 expression="schedule_expression")  # fmt: skip
            event = replace(event, name=name, delivery=handing, scheduler=True)
            yield Trigger(invoked(given, "arn"), replace(event, enabled=_enabled(given)))


def _keys(mapping: Properties | None) -> Iterator[tuple[str, Span]]:
    for entry in mapping.mapping if mapping is not None else ():
        yield entry.name, entry.key.span


def _enabled(given: Properties) -> Value[bool]:
    """Whether a rule or a schedule is switched on, by its state or in the module's words."""
    if given.has("enabled").is_in([False]):
        return is_on(given)
    return given.value(("enabled",), values.truth, True)
