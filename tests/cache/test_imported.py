"""The modules that rules import belong to what a run saw."""

from __future__ import annotations

import os
import site
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from lamlint.files.asking import Notes, noting
from lamlint.registry import load
from tests.cache.caching import Remembered, remembered
from tests.command import CHECKOUT, Folder

RULE = '''\
"""Every function is one too many."""
import colorsys
from lamlint.rule import WARNING, rule
from lamlint.model import Function
from {module} import MESSAGE

@rule(severity=WARNING, since="0.1.0")
def check(function: Function, project: object):
    yield function.finding(MESSAGE)
'''
POINTS = "[lamlint.rules]\nacme = q4_plugin\n"


@pytest.fixture
def project(tmp_path: Path) -> Remembered:
    return remembered(tmp_path)


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Folder]:
    """A folder that modules are imported from, and forgotten afterwards."""
    folder = Folder(tmp_path / "path")
    folder.write("q4_words/__init__.py", "")
    folder.write("q4_words/said.py", "from q4_words.deeper import MESSAGE\n")
    folder.write("q4_words/deeper.py", 'MESSAGE = "it is there"\n')
    folder.write("q4_words/unused.py", "")
    monkeypatch.syspath_prepend(folder.path)
    yield folder
    for name in [name for name in sys.modules if name.startswith("q4_")]:
        del sys.modules[name]


def own_rule(tmp_path: Path) -> tuple[str, str]:
    Folder(tmp_path / "own").write("house/too_many.py", RULE.format(module="q4_words.said"))
    return "--rules", str(tmp_path / "own")


def install(path: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    path.write("q4_plugin/__init__.py", "")
    path.write("q4_plugin/house/__init__.py", "")
    path.write("q4_plugin/house/too_many.py", RULE.format(module="q4_words.said"))
    path.write("q4_plugin-1.dist-info/METADATA", "Metadata-Version: 2.1\nName: q4\nVersion: 1\n")
    path.write("q4_plugin-1.dist-info/entry_points.txt", POINTS)
    monkeypatch.setattr(site, "getsitepackages", lambda: [str(path.path)])


CHANGES = [
    ("q4_words/deeper.py", 'MESSAGE = "it is here!"\n'),
    ("q4_words/deeper.py", 'MESSAGE = "it is THERE"\n'),
    ("q4_words/said.py", 'MESSAGE = "it is here"\n'),
    ("q4_words/said/__init__.py", 'MESSAGE = "it is here"\n'),
]


@pytest.mark.parametrize(("name", "text"), CHANGES)
def test_what_an_own_rule_imports_makes_a_new_run(
    project: Remembered, path: Folder, tmp_path: Path, name: str, text: str
) -> None:
    given = own_rule(tmp_path)
    assert "it is there" in project.check(*given).out
    assert project.recalls(*given)
    path.write(name, text)
    assert not project.recalls(*given)


@pytest.mark.parametrize(("name", "text"), CHANGES)
def test_what_the_rule_of_a_plugin_imports_makes_a_new_run(
    project: Remembered, path: Folder, monkeypatch: pytest.MonkeyPatch, name: str, text: str
) -> None:
    install(path, monkeypatch)
    assert "it is there" in project.check().out
    assert project.recalls()
    path.write(name, text)
    assert not project.recalls()


def test_what_no_rule_imports_makes_no_new_run(
    project: Remembered, path: Folder, tmp_path: Path
) -> None:
    given = own_rule(tmp_path)
    project.check(*given)
    path.write("q4_words/unused.py", "ONE = 1\n")
    assert project.recalls(*given)


def test_the_next_run_tells_what_the_changed_module_says(
    project: Remembered, path: Folder, tmp_path: Path
) -> None:
    given = own_rule(tmp_path)
    more = {
        "PYTHONPATH": f"{CHECKOUT}{os.pathsep}{path.path}",
        "LAMLINT_NO_CACHE": "0",
        "LAMLINT_CACHE_DIR": str(project.cache),
    }
    for message in ("it is there", "it is here", "it was here"):
        path.write("q4_words/deeper.py", f'MESSAGE = "{message}"\n')
        for _ in range(2):
            assert message in project.folder.start("check", *given, environment=more).out


def test_only_what_rules_from_elsewhere_import_is_noted(path: Folder, tmp_path: Path) -> None:
    with noting(notes := Notes()):
        load((own_rule(tmp_path)[1],))
    named = {Path(file).name for file in notes.files}
    assert {"said.py", "deeper.py", "too_many.py"} <= named
    assert not {"unused.py", "colorsys.py", "registry.py"} & named
