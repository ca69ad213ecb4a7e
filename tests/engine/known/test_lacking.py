"""What stands for names that a folder lacks."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from lamlint import project
from lamlint.catalog import shared_catalog
from lamlint.engine.known.heard import LACKS, Standing
from lamlint.files import asking
from lamlint.files.missing import Names
from tests.memory import MemoryTree

KEY = b"key"


def standing() -> Standing:
    return Standing(project.build(MemoryTree({}), (), shared_catalog(), date(2026, 11, 24)))


def lacks(one: Standing, folder: Path, name: str) -> object:
    token = Names((), KEY).token(name)
    return one.answer(LACKS, json.dumps([str(folder), token]), KEY)


def test_a_folder_is_asked_for_once_however_much_it_lacks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def heard(ask: Callable[[str], object]) -> Callable[[str], object]:
        def answer(path: str) -> object:
            asked.append(path)
            return ask(path)

        return answer

    for name in ("real", "is_folder", "passable", "entries"):
        monkeypatch.setattr(asking, name, heard(getattr(asking, name)))
    known = standing()
    assert len({lacks(known, tmp_path, name) for name in ("a", "b", "c")}) == 1
    assert len(asked) == 4


def test_what_comes_changes_it_and_so_does_where_the_folder_is(tmp_path: Path) -> None:
    (tmp_path / "here").mkdir()
    (tmp_path / "there").mkdir()
    before = lacks(standing(), tmp_path / "here", "new")
    assert lacks(standing(), tmp_path / "there", "new") != before
    (tmp_path / "here/other").touch()
    assert lacks(standing(), tmp_path / "here", "new") == before
    (tmp_path / "here/new").touch()
    assert lacks(standing(), tmp_path / "here", "new") != before
    os.rename(tmp_path / "here", tmp_path / "gone")
    (tmp_path / "here").touch()
    assert lacks(standing(), tmp_path / "here", "new") != before
