"""Dialects are listed by their files, and what they declare is one project."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

import pytest

from lamlint.dialects import reading
from lamlint.dialects.dialect import (
    CDK,
    CLOUDFORMATION,
    DIALECTS,
    Declared,
    Dialect,
    failed,
)
from lamlint.model import Function
from lamlint.text import Span, Tree
from lamlint.text.dataclass import dataclass
from tests.memory import MemoryTree

TEMPLATE = "Resources:\n  F: {Type: AWS::Serverless::Function, Properties: {Timeout: 1}}\n"
FILES = {"template.yaml": TEMPLATE, "other.yaml": TEMPLATE.replace("F:", "G:")}
NOT_THERE = Dialect("not_there", (".tf", ".tofu"))


def listed(monkeypatch: pytest.MonkeyPatch, *dialects: Dialect) -> None:
    monkeypatch.setattr(reading, "DIALECTS", dialects)


@pytest.mark.parametrize(
    ("path", "claimed"),
    [
        ("template.yaml", True),
        ("a/b.yml", True),
        ("cdk.template.json", True),
        ("stack.template", True),
        ("main.tf", False),
        ("yaml", False),
        ("app.py", False),
    ],
)
def test_files_that_cloudformation_claims(path: str, claimed: bool) -> None:
    assert CLOUDFORMATION.claims(path) is claimed


@pytest.mark.parametrize("dialect", DIALECTS)
def test_a_dialect_that_is_listed_is_there(dialect: Dialect) -> None:
    assert dialect.read(MemoryTree({}), ()) == Declared()


def test_a_dialect_is_imported_only_where_a_file_is_its_own(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    listed(monkeypatch, CLOUDFORMATION, NOT_THERE)
    assert len(reading.read(MemoryTree(FILES), ()).functions) == 2
    with pytest.raises(ModuleNotFoundError, match="not_there"):
        reading.read(MemoryTree({**FILES, "main.tf": ""}), ())


@pytest.mark.parametrize(
    ("path", "text", "owned"),
    [
        ("app.py", "import aws_cdk as cdk\n", True),
        ("app.py", "import boto3\n", False),
        ("app.ts", "import aws_cdk\n", False),
    ],
)
def test_a_file_is_of_the_cdk_by_its_name_and_its_words(path: str, text: str, owned: bool) -> None:
    assert CDK.owns(path, MemoryTree({path: text})) is owned


@dataclass(frozen=True)
class Renamed(Dialect):
    """A dialect that reads what CloudFormation does, under names of its own."""

    prefix: str = ""

    def read(self, tree: Tree, targets: Sequence[str]) -> Declared:
        declared = CLOUDFORMATION.read(tree, targets)
        names = tuple(self.renamed(function) for function in declared.functions)
        return dataclasses.replace(declared, functions=names, left_out=frozenset({self.prefix}))

    def renamed(self, function: Function) -> Function:
        return dataclasses.replace(function, name=f"{self.prefix}{function.name}")


def test_what_several_dialects_declare_is_one_project(monkeypatch: pytest.MonkeyPatch) -> None:
    listed(monkeypatch, Renamed("", (".yaml",), prefix="a"), Renamed("", (".yaml",), prefix="b"))
    declared = reading.read(MemoryTree(FILES), ())
    assert [function.name for function in declared.functions] == ["aG", "aF", "bG", "bF"]
    assert declared.left_out == {"a", "b"}


def test_a_failure_is_told_at_its_place_without_what_the_file_says() -> None:
    place = Span("a/main.tf", 3, 9)
    finding = failed("a/main.tf", ValueError("hunter2"), place)
    assert finding.span == place
    assert "a/main.tf could not be read" in finding.message
    assert "hunter2" not in finding.message
