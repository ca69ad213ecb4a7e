"""What other blocks say of a function: triggers, permissions, URLs, aliases, roles."""

from __future__ import annotations

import pytest

from lamlint.model import NOT_SET, EventKind, Function
from tests.dialects.terraform.declaring import declared

F = 'resource "aws_lambda_function" "f" {\n  function_name = "work"\n  role = aws_iam_role.r.arn\n}\n'


def linked(around: str) -> Function:
    (only,) = declared(F + around).functions
    return only


def resource(kind: str, body: str, name: str = "x") -> str:
    return f'resource "{kind}" "{name}" {{\n{body}\n}}\n'


RULE = resource("aws_cloudwatch_event_rule", 'name = "r"\n{}', "rule")
TARGET = resource(
    "aws_cloudwatch_event_target",
    "rule = aws_cloudwatch_event_rule.rule.{}\narn = aws_lambda_function.f.arn",
)


@pytest.mark.parametrize(
    ("around", "kind"),
    [
        (resource("aws_lambda_event_source_mapping", "event_source_arn = aws_sqs_queue.q.arn\nfunction_name = aws_lambda_function.f.arn"), EventKind.SQS),
        (resource("aws_lambda_event_source_mapping", "event_source_arn = aws_dynamodb_table.t.stream_arn\nfunction_name = aws_lambda_function.f.function_name"), EventKind.DYNAMODB),
        (resource("aws_lambda_event_source_mapping", 'event_source_arn = "arn:aws:kinesis:eu-west-1:1:stream/s"\nfunction_name = "work"'), EventKind.KINESIS),
        (resource("aws_s3_bucket_notification", "bucket = aws_s3_bucket.b.id\nlambda_function {\n lambda_function_arn = aws_lambda_function.f.arn\n events = []\n}"), EventKind.S3),
        (resource("aws_sns_topic_subscription", 'topic_arn = aws_sns_topic.t.arn\nprotocol = "lambda"\nendpoint = aws_lambda_function.f.arn'), EventKind.SNS),
        (RULE.replace("{}", 'schedule_expression = "rate(1 day)"') + TARGET.replace("{}", "name"), EventKind.SCHEDULE),
        (RULE.replace("{}", 'event_pattern = jsonencode({ source = ["aws.s3"] })') + TARGET.replace("{}", "id"), EventKind.EVENTBRIDGE),
        (resource("aws_scheduler_schedule", 'schedule_expression = "rate(1 day)"\ntarget {\n arn = aws_lambda_function.f.arn\n role_arn = "x"\n}'), EventKind.SCHEDULE),
        (resource("aws_cloudwatch_log_subscription_filter", 'log_group_name = "l"\nfilter_pattern = ""\ndestination_arn = aws_lambda_function.f.arn'), EventKind.LOGS),
        (resource("aws_apigatewayv2_integration", "api_id = aws_apigatewayv2_api.a.id\nintegration_uri = aws_lambda_function.f.invoke_arn"), EventKind.HTTP_API),
        (resource("aws_api_gateway_integration", "rest_api_id = aws_api_gateway_rest_api.a.id\nuri = aws_lambda_function.f.invoke_arn"), EventKind.API),
        (resource("aws_apigatewayv2_api", 'name = "a"\nprotocol_type = "WEBSOCKET"', "a") + resource("aws_apigatewayv2_integration", "api_id = aws_apigatewayv2_api.a.id\nintegration_uri = aws_lambda_function.f.invoke_arn"), EventKind.WEBSOCKET),
        (resource("aws_apigatewayv2_api", 'name = "a"\nprotocol_type = "HTTP"', "a") + resource("aws_apigatewayv2_integration", "api_id = aws_apigatewayv2_api.a.id\nintegration_uri = aws_lambda_function.f.invoke_arn"), EventKind.HTTP_API),
        (resource("aws_api_gateway_integration", 'rest_api_id = "a"\nuri = "arn:aws:apigateway:${var.region}:lambda:path/2015-03-31/functions/${aws_lambda_function.f.arn}/invocations"'), EventKind.API),
        (resource("aws_api_gateway_authorizer", 'rest_api_id = "a"\nauthorizer_uri = "arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/arn:aws:lambda:eu-west-1:1:function:work/invocations"'), EventKind.API),
        (resource("aws_secretsmanager_secret_rotation", "secret_id = aws_secretsmanager_secret.s.id\nrotation_lambda_arn = aws_lambda_function.f.arn"), EventKind.ROTATION),
        (resource("aws_config_config_rule", 'source {\n owner = "CUSTOM_LAMBDA"\n source_identifier = aws_lambda_function.f.arn\n}'), EventKind.CONFIG),
        (resource("aws_cognito_user_pool", "lambda_config {\n post_confirmation = aws_lambda_function.f.arn\n}"), EventKind.COGNITO),
        (resource("aws_kinesis_firehose_delivery_stream", 'destination = "extended_s3"\nextended_s3_configuration {\n processing_configuration {\n enabled = true\n processors {\n type = "Lambda"\n parameters {\n parameter_name = "LambdaArn"\n parameter_value = "${aws_lambda_function.f.arn}:$LATEST"\n }\n parameters {\n parameter_name = "BufferSizeInMBs"\n parameter_value = "1"\n }\n }\n }\n}'), EventKind.FIREHOSE),
        (resource("aws_iot_topic_rule", 'sql = "x"\nlambda {\n function_arn = aws_lambda_function.f.arn\n}'), EventKind.IOT),
        (resource("aws_lambda_alias", 'name = "live"\nfunction_name = aws_lambda_function.f.function_name\nfunction_version = "1"', "live") + resource("aws_sns_topic_subscription", 'topic_arn = "t"\nprotocol = "lambda"\nendpoint = aws_lambda_alias.live.arn'), EventKind.SNS),
    ],
)  # fmt: skip
def test_what_triggers_a_function(around: str, kind: EventKind) -> None:
    function = linked(around)
    assert [event.kind for event in function.events] == [kind]
    assert [event.function for event in function.events] == [function.id]


