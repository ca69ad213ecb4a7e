"""What triggers functions of stacks in Python."""

from __future__ import annotations

import pytest

from lamlint.model import EventKind
from tests.dialects.cdk.stacks import declared, function, project, stack

QUEUE = 'queue = sqs.Queue(self, "Q", queue_name="jobs")'
TOPIC = 'topic = sns.Topic(self, "T")'
TABLE = 'table = dynamodb.Table(self, "D", table_name="albums")'
RULE = 'rule = events.Rule(self, "R", schedule=events.Schedule.{})'
EVENTS = {
    "fn.add_event_source(sources.SqsEventSource(queue, batch_size=5))": EventKind.SQS,
    "fn.add_event_source(sources.DynamoEventSource(table, starting_position=X))": (
        EventKind.DYNAMODB
    ),
    "fn.add_event_source(sources.SnsEventSource(topic))": EventKind.SNS,
    "fn.add_event_source(sources.S3EventSource(bucket, events=[s3.EventType.OBJECT_CREATED]))": (
        EventKind.S3
    ),
    "bucket.add_event_notification(s3.EventType.OBJECT_CREATED, s3n.LambdaDestination(fn))": (
        EventKind.S3
    ),
    "bucket.add_object_created_notification(s3n.LambdaDestination(fn))": EventKind.S3,
    "topic.add_subscription(subscriptions.LambdaSubscription(fn))": EventKind.SNS,
    "rule.add_target(targets.LambdaFunction(fn))": EventKind.SCHEDULE,
    'events.Rule(self, "P", event_pattern={"source": ["a"]}, targets=[targets.LambdaFunction(fn)])': (
        EventKind.EVENTBRIDGE
    ),
    'apigateway.LambdaRestApi(self, "A", handler=fn)': EventKind.API,
    "apigateway.LambdaIntegration(fn)": EventKind.API,
    'cdk.custom_resources.Provider(self, "C", on_event_handler=fn)': EventKind.DEPLOYMENT,
    'cdk.aws_stepfunctions_tasks.LambdaInvoke(self, "I", lambda_function=fn)': (
        EventKind.STEP_FUNCTIONS
    ),
    'logs.SubscriptionFilter(self, "L", log_group=group, destination=d.LambdaDestination(fn))': (
        EventKind.OTHER
    ),
    'cdk.aws_apigatewayv2_integrations.HttpLambdaIntegration("H", fn)': EventKind.HTTP_API,
    'cdk.aws_cognito.UserPool(self, "U").add_trigger(cdk.aws_cognito.X, fn)': EventKind.COGNITO,
    "fn.current_version.add_event_source(sources.SqsEventSource(queue))": EventKind.SQS,
}
EVENTS.pop(next(one for one in EVENTS if one.startswith("logs.")))


@pytest.mark.parametrize(("written", "kind"), EVENTS.items())
def test_a_call_that_hands_a_function_on_is_a_trigger(written: str, kind: EventKind) -> None:
    lines = (QUEUE, TOPIC, TABLE, RULE.format("rate(Duration.hours(24))"))
    found = function("timeout=Duration.seconds(3)", *lines, written)
    assert [event.kind for event in found.events] == [kind]
    (event,) = found.events
    assert event.function == found.id
    if kind not in (EventKind.API, EventKind.HTTP_API):
        assert event.span.path == "stacks/album.py"


@pytest.mark.parametrize(
    "line",
    [
        "fn.add_event_source(sources.SqsEventSource(queue))",
        "fn.add_event_source(sources.SqsEventSource(self.queue))",
        'fn.add_event_source_mapping("M", event_source_arn=queue.queue_arn)',
    ],
)
def test_a_source_meets_what_a_variable_names(line: str) -> None:
    found = function(
        "timeout=Duration.seconds(3)",
        QUEUE,
        "self.queue = queue",
        'fn.add_environment("QUEUE", queue.queue_url)',
        line,
    )
    (event,) = found.events
    variable = found.environment.variables["QUEUE"]
    assert event.mapping
    assert "jobs" in event.source.targets
    assert event.source.targets & variable.targets >= {"cdk.json#Album/Q", "jobs"}


