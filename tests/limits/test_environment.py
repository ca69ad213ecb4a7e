"""The environment is measured as Lambda measures it, and names are judged where Lambda sees them."""

from __future__ import annotations

import json
from datetime import date

import pytest

from lamlint import project, registry
from lamlint.catalog import Catalog
from lamlint.engine import check
from tests.memory import MemoryTree

RULES = registry.load(plugins=False)
MOST = Catalog().accepted.environment.bytes


def told(rule: str, variables: dict[str, object]) -> list[str]:
    """What is told of a function with some variables, `{"Ref": …}` among them."""
    function = {
        "Type": "AWS::Serverless::Function",
        "Properties": {
            "Runtime": "python3.13",
            "Handler": "app.handler",
            "CodeUri": "s3://example-bucket/orders.zip",
            "Environment": {"Variables": variables},
        },
    }
    template = {"Resources": {"Orders": function, "Table": {"Type": "AWS::DynamoDB::Table"}}}
    tree = MemoryTree({"template.json": json.dumps(template)})
    built = project.build(tree, (), Catalog(), date(2026, 11, 23))
    return [finding.message for finding in check.check(built, [RULES[rule]])]


def filled(size: int, character: str = "x", **others: object) -> dict[str, object]:
    """Variables that are so many bytes as compact JSON, but for the others."""
    width = len(json.dumps(character, ensure_ascii=False).encode()) - 2
    rest = size - len('{"A1":""}')
    return {"A1": character * (rest // width) + "x" * (rest % width), **others}


@pytest.mark.parametrize("character", ["x", "é", '"', "\\", "\n", "語"])
def test_the_limit_is_of_bytes_as_json(character: str) -> None:
    assert told("environment-too-large", filled(MOST, character)) == []
    (found,) = told("environment-too-large", filled(MOST + 1, character))
    assert found.startswith(f"the environment variables take {MOST + 1:,} bytes")


def test_what_is_not_known_counts_its_name_alone() -> None:
    table = {"Ref": "Table"}
    added = len(',"TABLE":""')
    assert told("environment-too-large", filled(MOST - added, TABLE=table)) == []
    (found,) = told("environment-too-large", filled(MOST - added + 1, TABLE=table))
    assert f"at least {MOST + 1:,} bytes" in found


@pytest.mark.parametrize("name", sorted(Catalog().accepted.environment.reserved))
def test_each_reserved_name_is_told_once(name: str) -> None:
    (found,) = told("reserved-environment-name", {name: "x", f"{name}_2": "x", name.lower(): "x"})
    assert found.startswith(f"Lambda sets {name} itself")


def test_there_are_as_many_reserved_names_as_are_documented() -> None:
    assert len(Catalog().accepted.environment.reserved) == 21
