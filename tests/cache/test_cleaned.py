"""Lamlint writes and removes in a cache folder what is its own, and nothing else."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from unittest.mock import patch

import pytest

from lamlint.cache import disk, store
from lamlint.cache.own import MARK, MARK_TEXT
from tests.cache.caching import Remembered, remembered

FOREIGN = "Signature: 8a477f597d28d172789f06886806bc55\n# of another tool\n"
links = pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")


@pytest.fixture
def project(tmp_path: Path) -> Remembered:
    return remembered(tmp_path)


def clean(project: Remembered) -> str:
    done = project.folder.run("clean", "--cache-dir", str(project.cache))
    assert done.code == 0
    return done.err


def write(path: Path, text: str = "precious") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def held(folder: Path) -> dict[str, str]:
    """The files in a folder and what they hold."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_text("latin-1") for path in files}


def test_clean_removes_the_cache(project: Remembered) -> None:
    project.check()
    assert "MB removed" in clean(project)
    assert not project.cache.exists()
    assert clean(project) == "nothing is remembered\n"
    assert not project.recalls()


@pytest.mark.parametrize(
    "name",
    ["mine.txt", "2024/photos/a.jpg", "2/key", "0/jobs/a", "1999/CACHEDIR.TAG", "CACHEDIR.TAG"],
)
def test_what_lies_beside_is_left(project: Remembered, name: str) -> None:
    project.cache.mkdir(mode=0o700)
    write(project.cache / name, FOREIGN)
    project.check()
    assert project.recalls()
    assert "MB removed" in clean(project)
    assert held(project.cache) == {name: FOREIGN}


@pytest.mark.parametrize(
    "name",
    ["a.jpg", "photos/a.jpg", "jobs/a.jpg", f"jobs/{'a' * 40}/a.jpg", f"{'b' * 40}/a.jpg"],
)
def test_what_lies_in_its_own_folder_is_left(project: Remembered, name: str) -> None:
    project.check()
    mine = write(project.cache / "1" / name)
    with patch.object(store, "MOST_ENTRIES", 0):
        project.check("--quiet")
    assert mine.exists()
    assert "MB removed" in clean(project)
    assert held(project.cache) == {f"1/{name}": "precious"}


@pytest.mark.parametrize("name", ["key", "photos/a.jpg", "CACHEDIR.TAG", "programs", "jobs/a"])
def test_a_folder_of_somebody_else_in_its_place_is_left(project: Remembered, name: str) -> None:
    project.cache.mkdir(mode=0o700)
    (project.cache / "1").mkdir(mode=0o700)
    write(project.cache / "1" / name, FOREIGN)
    told = project.check()
    assert told.out == project.fresh().out
    assert "1 in it is a folder of something else" in told.err
    assert clean(project) == "nothing is remembered\n"
    assert held(project.cache) == {f"1/{name}": FOREIGN}


@links
def test_clean_follows_no_link(project: Remembered, tmp_path: Path) -> None:
    project.check()
    mine = write(tmp_path / "mine" / ("a" * 40))
    write(mine.parent / MARK, MARK_TEXT.decode())
    (project.cache / "1" / ("b" * 40)).symlink_to(mine.parent)
    (project.cache / "1/jobs" / ("c" * 40)).symlink_to(mine)
    (project.cache / "2").symlink_to(mine.parent)
    clean(project)
    assert sorted(held(mine.parent)) == [MARK, mine.name]


def test_clean_removes_what_a_newer_version_keeps(project: Remembered) -> None:
    with patch.object(store, "FORMAT", "2"):
        project.check()
    assert "MB removed" in clean(project)
    assert not project.cache.exists()


def _gone(mark: Path) -> None:
    mark.unlink()


def _emptied(mark: Path) -> None:
    mark.write_text("")


def _a_folder(mark: Path) -> None:
    mark.unlink()
    mark.mkdir()


