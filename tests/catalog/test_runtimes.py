"""The runtimes and their dates, compared with what cfn-lint and botocore know of the same."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from lamlint.catalog import Catalog
from tests.catalog.models import cfn_lint, shapes

RUNTIMES = Catalog().runtimes.by_name
NOT_BY_CFN_LINT = {
    "java8.al2023",
    "java11.al2023",
    "java17.al2023",
    "nodejs26.x",
    "python3.15",
}
"""Runtimes that the API has, and cfn-lint's table of ends has not."""

ENDS: Mapping[str, Mapping[str, str | None]] = cfn_lint("AdditionalSpecs/LmbdRuntimeLifecycle.json")


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
    assert set(shapes("lambda")["Runtime"]["enum"]) - RUNTIMES.keys() == {"custom"}
