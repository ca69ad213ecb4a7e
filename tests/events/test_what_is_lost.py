"""What is lost with an event that fails: what a handler catches by objects, and what it reads."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest

from lamlint import project
from lamlint.catalog import Catalog
from lamlint.engine import check
from lamlint.rule import INFORMATION, WARNING
from lamlint.text import Finding
from tests.events.uploads import LOGGED, RULES, TRY, told_of_uploads
from tests.memory import MemoryTree

CAUGHT = f"{TRY}    except Exception as error:\n        return "
MODEL = (
    "from pydantic import BaseModel\nclass Answer(BaseModel):\n    status: int\n    body: str\n\n"
)
DATA = "import dataclasses\n@dataclasses.dataclass(frozen=True)\nclass Answer:\n    status: int\n\n"
PLAIN = (
    "class Answer:\n    def __init__(self, status):\n        self.status = status\n"
    "    def to_dict(self):\n        return {'status': self.status}\n"
    "    @classmethod\n    def failed(cls, error):\n        return {'error': str(error)}\n\n"
)
TUPLE = "from typing import NamedTuple\nclass Answer(NamedTuple):\n    status: int\n\n"


@pytest.mark.parametrize(
    ("answer", "above"),
    [
        ("Answer(status=500, body=str(error)).model_dump()", MODEL),
        ("Answer(status=500, body=json.dumps({})).model_dump_json()", MODEL),
        (
            "Failed(status=500, body='').model_dump()",
            MODEL + "class Failed(Answer):\n    why: str\n",
        ),
        ("Answer(500)", DATA),
        ("dataclasses.asdict(Answer(500))", DATA),
        ("Answer(500)._asdict()", TUPLE),
        ("Answer(500).to_dict()", PLAIN),
        ("Answer.failed(error)", PLAIN),
        ("answers.Answer(500).to_dict()", "import answers\n"),
        ("Answer(500).to_dict()", "from answers import Answer\n"),
    ],
)
def test_an_object_of_the_project_is_an_answer(answer: str, above: str) -> None:
    assert not told_of_uploads(f"{CAUGHT}{answer}\n", above, answers=PLAIN)


def test_so_it_is_under_a_name() -> None:
    named = "    except Exception:\n        answer = Answer(500)\n    return answer.to_dict()\n"
    assert not told_of_uploads(f"    answer = Answer(200)\n{TRY}{named}", PLAIN)


@pytest.mark.parametrize(
    ("answer", "above"),
    [
        (
            "Answer(500).to_dict()",
            PLAIN.replace("return {'status': self.status}", "raise self.why"),
        ),
        ("Answer(500)", PLAIN.replace("self.status = status", "raise ValueError(status)")),
        ("Answer(500).raise_it()", PLAIN),
        ("Answer(500).shown()", PLAIN),
        ("Answer(500)", DATA + "    def __post_init__(self):\n        assert self.status < 500\n"),
        (
            "Answer(status=500, body='')",
            MODEL + "    @field_validator('status')\n    def known(cls, value):\n        raise E\n",
        ),
        ("Answer(500).to_dict()", "from elsewhere import Answer\n"),
        ("Answer(500)", "from elsewhere import Base\nclass Answer(Base):\n    a: int\n"),
        ("Answer(500)", "class Answer(metaclass=Meta):\n    a: int\n"),
        ("Answer(500)", "@registered\nclass Answer:\n    a: int\n"),
    ],
)
def test_one_that_may_raise_lets_the_error_out(answer: str, above: str) -> None:
    (finding,) = told_of_uploads(f"{CAUGHT}{answer}\n", above)
    assert finding.severity is WARNING


@pytest.mark.parametrize(
    "ahead", ["Sender(event).send()", "helping.send(event)", "Sender.now(event)"]
)
def test_what_works_ahead_lets_its_errors_out(ahead: str) -> None:
    sending = (
        "class Sender:\n    def __init__(self, event):\n        self.event = event\n"
        "    def send(self):\n        requests.post('https://example.com')\n"
        "    @staticmethod\n    def now(event):\n        requests.post('https://example.com')\n\n"
    )
    helping = "import requests\ndef send(event):\n    requests.post('https://example.com')\n"
    body = f"    {ahead}\n{TRY}{LOGGED}"
    (finding,) = told_of_uploads(body, "import helping\n" + sending, helping=helping)
    assert finding.severity is WARNING
    quiet = {"helping": "def send(event):\n    print(event)\n"}
    calm = sending.replace("requests.post('https://example.com')", "return str(self)")
    assert not told_of_uploads(body, "import helping\n" + calm, **quiet)


@pytest.mark.parametrize(
    "counted",
    [
        "metrics.put_metric('Errors', 1, 'Count')",
        "metrics.add_metric(name='Errors', unit='Count', value=1)",
        "boto3.client('cloudwatch').put_metric_data(Namespace='x', MetricData=[])",
    ],
)
def test_what_is_counted_and_raised_again_leaves_a_trace(counted: str) -> None:
    body = f"{TRY}    except Exception as error:\n        {counted}\n        raise\n"
    (finding,) = told_of_uploads(body, "@metric_scope\n")
    assert "is dropped:" in finding.message
    assert finding.related[-1].message.startswith("what fails here is told, and raised again")


@pytest.mark.parametrize(
    ("body", "above"),
    [
        ("    work()\n", ""),
        ("    logger.info('called: %s', json.dumps(event))\n    work()\n", ""),
        ("    print(event)\n    boto3.client('ec2').start_instances(InstanceIds=['i'])\n", ""),
        ("    work()\n", "@tracer.capture_lambda_handler\n"),
    ],
)
def test_nothing_is_to_be_kept_of_what_is_not_read(body: str, above: str) -> None:
    (finding,) = told_of_uploads(body, above)
    assert finding.severity is INFORMATION
    assert "the handler reads nothing of either" in finding.message


@pytest.mark.parametrize(
    ("body", "above"),
    [
        ("    work(event)\n", ""),
        ("    print(event['a'])\n    for one in event['Records']:\n        work(one)\n", ""),
        ("    answer = print(event)\n    work(answer)\n", ""),
        ("    work(locals())\n", ""),
        ("    work()\n", "@elsewhere.handing(1)\n"),
        ("    ...\n", ""),
    ],
)
def test_what_is_read_is_missed(body: str, above: str) -> None:
    (finding,) = told_of_uploads(body, above)
    assert finding.severity is WARNING


def told_of_instances(*types: str) -> Sequence[Finding]:
    template = f"""\
