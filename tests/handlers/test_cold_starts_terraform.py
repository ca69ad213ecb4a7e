"""How bad a connection in a handler is where Terraform says what triggers it."""

from __future__ import annotations

from datetime import date

import pytest

from lamlint import project
from lamlint.catalog import Catalog
from lamlint.engine import check
from lamlint.rule import INFORMATION, WARNING
from lamlint.text import Finding
from tests.checking import rules
from tests.memory import MemoryTree

CODE = """\
import boto3


def handler(event, context):
    return boto3.client("s3").list_buckets()
"""
TRUST = (
    'data "archive_file" "z" {\n  type = "zip"\n  source_dir = "src"\n  output_path = "z.zip"\n}\n'
)


def block(kind: str, name: str, *lines: str, of: str = "resource") -> str:
    body = "".join(f"  {line}\n" for line in lines)
    return f'{of} "{kind}" "{name}" {{\n{body}}}\n'


HEAD = TRUST + block(
    "aws_lambda_function", "f", 'function_name = "work"', 'runtime = "python3.13"',
    'handler = "app.handler"', "filename = data.archive_file.z.output_path",
)  # fmt: skip


def found(more: str, code: str = CODE) -> list[Finding]:
    tree = MemoryTree({"main.tf": HEAD + more, "src/app.py": code})
    built = project.build(tree, (), Catalog(), date(2026, 11, 24))
    return list(check.check(built, [rules()["connection-in-handler"]]))


FUNCTION = "aws_lambda_function.f.arn"
ALARMS = block("aws_sns_topic", "alarms", 'name = "high-load"')
TOPIC = "aws_sns_topic.alarms.arn"
SUBSCRIBED = block(
    "aws_sns_topic_subscription", "s", f"topic_arn = {TOPIC}", 'protocol = "lambda"',
    f"endpoint = {FUNCTION}",
)  # fmt: skip
ALLOWED = block(
    "aws_lambda_permission", "p", f"function_name = {FUNCTION}", 'action = "lambda:InvokeFunction"',
    'principal = "sns.amazonaws.com"', f"source_arn = {TOPIC}",
)  # fmt: skip


def alarm(key: str, target: str, kind: str = "metric") -> str:
    return block(f"aws_cloudwatch_{kind}_alarm", "high", f"{key} = [{target}]")


TOLD = ALARMS + SUBSCRIBED + alarm("alarm_actions", TOPIC)


def policy(principal: str) -> str:
    document = block(
        "aws_iam_policy_document", "d",
        f"statement {{\n actions = [\"sns:Publish\"]\n resources = [{TOPIC}]\n{principal}}}",
        of="data",
    )  # fmt: skip
    given = "policy = data.aws_iam_policy_document.d.json"
    return document + block("aws_sns_topic_policy", "t", f"arn = {TOPIC}", given)


def principal(kind: str, name: str) -> str:
    return f' principals {{\n  type = "{kind}"\n  identifiers = ["{name}"]\n }}\n'


def from_queue(name: str) -> str:
    return block(
        "aws_lambda_event_source_mapping", f"m_{name}", f"function_name = {FUNCTION}",
        f"event_source_arn = aws_sqs_queue.{name}.arn",
    )  # fmt: skip


DEAD = block("aws_sqs_queue", "dead")
POLICY = "redrive_policy = jsonencode({ deadLetterTargetArn = aws_sqs_queue.dead.arn, maxReceiveCount = 3 })"
LEAVING = DEAD + block("aws_sqs_queue", "work", POLICY)


def scheduled(expression: str, state: str = "ENABLED") -> str:
    given = f'schedule_expression = "{expression}"', f'state = "{state}"'
    rule = block("aws_cloudwatch_event_rule", "r", *given)
    target = block(
        "aws_cloudwatch_event_target", "t", f"arn = {FUNCTION}",
        "rule = aws_cloudwatch_event_rule.r.name",
    )  # fmt: skip
    return f'variable "it" {{}}\n{rule}{target}'


