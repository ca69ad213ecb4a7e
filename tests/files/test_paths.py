"""The innermost of some folders that holds a path."""

from __future__ import annotations

import pytest

from lamlint.files.paths import Folders


@pytest.mark.parametrize(
    ("folders", "path", "nearest"),
    [
        (["src", "src/a"], "src/a/app.py", "src/a"),
        (["src", "src/a"], "src/ab/app.py", "src"),
        (["src/app.py"], "src/app.py", "src/app.py"),
        (["src"], "source/app.py", None),
        (["", "src"], "src/app.py", "src"),
        ([""], "app.py", ""),
        (["."], "src/app.py", "."),
        (["", "."], "../app.py", None),
        ([".."], "../app.py", ".."),
        ([], "app.py", None),
    ],
)
def test_nearest(folders: list[str], path: str, nearest: str | None) -> None:
    asked = Folders.of(folders)
    assert asked.nearest(path) == nearest
    assert asked.holds(path) is (nearest is not None)
