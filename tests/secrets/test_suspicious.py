"""Secrets that are told by their name and how random they look."""

from __future__ import annotations

import pytest

from lamlint.secrets import names_secret, suspicious
from tests.secrets import made

RANDOM = made.letters(made.ALNUM, 24)


@pytest.mark.parametrize(
    "name",
    [
        "password", "DB_PASSWORD", "dbPassword", "db-password", "admin_pwd", "passphrase",
        "db_pass", "secret", "CLIENT_SECRET", "clientSecret", "SECRET_KEY", "secretKey",
        "api_key", "apikey",
        "API_KEY_PROD", "X_API_KEY",
        "authKey", "AUTH_TOKEN", "accessToken", "SLACK_TOKEN",
        "SLACK_VERIFICATION_TOKEN", "form_access_token",
        "private_key", "CONNECTION_STRING", "conn_str", "credentials", "jwt_secret", "token",
    ],
)  # fmt: skip
def test_names_of_secrets(name: str) -> None:
    assert names_secret(name)
    assert suspicious(name, RANDOM)


@pytest.mark.parametrize(
    "name",
    [
        "SECRET_ARN", "SECRET_NAME", "SECRET_ID", "SECRET_PATH", "TOKEN_PARAMETER", "API_KEY_URL",
        "ACCESS_KEY_ID", "PASSWORD_FIELD", "TOKEN_HEADER", "TOKEN_TTL", "PASSWORD_LENGTH",
        "TOKEN_PORT", "TOKEN_EXPIRATION", "TOKEN_TYPE", "KEY_FILE", "TOKEN_ENDPOINT",
        "SECRET_VERSION", "NextToken", "ContinuationToken", "ClientToken", "next_token",
        "tokenizer", "keyword", "primary_key", "partition_key", "sort_key", "foreign_key",
        "cache_key",
        "public_key", "S3Key", "key_pair", "key", "compass", "bypass", "passenger", "pass",
        "secretary", "INVALID_PASSWORD", "no_password", "pad_token", "password_hash", "monkey",
        "csrf_token", "PasswordResetRequired", "passed", "authorKey", "idempotency_token",
        "validityToken", "authenticity_token", "__RequestVerificationToken", "antiForgeryToken",
    ],
)  # fmt: skip
def test_names_of_other_things(name: str) -> None:
    assert not names_secret(name)
    assert not suspicious(name, RANDOM)


@pytest.mark.parametrize(
    "value",
    [
        "Tr0ub4dor&3",
        "hunter2024",
        "S3cr3tP@ssw0rd",
        "kT7vQ2xw",
        RANDOM,
        "P@ssw0rd!",
        "Passw0rd",
        "Summer22",
        "Vibor2000",
        "Admin@123",
        "Winter-2024!",
        "pbkdf2-kT7vQ2xw!9",
        "scrypt_kT7vQ2xw!9",
    ],
)
def test_what_people_take_for_a_password(value: str) -> None:
    assert suspicious("DB_PASSWORD", value)


@pytest.mark.parametrize(
    "value",
    [
        "password", "changeme", "change-me-1", "xxxxxxxxxxxx", "********", "<your-password>",
        "your_password1", "dummy-pass-1", "test1234", "testing123", "placeholder1", "REDACTED1!",
        "none", "aaaaaaaa1", "12345678", "abcdefgh1", "user_password", "access-token",
        "INVALID_PASSWORD", "${DB_PASSWORD}", "{{ password }}", "$DB_PASSWORD", "%(password)s",
        "{password}", "|Ref|dbPassword", "{{resolve:secretsmanager:db:SecretString:password}}", "${ssm:/db/password}",
        "arn:aws:secretsmanager:eu-west-1:123456789012:secret:db-AbCdEf", "/prod/db/password1",
        "ssm:/prod/db", "Enter your password 1", "X-Api-Key", "db.acme.io", "https://acme.io/reset1",
        "me@acme.io", "b5c1a3f0-41f0-4b8e-9a53-2f6d0f9b1c7e", made.letters(made.HEX, 64),
        made.letters(made.HEX, 40), "2024-01-31", r"^[A-Za-z0-9]{8,}$", "password.txt", "1.22.333",
        "NotAuthorizedException", "CHALLENGE_NEW_PASSWORD", "#/definitions/Password1",
        "Пароль123", "UserPasswordAuth", "ALLOW_USER_PASSWORD_AUTH", "short1!",
        "$2b$12$abcdefghijklmnopqrstuuABCDEFGHIJKLMNOPQRSTUV1234567890",
        "pbkdf2_sha256$390000$kT7vQ2xwA1$" + made.letters(made.B64, 43) + "=",
        "pbkdf2:sha256:600000$kT7vQ2xw$" + made.letters(made.HEX, 64),
        "scrypt:32768:8:1$kT7vQ2xw$" + made.letters(made.HEX, 64),
        "argon2$argon2id$v=19$m=102400,t=2,p=8$" + made.letters(made.B64, 22),
        "bcrypt_sha256$$2b$12$" + made.letters(made.ALNUM, 53),
        "$6$kT7vQ2xw$" + made.letters(made.ALNUM, 86),
    ],
)  # fmt: skip
def test_values_that_are_no_password(value: str) -> None:
    assert not suspicious("DB_PASSWORD", value)


@pytest.mark.parametrize(
    "value",
    [
        "my-app-access-token", "application/json", "access_token_v2", "Authorization-Bearer-2",
        "urn:ietf:params:oauth:token-type:jwt", "cognito-identity-2-provider",
        "us-east-1_AbCdEfGhI",
        "secret-manager-lambda-rotation-2024", "client_credentials", "https://acme.io/oauth2/token",
        "com.acme.service.TokenProvider1", "0123456789abcdef0123456789abcdef",
        "AKIAIOSFODNN7EXAMPLE", "local-development-secret-1", "GetSecretValueResponse2024",
        "prod-fixture-3c1fa09d772e41bb8d60", "pytest_kT7vQ2xwA1bN8mLq",
        "gkdjs234587fk43586-43587yhgfdskj",
    ],
)  # fmt: skip
def test_values_that_are_no_token(value: str) -> None:
    assert not suspicious("API_TOKEN", value)


@pytest.mark.parametrize("name", ["AdminCredentials", "ADMIN_CREDENTIALS", "git_credential"])
@pytest.mark.parametrize("value", ["admin:Summer2024rain", "deploy.bot@acme:kT7-vQ2x!"])
def test_credentials_may_be_a_name_and_a_password(name: str, value: str) -> None:
    assert suspicious(name, value)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ADMIN_CREDENTIALS", "admin:password"),
        ("ADMIN_CREDENTIALS", "admin:changeme123"),
        ("ADMIN_CREDENTIALS", "admin:${PASSWORD}"),
        ("ADMIN_CREDENTIALS", "username:Summer2024rain"),
        ("ADMIN_CREDENTIALS", "secret:Summer2024rain"),
        ("ADMIN_CREDENTIALS", "admin:rain24"),
        ("CREDENTIALS", "google:default"),
        ("CREDENTIALS", "arn:aws:secretsmanager:eu-west-1:1:secret:Summer2024"),
        ("CREDENTIALS", "projects/one:Summer2024"),
        ("CREDENTIALS_NAME", "admin:Summer2024rain"),
        ("ROUTE", "admin:Summer2024rain"),
        ("ACCESS_TOKEN", "admin:Summer2024rain"),
    ],
)
def test_what_is_no_name_and_password(name: str, value: str) -> None:
    assert not suspicious(name, value)
