"""The wheel, the sdist and an editable install hold the rules of the folder."""

from __future__ import annotations

import tarfile
import zipfile
from pathlib import Path

import pytest

from tests.repository.checkout import (
    build,
    copy,
    environment,
    install,
    lend,
    rules_of_the_folder,
    run,
)

PRINT_RULES = (
    "import lamlint.rules, lamlint.registry as r; print(*r.load(plugins=False), sep='\\n')"
)


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy(tmp_path_factory.mktemp("packaging") / "lamlint")


@pytest.fixture(scope="module")
def built(source: Path) -> Path:
    """The folder with a wheel and an sdist; the wheel is built from the sdist."""
    build(source, source / "dist")
    return source / "dist"


def rules_installed(python: Path) -> set[str]:
    done = run([python, "-c", PRINT_RULES], python.parent)
    assert done.returncode == 0, done.stderr
    return set(done.stdout.split())


def found_in(python: Path, kind: str, source: Path) -> bool:
    """Whether lamlint is imported from where it was installed, and from nowhere else."""
    done = run([python, "-c", "import lamlint; print(lamlint.__file__)"], python.parent)
    place = source if kind == "editable" else python.parents[1]
    return Path(done.stdout.strip()).is_relative_to(place)


def test_the_wheel_holds_the_rules_and_the_data_and_no_tests(built: Path) -> None:
    (wheel,) = built.glob("*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    rules = {
        Path(name).stem.replace("_", "-")
        for name in names
        if name.startswith("lamlint/rules/") and name.count("/") == 3 and name.endswith(".py")
    }
    assert rules - {"--init--"} == rules_of_the_folder()
    assert {"lamlint/py.typed", "lamlint/report/schema.json"} <= names
    assert not any(name.startswith(("rules/", "tests/", "fixtures/")) for name in names)


def test_the_sdist_holds_all_that_its_tests_need(built: Path) -> None:
    (archive,) = built.glob("*.tar.gz")
    with tarfile.open(archive) as packed:
        names = {name.partition("/")[2] for name in packed.getnames()}
    wanted = {"pyproject.toml", "README.md", "LICENSE", "action.yml", ".pre-commit-hooks.yaml"}
    assert wanted <= names
    assert "tests/repository/test_packaging.py" in names
    assert any(name.startswith("fixtures/projects/") for name in names)


@pytest.mark.parametrize("kind", ["wheel", "sdist", "editable"])
def test_an_install_has_the_rules_of_the_folder(
    kind: str, source: Path, built: Path, tmp_path: Path
) -> None:
    python = environment(tmp_path / "venv")
    lend(python)  # what is needed is installed with the wheel for every interpreter
    what: dict[str, tuple[str | Path, ...]] = {
        "wheel": (*built.glob("*.whl"),),
        "sdist": (*built.glob("*.tar.gz"),),
        "editable": ("-e", source),
    }
    install(python, "--no-deps", "--no-build-isolation", *what[kind])
    assert found_in(python, kind, source)
    assert rules_installed(python) == rules_of_the_folder()
    assert run([python, "-m", "lamlint", "--version"], tmp_path).returncode == 0
