"""Variables that are empty until somebody gives them what Lambda asks for."""

from __future__ import annotations

from datetime import date

import pytest

from lamlint import project, registry
from lamlint.catalog import Catalog
from lamlint.engine import check
from tests.dialects.terraform.declaring import function
from tests.memory import MemoryTree

RULE = registry.load(plugins=False)["invalid-function-property"]
EMPTY = 'variable "key" {\n  type = string\n  default = ""\n}\n'
MODULE = 'variable "called" {}\n'
CALL = 'module "orders" {\n  source = "./orders"\n  called = var.key\n}\n'


def told(body: str, around: str = "", **modules: str) -> list[str]:
    block = f'resource "aws_lambda_function" "f" {{\n{body}\n}}\n'
    files = {"main.tf": around} if modules else {"main.tf": around + block}
    files |= {f"{name}/main.tf": text + block for name, text in modules.items()}
    built = project.build(MemoryTree(files), (), Catalog(), date(2026, 11, 23))
    return [one.message for one in check.check(built, [RULE])]


@pytest.mark.parametrize(
    "body",
    [
        "  function_name = var.key",
        '  function_name = "${var.key}"',
        "  architectures = [var.key]",
    ],
)
def test_an_empty_default_waits_for_a_value(body: str) -> None:
    assert told(body, EMPTY) == []


def test_so_does_one_that_a_module_is_given() -> None:
    assert told("  function_name = var.called", EMPTY + CALL, orders=MODULE) == []


@pytest.mark.parametrize(
    ("body", "around"),
    [
        ('  function_name = ""', ""),
        ("  function_name = local.key", 'locals {\n  key = ""\n}\n'),
        ("  function_name = var.key", EMPTY.replace('""', '"shop.orders"')),
        ('  function_name = "${var.key}."', EMPTY),
    ],
)
def test_what_is_wrong_by_itself_is_told(body: str, around: str) -> None:
    (found,) = told(body, around)
    assert found.startswith("Lambda accepts no function called")


def test_neither_its_handler_nor_its_runtime_is_known() -> None:
    found = function("  handler = var.key\n  runtime = var.key\n  description = var.key", EMPTY)
    assert not found.handler.known
    assert not found.runtime.known
    assert found.description.only == ""
