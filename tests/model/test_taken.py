"""What a parameter takes and what it only allows, judged by the limits and by the runtimes."""

from __future__ import annotations

from datetime import date

import pytest

from lamlint import project, registry
from lamlint.catalog import Catalog
from lamlint.engine import check
from lamlint.text import Finding, Severity
from tests.memory import MemoryTree

RULES = registry.load(plugins=False)
TEMPLATE = """\
Transform: AWS::Serverless-2016-10-31
Parameters:
  Choice: {parameter}
  Stage: {{Type: String, Default: dev}}
Conditions:
  Prod: !Equals [!Ref Stage, prod]
Resources:
  A:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: src/
      Handler: app.handler
      Runtime: {runtime}
      MemorySize: 256
      Timeout: {timeout}
"""
CODE = "def handler(event, context):\n    return 1\n"


def found(rule: str, parameter: str, settings: str = "", **properties: str) -> tuple[Finding, ...]:
    given = {"runtime": "python3.13", "timeout": "60", **properties}
    template = TEMPLATE.format(parameter=parameter, **given)
    files: dict[str, str | bytes] = {"template.yaml": template, "src/app.py": CODE}
    if settings:
        files["samconfig.toml"] = settings
    built = project.build(MemoryTree(files), (), Catalog(), date(2026, 11, 24))
    return check.check(built, [RULES[rule]])


def told(rule: str, parameter: str, settings: str = "", **properties: str) -> list[str]:
    """How severe the findings are, and how each begins."""
    usual = RULES[rule].severity
    given = found(rule, parameter, settings, **properties)
    return [f"{Severity(one.severity or usual).name}: {one.message}" for one in given]


REF = "!Ref Choice"
TIMEOUTS = {
    "the default": ("{Type: Number, Default: 1800, AllowedValues: [60, 1800]}", REF, "WARNING"),
    "only allowed": ("{Type: Number, Default: 60, AllowedValues: [60, 1800]}", REF, ""),
    "allowed without a default": ("{Type: Number, AllowedValues: [60, 1800]}", REF, ""),
    "all that is allowed": ("{Type: Number, AllowedValues: [1000, 1800]}", REF, "ERROR"),
    "a branch": ("{Type: Number, Default: 1}", "!If [Prod, 1800, 60]", "WARNING"),
    "a default in a branch": (
        "{Type: Number, Default: 1800, AllowedValues: [60, 1800]}",
        "!If [Prod, !Ref Choice, 60]",
        "WARNING",
    ),
    "only allowed in a branch": (
        "{Type: Number, Default: 60, AllowedValues: [60, 1800]}",
        "!If [Prod, !Ref Choice, 60]",
        "",
    ),
}


@pytest.mark.parametrize(("parameter", "timeout", "severity"), TIMEOUTS.values(), ids=TIMEOUTS)
def test_what_a_default_or_a_branch_takes_is_told(
    parameter: str, timeout: str, severity: str
) -> None:
    found = told("timeout-over-limit", parameter, timeout=timeout)
    assert {one.partition(":")[0] for one in found} == ({severity} - {""})


def test_a_branch_is_told_as_what_it_is() -> None:
    (one,) = told("timeout-over-limit", "{Type: Number}", timeout="!If [Prod, 1800, 60]")
    assert one.startswith("WARNING: where Stage is prod, the timeout is 1,800 seconds")


RUNTIMES = {
    "the default": (
        "{Type: String, Default: python3.6, AllowedValues: [python3.6, python3.13]}",
        1,
    ),
    "only allowed": (
        "{Type: String, Default: python3.13, AllowedValues: [python3.6, python3.13]}",
        0,
    ),
    "allowed without a default": ("{Type: String, AllowedValues: [python3.6, python3.13]}", 0),
    "all that is allowed": ("{Type: String, AllowedValues: [python3.6, python3.7]}", 2),
    "all that is allowed beside the default": (
        "{Type: String, Default: python3.7, AllowedValues: [python3.6, python3.7, nodejs6.10]}",
        1,
    ),
}


@pytest.mark.parametrize(("parameter", "count"), RUNTIMES.values(), ids=RUNTIMES)
def test_a_deprecated_default_is_told(parameter: str, count: int) -> None:
    assert len(told("deprecated-runtime", parameter, runtime=REF)) == count


@pytest.mark.parametrize(
    ("allowed", "mended"),
    [("[python3.8, python3.9]", False), ("[python3.8, python3.13]", False),
     ("[python3.8, python3.12]", True)],
)  # fmt: skip
def test_a_default_becomes_what_is_allowed(allowed: str, mended: bool) -> None:
    parameter = f"{{Type: String, Default: python3.8, AllowedValues: {allowed}}}"
    (one,) = found("deprecated-runtime", parameter, runtime=REF)
    assert (one.fix is not None) is mended


def test_what_is_allowed_without_a_default_becomes_something_else() -> None:
    parameter = "{Type: String, AllowedValues: [python3.6, python3.7]}"
    assert all(one.fix for one in found("deprecated-runtime", parameter, runtime=REF))


def test_settings_beat_a_default() -> None:
    parameter = "{Type: String, Default: python3.6, AllowedValues: [python3.6, python3.13]}"
    settings = '[default.deploy.parameters]\nparameter_overrides = "Choice={}"\n'
    new, old = settings.format("python3.13"), settings.format("python3.6")
    assert told("deprecated-runtime", parameter, new, runtime=REF) == []
    assert [one[:5] for one in told("deprecated-runtime", parameter, old, runtime=REF)] == ["ERROR"]


HALF = {
    "one that is refused": ("!If [Prod, !Ref Choice, 1800]", "WARNING"),
    "one that is accepted": ("!If [Prod, !Ref Choice, 60]", ""),
    "one of several": ("!If [Prod, 1800, !If [Prod, !Ref Choice, 60]]", "WARNING"),
}


@pytest.mark.parametrize(("timeout", "severity"), HALF.values(), ids=HALF)
def test_a_branch_is_told_beside_one_that_is_not_known(timeout: str, severity: str) -> None:
    lines = told("timeout-over-limit", "{Type: Number}", timeout=timeout)
    assert {one.partition(":")[0] for one in lines} == ({severity} - {""})


def test_a_deprecated_runtime_is_not_told_beside_one_that_is_not_known() -> None:
    runtime = "!If [Prod, !Ref Choice, python3.6]"
    assert told("deprecated-runtime", "{Type: String}", runtime=runtime) == []
