"""Whatever a run is asked for, it shows no more than four characters of a secret."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.command import Folder
from tests.secrets import made

KEY = made.letters(made.ALNUM, 24)
NAMED = {
    "argument": "gB4-sM8pd!7",
    "login": "hunter2-prod",
    "variable": "Zr4-bN8yq!3",
    "parameter": "Hd5+mC1zp?6",
    "samconfig": "Wq9=fL3xj~2",
    "env": "Jb6;gR0vk!8",
    "default": "Xs2,dT7nh+4",
    "inline": "Pm8?hK1wz=5",
    "broken": "Fy3!cV6rg-0",
    "token": KEY,
    "bearer": made.letters(made.ALNUM, 32, 11),
    "github": made.TOKENS["github-token"],
    "aws": made.SECRET_ACCESS_KEY,
    "first half": made.letters(made.ALNUM, 20, 31),
    "second half": made.letters(made.ALNUM, 20, 32),
    "one of several": made.letters(made.ALNUM, 24, 33),
    "wrapped": made.letters(made.ALNUM, 24, 34),
    "positional": "pRt-9xLq=7",
    "account": made.letters(made.HEX, 32, 35),
    "address": "Vn5.hS2yk!6",
    "docker": "Lg8-eB4mw+1",
    "event": made.TOKENS["stripe-key"],
    "data": made.letters(made.ALNUM, 24, 46),
    "index": made.letters(made.ALNUM, 20, 47),
    "locals": "Ks7-nG2wd!4",
    "text": "Rb6=tY9xm+1",
    "pair": made.letters(made.ALNUM, 24, 48),
    "compared": "Zt8!qM3vk-5",
    "option": "Dn4+hW7yf=2",
    "private key": made.letters(made.B64, 64, 3),
    "global": made.letters(made.ALNUM, 24, 36),
    "block": made.letters(made.ALNUM, 24, 37),
    # Tokens in places that are named or quoted: of these the first four characters are no secret.
    "description": made.letters(made.ALNUM, 36, 38),
    "runtime": made.letters(made.ALNUM, 36, 39),
    "missing folder": made.letters(made.ALNUM, 36, 40),
    "function": made.letters(made.ALNUM, 36, 41),
    "key": made.letters(made.ALNUM, 36, 42),
    "reason": made.letters(made.ALNUM, 36, 43),
    "pattern": made.letters(made.ALNUM, 36, 44),
    "anchor": made.letters(made.ALNUM, 36, 45),
}
GITHUB = "gh" + "p_"

TEMPLATE = f"""\
Transform: AWS::Serverless-2016-10-31
Parameters:
  DbPassword:
    Type: String
    Default: {NAMED["parameter"]}
  ApiPassword:
    Type: String
Globals:
  Function:
    Environment:
      Variables:
        SHARED_TOKEN: {NAMED["global"]}
Resources:
  Orders:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.13
      CodeUri: src/
      Handler: app.handler
      Timeout: 1000
      Description: password={NAMED["variable"]}
      Environment:
        Variables:
          DB_PASSWORD: {NAMED["variable"]}
          OTHER_PASSWORD: !Ref DbPassword
          API_PASSWORD: !Ref ApiPassword
          "{GITHUB}{NAMED["key"]}": 1
          DOTENV: |
            MODE=x
            DB_PASSWORD={NAMED["text"]}
          LONG_TOKEN: >-
            {NAMED["block"]}
  Odd:
    Type: AWS::Serverless::Function
    Properties:
      FunctionName: odd-{GITHUB}{NAMED["function"]}
      Description: the token is {GITHUB}{NAMED["description"]}
      Runtime: python3.13-{GITHUB}{NAMED["runtime"]}
      CodeUri: gone/{GITHUB}{NAMED["missing folder"]}
      Handler: app.handler
  Inline:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.13
      Handler: index.handler
      InlineCode: |
        import boto3
        def handler(event, context):
            s3 = boto3.client("s3"); password = "{NAMED["inline"]}"
            return s3.list_buckets()