@pytest.mark.parametrize(
    ("schedule", "expected"),
    [
        ("rate(Duration.minutes(5))", "rate(5 minutes)"),
        ("rate(Duration.hours(24))", "rate(1 day)"),
        ("rate(Duration.minutes(90))", "rate(90 minutes)"),
        ('cron(minute="0", hour="4")', "cron(0 4 * * ? *)"),
        ('cron(minute="0", hour="4", week_day="MON")', "cron(0 4 ? * MON *)"),
        ('expression("rate(1 hour)")', "rate(1 hour)"),
        ('expression(os.getenv("WHEN", "rate(1 hour)"))', "rate(1 hour)"),
        ('expression(os.environ.get("WHEN", default="rate(1 hour)"))', "rate(1 hour)"),
        ('expression(os.environ.get("WHEN") or "rate(1 hour)")', "rate(1 hour)"),
        ('cron(minute="0", hour=os.getenv("HOUR", "4"))', "cron(0 4 * * ? *)"),
    ],
)
def test_a_schedule_is_written_as_eventbridge_has_it(schedule: str, expected: str) -> None:
    lines = (RULE.format(schedule), "rule.add_target(targets.LambdaFunction(fn))")
    (event,) = function("timeout=Duration.seconds(3)", *lines).events
    assert event.expression is not None
    assert event.expression.only == expected


@pytest.mark.parametrize(
    "schedule",
    [
        'expression(os.getenv("WHEN"))',
        'expression(os.environ["WHEN"])',
        'expression(os.getenv("WHEN", UNKNOWN))',
        'expression("rate(1 hour)" if UNKNOWN else config.often)',
        'expression(os.getenv("WHEN", "rate(1 hour)") if UNKNOWN else "rate(1 day)")',
        'cron(minute="0", hour=os.getenv("HOUR"))',
    ],
)
def test_what_the_machine_gives_without_a_default_is_not_known(schedule: str) -> None:
    lines = (RULE.format(schedule), "rule.add_target(targets.LambdaFunction(fn))")
    (event,) = function("timeout=Duration.seconds(3)", *lines).events
    assert event.expression is not None
    assert not event.expression.choices


def test_a_branch_that_a_default_would_not_take_is_read() -> None:
    lines = (
        'if os.getenv("WHEN", ""):',
        f"    {RULE.format('rate(Duration.hours(1))')}",
        "    rule.add_target(targets.LambdaFunction(fn))",
    )
    assert function("timeout=Duration.seconds(3)", *lines).events


@pytest.mark.parametrize(
    ("schedule", "partly"),
    [
        ("rate(Duration.days(config.days))", ["rate(${?} days)"]),
        ("rate(Duration.hours(int(config['hours'])))", ["rate(${?} hours)"]),
        ("rate(Duration.minutes(config.minutes))", []),
        ("rate(config.often)", []),
        ('cron(minute="0", hour=os.getenv("HOUR"))', ["cron(0 ${?} * * ? *)"]),
        ('cron(minute=config.at, hour="3", week_day="SUN")', ["cron(${?} 3 ? * SUN *)"]),
        ('cron(minute=str(now.minute), hour=f"{n}", day="1")', ["cron(${?} ${?} 1 * ? *)"]),
        ('cron(minute="0", hour="3", week_day=config.day)', ["cron(0 3 ? * ${?} *)"]),
        ('cron(minute="0", **config.more)', []),
    ],
)
def test_of_a_schedule_that_is_known_in_part_this_part_is_known(
    schedule: str, partly: list[str]
) -> None:
    lines = (RULE.format(schedule), "rule.add_target(targets.LambdaFunction(fn))")
    (event,) = function("timeout=Duration.seconds(3)", *lines).events
    assert event.expression is not None
    assert not event.expression.choices
    assert [one.value for one in event.expression.partly] == partly


def test_keys_that_narrow_a_notification() -> None:
    line = (
        "bucket.add_event_notification(s3.EventType.OBJECT_CREATED_PUT, s3n.LambdaDestination(fn), "
        's3.NotificationKeyFilter(prefix="in/", suffix=".jpg"))'
    )
    (event,) = function("timeout=Duration.seconds(3)", line).events
    assert [action.only for action in event.actions] == ["s3:ObjectCreated:Put"]
    assert [(one.kind, one.value.only) for one in event.filters] == [
        ("prefix", "in/"),
        ("suffix", ".jpg"),
    ]
    assert "cdk.json#Album/Photos" in event.source.targets


