"""The alarms of an app: whose errors they watch, and the topics that nothing else publishes to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from lamlint.dialects import linking, rarely
from lamlint.dialects.cdk.additions import receivers
from lamlint.dialects.cdk.kinds import pair
from lamlint.dialects.cdk.objects import (
    Either,
    Items,
    Keyed,
    Made,
    Part,
    Plain,
    Text,
    Thing,
    construct,
)
from lamlint.dialects.cdk.template import Template, given, is_taken
from lamlint.dialects.cloudformation.references import resource_targets
from lamlint.dialects.cloudformation.scope import Scope
from lamlint.dialects.linking import Change
from lamlint.dialects.properties import Properties
from lamlint.model import Function, Value
from lamlint.text.dataclass import dataclass

_TOPIC = "aws_sns.Topic"
_ALARMING = frozenset({"aws_cloudwatch_actions.SnsAction", "aws_cloudwatch.CfnAlarm"})
"""What tells a topic of an alarm."""
_SUBSCRIBING = frozenset(
    {
        "aws_lambda_event_sources.SnsEventSource", "aws_sns.CfnSubscription",
        "aws_sns.Subscription",
    }
)  # fmt: skip
_ALARM, _METRIC, _CREATES = "aws_cloudwatch.Alarm", "aws_cloudwatch.Metric", "create_alarm"
_ACTS = "add_alarm_action"
_OF_ERRORS, _OF_ANY, _ERRORS = "metric_errors", "metric", "Errors"
_NAMESPACE = "AWS/Lambda"
_LOOKING_AFTER = frozenset({"add_subscription", "apply_removal_policy"})
"""Methods of a topic by which nobody gets to publish to it."""


@dataclass(frozen=True)
class _Topics:
    """The topics of an app, by their calls and by the names that they are given."""

    calls: frozenset[int]
    names: Mapping[str, int]

    @classmethod
    def of(cls, calls: Sequence[Made]) -> _Topics:
        """All that an app makes; of what was there before others may know, too."""
        own = [one for one in calls if pair(one) == _TOPIC and not is_taken(one)]
        named = [(given(one, "topic_name"), id(one)) for one in own]
        names = {str(name.value): key for name, key in named if isinstance(name, Plain)}
        return cls(frozenset(map(id, own)), names)

    def among(self, things: Sequence[Thing]) -> frozenset[int]:
        """Those that are among some things or in them, or of which a part or the name is."""
        found, waiting, seen = set[int](), list(things), set[int]()
        while waiting:
            one = construct(waiting.pop())
            if id(one) in seen:
                continue
            seen.add(id(one))
            match one:
                case Made():
                    found.add(id(one))
                case Plain(value=str() as text):
                    found.add(self.names.get(text.rpartition(":")[2], 0))
                case _:
                    waiting.extend(_inside(one))
        return self.calls & found


def with_alarms(
    functions: Sequence[Function], calls: Sequence[Made], template: Template, scope: Scope
) -> tuple[Function, ...]:
    """The functions, with a mark at each subscription to a topic of which only alarms are seen."""
    topics = _Topics.of(calls)
    if not (topics.calls and any(pair(one) in _ALARMING for one in calls)):
        return tuple(functions)
    told: set[int] = set()
    open_to_others: set[int] = set()
    for call in calls:
        named = topics.among((*call.positional, *(one.value for one in call.named.values())))
        named -= {id(call)}
        if pair(call) in _ALARMING:
            told |= named
        elif id(call) not in topics.calls and pair(call) not in _SUBSCRIBING:
            open_to_others |= named
        if call.receiver is not None and call.name not in _LOOKING_AFTER:
            open_to_others |= topics.among((call.receiver,))
    names = (template.logical.get(one, "") for one in told - open_to_others)
    identities = (each for name in names for each in resource_targets(name, scope))
    return rarely.marked(functions, identities, ())


def watched(
    calls: Sequence[Made], template: Template, scope: Scope
) -> Iterator[tuple[Value[str], Change]]:
    """The functions whose errors an alarm watches, each with that.

    If several do, with the last that acts, or the last.
    """
    acting = [one.receiver for one in calls if one.name.rpartition(".")[2] == _ACTS]
    acts = {id(made) for one in acting for made, _ in receivers(one)}
    seen: dict[int, Thing] = {}
    told: set[str] = set()
    last_first = calls[::-1]
    for call in sorted(last_first, key=lambda one: id(one) not in acts):
        for metric in _metrics(call, seen):
            for made in _erring(metric):
                name = template.logical.get(id(made))
                if name is not None and name not in told:
                    told.add(name)
                    lowering = template.lowering(call)
                    entries = {"FunctionName": lowering.refer(call.at, name)}
                    given_to = Properties(lowering.mapping(call.at, entries), scope, call.at.span)
                    change = linking.watched(call.at.span, tells=id(call) in acts)
                    yield given_to.text("FunctionName"), change


def _metrics(call: Made, seen: dict[int, Thing]) -> Iterator[Made]:
    """What an alarm watches: that of which it is made, or what it is given and is in that.

    Nothing of what another one watches, which was `seen`: many may watch the same.
    """
    if call.name.rpartition(".")[2] == _CREATES:
        found = call.receiver
    else:
        found = given(call, "metric") if pair(call) == _ALARM else None
    waiting = [] if found is None else [found]
    while waiting:
        one = construct(waiting.pop())
        if id(one) in seen:
            continue
        seen[id(one)] = one
        if isinstance(one, Made):
            yield one
            waiting.extend(member.value for member in one.named.values())
            waiting.extend(one.positional)
        else:
            waiting.extend(_inside(one))


def _erring(metric: Made) -> Iterator[Made]:
    """The functions of whose errors a metric tells."""
    last, named = metric.name.rpartition(".")[2], given(metric, "metric_name", place=0)
    errors = isinstance(named, Plain) and named.value == _ERRORS
    if last == _OF_ERRORS or (last == _OF_ANY and errors):
        yield from (made for made, _ in receivers(metric.receiver))
    dimensions = given(metric, "dimensions_map", "dimensions")
    space = given(metric, "namespace")
    ours = isinstance(space, Plain) and space.value == _NAMESPACE
    if pair(metric) == _METRIC and ours and errors and isinstance(dimensions, Keyed):
        member = dimensions.members.get("FunctionName")
        name = construct(member.value) if member is not None else None
        if isinstance(name, Part) and name.name == "function_name":
            yield from (made for made, _ in receivers(name.of))


def _inside(thing: Thing) -> Iterator[Thing]:
    match thing:
        case Part(of=inner):
            yield inner
        case Items(values=inner) | Text(parts=inner):
            yield from inner
        case Keyed(members=members):
            yield from (each.value for each in members.values())
        case Either(choices=choices):
            yield from (each for each, _ in choices)
        case _:
            return