@pytest.mark.parametrize(
    "around",
    [
        resource("aws_sns_topic_subscription", 'topic_arn = "t"\nprotocol = "sqs"\nendpoint = "work"'),
        resource("aws_sns_topic_subscription", 'topic_arn = "t"\nprotocol = "lambda"\nendpoint = var.other'),
        resource("aws_sns_topic_subscription", 'topic_arn = "t"\nprotocol = "lambda"\nendpoint = aws_lambda_function.other.arn'),
        resource("aws_api_gateway_integration", 'rest_api_id = "a"\nuri = "arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/${aws_lambda_function.other.arn}/invocations"'),
        resource("aws_api_gateway_integration", 'rest_api_id = "a"\nuri = "arn:aws:apigateway:eu-west-1:sqs:path/1/orders/invocations/"'),
        resource("aws_config_config_rule", 'source {\n owner = "AWS"\n source_identifier = "work"\n}'),
    ],
)  # fmt: skip
def test_what_does_not_trigger_it(around: str) -> None:
    assert linked(around).events == ()


NAMED = 'resource "aws_lambda_function" "f" {\n  function_name = var.name\n}\nvariable "name" {}\n'
NAMED_RULE = RULE.replace("{}", "event_pattern = jsonencode({})")


def to(target: str) -> str:
    """A rule that hands its events to something."""
    body = f"rule = aws_cloudwatch_event_rule.rule.name\narn = {target}"
    return NAMED_RULE + resource("aws_cloudwatch_event_target", body)


@pytest.mark.parametrize(
    "around",
    [
        resource("aws_sqs_queue", "name = var.name") + to("aws_sqs_queue.x.arn"),
        resource("aws_sfn_state_machine", "name = var.name") + to("aws_sfn_state_machine.x.arn"),
        resource("aws_sns_topic", "name = var.name") + to("aws_sns_topic.x.arn"),
        resource("aws_cloudwatch_event_bus", "name = var.name") + to("aws_cloudwatch_event_bus.x.arn"),
    ],
)  # fmt: skip
def test_what_is_called_as_a_function_is_none(around: str) -> None:
    (only,) = declared(NAMED + around).functions
    assert only.events == ()


