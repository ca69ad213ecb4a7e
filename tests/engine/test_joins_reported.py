"""Who names one side of a join is told what breaks on the other, and nothing unrelated."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import pytest

from lamlint.config.selection import Layer
from lamlint.engine.pipeline import report_on, run
from lamlint.engine.scope import Request
from lamlint.report import render
from tests.checking import rules
from tests.command import Folder

TEMPLATE = """\
Transform: AWS::Serverless-2016-10-31
Resources:
  Orders:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.13
      CodeUri: {code}
      Handler: {handler}
      Timeout: 30
      MemorySize: 512
      Environment: {{Variables: {{TABLE: orders}}}}
{more}"""
QUEUE = """\
      Events: {Work: {Type: SQS, Properties: {Queue: !GetAtt Queue.Arn}}}
  Queue: {Type: AWS::SQS::Queue}
"""
LOCK = """\
lock-version = "1.0"
[[packages]]
name = "pandas"
version = "2.3.0"
[[packages.wheels]]
url = "https://example.org/pandas-2.3.0-cp313-cp313-manylinux_2_17_x86_64.whl"
size = 300000000
hashes = {}
"""


def template(code: str = "src/", handler: str = "app.handler", more: str = "") -> str:
    return TEMPLATE.format(code=code, handler=handler, more=more)


def module(body: str) -> str:
    return f"import os\nimport boto3\n\n\ndef handler(event, context):\n    {body}\n"


JOINS: Mapping[str, tuple[Mapping[str, str], tuple[str, ...]]] = {
    "undefined-environment-variable": (
        {"template.yaml": template(), "src/app.py": module("return os.environ['GONE']")},
        ("template.yaml", "src/app.py"),
    ),
    "undefined-environment-variable in a helper": (
        {
            "template.yaml": template(),
            "src/app.py": "import helper\n\n\ndef handler(event, context):\n    return helper.gone()\n",
            "src/helper.py": "import os\n\n\ndef gone():\n    return os.environ['GONE']\n",
        },
        ("template.yaml", "src/helper.py"),
    ),
    "unused-environment-variable": (
        {"template.yaml": template(), "src/app.py": module("return 1")},
        ("template.yaml", "src/app.py"),
    ),
    "handler-not-found": (
        {"template.yaml": template(handler="app.main"), "src/app.py": module("return 1")},
        ("template.yaml", "src/app.py"),
    ),
    "handler-not-found without a near name": (
        {"template.yaml": template(handler="app.main"), "src/app.py": "N = 1\n"},
        ("template.yaml", "src/app.py"),
    ),
    "handler-not-found in a moved module": (
        {"template.yaml": template(), "src/application.py": module("return 1")},
        ("template.yaml", "src/application.py"),
    ),
    "code-uri-missing with the folder under another name": (
        {"template.yaml": template(), "lib/app.py": module("return 1"), "lib/more.py": "N = 1\n"},
        ("template.yaml", "lib", "lib/app.py"),
    ),
    "code-uri-missing in a row of folders": (
        {
            "template.yaml": template("functions/a").replace("\n\n", "\n")
            + "  Bills: {Type: AWS::Serverless::Function, Properties: {Runtime: python3.13, "
            "CodeUri: functions/b, Handler: app.handler}}\n",
            "functions/aa/app.py": module("return 1"),
            "functions/b/app.py": module("return 2"),
            "scripts/app.py": module("return 3"),
        },
        ("template.yaml", "functions/aa/app.py"),
    ),
    "code-uri-missing of an archive": (
        {
            "main.tf": """\
