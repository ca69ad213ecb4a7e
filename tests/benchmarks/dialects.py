"""Makes a project for each way to declare functions: the same small services in all of them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TypeAlias

Files: TypeAlias = "Iterator[tuple[str, str]]"
"""The files of one service, by their paths below its folder."""

_HANDLER = "import os\n\n\ndef handler(event, context):\n    return os.environ['TABLE']\n"

_SAM = """\
AWSTemplateFormatVersion: "2010-09-09"
Transform: AWS::Serverless-2016-10-31
Parameters:
  Stage: {Type: String, Default: dev, AllowedValues: [dev, prod]}
Globals:
  Function:
    Runtime: python3.13
    Timeout: 30
Resources:
  Table:
    Type: AWS::DynamoDB::Table
    Properties:
      TableName: !Sub table-${Stage}
"""
_SAM_FUNCTION = """\
  Function%%:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: src/
      Handler: app.handler
      Environment:
        Variables:
          TABLE: !Ref Table
      Policies:
        - Statement:
            - {Effect: Allow, Action: "dynamodb:PutItem", Resource: !GetAtt Table.Arn}
      Events:
        Queue: {Type: SQS, Properties: {Queue: !GetAtt Queue%%.Arn, BatchSize: 10}}
  Queue%%:
    Type: AWS::SQS::Queue
    Properties: {VisibilityTimeout: 180}
"""
_SERVERLESS = """\
service: orders
frameworkVersion: "3"
provider:
  name: aws
  runtime: python3.13
  stage: ${opt:stage, 'dev'}
  environment:
    TABLE: ${self:custom.table}
custom:
  table: table-${self:provider.stage}
functions:
"""
_SERVERLESS_FUNCTION = """\
  function%%:
    handler: src/app.handler
    timeout: 30
    environment:
      NAME: ${self:service}-%%
    events:
      - sqs: {arn: "arn:aws:sqs:eu-west-1:123456789012:queue%%", batchSize: 10}
      - httpApi: {method: get, path: /orders/%%}
"""
_TERRAFORM = """\
variable "stage" {
  default = "dev"
}

locals {
  table = "table-${var.stage}"
}

data "archive_file" "code" {
  type        = "zip"
  source_dir  = "${path.module}/src"
  output_path = "${path.module}/code.zip"
}

resource "aws_iam_role" "role" {
  name = "orders-${var.stage}"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "lambda.amazonaws.com" } }]
  })
}
"""
_TERRAFORM_FUNCTION = """\

resource "aws_lambda_function" "function%%" {
  function_name = "orders-%%-${var.stage}"
  filename      = data.archive_file.code.output_path
  role          = aws_iam_role.role.arn
  handler       = "app.handler"
  runtime       = "python3.13"
  timeout       = 30

  environment {
    variables = {
      TABLE = local.table
    }
  }
}

resource "aws_lambda_event_source_mapping" "queue%%" {
  event_source_arn = aws_sqs_queue.queue%%.arn
  function_name    = aws_lambda_function.function%%.arn
  batch_size       = 10
}

resource "aws_sqs_queue" "queue%%" {
  name                       = "orders-%%"
  visibility_timeout_seconds = 180
}
"""
_CDK = """\
import aws_cdk as cdk
from aws_cdk import aws_dynamodb as dynamodb
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_lambda_event_sources as sources
from aws_cdk import aws_sqs as sqs


class Orders(cdk.Stack):
    def __init__(self, scope, construct_id, **kwargs):
        super().__init__(scope, construct_id, **kwargs)
        key = dynamodb.Attribute(name="id", type=dynamodb.AttributeType.STRING)
        table = dynamodb.Table(self, "Table", partition_key=key)
"""
_CDK_FUNCTION = """\
        function%% = lambda_.Function(
            self,
            "Function%%",
            runtime=lambda_.Runtime.PYTHON_3_13,
            handler="app.handler",
            code=lambda_.Code.from_asset("src"),
            timeout=cdk.Duration.seconds(30),
            environment={"TABLE": table.table_name},
        )
        queue%% = sqs.Queue(self, "Queue%%", visibility_timeout=cdk.Duration.seconds(180))
        function%%.add_event_source(sources.SqsEventSource(queue%%, batch_size=10))
        table.grant_read_write_data(function%%)
