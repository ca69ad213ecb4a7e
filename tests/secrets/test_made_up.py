"""Secrets that were made up: for tests, and for the first account of a database for trying."""

from __future__ import annotations

from datetime import date

import pytest

from lamlint import registry
from lamlint.catalog import Catalog
from lamlint.engine.check import check
from lamlint.project import build
from lamlint.rule import ERROR, INFORMATION
from lamlint.text import Severity
from tests.memory import MemoryTree
from tests.secrets import made
from tests.secrets.test_code import findings

KEY = f"'''{made.private_key()}'''\n"
SAID = [
    f"# private key for tests (DO NOT USE for other than tests)\n# openssl genrsa\nPEM = {KEY}",
    f"# Don't use this.\nPEM = {KEY}",
    f"# test key\nPEM = {KEY}",
    f"# An RSA key that is only for testing\nPEM = {KEY}",
    f"# a dummy\nPEM = {KEY}",
    f"# not a real key\nPEM = {KEY}",
    f"FAKE_PEM = {KEY}",
    f"dummy_key = {KEY}",
    f"def test_it():\n    # throw-away key\n    key = {KEY}",
]
UNSAID = [
    f"PEM = {KEY}",
    f"# the key of the service\nPEM = {KEY}",
    f"# test key\n\nOTHER = 1\nPEM = {KEY}",
    f"# test the key\nPEM = {KEY}",
]


@pytest.mark.parametrize("code", SAID)
def test_what_is_said_to_be_made_up_is_silent_in_tests(code: str) -> None:
    assert not findings(code, "tests/test_signature.py")


@pytest.mark.parametrize("code", UNSAID)
def test_what_nobody_says_so_of_is_information_in_tests(code: str) -> None:
    assert [one.severity for one in findings(code, "tests/test_signature.py")] == [INFORMATION]


@pytest.mark.parametrize("code", [one for one in SAID if one.startswith("#")])
def test_outside_of_tests_no_word_makes_it_lighter(code: str) -> None:
    assert [one.severity for one in findings(code, "app.py")] == [ERROR]


TEMPLATE = """\
Transform: AWS::Serverless-2016-10-31
Resources:
  F:
    Type: AWS::Serverless::Function
    Properties: {CodeUri: src/, Handler: app.handler, Runtime: python3.13}
"""
SEED = 'PASSWORD = "admin123"\ndef main(): add("a@b.example", PASSWORD)\n'
USERS = 'USERS = [{"email": "one@example.com", "password": "kT7-vQ2xw!9"}]\n'
HANDLER = "def handler(event, context): return event\n"


def weight(path: str, text: str, handler: str = HANDLER) -> Severity | None:
    tree = MemoryTree({"template.yaml": TEMPLATE, "src/app.py": handler, path: text})
    built = build(tree, (), Catalog(), date(2026, 11, 29))
    (one,) = check(built, [registry.load(plugins=False)["hardcoded-secret"]])
    return one.severity


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("src/scripts/seed_user.py", SEED),
        ("src/seed.py", SEED),
        ("tools/demo-data.py", SEED),
        ("src/users.py", f'"""Seed a clinic user for dev/testing."""\n{SEED}'),
        ("scripts/cognito.py", f'"""Set up test users."""\n{USERS}'),
        ("scripts/cognito.py", f"TEST_{USERS}"),
    ],
)
def test_the_first_password_of_a_database_for_trying_is_information(path: str, text: str) -> None:
    assert weight(path, text) is INFORMATION


@pytest.mark.parametrize(
    ("path", "text", "handler"),
    [
        ("src/users.py", SEED, HANDLER),
        ("src/seed.py", SEED.replace("admin123", "kT7-vQ2xw!9"), HANDLER),
        ("src/seed.py", SEED, f"import seed\n{HANDLER}"),
        ("src/proceeds.py", SEED, HANDLER),
        ("scripts/cognito.py", USERS, HANDLER),
        ("scripts/cognito.py", f"TEST_{USERS}".replace("example.com", "acme.io"), HANDLER),
        ("src/seed.py", f"TEST_{USERS}", f"import seed\n{HANDLER}"),
    ],
)
def test_a_password_that_may_be_deployed_is_an_error(path: str, text: str, handler: str) -> None:
    assert weight(path, text, handler) is ERROR


ZAPPA = '{"live": {"project_name": "shop", "s3_bucket": "b", "runtime": "python3.13", %s}}'
LIVE = '"django_settings": "settings.live"'
SECRET_KEY = f'SECRET_KEY = "{made.letters(made.ALNUM, 50)}"\n'
ANEW = 'from settings.base import *\nimport os\nSECRET_KEY = os.environ["KEY"]\n'


def settings(zappa: str, live: str, base: str = "from settings.default import *\n") -> Severity:
    files = {
        "zappa_settings.json": ZAPPA % zappa,
        "settings/__init__.py": "",
        "settings/default.py": SECRET_KEY,
        "settings/base.py": base,
        "settings/live.py": live,
    }
    built = build(MemoryTree(files), (), Catalog(), date(2026, 11, 29))
    (one,) = check(built, [registry.load(plugins=False)["hardcoded-secret"]])
    assert one.severity is INFORMATION or one.fix is not None
    return one.severity or ERROR


def test_settings_that_the_functions_set_anew_are_information() -> None:
    assert settings(LIVE, ANEW) is INFORMATION
    assert settings(LIVE, ANEW.replace("base", "default")) is INFORMATION


@pytest.mark.parametrize(
    ("zappa", "live"),
    [
        ('"app_function": "app.app"', ANEW),
        ('"django_settings": "settings.base"', ANEW),
        (LIVE, "from settings.base import *\n"),
        (LIVE, 'import os\nSECRET_KEY = os.environ["KEY"]\nfrom settings.base import *\n'),
        (LIVE, ANEW.replace("SECRET_KEY", "OTHER_KEY")),
        (LIVE, ANEW.replace("settings.base", "others.base")),
    ],
)
def test_settings_that_a_function_may_keep_weigh_as_ever(zappa: str, live: str) -> None:
    assert settings(zappa, live) is ERROR
