"""Lists of what nobody may have are no secrets; lists of what lets somebody in are."""

from __future__ import annotations

import json

import pytest

from tests.secrets import made
from tests.secrets.in_code import findings
from tests.secrets.in_files import findings as in_files
from tests.secrets.leaks import KEY
from tests.secrets.projects import PROJECT

PASSWORD = "kT7-vQ2xw!9"
LIST = f'"{PASSWORD}", "iloveyou22"'
ASKED = "def f(password):\n    if password in WORD_PASSWORDS:\n        raise ValueError(1)\n"


@pytest.mark.parametrize(
    "code",
    [
        f"COMMON_PASSWORDS = {{{LIST}}}",
        f"weak_passwords = [{LIST}]",
        f"class A:\n    forbiddenPasswords = ({LIST})",
        f"x = check(banned_passwords=[{LIST}])",
        f'REVOKED_TOKENS = ["{KEY}"]',
        f'LEAKED_API_KEYS: set[str] = {{"{KEY}"}}',
        f'WEAK_PASSWORDS = ["password", "{PASSWORD}"]',
        # By what is done with what is found in it.
        f"WORD_PASSWORDS = {{{LIST}}}\n{ASKED}",
        f"WORD_PASSWORDS = [{LIST}]\n{ASKED.replace('in', 'is not None and password.lower() in')}",
        f"WORD_PASSWORDS = [{LIST}]\n{ASKED.replace('raise ValueError(1)', 'return False')}",
        f"def f(password):\n    if password in ({LIST}):\n        raise ValueError(1)",
        f"PASSWORDS = [{LIST}]\ndef f(password):\n    assert password not in PASSWORDS",
    ],
)
def test_what_nobody_may_have_is_no_secret(code: str) -> None:
    assert findings(f"{code}\n") == ()


@pytest.mark.parametrize(
    ("code", "told"),
    [
        (f"VALID_PASSWORDS = {{{LIST}}}", 1),
        (f'COMMON_PASSWORDS = {{"db": "{PASSWORD}"}}', 1),  # the one that all have
        (f'COMMON_API_KEYS = ["{KEY}"]', 1),
        (f'BLOCKED_PASSWORD = "{PASSWORD}"', 1),
        (f'REVOKED_TOKENS = ["{made.TOKENS["github-token"]}"]', 1),  # who knows whether it is
        (f"WORD_PASSWORDS = {{{LIST}}}\n{ASKED.replace(' in ', ' not in ')}", 1),
        (f"WORD_PASSWORDS = {{{LIST}}}\n{ASKED.replace('raise ValueError(1)', 'return True')}", 1),
        (f"WORD_PASSWORDS = {{{LIST}}}\n{ASKED}login(WORD_PASSWORDS[0])", 1),
        (f"WORD_PASSWORDS = {{{LIST}}}\n{ASKED.replace('password in', 'not password in')}", 1),
        (f"def f(password):\n    if password not in ({LIST}):\n        raise ValueError(1)", 1),
        (f"def f(password):\n    if password in ({LIST}):\n        return True", 1),
        (f"PASSWORDS = [{LIST}]\ndef f(password):\n    assert password in PASSWORDS", 1),
    ],
)
def test_what_lets_somebody_in_is_one(code: str, told: int) -> None:
    assert len(findings(f"{code}\n")) >= told


def test_one_of_several_is_told_by_the_name_that_stands_there() -> None:
    (found,) = findings(f'VALID_TOKENS = ["{KEY}"]\n')
    assert found.message.startswith("one of VALID_TOKENS stands in the code")
    (found,) = findings(f'API_KEYS = {{"shop": "{KEY}"}}\n')
    assert found.message.startswith("one of API_KEYS stands in the code")


@pytest.mark.parametrize(
    ("settings", "starts"),
    [
        ({"blocked_passwords": [PASSWORD]}, None),
        ({"weak_passwords": [PASSWORD, "iloveyou22"]}, None),
        ({"admin_passwords": [PASSWORD]}, "the value of admin_passwords stands"),
        ({"common_passwords": {"db": PASSWORD}}, "the value of common_passwords stands"),
    ],
)
def test_settings_list_them_too(settings: dict[str, object], starts: str | None) -> None:
    found = in_files({**PROJECT, "src/config.json": json.dumps(settings)})
    assert [one.message.startswith(starts or "") for one in found] == ([True] if starts else [])