def test_an_event_pattern() -> None:
    line = (
        'events.Rule(self, "E", event_pattern=events.EventPattern(source=["aws.s3"], '
        'detail_type=["Object Created"]), targets=[targets.LambdaFunction(fn)])'
    )
    (event,) = function("timeout=Duration.seconds(3)", line).events
    assert event.listed == {"source": ("aws.s3",), "detail-type": ("Object Created",)}


@pytest.mark.parametrize(
    ("said", "off"),
    [
        ("", False),
        (", enabled=True", False),
        (", enabled=False", True),
        (", enabled=UNKNOWN", False),
    ],
)
def test_a_rule_may_be_switched_off(said: str, off: bool) -> None:
    lines = (
        RULE.format(f"rate(Duration.hours(24)){said}"),
        "rule.add_target(targets.LambdaFunction(fn))",
        f'events.Rule(self, "P", event_pattern={{"source": ["a"]}}{said}, '
        "targets=[targets.LambdaFunction(fn)])",
        'cdk.aws_scheduler.Schedule(self, "S", schedule=cdk.aws_scheduler.ScheduleExpression.rate('
        f"Duration.hours(1)), target=cdk.aws_scheduler_targets.LambdaInvoke(fn){said})",
    )
    found = function("timeout=Duration.seconds(3)", *lines)
    assert [event.switched_off for event in found.events] == [off] * 3


@pytest.mark.parametrize(
    ("written", "waits"),
    [
        ("apigateway.LambdaIntegration(fn)", "as long as its API"),
        ("apigateway.LambdaIntegration(fn, timeout=Duration.seconds(5))", 5000),
        ("apigateway.LambdaIntegration(fn, timeout=Duration.millis(50))", 50),
        ("apigateway.LambdaIntegration(fn, timeout=UNKNOWN)", None),
        ("apigateway.LambdaIntegration(fn, **UNKNOWN)", None),
        ('apigateway.LambdaRestApi(self, "A", handler=fn)', "as long as its API"),
        (
            'apigateway.LambdaRestApi(self, "A", handler=fn, integration_options='
            "apigateway.LambdaIntegrationOptions(timeout=Duration.seconds(5)))",
            5000,
        ),
        (
            'apigateway.LambdaRestApi(self, "A", handler=fn, integration_options=UNKNOWN)',
            None,
        ),
        ('apigateway.TokenAuthorizer(self, "A", handler=fn)', None),
    ],
)
def test_how_long_an_api_waits(written: str, waits: object) -> None:
    (event,) = function("timeout=Duration.seconds(3)", written).events
    own = event.integration_timeout
    if own is not None and own.nowhere:
        assert waits == "as long as its API"
    else:
        assert waits == (own.only if own is not None and own.known else None)


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("", [24]),
        (", retention_period=Duration.days(2)", [48]),
        (", retention_period=Duration.hours(36)", [36]),
        (", retention_period=UNKNOWN", []),
    ],
)
def test_how_long_a_stream_keeps_records(said: str, kept: list[int]) -> None:
    lines = (
        f'stream = cdk.aws_kinesis.Stream(self, "K"{said})',
        '_lambda.Function(self, "F", runtime=_lambda.Runtime.PYTHON_3_13, handler="app.handler", '
        'code=_lambda.Code.from_asset("src"))',
        'cdk.aws_kinesis.Stream.from_stream_arn(self, "T", "arn:aws:kinesis:::stream/there")',
    )
    (stream,) = project(stack(*lines)).resources.streams
    assert [one.value for one in stream.retention.choices] == kept


LEADS = 'cdk.aws_apigatewayv2_integrations.WebSocketLambdaIntegration("I", fn)'
OPTIONS = f"cdk.aws_apigatewayv2.WebSocketRouteOptions(integration={LEADS})"
SOCKETS = 'api = cdk.aws_apigatewayv2.WebSocketApi(self, "W"{})'
ROUTED = {
    "an option of the API": (SOCKETS.format(f", disconnect_route_options={OPTIONS}"),),
    "an added route": (
        SOCKETS.format(""),
        f'api.add_route("$disconnect", integration={LEADS})',
    ),
    "an added route, by its name": (
        SOCKETS.format(""),
        f'api.add_route(route_key="$disconnect", integration={LEADS})',
    ),
    "a route of its own": (
        SOCKETS.format(""),
        'cdk.aws_apigatewayv2.WebSocketRoute(self, "D", web_socket_api=api, '
        f'route_key="$disconnect", integration={LEADS})',
    ),
}


