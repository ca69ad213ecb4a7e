"""Who sees what is filled into the variables of a function that has a key of its own."""

from __future__ import annotations

from datetime import date

import pytest

from lamlint import project, registry
from lamlint.catalog import Catalog
from lamlint.engine import check
from tests.memory import MemoryTree

RULE = registry.load(plugins=False)["secret-resolved-at-deploy"]
ALL = "whoever may read the function's configuration has it then"
SOME = "whoever may read the function's configuration and decrypt with its key has it then"
SAM = """\
Parameters:
  Password: {Type: String, NoEcho: true}
<globals>
Resources:
  Orders:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.13
      Handler: app.handler
      InlineCode: "def handler(event, context): ..."
<key>
      Environment: {Variables: {DB_PASSWORD: !Ref Password}}
"""
TERRAFORM = """\
variable "password" { sensitive = true }
variable "key" { default = null }
resource "aws_lambda_function" "orders" {
  function_name = "orders"
  role          = "arn:aws:iam::123456789012:role/orders"
  filename      = "orders.zip"
  handler       = "app.handler"
  runtime       = "python3.13"
  <key>
  environment { variables = { DB_PASSWORD = var.password } }
}
"""
SERVERLESS = """\
service: orders
provider:
  name: aws
  runtime: python3.13
  <key>
functions:
  orders:
    handler: app.handler
    environment: {DB_PASSWORD: "${ssm:/orders/db-password}"}
"""
CDK = """\
import aws_cdk as cdk
from aws_cdk import Stack, aws_kms as kms, aws_lambda as lambda_
from aws_cdk import aws_secretsmanager as secretsmanager

class Orders(Stack):
    def __init__(self, scope, construct_id):
        super().__init__(scope, construct_id)
        secret = secretsmanager.Secret.from_secret_name_v2(self, "Database", "orders-db")
        key = kms.Key(self, "Key")
        lambda_.Function(self, "Orders", runtime=lambda_.Runtime.PYTHON_3_13,
            handler="index.handler", code=lambda_.Code.from_inline("def handler(e, c): ..."),
            environment={"DB_PASSWORD": secret.secret_value.unsafe_unwrap()}, <key>)

app = cdk.App()
Orders(app, "Orders")
"""


def told(files: dict[str, str]) -> str:
    built = project.build(MemoryTree(files), (), Catalog(), date(2026, 11, 28))
    (found,) = check.check(built, [RULE])
    return found.message


@pytest.mark.parametrize(
    ("name", "text", "key"),
    [
        ("template.yaml", SAM.replace("<globals>", ""), "      KmsKeyArn: !GetAtt Key.Arn"),
        ("main.tf", TERRAFORM, "kms_key_arn = aws_kms_key.own.arn"),
        ("serverless.yml", SERVERLESS, "kmsKeyArn: !GetAtt Key.Arn"),
        ("app.py", CDK, "environment_encryption=key"),
    ],
)
def test_only_who_may_use_the_key_sees_them(name: str, text: str, key: str) -> None:
    beside = {"cdk.json": '{"app": "python3 app.py"}'} if name == "app.py" else {}
    assert SOME in told({name: text.replace("<key>", key), **beside})
    assert ALL in told({name: text.replace("<key>", ""), **beside})


def test_a_key_of_all_functions_is_each_ones_own() -> None:
    shared = "Globals: {Function: {KmsKeyArn: !GetAtt Key.Arn}}"
    text = SAM.replace("<globals>", shared).replace("<key>", "")
    assert SOME in told({"template.yaml": text})


def test_one_that_is_null_is_none_and_one_that_may_be_is_told_so() -> None:
    assert ALL in told({"main.tf": TERRAFORM.replace("<key>", "kms_key_arn = null")})
    found = told({"main.tf": TERRAFORM.replace("<key>", "kms_key_arn = var.key")})
    assert "configuration and, where it has a key of its own, decrypt with that has it" in found


def test_what_the_stack_shows_no_key_hides() -> None:
    text = SAM.replace("<globals>", "").replace(", NoEcho: true", "")
    found = told({"template.yaml": text.replace("<key>", "      KmsKeyArn: !GetAtt Key.Arn")})
    assert "whoever may read the stack has it then" in found
