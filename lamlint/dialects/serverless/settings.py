"""How a function is invoked: its URL, what becomes of asynchronous calls, its alias."""

from __future__ import annotations

from collections.abc import Iterator

from lamlint.dialects.properties import Properties
from lamlint.dialects.serverless.functions import Declared, function_id
from lamlint.dialects.tree.node import MappingNode, ScalarNode
from lamlint.model import (
    NOT_SET,
    UNPUBLISHED,
    Alias,
    AsyncConfig,
    Choice,
    Cors,
    Origin,
    Url,
    Value,
)
from lamlint.text import Span
from lamlint.text.dataclass import replace

_ALIASES = (("snapStart", "snapStart"), ("provisionedConcurrency", "provisioned"))
"""What makes the framework publish an alias of its own, and what that is called."""
_AUTHORIZERS = {"aws_iam": "AWS_IAM", "none": "NONE"}


def asynchronous(declared: Declared) -> Iterator[AsyncConfig]:
    """What becomes of asynchronous invocations, where something is said of it."""
    given = declared.given
    names = ("destinations", "maximumRetryAttempts", "maximumEventAge")
    if all(given.has(name).is_in([False]) for name in names):
        return
    yield AsyncConfig(
        qualifier=_qualifier(declared),
        retries=given.number("maximumRetryAttempts"),
        maximum_age=given.number("maximumEventAge"),
        on_success=_destination(declared, "onSuccess"),
        on_failure=_destination(declared, "onFailure"),
        span=declared.span,
    )


def _destination(declared: Declared, name: str) -> Value[str]:
    """Where a record of an invocation goes: a function by its key, an ARN, or both parts of one."""
    inner = declared.given.child("destinations", name)
    if inner is not None and "arn" in inner.mapping.table:
        return inner.text("arn")
    written = declared.given.text("destinations", name)
    if not written.known or written.only.startswith("arn:"):
        return written
    own = function_id(written.only, declared.service.scope)
    return replace(written, targets=written.targets | {own})


def aliases(declared: Declared) -> Iterator[Alias]:
    """The alias that the framework publishes by itself."""
    found = _alias(declared)
    if found is not None:
        name, place = found
        yield Alias(
            name=Value((Choice(name, place, Origin.DEFAULT),), place),
            version=Value((), place, "the framework publishes a new version on each deployment"),
            weights={},
            provisioned=declared.given.number("provisionedConcurrency"),
            span=place,
        )


def _alias(declared: Declared) -> tuple[str, Span] | None:
    for key, name in _ALIASES:
        written = declared.own.mapping.get(key)
        off = isinstance(written, ScalarNode) and written.value in (None, False, 0)
        if written is not None and not off:
            return name, written.span
    return None


def _qualifier(declared: Declared) -> Value[str]:
    found = _alias(declared)
    name, place = (UNPUBLISHED, declared.span) if found is None else found
    return Value((Choice(name, place, Origin.DEFAULT),), place)


def urls(declared: Declared) -> Iterator[Url]:
    """The function's URL."""
    written = declared.own.mapping.get("url")
    if written is None or (isinstance(written, ScalarNode) and written.value in (None, False)):
        return
    given = declared.own.child("url")
    place = written.span
    open_to_all: Value[str] = Value((Choice("NONE", place),), place)
    if given is None or not isinstance(given.mapping, MappingNode):
        unknown: Value[str] = Value((), place, NOT_SET)
        plain = isinstance(written, ScalarNode) and written.value is True
        auth = open_to_all if plain else unknown
        mode = Value((Choice("BUFFERED", place, Origin.DEFAULT),), place)
        yield Url(_qualifier(declared), auth, mode, None, place)
        return
    authorizer = given.text("authorizer", default="none")
    yield Url(
        qualifier=_qualifier(declared),
        auth=authorizer.map(lambda name: _AUTHORIZERS.get(name, name)),
        invoke_mode=given.text("invokeMode", default="BUFFERED"),
        cors=_cors(given),
        span=place,
    )


def _cors(given: Properties) -> Cors | None:
    written = given.only("cors")
    if written is None:
        return None
    if isinstance(written.node, ScalarNode):
        return _everything(written.node) if written.node.value is True else None
    found = given.child("cors")
    if found is None:
        return None
    return Cors(
        origins=_texts(found, "allowedOrigins"),
        methods=_texts(found, "allowedMethods"),
        headers=_texts(found, "allowedHeaders"),
        exposed=_texts(found, "exposedResponseHeaders"),
        credentials=found.number("allowCredentials"),
        maximum_age=found.number("maxAge"),
    )


def _texts(given: Properties, name: str) -> tuple[Value[str], ...]:
    """The texts of a list, or one text in its place."""
    return given.texts(name) or tuple(
        one for one in (given.text(name),) if one.choices or one.reason != NOT_SET
    )


def _everything(node: ScalarNode) -> Cors:
    """What `cors: true` stands for."""
    all_of_it = (Value((Choice("*", node.span),), node.span),)
    headers = ("Content-Type", "X-Amz-Date", "Authorization", "X-Api-Key",
               "X-Amz-Security-Token", "X-Amzn-Trace-Id")  # fmt: skip
    named = tuple(Value((Choice(name, node.span),), node.span) for name in headers)
    nothing: Value[str | int | float | bool] = Value((), node.span, NOT_SET)
    return Cors(all_of_it, all_of_it, named, (), nothing, nothing)
