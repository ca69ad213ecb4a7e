"""Names as a sentence lists them."""

from __future__ import annotations

import pytest

from lamlint.text import listed


@pytest.mark.parametrize(
    ("names", "told"), [(["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")]
)
def test_names_are_listed(names: list[str], told: str) -> None:
    assert listed(names) == told