"""
APP = f'''\
import boto3
import os
import openai
import psycopg2
import pymysql
import requests
import twilio.rest
from sqlalchemy import create_engine


def handler(event, context):
    s3 = boto3.client("s3", aws_secret_access_key="{NAMED["aws"]}")
    db = psycopg2.connect(host=HOST, user="app", password="{NAMED["argument"]}")
    other = psycopg2.connect(host="db.acme.io", user="app", password="{NAMED["login"]}")
    password = os.getenv("DB_PASSWORD", "{NAMED["default"]}")
    api_key = "{KEY}"; session = requests.Session()
    session.get(URL, headers={{"Authorization": "Bearer {NAMED["bearer"]}"}})
    session.get(URL, headers={{"X-Auth": "{NAMED["github"]}"}}, timeout=1000)
    joined = psycopg2.connect(
        host="db.acme.io", user="app",
        password="{NAMED["first half"]}"
                 "{NAMED["second half"]}",
    )
    listed = pymysql.connect("db.acme.io", "app",
        "{NAMED["positional"]}", "shop")
    sms = twilio.rest.Client("AC{made.letters(made.HEX, 32, 1)}",
        "{NAMED["account"]}")
    engine = create_engine("postgresql://app:" + "{NAMED["address"]}" + "@db.acme.io/shop")
    ai = openai.OpenAI(api_key=str(
        "{NAMED["wrapped"]}"))
    key = os.environ["{GITHUB}{NAMED["key"]}"]; sqs = boto3.client("sqs")


PAIRS = [("client_secret", "{NAMED["pair"]}")]
KNOWN = "{NAMED["compared"]}" == password
parser.add_argument("--password", default="{NAMED["option"]}")
API_TOKENS = [
    "{NAMED["one of several"]}",
]
X = 1  # lamlint: ignore[memory-not-set] since {GITHUB}{NAMED["reason"]}
SIGNING = """{made.private_key()}"""
'''
FILES = {
    "lamlint.toml": f'exclude = ["{GITHUB}{NAMED["pattern"]}"]\n',
    "template.yaml": TEMPLATE,
    "samconfig.toml": (
        "version = 0.1\n[default.deploy.parameters]\n"
        f'parameter_overrides = "ApiPassword={NAMED["samconfig"]}"\n'
    ),
    "src/app.py": APP,
    "src/.env": f"DB_PASSWORD={NAMED['env']}\n",
    "src/data.json": json.dumps({"api_key": NAMED["data"]}),
    "src/data.ini": f"[api]\nclient_secret = {NAMED['data']}\n",
    "src/requirements.txt": f"-i https://svc:{NAMED['index']}@packages.acme.io/simple\n",
    "locals.json": json.dumps({"Orders": {"DB_PASSWORD": NAMED["locals"]}}),
    ".env": f"DB_PASSWORD={NAMED['env']}\n",
    "Dockerfile": f"FROM x\nENV DB_PASSWORD={NAMED['docker']}\n",
    "events/order.json": json.dumps({"token": NAMED["event"]}),
    "broken.yaml": (
        "Resources:\n  F:\n    Type: AWS::Serverless::Function\n"
        f"    Properties: *{GITHUB}{NAMED['anchor']}\n"
    ),
}
BROKEN = {
    "lamlint.toml": f'select = ["all"\npassword = "{NAMED["broken"]}\n',
    "samconfig.toml": f'parameter_overrides = "ApiPassword={NAMED["broken"]}\n',
    "template.yaml": f'{TEMPLATE}  password: "{NAMED["broken"]}\n  - {{x\n',
    "src/app.py": f'def handler(event, context)\n    password = "{NAMED["broken"]}"\n',
    "src/requirements.txt": f"--index-url https://me:{NAMED['token']}@pkg.acme.io/simple\nx @ \n",
    "pyproject.toml": f'[project]\nname = "x"\npassword = {NAMED["broken"]}\n',
    "pylock.toml": f"password = {NAMED['broken']}\n",
}
FORMATS = ("full", "concise", "json", "sarif", "github")
SELECTIONS: tuple[list[str], ...] = ([], ["--select", "connection-in-handler"], ["--select", "all"])


def lamlint(folder: Path, *arguments: str) -> str:
    """All that a run prints."""
    summary = folder.parent / "summary.md"
    done = Folder(folder).run(*arguments, environment={"GITHUB_STEP_SUMMARY": str(summary)})
    assert "Traceback" not in done.err
    return done.out + done.err + (summary.read_text("utf-8") if summary.exists() else "")


def reports(folder: Path, *arguments: str) -> list[str]:
    """What a run reports in each format."""
    files = [folder.parent / f"report.{form}" for form in FORMATS]
    wanted = [f"--output={file.suffix[1:]}:{file}" for file in files]
    told = lamlint(folder, "check", "--verbose", *wanted, *arguments)
    written = [file.read_text("utf-8") for file in files if file.exists()]
    return [told, *written]


def lay(folder: Path, files: Mapping[str, str]) -> Path:
    for path, text in files.items():
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")
    return folder


def shown(text: str) -> list[str]:
    """Which secrets a text shows five characters of."""
    return [
        name
        for name, secret in NAMED.items()
        if any(secret[at : at + 5] in text for at in range(len(secret) - 4))
        or json.dumps(secret)[1:-1] in text
    ]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return lay(tmp_path / "project", FILES)


@pytest.mark.parametrize("selection", SELECTIONS, ids=["default", "one", "all"])
def test_a_report_shows_no_secret(project: Path, selection: list[str]) -> None:
    told = reports(project, *selection)
    assert len(told) == 1 + len(FORMATS)
    for text in told:
        assert "connection-in-handler" in text
    assert shown("".join(told)) == []


@pytest.mark.parametrize("selection", SELECTIONS, ids=["default", "one", "all"])
def test_a_diff_shows_no_secret(project: Path, selection: list[str]) -> None:
    told = lamlint(project, "check", "--diff", "--unsafe-fixes", *selection)
    assert "+++" in told
    assert shown(told) == []


@pytest.mark.parametrize(
    "arguments",
    [
        ["check", "--statistics"],
        ["check", "--fix", "--unsafe-fixes", "--verbose"],
        ["check", "--add-ignore=known"],
        ["functions"],
        ["functions", "--output-format", "json"],
        ["size"],
        ["size", "--output-format", "json"],
        ["config"],
    ],
    ids=" ".join,
)
def test_no_command_shows_a_secret(project: Path, arguments: list[str]) -> None:
    told = lamlint(project, *arguments)
    assert told
    assert shown(told) == []


def test_a_baseline_holds_no_secret(project: Path) -> None:
    lamlint(project, "check", "--baseline", "known.json", "--write-baseline")
    written = (project / "known.json").read_text("utf-8")
    assert "hardcoded-secret" in written
    assert shown(written) == []


@pytest.mark.parametrize("path", BROKEN)
def test_an_error_quotes_no_secret(project: Path, path: str) -> None:
    lay(project, {path: BROKEN[path]})
    told = "".join([*reports(project), lamlint(project, "size"), lamlint(project, "config")])
    assert told
    assert shown(told) == []


QUOTED = """\
Transform: AWS::Serverless-2016-10-31
Resources:
  Orders:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.13
      CodeUri: kept-Zr4-bN8yq3/
      Handler: app.Zr4-bN8yq3
      Environment:
        Variables:
          DB_PASSWORD: Zr4-bN8yq3
      Events:
        Queue:
          Type: SQS
          Properties:
            Queue: arn:aws:sqs:eu-west-1:123456789012:Zr4-bN8yq3
"""
"""A password that only its variable makes one, in texts that alone look like nothing."""


@pytest.mark.parametrize("form", ["table", "json"])
@pytest.mark.parametrize("command", ["functions", "size"])
def test_a_list_covers_what_a_report_would_cover(tmp_path: Path, command: str, form: str) -> None:
    folder = lay(tmp_path, {"template.yaml": QUOTED, "kept-Zr4-bN8yq3/photo.raw": "\0" * 4_000_000})
    told = lamlint(folder, command, "--output-format", form)
    assert "kept-Zr4*******" in told
    assert "bN8yq3" not in told
