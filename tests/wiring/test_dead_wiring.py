"""Names that nothing stands for: each is told once, with all that refer to it."""

from __future__ import annotations

from datetime import date

import pytest

from lamlint import project, registry
from lamlint.catalog import Catalog
from lamlint.engine import check
from lamlint.report.causes import told_once
from lamlint.text import Finding
from tests.memory import MemoryTree

RULES = registry.load(plugins=False)
FUNCTION = """\
  {name}:
    Type: AWS::Serverless::Function
    Properties:
      Handler: app.handler
      Runtime: python3.13
      Environment: {{Variables: {{STAGE: !Ref {stage}}}}}
"""


def told(*stages: str) -> list[Finding]:
    text = "Transform: AWS::Serverless-2016-10-31\nResources:\n" + "".join(
        FUNCTION.format(name=f"F{place}", stage=stage) for place, stage in enumerate(stages)
    )
    tree = MemoryTree({"template.yaml": text})
    built = project.build(tree, (), Catalog(), date(2026, 11, 29))
    return list(told_once(check.check(built, [RULES["dead-wiring"]])).values())


@pytest.mark.parametrize("many", [2, 3])
def test_a_name_that_is_missing_in_several_places_is_told_once(many: int) -> None:
    (one,) = told(*["Stage"] * many)
    assert "F0 refers to Stage" in one.message
    assert [also.message for also in one.related] == [
        f"F{place} refers to Stage, too" for place in range(1, many)
    ]
    assert one.subjects == tuple(f"F{place}" for place in range(many))


def test_two_names_are_told_twice() -> None:
    first, second = told("Stage", "Level")
    assert ("Stage" in first.message, "Level" in second.message) == (True, True)