resource "aws_lambda_function" "orders" {
  function_name = "orders"
  runtime       = "python3.13"
  handler       = "orders.handler"
  role          = "arn:aws:iam::123456789012:role/orders"
  filename      = data.archive_file.orders.output_path
}
data "archive_file" "orders" {
  type        = "zip"
  source_dir  = "${path.module}/src"
  output_path = "orders.zip"
}
""",
            "lib/orders.py": module("return 1"),
        },
        ("main.tf", "lib/orders.py"),
    ),
    "connection-in-handler": (
        {"template.yaml": template(), "src/app.py": module("boto3.client('s3').list_buckets()")},
        ("template.yaml", "src/app.py"),
    ),
    "connection-in-handler in a helper": (
        {
            "template.yaml": template(),
            "src/app.py": "import helper\n\n\ndef handler(event, context):\n    return helper.s3()\n",
            "src/helper.py": "import boto3\n\n\ndef s3():\n    return boto3.client('s3')\n",
        },
        ("template.yaml", "src/app.py", "src/helper.py"),
    ),
    "event-loop": (
        {
            "template.yaml": template(more=QUEUE).replace("orders}", "!Ref Queue}"),
            "src/app.py": module(
                "boto3.client('sqs').send_message(QueueUrl=os.environ['TABLE'], MessageBody='x')"
            ),
        },
        ("template.yaml", "src/app.py"),
    ),
    "self-invocation": (
        {
            "template.yaml": template(),
            "src/app.py": module(
                "boto3.client('lambda').invoke(FunctionName=context.function_name)"
            ),
        },
        ("template.yaml", "src/app.py"),
    ),
    "private-key-in-package": (
        {
            "template.yaml": template(),
            "src/app.py": module("return 1"),
            "src/.env.prod": "DB_PASSWORD=kT7-vQ2xw!9\n",
        },
        ("template.yaml", "src/.env.prod"),
    ),
    "package-too-large": (
        {
            "template.yaml": template(),
            "src/app.py": module("return 1"),
            "src/requirements.txt": "pandas\n",
            "pylock.toml": LOCK,
        },
        ("template.yaml", "src/requirements.txt", "pylock.toml"),
    ),
    "timeout-over-limit by samconfig": (
        {
            "template.yaml": template(more="Parameters: {T: {Type: Number}}\n").replace(
                "30", "!Ref T"
            ),
            "samconfig.toml": '[default.deploy.parameters]\nparameter_overrides = "T=1000"\n',
            "src/app.py": module("return 1"),
        },
        ("template.yaml", "samconfig.toml"),
    ),
}
UNRELATED = {"other.py": "N = 1\n", "other/template.yaml": "Resources: {}\n"}


def found(root: Path, *paths: str, rule: str) -> list[str]:
    layer = Layer(select=(rule,))
    names = tuple(str(root / path) for path in paths or (".",))
    outcomes = run(Request(names, date(2026, 11, 23), layer), rules())
    return [f"{o.scope.disk.absolute(f.span.path)}" for o in outcomes for f in o.settled.shown]


def lay(root: Path, files: Mapping[str, str]) -> Path:
    for name, text in files.items():
        Folder(root).write(name, text)
    return root


@pytest.mark.parametrize("join", JOINS)
def test_a_broken_join_is_told_by_each_of_its_sides(tmp_path: Path, join: str) -> None:
    files, sides = JOINS[join]
    rule = join.partition(" ")[0]
    lay(tmp_path, {"lamlint.toml": "", **files, **UNRELATED})
    whole = found(tmp_path, rule=rule)
    assert len(whole) == 1
    for side in sides:
        assert found(tmp_path, side, rule=rule) == whole, side
    for other in UNRELATED:
        assert found(tmp_path, other, rule=rule) == [], other


def test_an_excluded_file_is_not_told_by_its_template(tmp_path: Path) -> None:
    files, _ = JOINS["undefined-environment-variable"]
    lay(tmp_path, {"lamlint.toml": 'exclude = ["/src"]\n', **files})
    assert found(tmp_path, "template.yaml", rule="undefined-environment-variable") == []


def test_as_many_places_as_there_are_explain_a_finding(tmp_path: Path) -> None:
    files = {f"{n}/template.yaml": template("../src/") for n in range(8)}
    files["src/app.py"] = module("return os.environ['GONE']")
    lay(tmp_path, {"lamlint.toml": "", **files})
    for name in files:
        assert found(tmp_path, name, rule="undefined-environment-variable"), name


BESIDE = {
    "infra/lamlint.toml": "",
    "infra/template.yaml": template("../src/"),
    "src/app.py": module("return boto3.client('s3')"),
}


@pytest.mark.parametrize("asked", [".", "infra", "infra/template.yaml"])
def test_code_beside_the_project_is_read_and_told_once(tmp_path: Path, asked: str) -> None:
    lay(tmp_path, BESIDE)
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    (place,) = found(tmp_path, asked, rule="connection-in-handler")
    assert place == str(tmp_path / "src/app.py")


@pytest.mark.parametrize("asked", [".", "infra"])
def test_secrets_are_looked_for_beside_the_project(tmp_path: Path, asked: str) -> None:
    token = "ghp_" + "aB3dE5fG7hJ9kL1mN3pQ5rS7tU9vW1xY3zA5"
    lay(tmp_path, {**BESIDE, "src/app.py": module(f"return '{token}'")})
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    assert found(tmp_path, asked, rule="hardcoded-secret") == [str(tmp_path / "src/app.py")]


def test_a_folder_that_holds_the_project_is_not_taken_for_its_own(tmp_path: Path) -> None:
    token = "ghp_" + "aB3dE5fG7hJ9kL1mN3pQ5rS7tU9vW1xY3zA5"
    lay(
        tmp_path,
        {
            "infra/lamlint.toml": "",
            "infra/template.yaml": template("..", "src.app.handler"),
            "src/app.py": module("return 1"),
            "infra/own.py": f"X = '{token}'\n",
            "elsewhere/x.py": f"X = '{token}'\n",
        },
    )
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    own = str(tmp_path / "infra/own.py")
    assert found(tmp_path, "infra", rule="hardcoded-secret") == [own]


@pytest.mark.parametrize(
    ("working", "root"),
    [("", ""), ("src", "src"), ("src/deep", "src"), ("elsewhere", "src")],
)
def test_without_git_the_working_directory_is_the_project(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, working: str, root: str
) -> None:
    from lamlint.config.reading import find

    for name in ("src/deep", "elsewhere"):
        (tmp_path / name).mkdir(parents=True)
    monkeypatch.chdir(tmp_path / working)
    assert find(str(tmp_path / "src")) == (str(tmp_path / root), "")


def test_a_home_is_no_project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from lamlint.config.reading import find

    (tmp_path / "code/src").mkdir(parents=True)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    for working in (tmp_path, tmp_path.parent):
        monkeypatch.chdir(working)
        assert find(str(tmp_path / "code/src")) == (str(tmp_path / "code/src"), "")


def test_the_template_beside_a_folder_is_read_without_git(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files, _ = JOINS["undefined-environment-variable"]
    lay(tmp_path, files)
    monkeypatch.chdir(tmp_path)
    assert found(tmp_path, "src", rule="undefined-environment-variable")


FRAMEWORKS = {
    "a/serverless.ts": "Serverless Framework",
    "cdk.json": "AWS CDK",
    "zappa_settings.py": "Zappa",
    "amplify/backend.ts": "Amplify",
    "amplify/backend/backend-config.json": "Amplify",
    "web/amplify/functions/say-hello/resource.ts": "Amplify",
    "amplify.yml": "Amplify",
    "sst.config.js": "SST",
    "live/root.hcl": "Terragrunt",
    "sst.config.ts": "SST",
    "Pulumi.yaml": "Pulumi",
    "live/terragrunt.hcl": "Terragrunt",
}


def closing(root: Path) -> str:
    outcomes = run(Request((str(root),), date(2026, 11, 23)), rules())
    return render("concise", report_on(outcomes, rules(), unsafe=False, written=False))


@pytest.mark.parametrize("name", FRAMEWORKS)
def test_what_declares_functions_and_is_not_read_is_named(tmp_path: Path, name: str) -> None:
    lay(tmp_path, {"lamlint.toml": "", "app.py": "N = 1\n", name: 'resource "aws_lambda_function"'})
    text = closing(tmp_path)
    assert "No function was found: " in text
    assert f"{name} is of " in text
    assert FRAMEWORKS[name] in text
    lay(tmp_path, {"template.yaml": template()})
    assert "No function was found" not in closing(tmp_path)


@pytest.mark.parametrize(
    "name",
    [
        "network.tf",
        "docs/serverless.md",
        "my-cdk.json",
        "amplify/x.ts",
        "amplify/data/resource.ts",
        "my-amplify.yml",
        "groot.hcl",
    ],
)
def test_what_declares_no_function_is_not_named(tmp_path: Path, name: str) -> None:
    lay(tmp_path, {"lamlint.toml": "", "app.py": "N = 1\n", name: 'resource "aws_vpc" "x" {}'})
    assert "No function was found: no file here declares one" in closing(tmp_path)


def _broken(root: Path) -> None:
    lay(root, {"template.yaml": template().replace("    Properties:", "   Properties", 1)})


def _excluded(root: Path) -> None:
    lay(root, {"template.yaml": template(), "lamlint.toml": 'exclude = ["template.yaml"]\n'})


def _large(root: Path) -> None:
    lay(root, {"template.yaml": template() + "#" * 6_000_000})


def _ignored(root: Path) -> None:
    lay(root, {"template.yaml": template(), ".gitignore": "template.yaml\n"})
    subprocess.run(["git", "init", "-q", str(root)], check=True)


def _manifest(root: Path) -> None:
    lay(root, {"cdk.json": '{"app": "python3 app.py",'})


@pytest.mark.parametrize(
    ("spoil", "why"),
    [
        (_broken, "template.yaml cannot be read."),
        (_excluded, "template.yaml is excluded by the configuration."),
        (_large, "template.yaml cannot be read."),
        (_ignored, "template.yaml is ignored by git."),
        (_manifest, "cdk.json cannot be read."),
    ],
)
def test_what_may_declare_functions_and_is_left_out_is_why_none_is_found(
    tmp_path: Path, spoil: Callable[[Path], None], why: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    lay(tmp_path, {"lamlint.toml": "", "app.py": "N = 1\n"})
    spoil(tmp_path)
    text = closing(tmp_path)
    assert f"No function was found: {why}\n" in text
    assert "no file here declares one" not in text


def test_what_is_left_out_and_declares_nothing_is_no_reason(tmp_path: Path) -> None:
    lay(tmp_path, {"lamlint.toml": 'exclude = ["config.yaml"]\n', "app.py": "N = 1\n"})
    lay(tmp_path, {"config.yaml": "a: [\n", "data.yaml": "a: [\n", ".gitignore": "data.yaml\n"})
    assert "No function was found: no file here declares one" in closing(tmp_path)
    _excluded(tmp_path)
    lay(tmp_path, {"other.yaml": template()})
    assert "No function was found" not in closing(tmp_path)
