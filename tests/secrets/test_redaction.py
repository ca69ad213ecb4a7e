"""What may be shown of a secret."""

from __future__ import annotations

import pytest

from lamlint.secrets import assignments, mask, redact
from tests.secrets import made
from tests.secrets.leaks import (
    AWS,
    AWS_SECRET,
    BASIC,
    CONNECTIONS,
    HEX,
    KEY,
    LONG,
    NAMES,
    SENT,
)
from tests.secrets.traps import CONNECTIONS as REFERENCES

SECRETS = [*made.TOKENS.values(), made.SECRET_ACCESS_KEY, made.private_key(), "hunter2024"]


@pytest.mark.parametrize("secret", SECRETS)
def test_four_characters_at_most(secret: str) -> None:
    shown, _, length = redact(secret).partition("*" * 8)
    assert secret.startswith(shown)
    assert len(shown) <= min(4, len(secret) // 3)
    assert length == f", {len(secret.strip()):,} characters"


@pytest.mark.parametrize(
    "template",
    ['client = Client(token="{}")', "API_TOKEN={}\n", '{{"password": "{}"}}', "api_key: '{}'"],
)
@pytest.mark.parametrize("secret", SECRETS[:-2])
def test_a_mask_covers_and_keeps_every_offset(template: str, secret: str) -> None:
    text = "first = 1\n" + template.format(secret) + "\nlast = 2\n"
    masked = mask(text)
    assert secret[5:] not in masked
    assert len(masked) == len(text)
    assert masked.splitlines()[0] == "first = 1"
    assert masked.splitlines()[-1] == "last = 2"


def test_a_mask_keeps_the_lines_of_a_private_key() -> None:
    text = f'KEY = """{made.private_key()}"""\n'
    masked = mask(text)
    assert masked.count("\n") == text.count("\n")
    assert made.letters(made.B64, 64, 3) not in masked


def test_a_mask_leaves_other_text_alone() -> None:
    text = 'token = event["token"]\npassword = os.environ["PASSWORD"]\nkey = "users/1"\n'
    assert mask(text) == text


def test_an_assignment_does_not_show_its_value() -> None:
    (pair,) = assignments('db_password = "hunter2024"')
    assert pair.value == "hunter2024"
    assert "hunter" not in repr(pair)


@pytest.mark.parametrize("leak", [*CONNECTIONS, *NAMES, *SENT, *AWS])
def test_a_mask_needs_no_rule_to_cover_a_leak(leak: str) -> None:
    words = ("ter2-prod", "in123!", "4-what", "mer2024", "-vQ2xw", "7vQ2xw", "0rd!2024", "ome1")
    parts = (*words, "ein!", "n-2023", "hift#1", "0ad!", "me-2020", BASIC[5:])
    masked = mask(leak)
    assert len(masked) == len(leak)
    for secret in (*parts, KEY[4:12], LONG[4:12], LONG[25:], HEX[4:12], AWS_SECRET[4:12]):
        assert secret not in masked


def test_a_mask_leaves_most_references_readable() -> None:
    assert [code for code in REFERENCES if mask(code) != code] == [
        'psycopg2.connect(host="127.0.0.1", user="app", password="hunter2-prod")',
    ]
