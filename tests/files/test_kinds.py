"""What is code of tests, by its path and by what templates deploy."""

from __future__ import annotations

from pathlib import Path

import pytest

from lamlint.files.kinds import is_documentation, is_sample, is_test, is_test_data
from tests.checking import reader

TESTS = (
    "test_app.py",
    "src/test_app.py",
    "src/app_test.py",
    "src/app_tests.py",
    "conftest.py",
    "test/app.py",
    "tests/unit/app.py",
    "services/orders/testing/app.py",
    "fixtures/event.json",
    "mocks/lambda.py",
    "e2e/run.py",
    "integration-tests/app.py",
    "integration_tests/app.py",
    "unit-test/template.yaml",
    "Tests/app.py",
    "src/__tests__/template.yaml",
    "__mocks__/app.py",
    "pkg/testdata/template.yaml",
)
OTHERS = (
    "src/app.py",
    "src/testing.py",
    "src/tests.py",
    "src/attest/app.py",
    "src/latest/app.py",
    "contest/app.py",
    "src/protest.py",
    "src/mocksmith/app.py",
    "src/testdata.json",
)


@pytest.mark.parametrize("path", TESTS)
def test_code_of_tests(path: str) -> None:
    assert is_test(path)
    assert is_sample(path)


@pytest.mark.parametrize("path", OTHERS)
def test_other_code(path: str) -> None:
    assert not is_test(path)
    assert not is_sample(path)


@pytest.mark.parametrize(
    "path",
    [
        "fixtures/app.py",
        "tests/fixtures/a/b.py",
        "src/__fixtures__/a.py",
        "testdata/a.py",
        "test-data/a.py",
        "tests/data/a.py",
        "e2e/run/cases/a.py",
        "tests/__snapshots__/a.py",
        "unit-tests/test_cases/a.py",
    ],
)
def test_data_of_tests(path: str) -> None:
    assert is_test_data(path)


@pytest.mark.parametrize(
    "path",
    [
        "data/app.py",
        "cases/tests/test_a.py",
        "tests/test_data.py",
        "tests/cases.py",
        "src/contest/data/a.py",
        "tests/database/a.py",
        "fixtures.py",
    ],
)
def test_tests_and_other_data_are_none(path: str) -> None:
    assert not is_test_data(path)


@pytest.mark.parametrize("path", ["docs/app.py", "examples/one/app.py", "src/example/app.py"])
def test_documentation_is_another_kind(path: str) -> None:
    assert is_documentation(path)
    assert not is_test(path)


TEMPLATE = """\
Transform: AWS::Serverless-2016-10-31
Resources:
  Hello:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.13
      Timeout: 10
      CodeUri: {code}
      Handler: {handler}
"""
CONNECTING = """\
import boto3


def handler(event, context):
    return boto3.client("s3").list_buckets()
"""


@pytest.mark.parametrize(
    ("template", "code", "handler", "file"),
    [
        ("template.yaml", "tests/probe", "app.handler", "tests/probe/app.py"),
        ("template.yaml", ".", "tests/probe.handler", "tests/probe.py"),
        ("template.yaml", "e2e", "test_alive.handler", "e2e/test_alive.py"),
        ("template.yaml", "src", "app.handler", "src/app.py"),
    ],
)
def test_what_a_template_deploys_is_no_test(
    tmp_path: Path, template: str, code: str, handler: str, file: str
) -> None:
    assert _found(tmp_path, template, code, handler, file) == [file]


@pytest.mark.parametrize(
    ("template", "code", "handler", "file"),
    [
        ("tests/template.yaml", "probe", "app.handler", "tests/probe/app.py"),
        ("template.yaml", "tests/probe", "app.handler", "tests/other/app.py"),
        ("template.yaml", "src", "app.handler", "src/tests/app.py"),
    ],
)
def test_a_template_of_tests_deploys_nothing(
    tmp_path: Path, template: str, code: str, handler: str, file: str
) -> None:
    assert _found(tmp_path, template, code, handler, file) == []


def test_a_project_in_a_folder_of_that_name_is_none(tmp_path: Path) -> None:
    root = tmp_path / "testing"
    assert _found(root, "template.yaml", "src", "app.handler", "src/app.py") == ["src/app.py"]


def _found(root: Path, template: str, code: str, handler: str, file: str) -> list[str]:
    for path, text in (
        ("lamlint.toml", ""),
        (template, TEMPLATE.format(code=code, handler=handler)),
        (file, CONNECTING),
    ):
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text)
    reading = reader(root, "connection-in-handler")({})
    return [finding.span.path for finding in reading.findings]
