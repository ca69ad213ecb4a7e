"""What others know of the same facts: botocore's models of APIs, cfn-lint's schemas and data."""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import pytest

pytest.importorskip("botocore", reason="the models of the APIs are botocore's")
pytest.importorskip("cfnlint", reason="the schemas of CloudFormation are cfn-lint's")


@cache
def shapes(service: str) -> Mapping[str, Any]:
    """The shapes of the newest model of an API."""
    folder = files("botocore") / "data" / service
    newest = max(entry.name for entry in folder.iterdir() if entry.is_dir())
    model = folder / newest / "service-2.json.gz"
    found: Mapping[str, Any] = json.loads(gzip.decompress(model.read_bytes()))["shapes"]
    return found


def range_of(service: str, shape: str) -> tuple[int, int]:
    """The least and the most that a number of an API may be."""
    found = shapes(service)[shape]
    return found["min"], found["max"]


@cache
def schema(resource: str) -> Mapping[str, Any]:
    """The schema of a type of resources."""
    listed = cfn_lint("schemas/providers/us-east-1.json")
    found: Mapping[str, Any] = cfn_lint(f"schemas/resources/{listed[resource]}.json")
    return found


def within(resource: str, path: str) -> Any:
    """What stands at a path in the schema of a type of resources."""
    found: Any = schema(resource)
    for name in path.split("/"):
        found = found[name]
    return found


def range_within(resource: str, path: str) -> tuple[int, int]:
    """The least and the most that a property may be, by its path in the schema of its resource."""
    found = within(resource, path)
    return found["minimum"], found["maximum"]


@cache
def cfn_lint(path: str) -> Any:
    """A file of cfn-lint's own data."""
    return json.loads(files("cfnlint").joinpath("data", *path.split("/")).read_text("utf-8"))
