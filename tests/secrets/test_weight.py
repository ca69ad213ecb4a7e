"""How much a secret weighs in code of tests, and in a mock there."""

from __future__ import annotations

import json

import pytest

from lamlint.report.causes import told_once
from lamlint.text import Severity
from tests.secrets import made
from tests.secrets.in_code import findings
from tests.secrets.in_files import findings as in_files

ID, SECRET = made.ACCESS_KEY_ID, made.SECRET_ACCESS_KEY
GITHUB, STRIPE = made.TOKENS["github-token"], made.TOKENS["stripe-key"]
TEST_MODE = STRIPE.replace("live", "test")
EXPIRED, LASTING = made.web_token(sub="q", exp=1), made.web_token(sub="q", exp=32503680000)
NAMED = made.letters(made.ALNUM, 24)
PEM = made.private_key()

SILENT = [
    f'KEY_ID = "{ID}"',
    f'iam.list_access_keys = MagicMock(return_value={{"AccessKeyId": "{ID}", "Status": "Active"}})',
    f'iam.list_access_keys.return_value = {{"AccessKeyId": "{ID}"}}',
    'call(aws_access_key_id="ak-privileged", aws_secret_access_key="sak-privileged")',
    'os.environ["AWS_SECRET_ACCESS_KEY"] = "fake-secret-of-a-test"',
    f'TOKEN = "{EXPIRED}"',
    'password = "kT7-vQ2xw!9"',
    f'FAKE_API_TOKEN = "{NAMED}"',
    f'assert app.api_token == "{NAMED}"',
    f'client.get_secret_value.return_value = {{"SecretString": "{GITHUB}"}}',
    f'client = MagicMock(return_value={{"token": "{GITHUB}"}})',
    f'responses.add(responses.GET, URL, json={{"token": "{GITHUB}"}})',
    f'stubber.add_response("get_secret_value", {{"SecretString": "{GITHUB}"}})',
    f'@patch("app.token", return_value="{GITHUB}")\ndef test_it(token): ...',
    f'def fake_token():\n    return "{GITHUB}"',
    f'class FakeVault:\n    token = "{GITHUB}"',
    f'assert app.token() == "{GITHUB}"',
    f'self.assertEqual(app.token(), "{GITHUB}")',
    f'vault.read.side_effect = ["{LASTING}"]',
    f'session.post.assert_called_with(URL, "{GITHUB}")',
]
WEIGHED = [
    (f'boto3.client("s3", aws_access_key_id="{ID}", aws_secret_access_key="{SECRET}")', "error"),
    (f'boto3.Session("{ID}", "{SECRET}")', "error"),
    (f'TOKEN = "{GITHUB}"', "error"),
    (f'requests.get(URL, headers={{"X-Auth": "{GITHUB}"}})', "error"),
    (f'TOKEN = "{TEST_MODE}"', "information"),
    (f'API_TOKEN = "{NAMED}"', "information"),
    (f'requests.get(URL, headers={{"X-Api-Key": "{NAMED}"}})', "information"),
    (f'TOKEN = "{LASTING}"', "information"),
    (f'TOKEN = "{made.web_token(sub="q", scope="admin")}"', "information"),
    ('URL = "postgresql://app:kT7vQ2xw@db.acme.io/shop"', "information"),
    (f'KEY = """{PEM}"""', "information"),
    (f'AWS_SECRET_ACCESS_KEY = "{SECRET}"', "information"),
    (f'os.environ["AWS_SECRET_ACCESS_KEY"] = "{SECRET}"', "information"),
]
IMPORTS = "import boto3, os, responses\nfrom unittest.mock import MagicMock, call, patch\n"


@pytest.mark.parametrize("path", ["tests/test_app.py", "svc_tests.py", "app_test.py"])
@pytest.mark.parametrize("code", SILENT)
def test_in_a_test_it_is_silent(code: str, path: str) -> None:
    assert findings(f"{IMPORTS}{code}\n", path) == ()


@pytest.mark.parametrize(("code", "label"), WEIGHED)
def test_in_a_test_it_weighs(code: str, label: str) -> None:
    (found,) = findings(f"{IMPORTS}{code}\n", "tests/test_app.py")
    assert found.severity is not None
    assert found.severity.label == label


@pytest.mark.parametrize(
    "code",
    [*SILENT[:3],
     f'x = MagicMock(return_value={{"token": "{GITHUB}"}})', *(code for code, _ in WEIGHED[:-1])],
)  # fmt: skip
def test_elsewhere_it_is_told(code: str) -> None:
    assert findings(f"{IMPORTS}{code}\n")


