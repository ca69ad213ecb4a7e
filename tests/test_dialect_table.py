"""Each rule is seen in each dialect that can express what it looks at."""

from __future__ import annotations

import pytest

from lamlint.dialects.dialect import TITLES
from tests.checking import rules
from tests.dialect_table import ANY, missing, reasons


@pytest.mark.parametrize("dialect", TITLES)
def test_fixtures_show_every_rule(dialect: str) -> None:
    lacking = {name: missing(rule, dialect) for name, rule in rules().items()}
    assert {name: said for name, said in lacking.items() if said} == {}


def test_reasons_are_those_of_rules() -> None:
    assert {name for name, _ in reasons()} <= set(rules())
    assert all(dialect in (*TITLES, ANY) for _, dialect in reasons())
