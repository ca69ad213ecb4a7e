"""Functions of templates meet the Python functions that they name."""

from __future__ import annotations

from datetime import date

from lamlint.catalog import Catalog
from lamlint.project import Project, build
from tests.memory import MemoryTree

TEMPLATE = """\
Transform: AWS::Serverless-2016-10-31
Globals:
  Function: {Runtime: python3.13, CodeUri: src}
Resources:
  Orders:
    Type: AWS::Serverless::Function
    Properties: {Handler: app.handler}
  Users:
    Type: AWS::Serverless::Function
    Properties: {Handler: web/users.handler}
  Again:
    Type: AWS::Serverless::Function
    Properties: {Handler: app.handler}
  Inline:
    Type: AWS::Serverless::Function
    Properties:
      Handler: index.main
      InlineCode: |
        def main(event, context):
            return event
"""


def project(*targets: str) -> Project:
    files = {
        "template.yaml": TEMPLATE,
        "src/app.py": "def handler(event, context):\n    return helper(event)\n",
        "src/web/users.py": "from app import handler\n",
        "src/other.py": "def not_named(event, context):\n    return 1\n",
        "scripts/loose.py": "def lambda_handler(event, context):\n    return 1\n",
        "scripts/plain.py": "def add(first, second):\n    return first + second\n",
    }
    return build(MemoryTree(files), targets, Catalog(), date(2026, 11, 23))


def test_configured_functions_have_their_handlers() -> None:
    built = project()
    found = {}
    for function in built.functions:
        handler = built.handler_of(function)
        assert handler is not None
        found[function.name] = (handler.module.path, handler.name)
    assert found == {
        "Orders": ("src/app.py", "handler"),
        "Again": ("src/app.py", "handler"),
        "Users": ("src/app.py", "handler"),
        "Inline": ("template.yaml", "main"),
    }


def test_handlers_know_all_their_functions() -> None:
    names = [[one.name for one in handler.functions] for handler in project().handlers]
    assert ["Orders", "Again"] in names


def test_signatures_count_only_outside_declared_code() -> None:
    recognised = [one.module.path for one in project().handlers if one.by_signature]
    assert recognised == ["scripts/loose.py"]


def test_paths_limit_what_is_recognised() -> None:
    assert not [one for one in project("src").handlers if one.by_signature]