def test_both_halves_of_a_key_in_a_test_are_a_pair_and_told_as_one() -> None:
    code = f'KEY_ID = "{ID}"\nAWS_SECRET_ACCESS_KEY = "{SECRET}"\n'
    (both,) = findings(code, "tests/x.py")
    assert both.severity is not None
    assert both.severity.label == "error"
    assert both.message.startswith("an AWS secret access key stands in the code")
    apart = code.replace("\n", "\n" * 500, 1)
    (found,) = findings(apart, "tests/x.py")
    assert found.severity is not None
    assert found.severity.label == "information"


@pytest.mark.parametrize(
    ("content", "labels"),
    [
        ({"key": ID}, []),
        ({"key": EXPIRED}, []),
        ({"key": GITHUB}, ["error"]),
        ({"AccessKeyId": ID, "SecretAccessKey": SECRET}, ["error"]),
        ({"url": "postgresql://app:kT7vQ2xw@db.acme.io/shop"}, ["information"]),
        ({"password": "kT7-vQ2xw!9"}, []),
    ],
)
def test_a_file_of_a_test_weighs_the_same(content: dict[str, str], labels: list[str]) -> None:
    found = in_files({"tests/env.json": json.dumps({"F": content})})
    assert [one.severity.label for one in found if one.severity] == labels


@pytest.mark.parametrize("path", ["docs/app.py", "examples/app.py"])
def test_documentation_weighs_less(path: str) -> None:
    (found,) = findings(f'TOKEN = "{GITHUB}"\n', path)
    assert found.severity is not None
    assert found.severity.label == "information"


SANDBOX = [
    'PAY_TOKEN = setting("PAY_TOKEN", "{0}")\nPAY_URL = setting(\n    "PAY_URL",\n    "https://sandbox.pay.example")\n',
    'PAY_SANDBOX_URL = "https://sandbox.pay.example"\nPAY_SANDBOX_TOKEN = "{0}"\n',
    'PAY_TEST_TOKEN = "{0}"\nPAY_URL_OF_TEST = "https://sandbox.pay.example"\n',
    'PAY_URL = "https://test.pay.example/v1"\nPAY_TOKEN = "{0}"\n',
    'PAY_TOKEN = "{0}"\nPAY_PAGE_URL = "https://api.sandbox.pay.example"\n',
    'pay_url = os.environ.get("PAY_URL", "https://sandbox-api.pay.example")\npay_token = os.environ.get("PAY_TOKEN", "{0}")\n',
]
NO_SANDBOX = [
    'PAY_SANDBOX_URL = "https://sandbox.pay.example"\nPAY_TOKEN = "{0}"\n',
    'PAY_TOKEN = setting("PAY_TOKEN", "{0}")\nOTHER_URL = setting(\n    "OTHER_URL",\n    "https://sandbox.other.example")\n',
    'PAY_URL = "https://pay.example/v1"\nPAY_TOKEN = "{0}"\n',
    'OTHER_URL = "https://test.other.example/v1"\nPAY_TOKEN = "{0}"\n',
    'PAY_URL = "https://test.pay.example/v1"\n\n\n\n\n\n\n\nPAY_TOKEN = "{0}"\n',
    'PAY_URL = "https://latest.pay.example/v1"\nPAY_TOKEN = "{0}"\n',
]


@pytest.mark.parametrize(
    ("code", "label"),
    [*((one, "information") for one in SANDBOX), *((one, "error") for one in NO_SANDBOX)],
)
def test_a_secret_of_a_sandbox_weighs_little(code: str, label: str) -> None:
    (found,) = findings(f"import os\n{code.format(NAMED)}")
    assert found.severity is not None
    assert found.severity.label == label


def test_in_a_file_of_variables_too() -> None:
    content = {"F": {"PAY_URL": "https://test.pay.example", "PAY_TOKEN": NAMED}}
    (found,) = in_files({"env.json": json.dumps(content, indent=1)})
    assert found.severity is not None
    assert found.severity.label == "information"


def stages(url: str) -> dict[str, str]:
    """A Chalice application whose stages, and the application itself, have one secret."""
    variables = {"PAY_URL": url, "PAY_TOKEN": NAMED}
    stage = {"environment_variables": variables}
    config = {"version": "2.0", "app_name": "pay", **stage, "stages": {"dev": stage, "prod": stage}}
    code = "from chalice import Chalice\napp = Chalice('pay')\n\n\n@app.route('/')\ndef pay():\n    return 1\n"
    return {".chalice/config.json": json.dumps(config, indent=1), "app.py": code}


@pytest.mark.parametrize(
    ("url", "label"),
    [("https://pay.example", "error"), ("https://test.pay.example", "information")],
)
def test_what_all_stages_have_is_told_once(url: str, label: str) -> None:
    found = list(told_once(in_files(stages(url))).values())
    (one,) = found
    assert one.rule == "secret-in-environment"
    assert one.severity is not None
    assert one.severity.label == label


