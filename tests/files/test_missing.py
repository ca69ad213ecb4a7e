"""Where a path that leads to nothing ends."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from lamlint.files.missing import end


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "src/deep").mkdir(parents=True)
    (tmp_path / "src/app.py").write_text("")
    (tmp_path / "nowhere").symlink_to("gone")
    (tmp_path / "linked").symlink_to("src")
    (tmp_path / "loop").symlink_to("loop")
    return tmp_path


ENDS = {
    "the first name": ("gone", "", "gone"),
    "the first of several": ("gone/src/app.py", "", "gone"),
    "the last of several": ("src/deep/gone", "src/deep", "gone"),
    "one between": ("src/gone/deep", "src", "gone"),
    "below a file": ("src/app.py/deep/gone", "src/app.py", "deep"),
    "below a link to nothing": ("nowhere/deep", "nowhere", "deep"),
    "below a link to itself": ("loop/deep/gone", "loop", "deep"),
    "through a link": ("linked/deep/gone", "linked/deep", "gone"),
    "none": ("src/deep", "src/deep", ""),
    "none, of a link to nothing": ("nowhere", "nowhere", ""),
    "a name longer than any": (f"src/{'x' * 300}/deep", "src", "x" * 300),
    "a path longer than any": ("src/" + "gone/" * 3_000, "src", "gone"),
    "what no path holds": ("src/g\0ne/deep", "src", "g\0ne"),
}


@pytest.mark.parametrize(("path", "there", "missing"), ENDS.values(), ids=ENDS)
def test_it_ends_where_a_name_is_missing(folder: Path, path: str, there: str, missing: str) -> None:
    assert end(os.path.join(folder, path)) == (str(folder / there), missing)


def test_the_root_is_always_there() -> None:
    root = os.path.abspath(os.sep)
    assert end(root) == (root, "")
    assert end(os.path.join(root, "no such name", "deep")) == (root, "no such name")


def test_of_a_deep_folder_few_places_are_asked_for(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    deep = folder.joinpath(*["d"] * 500)
    deep.mkdir(parents=True)
    asked: list[str] = []
    lexists = os.path.lexists

    def heard(path: str) -> bool:
        asked.append(path)
        return lexists(path)

    monkeypatch.setattr(os.path, "lexists", heard)
    assert end(os.path.join(deep, *["gone"] * 500)) == (str(deep), "gone")
    assert len(asked) < 15
