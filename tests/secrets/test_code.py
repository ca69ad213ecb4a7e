"""Secrets in modules: where they are seen, and what a fix makes of them."""

from __future__ import annotations

import pytest

from tests.secrets import made
from tests.secrets.in_code import findings

SECRET = made.letters(made.ALNUM, 20)


def mended(code: str) -> str:
    """The code after the fixes of all findings."""
    edits = {edit for found in findings(code) if found.fix for edit in found.fix.edits}
    for edit in sorted(edits, reverse=True):
        code = code[: edit.span.start] + edit.text + code[edit.span.end :]
    return code


@pytest.mark.parametrize(
    ("code", "wanted"),
    [
        (f'token: str = "{SECRET}"\n', 'import os\ntoken: str = os.environ["TOKEN"]\n'),
        (
            f'"""Text."""\nimport os\napiKey = "{SECRET}"\n',
            '"""Text."""\nimport os\napiKey = os.environ["API_KEY"]\n',
        ),
        (
            f'import a\nx = a.f(api_token="{SECRET}", n=1)\n',
            'import os\nimport a\nx = a.f(api_token=os.environ["API_TOKEN"], n=1)\n',
        ),
        (
            f'import os\nT = os.getenv("API_TOKEN", "{SECRET}")\n',
            'import os\nT = os.environ["API_TOKEN"]\n',
        ),
        (
            f'import boto3\ns = boto3.Session(aws_secret_access_key="{SECRET}")\n',
            "import boto3\ns = boto3.Session()\n",
        ),
        # What reads a variable by itself, and fails without it, needs no default.
        (
            f"import environ\nenv = environ.Env()\nK = env('API_TOKEN', default='{SECRET}')\n",
            "import environ\nenv = environ.Env()\nK = env('API_TOKEN')\n",
        ),
        (
            f'from environs import Env\ne = Env()\nK = e.str("API_TOKEN", "{SECRET}")\n',
            'from environs import Env\ne = Env()\nK = e.str("API_TOKEN")\n',
        ),
        (
            f'from decouple import config\nK = config("API_TOKEN", cast=str, default="{SECRET}")\n',
            'from decouple import config\nK = config("API_TOKEN", cast=str)\n',
        ),
    ],
)
def test_a_fix_takes_the_secret_out(code: str, wanted: str) -> None:
    assert mended(code) == wanted


@pytest.mark.parametrize(
    "code",
    [
        f'def f(api_token="{SECRET}"): ...\n',
        f'from app import env\nK = env("API_TOKEN", default="{SECRET}")\n',
        f'from environs import Env\ne = Env()\ne = f()\nK = e("API_TOKEN", default="{SECRET}")\n',
        f'class os: ...\napi_token = "{SECRET}"\n',
        f'settings = {{"api_token": "{SECRET}"}}\n',
        f'import boto3\nboto3.client("s3", endpoint_url="x", aws_session_token="{SECRET}")\n',
    ],
)
def test_a_fix_that_would_not_be_sound_is_not_offered(code: str) -> None:
    (found,) = findings(code)
    assert found.fix is None


@pytest.mark.parametrize(
    "code",
    [
        f'"""api_token = "{SECRET}"."""\n',
        f'# api_token = "{SECRET}"\n',
        f'import app\nassert app.api_token == "{SECRET}"\n',
        f'page = {{"NextToken": "{SECRET}"}}\n',
        f'API_TOKEN = "{SECRET}',
    ],
)
def test_what_is_no_value_is_not_reported(code: str) -> None:
    assert findings(code) == ()


def test_a_pair_that_a_session_logs_in_with_is_told() -> None:
    code = f'import requests\ns = requests.Session()\ns.auth = ("app", "{SECRET}")\n'
    (found,) = findings(code)
    assert code[found.span.start : found.span.end] == SECRET
    assert findings(code.replace(f'"{SECRET}"', "password")) == ()
    assert findings(code.replace("s.auth", "s.size")) == ()


@pytest.mark.parametrize(
    "written",
    [
        f'f"host={{host}} user=app password={SECRET}"',
        f'f"host={{host}} password={SECRET} port={{port}}"',
        f'"host=" + host + " user=app password={SECRET}"',
        f'"user=app password={SECRET} host=" + host',
        f'f"/v1/{{host}}?password={SECRET}&page=1"',
        f'f"/v1/{{host}}?password={SECRET}&page={{port}}"',
    ],
)
def test_a_secret_in_a_text_beside_what_is_not_known_is_told(written: str) -> None:
    code = f"from app import host, port\nADDRESS = {written}\n"
    (found,) = findings(code)
    assert code[found.span.start : found.span.end] == SECRET


