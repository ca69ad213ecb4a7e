"""A small part of the campaign, the same each time."""

from __future__ import annotations

from tests.fuzz.campaign import main


def test_mutated_inputs_end_well() -> None:
    assert main(120, 20261128) == 0
