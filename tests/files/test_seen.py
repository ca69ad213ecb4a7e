"""A file is fetched once, however many words it is asked for, and what is kept is bounded."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from lamlint.files import opening, seen
from lamlint.files.disk import DiskTree
from lamlint.files.seen import Seen
from lamlint.text import Unreadable


@pytest.fixture
def fetched(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How often each file is fetched from the disk, by its name."""
    found: Counter[str] = Counter()
    read = opening.read

    def counted(absolute: str, limit: int) -> bytes:
        found[Path(absolute).name] += 1
        return read(absolute, limit)

    monkeypatch.setattr(opening, "read", counted)
    return found


@pytest.mark.parametrize("name", ["deploy.sh", "app.ts", "app.py", "absent.sh"])
def test_a_file_is_fetched_once_for_many_words(
    name: str, tmp_path: Path, fetched: Counter[str]
) -> None:
    if name != "absent.sh":
        (tmp_path / name).write_text("echo one two\n")
    tree = DiskTree(str(tmp_path))
    found = [word for word in (b"none", b"one", b"two") if tree.mentions(name, (word,))]
    assert found == ([] if name == "absent.sh" else [b"one", b"two"])
    assert fetched == {name: 1}


def test_what_is_kept_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(seen, "_ROOM", 1_000)
    kept = Seen()
    kept.keep("absent", Unreadable("absent", "no such file"))
    for number in range(50):
        kept.keep(f"{number}", b"x" * 200)
    left = [number for number in range(50) if kept.get(f"{number}") is not None]
    assert left == [47, 48, 49]
    assert kept.get("absent") is None


def test_what_was_looked_at_last_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(seen, "_ROOM", 1_000)
    kept = Seen()
    for number in range(50):
        kept.keep(f"{number}", b"x" * 200)
        assert kept.get("0") is not None
    monkeypatch.setattr(seen, "_LARGEST", 10)
    kept.keep("large", b"x" * 200)
    assert kept.get("large") is None