@pytest.mark.parametrize(
    "written",
    [
        f'f"user=app password={SECRET}{{host}}"',
        f'"user=app password={SECRET}" + host',
        'f"user=app password={host} port=1"',
        '"user=app password=" + host',
    ],
)
def test_what_another_part_completes_is_not_known(written: str) -> None:
    assert findings(f"from app import host\nADDRESS = {written}\n") == ()


def test_no_part_of_a_finding_repeats_the_secret() -> None:
    code = f'api_token = "{SECRET}"\nkey = ["{made.TOKENS["github-token"]}"]\n'
    told = repr(findings(code))
    assert SECRET[:5] not in told
    assert made.TOKENS["github-token"][:5] not in told


@pytest.mark.parametrize(
    ("code", "said"),
    [
        (f'api_token = ("{SECRET[:12]}"\n    "{SECRET[12:]}")\n', "20 characters"),
        (f'api_token = "{SECRET[:12]}" + "{SECRET[12:]}"\n', "20 characters"),
        (f'import hmac\nhmac.new(b"{SECRET}", b"x", "sha256")\n', "a key that signs or encrypts"),
        (f'headers = {{"Authorization": "Bearer {SECRET}"}}\n', f"({SECRET[:4]}********, 20 char"),
        ('import a\na.f(host=H, user="app", password="kT7-vQ2xw!9")\n', "a password stands in"),
        (f'key = """{made.private_key(12)}"""\n', "********, 779 characters"),
    ],
)
def test_a_message_says_what_it_is_and_how_long(code: str, said: str) -> None:
    (found,) = findings(code)
    assert said in found.message
    assert "\n" not in found.message


WHOLE = f'"{made.ACCESS_KEY_ID}", "{made.SECRET_ACCESS_KEY}"'
SESSION = f'{WHOLE}, "{made.letters(made.B64, 80)}"'


@pytest.mark.parametrize(
    "call",
    [
        f"boto3.Session({SESSION})",
        f"boto3.Session({WHOLE})",
        f"boto3.session.Session({SESSION}, region_name='eu-west-1')",
        f"boto3.setup_default_session({WHOLE})",
        f"aioboto3.Session({SESSION})",
        f"session.set_credentials({SESSION})",
        f"signed({WHOLE})",
    ],
)
def test_whole_credentials_by_position_are_one_finding(call: str) -> None:
    (one,) = findings(f"import aioboto3\nimport boto3\ns = {call}\n")
    assert one.rule == "hardcoded-aws-credentials"
    assert "whoever reads the package can use it" in one.message
    known = call.startswith(("boto3", "aioboto3"))
    assert (one.fix is not None) is known


@pytest.mark.parametrize(
    "call",
    [
        'boto3.Session("AKIA…", "secret", "token")',
        'boto3.Session("YOUR_ACCESS_KEY_ID", "YOUR_SECRET_ACCESS_KEY", "YOUR_SESSION_TOKEN")',
        "boto3.Session(KEY_ID, SECRET, TOKEN)",
    ],
)
def test_no_credentials_by_position_are_none(call: str) -> None:
    assert findings(f"import boto3\ns = {call}\n") == ()


PASSING = "for 36 hours at most"
OF_STS = made.ACCESS_KEY_ID.replace("AKIA", "ASIA")


@pytest.mark.parametrize(
    "code",
    [
        "s = boto3.Session('{0}', '{1}', 'token')",
        "s = boto3.client('s3', aws_access_key_id='{0}', aws_secret_access_key='{1}')",
        "signed('{0}', '{1}')",
        "aws_access_key_id = '{0}'\naws_secret_access_key = '{1}'",
        "os.environ['AWS_ACCESS_KEY_ID'] = '{0}'",
        "ID = '{0}'",
    ],
)
def test_temporary_keys_expire_and_are_not_to_be_disabled(code: str) -> None:
    for key, is_passing in ((OF_STS, True), (made.ACCESS_KEY_ID, False)):
        text = code.format(key, made.SECRET_ACCESS_KEY)
        (one,) = findings(f"import os\nimport boto3\n{text}\n")
        assert (PASSING in one.message) is is_passing
        assert ("disable the key in IAM" in one.message) is not is_passing
