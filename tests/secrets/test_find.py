"""Secrets that are told by their shape."""

from __future__ import annotations

import pytest

from lamlint.secrets import find, patterns
from lamlint.secrets.names import names_secret
from tests.secrets import made

SLACK = "services/T01ABCDEF/B02GHIJKL/" + made.letters(made.ALNUM, 24)


def kinds(text: str) -> list[str]:
    return [match.kind for match in find(text)]


@pytest.mark.parametrize(("kind", "token"), made.TOKENS.items(), ids=list(made.TOKENS))
def test_a_token_is_found_where_it_stands(kind: str, token: str) -> None:
    text = f'import app\nclient = app.Client("{token}")  # ü\n'
    (match,) = find(text)
    assert match.kind == kind
    assert text[match.start : match.end] == token


@pytest.mark.parametrize(
    ("kind", "text", "secret"),
    [
        (
            "aws-secret-access-key",
            f'aws_secret_access_key="{made.SECRET_ACCESS_KEY}"',
            made.SECRET_ACCESS_KEY,
        ),
        (
            "aws-secret-access-key",
            f'{{"SecretAccessKey": "{made.SECRET_ACCESS_KEY}"}}',
            made.SECRET_ACCESS_KEY,
        ),
        (
            "slack-webhook",
            "https://hooks.slack.com/" + SLACK,
            SLACK,
        ),
        ("twilio-key", "twilio.Client('S" + "K" + made.letters(made.HEX, 32) + "')", None),
        (
            "azure-storage-key",
            "AccountName=a;AccountKey=" + made.letters(made.B64, 86) + "==;",
            made.letters(made.B64, 86) + "==",
        ),
        (
            "url-password",
            "postgresql+psycopg://app:kT7vQ2xw@db.internal.acme.io:5432/app",
            "kT7vQ2xw",
        ),
        ("url-password", "https://deploy:kT7vQ2xw@git.acme.io/app.git", "kT7vQ2xw"),
        (
            "connection-string-password",
            "Server=db.acme.io;Database=app;User Id=app;Password=kT7vQ2xw!;",
            "kT7vQ2xw!",
        ),
    ],
)  # fmt: skip
def test_only_the_secret_part_is_bounded(kind: str, text: str, secret: str | None) -> None:
    (match,) = find(text)
    assert match.kind == kind
    if secret is not None:
        assert text[match.start : match.end] == secret


def test_a_private_key_is_found_in_every_spelling() -> None:
    pem = made.private_key()
    as_parts = "(" + " ".join(repr(line + "\n") for line in pem.splitlines()) + ")"
    for text in (pem, repr(pem), as_parts, pem.replace("\n", "\r\n")):
        assert kinds(text) == ["private-key"]


@pytest.mark.parametrize(
    "text",
    [
        "AKIA" + "IOSFODNN7EXAMPLE",
        "AKIA" + "1" * 16,
        "AKIA" + "X" * 16,
        "AROA" + made.letters(made.UPPER32, 16),
        made.letters(made.HEX, 40),
        f"commit_sha = '{made.letters(made.HEX, 40)}'",
        "aws_secret_access_key = '" + "wJalrXUtnFEMI/K7MDENG/bPxRfiCY" + "EXAMPLEKEY'",
        "-----BEGIN PRIVATE KEY-----",
        "-----BEGIN PRIVATE KEY-----\n...\n-----END PRIVATE KEY-----",
        "-----BEGIN RSA PRIVATE KEY-----\n" + "x" * 400 + "\n-----END RSA PRIVATE KEY-----",
        made.private_key().replace("PRIVATE", "PUBLIC"),
        "re.compile('-----BEGIN (RSA|EC) PRIVATE KEY-----(.*?)-----END')",
        "gh" + "p_" + "x" * 36,
        "sk" + "_live_" + "your_key_goes_here",
        "pk_live_" + made.letters(made.ALNUM, 24),
        "postgres://user:password@localhost:5432/db",
        "postgres://user:pass@db:5432/app",
        "postgresql://{user}:{password}@{host}/{name}",
        "postgres://%s:%s@db.acme.io/app",
        "postgres://$USER:$PASSWORD@db.acme.io/app",
        "https://<user>:<password>@acme.io/",
        "https://user:password@example.com/path",
        "http://acme.io:8080/a@b",
        made.web_token(sub="1234567890", name="John Doe"),
        made.web_token(sub="q").rpartition(".")[0] + ".signed-by-nobody-but-long-enough-for-one",
        made.web_token(sub="project:acme", aud="mirror", iat=1516239022),
        made.web_token(role="anon", iss="supabase"),
        "eyJhbGciOi.eyJ.not",
    ],
)  # fmt: skip
def test_examples_templates_and_look_alikes_are_not(text: str) -> None:
    assert kinds(text) == []


def test_keys_of_a_test_mode_say_so() -> None:
    (live,) = find("sk" + "_live_" + made.letters(made.ALNUM, 24))
    (test,) = find("sk" + "_test_" + made.letters(made.ALNUM, 24))
    assert (live.test, test.test) == (False, True)


def test_every_pattern_has_a_keyword_that_its_tokens_hold() -> None:
    by_kind = {pattern.kind: pattern for pattern in patterns.PATTERNS}
    assert len(by_kind) == len(patterns.PATTERNS)
    for kind, token in made.TOKENS.items():
        assert any(word in token for word in by_kind[kind].keywords), kind


