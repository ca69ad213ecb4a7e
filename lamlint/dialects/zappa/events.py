"""What triggers a function of Zappa: its API, its `events`, and what keeps it warm."""

from __future__ import annotations

from collections.abc import Iterator

from lamlint.dialects.event_patterns import not_evaluated
from lamlint.dialects.properties import Properties
from lamlint.dialects.services import POLLED, of_arn
from lamlint.dialects.tree.node import MappingNode, ScalarNode, SequenceNode
from lamlint.dialects.zappa.stages import DJANGO, Stage
from lamlint.model import NOT_SET, Choice, EventKind, EventSource, Filter, Origin, Value
from lamlint.text import Span
from lamlint.text.dataclass import replace

_WARM = "rate(4 minutes)"
_REST, _HTTP = "v1", "v2"
_SCHEDULES = ("expression", "expressions")


def events(stage: Stage, function: str) -> Iterator[EventSource]:
    """The triggers of a stage's function."""
    given = stage.given
    if not _is(given, "apigateway_enabled", False) and not _is(given, "use_apigateway", False):
        yield _api(stage, function)
    if _is(given, "alb_enabled", True):
        yield _event(stage, function, EventKind.ALB, given.place("alb_enabled"))
    if not _is(given, "keep_warm", False):
        yield _warmed(stage, function)
    for listed in given.mappings("events"):
        yield from _listed(listed, function)


def _is(given: Properties, name: str, answer: bool) -> bool:
    """Whether a setting is certainly this."""
    node = next((one.node for one in given.outcomes(name)), None)
    return isinstance(node, ScalarNode) and node.value is answer


def _api(stage: Stage, function: str) -> EventSource:
    """The API, of which nothing says that it waits less than it may.

    How long is not told where a URL answers, too, nor of Django: its commands are run in the
    same function (`zappa manage`), by somebody who waits for as long as it takes.
    """
    given = stage.given
    version = given.text("apigateway_version", default=_REST)
    kind = EventKind.HTTP_API if version.is_in([_HTTP]) else EventKind.API
    event = _event(stage, function, kind, given.owner)
    surely = version.is_in([_REST, _HTTP]) and _is_unset(given, "function_url_enabled")
    if not surely or DJANGO in given.mapping.table:
        return event
    return replace(event, integration_timeout=Value((), given.owner, NOT_SET))


def _is_unset(given: Properties, name: str) -> bool:
    """Whether a setting is certainly off, as it is where nothing is said."""
    return given.lacks(name) or _is(given, name, False)


def _event(
    stage: Stage,
    function: str,
    kind: EventKind,
    span: Span,
    expression: Value[str] | None = None,
    name: str = "",
) -> EventSource:
    return EventSource(
        name=name or stage.name,
        kind=kind,
        function=function,
        source=Value((), span, NOT_SET),
        mapping=False,
        expression=expression,
        filters=(),
        span=span,
        block=span,
    )


def _warmed(stage: Stage, function: str) -> EventSource:
    """The schedule on which Zappa calls its own handler, so that it stays warm."""
    given = stage.given
    expression = given.text("keep_warm_expression", default=_WARM)
    span = given.place("keep_warm_expression")
    event = _event(stage, function, EventKind.SCHEDULE, span, expression, "keep_warm")
    return replace(event, only_warms=True)


def _listed(given: Properties, function: str) -> Iterator[EventSource]:
    """The triggers of an entry of `events`: its schedules, its source, its pattern."""
    span = given.mapping.span
    named = given.text("function")
    name = named.only if named.known else ""
    for expression in _expressions(given):
        yield _made(name, EventKind.SCHEDULE, function, expression.span, span, expression)
    source = given.child("event_source")
    if source is not None:
        yield _sourced(name, source, function, span)
    if "event_pattern" in given.mapping.table:
        yield _made(name, EventKind.EVENTBRIDGE, function, span, span)


def _expressions(given: Properties) -> Iterator[Value[str]]:
    single, several = _SCHEDULES
    if single in given.mapping.table:
        yield given.text(single)
    yield from given.texts(several)


def _made(
    name: str,
    kind: EventKind,
    function: str,
    span: Span,
    block: Span,
    expression: Value[str] | None = None,
) -> EventSource:
    narrowed = kind is EventKind.EVENTBRIDGE
    return EventSource(
        name=name,
        kind=kind,
        function=function,
        source=Value((), span, NOT_SET),
        mapping=False,
        expression=expression,
        filters=(not_evaluated(span),) if narrowed else (),
        span=span,
        block=block,
        runs=name,
    )


def _sourced(name: str, given: Properties, function: str, block: Span) -> EventSource:
    arn = given.text("arn")
    kind = (of_arn(arn.only) if arn.known else None) or EventKind.OTHER
    return EventSource(
        name=name,
        kind=kind,
        function=function,
        source=arn,
        mapping=kind in POLLED.values(),
        expression=None,
        filters=tuple(_filters(given)),
        span=arn.span,
        block=block,
        actions=given.texts("events"),
        runs=name,
    )


def _filters(given: Properties) -> Iterator[Filter]:
    for one in given.mappings("key_filters"):
        kind = one.text("type")
        yield Filter(kind.only.lower() if kind.known else "unknown", one.text("value"))
    for name in ("filters", "filter_criteria"):
        node = given.mapping.get(name)
        if isinstance(node, (MappingNode, SequenceNode)):
            yield not_evaluated(node.span)


def default(text: str, span: Span) -> Value[str]:
    """A text that Zappa takes where nothing is said."""
    return Value((Choice(text, span, Origin.DEFAULT),), span)