def test_another_secret_of_the_same_file_is_told_by_itself() -> None:
    files = stages("https://pay.example")
    other = made.letters(made.ALNUM, 25)
    config = json.loads(files[".chalice/config.json"])
    config["environment_variables"] = {"PAY_TOKEN": other}
    found = in_files({**files, ".chalice/config.json": json.dumps(config, indent=1)})
    assert {one.rule for one in found} == {"secret-in-environment", "secret-in-configuration"}


KEY_OF_DJANGO = "django-insecure-" + made.letters(made.ALNUM, 50)
FUNCTION = """Transform: AWS::Serverless-2016-10-31
Resources:
  F:
    Type: AWS::Serverless::Function
    Properties: {{CodeUri: {code}, Handler: app.handler, Runtime: python3.13}}
"""


@pytest.mark.parametrize(("code", "label"), [("functions", "information"), ("site", "error")])
def test_the_key_of_a_new_site_weighs_where_it_is_deployed(code: str, label: str) -> None:
    files = {
        "template.yaml": FUNCTION.format(code=code),
        "functions/app.py": "",
        "site/settings.py": f'SECRET_KEY = "{KEY_OF_DJANGO}"\n',
    }
    (found,) = in_files(files)
    assert found.severity is not None
    assert found.severity.label == label
    assert ("or the package has it" in found.message) is (label == "error")


READ = 'os.environ.get("DB_PASSWORD", "kT7-vQ2xw!9")'
SPARE = [
    f'SECRET_KEY = os.getenv("SECRET_KEY", "{KEY_OF_DJANGO}")',
    f'SECRET_KEY = os.environ.get("SECRET_KEY", default="{KEY_OF_DJANGO}")',
    f'SECRET_KEY = os.environ.get("SECRET_KEY") or "{KEY_OF_DJANGO}"',
    f'connect(host=os.getenv("DB_HOST", "localhost"), user="app", password={READ})',
    f'connect(host=os.getenv("DB_HOST") or "127.0.0.1", password={READ})',
]
TAKEN = [
    f'SECRET_KEY = "{KEY_OF_DJANGO}"',
    f'SECRET_KEY = os.getenv("SECRET_KEY", "{NAMED}")',
    f'connect(host=os.getenv("DB_HOST", "db.acme.io"), user="app", password={READ})',
    f'connect(host=os.getenv("DB_HOST", "10.0.3.7"), user="app", password={READ})',
    f'connect(host=os.environ["DB_HOST"], user="app", password={READ})',
    f'connect(host=HOST, user="app", password={READ})',
    f'connect(user="app", password={READ})',
    f'TOKEN = os.getenv("TOKEN", "{GITHUB}")',
]


@pytest.mark.parametrize("code", SPARE)
def test_a_default_for_trying_the_code_here_weighs_little(code: str) -> None:
    (found,) = findings(f"import os\n{code}\n")
    assert found.severity is not None
    assert found.severity.label == "information"
    assert " is taken from the code where its variable is not set (" in found.message
    assert found.message.endswith("leave the default out, so that nothing is deployed with it")


@pytest.mark.parametrize("code", TAKEN)
def test_a_default_for_what_is_deployed_keeps_its_weight(code: str) -> None:
    (found,) = findings(f"import os\n{code}\n")
    assert found.severity is None or found.severity.label == "error"


WORKFLOW = """on: push
jobs:
  test:
    runs-on: ubuntu-latest
    services:
      postgres:
        image: postgres:16
        env:
          POSTGRES_PASSWORD: {own}
    steps:
      - run: pytest
        env:
          DB_PASSWORD: {given}
"""
OTHER = made.letters(made.ALNUM, 23)


@pytest.mark.parametrize(
    ("path", "given", "named"),
    [
        (".github/workflows/ci.yml", NAMED, []),
        (".github/workflows/ci.yml", OTHER, ["DB_PASSWORD"]),
        (".github/actions/ci.yml", NAMED, ["POSTGRES_PASSWORD"]),
    ],
)
def test_the_database_of_one_run_has_no_secret(path: str, given: str, named: list[str]) -> None:
    files = {"template.yaml": FUNCTION.format(code="."), "app.py": ""}
    found = in_files({**files, path: WORKFLOW.format(own=NAMED, given=given)})
    assert [one.message.split()[3] for one in found][: len(named) or None] == named