def test_a_match_never_repeats_what_it_found() -> None:
    for token in made.TOKENS.values():
        (match,) = find(f"x = '{token}'")
        assert token[4:12] not in repr(match)


GOOGLE = made.TOKENS[patterns.GOOGLE_KEY]


@pytest.mark.parametrize(
    "text",
    [
        f'variable "public_google_api_key" {{\n  type    = string\n  default = "{GOOGLE}"\n}}\n',
        f'PUBLIC_MAPS_KEY = "{GOOGLE}"\n',
        f"NEXT_PUBLIC_MAPS_API_KEY={GOOGLE}\n",
        f"VITE_FIREBASE_API_KEY={GOOGLE}\n",
        f'{{"apiKey": "{GOOGLE}", "authDomain": "shop.web.app"}}',
        f'config = {{"authDomain": "shop.firebaseapp.com", "apiKey": "{GOOGLE}"}}\n',
    ],
)
def test_a_key_of_google_that_pages_show_is_no_secret(text: str) -> None:
    assert kinds(text) == []


@pytest.mark.parametrize(
    "text",
    [
        f'variable "google_api_key" {{\n  default = "{GOOGLE}"\n}}\n',
        f'public_subnet = "a"\nGOOGLE_API_KEY = "{GOOGLE}"\n',
        f'REPUBLIC_KEY = "{GOOGLE}"\n',
        f"PUBLIC = True\nKEY = '{GOOGLE}'\n",
    ],
)
def test_a_key_of_google_beside_what_is_public_is_one(text: str) -> None:
    assert kinds(text) == [patterns.GOOGLE_KEY]


KEY_ID = made.TOKENS[patterns.AWS_KEY_ID]
STORE = "https://acme-reports.s3.amazonaws.com/may.pdf"


@pytest.mark.parametrize(
    "text",
    [
        f"{STORE}?X-Amz-Credential={KEY_ID}%2F20240501%2Feu-west-1%2Fs3%2Faws4_request",
        f"{STORE}?X-Amz-Expires=60&X-Amz-Credential={KEY_ID}/20240501/eu-west-1/s3/aws4_request",
        f"{STORE}?AWSAccessKeyId={KEY_ID}&Expires=1714550400&Signature=abc",
        f"{STORE}?Expires=1714550400&amp;AWSAccessKeyId={KEY_ID}",
        f"{STORE}?Expires=1714550400\\u0026AWSAccessKeyId={KEY_ID}",
    ],
)
def test_the_id_of_the_key_that_signed_an_address_is_no_secret(text: str) -> None:
    assert kinds(f"url = '{text}'") == []


@pytest.mark.parametrize(
    "text",
    [
        f"AWSAccessKeyId={KEY_ID}",
        f"X-Amz-Credential=x&key={KEY_ID}",
        f"{STORE}?key={KEY_ID}",
        f"{STORE}?X-Amz-Credential=\n{KEY_ID}",
    ],
)
def test_the_id_of_a_key_elsewhere_is_one(text: str) -> None:
    assert kinds(text) == [patterns.AWS_KEY_ID]


@pytest.mark.parametrize(
    ("name", "secret"),
    [("X-Amz-Credential", False), ("X-Amz-Security-Token", True), ("shop_credential", True)],
)
def test_what_signed_a_request_is_named_in_public(name: str, secret: bool) -> None:
    assert names_secret(name) is secret


LETTERS = made.letters(made.ALNUM, 24)
DIGITS = "4039258175640"
HOOKS = "https://hooks.slack.com/"


@pytest.mark.parametrize(
    "path",
    [
        f"services/T01ABCDEF/B02GHIJKL/{LETTERS}",
        f"services/T04QK7RWZ2M/B06PX3DVN8C/{LETTERS}",
        f"workflows/T04QK7RWZ2M/A06PX3DVN8C/{DIGITS}81234/{LETTERS}",
        f"triggers/T04QK7RWZ2M/{DIGITS}/{made.letters(made.HEX, 32)}",
        f"triggers/E04QK7RWZ2M/{DIGITS}/{made.letters(made.HEX, 32)}",
    ],
)
def test_a_webhook_has_ids_of_the_form_that_slack_gives(path: str) -> None:
    assert kinds(f"url = '{HOOKS}{path}'") == ["slack-webhook"]


@pytest.mark.parametrize(
    "path",
    [
        f"services/TEAM/BOT/{LETTERS}{LETTERS[:12]}",
        f"services/X01ABCDEF/B02GHIJKL/{LETTERS}",
        f"services/t01abcdef/b02ghijkl/{LETTERS}",
        f"services/T01ABCDEF/B02GHIJKL/{LETTERS[:20]}",
        f"services/T01ABCDEF/B02GHIJKL/{LETTERS}{LETTERS}",
        f"workflows/T04QK7RWZ2M/A06PX3DVN8C/{LETTERS}",
        f"triggers/T04QK7RWZ2M/name/of/the/workflow/{LETTERS}",
    ],
)
def test_a_webhook_with_other_ids_is_a_placeholder(path: str) -> None:
    assert kinds(f"url = '{HOOKS}{path}'") == []
