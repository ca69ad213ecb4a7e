"""Variables whose value a configuration makes as JSON, in each language that has a way to."""

from __future__ import annotations

from datetime import date

import pytest

from lamlint import project
from lamlint.catalog import Catalog
from lamlint.engine import check
from lamlint.model import Value
from tests.checking import rules
from tests.memory import MemoryTree

RULE = "secret-in-environment"
CLOUDFORMATION = """\
Parameters:
  Stage: {{Type: String}}
Resources:
  F:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: src/
      Handler: app.handler
      Runtime: python3.13
      Environment:
        Variables:
          X: {value}
"""
TERRAFORM = """\
variable "stage" {{}}
resource "aws_lambda_function" "f" {{
  function_name = "f"
  handler       = "app.handler"
  runtime       = "python3.13"
  environment {{
    variables = {{ X = {value} }}
  }}
}}
"""
CDK = """\
import json
import aws_cdk as cdk
from aws_cdk import aws_lambda as _lambda

class S(cdk.Stack):
    def __init__(self, scope, id):
        super().__init__(scope, id)
        bucket = cdk.aws_s3.Bucket(self, "B")
        _lambda.Function(self, "F", runtime=_lambda.Runtime.PYTHON_3_13, handler="app.handler",
            code=_lambda.Code.from_asset("src"), environment={{"X": {value}}})

app = cdk.App()
S(app, "S")
app.synth()
"""
TYPESCRIPT = """\
import * as cdk from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
export class S extends cdk.Stack {{
  constructor(scope: cdk.App, id: string) {{
    super(scope, id);
    new lambda.Function(this, 'F', {{
      code: lambda.Code.fromAsset('src'), handler: 'app.handler',
      runtime: lambda.Runtime.PYTHON_3_13, environment: {{ X: {value} }},
    }});
  }}
}}
new S(new cdk.App(), 'S');
"""


def tree(dialect: str, value: str) -> MemoryTree:
    code = {"src/app.py": "def handler(event, context):\n    return 1\n"}
    match dialect:
        case "CloudFormation":
            return MemoryTree({"t.yaml": CLOUDFORMATION.format(value=value), **code})
        case "Terraform":
            return MemoryTree({"main.tf": TERRAFORM.format(value=value), **code})
        case "CDK in Python":
            files = {"cdk.json": '{"app": "python3 app.py"}', "app.py": CDK.format(value=value)}
        case _:
            app = '{"app": "npx ts-node bin/app.ts"}'
            files = {"cdk.json": app, "bin/app.ts": TYPESCRIPT.format(value=value)}
    return MemoryTree({**files, **code})


def built(dialect: str, value: str) -> project.Project:
    return project.build(tree(dialect, value), (), Catalog(), date(2026, 11, 23))


def variable(dialect: str, value: str) -> Value[str]:
    (function,) = built(dialect, value).functions
    return function.environment.variables["X"]


@pytest.mark.parametrize(
    ("dialect", "value", "text"),
    [
        ("CloudFormation", "{Fn::ToJsonString: {a: x, b: [1, true]}}", '{"a":"x","b":[1,true]}'),
        ("CloudFormation", "!ToJsonString {a: !Join ['-', [x, y]]}", '{"a":"x-y"}'),
        ("Terraform", 'jsonencode({ a = "x", b = [1, true] })', '{"a":"x","b":[1,true]}'),
        ("Terraform", "jsonencode([])", "[]"),
        ("CDK in Python", 'json.dumps({"a": "x", "b": [1, True]})', '{"a":"x","b":[1,true]}'),
        ("CDK in Python", 'json.dumps(["x"], indent=2)', '["x"]'),
        ("CDK in TypeScript", "JSON.stringify({ a: 'x', b: [1, true] })", '{"a":"x","b":[1,true]}'),
    ],
)
def test_what_is_told_as_json_is_its_text(dialect: str, value: str, text: str) -> None:
    assert [one.value for one in variable(dialect, value).choices] == [text]


@pytest.mark.parametrize(
    ("dialect", "value"),
    [
        ("CloudFormation", "{Fn::ToJsonString: {a: !Ref Stage}}"),
        ("Terraform", "jsonencode({ a = var.stage })"),
        ("CDK in Python", 'json.dumps({"a": bucket.bucket_name})'),
        ("CDK in TypeScript", "JSON.stringify({ a: process.env.X })"),
    ],
)
def test_what_holds_something_unknown_is_unknown(dialect: str, value: str) -> None:
    assert not variable(dialect, value).known


SECRET = "hK8mQ2zLp9wT"


@pytest.mark.parametrize(
    ("dialect", "value"),
    [
        ("CloudFormation", f"{{Fn::ToJsonString: {{host: db, password: {SECRET}}}}}"),
        ("Terraform", f'jsonencode({{ host = "db", password = "{SECRET}" }})'),
        ("CDK in Python", f'json.dumps({{"host": "db", "password": "{SECRET}"}})'),
        ("CDK in TypeScript", f"JSON.stringify({{ host: 'db', password: '{SECRET}' }})"),
    ],
)
def test_a_secret_in_it_is_one_of_the_variable(dialect: str, value: str) -> None:
    (finding,) = check.check(built(dialect, value), [rules()[RULE]])
    source = built(dialect, value).tree.read(finding.span.path)
    assert getattr(source, "text", "")[finding.span.start : finding.span.end] == SECRET
