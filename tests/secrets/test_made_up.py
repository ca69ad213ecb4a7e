"""Secrets that were made up: for tests, and for the first account of a database for trying."""

from __future__ import annotations

from datetime import date

import pytest

from lamlint import registry
from lamlint.catalog import Catalog
from lamlint.engine.check import check
from lamlint.project import build
from lamlint.rule import ERROR, INFORMATION
from lamlint.text import Finding, Severity
from tests.memory import MemoryTree
from tests.secrets import made
from tests.secrets.in_code import findings

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
        ("scripts/cognito.py", f"TEST_{USERS}".replace("kT7-vQ2xw!9", "Orchard2025!")),
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


DEV = {"settings/dev.py": "from settings.default import *\nDEBUG = True\n"}
"""Somebody's own machine runs on the key."""


def told(files: dict[str, str]) -> list[Finding]:
    built = build(MemoryTree(files), (), Catalog(), date(2026, 11, 29))
    return list(check(built, [registry.load(plugins=False)["hardcoded-secret"]]))


def site(zappa: str, live: str, base: str = "from settings.default import *\n") -> dict[str, str]:
    return {
        "zappa_settings.json": ZAPPA % zappa,
        "settings/__init__.py": "",
        "settings/default.py": SECRET_KEY,
        "settings/base.py": base,
        "settings/live.py": live,
    }


def settings(zappa: str, live: str) -> Severity:
    (one,) = told(site(zappa, live) | DEV)
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


BASE = f"from settings.default import *\n{ANEW.partition(chr(10))[2]}"


def test_settings_that_all_others_set_anew_are_nobodys() -> None:
    assert told(site(LIVE, ANEW, BASE)) == []
    assert told(site(LIVE, ANEW.replace("base", "default"), "")) == []


@pytest.mark.parametrize(
    "other",
    [
        DEV,
        {"manage.py": 'import os\nos.environ["DJANGO_SETTINGS_MODULE"] = "settings.default"\n'},
        {"shell.py": "from settings import default\nprint(default.SECRET_KEY)\n"},
        {"shell.py": "from settings.default import SECRET_KEY\n"},
    ],
)
def test_settings_that_something_else_has_are_told(other: dict[str, str]) -> None:
    (one,) = told(site(LIVE, ANEW, BASE) | other)
    assert (one.span.path, one.severity) == ("settings/default.py", INFORMATION)


WORDS = "pleaseneveruse" + "thisoneanywhere"
READ = f'import os\nSECRET_KEY = os.environ.get("KEY", "{WORDS}")\n'


@pytest.mark.parametrize(
    ("more", "severity"),
    [
        ("", ERROR),
        (', "environment_variables": {"OTHER": "a"}', ERROR),
        (', "remote_env": "s3://b/env.json"', INFORMATION),
    ],
)
@pytest.mark.parametrize("live", [READ, "from settings.base import *\n"])
def test_the_default_of_the_key_of_a_site_is_told_however_it_looks(
    more: str, severity: Severity, live: str
) -> None:
    files = site(LIVE + more, live, READ if "base" in live else "") | {"settings/default.py": ""}
    (one,) = told(files)
    assert (one.span.path, one.severity) == (
        "settings/base.py" if "base" in live else "settings/live.py",
        severity,
    )
    assert "where KEY is not set" in one.message
    assert WORDS not in one.message


@pytest.mark.parametrize(
    ("zappa", "files"),
    [
        (LIVE + ', "environment_variables": {"KEY": "a"}', {"settings/live.py": READ}),
        ('"app_function": "app.app"', {"settings/live.py": READ}),
        (LIVE, {"settings/dev.py": READ}),
        (LIVE, {"settings/base.py": READ, "settings/live.py": ANEW}),
        (LIVE, {"settings/live.py": READ.replace("SECRET_KEY", "SITE_NAME")}),
    ],
)
def test_a_default_with_which_nothing_surely_runs_is_none(
    zappa: str, files: dict[str, str]
) -> None:
    assert told(site(zappa, "") | {"settings/default.py": ""} | files) == []


