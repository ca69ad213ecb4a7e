"""A template with little in it, and what is read of it."""

from __future__ import annotations

from datetime import date

from lamlint.catalog import Catalog
from lamlint.project import Project, build
from tests.memory import MemoryTree

TEMPLATE = """\
Transform: AWS::Serverless-2016-10-31
Globals:
  Function:
    Runtime: python3.12
    Timeout: 1000
Resources:
  Orders:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: src
      Handler: app.handler
"""


def read(template: str) -> Project:
    files = {"template.yaml": template, "src/app.py": ""}
    return build(MemoryTree(files), (), Catalog(), date(2026, 11, 23))
