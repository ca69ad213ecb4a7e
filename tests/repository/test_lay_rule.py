"""The command that lays a new rule: what it lays is a rule as soon as its words are filled in."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.repository.checkout import ROOT, copy, run

OPEN = "FILL IN"
LAY = [sys.executable, ".github/lay_rule.py"]
TESTS = ["tests/test_rules.py", "tests/test_fixtures.py"]


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy(tmp_path_factory.mktemp("laid") / "lamlint")


def fill_in(folder: Path) -> None:
    """Write some words in the place of all that are missing."""
    for path in [*folder.glob("rules/*/*.py")]:
        text = path.read_text(encoding="utf-8")
        if OPEN in text:
            path.write_text(text.replace(OPEN, "Here"), encoding="utf-8")


def test_what_is_laid_passes_the_tests_of_rules_and_fixtures(checkout: Path) -> None:
    for laid in (["limits/laid-function"], ["handler/laid-handler", "--subject", "Handler"]):
        assert run([*LAY, *laid], checkout).returncode == 0
    fill_in(checkout)
    pytest_ = [sys.executable, "-m", "pytest", "-n0", "-q", "-p", "no:cacheprovider"]
    done = run([*pytest_, *TESTS, "-k", "laid-"], checkout)
    assert done.returncode == 0, done.stdout
    assert "passed" in done.stdout


def test_a_rule_that_is_there_is_not_overwritten(checkout: Path) -> None:
    path = checkout / "rules" / "limits" / "memory_not_set.py"
    before = path.read_bytes()
    done = run([*LAY, "limits/memory-not-set"], checkout)
    assert done.returncode == 1
    assert "is there already" in done.stderr
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ("nothing/a-rule", "there is no family nothing; there are events, handler"),
        ("limits/Rule_Name", "Rule_Name is no name of a rule"),
        ("limits", "is no name of a rule"),
    ],
)
def test_what_names_no_rule_is_refused(checkout: Path, given: str, told: str) -> None:
    done = run([*LAY, given], checkout)
    assert done.returncode == 1
    assert told in done.stderr


def test_nothing_is_left_to_fill_in() -> None:
    texts = [*ROOT.glob("rules/**/*.py"), *ROOT.glob("fixtures/**/*.*")]
    assert [
        str(path) for path in texts if path.is_file() and OPEN.encode() in path.read_bytes()
    ] == []