@pytest.mark.parametrize("damage", [_gone, _emptied, _a_folder])
def test_a_lost_mark_is_mended(project: Remembered, damage: Callable[[Path], None]) -> None:
    project.check()
    damage(project.cache / "1" / MARK)
    assert project.recalls()
    assert "MB removed" in clean(project)
    assert not project.cache.exists()


def test_a_run_that_ended_before_it_set_the_mark_costs_nothing(project: Remembered) -> None:
    (project.cache / "1").mkdir(mode=0o700, parents=True)
    project.cache.chmod(0o700)
    write(project.cache / f"1/{MARK}.12.34", "")
    project.check()
    assert project.recalls()
    clean(project)
    assert not project.cache.exists()


def _folder(key: Path) -> None:
    key.unlink()
    key.mkdir()


def _full_folder(key: Path) -> None:
    _folder(key)
    write(key / "mine.txt")


def _link(key: Path) -> None:
    key.unlink()
    key.symlink_to(write(key.parent.parent / "elsewhere", "x" * 32))


def _link_to_nothing(key: Path) -> None:
    key.unlink()
    key.symlink_to("nowhere")


def _unreadable(key: Path) -> None:
    key.chmod(0)


@pytest.mark.parametrize(
    "damage",
    [
        _folder,
        _full_folder,
        pytest.param(_link, marks=links),
        pytest.param(_link_to_nothing, marks=links),
        _unreadable,
    ],
)
def test_a_damaged_key_mends_itself(project: Remembered, damage: Callable[[Path], None]) -> None:
    told = project.check()
    damage(project.cache / "1/key")
    assert project.check() == told
    assert project.recalls()
    assert (project.cache / "1/key").stat().st_size == 32


def test_what_a_key_was_a_link_to_stays_as_it_is(project: Remembered) -> None:
    project.check()
    _link(project.cache / "1/key")
    project.check()
    clean(project)
    assert held(project.cache) == {"elsewhere": "x" * 32}


def _as_a_file(folder: Path) -> None:
    for file in [*folder.iterdir()]:
        file.unlink()
    folder.rmdir()
    folder.write_text("")


def _as_a_link(folder: Path) -> None:
    folder.rename(folder.parent.parent / "elsewhere")
    folder.symlink_to(folder.parent.parent / "elsewhere")


@pytest.mark.parametrize("damage", [_as_a_file, pytest.param(_as_a_link, marks=links)])
def test_a_damaged_folder_mends_itself(project: Remembered, damage: Callable[[Path], None]) -> None:
    project.check()
    (answer,) = project.answers()
    damage(answer.parent)
    project.folder.write("src/app.py", "")
    project.check()
    assert project.recalls()
    assert not answer.parent.is_symlink()


def test_a_folder_in_the_place_of_an_answer_mends_itself(project: Remembered) -> None:
    project.check()
    (answer,) = project.answers()
    answer.unlink()
    write(answer / "mine.txt")
    project.check()
    assert project.recalls()
    assert [*held(project.cache).values()].count("precious") == 1


def test_folders_that_are_empty_are_removed(project: Remembered, tmp_path: Path) -> None:
    with patch.object(store, "MOST_ENTRIES", 4):
        for number in range(4):
            other = remembered(tmp_path / f"{number}")
            Remembered(other.folder, project.cache).check()
            for file in (project.cache / "1").glob("*/*"):
                os.utime(file, ns=(number, number))
    kinds = [path for path in (project.cache / "1").iterdir() if path.is_dir()]
    assert len(kinds) <= 4
    assert all([*kind.iterdir()] for kind in kinds)


def test_a_folder_that_another_run_removes_is_made_again(project: Remembered) -> None:
    own = project.store
    name = own.name("one")
    removed: list[str] = []

    def meddled(path: str) -> None:
        disk.make_folder(path)
        if not removed:
            os.rmdir(path)
            removed.append(path)

    with patch.object(store, "make_folder", meddled):
        own.put(name, name, {"number": 1})
    assert removed
    assert own.get(name, name) == {"number": 1}