@pytest.mark.parametrize(
    "target",
    [
        "aws_lambda_function.f.arn",
        '"arn:aws:lambda:eu-west-1:123456789012:function:${var.name}"',
    ],
)
def test_a_function_is_known_beside_what_is_called_so(target: str) -> None:
    queue = resource("aws_sqs_queue", "name = var.name")
    (only,) = declared(NAMED + queue + to(target)).functions
    assert [event.kind for event in only.events] == [EventKind.EVENTBRIDGE]


def test_a_function_may_be_called_as_its_bucket() -> None:
    named = 'resource "aws_lambda_function" "f" {\n  function_name = aws_s3_bucket.x.id\n}\n'
    bucket = resource("aws_s3_bucket", 'bucket = "work"')
    (only,) = declared(named + bucket + to("aws_lambda_function.f.arn")).functions
    assert [event.kind for event in only.events] == [EventKind.EVENTBRIDGE]


def test_a_notification_of_a_bucket_says_of_what() -> None:
    function = linked(
        'resource "aws_s3_bucket" "b" {\n bucket = "photos"\n}\n'
        + resource(
            "aws_s3_bucket_notification",
            "bucket = aws_s3_bucket.b.id\nlambda_function {\n"
            ' lambda_function_arn = aws_lambda_function.f.arn\n events = ["s3:ObjectCreated:*"]\n'
            ' filter_prefix = "in/"\n}',
        )
    )
    (event,) = function.events
    assert event.source.targets == {"photos", ".#aws_s3_bucket.b"}
    assert [action.only for action in event.actions] == ["s3:ObjectCreated:*"]
    assert [(one.kind, one.value.only) for one in event.filters] == [("prefix", "in/")]


def test_what_is_said_of_a_function_elsewhere() -> None:
    function = linked(
        resource("aws_lambda_permission", 'function_name = aws_lambda_function.f.arn\nprincipal = "s3.amazonaws.com"')
        + resource("aws_lambda_function_url", 'function_name = "work"\nauthorization_type = "NONE"\ncors {\n allow_origins = ["*"]\n}')
        + resource("aws_lambda_function_event_invoke_config", "function_name = aws_lambda_function.f.function_name\nmaximum_retry_attempts = 1")
        + resource("aws_lambda_function_recursion_config", 'function_name = aws_lambda_function.f.id\nrecursive_loop = "Allow"')
        + resource("aws_lambda_alias", 'function_name = aws_lambda_function.f.arn\nname = "live"\nfunction_version = "3"\nrouting_config {\n additional_version_weights = { "2" = 0.5 }\n}')
        + resource("aws_cloudwatch_log_group", 'name = "/aws/lambda/${aws_lambda_function.f.function_name}"\nretention_in_days = 7')
    )  # fmt: skip
    assert [one.principal.only for one in function.invoke_permissions] == ["s3.amazonaws.com"]
    (url,) = function.urls
    assert url.cors is not None
    assert (url.auth.only, [one.only for one in url.cors.origins]) == ("NONE", ["*"])
    assert [one.retries.only for one in function.asynchronous] == [1]
    assert function.recursive_loop.only == "Allow"
    (alias,) = function.aliases
    assert (alias.name.only, alias.version.only, alias.weights["2"].only) == ("live", "3", 0.5)
    assert function.log_retention.only == 7