Transform: AWS::Serverless-2016-10-31
Resources:
  Drain:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.13
      Handler: app.handler
      CodeUri: src/
      Events:
        Warned:
          Type: EventBridgeRule
          Properties: {{Pattern: {{source: [aws.ec2], detail-type: [{", ".join(types)}]}}}}
"""
    code = "def handler(event, context):\n    work(event)\n"
    tree = MemoryTree({"template.yaml": template, "src/app.py": code})
    built = project.build(tree, (), Catalog(), date(2026, 11, 23))
    return check.check(built, [RULES["missing-failure-destination"]])


def test_a_warning_is_worth_nothing_once_it_came_true() -> None:
    spot, other = "EC2 Spot Instance Interruption Warning", "EC2 Instance State-change Notification"
    assert not told_of_instances(spot, "EC2 Instance Rebalance Recommendation")
    for types in ((other,), (spot, other)):
        (finding,) = told_of_instances(*types)
        assert finding.severity is WARNING


ALARM = """\
  Failing:
    Type: AWS::CloudWatch::Alarm
    Properties:
      Namespace: AWS/Lambda
      MetricName: METRIC
      Dimensions: [{Name: FunctionName, Value: WHOSE}]
"""
OF_TOPIC = """\
Transform: AWS::Serverless-2016-10-31
Resources:
  Orders:
    Type: AWS::Serverless::Function
    Properties:
      FunctionName: orders
      Runtime: python3.13
      Handler: app.handler
      CodeUri: src/
      Events: {It: {Type: SNS, Properties: {Topic: !Ref Told}}}
  Told: {Type: AWS::SNS::Topic}
