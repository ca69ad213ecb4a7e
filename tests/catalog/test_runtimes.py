"""The runtimes and their dates, compared with what cfn-lint and botocore know of the same."""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping
from importlib.resources import files
from typing import Any

import pytest

from lamlint.catalog import Catalog

RUNTIMES = Catalog().runtimes.by_name
NOT_BY_CFN_LINT = {
    "java8.al2023",
    "java11.al2023",
    "java17.al2023",
    "nodejs26.x",
    "python3.15",
}
"""Runtimes that the API has, and cfn-lint's table of ends has not."""

_LIFECYCLE = files("cfnlint.data.AdditionalSpecs") / "LmbdRuntimeLifecycle.json"
ENDS: Mapping[str, Mapping[str, str | None]] = json.loads(_LIFECYCLE.read_text(encoding="utf-8"))


def test_cfn_lint_knows_all_runtimes_but_the_latest() -> None:
    assert RUNTIMES.keys() - ENDS.keys() == NOT_BY_CFN_LINT
    assert ENDS.keys() <= RUNTIMES.keys()


@pytest.mark.parametrize("name", sorted(ENDS))
def test_the_dates_are_those_of_cfn_lint(name: str) -> None:
    known = RUNTIMES[name]
    dates = (known.deprecated, known.create_blocked, known.update_blocked)
    written = tuple(None if day is None else day.isoformat() for day in dates)
    ends = ENDS[name]
    assert written == (ends["deprecated"], ends["create-block"], ends["update-block"])


def test_each_runtime_of_the_api_is_known() -> None:
    model = files("botocore") / "data" / "lambda" / "2015-03-31" / "service-2.json.gz"
    shapes: Mapping[str, Any] = json.loads(gzip.decompress(model.read_bytes()))["shapes"]
    assert set(shapes["Runtime"]["enum"]) - RUNTIMES.keys() == {"custom"}
