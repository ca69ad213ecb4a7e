"""Inline code is measured in bytes, as CloudFormation takes it."""

from __future__ import annotations

import dataclasses
from datetime import date

import pytest

from lamlint import project, registry
from lamlint.catalog import Catalog
from lamlint.text import Source
from tests.memory import MemoryTree

RULE = registry.load(plugins=False)["inline-code-too-large"]
MOST = 4 * 1024 * 1024
TEMPLATE = """\
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: python3.13
      Handler: index.handler
      Code: {ZipFile: "x = 1"}
"""


@pytest.mark.parametrize(
    ("text", "large"),
    [
        ("x" * MOST, False),
        ("x" * (MOST + 1), True),
        ("é" * (MOST // 2), False),
        ("é" * (MOST // 2 + 1), True),
    ],
)
def test_size(text: str, large: bool) -> None:
    built = project.build(
        MemoryTree({"template.yaml": TEMPLATE}), (), Catalog(), date(2026, 11, 23)
    )
    (function,) = built.functions
    code = dataclasses.replace(function.code, inline=Source("template.yaml", text))
    found = list(RULE.check(dataclasses.replace(function, code=code), built))
    assert ["inline code has" in finding.message for finding in found] == [True] * large