COLD = {
    "a schedule of some hours": scheduled("rate(${var.it} hours)"),
    "a schedule at some hour": scheduled("cron(15 ${var.it} * * ? *)"),
    "a schedule that may be switched off": scheduled("rate(1 day)", "${var.it}"),
    "the topic of alarms": TOLD,
    "the topic of alarms, with the permission": TOLD + ALLOWED,
    "the topic of an alarm of alarms": ALARMS
    + SUBSCRIBED
    + alarm("ok_actions", TOPIC, "composite"),
    "a topic that tells a mailbox, too": TOLD
    + block("aws_sns_topic_subscription", "m", f"topic_arn = {TOPIC}", 'protocol = "email"'),
    "a topic in the older words": TOLD.replace(TOPIC, f'"${{{TOPIC}}}"'),
    "a topic to which CloudWatch may publish": TOLD
    + policy(principal("Service", "cloudwatch.amazonaws.com")),
    "a topic with the policy that all have": TOLD + policy(principal("AWS", "*")),
    "one of several topics": TOLD + block("aws_sns_topic", "alarms-of-others"),
    "a dead-letter queue": LEAVING + from_queue("dead"),
    "a dead-letter queue by a policy of its own": DEAD
    + block("aws_sqs_queue_redrive_policy", "r", "queue_url = aws_sqs_queue.work.id", POLICY)
    + from_queue("dead"),
    "what is left of a function": DEAD
    + block(
        "aws_lambda_function",
        "g",
        'function_name = "g"',
        "dead_letter_config {\n target_arn = aws_sqs_queue.dead.arn\n}",
    )
    + from_queue("dead"),
}
WARM = {
    "a topic that no alarm tells": ALARMS + SUBSCRIBED,
    "a topic that a function may publish to": TOLD
    + block(
        "aws_lambda_function",
        "g",
        'function_name = "g"',
        f"environment {{\n variables = {{ TOPIC = {TOPIC} }}\n}}",
    ),
    "a topic that a role may publish to": TOLD + policy(""),
    "a topic to which a rule may publish": TOLD
    + policy(principal("Service", "events.amazonaws.com")),
    "a topic that a bucket tells, too": TOLD
    + block("aws_s3_bucket_notification", "n", f"topic {{\n topic_arn = {TOPIC}\n}}"),
    "a topic that is handed out": TOLD + f'output "topic" {{\n  value = {TOPIC}\n}}\n',
    "a topic that is handed on": TOLD + f"locals {{\n  topic = {TOPIC}\n}}\n",
    "a topic that is known by its name, too": TOLD
    + 'locals {\n  topic = "arn:aws:sns:eu-west-1:1:high-load"\n}\n',
    "the queue that has a dead-letter queue": LEAVING + from_queue("work"),
    "a dead-letter queue and its own": LEAVING + from_queue("dead") + from_queue("work"),
    "a queue that is only called so": DEAD + from_queue("dead"),
}


@pytest.mark.parametrize("more", COLD.values(), ids=COLD)
def test_a_function_that_nearly_always_starts_cold(more: str) -> None:
    (one,) = found(more)
    assert one.severity is INFORMATION
    assert any("nearly always starts cold" in note.message for note in one.related)


@pytest.mark.parametrize("more", WARM.values(), ids=WARM)
def test_a_function_that_may_be_kept_warm(more: str) -> None:
    (one,) = found(more)
    assert one.severity is WARNING


@pytest.mark.parametrize(
    "more",
    [
        scheduled("rate(${var.it} minutes)"),
        scheduled("rate(${var.it})"),
        scheduled("cron(${var.it} 5 * * ? *)"),
        scheduled("rate(5 minutes)", "${var.it}"),
    ],
)
def test_a_function_of_which_nothing_tells_how_often_it_runs(more: str) -> None:
    (one,) = found(more)
    assert one.severity is INFORMATION
    assert "; how often the function runs is not known here: " in one.message
