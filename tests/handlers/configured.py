"""Functions whose configuration says what their variables are, and what is found in their code."""

from __future__ import annotations

from datetime import date

from lamlint import project
from lamlint.catalog import Catalog
from lamlint.engine import check
from lamlint.text import Finding
from tests.checking import rules
from tests.memory import MemoryTree

SAM = """\
Transform: AWS::Serverless-2016-10-31
Parameters: {Name: {Type: String, Default: mock}}
Conditions: {Real: !Equals [!Ref Name, real]}
Resources:
  Orders:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.13
      Handler: app.handler
      CodeUri: src/
      Events: {Get: {Type: HttpApi}}
"""
GIVEN = "      Environment: {Variables: {%s}}\n"
TERRAFORM = """\
data "archive_file" "code" {
  type = "zip"
  source_dir = "src"
  output_path = "code.zip"
}
resource "aws_lambda_function" "orders" {
  function_name = "orders"
  filename = data.archive_file.code.output_path
  handler = "app.handler"
  runtime = "python3.13"
  environment {
    variables = { PROVIDER = "mock" }
  }
  lifecycle {
    ignore_changes = [%s]
  }
}
resource "aws_lambda_function_url" "orders" {
  function_name = aws_lambda_function.orders.function_name
  authorization_type = "AWS_IAM"
}
"""


def findings(files: dict[str, str], code: str) -> list[Finding]:
    tree = MemoryTree({"src/app.py": f"import os\nimport boto3\n{code}", **files})
    built = project.build(tree, (), Catalog(), date(2026, 11, 29))
    return list(check.check(built, [rules()["connection-in-handler"]]))


def count(template: str, code: str, path: str = "template.yaml", **files: str) -> int:
    named = {name.replace("__", "/").replace("_dot_", "."): text for name, text in files.items()}
    return len(findings({path: template, **named}, code))
