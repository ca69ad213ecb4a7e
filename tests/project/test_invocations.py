"""Which function the code of another invokes, by a name that it puts together as it runs."""

from __future__ import annotations

from datetime import date

import pytest

from lamlint import project
from lamlint.catalog import shared_catalog
from lamlint.engine import check
from lamlint.project.spelled import may_be, surely_is, tells
from lamlint.rule import INFORMATION, WARNING
from lamlint.text import Finding
from tests.checking import rules
from tests.memory import MemoryTree

HAND_OVER = """\
import os
import boto3
client = boto3.client("lambda")
STAGE = os.environ["STAGE"]
def handler(event, context):
    print(event["a"])
    client.invoke(FunctionName={name}, InvocationType="Event", Payload=b"{{}}")
"""
WORK = "import boto3\ndef handler(event, context):\n    boto3.client('s3').list_buckets()\n"
SPELLED = 'f"app-{STAGE}-worker"'
SAM = """\
Transform: AWS::Serverless-2016-10-31
Parameters:
  Stage: {{Type: String{default}}}
Resources:
  Front:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.13
      Handler: front.handler
      CodeUri: src/
      Timeout: 20
      Events: {{Get: {{Type: {front}}}}}
  Worker:
    Type: AWS::Serverless::Function
    Properties:
      FunctionName: {name}
      Runtime: python3.13
      Handler: worker.handler
      CodeUri: src/
      Timeout: 300
      {worker}
"""
ASKED = "HttpApi, Properties: {Path: /, Method: get}"
NIGHTLY = "Schedule, Properties: {Schedule: rate(1 day)}"
POSTED = "Events: {Post: {Type: HttpApi, Properties: {Path: /work, Method: post}}}"
EACH_NIGHT = f"Events: {{Night: {{Type: {NIGHTLY}}}}}"
SERVERLESS = """\
service: app
provider: {{name: aws, runtime: python3.13, stage: "${{opt:stage, env:STAGE}}"}}
functions:
  front: {{handler: src/front.handler}}
  worker:
    handler: src/worker.handler
    timeout: 300
    {name}
    events: [{{httpApi: POST /work}}]
"""
TERRAFORM = """\
variable "env" {{}}
resource "aws_lambda_function" "front" {{
  function_name = "front"
  runtime = "python3.13"
  handler = "front.handler"
  filename = data.archive_file.code.output_path
  role = "r"
}}
resource "aws_lambda_function" "worker" {{
  function_name = {name}
  runtime = "python3.13"
  handler = "worker.handler"
  filename = data.archive_file.code.output_path
  role = "r"
  timeout = 300
}}
data "archive_file" "code" {{
  type = "zip"
  source_dir = "${{path.module}}/src"
  output_path = "code.zip"
}}
resource "aws_api_gateway_integration" "post" {{
  rest_api_id = "a"
  type = "AWS_PROXY"
  uri = aws_lambda_function.worker.invoke_arn
}}
"""
CDK = """\
import aws_cdk as cdk
from aws_cdk import aws_apigateway as api, aws_lambda as lambda_
class S(cdk.Stack):
    def __init__(self, scope, id, stage):
        super().__init__(scope, id)
        code = lambda_.Code.from_asset("src")
        python = lambda_.Runtime.PYTHON_3_13
        lambda_.Function(self, "Front", runtime=python, handler="front.handler", code=code)
        worker = lambda_.Function(
            self, "Worker", runtime=python, handler="worker.handler", code=code,
            timeout=cdk.Duration.seconds(300), function_name={name},
        )
        api.RestApi(self, "Api").root.add_method("POST", api.LambdaIntegration(worker))
app = cdk.App()
S(app, "S", app.node.try_get_context("stage"))
"""


def found(rule: str, path: str, text: str, name: str = SPELLED, work: str = WORK) -> list[Finding]:
    files = {
        path: text,
        "cdk.json": '{"app": "python app.py"}',
        "src/front.py": HAND_OVER.format(name=name),
        "src/worker.py": work,
    }
    built = project.build(MemoryTree(files), (), shared_catalog(), date(2026, 11, 29))
    every = check.check(built, [rules()[rule]])
    return [one for one in every if "worker" in "".join(one.subjects).lower()]


def sam(name: str, worker: str = POSTED, front: str = ASKED, default: str = "") -> str:
    return SAM.format(name=name, worker=worker, front=front, default=default)


