"""The catalogue of regions."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from lamlint.catalog import Catalog
from lamlint.catalog.regions import is_region
from lamlint.catalog.tables import load_table

session = pytest.importorskip("botocore.session")
ROWS: list[dict[str, Any]] = load_table("regions")["pinned"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("eu-west-1", True),
        ("ap-southeast-7", True),
        ("us-gov-east-1", True),
        ("us-isob-east-1", True),
        ("eusc-de-east-1", True),
        ("aws-global", False),
        ("eu-west-1a", False),
        ("fips-us-east-1", False),
        ("{{ region }}", False),
        ("", False),
    ],
)
def test_regions_are_told_by_their_form(text: str, expected: bool) -> None:
    assert is_region(text) is expected


@pytest.mark.parametrize(
    ("service", "region", "expected"),
    [
        ("iam", "us-east-1", True),
        ("pricing", "ap-south-1", True),
        ("acm", "us-east-1", True),
        ("acm", "eu-west-1", False),
        ("s3", "us-east-1", False),
        ("", "us-east-1", False),
    ],
)
def test_some_services_are_pinned(service: str, region: str, expected: bool) -> None:
    assert Catalog().regions.pins(service, region) is expected


def test_each_row_is_whole() -> None:
    named = [name for row in ROWS for name in row["services"]]
    assert len(named) == len(set(named))
    for row in ROWS:
        assert row["why"]
        assert row["source"].startswith("https://docs.aws.amazon.com/")
        assert isinstance(row["as-of"], date)
        assert all(region == "*" or is_region(region) for region in row["regions"])


def test_services_are_called_as_the_sdk_calls_them() -> None:
    known = set(session.Session().get_available_services())
    assert {name for row in ROWS for name in row["services"]} - known == set()
