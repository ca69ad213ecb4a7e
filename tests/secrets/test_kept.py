"""Where in code a literal is a secret's: pairs, comparisons, defaults, joined and wrapped literals."""

from __future__ import annotations

import pytest

from lamlint.secrets import mask
from tests.secrets.in_code import findings
from tests.secrets.leaks import IMPORTS, KEY

PASSWORD = "kT7-vQ2xw!9"

PAIRS = [
    f'raw = [(b"x-api-key", b"{KEY}")]',
    f'for name, value in [("x-api-key", "{KEY}")]: ...',
    f'PAIRS = [("client_secret", "{KEY}"), ("grant_type", "client_credentials")]',
    f'HEADERS = [["X-Api-Key", "{KEY}"]]',
    f'headers.append(("Authorization", "Bearer {KEY}"))',
    f'HEADERS = (("x-api-key", "{KEY}"),)',
    f'd = dict([("password", "{PASSWORD}")])',
    f'data = urlencode([("password", "{PASSWORD}"), ("user", "x")])',
    f'H = [("x-api-key", b"{KEY}")]',
    f'h = [{{"key": "Authorization", "value": "Bearer {KEY}"}}]',
]
COMPARED = [
    f'"{PASSWORD}" == password',
    f'ok = "{KEY}" != event["headers"]["x-api-key"]',
    f'ok = "{KEY}" == event["headers"].get("x-api-key")',
    f'ok = event["authorizationToken"] == "{KEY}"',
    f'ok = compare_digest("{KEY}", token)',
    f'ok = hmac.compare_digest("{KEY}", token)',
    f'match password:\n    case "{PASSWORD}":\n        x = 1',
    f'match event["headers"]["x-api-key"]:\n    case "a" | "{KEY}":\n        x = 1',
    f'match event:\n    case {{"password": "{PASSWORD}"}}:\n        x = 1',
    f'match event:\n    case Login(password="{PASSWORD}"):\n        x = 1',
]
GIVEN = [
    f'def f(x_api_key: str = Header("{KEY}")): ...',
    f'class M:\n    password = models.CharField(max_length=9, default="{PASSWORD}")',
    f'globals()["DB_PASSWORD"] = "{PASSWORD}"',
    f'class A:\n    api_key: str = field(default="{KEY}")',
    f'class A:\n    api_key: str = dataclasses.field(default="{KEY}", repr=False)',
    f'class A:\n    api_key: str = field(default_factory=lambda: "{KEY}")',
    f'class A:\n    password = attr.ib(default="{PASSWORD}")',
    f'class A:\n    password: str = attrs.field(default="{PASSWORD}")',
    f'class A:\n    password = attr.ib("{PASSWORD}")',
    f'class A:\n    password = attr.attrib(default="{PASSWORD}")',
    f'class A:\n    api_key: SecretStr = Field(SecretStr("{KEY}"))',
    f'class A:\n    api_key: SecretStr = Field(default=SecretStr("{KEY}"))',
    f'class A:\n    api_key: SecretStr = pydantic.SecretStr("{KEY}")',
    f'parser.add_argument("--password", default="{PASSWORD}")',
    f'parser.add_argument("-p", "--password", help="the password", default="{PASSWORD}")',
    f'parser.add_argument(\n    "--password",\n    help="the password of the database that is used, whatever it is",\n    default="{PASSWORD}",\n)',
    f'parser.add_argument("-p", dest="password", default="{PASSWORD}")',
    f'parser.add_argument("password", nargs="?", default="{PASSWORD}")',
    f'parser.set_defaults(password="{PASSWORD}")',
    f'@click.option("--api-key", default="{KEY}")\ndef f(api_key): ...',
    f'@click.option("--api-key", "key", default="{KEY}", show_default=True)\ndef f(key): ...',
    f'@click.option("--api-key", envvar="API_KEY", default=lambda: "{KEY}")\ndef f(api_key): ...',
    f'@click.argument("password", default="{PASSWORD}")\ndef f(password): ...',
    f'def f(password: str = typer.Option("{PASSWORD}", "--password")): ...',
    f'def f(password: Annotated[str, typer.Option()] = "{PASSWORD}"): ...',
    f'flags.DEFINE_string("password", "{PASSWORD}", "the password")',
    f'x = env("DB_PASSWORD", default="{PASSWORD}")',
    f'x = env.str("DB_PASSWORD", "{PASSWORD}")',
    f'x = config("SECRET_KEY", default="{KEY}")',
    f'x = os.environ.get(key="DB_PASSWORD", default="{PASSWORD}")',
    f'from os import getenv\nx = getenv("DB_PASSWORD", "{PASSWORD}")',
    f'from os import environ\nx = environ.get("DB_PASSWORD", "{PASSWORD}")',
    f'x = event.get("password", "{PASSWORD}")',
    f'x = event.pop("password", "{PASSWORD}")',
    f'setattr(obj, "password", "{PASSWORD}")',
    f'object.__setattr__(self, "password", "{PASSWORD}")',
    f'cfg.set("db", "password", "{PASSWORD}")',
    f'cfg["db"]["password"] = "{PASSWORD}"',
    f'connect(user="a", password="{PASSWORD}")',
    f'user, password = "app", "{PASSWORD}"',
    f'(user, password) = ("app", "{PASSWORD}")',
    f'[user, password] = ["app", "{PASSWORD}"]',
    f'user, (password, x) = "app", ("{PASSWORD}", 1)',
    f'a = password = "{PASSWORD}"',
    f'password = a = "{PASSWORD}"',
    f'if (password := "{PASSWORD}"): ...',
    f'password = f"{PASSWORD}"',
    f'api_key = f"{KEY}"',
    f'password = (f"{PASSWORD[:6]}" f"{PASSWORD[6:]}")',
    f'password = b"{PASSWORD}"',
    f'password: bytes = b"{PASSWORD}"',
    f'API_SECRET: str = "{KEY[:12]}" "{KEY[12:]}"',
    f'API_SECRET: Final[str] = (\n    "{KEY[:12]}"\n    "{KEY[12:]}"\n)',
    f'API_SECRET: str = "{KEY[:12]}" + "{KEY[12:]}"',
    f'API_SECRET: "str" = "{KEY}"',
    f'API_SECRET: Optional[Dict[str, str]] = "{KEY}"',
    f'API_SECRET: str = """{KEY}"""',
    f'API_SECRET = """\n{KEY}\n"""',
    f'API_SECRET = """\\\n{KEY}"""',
    f"API_SECRET = '''{KEY}'''",
    f"API_SECRET: str = r'''{KEY}'''.strip()",
    f'password = "{PASSWORD}" if prod else "x"',
    f'password = """{PASSWORD}"""',
    'password = "u7!Kd Rz29 vLq"',
    f'def f(*, password: str | None = "{PASSWORD}"): ...',
    f'f = lambda password="{PASSWORD}": 1',
    f'CONFIG = """\nDB_HOST=x\nDB_PASSWORD={PASSWORD}\n"""',
    f'CONFIG = """\ndb:\n  user: app\n  password: {PASSWORD}\n"""',
]
ADDRESSES = [
    "URL = 'postgresql://monitor:qx06pC5klj6GR5SMWdiUbbPF10T1ss@db/monitor'",
    "URL = 'postgresql://monitor:kT7vQ2xw@10.0.3.7/monitor'",
    "URL = 'mysql://monitor:kT7vQ2xw@172.17.0.3:3306/monitor'",
    "URL = 'redis://:kT7vQ2xw9@cache:6379/0'",
    "URL = 'amqp://svc:kT7vQ2xw9@rabbit.internal.local:5672/'",
    "URL = 'postgresql+asyncpg://svc:kT7vQ2xw9@192.168.3.4:5672/x'",
    "URL = 'mongodb://svc:kT7vQ2xw9@mongo1,mongo2/x'",
]
SECRETS = (
    PASSWORD,
    KEY,
    KEY[:12],
    KEY[12:],
    "kT7vQ2xw",
    "u7!Kd Rz29 vLq",
    "qx06pC5klj6GR5SMWdiUbbPF10T1ss",
)