@pytest.mark.parametrize(
    ("around", "actions", "complete"),
    [
        ("", [], True),
        (resource("aws_iam_role_policy", 'role = aws_iam_role.r.id\npolicy = jsonencode({ Statement = [{ Effect = "Allow", Action = "s3:GetObject", Resource = "*" }] })'), ["s3:GetObject"], True),
        (resource("aws_iam_role_policy", 'role = aws_iam_role.r.name\npolicy = <<EOF\n{"Statement": {"Effect": "Allow", "Action": ["s3:PutObject"], "Resource": "${aws_s3_bucket.b.arn}/*"}}\nEOF'), ["s3:PutObject"], True),
        ('data "aws_iam_policy_document" "d" {\n statement {\n actions = ["sqs:SendMessage"]\n resources = ["*"]\n }\n}\n' + resource("aws_iam_policy", "policy = data.aws_iam_policy_document.d.json", "p") + resource("aws_iam_role_policy_attachment", "role = aws_iam_role.r.name\npolicy_arn = aws_iam_policy.p.arn"), ["sqs:SendMessage"], True),
        (resource("aws_iam_role_policy", "role = aws_iam_role.r.id\npolicy = var.policy"), [], False),
        (resource("aws_iam_role_policy_attachment", "role = aws_iam_role.r.name\npolicy_arn = var.arn"), [], False),
        (resource("aws_iam_role_policy", 'role = aws_iam_role.r.id\npolicy = jsonencode({ Statement = [{ Effect = "Allow", Action = var.a, Resource = "*" }] })'), ["${var.a}"], False),
    ],
)  # fmt: skip
def test_what_a_role_allows(around: str, actions: list[str], complete: bool) -> None:
    trust = 'assume_role_policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "lambda.amazonaws.com" } }] })'
    role = linked(resource("aws_iam_role", trust, "r") + around).role
    assert role is not None
    assert [one for statement in role.statements for one in statement.actions] == actions
    assert (role.complete, role.trusted) == (complete, ("lambda.amazonaws.com",))


def test_a_policy_that_aws_manages_is_known_by_its_name() -> None:
    arn = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"
    attachment = f'role = aws_iam_role.r.name\npolicy_arn = "{arn}"'
    role = linked(
        resource("aws_iam_role", "", "r") + resource("aws_iam_role_policy_attachment", attachment)
    ).role
    assert role is not None
    assert "logs:PutLogEvents" in role.statements[0].actions


def test_the_module_of_the_registry_says_it_all_at_once() -> None:
    (only,) = declared(
        'module "f" {\n source = "terraform-aws-modules/lambda/aws"\n function_name = "f"\n'
        ' event_source_mapping = {\n  q = { event_source_arn = aws_sqs_queue.q.arn }\n }\n'
        ' allowed_triggers = {\n  s3 = { service = "s3" }\n }\n'
        " create_lambda_function_url = true\n create_async_event_config = true\n"
        " maximum_retry_attempts = 0\n attach_policy_statements = true\n"
        ' policy_statements = {\n  q = { effect = "Allow", actions = ["sqs:*"], resources = ["*"] }\n }\n'
        "}\n"
        + resource("aws_sns_topic_subscription", 'topic_arn = "t"\nprotocol = "lambda"\nendpoint = module.f.lambda_function_arn')
    ).functions  # fmt: skip
    assert {event.kind for event in only.events} == {EventKind.SQS, EventKind.SNS}
    assert [one.principal.only for one in only.invoke_permissions] == ["s3.amazonaws.com"]
    assert [one.auth.only for one in only.urls] == ["NONE"]
    assert [one.retries.only for one in only.asynchronous] == [0]
    assert only.role is not None
    assert [one for statement in only.role.statements for one in statement.actions] == ["sqs:*"]


IMAGE = """\
module "f" {
  source        = "terraform-aws-modules/lambda/aws"
  function_name = "work"
  handler       = "app.handler"
  runtime       = "python3.9"
  package_type  = "Image"
  image_uri     = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/work:1"
}
"""


def test_the_module_leaves_out_of_an_image_what_is_for_archives() -> None:
    (image,) = declared(IMAGE).functions
    (archive,) = declared(IMAGE.replace('"Image"', '"Zip"')).functions
    assert (image.handler.reason, image.runtime.reason) == (NOT_SET, NOT_SET)
    assert (archive.handler.only, archive.runtime.only) == ("app.handler", "python3.9")


def test_a_function_of_cloudfront_runs_at_the_edge() -> None:
    behaviour = "default_cache_behavior {\n lambda_function_association {\n lambda_arn = aws_lambda_function.f.qualified_arn\n }\n}"
    assert linked(resource("aws_cloudfront_distribution", behaviour)).edge.is_in([True])
    assert linked("").edge.is_in([False])


