"""The project supplies no module, no plugin and no option."""

from __future__ import annotations

import os
import site
import subprocess
import sys
from pathlib import Path

import pytest

from lamlint import registry
from lamlint.cli.import_path import leave_the_project
from tests.command import CHECKOUT, Folder, project

TRAP = "raise SystemExit('a module of the project ran')\n"
NAMES = (
    "__future__", "click", "colorama", "libcst", "yaml", "_yaml", "tomli", "packaging", "json",
    "dataclasses", "importlib_metadata", "typing_extensions", "gettext", "secrets_rules", "streams",
)  # fmt: skip
"""Modules that lamlint, or what it uses, imports or tries to."""


def trapped(path: Path) -> Folder:
    """A project in which modules lie that end the run, and a plugin that does."""
    folder = project(path)
    for name in NAMES:
        folder.write(f"{name}.py", TRAP)
    plugin(folder, "acme_rules")
    return folder


def plugin(folder: Folder, module: str) -> None:
    """What an installed package looks like, with rules that end the run."""
    folder.write(f"{module}/__init__.py", TRAP)
    for form in ("dist-info/METADATA", "egg-info/PKG-INFO"):
        folder.write(f"{module}-1.{form}", f"Metadata-Version: 2.1\nName: {module}\nVersion: 1\n")
        kind = form.partition("/")[0]
        folder.write(f"{module}-1.{kind}/entry_points.txt", f"[lamlint.rules]\na = {module}\n")


@pytest.mark.parametrize("added", ["", ".", "{here}", "{here}/", "sub/..", "{other}:"])
def test_the_current_folder_supplies_nothing(tmp_path: Path, added: str) -> None:
    folder = trapped(tmp_path / "project")
    written = added.format(here=folder.path, other=tmp_path).replace(":", os.pathsep)
    # Where modules shadow those of Python itself, Python must come as far as lamlint.
    for command in (("check",), ("rules",), ("--version",)):
        environment = {"PYTHONPATH": f"{CHECKOUT}{os.pathsep}{written}"}
        done = folder.start(*command, environment=environment)
        assert "ran" not in done.err
        assert done.code == (1 if command == ("check",) else 0), done.err


def test_the_repository_around_supplies_nothing(tmp_path: Path) -> None:
    trapped(tmp_path)
    (tmp_path / ".git").mkdir()
    inner = project(tmp_path / "service")
    environment = {"PYTHONPATH": f"{CHECKOUT}{os.pathsep}.."}
    done = inner.start("check", "--output-format", "json", environment=environment)
    assert done.found == ["template.yaml:9 timeout-over-limit"]


@pytest.mark.skipif(os.name == "nt", reason="a script of POSIX systems")
@pytest.mark.parametrize("added", [None, ".", ":"])
def test_the_script_takes_nothing_from_the_current_folder(
    tmp_path: Path, added: str | None
) -> None:
    folder = trapped(tmp_path)
    script = Path(sys.executable).with_name("lamlint")
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"}
    done = subprocess.run(
        [script, "check", "--quiet"],
        cwd=folder.path,
        env=environment | ({} if added is None else {"PYTHONPATH": added}),
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (1, "")


@pytest.mark.parametrize(
    ("path", "named", "left"),
    [
        (["", "{site}"], "", ["{site}"]),
        (["{here}", "{site}"], "", ["{site}"]),
        (["{site}", "{here}"], "", ["{site}", "{here}"]),  # installed in place
        (["{here}", "{here}", "{site}"], ".", ["{site}"]),
        (["{here}/a", "{site}"], "a", ["{site}"]),
        (["{other}", "{site}"], "{other}", ["{other}", "{site}"]),
        (["{checkout}", "{site}"], "{checkout}", ["{checkout}", "{site}"]),
    ],
)
def test_what_is_left_of_the_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, path: list[str], named: str, left: list[str]
) -> None:
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    places = {
        "here": os.getcwd(),
        "other": str(tmp_path / "other"),
        "site": str(tmp_path / "here/.venv/site-packages"),
        "checkout": str(CHECKOUT),
    }
    monkeypatch.setenv("PYTHONPATH", named.format(**places))
    monkeypatch.setattr(sys, "path", [entry.format(**places) for entry in path])
    leave_the_project()
    assert sys.path == [entry.format(**places) for entry in left]


def test_plugins_are_looked_for_where_packages_are_installed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plugin(Folder(tmp_path / "in_place"), "placed_rules")
    monkeypatch.setattr(sys, "path", [*sys.path, str(tmp_path / "in_place")])
    assert "timeout-over-limit" in registry.load()
    monkeypatch.setattr(site, "getsitepackages", lambda: [str(tmp_path / "in_place")])
    with pytest.raises(SystemExit, match="ran"):
        registry.load()


OPTIONS = ("--rules=evil/a.py", "--rules", "-x", "-q", "--exit-zero", "--baseline=b", "-", "--a\nb")
COMMANDS = ("check", "functions", "size", "config", "rules", "explain", "completion")


@pytest.fixture
def named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Folder:
    """A project with files whose names read as options."""
    folder = project(tmp_path)
    for name in OPTIONS:
        folder.write(name, TRAP)
    folder.write("--rules=own/a.py", TRAP)
    (tmp_path / "--broken").symlink_to("absent")
    monkeypatch.chdir(tmp_path)
    return folder


@pytest.mark.skipif(os.name == "nt", reason="names that Windows has not")
@pytest.mark.parametrize("name", [*OPTIONS, "--rules=own", "--rules=own/a.py", "--broken"])
@pytest.mark.parametrize("command", COMMANDS)
def test_no_file_is_taken_for_an_option(
    named: Folder, command: str, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    for before in ((command,), ("--", command), (command, "template.yaml")):
        assert code_of(*before, name) == 2
        assert "this reads as an option and names a file" in capsys.readouterr().err


@pytest.mark.skipif(os.name == "nt", reason="names that Windows has not")
def test_options_that_name_no_file_and_files_that_are_no_options_work(named: Folder) -> None:
    assert code_of("check", "--exit-non-zero-on-fix", "--fail-on", "error", "./-x") == 0
    assert code_of("check", "--", *(name for name in OPTIONS if name != "-")) == 0
    assert code_of("check", "--severity=error", "template.yaml", "--", "-q") == 1


def code_of(*arguments: str) -> int:
    import click

    from lamlint.cli.main import lamlint

    try:
        return int(lamlint.main([*arguments], standalone_mode=False) or 0)
    except click.exceptions.Exit as error:
        return error.exit_code
