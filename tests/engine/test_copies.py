"""What is found in a file and in its copies is told once."""

from __future__ import annotations

from datetime import date

import pytest

from lamlint import project
from lamlint.catalog import Catalog
from lamlint.engine.check import check
from lamlint.text import Finding
from tests.checking import rules
from tests.memory import MemoryTree

CODE = (
    "import boto3\n\n\ndef handler(event, context):\n    return boto3.client('s3').list_buckets()\n"
)
TEMPLATE = """\
Transform: AWS::Serverless-2016-10-31
Resources:
  Fn:
    Type: AWS::Serverless::Function
    Properties: {CodeUri: FOLDER, Handler: app.handler, Runtime: python3.13}
"""


def found(*paths: str, folder: str = "", code: str = CODE) -> list[Finding]:
    files = dict.fromkeys(paths, code)
    files["lamlint.toml"] = ""
    if folder:
        files["template.yaml"] = TEMPLATE.replace("FOLDER", folder)
    built = project.build(MemoryTree(files), (), Catalog(), date(2026, 11, 24))
    return list(check(built, [rules()["connection-in-handler"]]))


def copies(finding: Finding) -> list[str]:
    return [one.span.path for one in finding.related if one.message.startswith("a copy of this")]


@pytest.mark.parametrize(
    ("paths", "folder", "told"),
    [
        (("app.py", "build/app.py"), "", "app.py"),
        (("src/app.py", "build/app.py"), "src", "src/app.py"),
        (("app.py", "package/deep/app.py"), "package/deep", "package/deep/app.py"),
        (("one/app.py", "three/app.py", "two/app.py"), "two", "two/app.py"),
    ],
)
def test_a_file_and_its_copies_are_one_finding(
    paths: tuple[str, ...], folder: str, told: str
) -> None:
    (one,) = found(*paths, folder=folder)
    assert one.span.path == told
    assert copies(one) == [path for path in paths if path != told]
    assert one.fix is not None
    assert {edit.span.path for edit in one.fix.edits} == set(paths)


def test_two_lines_of_a_file_are_two_findings() -> None:
    twice = (
        CODE + "\n\ndef lambda_handler(event, context):\n    boto3.client('sns').list_topics()\n"
    )
    assert [copies(one) for one in found("a/app.py", "b/app.py", code=twice)] == [
        ["b/app.py"],
        ["b/app.py"],
    ]


def test_what_differs_or_is_run_by_itself_is_no_copy() -> None:
    files = {"a/app.py": CODE, "b/app.py": f"{CODE}\n", "c/other.py": CODE}
    built = project.build(MemoryTree(files), (), Catalog(), date(2026, 11, 24))
    assert len(check(built, [rules()["connection-in-handler"]])) == 3
    second = TEMPLATE.partition("Resources:\n")[2].replace("Fn:", "Two:")
    template = TEMPLATE.replace("FOLDER", "a") + second.replace("FOLDER", "b")
    files = {"a/app.py": CODE, "b/app.py": CODE, "template.yaml": template}
    built = project.build(MemoryTree(files), (), Catalog(), date(2026, 11, 24))
    assert [one.subjects for one in check(built, [rules()["connection-in-handler"]])] == [
        ("Fn",),
        ("Two",),
    ]
