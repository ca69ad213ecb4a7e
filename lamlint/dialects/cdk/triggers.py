"""What triggers the functions of an app: calls that hand a function to what will call it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from lamlint.dialects.cdk import apis, schedules
from lamlint.dialects.cdk.kinds import pair
from lamlint.dialects.cdk.nodes import Lowering
from lamlint.dialects.cdk.objects import Items, Keyed, Made, Part, Plain, Text, Thing, construct
from lamlint.dialects.cdk.place import Place
from lamlint.dialects.cdk.polling import polling
from lamlint.dialects.cdk.sources import (
    Found,
    Handed,
    event_type,
    keys,
    narrowed,
    of_source,
    sources,
)
from lamlint.dialects.cdk.template import given, is_construct, scalar
from lamlint.dialects.tree.node import Node
from lamlint.model import EventKind

ENABLED = "Enabled"
"""The property that says whether a trigger is switched on."""
_WRAPPED = (
    "handler",
    "fn",
    "function",
    "lambda_function",
    "lambda_fn",
    "function_version",
    "machine",
    "state_machine",
)
_TARGETS = ("Lambda", "SfnStateMachine", "StepFunctions")
"""What is in the names of classes of targets that are functions, or state machines."""


def wrapped(thing: Thing | None) -> Thing | None:
    """The function, or the state machine, in what a library wraps around it."""
    if isinstance(thing, Made) and thing.receiver is None and not is_construct(thing):
        inner = given(thing, *_WRAPPED, place=0)
        return inner if inner is not None else thing
    return thing


def triggers(call: Made, lowering: Lowering) -> Found:
    """The triggers that a call declares."""
    if call.receiver is not None:
        known = _METHODS.get(call.name)
        if known is not None:
            yield from known(call, lowering)
        return
    last = call.name.rpartition(".")[2]
    made = _CLASSES.get(last)
    if made is not None:
        yield from made(call, lowering)
    simple = _SIMPLE.get(last)
    if simple is not None:
        kind, names, place = simple
        for name in names:
            function = given(call, name, place=place)
            if function is not None:
                said = apis.waits(call, lowering)
                yield Handed(
                    lowering.function(function),
                    kind,
                    call.at,
                    entries=said or {},
                    waits=said is not None,
                )
    listed = given(call, "events") if pair(call).endswith("Function") else None
    if isinstance(listed, Items):
        for one in listed.values:
            yield from of_source(one, call, lowering)


def _notified(default: str) -> Callable[[Made, Lowering], Found]:
    """`bucket.add_event_notification(event, destination, *filters)`, and its short forms."""

    def found(call: Made, lowering: Lowering) -> Found:
        first = 0 if default else 1
        function = wrapped(given(call, "dest", place=first))
        event = None if default else given(call, "event", place=0)
        if function is None or call.receiver is None:
            return
        action: Node | None = scalar(call.at, default) if default else None
        action = event_type(event, lowering) if event is not None else action
        entries = {"Bucket": lowering.node(call.receiver)}
        entries |= {"Event": action} if action is not None else {}
        entries |= keys(list(call.positional[first + 1 :]), call.at, lowering)
        yield Handed(lowering.function(function), EventKind.S3, call.at, "Bucket", entries)

    return found


def _subscribed(call: Made, lowering: Lowering) -> Found:
    """`topic.add_subscription(LambdaSubscription(fn))`."""
    subscription = given(call, "subscription", "topic_subscription", place=0)
    is_function = isinstance(subscription, Made) and "LambdaSubscription" in subscription.name
    function = wrapped(subscription)
    if isinstance(subscription, Made) and is_function and function is not None and call.receiver:
        entries = {"Topic": lowering.node(call.receiver)} | narrowed(subscription, lowering)
        yield Handed(lowering.function(function), EventKind.SNS, call.at, "Topic", entries)


def _rule(call: Made, lowering: Lowering) -> Found:
    """`Rule(…, targets=[LambdaFunction(fn)])`."""
    targets = given(call, "targets")
    for target in targets.values if isinstance(targets, Items) else ():
        yield from _target(call, target, target.at, lowering)


def _targeted(call: Made, lowering: Lowering) -> Found:
    """`rule.add_target(LambdaFunction(fn))`."""
    target = given(call, "target", place=0)
    rule = construct(call.receiver) if call.receiver is not None else None
    if target is not None and isinstance(rule, Made):
        yield from _target(rule, target, call.at, lowering)


def _target(rule: Made, target: Thing, at: Place, lowering: Lowering) -> Found:
    function = wrapped(target)
    if function is None or not isinstance(target, Made):
        return
    if not any(word in target.name for word in _TARGETS):
        return
    schedule, pattern = given(rule, "schedule"), given(rule, "event_pattern")
    if schedule is not None and not pattern:
        entries = _switched(rule, lowering)
        entries["ScheduleExpression"] = schedules.expression(schedule, lowering)
        yield Handed(
            lowering.function(function), EventKind.SCHEDULE, at, "ScheduleExpression", entries
        )
        return
    bus = given(rule, "event_bus")
    entries = _switched(rule, lowering)
    entries |= {"EventBusName": lowering.node(bus)} if bus is not None else {}
    if pattern is not None:
        entries["EventPattern"] = schedules.pattern(pattern, lowering)
    yield Handed(lowering.function(function), EventKind.EVENTBRIDGE, at, "EventBusName", entries)


def _switched(rule: Made, lowering: Lowering) -> dict[str, Node]:
    """Whether a rule or a schedule is switched on, where it says so."""
    said = given(rule, "enabled")
    return {ENABLED: lowering.node(said)} if said is not None else {}


def _scheduled(call: Made, lowering: Lowering) -> Found:
    """`Schedule(…, schedule=…, target=LambdaInvoke(fn))`."""
    function, schedule = wrapped(given(call, "target")), given(call, "schedule")
    if function is not None and schedule is not None:
        entries = _switched(call, lowering)
        entries["ScheduleExpression"] = schedules.expression(schedule, lowering)
        yield Handed(
            lowering.function(function), EventKind.SCHEDULE, call.at, "ScheduleExpression", entries
        )


def _mapped(call: Made, lowering: Lowering) -> Found:
    """`EventSourceMapping(…, target=fn)`, `fn.add_event_source_mapping(…)`.

    Which service it polls is told by what its ARN refers to, or by its being no service of AWS.
    """
    function = call.receiver if call.receiver is not None else given(call, "target")
    if function is None:
        return
    origin, servers = given(call, "event_source_arn"), given(call, "kafka_bootstrap_servers")
    entries = {"EventSourceArn": lowering.node(origin)} if origin is not None else {}
    kind = EventKind.KAFKA if servers is not None and origin is None else EventKind.OTHER
    yield Handed(
        lowering.function(function),
        kind,
        call.at,
        "EventSourceArn",
        entries | narrowed(call, lowering) | polling(call, lowering),
        polls=True,
        whole=call.whole,
        made=call,
    )


def _logged(call: Made, lowering: Lowering) -> Found:
    """`log_group.add_subscription_filter(…, destination=LambdaDestination(fn))`."""
    function = wrapped(given(call, "destination"))
    group = call.receiver if call.receiver is not None else given(call, "log_group")
    if function is not None and group is not None:
        entries = {"LogGroupName": lowering.node(group)}
        pattern = given(call, "filter_pattern")
        entries |= {"FilterPattern": lowering.node(pattern)} if pattern is not None else {}
        yield Handed(lowering.function(function), EventKind.LOGS, call.at, "LogGroupName", entries)


def _pool(call: Made, lowering: Lowering) -> Found:
    """`user_pool.add_trigger(operation, fn)`."""
    function = given(call, "fn", place=1)
    if function is not None:
        yield Handed(lowering.function(function), EventKind.COGNITO, call.at)


def _pools(call: Made, lowering: Lowering) -> Found:
    """`UserPool(…, lambda_triggers=UserPoolTriggers(post_confirmation=fn))`."""
    listed = given(call, "lambda_triggers")
    members = listed.named if isinstance(listed, Made) else {}
    for member in members.values():
        yield Handed(lowering.function(member.value), EventKind.COGNITO, member.value.at)


def _asks(call: Made, lowering: Lowering) -> Found:
    """`AwsIntegration(service="states", action="StartExecution", options=…)` starts a machine.

    Which one it is, the templates of its requests say.
    """
    said = tuple(given(call, name) for name in ("service", "action"))
    match said, given(call, "options"):
        case (Plain(value="states"), Plain(value=str() as action)), Made() as options if (
            action in _STARTING
        ):
            templates = given(options, "request_templates")
        case _:
            return
    members = templates.members.values() if isinstance(templates, Keyed) else ()
    for one in members:
        for part in one.value.parts if isinstance(one.value, Text) else ():
            if isinstance(part, Part):
                yield Handed(lowering.function(part.of), EventKind.API, call.at)


def _handed(kind: EventKind, place: int, *names: str) -> Callable[[Made, Lowering], Found]:
    """A method that takes a function, or what is wrapped around one."""

    def found(call: Made, lowering: Lowering) -> Found:
        function = wrapped(given(call, *names, place=place))
        if function is not None:
            yield Handed(lowering.function(function), kind, call.at)

    return found


_METHODS: Mapping[str, Callable[[Made, Lowering], Found]] = {
    "add_event_source": sources,
    "add_event_source_mapping": _mapped,
    "add_event_notification": _notified(""),
    "add_object_created_notification": _notified("s3:ObjectCreated:*"),
    "add_object_removed_notification": _notified("s3:ObjectRemoved:*"),
    "add_subscription": _subscribed,
    "add_target": _targeted,
    "add_subscription_filter": _logged,
    "add_trigger": _pool,
    "add_alarm_action": _handed(EventKind.ALARM, 0, "action"),
    "add_ok_action": _handed(EventKind.ALARM, 0, "action"),
    "add_rotation_schedule": _handed(EventKind.ROTATION, 99, "rotation_lambda"),
    "add_lambda_data_source": _handed(EventKind.APPSYNC, 1, "lambda_function"),
}
"""Methods that hand a function on."""
_CLASSES: Mapping[str, Callable[[Made, Lowering], Found]] = {
    "Rule": _rule,
    "Schedule": _scheduled,
    "EventSourceMapping": _mapped,
    "SubscriptionFilter": _logged,
    "UserPool": _pools,
    "AwsIntegration": _asks,
}
_STARTING = ("StartExecution", "StartSyncExecution")
"""The actions of Step Functions that start a state machine."""
_SIMPLE: Mapping[str, tuple[EventKind, tuple[str, ...], int | None]] = {
    "LambdaIntegration": (EventKind.API, ("handler",), 0),
    "LambdaRestApi": (EventKind.API, ("handler",), None),
    "HttpLambdaIntegration": (EventKind.HTTP_API, ("handler",), 1),
    "LambdaProxyIntegration": (EventKind.HTTP_API, ("handler",), None),
    "WebSocketLambdaIntegration": (EventKind.WEBSOCKET, ("handler",), 1),
    "LambdaWebSocketIntegration": (EventKind.WEBSOCKET, ("handler",), None),
    "TokenAuthorizer": (EventKind.API, ("handler",), None),
    "RequestAuthorizer": (EventKind.API, ("handler",), None),
    "HttpLambdaAuthorizer": (EventKind.HTTP_API, ("handler",), 1),
    "LambdaInvoke": (EventKind.STEP_FUNCTIONS, ("lambda_function",), None),
    "RunLambdaTask": (EventKind.STEP_FUNCTIONS, ("lambda_function",), 0),
    "Provider": (EventKind.DEPLOYMENT, ("on_event_handler", "is_complete_handler"), None),
    "CustomResource": (EventKind.DEPLOYMENT, ("service_token",), None),
    "Handed": (EventKind.DEPLOYMENT, ("handler",), None),
    "Trigger": (EventKind.DEPLOYMENT, ("handler",), None),
    "LambdaTarget": (EventKind.ALB, ("fn", "function"), 0),
    "LambdaFunctionAction": (EventKind.IOT, ("func",), 0),
    "LambdaDataSource": (EventKind.APPSYNC, ("lambda_function",), None),
    "StepFunctionsRestApi": (EventKind.API, ("state_machine",), None),
    "StepFunctionsExecutionIntegration": (EventKind.API, ("state_machine",), 0),
    "start_execution": (EventKind.API, ("state_machine",), 0),
    "HttpStepFunctionsIntegration": (EventKind.HTTP_API, ("state_machine",), None),
    "RotationSchedule": (EventKind.ROTATION, ("rotation_lambda",), None),
    "CustomRule": (EventKind.CONFIG, ("lambda_function",), None),
}
"""Classes that take a function: what calls it then, and the argument that is the function."""
