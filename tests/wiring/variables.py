"""A function with variables, and what is told of those that it reads."""

from __future__ import annotations

from datetime import date

from lamlint import registry
from lamlint.catalog import Catalog
from lamlint.engine.check import check
from lamlint.project import build
from tests.memory import MemoryTree

TEMPLATE = """\
Resources:
  Fn:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.13
      Handler: app.handler
      CodeUri: src
      Environment: {Variables: {BUCKET: uploads}}
"""
RULE = "undefined-environment-variable"


def told(
    code: str, template: str = TEMPLATE, files: dict[str, str | bytes] | None = None
) -> list[str]:
    tree = MemoryTree({"template.yaml": template, "src/app.py": code, **(files or {})})
    project = build(tree, (), Catalog(), date(2026, 11, 23))
    found = check(project, [registry.load(plugins=False)[RULE]])
    assert not [one for one in found if one.rule != RULE], found
    return [one.message.partition(" ")[0] for one in found]


def module(lines: str) -> str:
    """Code that runs at import, before a handler that does nothing."""
    return f"import os\n{lines}\n\n\ndef handler(event, context):\n    return None\n"
