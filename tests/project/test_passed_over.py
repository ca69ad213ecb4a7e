"""What lies beside a handler that is deployed, and nothing names."""

from __future__ import annotations

from datetime import date

import pytest

from lamlint import project
from lamlint.catalog import Catalog
from lamlint.engine.check import check
from lamlint.text import Finding, Severity
from tests.checking import rules
from tests.memory import MemoryTree

CODE = "import boto3\n\n\ndef lambda_handler(event, context):\n    event['headers']\n"
CODE += "    for one in event['names']:\n        boto3.client('s3').head_bucket(Bucket=one)\n"
TEMPLATE = """\
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: python3.13
      Handler: orders_function.lambda_handler
      Code: {S3Bucket: releases, S3Key: orders.zip}
"""
FILES = {
    "template.yaml": TEMPLATE,
    "src/orders_function.py": CODE,
    "src/lambda_function.py": CODE,
    "deploy.sh": "cp src/orders_function.py build && aws lambda update-function-code\n",
}
TOLD = "; nothing is known to deploy it, as it does what lies beside it: "


def found(files: dict[str, str]) -> Finding:
    """What is found in the file of which it is asked whether it is deployed."""
    built = project.build(MemoryTree(files), (), Catalog(), date(2026, 11, 24))
    every = check(built, [rules()["connection-in-handler"]])
    (one,) = [one for one in every if one.span.path.endswith("lambda_function.py")]
    return one


def test_of_what_nothing_names_beside_what_is_deployed_it_is_said_so() -> None:
    one = found(FILES)
    assert (one.severity, TOLD in one.message) == (Severity.INFORMATION, True)


NAMED = {
    "a script": {"deploy.sh": "zip a.zip src/orders_function.py src/lambda_function.py\n"},
    "a workflow": {".github/workflows/ci.yml": "run: zip a.zip lambda_function.py\n"},
    "a handler string": {"infra/main.tf": 'handler = "lambda_function.lambda_handler"\n'},
    "a page": {"README.md": "Paste `lambda_function.py` into the console.\n"},
    "a module": {"src/other.py": "import lambda_function\n"},
    "another folder": {"payments/lambda_function.py": CODE, "src/lambda_function.py": ""},
}


@pytest.mark.parametrize("files", NAMED.values(), ids=NAMED)
def test_what_something_names_or_lies_elsewhere_may_be_deployed(files: dict[str, str]) -> None:
    one = found({**FILES, **files})
    assert (one.severity, TOLD in one.message) == (Severity.WARNING, False)


def test_what_a_function_may_run_whose_code_is_not_known_is_not_passed_over() -> None:
    second = TEMPLATE.partition("Resources:\n")[2].replace("orders_function", "lambda_function")
    other = second.replace("Orders:", "Other:").replace("orders.zip", "other.zip")
    one = found({**FILES, "template.yaml": TEMPLATE + other})
    assert TOLD not in one.message
