"""Two files that give one handler other variables: forgotten, or two variants on purpose."""

from __future__ import annotations

from datetime import date
from functools import partial

import pytest

from lamlint import project, registry
from lamlint.catalog import Catalog
from lamlint.engine import check
from lamlint.rule import INFORMATION, WARNING
from lamlint.text import Severity
from tests.counting import grows_no_faster, work
from tests.memory import MemoryTree

RULES = registry.load(plugins=False)
STACK = """\
from aws_cdk import Stack
from aws_cdk import aws_lambda as lambda_


class {name}(Stack):
    def __init__(self, scope, id):
        super().__init__(scope, id)
        lambda_.Function(self, "F", runtime=lambda_.Runtime.PYTHON_3_13, handler="app.handler",
            code=lambda_.Code.from_asset("src"), environment={{{variables}}})
"""
APP = """\
import aws_cdk as cdk
from daily import Daily
from often import Often
app = cdk.App()
Daily(app, "Daily")
Often(app, "Often")
"""
FUNCTION = """\
resource "aws_lambda_function" "{name}" {{
  function_name = "{name}"
  role          = "arn:aws:iam::123456789012:role/orders"
  filename      = "src.zip"
  handler       = "app.handler"
  runtime       = "python3.13"
  environment {{
    variables = {{ {variables} }}
  }}
}}
"""
CODE = """\
import os
def once():
    return os.environ.get("ONCE", "false").lower() == "true"
def handler(event, context):
    {}
    return os.environ.get("WINDOW", "none")
"""
ASKED = CODE.format("if once(): return None")
ON, OFF = '"ONCE": "true"', '"ONCE": "false"'
WINDOW = '"WINDOW": "x"'


def is_told(files: dict[str, str], code: str) -> bool:
    tree = MemoryTree({**files, "src/app.py": code})
    built = project.build(tree, (), Catalog(), date(2026, 11, 29))
    assert len(built.functions) == 2
    return bool(check.check(built, [RULES["drifted-configuration"]]))


def app(daily: str, often: str) -> dict[str, str]:
    return {
        "cdk.json": '{"app": "python app.py"}',
        "app.py": APP,
        "daily.py": STACK.format(name="Daily", variables=daily),
        "often.py": STACK.format(name="Often", variables=often),
    }


@pytest.mark.parametrize(
    "code",
    [
        ASKED,
        CODE.format("if os.environ['ONCE'] == 'true':\n        return None"),
        CODE.format("mode = os.environ['ONCE']\n    if mode != 'true':\n        return None"),
        CODE.format("on = once()\n    x = 1 if on else 2"),
        "import os\nONCE = os.getenv('ONCE', 'false')\nON = ONCE == 'true'\n"
        + CODE.format("if not ON: return None").replace("import os\n", ""),
        CODE.format("match os.environ['ONCE']:\n        case 'true': return None"),
    ],
)
def test_two_variants_of_one_app_differ_on_purpose(code: str) -> None:
    assert not is_told(app(ON, f"{OFF}, {WINDOW}"), code)


@pytest.mark.parametrize(
    ("daily", "often", "code"),
    [
        # Nothing is decided by what differs, it is set once only, or does not differ.
        (ON, f"{OFF}, {WINDOW}", CODE.format("print(os.environ['ONCE'])")),
        (ON, WINDOW, ASKED),
        ("", WINDOW, ASKED),
        (ON, f"{ON}, {WINDOW}", ASKED),
        ('"NAME": "a"', f'"NAME": "b", {WINDOW}', ASKED),
    ],
)
def test_what_one_stack_of_an_app_lacks_is_told(daily: str, often: str, code: str) -> None:
    assert is_told(app(daily, often), code)


@pytest.mark.parametrize(("folder", "told"), [("", False), ("live/", True)])
def test_the_files_of_one_folder_of_terraform_are_one_program(folder: str, told: bool) -> None:
    source = 'data "archive_file" "src" {\n  type = "zip"\n  source_dir = "%s"\n  output_path = "src.zip"\n}\n'
    files = {
        "daily.tf": source % "src" + FUNCTION.format(name="daily", variables='ONCE = "true"'),
        f"{folder}often.tf": (source % "../src" if folder else "")
        + FUNCTION.format(name="often", variables='ONCE = "false", WINDOW = "x"'),
    }
    files = {
        path: text.replace('"src.zip"\n  handler', "data.archive_file.src.output_path\n  handler")
        for path, text in files.items()
    }
    assert is_told(files, ASKED) is told


def handing_on(names: int) -> str:
    """Code in which each name is made of each other, and none is asked."""
    given = "\n".join(f"    a{one} = a{one + 1} = once() or a{one}" for one in range(names))
    return CODE.format(f"a{names} = 1\n{given}").replace('.lower() == "true"', "")


def test_names_that_hand_on_to_each_other_are_followed_once() -> None:
    files = {
        "a.tf": FUNCTION.format(name="a", variables='ONCE = "true"'),
        "b.tf": FUNCTION.format(name="b", variables='ONCE = "false", WINDOW = "x"'),
    }
    is_told(files, handing_on(1))  # what is kept from then on
    counts = [work(partial(is_told, files, handing_on(size))) for size in (16, 32, 64)]
    assert grows_no_faster(counts)


SAM = """\
Resources:
  F:
    Type: AWS::Serverless::Function
    Properties:
      {{Runtime: python3.13, Handler: app.handler, CodeUri: ../src, Environment: {{Variables: {{{}}}}}}}
"""


@pytest.mark.parametrize(
    ("files", "severity"),
    [
        ({}, WARNING),
        ({"deploy.sh": "aws cloudformation deploy --template-file infra/app.yaml\n"}, INFORMATION),
        ({".github/workflows/a.yml": "run: sam deploy -t infra/app.yaml\n"}, INFORMATION),
        ({"deploy.sh": "sam deploy -t infra/app.yaml\nsam deploy -t infra/less.yaml\n"}, WARNING),
        ({"deploy.sh": "sam deploy -t infra/less.yaml\n"}, WARNING),
        ({"deploy.sh": "sam deploy -t infra/my-app.yaml\n"}, WARNING),
        ({"README.md": "sam deploy -t infra/app.yaml\n"}, WARNING),
    ],
)
def test_a_template_that_no_script_names_beside_one_that_is_named_is_information(
    files: dict[str, str], severity: Severity
) -> None:
    templates = {"infra/app.yaml": SAM.format("WINDOW: x"), "infra/less.yaml": SAM.format("")}
    code = {"src/app.py": CODE.format("pass")}
    built = project.build(
        MemoryTree({**templates, **code, **files}), (), Catalog(), date(2026, 11, 29)
    )
    (found,) = check.check(built, [RULES["drifted-configuration"]])
    assert (found.span.path, found.severity) == ("infra/less.yaml", severity)
