"""Addresses to which errors are reported are public; what only looks like one is not."""

from __future__ import annotations

from datetime import date

import pytest

from lamlint import project
from lamlint.catalog import Catalog
from lamlint.engine import check
from tests.checking import rules
from tests.memory import MemoryTree
from tests.secrets import made

PUBLIC, SECRET = made.letters(made.HEX, 32), made.letters(made.HEX, 31) + "7"
HALVES = f"https://{PUBLIC}:{SECRET}@"
RULES = ("hardcoded-secret", "secret-in-configuration", "secret-in-environment")
DSNS = {
    "of the service": ("ORDERS_SENTRY_DSN", f"{HALVES}sentry.io/204971"),
    "under any name": ("REPORT_TO", f"{HALVES}o1.ingest.sentry.io/204971"),
    "of one's own server": ("RAVEN_DSN", f"{HALVES}errors.acme.io:8443/intern/3?timeout=2"),
}
OTHERS = {
    "of no project": ("SENTRY_DSN", f"{HALVES}sentry.io/api/projects"),
    "of another server": ("REPORT_TO", f"{HALVES}errors.acme.io/204971"),
    "a password": ("SENTRY_DSN", "https://deploy:kT7vQ2xw9z@sentry.io/204971"),
    "of a database": ("SENTRY_DSN", f"postgresql://{PUBLIC}:{SECRET}@sentry.io/204971"),
    "a token of the service": ("SENTRY_AUTH", made.TOKENS["sentry-token"]),
}


def told(files: dict[str, str]) -> list[str]:
    built = project.build(MemoryTree(files), ("",), Catalog(), date(2026, 11, 24))
    return [one.rule for one in check.check(built, [rules()[name] for name in RULES])]


def ways(name: str, value: str) -> list[dict[str, str]]:
    """A function's variable, code, and a file of settings with the value."""
    template = (
        "Resources:\n  Fn:\n    Type: AWS::Lambda::Function\n    Properties:\n"
        f"      Environment:\n        Variables:\n          {name}: {value}\n"
    )
    return [
        {"template.yaml": template},
        {"app.py": f'import sdk\n\n{name} = "{value}"\n'},
        {"app.py": f'import sdk\n\nsdk.init(dict({name.lower()}="{value}"))\n'},
        {".env": f"{name}={value}\n"},
    ]


@pytest.mark.parametrize(("name", "value"), DSNS.values(), ids=DSNS)
def test_an_address_for_errors_is_public(name: str, value: str) -> None:
    assert [told(files) for files in ways(name, value)] == [[], [], [], []]


@pytest.mark.parametrize(("name", "value"), OTHERS.values(), ids=OTHERS)
def test_another_address_is_not(name: str, value: str) -> None:
    assert all(told(files) for files in ways(name, value))
