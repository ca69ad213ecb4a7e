"""What narrows a trigger: the kinds of events it is for, and rules for keys."""

from __future__ import annotations

from collections.abc import Iterator

from lamlint.dialects import embedded
from lamlint.dialects.event_patterns import not_evaluated
from lamlint.dialects.properties import Properties
from lamlint.model import Filter, Value


def actions(given: Properties) -> tuple[Value[str], ...]:
    """The event types of a bucket's notification: a text or a list in SAM, a text elsewhere."""
    return given.texts("Events") or tuple(
        value for value in (given.text("Events"), given.text("Event")) if value.known
    )


def written_pattern(given: Properties) -> Properties | None:
    """An event pattern as it is written, in the language itself or as JSON."""
    return embedded.child(given, "Pattern") or embedded.child(given, "EventPattern")


def filters(given: Properties) -> Iterator[Filter]:
    """What narrows a trigger, in any service's words."""
    for path in (("Filter", "S3Key", "Rules"), ("Filter", "Key", "FilterRules")):
        yield from _key_filters(given, path)
    for key in ("FilterCriteria", "FilterPolicy", "Pattern", "EventPattern", "FilterPattern"):
        found = given.outcomes(key)
        if not found or not all(one.absent for one in found):
            yield not_evaluated(given.place(key))


def _key_filters(given: Properties, path: tuple[str, ...]) -> Iterator[Filter]:
    """The rules for keys at a path; one of unknown kind where they cannot be read."""
    found = given.outcomes(*path)
    if found and all(one.absent for one in found):
        return
    unread: Value[str] = Value((), given.place(*path[:1]), "its rules could not be read")
    rules = tuple(given.items(*path))
    if not rules:
        yield Filter("unknown", unread)
    for node, outcomes in rules:
        (one, *others) = outcomes
        rule = None if others else Properties.of(one, node.span)
        if rule is None:
            yield Filter("unknown", unread)
            continue
        kind = rule.text("Name")
        yield Filter(kind.only.lower() if kind.known else "unknown", rule.text("Value"))