@pytest.mark.parametrize(
    ("name", "told"),
    [
        (".env.e2e", 0),
        (".env.e2e-tests", 0),
        (".env.unit-tests", 0),
        (".env.api.integration-test", 0),
        (".env.tests.local", 0),
        (".env.ci", 0),
        (".env.testing", 0),
        (".env.cities", 1),
        (".env.test", 1),  # may be of a stage
        (".env.latests", 1),
        (".env.production", 1),
    ],
)
def test_the_settings_of_a_test_run_have_none(name: str, told: int) -> None:
    assert len(in_files({name: f"DB_PASSWORD={NAMED}\n"})) == told
    (token,) = in_files({name: f"API_TOKEN={GITHUB}\n"})
    assert token.severity is None or token.severity.label == "error"


@pytest.mark.parametrize("path", ["app.py", "docs/app.py", "tests/test_app.py"])
def test_a_token_that_has_expired_lets_nobody_in(path: str) -> None:
    assert findings(f'TOKEN = "{EXPIRED}"\n', path) == ()
    assert findings(f'TOKEN = "{LASTING}"\n', path)


def test_one_secret_in_many_modules_is_replaced_once() -> None:
    code = f'API_TOKEN = "{NAMED}"\n'
    found = in_files({"a.py": code, "b.py": code, "c.py": f'TOKEN = "{GITHUB}"\n'})
    assert len({one.cause for one in found}) == 2
    assert NAMED not in found[0].cause
    assert len(told_once(found)) == 2


TELLING = {
    "a.py": f'def connect(token="{GITHUB}"):\n    return token\n',
    "b.py": f'# API_TOKEN = "{GITHUB}"\nTOKEN = "{GITHUB}"\n',
    "c.py": f'Client("{GITHUB}")\n',
}


def test_however_it_is_told_it_is_one_secret() -> None:
    (one,) = told_once(in_files(TELLING)).values()
    assert [note.message for note in one.related] == [
        "the same secret stands here",
        "the same here",
        "the same here",
    ]
    other = GITHUB[:-1] + ("a" if GITHUB[-1] != "a" else "b")
    changed = {**TELLING, "c.py": f'Client("{other}")\n'}
    assert len(told_once(in_files(changed))) == 2


def test_a_key_of_aws_in_many_modules_is_one_secret() -> None:
    code = f'os.environ["AWS_SECRET_ACCESS_KEY"] = "{SECRET}"\n'
    files = dict.fromkeys(("a.py", "b.py"), f"import os\n{code}")
    assert len(told_once(in_files(files, rules=["hardcoded-aws-credentials"]))) == 1


def test_keys_that_tests_make_up_are_one_finding() -> None:
    keys = "".join(f'KEY{n} = """{made.private_key(n)}"""\n' for n in (3, 5))
    (one,) = told_once(in_files({"tests/a.py": keys, "tests/b.py": keys})).values()
    assert one.severity is Severity.INFORMATION
    assert {note.message for note in one.related} >= {"a private key stands here, too"}
    assert len(told_once(in_files({"a.py": keys}))) == 2


def test_a_pair_in_a_script_is_told_as_one_and_an_id_alone_for_itself() -> None:
    pair = f"export AWS_ACCESS_KEY_ID={ID}\nexport AWS_SECRET_ACCESS_KEY={SECRET}\n"
    assert [one.span.start for one in in_files({"deploy.sh": pair})] == [pair.index(SECRET)]
    (alone,) = in_files({"deploy.sh": pair.splitlines()[0]})
    assert alone.message.startswith("an AWS access key id stands in this script")


def test_the_same_secret_in_two_templates_has_one_cause() -> None:
    text = (
        "AWSTemplateFormatVersion: '2010-09-09'\nParameters:\n  ApiKey:\n    Type: String\n"
        f"    Default: {NAMED}\nResources: {{}}\n"
    )
    one, other = in_files({"a.yaml": text, "b.yaml": text})
    assert one.cause
    assert one.cause == other.cause
    (different,) = in_files({"a.yaml": text.replace(NAMED, NAMED[::-1])})
    assert different.cause != one.cause


@pytest.mark.parametrize("name", ["VITE_API_KEY", "VUE_APP_API_KEY", "REACT_APP_AUTH_TOKEN"])
def test_what_is_built_into_pages_is_no_secret_of_the_repository(name: str) -> None:
    (found,) = in_files({"frontend/.env.production": f"{name}={NAMED}\n"})
    assert found.severity is not None
    assert found.severity.label == "information"
    assert "so every visitor has it; let a function call" in found.message


@pytest.mark.parametrize(
    "line", [f"API_KEY={NAMED}", f"INVITE_API_KEY={NAMED}", f"VITE_KEY={GITHUB}"]
)
def test_a_secret_of_the_server_or_of_a_provider_keeps_its_weight(line: str) -> None:
    (found,) = in_files({"frontend/.env.production": f"{line}\n"})
    assert found.severity is None or found.severity.label == "error"
    assert "whoever reads the repository has it" in found.message
