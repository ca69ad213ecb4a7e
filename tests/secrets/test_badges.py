"""A token in the address of a badge shows the badge; one in another address is a secret."""

from __future__ import annotations

from datetime import date

import pytest

from lamlint import project
from lamlint.catalog import Catalog
from lamlint.engine import check
from lamlint.secrets.badges import in_badge
from tests.checking import rules
from tests.memory import MemoryTree
from tests.secrets.made import ALNUM, letters

SHORT = "e8M7XQ2LpT"
LONG = letters(ALNUM, 40)
GITHUB = "ghp" + "_" + letters(ALNUM, 36)

BADGES = [
    "https://codecov.io/gh/o/thing/branch/main/graph/badge.svg?token=",
    "https://codecov.io/gh/o/thing/graphs/badge.svg?branch=main&token=",
    "https://circleci.com/gh/o/thing.svg?style=svg&circle-token=",
    "https://app.bitrise.io/app/0123/status.svg?token=",
    "https://sonarcloud.io/api/project_badges/measure?project=thing&metric=alert_status&token=",
    "https://img.shields.io/endpoint?url=it&token=",
    "https://example.semaphoreci.com/badges/thing/branches/main.svg?style=shields&token=",
]
OTHERS = [
    "https://api.hr.example-works.com/v1/badges?token=",
    "https://api.example-works.com/v1/orders?token=",
    "https://raw.githubusercontent.com/o/thing/main/logo.svg?token=",
    "https://api.example-works.com/badge.svg/orders?token=",
]


def told(text: str, path: str = "setup.py") -> list[str]:
    built = project.build(MemoryTree({path: text}), (), Catalog(), date(2026, 11, 24))
    secrets = [rules()["hardcoded-secret"], rules()["secret-in-configuration"]]
    return [one.rule for one in check.check(built, secrets)]


@pytest.mark.parametrize("token", [SHORT, LONG])
@pytest.mark.parametrize("address", BADGES)
def test_a_badge(address: str, token: str) -> None:
    markdown = f"[![a]({address}{token})](https://codecov.io/gh/o/thing)"
    assert in_badge(markdown, markdown.index(token))
    assert told(f"TEXT = '# thing\\n{markdown}\\n\\nMore.'\n") == []
    assert told(f"badge: {address}{token}\n", "settings.yaml") == []


@pytest.mark.parametrize("address", OTHERS)
def test_another_address(address: str) -> None:
    text = f"TEXT = '{address}{LONG}'\n"
    assert not in_badge(text, text.index(LONG))
    assert told(text) == ["hardcoded-secret"]


def test_what_stands_behind_a_badge_is_none() -> None:
    text = f"TEXT = '{BADGES[0]}{SHORT} password=kT7-vQ2xw!9z'\n"
    assert told(text) == ["hardcoded-secret"]


INVENTED = "see postgresql://app:kT7-vQ2xw!9z@db.example-works.com/orders"
DOCUMENTATION = {
    "a keyword of setup": "setup(long_description='{}')",
    "a variable": "long_description = '''{}'''",
    "a key": "KWARGS = {{'long_description': '{}'}}",
    "joined": "setup(long_description='first ' '{}')",
    "added": "setup(long_description='first ' + '{}')",
    "help": "parser.add_argument('--to', help='{}')",
    "an epilog": "ArgumentParser(epilog='{}')",
    "the module's own": "__doc__ = '{}'",
    "a docstring": "'''{}'''",
}


@pytest.mark.parametrize("form", DOCUMENTATION.values(), ids=DOCUMENTATION)
def test_documentation_may_invent_a_password(form: str) -> None:
    assert told(f"{form.format(INVENTED)}\n") == []


@pytest.mark.parametrize("form", [*DOCUMENTATION.values()][:-1], ids=[*DOCUMENTATION][:-1])
def test_a_token_of_a_provider_is_not_invented(form: str) -> None:
    assert told(f"{form.format(GITHUB)}\n") == ["hardcoded-secret"]


@pytest.mark.parametrize("form", ["url = '{}'", "connect('{}')", "KWARGS = {{'url': '{}'}}"])
def test_elsewhere_it_is_no_documentation(form: str) -> None:
    assert told(f"{form.format(INVENTED)}\n") == ["hardcoded-secret"]
