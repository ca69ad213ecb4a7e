"""A function whose runtime is not known runs Python where its handler leads to Python alone."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest

from lamlint.catalog import Catalog
from lamlint.project import Project, build
from tests.memory import MemoryTree

HANDLER = "def handler(event, context):\n    return event\n"
TERRAFORM = """\
variable "runtime" {}
variable "path" {}
data "archive_file" "code" {
  type        = "zip"
  source_dir  = "${path.module}/src"
  output_path = "out.zip"
}
resource "aws_lambda_function" "it" {
  function_name = "it"
  runtime       = var.runtime
  handler       = "orders.handler"
  role          = "arn:aws:iam::123456789012:role/it"
  filename      = data.archive_file.code.output_path
}
"""
CLOUDFORMATION = """\
Parameters: {Runtime: {Type: String}}
Resources:
  It:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: !Ref Runtime
      Handler: orders.handler
      Role: arn:aws:iam::123456789012:role/it
      Code: {S3Bucket: releases, S3Key: !Ref Key}
"""
AWAY = TERRAFORM.replace("data.archive_file.code.output_path", "var.path")


def project(files: Mapping[str, str]) -> Project:
    return build(MemoryTree(files), ("",), Catalog(), date(2026, 11, 23))


def handlers(files: Mapping[str, str]) -> list[str]:
    """The files of the handlers of functions that templates declare."""
    built = project(files)
    found = (built.handler_of(function) for function in built.functions if function.python)
    return [one.module.path for one in found if one is not None]


@pytest.mark.parametrize(
    "files",
    [
        {"main.tf": TERRAFORM},
        {"main.tf": AWAY},
        {"template.yaml": CLOUDFORMATION},
    ],
)
def test_the_file_of_the_handler_says_so(files: dict[str, str]) -> None:
    assert handlers({**files, "src/orders.py": HANDLER}) == ["src/orders.py"]


@pytest.mark.parametrize(
    ("template", "files"),
    [
        (TERRAFORM, {"src/orders.js": "exports.handler = e => e"}),
        (TERRAFORM, {"src/orders.py": HANDLER, "src/orders.mjs": "export const handler = 1"}),
        (TERRAFORM, {"src/orders.py": "def other(event, context): ...\n"}),
        (TERRAFORM, {"src/more/orders.py": HANDLER}),
        (AWAY, {"src/orders.ts": "export const handler = 1", "src/orders.py": HANDLER}),
        (AWAY, {"tests/orders.py": HANDLER}),
        (AWAY.replace("orders.handler", "index.handler"), {"src/index.py": HANDLER}),
        (TERRAFORM.replace("var.runtime", '"nodejs22.x"'), {"src/orders.py": HANDLER}),
        (TERRAFORM.replace("  runtime       = var.runtime\n", ""), {"src/orders.py": HANDLER}),
    ],
)
def test_what_may_be_another_language_is_left(template: str, files: dict[str, str]) -> None:
    built = project({"main.tf": template, **files})
    assert [function.python for function in built.functions] == [False]
