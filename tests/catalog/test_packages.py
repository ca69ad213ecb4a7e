"""How wheels grow, by what was measured."""

from __future__ import annotations

import pytest

from lamlint.catalog import Catalog

FACTS = Catalog().packages


@pytest.mark.parametrize("name", sorted(FACTS.measured))
def test_the_low_end_is_below_the_middle(name: str) -> None:
    growth = FACTS.measured[name]
    assert 1 < growth.least < growth.about < 10


@pytest.mark.parametrize(
    ("name", "wheel", "unpacked"),
    [
        ("numpy", 15_713_899, 52_765_338),
        ("pyarrow", 39_874_508, 129_910_509),
        ("botocore", 16_555_415, 21_111_421),
        ("boto3", 140_158, 991_217),
        ("lxml", 4_998_850, 12_084_216),
        ("pymupdf", 68_938_796, 115_515_395),
    ],
)
def test_what_was_measured_is_not_below_the_low_end(name: str, wheel: int, unpacked: int) -> None:
    _, least = FACTS.unpacked(name, wheel)
    assert 0.8 * unpacked < least <= unpacked


def test_the_general_low_end_is_below_all_that_was_measured_but_data_that_is_packed_already() -> (
    None
):
    packed = {"botocore"}
    assert all(
        FACTS.growth.least < FACTS.measured[name].about for name in FACTS.measured.keys() - packed
    )
    lowest = min(growth.least for name, growth in FACTS.measured.items() if name not in packed)
    assert lowest > 1.4


def test_a_wheel_that_was_not_measured_grows_as_most_do() -> None:
    assert FACTS.unpacked("duckling", 1_000_000) == (3_000_000, 1_600_000)