"""
_TYPESCRIPT = """\
import * as cdk from "aws-cdk-lib";
import * as dynamodb from "aws-cdk-lib/aws-dynamodb";
import * as lambda from "aws-cdk-lib/aws-lambda";
import * as sources from "aws-cdk-lib/aws-lambda-event-sources";
import * as sqs from "aws-cdk-lib/aws-sqs";
import * as path from "path";

export class Orders extends cdk.Stack {
  constructor(scope: cdk.App, id: string, props?: cdk.StackProps) {
    super(scope, id, props);
    const table = new dynamodb.Table(this, "Table", {
      partitionKey: { name: "id", type: dynamodb.AttributeType.STRING },
    });
"""
_TYPESCRIPT_FUNCTION = """\
    const function%% = new lambda.Function(this, "Function%%", {
      runtime: lambda.Runtime.PYTHON_3_13,
      handler: "app.handler",
      code: lambda.Code.fromAsset(path.join(__dirname, "..", "src")),
      timeout: cdk.Duration.seconds(30),
      environment: { TABLE: table.tableName },
    });
    const queue%% = new sqs.Queue(this, "Queue%%", { visibilityTimeout: cdk.Duration.seconds(180) });
    function%%.addEventSource(new sources.SqsEventSource(queue%%, { batchSize: 10 }));
    table.grantReadWriteData(function%%);
"""
_CHALICE = "from chalice import Chalice\n\napp = Chalice(app_name='orders')\n"
_CHALICE_FUNCTION = """\


@app.on_sqs_message(queue='queue%%', batch_size=10)
def function%%(event):
    for record in event:
        app.log.info('got %s', record.body)
"""
_ZAPPA = {
    "runtime": "python3.13",
    "s3_bucket": "code",
    "project_name": "orders",
    "app_function": "src.app.handler",
    "timeout_seconds": 30,
    "environment_variables": {"TABLE": "table"},
}


def _sam(functions: int) -> Files:
    yield "template.yaml", _SAM + _each(_SAM_FUNCTION, functions)


def _serverless(functions: int) -> Files:
    yield "serverless.yml", _SERVERLESS + _each(_SERVERLESS_FUNCTION, functions)


def _terraform(functions: int) -> Files:
    yield "main.tf", _TERRAFORM
    yield "functions.tf", _each(_TERRAFORM_FUNCTION, functions)


def _cdk(functions: int) -> Files:
    start = '\n\napp = cdk.App()\nOrders(app, "Orders")\napp.synth()\n'
    yield "cdk.json", json.dumps({"app": "python3 app.py"})
    yield "app.py", _CDK + _each(_CDK_FUNCTION, functions) + start


def _typescript(functions: int) -> Files:
    start = 'import * as cdk from "aws-cdk-lib";\nimport { Orders } from "../lib/orders";\n\n'
    yield "cdk.json", json.dumps({"app": "npx ts-node bin/app.ts"})
    yield "bin/app.ts", f'{start}new Orders(new cdk.App(), "Orders");\n'
    yield "lib/orders.ts", _TYPESCRIPT + _each(_TYPESCRIPT_FUNCTION, functions) + "  }\n}\n"


def _chalice(functions: int) -> Files:
    settings = {"version": "2.0", "app_name": "orders", "stages": {"dev": {}, "prod": {}}}
    yield ".chalice/config.json", json.dumps(settings, indent=2)
    yield "app.py", _CHALICE + _each(_CHALICE_FUNCTION, functions)


def _zappa(functions: int) -> Files:
    events = [
        {"function": "src.app.handler", "expression": f"rate({n + 1} hours)"}
        for n in range(functions)
    ]
    settings = {"dev": {**_ZAPPA, "events": events}, "prod": {"extends": "dev"}}
    yield "zappa_settings.json", json.dumps(settings, indent=2)


MADE: Mapping[str, Callable[[int], Files]] = {
    "cloudformation": _sam,
    "serverless": _serverless,
    "terraform": _terraform,
    "cdk": _cdk,
    "cdk_typescript": _typescript,
    "chalice": _chalice,
    "zappa": _zappa,
}
"""What makes the files of a service, by the package of the dialect that reads them."""


def make(folder: Path, dialect: str, services: int, functions: int = 6) -> Path:
    """Write a project of so many services, each with so many functions; the folder."""
    for service in range(services):
        files = (*MADE[dialect](functions), ("src/app.py", _HANDLER))
        for path, text in files:
            place = folder / f"service{service}" / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(text)
    (folder / "lamlint.toml").write_text("")
    return folder


def _each(text: str, count: int) -> str:
    return "".join(text.replace("%%", str(number)) for number in range(count))
