"""How long an API waits, where it says so itself, or streams its answer."""

from __future__ import annotations

from datetime import date

import pytest

from lamlint import project, registry
from lamlint.catalog import shared_catalog
from lamlint.engine import check
from lamlint.text import Finding
from tests.memory import MemoryTree

RULES = registry.load(plugins=False)
SAM = """\
Transform: AWS::Serverless-2016-10-31
Resources:
  Orders:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.13
      Handler: app.handler
      InlineCode: "def handler(event, context): ..."
      Timeout: 300
      Events: {Get: {Type: Api, Properties: {RestApiId: !Ref Api, Path: /, Method: get%s}}}
  Api:
    Type: AWS::Serverless::Api
    Properties:
      StageName: dev
      %s
"""
BODY = """\
DefinitionBody:
        openapi: 3.0.1
        paths:
          /:
            get:
              x-amazon-apigateway-integration:
                type: aws_proxy
                uri: !Sub arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/${Orders.Arn}/invocations
                %s
"""
TERRAFORM = """\
resource "aws_lambda_function" "f" {
  function_name = "f"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "x.zip"
  role          = "r"
  timeout       = 300
}
resource "aws_api_gateway_integration" "get" {
  rest_api_id = "a"
  type        = "AWS_PROXY"
  uri         = aws_lambda_function.f.invoke_arn
  %s
}
"""
CLOUDFORMATION = """\
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: python3.13
      Handler: index.handler
      Code: {ZipFile: "def handler(event, context): ..."}
      Timeout: 300
  Get:
    Type: AWS::ApiGateway::Method
    Properties:
      RestApiId: a
      Integration:
        Type: AWS_PROXY
        Uri: !Sub arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/${Orders.Arn}/invocations
        %s
"""
CDK = """\
import aws_cdk as cdk
from aws_cdk import aws_apigateway as api, aws_lambda as lambda_
class S(cdk.Stack):
    def __init__(self, scope, id):
        super().__init__(scope, id)
        orders = lambda_.Function(
            self, "Orders", runtime=lambda_.Runtime.PYTHON_3_13, handler="index.handler",
            code=lambda_.Code.from_inline("def handler(event, context): ..."),
            timeout=cdk.Duration.seconds(300),
        )
        rest = api.RestApi(self, "Api")
        rest.root.add_method("GET", api.LambdaIntegration(orders%s))
app = cdk.App()
S(app, "S")
"""


def told(text: str, path: str = "template.yaml") -> list[Finding]:
    files = {path: text, "cdk.json": '{"app": "python app.py"}'}
    built = project.build(MemoryTree(files), (), shared_catalog(), date(2026, 11, 29))
    return list(check.check(built, [RULES["api-timeout-exceeded"]]))


@pytest.mark.parametrize("body", ["", BODY % ""], ids=["of SAM's own", "in words of its own"])
def test_an_api_that_says_no_time_waits_for_as_long_as_all(body: str) -> None:
    (one,) = told(SAM % ("", body))
    assert "waits for 29" in one.message
    assert one.fix is not None


@pytest.mark.parametrize(
    "body",
    [
        BODY % "timeoutInMillis: 300000",
        BODY % "responseTransferMode: STREAM",
        BODY % "'Fn::Transform': {Name: AWS::Include, Parameters: {Location: s3://b/api.yaml}}",
        "DefinitionBody: {'Fn::Transform': {Name: AWS::Include, Parameters: {Location: a.yaml}}}",
        "DefinitionBody: !Ref Body",
        "DefinitionUri: api.yaml",
    ],
)
def test_what_an_api_may_say_elsewhere_is_not_known(body: str) -> None:
    assert told(SAM % ("", body)) == []


@pytest.mark.parametrize(
    ("text", "path", "streamed"),
    [
        (TERRAFORM, "main.tf", 'response_transfer_mode = "STREAM"'),
        (CLOUDFORMATION, "template.yaml", "ResponseTransferMode: STREAM"),
        (SAM % ("%s", ""), "template.yaml", ", ResponseTransferMode: STREAM"),
    ],
    ids=["Terraform", "CloudFormation", "SAM"],
)
def test_an_answer_that_is_streamed_is_worth_waiting_for(
    text: str, path: str, streamed: str
) -> None:
    (plain,) = told(text % "", path)
    (one,) = told(text % streamed, path)
    assert plain.fix is not None
    assert "or let a queue take" in plain.message
    assert one.fix is None
    assert "give its integration, which streams the answer, a timeout" in one.message


