"""A fix is only offered where it changes nothing but the functions of its finding."""

from __future__ import annotations

from datetime import date

import pytest

from lamlint import project
from lamlint.catalog import shared_catalog
from lamlint.engine import check
from tests.checking import rules
from tests.memory import MemoryTree

SENDING = """\
import boto3
sqs = boto3.client("sqs")
def handler(event, context):
    return sqs.send_message(QueueUrl="q", MessageBody="m")
"""
MODULE = {
    "mod/main.tf": """\
variable "name" {}
resource "aws_lambda_function" "f" {
  function_name = var.name
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "x.zip"
  role          = "r"
}
output "arn" { value = aws_lambda_function.f.arn }
""",
    "main.tf": """\
module "a" {
  source = "./mod"
  name   = "a"
}
module "b" {
  source = "./mod"
  name   = "b"
}
resource "aws_sns_topic_subscription" "s" {
  topic_arn = "arn:aws:sns:eu-west-1:123456789012:t"
  protocol  = "lambda"
  endpoint  = module.a.arn
}
""",
}
CDK = {
    "cdk.json": '{"app": "npx ts-node bin/app.ts"}',
    "src/app.py": SENDING,
    "bin/app.ts": """\
import * as cdk from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as subscriptions from 'aws-cdk-lib/aws-sns-subscriptions';
class S extends cdk.Stack {
  constructor(scope, id) {
    super(scope, id);
    const one = this.make('One');
    const two = this.make('Two');
    const topic = new sns.Topic(this, 'Topic');
    topic.addSubscription(new subscriptions.LambdaSubscription(one));
  }
  make(id) {
    return new lambda.Function(this, id, {
      runtime: lambda.Runtime.PYTHON_3_13,
      handler: 'app.handler',
      code: lambda.Code.fromAsset('src'),
    });
  }
}
new S(new cdk.App(), 'S');
""",
}
PYTHON = {
    "cdk.json": '{"app": "python app.py"}',
    "src/app.py": SENDING,
    "app.py": """\
import aws_cdk as cdk
from aws_cdk import aws_lambda as lambda_, aws_sns as sns, aws_sns_subscriptions as subs
class S(cdk.Stack):
    def __init__(self, scope, id):
        super().__init__(scope, id)
        one = self.make("One")
        two = self.make("Two")
        topic = sns.Topic(self, "Topic")
        topic.add_subscription(subs.LambdaSubscription(one))
    def make(self, id):
        return lambda_.Function(
            self, id, runtime=lambda_.Runtime.PYTHON_3_13, handler="app.handler",
            code=lambda_.Code.from_asset("src"),
        )
app = cdk.App()
S(app, "S")
""",
}
GLOBALS = """\
Transform: AWS::Serverless-2016-10-31
Globals: {Function: {Runtime: python3.13, CodeUri: src, Timeout: 60}}
Resources:
  One:
    Type: AWS::Serverless::Function
    Properties: {Handler: app.handler, Events: {Get: {Type: HttpApi}}}
  Two:
    Type: AWS::Serverless::Function
    Properties: {Handler: app.handler%s}
"""
SLS = """\
service: shop
provider: {name: aws, runtime: python3.13, timeout: 60}
functions:
  one: {handler: src/app.handler, events: [{httpApi: "*"}]}
  two: {handler: src/app.handler%s}
"""
CODE = {"src/app.py": SENDING}


def fixed(files: dict[str, str], rule: str) -> dict[tuple[str, ...], bool]:
    """The functions of each finding of a rule, and whether there is a fix."""
    built = project.build(MemoryTree(files), (), shared_catalog(), date(2026, 11, 29))
    found = check.check(built, [rules()[rule]])
    assert {one.rule for one in found} == {rule}
    return {one.subjects: one.fix is not None for one in found}


@pytest.mark.parametrize("files", [CDK, PYTHON], ids=["TypeScript", "Python"])
def test_what_makes_several_functions_is_not_changed_for_one(files: dict[str, str]) -> None:
    assert fixed(files, "missing-failure-destination") == {("One",): False}
    assert fixed(files, "timeout-not-set") == {("One", "Two"): True}


@pytest.mark.parametrize("path", ["bin/app.ts", "app.py"])
def test_what_makes_one_function_is_changed_for_it(path: str) -> None:
    files = CDK if path in CDK else PYTHON
    alone = "".join(line for line in files[path].splitlines(True) if "two =" not in line)
    assert fixed({**files, path: alone}, "missing-failure-destination") == {("One",): True}


def test_a_module_that_is_used_twice_is_not_changed_for_one_use() -> None:
    assert fixed(MODULE, "missing-failure-destination") == {("a.f",): False}
    assert fixed(MODULE, "timeout-not-set") == {("a.f", "b.f"): True}


@pytest.mark.parametrize("path", ["template.yaml", "serverless.yml"])
def test_what_all_take_over_is_only_changed_where_it_concerns_all(path: str) -> None:
    text = GLOBALS if path == "template.yaml" else SLS
    more = "Events: {Get: {Type: HttpApi, Properties: {Path: /x, Method: get}}}"
    more = more if path == "template.yaml" else 'events: [{httpApi: "GET /x"}]'
    names = ("One", "Two") if path == "template.yaml" else ("one", "two")
    of_one = fixed({path: text % "", **CODE}, "api-timeout-exceeded")
    assert of_one == {names[:1]: True}  # for that one alone
    assert fixed({path: text % f", {more}", **CODE}, "api-timeout-exceeded") == {names: True}


def test_a_value_of_a_function_itself_is_changed_where_others_have_their_own() -> None:
    text = GLOBALS % ", Timeout: 10"
    assert fixed({"template.yaml": text, **CODE}, "api-timeout-exceeded") == {("One",): True}
