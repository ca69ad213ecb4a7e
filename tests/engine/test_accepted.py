"""What another scanner is told to skip at a function, lamlint lets stand that means the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.command import Folder, project

RULE = "missing-failure-destination"
CLOUDFORMATION = """\
Transform: AWS::Serverless-2016-10-31
Resources:
  One:
    Type: AWS::Serverless::Function
MARK
    Properties:
      Runtime: python3.13
      Handler: app.handler
      InlineCode: "def handler(event, context): ..."
      Events: {A: {Type: SNS, Properties: {Topic: !Ref Topic}}}
  Topic: {Type: AWS::SNS::Topic}
"""
TERRAFORM = """\
resource "aws_lambda_function" "one" {
  MARK
  function_name = "one"
  role          = "arn:aws:iam::123456789012:role/one"
  runtime       = "python3.13"
  handler       = "app.handler"
  s3_bucket     = "releases"
  s3_key        = "one.zip"
}

resource "aws_sns_topic_subscription" "one" {
  topic_arn = "arn:aws:sns:eu-west-1:123456789012:orders"
  protocol  = "lambda"
  endpoint  = aws_lambda_function.one.arn
}
"""
CODE = """\
import boto3

sqs = boto3.client("sqs")


def handler(event, context):
    sqs.send_message(QueueUrl=event["queue"], MessageBody=event["order"])
"""


def count(tmp_path: Path, name: str, text: str) -> int:
    """How many findings of the rule are left in a project of one template."""
    folder: Folder = project(tmp_path)
    folder.write("lamlint.toml", f'select = ["{RULE}"]\n')
    (tmp_path / "template.yaml").unlink()
    folder.write("src/app.py", CODE)
    folder.write(name, text)
    return len(folder.check().found)


@pytest.mark.parametrize(
    "mark",
    [
        "    # checkov:skip=CKV_AWS_116: the topic keeps them",
        "    Metadata: {checkov: {skip: [{id: CKV_AWS_116, comment: kept}]}}",
        '    Metadata: {checkov: {skip: [{"id": "CKV_AWS_116"}]}}',
        "    Metadata: {cdk_nag: {rules_to_suppress: [{id: HIPAA.Security-LambdaDLQ, reason: no}]}}",
        "    Metadata: {guard: {SuppressedRules: [LAMBDA_DLQ_CHECK]}}",
    ],
)
def test_what_is_skipped_at_a_function_is_let_stand(mark: str, tmp_path: Path) -> None:
    assert count(tmp_path, "template.yaml", CLOUDFORMATION.replace("MARK", mark)) == 0


@pytest.mark.parametrize(
    "mark",
    [
        "    # checkov:skip=CKV_AWS_117: no VPC",
        "    # CKV_AWS_116 is right, mend it",
        "    Metadata: {checkov: {skip: [{id: CKV_AWS_50}]}}",
        "    # checkov:skip=CKV_AWS_1167",
    ],
)
def test_another_check_means_something_else(mark: str, tmp_path: Path) -> None:
    assert count(tmp_path, "template.yaml", CLOUDFORMATION.replace("MARK", mark)) == 1


def test_what_is_skipped_at_another_resource(tmp_path: Path) -> None:
    text = CLOUDFORMATION.replace("MARK\n", "") + "  # checkov:skip=CKV_AWS_116\n"
    assert count(tmp_path, "template.yaml", text) == 1


@pytest.mark.parametrize(
    ("mark", "left"), [("#checkov:skip=CKV_AWS_116:kept elsewhere", 0), ("# no", 1)]
)
def test_terraform(mark: str, left: int, tmp_path: Path) -> None:
    assert count(tmp_path, "main.tf", TERRAFORM.replace("MARK", mark)) == left
