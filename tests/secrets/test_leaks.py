"""Leaks as they are found in the code of functions: each of these is reported, once."""

from __future__ import annotations

import pytest

from tests.secrets.in_code import findings
from tests.secrets.leaks import AWS, BASIC, CONNECTIONS, HEX, IMPORTS, KEY, LONG, NAMES, SENT


@pytest.mark.parametrize("leak", [*CONNECTIONS, *NAMES, *SENT])
def test_a_leak_is_found_once(leak: str) -> None:
    (found,) = findings(f"{IMPORTS}{leak}\n")
    assert found.rule == "hardcoded-secret"
    assert found.severity is not None
    assert found.severity.label == "error"


@pytest.mark.parametrize("leak", AWS)
def test_keys_of_aws_are_found_once_and_by_their_own_rule(leak: str) -> None:
    (found,) = findings(f"{IMPORTS}{leak}\n")
    assert found.rule == "hardcoded-aws-credentials"


@pytest.mark.parametrize("leak", [*CONNECTIONS, *NAMES, *SENT])
def test_no_leak_is_repeated(leak: str) -> None:
    told = repr(findings(f"{IMPORTS}{leak}\n"))
    for secret in ("vQ2xw", "hunter2", "min123", "2024", KEY[4:12], LONG[4:12], HEX[4:12], BASIC):
        assert secret not in told