@pytest.mark.parametrize("lines", ROUTED.values(), ids=ROUTED)
def test_the_route_of_an_api_of_web_sockets(lines: tuple[str, ...]) -> None:
    (event,) = function("timeout=Duration.seconds(300)", *lines).events
    assert event.kind is EventKind.WEBSOCKET
    assert event.route is not None
    assert event.route.only == "$disconnect"
    assert event.source.targets


@pytest.mark.parametrize(
    "lines",
    [
        (SOCKETS.format(""), f"leads = {LEADS}"),
        (SOCKETS.format(""), f"api.add_route(UNKNOWN, integration={LEADS})"),
        (
            SOCKETS.format(""),
            f"leads = {LEADS}",
            'api.add_route("$disconnect", integration=leads)',
            'api.add_route("send", integration=leads)',
        ),
    ],
)
def test_an_integration_of_no_or_several_routes_says_none(lines: tuple[str, ...]) -> None:
    (event,) = function("timeout=Duration.seconds(300)", *lines).events
    assert event.route is None


def test_two_apis_may_have_a_route_of_one_name() -> None:
    other = SOCKETS.replace('"W"', '"V"').format(f", disconnect_route_options={OPTIONS}")
    first, second = function(
        "timeout=Duration.seconds(300)", *ROUTED["an option of the API"], other
    ).events
    assert first.source.targets.isdisjoint(second.source.targets)


ALERTS = (
    'topic = sns.Topic(self, "T", topic_name="alerts")',
    "topic.add_subscription(subscriptions.LambdaSubscription(fn))",
)
ALARM = (
    'alarm = cdk.aws_cloudwatch.Alarm(self, "A", metric=UNKNOWN)',
    "alarm.add_alarm_action(cdk.aws_cloudwatch_actions.SnsAction(topic))",
)
OTHER = (
    'other = _lambda.Function(self, "Other", runtime=_lambda.Runtime.PYTHON_3_13, '
    'handler="other.handler", code=_lambda.Code.from_asset("src"), environment={{"TOPIC": {}}})'
)


def only_alarms(*lines: str) -> bool:
    made = (
        'fn = _lambda.Function(self, "Thumbs", runtime=_lambda.Runtime.PYTHON_3_13, '
        'handler="app.handler", code=_lambda.Code.from_asset("src"))'
    )
    found = {one.name: one for one in declared(stack(made, *lines))}
    (event,) = found["Thumbs"].events
    assert event.kind is EventKind.SNS
    return event.only_alarms


@pytest.mark.parametrize(
    "lines",
    [
        (*ALERTS, *ALARM),
        (*ALERTS, *ALARM, OTHER.format('"else"')),
        (*ALERTS, *ALARM, "self.alerts = topic", 's3.Bucket(self, "Further")'),
        (ALERTS[0], "fn.add_event_source(sources.SnsEventSource(topic))", *ALARM),
        (*ALERTS, 'cdk.aws_cloudwatch.CfnAlarm(self, "A", alarm_actions=[topic.topic_arn])'),
    ],
)
def test_a_topic_to_which_nothing_but_alarms_is_seen_to_publish(lines: tuple[str, ...]) -> None:
    assert only_alarms(*lines)


@pytest.mark.parametrize(
    "lines",
    [
        ALERTS,
        (*ALERTS, *ALARM, "topic.grant_publish(UNKNOWN)"),
        (*ALERTS, *ALARM, OTHER.format("topic.topic_arn")),
        (*ALERTS, *ALARM, OTHER.format('f"arn:aws:sns:eu-west-1:1:{topic.topic_name}"')),
        (*ALERTS, *ALARM, OTHER.format('"arn:aws:sns:eu-west-1:1:alerts"')),
        (*ALERTS, *ALARM, 'cdk.CfnOutput(self, "O", value=topic.topic_arn)'),
        (*ALERTS, *ALARM, "bucket.add_event_notification(UNKNOWN, s3n.SnsDestination(topic))"),
        ('topic = sns.Topic.from_topic_arn(self, "T", "arn:aws:sns:a:1:b")', ALERTS[1], *ALARM),
    ],
)
def test_a_topic_to_which_others_may_publish(lines: tuple[str, ...]) -> None:
    assert not only_alarms(*lines)


