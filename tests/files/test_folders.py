"""Each folder is listed once, and its files are not asked for again."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from lamlint.files.disk import DiskTree
from lamlint.files.folders import Kind, Listings

FOLDERS, FILES = 20, 10


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for folder in range(FOLDERS):
        (tmp_path / f"f{folder}").mkdir()
        for file in range(FILES):
            (tmp_path / f"f{folder}" / f"m{file}.py").write_text("")
    return tmp_path


def counted(monkeypatch: pytest.MonkeyPatch, *names: str) -> Counter[str]:
    """How often functions of `os` are called from here on."""
    calls: Counter[str] = Counter()

    def count(name: str) -> None:
        real = getattr(os, name)

        def call(*arguments: Any, **named: Any) -> Any:
            calls[name] += 1
            return real(*arguments, **named)

        monkeypatch.setattr(os, name, call)

    for name in names:
        count(name)
    return calls


def test_the_disk_is_asked_once_for_each_folder(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tree = DiskTree(str(project))
    calls = counted(monkeypatch, "scandir", "stat", "lstat")
    assert len(list(tree.sources())) == FOLDERS * FILES
    assert all(tree.is_file(path) for path in tree.sources())
    assert not any(tree.is_file(f"f0/{name}/__init__.py") for name in ("boto3", "json", "os"))
    assert calls["scandir"] == FOLDERS + 1
    assert calls["stat"] + calls["lstat"] < 3 * FOLDERS


def test_leaving_out_projects_below_asks_for_nothing_again(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tree = DiskTree(str(project))
    assert len(list(tree.sources())) == FOLDERS * FILES
    calls = counted(monkeypatch, "scandir", "stat", "lstat")
    rest = tree.without(("f1", "f3"))
    assert len(list(rest.sources())) == (FOLDERS - 2) * FILES
    assert not calls


def test_what_a_name_stands_for(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    (tmp_path / "folder").mkdir()
    (tmp_path / "link").symlink_to("file")
    os.mkfifo(tmp_path / "pipe")
    listings = Listings()
    assert listings.of(str(tmp_path)) == {
        "file": Kind.FILE,
        "folder": Kind.FOLDER,
        "link": Kind.OTHER,
        "pipe": Kind.OTHER,
    }
    assert listings.kind(str(tmp_path / "nothing")) is None
    assert listings.kind(str(tmp_path / "nothing" / "in" / "it")) is None
    assert isinstance(listings.of(str(tmp_path / "file")), OSError)


def test_why_nothing_is_listed_holds_nothing_of_whoever_asked(tmp_path: Path) -> None:
    why = Listings().of(str(tmp_path / "nowhere" / "at" / "all"))
    assert isinstance(why, OSError)
    assert why.__traceback__ is None