DIALECTS = {
    "SAM": ("template.yaml", sam("!Sub app-${Stage}-worker"), sam("!Sub app-${Stage}-reports")),
    "SAM, by a default": (
        "template.yaml",
        sam("!Sub app-${Stage}-worker", default=", Default: dev"),
        sam("!Sub app-${Stage}-reports", default=", Default: dev"),
    ),
    "SAM, joined": (
        "template.yaml",
        sam("!Join ['-', [app, !Ref Stage, worker]]"),
        sam("!Join ['-', [app, !Ref Stage, workers]]"),
    ),
    "the name that the framework gives": (
        "serverless.yml",
        SERVERLESS.format(name=""),
        SERVERLESS.replace("service: app", "service: shop").format(name=""),
    ),
    "a name in serverless.yml": (
        "serverless.yml",
        SERVERLESS.format(name='name: "${self:service}-${sls:stage}-worker"'),
        SERVERLESS.format(name='name: "${self:service}-${sls:stage}-reports"'),
    ),
    "Terraform": (
        "main.tf",
        TERRAFORM.format(name='"app-${var.env}-worker"'),
        TERRAFORM.format(name='"app-${var.env}-reports"'),
    ),
    "the CDK": (
        "app.py",
        CDK.format(name='f"app-{stage}-worker"'),
        CDK.format(name='f"app-{stage}-reports"'),
    ),
}  # fmt: skip


@pytest.mark.parametrize(("path", "same", "other"), DIALECTS.values(), ids=DIALECTS)
def test_a_name_of_the_same_parts_is_that_of_the_function(path: str, same: str, other: str) -> None:
    assert found("api-timeout-exceeded", path, same) == []
    assert len(found("api-timeout-exceeded", path, other)) == 1


NAMES = {
    "an f-string": (SPELLED, False),
    "joined": ('"-".join(["app", STAGE, "worker"])', False),
    "formatted": ('"app-{}-worker".format(STAGE)', False),
    "added": ('"app-" + STAGE + "-worker"', False),
    "by percent": ('"app-%s-worker" % STAGE', False),
    "a setting that nothing declares": ('f"app-{settings.STAGE}-worker"', False),
    "a part of the event": ("f\"app-{event['stage']}-worker\"", False),
    "an ARN": ('f"arn:aws:lambda:{event}:{context}:function:app-{STAGE}-worker"', False),
    "an alias": ('f"app-{STAGE}-worker:live"', False),
    "its beginning is not known": ('f"{STAGE}-worker"', False),
    "one of several": ('f"app-{STAGE}-worker" if event else "other"', False),
    "another end": ('f"app-{STAGE}-reports"', True),
    "another beginning": ('f"shop-{STAGE}-worker"', True),
    "nothing that tells": ('f"{STAGE}-{event}"', True),
    "all of it": ("STAGE", True),
    "an ARN of something else": ('f"arn:aws:lambda:{STAGE}"', True),
}


@pytest.mark.parametrize(("name", "is_told"), NAMES.values(), ids=NAMES)
def test_a_name_that_code_puts_together_is_compared_by_its_parts(name: str, is_told: bool) -> None:
    told = found("api-timeout-exceeded", "template.yaml", sam("!Sub app-${Stage}-worker"), name)
    assert bool(told) is is_told


BY_OPTIONS = {
    "written": """
    client.invoke(**{"FunctionName": f"app-{STAGE}-worker", "InvocationType": "Event"})
""",
    "kept under a name": """
    options = {"FunctionName": f"app-{STAGE}-worker", "InvocationType": "Event"}
    client.invoke(**options)
""",
    "made by dict": """
    options = dict(FunctionName=f"app-{STAGE}-worker", InvocationType="Event")
    client.invoke(**options)
""",
    "filled later": """
    options = {"FunctionName": f"app-{STAGE}-worker", "InvocationType": "Event"}
    options["Payload"] = b"{}"
    if event:
        options.update(Qualifier="live")
    client.invoke(**options)
""",
    "filled later with it": """
    options = {}
    options["FunctionName"] = f"app-{STAGE}-worker"
    options["InvocationType"] = "Event"
    client.invoke(**options)
""",
    "put into others": """
    base = {"FunctionName": f"app-{STAGE}-worker", "InvocationType": "RequestResponse"}
    client.invoke(**{**base, "InvocationType": "Event"})
""",
    "handed on": """
    send(FunctionName=f"app-{STAGE}-worker", Payload=event)
def send(**options):
    client.invoke(InvocationType="Event", **options)
""",
    "at a place of a helper": """
    send(f"app-{STAGE}-worker", "Event")
def send(name, kind):
    client.invoke(FunctionName=name, InvocationType=kind)
""",
}
NOT_BY_OPTIONS = {
    "put in by another function": """
    options = {"FunctionName": f"app-{STAGE}-worker"}
    fill(options)
    client.invoke(**options)
def fill(options):
    options["InvocationType"] = "Event"
""",
    "only sometimes": """
    options = {"FunctionName": f"app-{STAGE}-worker"}
    if event:
        options["InvocationType"] = "Event"
    client.invoke(**options)
""",
    "another one put in": """
    options = {"FunctionName": f"app-{STAGE}-worker", "InvocationType": "Event"}
    client.invoke(**{**options, "InvocationType": "RequestResponse"})
""",
    "taken in from itself": """
    options = {"InvocationType": "Event"}
    options = {**options}
    client.invoke(**options, FunctionName="other")
""",
}


