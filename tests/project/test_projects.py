"""Which project a path belongs to, where there are several."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.command import CHECKOUT, CONFIGURATION, TEMPLATE, Folder

FOUND = "timeout-over-limit"
EXAMPLE = "fixtures/projects/photo-album"


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """A monorepo: a project, and another one in it that ignores the mistake of both."""
    made = Folder(tmp_path)
    made.write("lamlint.toml", CONFIGURATION)
    made.write("a/template.yaml", TEMPLATE)
    made.write("b/lamlint.toml", CONFIGURATION + f'ignore = ["{FOUND}"]\n')
    made.write("b/template.yaml", TEMPLATE)
    return made


def test_the_nearest_configuration_wins_below_the_path_too(folder: Folder) -> None:
    assert folder.check().found == [f"a/template.yaml:9 {FOUND}"]
    assert folder.check("b").found == []
    assert Folder(folder.path / "b").check().found == []


def test_a_pyproject_makes_a_project_only_when_it_configures(folder: Folder) -> None:
    (folder.path / "b/lamlint.toml").unlink()
    folder.write("b/pyproject.toml", "[project]\nname = 'b'\n")
    both = [f"a/template.yaml:9 {FOUND}", f"b/template.yaml:9 {FOUND}"]
    assert folder.check().found == both
    folder.write("b/pyproject.toml", "[tool.lamlint]\nselect = ['memory-out-of-range']\n")
    assert folder.check().found == both[:1]


def test_one_configuration_for_all_or_none_looks_for_no_others(folder: Folder) -> None:
    both = [f"a/template.yaml:9 {FOUND}", f"b/template.yaml:9 {FOUND}"]
    assert folder.check("--config", "lamlint.toml").found == both
    assert set(both) <= set(folder.check("--isolated").found)


def test_what_is_excluded_is_no_project_unless_it_is_named(folder: Folder) -> None:
    folder.write("lamlint.toml", CONFIGURATION + 'exclude = ["/b"]\n')
    folder.write("b/lamlint.toml", CONFIGURATION)
    assert folder.check().found == [f"a/template.yaml:9 {FOUND}"]
    assert folder.check("b").found == [f"b/template.yaml:9 {FOUND}"]


def test_excluded_files_are_checked_when_named_but_not_by_hooks(folder: Folder) -> None:
    folder.write("lamlint.toml", CONFIGURATION + 'exclude = ["/a"]\n')
    assert folder.check("a/template.yaml").found == [f"a/template.yaml:9 {FOUND}"]
    assert folder.check("--force-exclude", "a/template.yaml").found == []
    assert folder.check("--force-exclude", "a/template.yaml", "b").code == 0


def test_several_projects_are_told_as_one_in_the_order_of_paths(folder: Folder) -> None:
    folder.write("b/lamlint.toml", CONFIGURATION)
    done = folder.check("b", "a")
    assert done.found == [f"a/template.yaml:9 {FOUND}", f"b/template.yaml:9 {FOUND}"]
    fingerprints = [finding["fingerprint"] for finding in done.document["findings"]]
    assert Folder(folder.path / "b").check().document["findings"][0]["fingerprint"] in fingerprints
    assert folder.run("check", "--fix").code == 0
    assert "Timeout: 900" in folder.read("a/template.yaml")
    assert "Timeout: 900" in folder.read("b/template.yaml")


def test_each_project_has_its_own_baseline(folder: Folder) -> None:
    folder.write("b/lamlint.toml", CONFIGURATION + 'baseline = "known.json"\n')
    assert folder.run("check", "--write-baseline").code == 0
    assert FOUND in folder.read("b/known.json")
    assert "b/template.yaml" not in folder.read(".lamlint-baseline.json")
    assert folder.check("b").code == 0


def test_paths_with_odd_names_are_told_as_they_are(folder: Folder) -> None:
    for name in ("a b", "ünïcode", "[x]", "new\nline", "-dash"):
        folder.write(f"{name}/template.yaml", TEMPLATE)
        done = folder.check(f"./{name}")
        assert done.found == [f"{name}/template.yaml:9 {FOUND}"]
        assert folder.run("check", f"./{name}").code == 1


def test_the_configuration_of_lamlint_itself_leaves_the_fixtures_to_those_who_name_them(
    tmp_path: Path,
) -> None:
    here = Folder(tmp_path)
    shutil.copy(CHECKOUT / "pyproject.toml", tmp_path)
    shutil.copytree(CHECKOUT / EXAMPLE, tmp_path / EXAMPLE)
    here.write("app.py", "def handler(event, context):\n    return 1\n")
    assert "fixtures" in here.run("config").out
    listed = here.run("functions", "--output-format", "json").document["functions"]
    assert [each["path"] for each in listed] == ["app.py"]
    assert here.run("functions", EXAMPLE).out.count("\n") > 3
