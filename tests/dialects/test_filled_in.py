"""Files that cannot be read as another tool fills something in first."""

from __future__ import annotations

from datetime import date

import pytest

from lamlint import project
from lamlint.catalog import Catalog
from lamlint.project import Project
from lamlint.rule import ERROR, INFORMATION
from tests.memory import MemoryTree

HCL = """\
resource "aws_lambda_function" "f" {{
  runtime = "python3.13"
  layers  = [{}]
}}
"""
SAM = """\
Resources:
  Orders:
    Type: AWS::Serverless::Function
    Properties:
      Handler: app.handler
      {}
      Runtime: python3.13
"""
SERVICE = """\
service: orders
provider: {{name: aws, runtime: python3.13}}
functions:
  one:
    handler: app.handler
    {}
"""


def read(files: dict[str, str]) -> Project:
    return project.build(MemoryTree(files), (), Catalog(), date(2026, 11, 29))


@pytest.mark.parametrize(
    ("path", "text", "form"),
    [
        ("main.tf", HCL.format("data.layer.a_$$INSTANCE$$.arn"), "$$INSTANCE$$"),
        ("main.tf", HCL.format("@LAYER_ARN@"), "@LAYER_ARN@"),
        ("main.tf", HCL.format("1]\n__TAGS__ [2"), "__TAGS__"),
        ("template.yaml", SAM.format("Timeout: @TIMEOUT@"), "@TIMEOUT@"),
        ("template.yaml", SAM.format("__TAGS__"), "__TAGS__"),
        ("serverless.yml", SERVICE.format("timeout: @TIMEOUT@"), "@TIMEOUT@"),
    ],
)
def test_it_is_information_that_names_the_placeholder(path: str, text: str, form: str) -> None:
    built = read({path: text})
    (problem,) = built.problems
    assert (problem.rule, problem.severity) == ("unreadable-template", INFORMATION)
    assert f"this file has placeholders ({form}) that are filled in" in problem.message
    assert "mend" not in problem.message
    assert [one.span.path for one in built.tree.unread] == [path]


@pytest.mark.parametrize(
    ("path", "text", "form"),
    [
        ("main.tf", HCL.format("<%= layer %>"), "<%= layer %>"),
        ("main.tf", HCL.format("%%LAYER%%"), "%%LAYER%%"),
        ("main.tf", HCL.format("{{ layer }}"), "{{ layer }}"),
        ("template.yaml", SAM.format("Timeout: {{ timeout }}-1"), "{{ timeout }}"),
        ("template.yaml", SAM.format("Timeout: %%TIMEOUT%%"), "%%TIMEOUT%%"),
        ("template.yaml", SAM.format("{% if slow %}"), "{%"),
        ("serverless.yml", SERVICE.format("timeout: {{ timeout }} 1"), "{{ timeout }}"),
        ("serverless.yml", SERVICE.format("{% for one in events %}"), "{%"),
    ],
)
def test_what_is_written_for_another_tool_is_told_as_not_read_alone(
    path: str, text: str, form: str
) -> None:
    built = read({path: text})
    assert not built.problems
    assert [(one.span.path, form in one.reason) for one in built.tree.unread] == [(path, True)]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("main.tf", HCL.format("= 1")),
        (
            "main.tf",
            HCL.format('"$$NAME$$"') + 'locals {\n a = "@B@"\n\n c = 1\n d = 2\n e = = 1\n}\n',
        ),
        ("template.yaml", SAM.format(" Timeout: 3: 4")),
        ("template.yaml", SAM.format("K: '{{resolve:ssm:x}}'\n     Timeout: 3")),
        # A placeholder that is read well is not to blame.
        ("template.yaml", SAM.format("Role: __ROLE__\n      A: 1\n      B: 2\n      C: 3: 4")),
    ],
)
def test_what_is_broken_for_another_reason_is_an_error(path: str, text: str) -> None:
    assert [one.severity for one in read({path: text}).problems] == [ERROR]


@pytest.mark.parametrize(
    "text", [HCL.format('"$$NAME$$", "@NAME@", "__NAME__"'), HCL.format('"%%NAME%%"')]
)
def test_placeholders_in_texts_keep_nothing_from_being_read(text: str) -> None:
    built = read({"main.tf": text})
    assert not built.problems
    assert not built.tree.unread


def test_all_files_of_a_project_are_told_of_once() -> None:
    files = {f"{name}/main.tf": HCL.format("a.$$LAYER$$.arn") for name in "abc"}
    files["d/template.yaml"] = SAM.format("Timeout: @TIMEOUT@")
    files["e/main.tf"] = HCL.format("= 1")
    built = read(files)
    placeholders, broken = sorted(built.problems, key=lambda one: one.span)
    assert "4 files have placeholders ($$LAYER$$, @TIMEOUT@) that are filled in before" in (
        placeholders.message
    )
    assert [one.span.path for one in placeholders.related] == [
        "b/main.tf", "c/main.tf", "d/template.yaml",
    ]  # fmt: skip
    assert broken.severity is ERROR
    assert {one.span.path for one in built.tree.unread} == files.keys() - {"e/main.tf"}


@pytest.mark.parametrize("path", ["tests/main.tf", "{{cookiecutter.name}}/main.tf"])
def test_nothing_is_said_of_what_tests_or_cookiecutter_have(path: str) -> None:
    built = read({path: HCL.format("a.$$LAYER$$.arn")})
    assert not built.problems
    assert [one.span.path for one in built.tree.unread] == [path]
