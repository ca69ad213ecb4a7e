"""Sensitive variables that are empty until somebody gives them a value."""

from __future__ import annotations

import pytest

from lamlint.model import Store
from tests.dialects.terraform.declaring import function

VARIABLE = 'variable "key" {\n  type = string\n  sensitive = true\n  default = ""\n}\n'
PLAIN = VARIABLE.replace("  sensitive = true\n", "")
LOCAL = 'locals {\n  key = var.key != "" ? var.key : "none"\n}\n'


def hidden(written: str, around: str = VARIABLE) -> list[tuple[Store, str]]:
    """The stores of secrets that a variable of the environment is filled in from."""
    found = function(f"  environment {{\n    variables = {{ KEY = {written} }}\n  }}", around)
    return [(one.store, one.name) for one in found.environment.resolved.get("KEY", ())]


@pytest.mark.parametrize(
    "written",
    [
        "var.key",
        'var.key != "" ? var.key : ""',
        'var.key == "" ? null : var.key',
        'length(var.key) > 0 ? var.key : ""',
        'coalesce(var.key, "none")',
        '"key=${var.key}"',
        "trimspace(var.key)",
    ],
)
def test_a_hidden_variable_that_waits_for_a_value_is_filled_in(written: str) -> None:
    assert hidden(written) == [(Store.HIDDEN, "key")]


def test_so_is_a_local_that_has_it() -> None:
    assert hidden("local.key", VARIABLE + LOCAL) == [(Store.HIDDEN, "key")]


@pytest.mark.parametrize(
    ("written", "around"),
    [
        ('true ? "" : var.key', VARIABLE),
        ('var.key != "" ? "set" : ""', VARIABLE),
        ('var.key != "" ? var.key : ""', PLAIN),
    ],
)
def test_what_never_has_its_value_is_not(written: str, around: str) -> None:
    assert hidden(written, around) == []


def test_a_variable_that_hides_nothing_is_empty_where_nobody_gives_it_a_value() -> None:
    written = "  environment {\n    variables = { KEY = var.key }\n  }"
    assert function(written, PLAIN).environment.variables["KEY"].only == ""
    assert not function(written, VARIABLE).environment.variables["KEY"].known