def handed_over(body: str) -> bool:
    """Whether the worker is handed work by the body of another handler."""
    head = HAND_OVER.partition("    print")[0].format()
    files = {
        "template.yaml": sam("!Sub app-${Stage}-worker"),
        "src/front.py": head.rstrip("\n") + body,
        "src/worker.py": WORK,
    }
    built = project.build(MemoryTree(files), (), shared_catalog(), date(2026, 11, 29))
    return not check.check(built, [rules()["api-timeout-exceeded"]])


@pytest.mark.parametrize("body", BY_OPTIONS.values(), ids=BY_OPTIONS)
def test_a_name_in_a_dictionary_of_options_is_read(body: str) -> None:
    assert handed_over(body)


@pytest.mark.parametrize("body", NOT_BY_OPTIONS.values(), ids=NOT_BY_OPTIONS)
def test_options_that_are_not_all_written_down_are_not_known(body: str) -> None:
    assert not handed_over(body)


def test_who_waits_for_the_answer_hands_nothing_on() -> None:
    text = sam("!Sub app-${Stage}-worker")
    files = {
        "template.yaml": text,
        "src/front.py": HAND_OVER.format(name=SPELLED).replace("Event", "RequestResponse"),
        "src/worker.py": WORK,
    }
    built = project.build(MemoryTree(files), (), shared_catalog(), date(2026, 11, 29))
    assert len(check.check(built, [rules()["api-timeout-exceeded"]])) == 1


SECOND = """\
  Second:
    Type: AWS::Serverless::Function
    Properties:
      FunctionName: !Sub "app-${Stage}-night-worker"
      Runtime: python3.13
      Handler: second.handler
      CodeUri: other/
"""


@pytest.mark.parametrize(
    ("text", "severity", "said"),
    [
        # One that is asked often invokes it, and that can be no other.
        (sam("!Sub app-${Stage}-worker", EACH_NIGHT), INFORMATION, "runs is not known here"),
        (sam("!Sub app-${Stage}-worker", ""), WARNING, "keep it"),
        # It may be another one.
        (sam("!Sub app-${Stage}-worker", EACH_NIGHT) + SECOND, INFORMATION, "is not known here"),
        (sam("!Sub app-${Stage}-worker", "") + SECOND, INFORMATION, "runs is not known here"),
        # Nothing invokes it by such a name, or what does so is as rare.
        (sam("!Sub app-${Stage}-reports", EACH_NIGHT), INFORMATION, "nearly always starts cold"),
        (sam("!Sub app-${Stage}-reports", ""), INFORMATION, "runs is not known here"),
        (sam("!Sub app-${Stage}-worker", EACH_NIGHT, NIGHTLY), INFORMATION, "always starts cold"),
        (sam("!Sub app-${Stage}-worker", "", NIGHTLY), INFORMATION, "runs is not known here"),
    ],
)  # fmt: skip
def test_what_others_invoke_runs_as_often_as_they_do(text: str, severity: int, said: str) -> None:
    (one,) = found("connection-in-handler", "template.yaml", text)
    assert said in one.message
    assert one.severity is severity


FAILING = "DeadLetterQueue: {Type: SQS, TargetArn: !GetAtt Failed.Arn}"
FAILED = "  Failed: {Type: AWS::SQS::Queue}\n"


def test_a_place_for_failures_is_of_use_where_another_one_may_hand_on_work() -> None:
    for name, count in (("worker", 0), ("reports", 1)):
        text = sam(f"!Sub app-${{Stage}}-{name}", f"{FAILING}\n      {POSTED}") + FAILED
        assert len(found("useless-failure-destination", "template.yaml", text)) == count


@pytest.mark.parametrize(
    ("one", "other", "alike", "surely"),
    [
        ("app-${?}-worker", "app-${?}-worker", True, True),
        ("app-${?}${?}-worker", "app-${?}-worker", True, True),
        ("app-${?}-worker", "app-dev-worker", True, True),
        ("app-dev-worker", "${?}-worker", True, True),
        ("app-${?}", "app-${?}-worker", True, False),
        ("app-${?}-worker", "${?}-worker", True, False),
        ("a-${?}-b-${?}-c", "a-1-b-2-c", True, True),
        ("a-${?}-b-${?}-c", "a-1-b-c", False, False),
        ("app-${?}-worker", "app-worker", False, False),
        ("app-${?}-worker", "app-${?}-reports", False, False),
        ("app-dev-worker", "app-dev-workers", False, False),
    ],
)
def test_names_may_be_the_same(one: str, other: str, alike: bool, surely: bool) -> None:
    assert may_be(one, other) is may_be(other, one) is alike
    assert (alike and surely_is(one, other)) is surely


def test_what_is_known_of_a_name_has_to_tell_something() -> None:
    assert tells("app-${?}")
    assert not tells("${?}-${?}")
