"""Findings in code say which line of a template makes it run, or that none does."""

from __future__ import annotations

from datetime import date

from lamlint import registry
from lamlint.catalog import Catalog
from lamlint.engine.check import check
from lamlint.project import build
from lamlint.text import Finding
from tests.memory import MemoryTree

CODE = """\
import boto3


def handler(event, context):
    return boto3.client("s3").list_buckets()
"""
TEMPLATE = """\
Transform: AWS::Serverless-2016-10-31
Resources:
  Orders:
    Type: AWS::Serverless::Function
    Properties: {CodeUri: src, Handler: app.handler, Runtime: python3.13}
  Users:
    Type: AWS::Serverless::Function
    Properties: {CodeUri: src, Handler: app.handler, Runtime: python3.13}
"""


def finding(files: dict[str, str]) -> Finding:
    project = build(MemoryTree(files), ("",), Catalog(), date(2026, 11, 23))
    (found,) = check(project, [registry.load(plugins=False)["connection-in-handler"]])
    return found


def test_each_function_of_a_handler_is_told_once() -> None:
    found = finding({"template.yaml": TEMPLATE, "src/app.py": CODE})
    assert found.subjects == ("Orders", "Users")
    assert [one.message for one in found.related] == ["Orders runs handler", "Users runs handler"]
    assert {one.span.path for one in found.related} == {"template.yaml"}


def test_a_handler_without_a_template_is_told_to_be_a_guess() -> None:
    found = finding({"src/app.py": CODE})
    assert found.subjects == ()
    (related,) = found.related
    assert related.message == (
        "which function handler is the handler of is not known: "
        "it is taken for a handler by its signature"
    )
    assert related.span.path == "src/app.py"


LAYER = """\
Transform: AWS::Serverless-2016-10-31
Resources:
  Shared:
    Type: AWS::Serverless::LayerVersion
    Properties:
      ContentUri: ..
    Metadata:
      BuildMethod: makefile
  Orders:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: orders/
      Handler: app.handler
      Runtime: python3.13
      Timeout: 10
      MemorySize: 256
      Layers: [!Ref Shared]
"""


def findings(files: dict[str, str]) -> dict[str, tuple[str, ...]]:
    project = build(MemoryTree(files), ("",), Catalog(), date(2026, 11, 23))
    rules = [registry.load(plugins=False)["connection-in-handler"]]
    return {one.span.path: one.subjects for one in check(project, rules)}


def test_a_layer_made_from_the_whole_repository_hides_no_handler() -> None:
    found = findings(
        {
            "shop/template.yaml": LAYER,
            "shop/orders/app.py": CODE,
            "audit/app.py": f"# audit\n{CODE}",
            "shop/orders/other.py": CODE,
            "shop/orders.py": CODE.replace("def handler", "def route"),
        }
    )
    assert found == {"shop/orders/app.py": ("Orders",), "audit/app.py": ()}


def test_what_lies_in_the_code_of_one_function_is_its_own() -> None:
    files = {"template.yaml": TEMPLATE, "src/app.py": CODE, "src/other.py": CODE}
    assert set(findings(files)) == {"src/app.py"}


def test_a_private_function_that_a_handler_calls_is_no_handler_of_its_own() -> None:
    inner = CODE.replace("def handler", "def _dispatch")
    outer = "\n\ndef handler(event, context):\n    return _dispatch(event, context)\n"
    found = finding({"src/app.py": inner + outer})
    assert [one.message for one in found.related] == [
        "which function handler is the handler of is not known: "
        "it is taken for a handler by its signature"
    ]
    assert len(found.flow) == 3