TWINS = [
    'PAIRS = [("client_secret", "your-client-secret-here"), ("grant_type", "client_credentials")]',
    f'PAIRS = [("client_id", "{KEY}")]',
    'HEADERS = [("X-Api-Key", "X-Api-Key"), ("Authorization", "method.request.header.Authorization")]',
    'FIELDS = [("password", "Enter your password"), ("token", "The token of 2024")]',
    f'PAGE = [("next_token", "{KEY}"), ("primary_key", "{KEY}")]',
    f'WORDS = ["password", "token", "{PASSWORD}"]',
    'ok = "test1234" == password',
    f'assert "{PASSWORD}" == password',
    f'ok = "{KEY}" == next_token',
    'ok = "PASSWORD_RESET_REQUIRED" == challenge["password"]',
    'match token:\n    case "invalid-token":\n        x = 1',
    f'match name:\n    case "{KEY}":\n        x = 1',
    'match event:\n    case {"password": ""}:\n        x = 1',
    'class A:\n    api_key: str = field(default="")',
    "class A:\n    password = attr.ib(default=None)",
    f'class A:\n    name: str = field(default="{KEY}")',
    'class A:\n    api_key: str = Field(default="your-api-key-1234", alias="apiKey")',
    'parser.add_argument("--password", default=os.environ["DB_PASSWORD"])',
    'parser.add_argument("--password", default="changeme")',
    f'parser.add_argument("--commit", help="not the password", default="{KEY}")',
    'parser.add_argument("--password-file", default="secrets/password1.txt")',
    f'@click.option("--name", default="{KEY}")\ndef f(name): ...',
    'x = env("DB_PASSWORD", default="test")',
    'setattr(obj, "password", "********")',
    f'setattr(obj, "next_token", "{KEY}")',
    'cfg.set("db", "password", "%(DB_PASSWORD)s")',
    'user, password = "kT7-vQ2xw!9", ""',
    'user, *password = "app", "kT7-vQ2xw!9"',
    'password = f"{prefix}-vQ2xw!9"',
    'password = f"{other}"',
    'API_SECRET: str = "prod/" "api-secret-2024"',
    'API_SECRET = """\nSet the API secret, 8 characters or more, 1 digit.\n"""',
    'HELP = """\npassword: at least 8 characters, 1 digit\ntoken: see https://acme.io/tokens\n"""',
    'password = "Must be 8 characters, 1 digit!"',
    "URL = 'postgresql://user:password@db/shop'",
    "URL = 'postgresql://postgres:postgres@db:5432/shop'",
    "URL = 'mysql://root:password123@10.0.3.7/shop'",
    "URL = 'redis://:changeme@cache:6379/0'",
    "URL = 'postgresql://app:kT7vQ2xw@localhost:5432/shop'",
    "URL = 'postgresql://app:kT7vQ2xw@127.0.0.1/shop'",
    "URL = 'http://app:kT7vQ2xw@host.docker.internal:8080/'",
    "URL = f'postgresql://app:{password}@db/shop'",
    "TEXT = '[![x](https://codecov.io/gh/o/t/graph/badge.svg?token=e8M7XQ2LpT)](https://codecov.io)'",
    f"TEXT = 'https://img.shields.io/x?token={KEY}'",
]


