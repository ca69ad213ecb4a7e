"""Which variables of a function are told to be unused: those that nothing here can read."""

from __future__ import annotations

from datetime import date

import pytest

from lamlint import registry
from lamlint.catalog import Catalog
from lamlint.engine.check import check
from lamlint.project import build
from tests.memory import MemoryTree

TEMPLATE = """\
Resources:
  Fn:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.13
      Handler: app.handler
      CodeUri: src
      Environment: {Variables: {TABLE: orders}}
"""
HANDLER = "def handler(event, context):\n    return None\n"
RULE = "unused-environment-variable"


def told(files: dict[str, str | bytes], template: str = TEMPLATE) -> list[str]:
    tree = MemoryTree({"template.yaml": template, "src/app.py": HANDLER, **files})
    project = build(tree, (), Catalog(), date(2026, 11, 23))
    found = check(project, [registry.load(plugins=False)[RULE]])
    assert not [one for one in found if one.rule != RULE]
    return [one.message.partition(" ")[0] for one in found]


@pytest.mark.parametrize(
    "files",
    [
        {},
        {"src/app.py": "TABLE_NAME = 1\n" + HANDLER},
        {"src/app.py": "import os\nNAME = os.environ['MY_TABLE']\n" + HANDLER},
        {"src/app.py": "import os\nNAME = os.environ.get('TABLE_NAME', '')\n" + HANDLER},
        {"src/app.py": "from os import environ\nNAME = environ['TABLE_NAME']\n" + HANDLER},
        {"src/app.py": "import os\nNAME = 'LOCAL' in os.environ\n" + HANDLER},
        {"src/app.py": "import boto3, json\nfrom botocore.config import Config\n" + HANDLER},
        {"src/app.py": "import requests\n" + HANDLER, "src/requirements.txt": "requests==2.32\n"},
        {
            "src/app.py": "import yaml\n" + HANDLER,
            "src/requirements.txt": "--index-url https://pypi.org/simple\nPyYAML\n",
        },
        {"src/app.py": "import own\n" + HANDLER, "src/own.py": ""},
        {"src/logo.png": b"\x89PNG\xff"},
        {"other/app.py": "TABLE"},
    ],
)
def test_a_variable_that_nothing_names_is_unused(files: dict[str, str | bytes]) -> None:
    assert told(files) == ["TABLE"]


@pytest.mark.parametrize(
    "files",
    [
        {"src/app.py": "import os\nNAME = os.environ['TABLE']\n" + HANDLER},
        {"src/app.py": "import os\nNAME = os.environ[f'TAB{1}']\n" + HANDLER},
        {"src/app.py": "import os\nNAME = os.environ['TAB' + 'LE']\n" + HANDLER},
        {"src/app.py": "import os\nNAME = os.getenv(handler.__name__)\n" + HANDLER},
        {"src/app.py": "import os\nALL = dict(os.environ)\n" + HANDLER},
        {"src/app.py": "from os import environ as e\nNAME = e['TAB' 'LE']\n" + HANDLER},
        {"src/app.py": "import subprocess\n" + HANDLER},
        {"src/app.py": "from pydantic_settings import BaseSettings\n" + HANDLER},
        {"src/app.py": "import shop\n" + HANDLER},
        {"src/app.py": "def lazy():\n    import shop\n" + HANDLER},
        {"src/settings.json": '{"table": "$TABLE"}'},
        {"src/notes.md": "Set TABLE first."},
        {"src/run.sh": "echo"},
        {"src/shop.whl": b"PK"},
        {"src/fast.so": b"\x7fELF"},
        {"src/strange.py": b"\xff\xfe\xfd"},
        {"src/requirements.txt": "../shared\n"},
        {"src/requirements.txt": "-e ../shared\n"},
        {"src/requirements.txt": "shop @ file:///shop\n"},
        {"src/requirements.txt": "git+https://example.org/shop.git\n"},
        {"src/requirements.txt": "--extra-index-url https://example.org/simple\nshop\n"},
        {"src/requirements.txt": "--find-links wheels\nshop\n"},
        {"src/requirements.txt": "table-reader\n"},
        {"src/pyproject.toml": '[project]\nname = "a"\nversion = "1"\ndependencies = ["shop"]\n'},
    ],
)
def test_what_may_be_read_is_no_finding(files: dict[str, str | bytes]) -> None:
    assert told(files) == []


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("python3.13", "nodejs22.x"),
        ("TABLE: orders", "POWERTOOLS_SERVICE_NAME: orders"),
        ("TABLE: orders", "TABLE: orders, AWS_LAMBDA_EXEC_WRAPPER: /opt/run"),
        ("CodeUri: src", "CodeUri: src\n      Layers: [!Ref Given]"),
        ("CodeUri: src", "CodeUri: s3://bucket/code.zip"),
    ],
)
def test_what_runs_elsewhere_is_no_finding(before: str, after: str) -> None:
    assert told({}, TEMPLATE.replace(before, after)) == []


def test_a_template_among_the_code_is_no_use() -> None:
    beside = TEMPLATE.replace("CodeUri: src", "CodeUri: .")
    assert told({"app.py": HANDLER}, beside) == ["TABLE"]
