"""Only the statements that may hold a secret are parsed, and no secret is lost by that."""

from __future__ import annotations

from pathlib import Path

import pytest

from lamlint.python import Module
from lamlint.secrets import candidates, keys, literals
from lamlint.text import Source
from tests.counting import grows_no_faster, work
from tests.fixture_cases import FIXTURES
from tests.secrets import made

FILES = sorted((*FIXTURES.rglob("*.py"), *Path(__file__).resolve().parents[1].rglob("*.py")))
BATCH = 40
PASSWORD = "kT7-vQ2xw!9"
TOKEN = made.letters(made.ALNUM, 20)
KEY_ID = f"AKIA{made.letters(made.UPPER32, 16)}"


def module(text: str) -> Module:
    return Module(Source("app.py", text), "app")


def found(one: Module | None) -> list[tuple[str, int, int]]:
    """What is told of a module: of its keys and of all other literals."""
    if one is None:
        return []
    told = [(each.title, each.start, each.end) for each in keys(one)]
    told += ((each.title, each.start, each.end) for each in literals(one))
    return sorted(told)


@pytest.mark.parametrize("start", range(0, len(FILES), BATCH))
def test_the_statements_alone_hold_what_the_module_holds(start: int) -> None:
    for path in FILES[start : start + BATCH]:
        text = path.read_bytes().decode("latin-1")
        assert found(candidates(module(text))) == found(module(text)), path


STATEMENTS = {
    "an assignment": f'password = "{PASSWORD}"',
    "an attribute": f'self.db_password = "{PASSWORD}"',
    "a plural": f'API_KEYS = ["{TOKEN}", "x"]',
    "a default": f'def connect(password="{PASSWORD}"):\n    return password',
    "a parameter of a method": f'class A:\n    def f(self):\n        go(password="{PASSWORD}")',
    "a key": f'settings = {{"password": "{PASSWORD}"}}',
    "a name beside its value": f'one = {{"Name": "/prod/db/password", "Value": "{PASSWORD}"}}',
    "an annotation": f'password: str = "{PASSWORD}"',
    "a walrus": f'if (password := "{PASSWORD}"):\n    pass',
    "an elif": f'if a:\n    pass\nelif password == "{PASSWORD}":\n    pass\nelse:\n    pass',
    "an except": f'try:\n    pass\nexcept E:\n    password = "{PASSWORD}"\nfinally:\n    pass',
    "a case": f'match password:\n    case "a":\n        pass\n    case "{PASSWORD}":\n        pass',
    "on the line of its if": f'if a: password = "{PASSWORD}"',
    "behind a semicolon": f'text = """\n"""; password = "{PASSWORD}"',
    "before a semicolon": f'password = "{PASSWORD}"; text = """\n"""',
    "under a decorator": f'@route(token="{TOKEN}")\nasync def f():\n    pass',
    "a header": f'headers = {{"Authorization": "Bearer {TOKEN}"}}',
    "a pair": f'get(url, auth=("me", "{PASSWORD}"))',
    "a library by its alias": (
        f'from twilio.rest import Client as C\n\n\ndef f():\n    return C("AC", "{TOKEN}")'
    ),
    "an alias of an alias": (
        f'import jwt\n\nsign = jwt.encode\n\n\ndef f(a):\n    return sign(a, "{TOKEN}")'
    ),
    "an import that is tried": (
        f'try:\n    import hmac as h\nexcept ImportError:\n    h = None\n\nx = h.new(b"{TOKEN}")'
    ),
    "a login": f'server.login("me", "{PASSWORD}")',
    "a compared digest": f'hmac.compare_digest(secret, "{TOKEN}")',
    "keys by their places": (
        f'import boto3\n\nboto3.client("s3", None, None, True, None, None, "{TOKEN}")'
    ),
    "a session": f'from boto3 import Session as S\n\ns = S("{TOKEN}", "{TOKEN}")',
    "the environment": f'import os\n\nos.environ["AWS_SESSION_TOKEN"] = "{TOKEN}"',
    "an address": 'url = "postgres://app:kT7-vQ2xw9@db.acme.io/x"',
    "an address in parts": 'url = "postgres://app:" + "kT7-vQ2xw9@db.acme.io/x"',
    "an address in parts side by side": 'url = (\n    "postgres://app:"\n    "kT7-vQ2x@db.acme.io"\n)',
    "a comment": f"# {KEY_ID}\nx = 1",
    "a text of settings": f'text = "DB_PASSWORD={PASSWORD}"',
    "bytes": f'password = b"{PASSWORD}"',
    "behind a form feed": f'\f\npassword = "{PASSWORD}"',
    "with other line ends": f'a = 1\r\npassword = "{PASSWORD}"\r\n',
    "what is no Python of today": f'print "x"\npassword = "{PASSWORD}"',
}
AROUND = (
    "import os\n\n\ndef before():\n    '''Says.'''\n    go(1)\n\n\n…\n\n\nclass After:\n    x = 1\n"
)


@pytest.mark.parametrize("name", STATEMENTS)
@pytest.mark.parametrize("around", ["…", AROUND])
def test_a_statement_is_looked_at(name: str, around: str) -> None:
    text = around.replace("…", STATEMENTS[name])
    assert found(candidates(module(text))) == found(module(text))


@pytest.mark.parametrize("name", sorted(STATEMENTS.keys() - {"what is no Python of today"}))
def test_each_of_them_holds_one(name: str) -> None:
    assert found(module(STATEMENTS[name]))


def test_what_cannot_hold_a_secret_is_left_out() -> None:
    lines = [f'def f{n}(event):\n    print("hello", {n})\n' for n in range(50)]
    text = "".join([*lines, f'password = "{PASSWORD}"\n'])
    part = candidates(module(text))
    assert part is not None
    assert len(part.source.text) == len(text)
    assert part.source.text.split() == ["password", "=", f'"{PASSWORD}"']


def test_nothing_is_parsed_where_no_statement_can_hold_one() -> None:
    assert candidates(module('"""The password is kT7-vQ2xw!9."""\nx = 1\n')) is None


@pytest.mark.parametrize("line", ["x{n} = '{token}'", "x{n} = {n}  # {n}", "x{n} = 'a{n}'  # {n}"])
def test_many_literals_beside_many_secrets_take_no_longer_each(line: str) -> None:
    token = f"ghp_{made.letters(made.ALNUM, 36)}"

    def many(times: int) -> Module:
        lines = [line.format(n=n, token=f"ghp_{n:036}") for n in range(times)]
        keys = [f"k{n} = '{token[:-6]}{n:06}'" for n in range(times)]
        return module("\n".join((*lines, *keys)))

    modules = [many(times) for times in (100, 200, 400)]
    counts = [work(lambda one=one: candidates(one)) for one in modules]  # type: ignore[misc]
    assert grows_no_faster(counts)
