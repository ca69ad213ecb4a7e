"""Folders that code, or PYTHONPATH, adds to those that it imports from."""

from __future__ import annotations

from datetime import date

import pytest

from lamlint import project
from lamlint.catalog import Catalog
from lamlint.engine import check
from tests.checking import rules
from tests.memory import MemoryTree

RULE = "connection-in-handler"
TEMPLATE = """\
Transform: AWS::Serverless-2016-10-31
Resources:
  Fn:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: code/
      Handler: {handler}
      Runtime: python3.13
      Environment: {{Variables: {{{variables}}}}}
"""
SENDS = 'import boto3\ndef send():\n    boto3.client("sns").publish(TopicArn="t", Message="m")\n'
HEAD = "import os, sys\nfrom os.path import abspath, dirname, join\nfrom pathlib import Path\n"
HANDLER = "def handler(event, context):\n    mail.send()\n"
ADDED = {
    "appended": 'sys.path.append(os.path.join(os.path.dirname(__file__), "lib"))',
    "inserted": 'sys.path.insert(0, join(dirname(abspath(__file__)), "lib"))',
    "a name": 'HERE = dirname(os.path.realpath(__file__))\nsys.path.insert(0, HERE + "/lib")',
    "an f-string": 'HERE = dirname(__file__)\nsys.path.append(f"{HERE}/lib")',
    "pathlib": 'sys.path.insert(0, str(Path(__file__).parent / "lib"))',
    "pathlib, resolved": 'sys.path.append(str(Path(__file__).resolve().parents[0].joinpath("lib")))',
    "the task's root": 'sys.path.append("/var/task/lib")',
    "the task's root by its variable": 'sys.path.append(os.environ["LAMBDA_TASK_ROOT"] + "/lib")',
    "where it is run": 'sys.path.insert(0, "lib")',
    "where it is run, written out": 'sys.path.append(os.path.join(os.getcwd(), "./lib"))',
    "extended": 'sys.path.extend(["/opt", "lib"])',
    "added to": 'sys.path += ["lib"]',
    "anew": 'sys.path = ["lib"] + sys.path',
    "under a test": 'L = join(dirname(__file__), "lib")\nif L not in sys.path:\n    sys.path.append(L)',
    "tried": 'try:\n    sys.path.append("lib")\nexcept Exception:\n    pass',
}
LEFT = {
    "nothing": "",
    "another folder": 'sys.path.append("other")',
    "outside of the task": 'sys.path.append("/lib")',
    "above the task": 'sys.path.append("../lib")',
    "a layer's folder": 'sys.path.append("/opt/lib")',
    "an unknown folder": 'sys.path.append(os.environ["WHERE"])',
    "in a function": 'def later():\n    sys.path.append("lib")',
    "another path": 'paths = []\npaths.append("lib")',
    "a circle of names": "a = b\nb = a\nsys.path.append(a)",
}


def found(head: str, variables: str = "", handler: str = "app.handler") -> list[str]:
    place = handler.rpartition(".")[0].replace(".", "/")
    files = {
        "template.yaml": TEMPLATE.format(handler=handler, variables=variables),
        f"code/{place}.py": f"{HEAD}{head}\nimport mail\n{HANDLER}",
        "code/lib/mail.py": SENDS,
        "lib/mail.py": SENDS,
    }
    built = project.build(MemoryTree(files), ("",), Catalog(), date(2026, 11, 24))
    return [one.span.path for one in check.check(built, [rules()[RULE]])]


@pytest.mark.parametrize("head", ADDED.values(), ids=ADDED)
def test_what_lies_in_an_added_folder_is_followed(head: str) -> None:
    assert found(head) == ["code/lib/mail.py"]


@pytest.mark.parametrize("head", LEFT.values(), ids=LEFT)
def test_what_lies_in_no_added_folder_is_not_followed(head: str) -> None:
    assert found(head) == []


@pytest.mark.parametrize("path", ["/var/task/lib", "lib", "/opt/x:/var/task/lib:/y", "./lib/"])
def test_pythonpath_of_a_function_adds_folders(path: str) -> None:
    assert found("", f"PYTHONPATH: {path}") == ["code/lib/mail.py"]


@pytest.mark.parametrize("path", ["/opt/lib", "/var/lib", "../lib", "/var/task/other", "!Ref X"])
def test_pythonpath_elsewhere_adds_none(path: str) -> None:
    assert found("", f"PYTHONPATH: {path}") == []


def test_a_folder_above_a_handler_in_a_package_is_added() -> None:
    head = 'sys.path.append(str(Path(__file__).parent.parent / "lib"))'
    assert found(head, handler="handlers.app.handler") == ["code/lib/mail.py"]


def test_without_a_template_a_file_adds_folders_by_its_own_place() -> None:
    head = 'sys.path.append(os.path.join(os.path.dirname(__file__), "..", "shared"))'
    files = {
        "functions/app.py": f"{HEAD}{head}\nimport mail\n{HANDLER}",
        "shared/mail.py": SENDS,
        "lamlint.toml": "",
    }
    built = project.build(MemoryTree(files), (), Catalog(), date(2026, 11, 24))
    assert [one.span.path for one in check.check(built, [rules()[RULE]])] == ["shared/mail.py"]


BESIDE = {
    "the file's own place": 'sys.path.insert(0, join(dirname(__file__), ".."))\nfrom shared import mail',
    "pathlib": "sys.path.append(str(Path(__file__).parents[1]))\nfrom shared import mail",
    "a folder of it": 'sys.path.append(join(dirname(__file__), "..", "shared"))\nimport mail',
}
PACKED_BESIDE = {
    "a script copies it": ("CodeUri: fn/", {"build.sh": "cp -r shared fn/\n"}),
    "a script copies other things": ("CodeUri: fn/", {"build.sh": "cp -r other fn/\n"}),
    "a Makefile builds it": ("CodeUri: fn/", {"fn/Makefile": "build-Fn:\n\t./build\n"}),
    "a layer brings what is not known": ("CodeUri: fn/\n      Layers: [!Ref Given]", {}),
    "it lies in the package": ("CodeUri: .", {}),
}


def beside(head: str, properties: str, more: dict[str, str], handler: str = "app") -> list[str]:
    method = "    Metadata: {BuildMethod: makefile}\n" if "fn/Makefile" in more else ""
    files = {
        "template.yaml": "Parameters: {Given: {Type: String}}\n"
        "Transform: AWS::Serverless-2016-10-31\nResources:\n  Fn:\n"
        f"    Type: AWS::Serverless::Function\n{method}    Properties:\n"
        f"      {properties}\n      Handler: {handler}.handler\n      Runtime: python3.13\n",
        "fn/app.py": f"{HEAD}{head}\n{HANDLER}",
        "shared/__init__.py": "",
        "shared/mail.py": SENDS,
        "other/data.py": "",
        **more,
    }
    built = project.build(MemoryTree(files), ("",), Catalog(), date(2026, 11, 24))
    return [one.span.path for one in check.check(built, [rules()[RULE]])]


@pytest.mark.parametrize("head", BESIDE.values(), ids=BESIDE)
def test_what_lies_beside_the_package_is_not_there(head: str) -> None:
    assert beside(head, "CodeUri: fn/", {}) == []


@pytest.mark.parametrize(("properties", "more"), PACKED_BESIDE.values(), ids=PACKED_BESIDE)
def test_what_may_be_packed_is_followed_beside_it(properties: str, more: dict[str, str]) -> None:
    head = BESIDE["the file's own place"]
    handler = "fn.app" if properties == "CodeUri: ." else "app"
    assert beside(head, properties, more, handler) == ["shared/mail.py"]
