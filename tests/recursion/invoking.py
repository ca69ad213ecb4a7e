"""What is told of a function that may invoke itself."""

from __future__ import annotations

from datetime import date

from lamlint import project, registry
from lamlint.catalog import Catalog
from lamlint.engine import check
from lamlint.text import Finding
from tests.memory import MemoryTree

SAM = """\
Transform: AWS::Serverless-2016-10-31
Parameters:
  Stage: {Type: String, Default: dev}
Resources:
  Work:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.13
      Handler: app.handler
      CodeUri: src/
      FunctionName: %s
      Environment:
        Variables:
          SELF: %s
          OTHER: !Ref Other
  Other:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.13
      Handler: other.handler
      CodeUri: other/
"""
NAMED = SAM % ("acme-work", "acme-work")
RULE = registry.load(plugins=False)["self-invocation"]


def found(template: str, code: str) -> tuple[Finding, ...]:
    tree = MemoryTree({"template.yaml": template, "src/app.py": code})
    return check.check(project.build(tree, (), Catalog(), date(2026, 11, 24)), [RULE])
