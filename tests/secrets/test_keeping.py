"""What is advised where a configuration writes a secret into a store of secrets."""

from __future__ import annotations

import pytest

from lamlint.secrets import CURE
from tests.secrets.in_files import PASSWORD, findings, resource

VERSION = 'resource "aws_secretsmanager_secret_version" "mail" {\n  secret_string = %s\n}\n'
JSON = f'jsonencode({{\n    password = "{PASSWORD}"\n  }})'
OTHER = f'resource "aws_db_instance" "orders" {{\n  password = "{PASSWORD}"\n}}\n'


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("main.tf", VERSION % JSON),
        ("main.tf", 'variable "a" {}\n' + VERSION % JSON),
        (
            "main.tf",
            f'resource "aws_ssm_parameter" "db_password" {{\n  password = "{PASSWORD}"\n}}\n',
        ),
        (
            "template.yaml",
            resource(
                "AWS::SecretsManager::Secret", f'SecretString: \'{{"password": "{PASSWORD}"}}\''
            ),
        ),
    ],
)
def test_what_is_put_into_a_store_is_given_when_it_is_applied(path: str, text: str) -> None:
    (found,) = findings({path: text})
    assert "or set it outside of " in found.message
    assert CURE not in found.message


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("main.tf", OTHER),
        ("main.tf", VERSION % "var.mail" + OTHER),
        ("main.tf", VERSION % "var.mail" + f'locals {{\n  password = "{PASSWORD}"\n}}\n'),
        ("template.yaml", resource("AWS::RDS::DBInstance", f"MasterUserPassword: {PASSWORD}")),
    ],
)
def test_what_stands_elsewhere_belongs_into_a_store(path: str, text: str) -> None:
    (found,) = findings({path: text})
    assert CURE in found.message