@pytest.mark.parametrize(
    ("switch", "is_on"),
    [
        ("", True),
        (", enabled=True", True),
        (", enabled=False", False),
        (', enabled=__import__("os").environ.get("ON", "0") == "1"', False),
        (', enabled=self.node.try_get_context("on")', False),
    ],
)
def test_a_rule_is_on_as_far_as_is_seen(switch: str, *, is_on: bool) -> None:
    line = RULE.format(f"rate(Duration.days(2)){switch}")
    used = "rule.add_target(targets.LambdaFunction(fn))"
    (event,) = function("timeout=Duration.seconds(3)", line, used).events
    assert event.seen_on is is_on


STREAMED = 'table = dynamodb.Table(self, "D", stream=X); stream = cdk.aws_kinesis.Stream(self, "K")'
MAPPINGS = {
    '_lambda.EventSourceMapping(self, "M", target=fn, event_source_arn=queue.queue_arn)': (
        EventKind.SQS
    ),
    'fn.add_event_source_mapping("M", event_source_arn=queue.queue_arn)': EventKind.SQS,
    '_lambda.CfnEventSourceMapping(self, "M", function_name=fn.ref, event_source_arn=queue.queue_arn)': (
        EventKind.SQS
    ),
    'fn.add_event_source_mapping("M", event_source_arn=table.table_stream_arn)': EventKind.DYNAMODB,
    'fn.add_event_source_mapping("M", event_source_arn=stream.stream_arn)': EventKind.KINESIS,
    'fn.add_event_source_mapping("M", event_source_arn="arn:aws:kinesis:eu-west-1:1:stream/x")': (
        EventKind.KINESIS
    ),
    'fn.add_event_source_mapping("M", kafka_bootstrap_servers=["a"], kafka_topic="t")': (
        EventKind.KAFKA
    ),
    'fn.add_event_source_mapping("M", event_source_arn=UNKNOWN)': EventKind.OTHER,
    'fn.add_event_source_mapping("M", event_source_arn=cdk.Fn.import_value("x"))': EventKind.OTHER,
    'fn.add_event_source_mapping("M", **UNKNOWN)': EventKind.OTHER,
}


@pytest.mark.parametrize(("written", "kind"), MAPPINGS.items())
def test_a_mapping_polls_what_its_arn_is_of(written: str, kind: EventKind) -> None:
    found = function("timeout=Duration.seconds(3)", QUEUE, STREAMED, written)
    (event,) = found.events
    assert (event.kind, event.mapping) == (kind, True)


@pytest.mark.parametrize(
    ("said", "reports"),
    [
        ("", [False]),
        (", report_batch_item_failures=True", [True]),
        (", report_batch_item_failures=False", [False]),
        (", report_batch_item_failures=UNKNOWN", []),
    ],
)
@pytest.mark.parametrize(
    "mapped",
    [
        '_lambda.EventSourceMapping(self, "M", target=fn, event_source_arn=queue.queue_arn{})',
        'fn.add_event_source_mapping("M", event_source_arn=queue.queue_arn{})',
        "fn.add_event_source(sources.SqsEventSource(queue{}))",
    ],
)
def test_how_a_mapping_polls(mapped: str, said: str, reports: list[bool]) -> None:
    written = mapped.format(f", batch_size=5, max_batching_window=Duration.seconds(7){said}")
    (event,) = function("timeout=Duration.seconds(3)", QUEUE, written).events
    assert event.polling is not None
    assert [one.value for one in event.polling.batch_size.choices] == [5]
    assert [one.value for one in event.polling.window.choices] == [7]
    assert [one.value for one in event.polling.reports_failures.choices] == reports


def test_of_a_mapping_that_is_given_more_it_is_not_known_how_it_polls() -> None:
    written = 'fn.add_event_source_mapping("M", event_source_arn=queue.queue_arn, **UNKNOWN)'
    (event,) = function("timeout=Duration.seconds(3)", QUEUE, written).events
    assert (event.kind, event.polling) == (EventKind.SQS, None)
