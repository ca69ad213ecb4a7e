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
