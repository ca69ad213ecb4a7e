"""Modules that lie beside those which are called, and that nobody calls, are not deployed."""

from __future__ import annotations

from datetime import date

import pytest

from lamlint import project
from lamlint.catalog import Catalog
from lamlint.engine import check
from tests.checking import rules
from tests.dialects.terraform.declaring import declared
from tests.memory import MemoryTree

FUNCTION = (
    'resource "aws_lambda_function" "f" {{\n  function_name = "{}"\n  filename = "x.zip"\n}}\n'
)
CALL = 'module "{0}" {{\n  source = "{1}/{0}"\n}}\n'
PROVIDER = 'provider "aws" {\n  region = "eu-west-1"\n}\n'
ROOT = PROVIDER + CALL.format("orders", "../../modules")
LIBRARY = {
    "infra/modules/orders/main.tf": FUNCTION.format("orders"),
    "infra/modules/users/main.tf": FUNCTION.format("users"),
}
PROJECT = {**LIBRARY, "infra/live/prod/main.tf": ROOT}


def undeployed(files: dict[str, str]) -> list[str]:
    return [one.name for one in declared(files).functions if not one.deployed]


@pytest.mark.parametrize(
    "more",
    [
        {},
        {"infra/examples/main.tf": PROVIDER + CALL.format("users", "../modules")},
        {"infra/modules/users/examples/main.tf": PROVIDER + CALL.format("users", "../..")},
        {"infra/modules/users/tests/main.tf": PROVIDER + CALL.format("users", "../..")},
        {"README.md": "cd infra/modules/users && terraform apply\n"},
        {"check.sh": "cd infra/modules/users && terraform validate\n"},
        {"go.sh": "cd infra/modules/orders && terraform apply; ls node_modules/*\n"},
        {".github/workflows/old/a.yml": "run: cd infra/modules/users && terraform apply\n"},
        {"infra/modules/users/run.sh": "terraform -chdir=infra/modules/users apply\n"},
    ],
)
def test_what_nobody_calls_beside_what_is_called(more: dict[str, str]) -> None:
    assert undeployed({**PROJECT, **more}) == ["f"]


def test_what_it_calls_itself_is_not_deployed_either() -> None:
    files = {
        **PROJECT,
        "infra/modules/users/part/main.tf": FUNCTION.format("part"),
        "infra/modules/users/call.tf": 'module "part" {\n  source = "./part"\n}\n',
    }
    assert undeployed(files) == ["f", "part.f"]


@pytest.mark.parametrize(
    "files",
    [
        LIBRARY,
        {**LIBRARY, "infra/live/prod/main.tf": ROOT.replace(PROVIDER, "")},
        {**LIBRARY, "infra/examples/all/main.tf": ROOT},
        {**PROJECT, "infra/live/test/main.tf": CALL.format("users", "../../modules")},
        {**PROJECT, "infra/modules/orders/call.tf": CALL.format("users", "..")},
        {**PROJECT, "infra/modules/users/providers.tf": PROVIDER},
        {**PROJECT, "infra/modules/users/state.tf": 'terraform {\n  backend "s3" {}\n}\n'},
        {**PROJECT, "infra/modules/users/prod.tfvars": "a = 1\n"},
        {**PROJECT, "other/main.tf": 'module "u" {\n  source = "git::x//infra/modules/users"\n}\n'},
        {**PROJECT, "live/terragrunt.hcl": 'terraform {\n  source = "${a()}/modules/users//"\n}\n'},
        {**PROJECT, "go.sh": "terraform -chdir=infra/modules/users apply\n"},
        {**PROJECT, "go.sh": "for m in infra/modules/*/; do (cd $m; terraform apply); done\n"},
        {**PROJECT, ".github/workflows/a.yml": "run: cd infra/modules/$NAME; terraform apply\n"},
        {key.replace("modules", "stacks"): text.replace("modules", "stacks")
         for key, text in PROJECT.items()},
    ],
)  # fmt: skip
def test_what_may_be_deployed(files: dict[str, str]) -> None:
    assert undeployed(files) == []


def test_a_module_that_is_called_is_deployed_where_an_unused_one_calls_it_too() -> None:
    files = {**PROJECT, "infra/modules/users/call.tf": CALL.format("orders", "..")}
    assert sorted((one.name, one.deployed) for one in declared(files).functions) == [
        ("f", False),
        ("orders.f", False),
        ("orders.f", True),
    ]


QUEUE = """\
resource "aws_sqs_queue" "q" {
  visibility_timeout_seconds = 30
}
resource "aws_lambda_function" "f" {
  function_name = "f"
  filename      = "x.zip"
  runtime       = "python3.6"
  timeout       = 60
  environment {
    variables = { DATABASE_PASSWORD = "kT7-vQ2xw!9zR4" }
  }
}
resource "aws_lambda_event_source_mapping" "m" {
  event_source_arn = aws_sqs_queue.q.arn
  function_name    = aws_lambda_function.f.arn
}
"""
RULES = ("visibility-timeout-too-short", "deprecated-runtime", "secret-in-environment")


def told(files: dict[str, str]) -> set[str]:
    built = project.build(MemoryTree(files), (), Catalog(), date(2026, 11, 24))
    return {one.rule for one in check.check(built, [rules()[name] for name in RULES])}


def test_of_what_is_not_deployed_only_secrets_are_told() -> None:
    module = {"infra/modules/users/main.tf": QUEUE}
    assert told({**PROJECT, **module}) == {"secret-in-environment"}
    assert told({**LIBRARY, **module}) == set(RULES)
    assert told({**PROJECT, "infra/modules/orders/main.tf": QUEUE}) == set(RULES)
