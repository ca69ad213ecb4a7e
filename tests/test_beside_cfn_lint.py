"""cfn-lint beside lamlint: what each finds of the same mistakes, and what the README says of it."""

from __future__ import annotations

import re
import tempfile
import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.market import TWENTY, case_of, marked
from tests.repository.checkout import ROOT

api = pytest.importorskip("cfnlint.api", reason="cfn-lint is an extra of the tests")

SAYS = {
    "deprecated-runtime": ("W2531", "python3.8"),
    "invalid-schedule": ("E3027", "Day-of-month"),
    "layer-limit": ("E3032", "maximum item count: 5"),
    "mapping-out-of-range": ("E3034", "20000 is greater"),
    "memory-out-of-range": ("E3034", "64 is less"),
    "timeout-over-limit": ("E3717", "1200 is greater"),
    "visibility-timeout-too-short": ("E3505", "timeout (30)"),
}
"""The rule of cfn-lint for a mistake, and what its message has; for all others there is none."""
FOUND = {
    "sam": {"deprecated-runtime", "layer-limit", "memory-out-of-range"},
    "cloudformation": {*SAYS},
}
"""What cfn-lint 1.58 finds; since it expands SAM no longer, it passes there what it has rules for."""
BESIDE = "W3002"
"""That a folder of code has to be packaged first, which is so."""


@pytest.fixture(scope="module")
def said() -> Mapping[str, list[tuple[str, str]]]:
    """What cfn-lint says of the template of each dialect, by rule and message."""
    return {dialect: _said(dialect) for dialect in FOUND}


def _said(dialect: str) -> list[tuple[str, str]]:
    with (
        tempfile.TemporaryDirectory() as name,
        pytest.MonkeyPatch.context() as patch,
        warnings.catch_warnings(),
    ):
        warnings.simplefilter("ignore")
        case_of(dialect).lay_out(Path(name))
        patch.chdir(name)  # where there are no settings of its own
        patch.setenv("HOME", name)
        matches: list[Any] = api.lint_file(Path("template.yaml"))
        return [(match.rule.id, match.message) for match in matches]


def _mistake(rule: str, text: str) -> str:
    """The mistake that a finding is of; the rule, where it is of none."""
    return next((m for m, (code, word) in SAYS.items() if code == rule and word in text), rule)


@pytest.mark.parametrize("dialect", FOUND)
def test_cfn_lint_finds_some_of_the_twenty(
    said: Mapping[str, list[tuple[str, str]]], dialect: str
) -> None:
    named = {_mistake(rule, text) for rule, text in said[dialect]}
    assert named - {BESIDE} == FOUND[dialect]


def test_the_readme_says_how_many() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    (found,) = re.findall(r"^\| Finds of twenty mistakes.*\|$", readme, re.MULTILINE)
    ours, theirs = (cell.strip() for cell in found.split("|")[2:4])
    assert ours == f"{len(TWENTY)}, {len(TWENTY)}"
    assert theirs == f"{len(FOUND['sam'])}, {len(FOUND['cloudformation'])}"
    (number,) = re.findall(r"^\| Reports of (\d+) things that are fine", readme, re.MULTILINE)
    assert {len(marked(dialect)) for dialect in FOUND} == {int(number)}