SOCKET = (
    resource("aws_apigatewayv2_api", 'name = "a"\nprotocol_type = "WEBSOCKET"', "a")
    + resource("aws_apigatewayv2_integration", "api_id = aws_apigatewayv2_api.a.id\nintegration_uri = aws_lambda_function.f.invoke_arn", "i")
)  # fmt: skip


def way(key: str, to: str = "i", name: str = "r") -> str:
    """A route of an API that leads to an integration."""
    target = f"integrations/${{aws_apigatewayv2_integration.{to}.id}}"
    return resource("aws_apigatewayv2_route", f'route_key = "{key}"\ntarget = "{target}"', name)


@pytest.mark.parametrize(
    ("routes", "expected"),
    [
        (way("$disconnect"), ["$disconnect"]),
        (way("$disconnect") + way("$connect", "other", "o"), ["$disconnect"]),
        (way("$disconnect") + way("$connect", name="o"), None),
        (way("$disconnect", "other"), None),
        ("", None),
    ],
)
def test_which_route_of_a_websocket_leads_to_it(routes: str, expected: list[str] | None) -> None:
    (event,) = linked(SOCKET + routes).events
    found = None if event.route is None else [one.value for one in event.route.choices]
    assert found == expected


MAPPED = {
    "main.tf": """
module "made" {
  source = "./made"
  names  = { a = "x", b = "y" }
}
module "tables" {
  source = "./tables"
}
resource "aws_lambda_event_source_mapping" "m" {
  event_source_arn = module.tables.STREAM
  function_name    = module.made.NAMED
}
""",
    "made/main.tf": """
variable "names" {}
resource "aws_lambda_function" "f" {
  for_each      = var.names
  function_name = "${each.value}-x"
}
output "arns" {
  value = { for key, one in aws_lambda_function.f : key => one.arn }
}
output "listed" {
  value = [for one in aws_lambda_function.f : one.function_name]
}
output "all" {
  value = aws_lambda_function.f
}
output "own" {
  value = values(aws_lambda_function.f)[*].arn
}
output "renamed" {
  value = { for key, one in aws_lambda_function.f : upper(key) => one.arn }
}
""",
    "tables/main.tf": """
resource "aws_dynamodb_table" "t" {
  for_each = toset(["one", "two"])
  name     = each.key
}
output "stream" {
  value = aws_dynamodb_table.t["one"].stream_arn
}
output "streams" {
  value = { for key, one in aws_dynamodb_table.t : key => one.stream_arn }
}
output "elsewhere" {
  value = var.other
}
""",
}


def polled(named: str, stream: str = "stream", names: str = "") -> dict[str, list[EventKind]]:
    main = MAPPED["main.tf"].replace("NAMED", named).replace("STREAM", stream)
    if names:
        main = main.replace('{ a = "x", b = "y" }', names)
    found = declared({**MAPPED, "main.tf": main}).functions
    return {one.name: [event.kind for event in one.events] for one in found if one.events}


@pytest.mark.parametrize(
    ("named", "key"),
    [
        ('arns["a"]', "a"),
        ("arns.b", "b"),
        ("listed[1]", "b"),
        ('all["b"].arn', "b"),
        ("own[0]", "a"),
        ('renamed["A"]', "a"),
    ],
)
@pytest.mark.parametrize("stream", ["stream", 'streams["two"]'])
def test_a_loop_goes_through_the_instances_of_a_resource(named: str, key: str, stream: str) -> None:
    assert polled(named, stream) == {f'made.f["{key}"]': [EventKind.DYNAMODB]}


@pytest.mark.parametrize("named", ['arns["c"]', "listed[7]", 'other["a"]'])
def test_a_key_that_no_instance_has_is_of_none(named: str) -> None:
    assert polled(named) == {}


def test_what_keys_are_not_known_are_those_of_no_instance() -> None:
    assert polled('arns["a"]', names="var.unknown") == {}


def test_what_is_not_known_to_be_a_stream_is_none() -> None:
    assert polled('arns["a"]', "elsewhere") == {'made.f["a"]': [EventKind.OTHER]}
