"""Variables that hold the name of a secret, and not the secret."""

from __future__ import annotations

from datetime import date

import pytest

from lamlint import project, registry
from lamlint.catalog import Catalog
from lamlint.engine import check
from tests.memory import MemoryTree

RULE = registry.load(plugins=False)["secret-resolved-at-deploy"]
TEMPLATE = """\
Transform: AWS::Serverless-2016-10-31
Parameters:
  ClientSecret: {Type: String, NoEcho: true}
  ClientSecretArn: {Type: String, NoEcho: true}
Resources:
  Orders:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.13
      Handler: app.handler
      CodeUri: src/
      Environment:
        Variables:
          CLIENT_SECRET: <value>
"""
AWS = """\
import boto3


def get_secret(arn):
    client = boto3.client("secretsmanager")
    return client.get_secret_value(SecretId=arn)["SecretString"]
"""
HANDLER = "\n\ndef handler(event, context):\n    return SECRET\n"
KEPT = '"{{resolve:ssm:/orders/client/secret}}"'
STORED = '"{{resolve:secretsmanager:orders:SecretString:client_secret}}"'
HIDDEN = "!Ref ClientSecret"


def told(value: str, code: str = "SECRET = 1") -> bool:
    files = {
        "template.yaml": TEMPLATE.replace("<value>", value),
        "src/app.py": f"import os\nimport boto3\nfrom aws import get_secret\n{code}{HANDLER}",
        "src/aws.py": AWS,
    }
    built = project.build(MemoryTree(files), (), Catalog(), date(2026, 11, 28))
    return bool(check.check(built, [RULE]))


BY_NAME = [
    "SECRET = get_secret(os.environ['CLIENT_SECRET'])",
    "SECRET = os.getenv('CLIENT_SECRET', None)\nif os.getenv('STAGE', 'local') != 'local':\n"
    "    SECRET = get_secret(SECRET)",
    "SECRET = boto3.client('ssm').get_parameter(Name=os.environ['CLIENT_SECRET'])",
    "from aws_lambda_powertools.utilities import parameters\n"
    "SECRET = parameters.get_secret(os.environ['CLIENT_SECRET'])",
    "from aws_lambda_powertools.utilities.parameters import get_parameter\n"
    "SECRET = get_parameter(os.environ['CLIENT_SECRET'], decrypt=True)",
    "class Store:\n    def __init__(self, name):\n        self.name = name\n"
    "    def get(self):\n        return get_secret(self.name)\n"
    "SECRET = Store(os.environ['CLIENT_SECRET']).get()",
]
ITSELF = [
    "SECRET = os.environ['CLIENT_SECRET']",
    "SECRET = get_secret(os.environ['OTHER'])",
    "SECRET = get_secret('orders') or os.environ['CLIENT_SECRET']",
    "SECRET = boto3.client('cognito-idp').sign_up(Password=os.environ['CLIENT_SECRET'])",
    "def unused():\n    return get_secret(os.environ['CLIENT_SECRET'])\nSECRET = 1",
]


@pytest.mark.parametrize("code", BY_NAME)
@pytest.mark.parametrize("value", [KEPT, STORED, HIDDEN])
def test_what_the_code_asks_a_store_for_is_a_name(value: str, code: str) -> None:
    assert not told(value, code)


@pytest.mark.parametrize("code", ITSELF)
@pytest.mark.parametrize("value", [KEPT, STORED, HIDDEN])
def test_what_the_code_takes_itself_is_told(value: str, code: str) -> None:
    assert told(value, code)


@pytest.mark.parametrize(
    "value",
    [
        '"{{resolve:ssm:/orders/client/secret/name}}"',
        '"{{resolve:ssm:/orders/client/secret/arn:3}}"',
        '"{{resolve:ssm:/orders/client-secret-name}}"',
        '"{{resolve:ssm:/orders/clientSecretArn}}"',
        '!Sub "{{resolve:ssm:/orders/${AWS::StackName}/secret/name}}"',
        '"{{resolve:secretsmanager:orders:SecretString:client_secret_name}}"',
        "!Ref ClientSecretArn",
    ],
)
def test_what_is_called_a_name_is_one(value: str) -> None:
    assert not told(value)


@pytest.mark.parametrize(
    "value",
    [
        '"{{resolve:ssm:/orders/name/secret}}"',
        '"{{resolve:ssm:/orders/rename}}"',
        '"{{resolve:secretsmanager:orders/name:SecretString:client_secret}}"',
        '"{{resolve:secretsmanager:orders/name}}"',
    ],
)
def test_what_lies_beside_a_name_may_be_a_secret(value: str) -> None:
    assert told(value)
