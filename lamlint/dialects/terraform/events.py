"""What triggers a function: the resources that name one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lamlint.dialects import embedded
from lamlint.dialects.event_patterns import listed, not_evaluated, objects, pattern
from lamlint.dialects.linking import Trigger
from lamlint.dialects.properties import Properties
from lamlint.dialects.qualified import invoked
from lamlint.dialects.services import POLLED
from lamlint.dialects.terraform import apis
from lamlint.dialects.terraform.polling import delivery, enabled, is_on, polling
from lamlint.dialects.terraform.transforming import transforming
from lamlint.dialects.terraform.uses import Resource
from lamlint.dialects.terraform.watching import ALARMS, actions
from lamlint.model import NOT_SET, EventKind, EventSource, Filter, Value
from lamlint.text import Span
from lamlint.text.dataclass import dataclass, replace

_COGNITO = (
    "create_auth_challenge",
    "custom_message",
    "define_auth_challenge",
    "post_authentication",
    "post_confirmation",
    "pre_authentication",
    "pre_sign_up",
    "pre_token_generation",
    "user_migration",
    "verify_auth_challenge_response",
)


@dataclass(frozen=True)
class Single:
    """A resource that triggers one function: what it is, and where it names source and function."""

    kind: EventKind
    source: str
    function: tuple[str, ...]
    filters: tuple[str, ...] = ()


_SCHEDULE = "aws_scheduler_schedule"
_INTEGRATIONS = ("aws_apigatewayv2_integration", "aws_api_gateway_integration")
_SINGLE = {
    "aws_cloudwatch_log_subscription_filter": Single(
        EventKind.LOGS, "log_group_name", ("destination_arn",), ("filter_pattern",)
    ),
    "aws_secretsmanager_secret_rotation": Single(
        EventKind.ROTATION, "secret_id", ("rotation_lambda_arn",)
    ),
    "aws_iot_topic_rule": Single(EventKind.IOT, "sql", ("lambda", "function_arn")),
    "aws_apigatewayv2_integration": Single(EventKind.HTTP_API, "api_id", ("integration_uri",)),
    "aws_apigatewayv2_authorizer": Single(EventKind.HTTP_API, "api_id", ("authorizer_uri",)),
    "aws_api_gateway_integration": Single(EventKind.API, "rest_api_id", ("uri",)),
    "aws_api_gateway_authorizer": Single(EventKind.API, "rest_api_id", ("authorizer_uri",)),
    "aws_lb_target_group_attachment": Single(EventKind.ALB, "target_group_arn", ("target_id",)),
    "aws_alb_target_group_attachment": Single(EventKind.ALB, "target_group_arn", ("target_id",)),
    "aws_appsync_datasource": Single(
        EventKind.APPSYNC, "api_id", ("lambda_config", "function_arn")
    ),
    "aws_lambda_invocation": Single(EventKind.DEPLOYMENT, "", ("function_name",)),
    "aws_config_organization_custom_rule": Single(EventKind.CONFIG, "", ("lambda_function_arn",)),
    _SCHEDULE: Single(EventKind.SCHEDULE, "", ("target", "arn")),
}


KINDS = (
    *_SINGLE,
    *ALARMS,
    "aws_cloudwatch_event_target",
    "aws_cognito_user_pool",
    "aws_config_config_rule",
    "aws_kinesis_firehose_delivery_stream",
    "aws_lambda_event_source_mapping",
    "aws_s3_bucket_notification",
    "aws_sns_topic_subscription",
)
"""What triggers a function."""


SOURCES = ("aws_apigatewayv2_api", "aws_cloudwatch_event_rule", apis.ROUTE)
"""What triggers refer to, and which says of what kind they are; and what leads to them."""


def elsewhere(resource: Resource, sources: Mapping[str, Resource]) -> Iterator[Trigger]:
    """The triggers that a resource declares; `sources` are what they refer to."""
    given = resource.properties
    match resource.kind:
        case "aws_lambda_event_source_mapping":
            yield mapped(resource, given, invoked(given, "function_name"))
        case "aws_s3_bucket_notification":
            yield from _notifications(resource)
        case "aws_sns_topic_subscription":
            if given.text("protocol").is_in(("lambda",)):
                event = named(resource, given, EventKind.SNS, given.text("topic_arn"),
                              filters=("filter_policy",))  # fmt: skip
                yield Trigger(invoked(given, "endpoint"), event)
        case "aws_cloudwatch_event_target":
            yield from _target(resource, sources)
        case _:
            single = _SINGLE.get(resource.kind)
            if single is not None and resource.block_.kind == "resource":
                yield _single(resource, single, sources)
            yield from _watching(resource)


def _watching(resource: Resource) -> Iterator[Trigger]:
    """The triggers of what watches users, resources or metrics, and of what streams on."""
    given = resource.properties
    match resource.kind:
        case "aws_cognito_user_pool":
            yield from _pool(resource)
        case "aws_kinesis_firehose_delivery_stream":
            event = named(resource, given, EventKind.FIREHOSE, _nothing(resource))
            yield from (Trigger(function, event) for function in transforming(given))
        case "aws_config_config_rule":
            owner = given.text("source", "owner")
            if not owner.is_in(("AWS",)):
                event = named(resource, given, EventKind.CONFIG, _nothing(resource))
                yield Trigger(given.text("source", "source_identifier"), event)
        case kind if kind in ALARMS:
            event = named(resource, given, EventKind.ALARM, _nothing(resource))
            yield from (Trigger(action, event) for action in actions(given))
        case _:
            pass


def mapped(resource: Resource, given: Properties, function: Value[str]) -> Trigger:
    """The trigger of an event source mapping."""
    source = given.text("event_source_arn")
    kind = _mapped_kind(given, "event_source_arn")
    event = named(resource, given, kind, source, mapping=True)
    event = replace(event, polling=polling(given), enabled=enabled(given))
    return Trigger(function, event)


def _single(resource: Resource, single: Single, sources: Mapping[str, Resource]) -> Trigger:
    given = resource.properties
    source = given.text(single.source) if single.source else _nothing(resource)
    expression = "schedule_expression" if single.kind is EventKind.SCHEDULE else ""
    kind = single.kind
    if kind is EventKind.HTTP_API and apis.speaks_websocket(source, sources):
        kind = EventKind.WEBSOCKET
    event = named(resource, given, kind, source, expression=expression,
                  filters=single.filters)  # fmt: skip
    if resource.kind in _INTEGRATIONS:
        machine = apis.started(given)
        if machine is not None:
            return Trigger(machine, event)
        timeout = given.number("timeout_milliseconds")
        streamed = given.text("response_transfer_mode").is_in(("STREAM",))
        event = replace(event, integration_timeout=timeout, streamed=streamed)
    if kind is EventKind.WEBSOCKET:
        event = replace(event, route=apis.route_to(resource, sources))
    if resource.kind == _SCHEDULE:
        target = given.child("target")
        handing = delivery(target) if target is not None else None
        event = replace(event, delivery=handing, scheduler=True, enabled=is_on(given))
    return Trigger(invoked(given, *single.function), event)


def _nothing(resource: Resource) -> Value[str]:
    return Value((), resource.span, NOT_SET)


def named(
    resource: Resource,
    given: Properties,
    kind: EventKind,
    source: Value[str],
    *,
    mapping: bool = False,
    expression: str = "",
    filters: tuple[str, ...] = ("filter_criteria",),
    span: Span | None = None,
) -> EventSource:
    """The event of a trigger that is declared apart from its function."""
    return EventSource(
        name=resource.name,
        kind=kind,
        function="",
        source=source,
        mapping=mapping,
        expression=given.wording(expression) if expression else None,
        filters=tuple(_filters(given, filters)),
        span=span or resource.span,
        block=resource.block if span is None else span,
    )


def _filters(given: Properties, keys: tuple[str, ...]) -> Iterator[Filter]:
    """What narrows a trigger; patterns are not evaluated."""
    for key in keys:
        found = given.outcomes(key)
        if not all(one.absent or one.text == "" for one in found):
            yield not_evaluated(given.place(key))


def _mapped_kind(given: Properties, key: str) -> EventKind:
    """The service behind an event source mapping, by what its source is or is called."""
    source = given.text(key)
    words = [choice.value for choice in source.choices] + sorted(source.targets)
    if not words and not all(one.absent for one in given.outcomes("self_managed_event_source")):
        return EventKind.KAFKA
    for text in words:
        typed = text.rpartition("#")[2].replace(":", "_").split("_")
        for word, kind in POLLED.items():
            if word in typed or f"{word}s" in typed:
                return kind
    return EventKind.OTHER


# --- buckets


def _notifications(resource: Resource) -> Iterator[Trigger]:
    given = resource.properties
    bucket = given.text("bucket")
    for inner in given.mappings("lambda_function"):
        event = EventSource(
            name=resource.name,
            kind=EventKind.S3,
            function="",
            source=bucket,
            mapping=False,
            expression=None,
            filters=tuple(_key_filters(inner)),
            span=resource.span,
            block=inner.mapping.span,
            actions=inner.texts("events"),
        )
        yield Trigger(invoked(inner, "lambda_function_arn"), event)


def _key_filters(given: Properties) -> Iterator[Filter]:
    for key in ("prefix", "suffix"):
        found = given.outcomes(f"filter_{key}")
        if not found or not all(one.absent or one.text == "" for one in found):
            yield Filter(key, given.text(f"filter_{key}"))


# --- rules of EventBridge


def _target(resource: Resource, sources: Mapping[str, Resource]) -> Iterator[Trigger]:
    """A target of a rule, with what the rule says."""
    given = resource.properties
    found = [sources[target] for target in given.text("rule").targets if target in sources]
    if not found:
        event = named(resource, given, EventKind.OTHER, given.text("event_bus_name"))
        yield Trigger(invoked(given, "arn"), event)
        return
    rule = found[0].properties
    event = of_rule(found[0], rule, rule.text("event_bus_name"))
    yield Trigger(
        invoked(given, "arn"), replace(event, delivery=delivery(given), enabled=is_on(rule))
    )


def of_rule(
    resource: Resource, rule: Properties, bus: Value[str], span: Span | None = None
) -> EventSource:
    """The event of a rule: on a schedule, or what its pattern says."""
    scheduled = not all(one.absent for one in rule.outcomes("schedule_expression"))
    kind = EventKind.SCHEDULE if scheduled else EventKind.EVENTBRIDGE
    written = embedded.child(rule, "event_pattern")
    event = named(resource, rule, kind, bus, filters=("event_pattern",), span=span,
                  expression="schedule_expression" if scheduled else "")  # fmt: skip
    return replace(
        event,
        pattern=pattern(written),
        listed=listed(written),
        objects=objects(written) if written is not None else None,
    )


def _pool(resource: Resource) -> Iterator[Trigger]:
    """The functions that a pool of users calls."""
    for config in resource.properties.mappings("lambda_config"):
        for key in _COGNITO:
            if not all(one.absent for one in config.outcomes(key)):
                event = named(resource, config, EventKind.COGNITO, _nothing(resource),
                              filters=())  # fmt: skip
                yield Trigger(invoked(config, key), event)
