"""lamlint works on every supported interpreter that this machine has; none is downloaded."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.repository.checkout import ROOT, build, copy, environment, install, run

SUPPORTED = ("3.10", "3.11", "3.12", "3.13", "3.14")
EXAMPLE = ROOT / "fixtures" / "projects" / "photo-album"


def installed_by_pyenv(version: str) -> str:
    """The newest of a minor version that pyenv has; empty without pyenv or without one."""
    if shutil.which("pyenv") is None:
        return ""
    names = run(["pyenv", "versions", "--bare"], ROOT).stdout.split()
    found = [name for name in names if name.startswith(f"{version}.")]
    patches = [name for name in found if name.rpartition(".")[2].isdigit()]
    return max(patches, key=lambda name: int(name.rpartition(".")[2]), default="")


def answering() -> dict[str, str]:
    """The interpreters that answer --version, by their minor version."""
    found: dict[str, str] = {}
    for version in SUPPORTED:
        by_pyenv = installed_by_pyenv(version)
        variables = {"PYENV_VERSION": by_pyenv} if by_pyenv else {}
        command = shutil.which(f"python{version}")
        if command is None:
            continue
        asked = run([command, "-c", "import sys; print(sys.executable)"], ROOT, **variables)
        if asked.returncode == 0:
            found[version] = asked.stdout.strip()
    return found


INTERPRETERS = answering()


def test_there_are_interpreters_to_try() -> None:
    assert INTERPRETERS


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """This checkout as a wheel."""
    folder = tmp_path_factory.mktemp("wheel")
    build(copy(folder / "lamlint"), folder, "--wheel")
    (made,) = folder.glob("*.whl")
    return made


@pytest.mark.parametrize("version", INTERPRETERS)
def test_checks_the_example(version: str, wheel: Path, tmp_path: Path) -> None:
    python = environment(tmp_path / "venv", INTERPRETERS[version])
    install(python, wheel)
    shutil.copytree(EXAMPLE, tmp_path / "project")
    done = run(
        [python, "-m", "lamlint", "check", "--output-format", "json", "."], tmp_path / "project"
    )
    assert done.returncode == 1, done.stderr
    rules = {found["rule"] for found in json.loads(done.stdout)["findings"]}
    assert {"timeout-over-limit", "package-too-large"} <= rules
