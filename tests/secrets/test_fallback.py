"""Secrets that are taken where a variable is not set: the message says so, and what it costs."""

from __future__ import annotations

import pytest

from lamlint.rule import ERROR
from tests.secrets import made
from tests.secrets.in_code import findings
from tests.secrets.in_files import findings as in_files

KEY = made.letters(made.ALNUM, 50)
PASSWORD = "kT7-vQ2xw!9"
HEAD = "import os, environ\nfrom decouple import config\nenv = environ.Env()\n"
INSTEAD = " is taken from the code where its variable is not set"
GET = f'SECRET_KEY = os.environ.get("SECRET_KEY", "{KEY}")\n'
DEBUG = 'DEBUG = os.environ.get("DEBUG", "True")\n'

READS = [
    GET,
    GET.replace("environ.get", "getenv"),
    f'SECRET_KEY = os.environ.get("SECRET_KEY") or "{KEY}"\n',
    f'SECRET_KEY = env("SECRET_KEY", default="{KEY}")\n',
    f'SECRET_KEY = env.str("DJANGO_SECRET_KEY", "{KEY}")\n',
    f'SECRET_KEY = config("SECRET_KEY", default="{KEY}")\n',
    f'JWT_SECRET = get_env_variable("JWT_SECRET", "{KEY}")\n',
    f'class Settings(BaseSettings):\n    secret_key: str = "{KEY}"\n',
    f'class Settings(pydantic.BaseSettings):\n    secret_key: str = Field("{KEY}", env="KEY")\n',
]
FOR_HERE = [
    DEBUG,
    'DEBUG = env.bool("DJANGO_DEBUG", default=True)\n',
    'DEBUG = not env.bool("DJANGO_PRODUCTION", default=False)\n',
    'STAGE = os.getenv("STAGE", "dev")\n',
    'ENV = os.environ.get("APP_ENV") or "local"\n',
    'HOST = env("DB_HOST", default="localhost")\n',
    'DATABASES = env.db_url("DATABASE_URL", default="postgres://postgres:postgres@db/postgres")\n',
    "class More(BaseSettings):\n    debug: bool = True\n",
    'class More(BaseSettings):\n    redis: str = "redis://localhost:6379/0"\n',
]
FOR_ALL = [
    "",
    "DEBUG = True\n",
    'DEBUG = os.environ.get("DEBUG", "False")\n',
    'DEBUG = env.bool("DJANGO_PRODUCTION", default=True)\n',
    'STAGE = os.getenv("STAGE", "prod")\n',
    'HOST = env("DB_HOST", default="db.acme.io")\n',
    'HOST = "localhost"\n',
    "class More(Base):\n    debug: bool = True\n",
]


@pytest.mark.parametrize("beside", FOR_HERE)
@pytest.mark.parametrize("read", READS)
def test_a_key_beside_defaults_for_ones_own_machine_is_a_warning(read: str, beside: str) -> None:
    (found,) = findings(HEAD + beside + read)
    assert found.severity is not None
    assert found.severity.label == "warning"
    assert f"{INSTEAD}, as settings for somebody's own machine are (" in found.message
    assert found.message.endswith("leave the default out, so that a missing variable fails")


@pytest.mark.parametrize("beside", FOR_ALL)
@pytest.mark.parametrize("read", READS)
def test_else_it_weighs_as_ever_and_is_told_as_a_default(read: str, beside: str) -> None:
    (found,) = findings(HEAD + beside + read)
    assert found.severity in (None, ERROR)
    assert f"{INSTEAD} (" in found.message


@pytest.mark.parametrize(
    ("code", "instead"),
    [
        (f'SECRET_KEY = "{KEY}"\n', False),
        (f'SECRET_KEY = keep("SECRET_KEY", default="{KEY}")\n', False),
        (f'set_env("SECRET_KEY", "{KEY}")\n', False),
        (f'class Settings(Base):\n    secret_key: str = "{KEY}"\n', False),
        (f'STRIPE_SECRET_KEY = os.environ.get("STRIPE_SECRET_KEY", "{KEY}")\n', True),
        (f'API_TOKEN = os.environ.get("API_TOKEN", "{KEY}")\n', True),
        (f'APP_SECRET = os.environ.get("APP_SECRET", "{KEY}")\n', True),
        (f'DB_PASSWORD = os.environ.get("DB_PASSWORD", "{PASSWORD}")\n', True),
    ],
)
def test_what_others_made_or_is_no_default_is_an_error_beside_them(
    code: str, instead: bool
) -> None:
    (found,) = findings(HEAD + DEBUG + code)
    assert found.severity in (None, ERROR)
    assert (INSTEAD in found.message) is instead


TEMPLATE = """Transform: AWS::Serverless-2016-10-31
Resources:
  F:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: src
      Handler: app.handler
      Runtime: python3.13
      Environment: {{Variables: {{{0}}}}}
"""
HANDLER = "import settings\ndef handler(event, context):\n    return settings.SECRET_KEY\n"


@pytest.mark.parametrize(
    ("variables", "handler", "label"),
    [
        ("TABLE: orders", HANDLER, "error"),
        ("TABLE: orders", HANDLER.replace("settings", "others"), "warning"),
        ("TABLE: orders, SECRET_KEY: !Ref Key", HANDLER, "warning"),
        ("", HANDLER, "warning"),
    ],
)
def test_a_function_that_surely_signs_with_it_makes_it_an_error(
    variables: str, handler: str, label: str
) -> None:
    files = {
        "template.yaml": TEMPLATE.format(variables),
        "src/app.py": handler,
        "src/others.py": "SECRET_KEY = 1\n",
        "src/settings.py": HEAD + DEBUG + GET,
    }
    (found,) = in_files(files, rules=["hardcoded-secret"])
    assert found.severity is not None or label == "error"
    assert (found.severity or ERROR).label == label


def test_a_token_that_calls_itself_synthetic_is_none() -> None:
    token = "sk_" + "live_" + "syntheticsecret123456"
    assert findings(f'STRIPE = "{token}"\n') == ()
    assert len(findings(f'STRIPE = "{token.replace("synthetic", "syntactic")}"\n')) == 1