@pytest.mark.parametrize("code", [*PAIRS, *COMPARED, *GIVEN, *ADDRESSES])
def test_a_leak_is_found_once_and_not_repeated(code: str) -> None:
    (found,) = findings(f"{IMPORTS}{code}\n")
    assert found.rule == "hardcoded-secret"
    assert found.severity is not None
    assert found.severity.label == "error"
    assert parts_in(repr(found), code) == []


@pytest.mark.parametrize("code", [*PAIRS, *COMPARED, *GIVEN, *ADDRESSES])
def test_it_is_covered_where_nobody_has_looked_for_it(code: str) -> None:
    assert parts_in(mask(code), code) == []


@pytest.mark.parametrize("code", TWINS)
def test_its_twin_is_silent(code: str) -> None:
    assert findings(f"{IMPORTS}{code}\n") == ()


@pytest.mark.parametrize(
    "address", ["https://api.acme.io/report", "https://acme.io/graph.png", "https://acme.io/x"]
)
def test_a_token_in_another_address_is_told(address: str) -> None:
    (found,) = findings(f"setup(text='See {address}?token={KEY}).')\n")
    assert found.rule == "hardcoded-secret"


def parts_in(told: str, code: str) -> list[str]:
    """The secrets of a text of which five characters are told."""
    inside = [secret for secret in SECRETS if secret in code]
    return [s for s in inside if any(s[at : at + 5] in told for at in range(len(s) - 4))]
