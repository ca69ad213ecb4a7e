"""What watches an account and triggers functions: rules of AWS Config, alarms, dead letters."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from lamlint.dialects import rarely
from lamlint.dialects.cloudformation.invoked import invoked
from lamlint.dialects.cloudformation.resource import Resource
from lamlint.dialects.cloudformation.triggers import named, triggering
from lamlint.dialects.linking import Trigger
from lamlint.dialects.properties import Properties
from lamlint.model import EventKind, Function, Value
from lamlint.text import Source, Span
from lamlint.text.dataclass import replace
from lamlint.text.regex import Regex

_ALARMS = frozenset({"AWS::CloudWatch::Alarm", "AWS::CloudWatch::CompositeAlarm"})
_TOPIC = "AWS::SNS::Topic"
_SILENT = _ALARMS | {_TOPIC, "AWS::SNS::Subscription", "AWS::Lambda::Permission"}
"""Resources that may name a topic, and of which none but alarms publish to it."""
_WORD = Regex(r"[\w-]{1,255}")


def elsewhere(resource: Resource) -> Iterator[Trigger]:
    """The triggers that a resource other than the function declares."""
    if resource.kind == "AWS::Config::ConfigRule":
        yield _config_rule(resource)
    elif resource.kind in _ALARMS:
        event = named(resource, resource.properties, EventKind.ALARM, "", False)
        yield from (Trigger(action, event) for action in _actions(resource))


def _actions(alarm: Resource) -> Iterator[Value[str]]:
    """What an alarm tells of a change of its state: topics, functions and others."""
    for key in ("AlarmActions", "OKActions", "InsufficientDataActions"):
        yield from alarm.properties.texts(key)


# --- rules of AWS Config

_FREQUENCIES = {
    "One_Hour": "rate(1 hour)",
    "Three_Hours": "rate(3 hours)",
    "Six_Hours": "rate(6 hours)",
    "Twelve_Hours": "rate(12 hours)",
    "TwentyFour_Hours": "rate(24 hours)",
}
_DAILY = "TwentyFour_Hours"
"""How often AWS Config evaluates a rule that has a schedule, and does not say which."""


def _config_rule(resource: Resource) -> Trigger:
    """A rule of AWS Config that the function evaluates: on a schedule, or whenever it is told."""
    given = resource.properties
    event = replace(
        named(resource, given, EventKind.CONFIG, "", False), expression=_frequency(given)
    )
    return triggering(invoked(given, "Source", "SourceIdentifier"), event)


def _frequency(given: Properties) -> Value[str] | None:
    """How often a rule is evaluated; None where a change of a resource may be what asks for it."""
    key = "MaximumExecutionFrequency"
    found = given.outcomes("Source", "SourceDetails")
    if found and all(one.absent for one in found):
        return _as_rate(given.text(key))
    details = list(given.mappings("Source", "SourceDetails"))
    listed = list(given.items("Source", "SourceDetails"))
    if len(details) != 1 or len(listed) != 1:
        return None
    (detail,) = details
    if not detail.text("MessageType").is_in(("ScheduledNotification",)):
        return None
    own = detail.text(key, default=_DAILY)
    return _as_rate(given.text(key, default=_DAILY) if own.absent else own)


def _as_rate(frequency: Value[str]) -> Value[str]:
    return frequency.map(lambda name: _FREQUENCIES.get(name, name))


# --- topics that alarms publish to


def erring(alarm: Properties) -> Iterator[Value[str]]:
    """What names the function whose errors an alarm watches."""
    wanted = {"Namespace": "AWS/Lambda", "MetricName": "Errors"}
    if all(alarm.text(key).is_in([value]) for key, value in wanted.items()):
        for one in alarm.mappings("Dimensions"):
            if one.text("Name").is_in(["FunctionName"]):
                yield one.text("Value")


def with_alarms(
    functions: Sequence[Function], resources: Sequence[Resource]
) -> tuple[Function, ...]:
    """The functions, with a mark at each subscription to a topic of which only alarms are seen,
    and at each queue that dead letters are left in.
    """
    return rarely.marked(functions, _topics(functions, resources), _dead_letters(resources))


def _topics(functions: Sequence[Function], resources: Sequence[Resource]) -> Iterator[str]:
    """The topics that alarms tell, and that nothing else in their template speaks of."""
    alarms = [resource for resource in resources if resource.kind in _ALARMS]
    told = {target for alarm in alarms for action in _actions(alarm) for target in action.targets}
    topics = [one for one in resources if one.kind == _TOPIC and one.identity in told]
    if not topics:
        return
    silent = [resource.block for resource in resources if resource.kind in _SILENT]
    silent += [
        event.block for one in functions for event in one.events if event.kind is EventKind.SNS
    ]
    silent.sort()
    for topic, mentions in _mentioned(topics):
        if all(rarely.lies_in(silent, mention) for mention in mentions):
            yield topic.identity


# --- queues that dead letters are left in


def _dead_letters(resources: Sequence[Resource]) -> Iterator[str]:
    """What queues and triggers name as the place for what failed."""
    for resource in resources:
        given = resource.properties
        yield from given.text("RedrivePolicy", "deadLetterTargetArn").targets
        yield from given.text("DestinationConfig", "OnFailure", "Destination").targets


# --- topics of alarms


def _mentioned(topics: Sequence[Resource]) -> Iterator[tuple[Resource, Iterator[Span]]]:
    """Topics, each with where the text of its template has its logical id, or its name."""
    wanted: dict[Source, set[str]] = {}
    for topic in topics:
        wanted.setdefault(topic.entry.key.source, set()).update(_names(topic))
    places = {source: _words(source, names) for source, names in wanted.items()}
    for topic in topics:
        source = topic.entry.key.source
        found = places[source]
        yield topic, (span for name in _names(topic) for span in found.get(name, ()))


def _names(topic: Resource) -> set[str]:
    return {topic.name, *(one.value for one in topic.properties.text("TopicName").choices)}


def _words(source: Source, wanted: Collection[str]) -> dict[str, list[Span]]:
    """Where some words stand in a text."""
    found: dict[str, list[Span]] = {}
    for word in _WORD.finditer(source.text):
        if word[0] in wanted:
            found.setdefault(word[0], []).append(source.span(*word.span()))
    return found
