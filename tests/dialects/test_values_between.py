"""Values that come from elsewhere: exports, configuration files, lists of allowed values."""

from __future__ import annotations

from datetime import date

import pytest

from lamlint.catalog import Catalog
from lamlint.dialects.cloudformation import dialect, links
from lamlint.dialects.cloudformation.resource import Resource
from lamlint.model import Function
from lamlint.project import build
from tests.memory import MemoryTree

FUNCTION = """\
Parameters:
  Wait: {Type: Number, Default: 10}
  Other: {Type: String, Default: mine}
Resources:
  Fn:
    Type: AWS::Serverless::Function
    Properties:
      Timeout: !Ref Wait
      Environment: {Variables: {X: !Ref Other, TABLE: !ImportValue shop-orders}}
"""
EXPORTING = """\
Resources:
  Orders: {Type: AWS::DynamoDB::Table, Properties: {TableName: orders}}
Outputs:
  Orders: {Value: !Ref Orders, Export: {Name: shop-orders}}
"""


def functions(files: dict[str, str | bytes]) -> tuple[Function, ...]:
    return build(MemoryTree(files), (), Catalog(), date(2026, 11, 23)).functions


def test_imported_values_are_those_that_another_template_exports() -> None:
    (function,) = functions({"api/template.yaml": FUNCTION, "base/template.yaml": EXPORTING})
    table = function.environment.variables["TABLE"]
    assert {"base/template.yaml#Orders", "orders"} <= table.targets


def test_a_name_that_two_templates_export_says_nothing() -> None:
    (function,) = functions({"t.yaml": FUNCTION, "a.yaml": EXPORTING, "b.yaml": EXPORTING})
    assert function.environment.variables["TABLE"].targets == {"export:shop-orders"}


def configured(overrides: str, **files: str) -> tuple[object, object]:
    more = {name.replace("__", "."): text for name, text in files.items()}
    config = f"[default.deploy.parameters]\nparameter_overrides = {overrides}\n"
    (function,) = functions({"template.yaml": FUNCTION, "samconfig.toml": config, **more})
    wait, other = function.timeout, function.environment.variables["X"]
    return (wait.only if wait.known else None, other.only if other.known else None)


def test_overrides_in_files_of_the_project() -> None:
    assert configured('"file://some.json"', some__json='{"Wait": 20}') == (20, "mine")
    assert configured('["file://some.yaml", "Other=a"]', some__yaml="Wait: 30\n") == (30, "a")
    assert configured('"file://some.toml"', some__toml="Wait = 40\n") == (40, "mine")


def test_overrides_that_include_others() -> None:
    found = configured(
        '"file://a.yaml"', a__yaml="$include: [b.yaml, a.yaml]\nWait: 5\n", b__yaml="Other: b\n"
    )
    assert found == (5, "b")


@pytest.mark.parametrize("path", ["../secret.yaml", "/etc/params.json", "missing.yaml"])
def test_overrides_that_are_not_read_leave_the_parameters_unknown(path: str) -> None:
    assert configured(f'["Other=known", "file://{path}"]') == (None, "known")


def test_allowed_values_are_choices_the_default_first() -> None:
    template = FUNCTION.replace("Default: 10", "Default: 20, AllowedValues: [10, 20, 30]")
    (function,) = functions({"template.yaml": template})
    assert [choice.value for choice in function.timeout.choices] == [20, 10, 30]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_templates_in_utf_16(encoding: str) -> None:
    mark = b"" if encoding == "utf-16" else "\ufeff".encode(encoding)
    (function,) = functions({"template.yaml": mark + FUNCTION.encode(encoding)})
    assert function.timeout.only == 10


def test_a_template_whose_links_fail_does_not_hide_the_others(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail_for_one(
        found: list[Function], resources: list[Resource]
    ) -> tuple[tuple[Function, ...], tuple[object, ...]]:
        if any(resource.scope.template == "bad.yaml" for resource in resources):
            raise KeyError("boom")
        return links.link(found, resources)

    monkeypatch.setattr(dialect, "link", fail_for_one)
    tree = MemoryTree({"bad.yaml": FUNCTION, "good.yaml": FUNCTION})
    built = build(tree, (), Catalog(), date(2026, 11, 23))
    assert [function.template for function in built.functions] == ["good.yaml"]
    (problem,) = built.problems
    assert problem.rule == "internal-error"
    assert problem.span.path == "bad.yaml"
