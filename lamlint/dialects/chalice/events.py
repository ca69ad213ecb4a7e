"""What triggers the functions of a Chalice application, by the arguments of its decorators."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping

from lamlint.dialects.chalice.application import ROUTE, Decorated, argument
from lamlint.dialects.chalice.texts import NOT_READ, Texts, listed
from lamlint.dialects.event_patterns import not_evaluated
from lamlint.model import NOT_SET, Choice, EventKind, EventSource, Filter, Origin, Value
from lamlint.text import Span

_KINDS: Mapping[str, tuple[EventKind, tuple[str, ...], bool]] = {
    "route": (EventKind.API, (), False),
    "authorizer": (EventKind.API, (), False),
    "on_ws_connect": (EventKind.WEBSOCKET, (), False),
    "on_ws_message": (EventKind.WEBSOCKET, (), False),
    "on_ws_disconnect": (EventKind.WEBSOCKET, (), False),
    "schedule": (EventKind.SCHEDULE, (), False),
    "on_cw_event": (EventKind.EVENTBRIDGE, (), False),
    "on_s3_event": (EventKind.S3, ("bucket",), False),
    "on_sns_message": (EventKind.SNS, ("topic",), False),
    "on_sqs_message": (EventKind.SQS, ("queue", "queue_arn"), True),
    "on_kinesis_record": (EventKind.KINESIS, ("stream",), True),
    "on_dynamodb_record": (EventKind.DYNAMODB, ("stream_arn",), True),
}
"""The decorators: the service, the arguments that name the source, whether Lambda polls it."""
_CREATED = "s3:ObjectCreated:*"
"""What Chalice asks of a bucket where nothing is said."""


def event(one: Decorated, function: str, texts: Texts) -> EventSource | None:
    """The trigger that a decorator declares; None for what nothing triggers."""
    known = _KINDS.get(one.method)
    if known is None:
        return None
    kind, names, mapping = known
    span = one.module.span(one.call)
    pattern = _pattern(one, texts)
    return EventSource(
        name=_called(one),
        kind=kind,
        function=function,
        source=_source(one, names, texts, span),
        mapping=mapping,
        expression=_expression(one, texts, span) if kind is EventKind.SCHEDULE else None,
        filters=tuple(_filters(one, texts)),
        span=span,
        block=one.module.block(one.definition),
        actions=tuple(_actions(one, texts, span)) if kind is EventKind.S3 else (),
        pattern=pattern if pattern is not None and _is_plain(one, pattern) else {},
        listed=pattern or {},
        named_at=("bucket",) if kind is EventKind.S3 else (),
        key_at=("key",) if kind is EventKind.S3 else (),
    )


def _called(one: Decorated) -> str:
    """A route by its path, anything else by its function."""
    path = argument(one.call, "path", 0) if one.method == ROUTE else None
    written = path.value if isinstance(path, ast.Constant) else None
    return written if isinstance(written, str) else one.definition.name


def _source(one: Decorated, names: tuple[str, ...], texts: Texts, span: Span) -> Value[str]:
    for place, name in enumerate(names):
        node = argument(one.call, name, 0 if place == 0 else None)
        if node is not None:
            return texts.value(one.module, node)
    return Value((), span, NOT_READ if names else NOT_SET)


def _expression(one: Decorated, texts: Texts, span: Span) -> Value[str]:
    node = argument(one.call, "expression", 0)
    return Value((), span, NOT_READ) if node is None else texts.expression(one.module, node)


def _actions(one: Decorated, texts: Texts, span: Span) -> Iterator[Value[str]]:
    node = argument(one.call, "events", 1)
    if node is None:
        yield Value((Choice(_CREATED, span, Origin.DEFAULT),), span)
        return
    module, written = texts.code.value(one.module, node)
    items = list(listed(written))
    for item in items:
        yield texts.value(module, item)
    if not items:
        yield Value((), span, NOT_READ)


def _filters(one: Decorated, texts: Texts) -> Iterator[Filter]:
    if one.method == "on_s3_event":
        for place, kind in enumerate(("prefix", "suffix"), 2):
            node = argument(one.call, kind, place)
            if node is not None and not _is_none(node):
                yield Filter(kind, texts.value(one.module, node))
    elif one.method == "on_cw_event":
        yield not_evaluated(one.module.span(one.call))


def _is_none(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


def _pattern(one: Decorated, texts: Texts) -> Mapping[str, tuple[str, ...]] | None:
    """The lists of texts in an event pattern, at its top level and one below."""
    node = argument(one.call, "event_pattern", 0) if one.method == "on_cw_event" else None
    written = texts.code.value(one.module, node)[1] if node is not None else None
    if not isinstance(written, ast.Dict):
        return None
    found = dict(_lists(written))
    for key, inner in _entries(written):
        if isinstance(inner, ast.Dict):
            found |= {f"{key}.{name}": listed for name, listed in _lists(inner)}
    return found


def _is_plain(one: Decorated, pattern: Mapping[str, tuple[str, ...]]) -> bool:
    """Whether the pattern is nothing but lists of texts at its top level."""
    node = argument(one.call, "event_pattern", 0)
    return isinstance(node, ast.Dict) and {name for name, _ in _entries(node)} == pattern.keys()


def _lists(written: ast.Dict) -> Iterator[tuple[str, tuple[str, ...]]]:
    for key, value in _entries(written):
        items = [item.value for item in listed(value) if isinstance(item, ast.Constant)]
        texts = tuple(item for item in items if isinstance(item, str))
        if texts and len(texts) == len(list(listed(value))):
            yield key, texts


def _entries(written: ast.Dict) -> Iterator[tuple[str, ast.expr]]:
    for key, value in zip(written.keys, written.values, strict=True):
        if isinstance(key, ast.Constant) and isinstance(key.value, str):
            yield key.value, value