"""
CODE = "def handler(event, context):\n    work(event)\n"
TRACE = " is dropped with no trace but in the log: "


def _found(files: dict[str, str]) -> Sequence[Finding]:
    built = project.build(MemoryTree(files), (), Catalog(), date(2026, 11, 23))
    return check.check(built, [RULES["missing-failure-destination"]])


def _of(files: dict[str, str]) -> Finding:
    (finding,) = _found(files)
    return finding


@pytest.mark.parametrize("whose", ["orders", "!Ref Orders"])
def test_an_alarm_on_errors_is_a_trace(whose: str) -> None:
    alarm = ALARM.replace("METRIC", "Errors").replace("WHOSE", whose)
    finding = _of({"template.yaml": OF_TOPIC + alarm, "src/app.py": CODE})
    assert " is dropped: " in finding.message
    assert [one.message for one in finding.related][-1].startswith("this alarm tells")


@pytest.mark.parametrize(("metric", "whose"), [("Errors", "others"), ("Duration", "orders")])
def test_an_alarm_on_something_else_is_none(metric: str, whose: str) -> None:
    alarm = ALARM.replace("METRIC", metric).replace("WHOSE", whose)
    finding = _of({"template.yaml": OF_TOPIC + alarm, "src/app.py": CODE})
    assert TRACE in finding.message


TERRAFORM = """\
module "work" {
  source = "./work"
  stage  = "live"
}
module "alarms" {
  source = "./alarms"
  whose  = GIVEN
}
"""
WORK = """\
variable "stage" {}
resource "aws_lambda_function" "orders" {
  function_name = "shop-${var.stage}-orders"
  filename      = "${path.module}/orders.zip"
  handler       = "app.handler"
  runtime       = "python3.13"
  role          = "arn:aws:iam::123456789012:role/f"
}
resource "aws_sns_topic_subscription" "orders" {
  topic_arn = "arn:aws:sns:eu-west-1:123456789012:told"
  protocol  = "lambda"
  endpoint  = aws_lambda_function.orders.arn
}
data "archive_file" "orders" {
  type        = "zip"
  source_file = "${path.module}/app.py"
  output_path = "${path.module}/orders.zip"
}
output "name" {
  value = aws_lambda_function.orders.function_name
}
"""
ALARMS = """\
variable "whose" {}
resource "aws_cloudwatch_metric_alarm" "failing" {
  namespace   = "AWS/Lambda"
  metric_name = "Errors"
  dimensions  = { FunctionName = var.whose }
}
"""


@pytest.mark.parametrize(
    ("given", "traced"),
    [
        ("module.work.name", True),
        ('"shop-live-orders"', True),
        ('"shop-test-orders"', False),
    ],
)
def test_an_alarm_of_another_module_is_one(given: str, traced: bool) -> None:
    finding = _of(
        {
            "main.tf": TERRAFORM.replace("GIVEN", given),
            "work/main.tf": WORK,
            "work/app.py": CODE,
            "alarms/main.tf": ALARMS,
        }
    )
    assert (TRACE not in finding.message) is traced


WEEKLY = """\
resource "aws_cloudwatch_event_rule" "weekly" {
  schedule_expression = "rate(7 days)"
}
resource "aws_cloudwatch_event_target" "orders" {
  rule = aws_cloudwatch_event_rule.weekly.name
  arn  = aws_lambda_function.orders.arn
}
resource "aws_cloudwatch_metric_alarm" "failing" {
  namespace     = "AWS/Lambda"
  metric_name   = "Errors"
  alarm_actions = ACTIONS
  dimensions    = { FunctionName = aws_lambda_function.orders.function_name }
}
"""


@pytest.mark.parametrize(
    ("actions", "tells"), [("[aws_sns_topic.told.arn]", True), ("[]", False), ("null", False)]
)
def test_an_alarm_without_an_action_tells_nobody(actions: str, tells: bool) -> None:
    of_topic = WORK[WORK.index('resource "aws_sns_topic_sub') : WORK.index('data "archive')]
    text = WORK.replace(of_topic, WEEKLY.replace("ACTIONS", actions))
    found = _found({"main.tf": text, "app.py": CODE})
    assert bool(found) is not tells
    assert all(TRACE.strip(": ") not in one.message for one in found)


DAILY = OF_TOPIC.replace(
    "Type: SNS, Properties: {Topic: !Ref Told}",
    "Type: Schedule, Properties: {Schedule: rate(7 days)}",
)
SENTRY = (
    "import sentry_sdk\nfrom sentry_sdk.integrations.aws_lambda import AwsLambdaIntegration\n"
    "sentry_sdk.init(dsn='', integrations=[AwsLambdaIntegration()])\n"
)
ROLLBAR = "import rollbar\n@rollbar.lambda_function\n"
DATADOG = "from datadog_lambda.wrapper import datadog_lambda_wrapper\n@datadog_lambda_wrapper\n"


@pytest.mark.parametrize("above", [SENTRY, ROLLBAR, DATADOG])
def test_what_tracks_errors_is_a_trace(above: str) -> None:
    finding = _of({"template.yaml": OF_TOPIC, "src/app.py": above + CODE})
    assert " is dropped: " in finding.message
    assert finding.severity is WARNING
    assert finding.related[-1].message.startswith("this tells of what failed")
    assert finding.related[-1].span.path == "src/app.py"
    assert not _found({"template.yaml": DAILY, "src/app.py": above + CODE})


@pytest.mark.parametrize("above", ["", SENTRY.partition("sentry_sdk.init")[0], "import rollbar\n"])
def test_what_is_only_imported_tracks_nothing(above: str) -> None:
    assert TRACE in _of({"template.yaml": OF_TOPIC, "src/app.py": above + CODE}).message
    (finding,) = _found({"template.yaml": DAILY, "src/app.py": above + CODE})
    assert " with no trace but in the log, and only the next run" in finding.message


LAYER = '      Layers: ["arn:aws:lambda:eu-west-1:123456789012:layer:{}:7"]\n'
WRAPPED = "      Environment: {{Variables: {{{}: app.handler}}}}\n"


@pytest.mark.parametrize(
    ("more", "tracks"),
    [
        (LAYER.format("SentryPythonServerlessSDK"), True),
        (LAYER.format("Datadog-Python313"), True),
        (LAYER.format("NewRelicPython313"), True),
        (LAYER.format("AWSSDKPandas-Python313"), False),
        (WRAPPED.format("SENTRY_INITIAL_HANDLER"), True),
        (WRAPPED.format("DD_LAMBDA_HANDLER"), True),
        (WRAPPED.format("ORIG_HANDLER"), False),
    ],
)
def test_so_does_what_the_template_puts_in_front(more: str, tracks: bool) -> None:
    put = "      CodeUri: src/\n"
    files = {"template.yaml": OF_TOPIC.replace(put, put + more), "src/app.py": CODE}
    assert (TRACE not in _of(files).message) is tracks
    files = {**files, "template.yaml": DAILY.replace(put, put + more)}
    assert bool(_found(files)) is not tracks


def test_a_run_that_an_alarm_tells_of_needs_no_place() -> None:
    told = "      AlarmActions: [!Ref Told]\n"
    alarm = ALARM.replace("METRIC", "Errors").replace("WHOSE", "!Ref Orders") + told
    assert not _found({"template.yaml": DAILY + alarm, "src/app.py": CODE})
    assert _found({"template.yaml": DAILY + alarm.removesuffix(told), "src/app.py": CODE})
    assert _found(
        {"template.yaml": DAILY + alarm.replace("Errors", "Duration"), "src/app.py": CODE}
    )


def test_log_events_stay_in_their_group() -> None:
    of_logs = OF_TOPIC.replace(
        "SNS, Properties: {Topic: !Ref Told}",
        "CloudWatchLogs, Properties: {LogGroupName: a, FilterPattern: b}",
    )
    assert of_logs != OF_TOPIC
    assert not _found({"template.yaml": of_logs, "src/app.py": CODE})