PRODUCTION = "import os\nPRODUCTION = os.environ['STAGE'] == 'live'\n"
GUARDS = {
    "takes it away": "def needed(key, default):\n    if PRODUCTION:\n        default = None\n"
    "    return os.environ.get(key, default)\n",
    "raises": "def needed(key, default=''):\n    if key in os.environ:\n"
    "        return os.environ[key]\n    if not DEBUG:\n        raise KeyError(key)\n"
    "    return default\n",
}
NO_GUARDS = {
    "logs": "def needed(key, default):\n    if PRODUCTION:\n        print(key)\n"
    "    return os.environ.get(key, default)\n",
    "asks for something else": "def needed(key, default):\n    if not key:\n"
    "        raise ValueError(key)\n    return os.environ.get(key, default)\n",
    "takes the key": "def needed(key, default):\n    if PRODUCTION:\n        key = key.upper()\n"
    "    return os.environ.get(key, default)\n",
}
TAKEN = {
    "a key by its name": f"DEFAULT_PEM = {KEY}PEM = needed('PEM', DEFAULT_PEM)\n",
    "a secret itself": "SECRET_KEY = needed('SECRET_KEY', default='"
    + made.letters(made.ALNUM, 50)
    + "')\n",
}
NOT_TAKEN = {
    "used elsewhere": f"DEFAULT_PEM = {KEY}PEM = needed('PEM', DEFAULT_PEM)\nprint(DEFAULT_PEM)\n",
    "not by it": f"DEFAULT_PEM = {KEY}PEM = other('PEM', DEFAULT_PEM)\n",
}


def guarded(guard: str, code: str, *, imported: str = "") -> Finding:
    head = f"{PRODUCTION}{guard}"
    files = {"template.yaml": TEMPLATE, "src/app.py": f"import settings\n{HANDLER}"}
    files["src/settings.py"] = f"{imported}\n{code}" if imported else head + code
    files["src/needs.py"] = head
    (one,) = told(files)
    return one


@pytest.mark.parametrize("imported", ["", "from needs import *", "from needs import needed"])
@pytest.mark.parametrize("guard", GUARDS.values(), ids=GUARDS)
@pytest.mark.parametrize("code", TAKEN.values(), ids=TAKEN)
def test_a_default_that_is_refused_in_production_is_information(
    guard: str, code: str, imported: str
) -> None:
    one = guarded(guard, code, imported=imported)
    assert (one.severity, one.fix) == (INFORMATION, None)
    assert "is a default that needed refuses where " in one.message
    assert [each.message for each in one.related] == ["here the default is refused"]


@pytest.mark.parametrize(
    ("guard", "code"),
    [
        *((guard, TAKEN["a secret itself"]) for guard in NO_GUARDS.values()),
        *((GUARDS["raises"], code) for code in NOT_TAKEN.values()),
    ],
)
def test_a_default_that_is_taken_in_production_is_an_error(guard: str, code: str) -> None:
    assert guarded(guard, code).severity is ERROR


SERVER = """\
import uvicorn
def main():
    server = uvicorn.Server(uvicorn.Config(make(), host="127.0.0.1", port=8123))
    url = "http://127.0.0.1:8123"
    password = "kT7-vQ2xw!9"
    post(f"{url}/register", {"email": "one@site.local", "password": password})
"""


def test_the_password_of_a_server_that_a_script_starts_itself_is_silent() -> None:
    files = {"template.yaml": TEMPLATE, "src/app.py": HANDLER}
    assert told(files | {"scripts/shots.py": SERVER}) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("127.0.0.1", "10.0.0.1"),
        ("http://127.0.0.1:8123", "https://shop.acme.io"),
        ("http://127.0.0.1:8123", "http://localhost.acme.io"),
        ("one@site.local", "one@acme.io"),
        ("uvicorn.Config(make(), host=", "Config(make(), host="),
        ("def main", "from app import main as handler\ndef main"),
    ],
)
def test_a_password_of_another_server_is_an_error(old: str, new: str) -> None:
    handler = f"import shots\n{HANDLER}" if "handler" in new else HANDLER
    files = {"template.yaml": TEMPLATE, "src/app.py": handler}
    (one,) = told(files | {"src/shots.py": SERVER.replace(old, new)})
    assert one.severity is ERROR
