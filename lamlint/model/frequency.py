"""How often a function runs, by what triggers it: seldom, often, or nothing tells."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import timedelta
from enum import Enum

from lamlint.catalog.rare_events import RareEvents
from lamlint.model.event import EventKind, EventSource
from lamlint.model.function import Function
from lamlint.model.pacing import fastest_paces, sure_paces
from lamlint.model.role import Permission
from lamlint.model.value import NOT_SET
from lamlint.text import Related
from lamlint.text.dataclass import dataclass

KEPT = timedelta(hours=1)
"""After an hour without work Lambda has nearly always let an environment go."""
_FEW = 1
"""Fewer runs a day than that one, on average, may follow another within that time."""


class Often(Enum):
    """How often something runs."""

    SELDOM = "seldom"
    """So seldom that it nearly always starts cold, or is kept for few of its runs."""
    OFTEN = "often"
    """So often that one environment runs it many times."""
    UNTOLD = "untold"
    """Nothing that is read tells."""


@dataclass(frozen=True)
class Frequency:
    """How often something runs, and the places that say so, where it is seldom."""

    often: Often
    reasons: tuple[Related, ...] = ()
    pairs: bool = False
    """Whether some of its runs may follow soon after another, where it is seldom."""


_RARE = {
    EventKind.DEPLOYMENT: "when a stack that needs it is deployed",
    EventKind.ROTATION: "when a secret is rotated",
    EventKind.ALARM: "when an alarm changes its state",
}
_OFTEN = frozenset(
    {
        EventKind.S3, EventKind.SQS, EventKind.SNS, EventKind.DYNAMODB, EventKind.KINESIS,
        EventKind.API, EventKind.HTTP_API, EventKind.WEBSOCKET, EventKind.LOGS, EventKind.MSK,
        EventKind.KAFKA, EventKind.MQ, EventKind.DOCUMENTDB, EventKind.COGNITO, EventKind.IOT,
        EventKind.ALEXA, EventKind.APPSYNC, EventKind.ALB, EventKind.SES, EventKind.PIPE,
        EventKind.FIREHOSE,
    }
)  # fmt: skip
"""What brings work by itself, as it comes. Custom events do, too."""
_INVOKERS = {
    "cloudformation.amazonaws.com": frozenset({EventKind.DEPLOYMENT}),
    "secretsmanager.amazonaws.com": frozenset({EventKind.ROTATION}),
    "events.amazonaws.com": frozenset({EventKind.SCHEDULE, EventKind.EVENTBRIDGE}),
    "scheduler.amazonaws.com": frozenset({EventKind.SCHEDULE}),
    "config.amazonaws.com": frozenset({EventKind.CONFIG}),
    "lambda.alarms.cloudwatch.amazonaws.com": frozenset({EventKind.ALARM}),
    "sns.amazonaws.com": frozenset({EventKind.SNS}),
    "apigateway.amazonaws.com": frozenset({EventKind.API, EventKind.HTTP_API, EventKind.WEBSOCKET}),
    "elasticloadbalancing.amazonaws.com": frozenset({EventKind.ALB}),
    "s3.amazonaws.com": frozenset({EventKind.S3}),
    "cognito-idp.amazonaws.com": frozenset({EventKind.COGNITO}),
    "iot.amazonaws.com": frozenset({EventKind.IOT}),
    "logs.amazonaws.com": frozenset({EventKind.LOGS}),
    "alexa-appkit.amazon.com": frozenset({EventKind.ALEXA}),
    "appsync.amazonaws.com": frozenset({EventKind.APPSYNC}),
    "ses.amazonaws.com": frozenset({EventKind.SES}),
    "firehose.amazonaws.com": frozenset({EventKind.FIREHOSE}),
}
_ASKING = frozenset(
    {
        "bedrock.amazonaws.com", "bedrock-agentcore.amazonaws.com", "connect.amazonaws.com",
        "lex.amazonaws.com", "lexv2.amazonaws.com", "vpc-lattice.amazonaws.com",
    }
)  # fmt: skip
"""Who invokes for what people ask, by no trigger that is declared."""
_NAMED = frozenset({"source", "detail-type"})
"""What a pattern names of the events that it is for."""
_COLD = "so that it nearly always starts cold"
_APART = f"an hour or more apart, {_COLD}"
_SOON = "by schedules of which less than one run a day comes within an hour of another"


def frequency(
    function: Function, rare_events: RareEvents, answering: Related | None = None
) -> Frequency:
    """How often a function runs.

    `answering` says that its code answers CloudFormation, whether or not a template is seen
    to call it.
    """
    if _is_often(function, rare_events):
        return Frequency(Often.OFTEN)
    return _seldom(function, rare_events, answering) or Frequency(Often.UNTOLD)


def most_often(each: Sequence[Frequency]) -> Frequency:
    """How often code runs that several functions have: as often as the one that runs it most."""
    if any(one.often is Often.OFTEN for one in each):
        return Frequency(Often.OFTEN)
    if not each or any(one.often is Often.UNTOLD for one in each):
        return Frequency(Often.UNTOLD)
    reasons = dict.fromkeys(reason for one in each for reason in one.reasons)
    return Frequency(Often.SELDOM, tuple(reasons), any(one.pairs for one in each))


# --- often


def _is_often(function: Function, rare_events: RareEvents) -> bool:
    """Whether something is declared that calls it often by its nature, or keeps it warm."""
    replayed = function.durable.is_in([True])
    if function.urls or replayed or function.edge.is_in([True]) or _kept_warm(function):
        return True
    events = _switched_on(function)
    kinds = {event.kind for event in events}
    return (
        _runs_soon_again(events)
        or any(_calls_often(event, rare_events) for event in events)
        or any(_others_call(permission, kinds) for permission in function.invoke_permissions)
    )


def _runs_soon_again(events: Sequence[EventSource]) -> bool:
    """Whether schedules often run it within an hour; what is not known may only add to that."""
    return any(one.surely_soon >= _FEW for one in sure_paces(events, KEPT))


def _first(events: Iterable[EventSource]) -> Iterator[EventSource]:
    """What is behind some triggers: of a state machine's task, what starts the machine.

    One that an execution runs again and again does not run as seldom as that is started.
    """
    for event in events:
        if event.starts and not event.repeats:
            yield from _first(event.starts)
        else:
            yield event


def _switched_on(function: Function) -> list[EventSource]:
    """The triggers that surely are: what is switched off by default says nothing."""
    found = _first((*function.events, *function.scheduled))
    return [one for one in found if one.enabled is None or one.enabled.is_in([True])]


def _calls_often(event: EventSource, rare_events: RareEvents) -> bool:
    """Whether it triggers often by its nature; a rule with a schedule may have a pattern, too."""
    if _rare(event, rare_events):
        return False
    named = not _NAMED.isdisjoint(event.listed) and not rare_events.may_be_few(event.listed)
    return event.repeats or event.kind in _OFTEN or named


def _others_call(permission: Permission, kinds: Collection[EventKind]) -> bool:
    """Whether it may be invoked by what calls often, and of which no trigger is here."""
    if not permission.principal.known:
        return False
    brings = _INVOKERS.get(permission.principal.only, frozenset())
    asked = permission.principal.only in _ASKING
    return asked or not (_OFTEN.isdisjoint(brings) or not brings.isdisjoint(kinds))


# --- seldom


def _seldom(
    function: Function, rare_events: RareEvents, answering: Related | None
) -> Frequency | None:
    """That it runs seldom, and what says so; None where a trigger is not known."""
    if not function.edge.is_in([False]):
        return None
    events = list(_first((*function.events, *function.scheduled)))
    kinds = {event.kind for event in events}
    if EventKind.DEPLOYMENT in kinds:
        answering = None  # the template says so
    if not _invoked_by(function, kinds if answering is None else {*kinds, EventKind.DEPLOYMENT}):
        return None
    schedules = [event for event in events if event.expression is not None]
    if any(event.filtered for event in schedules):  # a rule with a pattern, too
        return None
    others = [(event, _rare(event, rare_events)) for event in events if event.expression is None]
    paces = fastest_paces(schedules, KEPT)
    if not all(when for _, when in others) or not paces or any(one.soon >= _FEW for one in paces):
        return None
    pairs = any(one.gap < KEPT for one in paces)
    whens = [
        *((event, _SOON if pairs else _APART) for event in schedules),
        *((event, f"{when}, {_COLD}") for event, when in others),
    ]
    told = (Related(one.span, f"{function.name} runs {when}") for one, when in whens)
    reasons = (*told, *([answering] if answering is not None else []))
    return Frequency(Often.SELDOM, reasons, pairs) if reasons else None


def _rare(event: EventSource, rare_events: RareEvents) -> str | None:
    """When an event that is no schedule triggers, if that is rare by its nature; else None."""
    if event.kind is EventKind.EVENTBRIDGE:
        own = event.source.reason == NOT_SET or event.source.is_in(("default",))
        return rare_events.when(event.listed) if own else None
    if event.only_failures:
        return "when work has failed that is left in a dead-letter queue"
    return _RARE[EventKind.ALARM] if event.only_alarms else _RARE.get(event.kind)


def _kept_warm(function: Function) -> bool:
    amounts = [
        function.provisioned_concurrency,
        *(alias.provisioned for alias in function.aliases),
    ]
    return any(amount.choices or amount.reason != NOT_SET for amount in amounts)


def _invoked_by(function: Function, kinds: Collection[EventKind]) -> bool:
    """Whether everyone who may invoke the function is one of those whose triggers are here."""
    return all(
        permission.principal.all(lambda one: not _INVOKERS.get(one, frozenset()).isdisjoint(kinds))
        for permission in function.invoke_permissions
    )