@pytest.mark.parametrize(
    ("text", "path", "long"),
    [
        (
            TERRAFORM,
            "main.tf",
            'response_transfer_mode = "STREAM"\n  timeout_milliseconds = 300000',
        ),
        (
            CLOUDFORMATION,
            "template.yaml",
            "ResponseTransferMode: STREAM\n        TimeoutInMillis: 300000",
        ),
    ],
    ids=["Terraform", "CloudFormation"],
)
def test_an_integration_that_waits_as_long_is_fine(text: str, path: str, long: str) -> None:
    assert told(text % long, path) == []


def test_an_integration_of_the_cdk_may_stream() -> None:
    assert told(CDK % "", "app.py")
    assert not told(CDK % ", response_transfer_mode=api.ResponseTransferMode.STREAM", "app.py")


SHARED = """\
Transform: AWS::Serverless-2016-10-31
Parameters:
  Long: {Type: Number, Default: 300}
Globals:
  Function: {Timeout: GLOBAL, Runtime: python3.13, Handler: a.b, InlineCode: "def b(e, c): ..."}
Resources:
  Orders:
    Type: AWS::Serverless::Function
    Properties:
      MemorySize: 256OWN
      Events: {Get: {Type: Api, Properties: {Path: /, Method: get}}}
  Other:
    Type: AWS::Serverless::Function
    Properties:
      MemorySize: 512OWN
      EVENTS
"""
NIGHTLY = "Events: {Run: {Type: Schedule, Properties: {Schedule: rate(1 day)}}}"
BILLS = "Events: {Get: {Type: Api, Properties: {Path: /bills, Method: get}}}"


def shared(events: str, timeout: str = "300", own: str = "") -> list[Finding]:
    return told(SHARED.replace("GLOBAL", timeout).replace("OWN", own).replace("EVENTS", events))


@pytest.mark.parametrize("events", [NIGHTLY, "FunctionUrlConfig: {AuthType: NONE}", ""])
@pytest.mark.parametrize(
    ("timeout", "own", "text"),
    [
        ("300", "", "\n      Timeout: 28"),
        ("!Ref Long", "", "\n      Timeout: 28"),
        ("3", "\n      Timeout: !Ref Long", "28"),
    ],
)
def test_a_timeout_that_others_need_is_set_for_the_function_alone(
    events: str, timeout: str, own: str, text: str
) -> None:
    (one,) = shared(events, timeout, own)
    assert one.subjects == ("Orders",)
    assert "set one below 29 seconds for this function alone, or let a queue" in one.message
    assert any("functions that answer no API have this" in note.message for note in one.related)
    assert one.fix is not None
    assert [edit.text for edit in one.fix.edits] == [text]
    assert all(edit.span > one.span for edit in one.fix.edits) or own


@pytest.mark.parametrize(
    ("timeout", "own", "text"), [("300", "", "28"), ("3", "\n      Timeout: !Ref Long", "28")]
)
def test_a_timeout_that_only_apis_share_is_changed_where_it_stands(
    timeout: str, own: str, text: str
) -> None:
    (one,) = shared(BILLS, timeout, own)
    assert one.subjects == ("Orders", "Other")
    assert "alone" not in one.message
    assert one.fix is not None
    assert [edit.text for edit in one.fix.edits] == [text]
    assert one.fix.edits[0].span == one.span


def test_what_an_app_of_the_cdk_shares_is_told_at_the_function() -> None:
    made = CDK % ""
    job = made[made.index("        orders =") : made.index("        rest =")]
    other = job.replace("orders = ", "").replace('"Orders"', '"Job"')
    text = made.replace("        rest =", f"{other}        rest =")
    text = text.replace("cdk.Duration.seconds(300)", "LONG")
    text = text.replace("class S", "LONG = cdk.Duration.seconds(300)\nclass S")
    (one,) = told(text, "app.py")
    assert one.subjects == ("Orders",)
    assert "for this function alone" in one.message
    assert one.fix is None
