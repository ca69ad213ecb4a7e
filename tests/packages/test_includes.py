"""Requirement files that include others: each is read once, and not too many."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from lamlint.packages.requirements import required
from lamlint.text import Source, Unreadable
from tests.memory import MemoryTree

MOST = 100


class Counting(MemoryTree):
    """A tree that keeps the paths it was asked for."""

    def __init__(self, files: dict[str, str]) -> None:
        super().__init__(files)
        self.__dict__.update(reads=[])

    reads: list[str]

    def read(self, path: str, worth: Callable[[Source], bool] | None = None) -> Source | Unreadable:
        self.reads.append(path)
        return super().read(path, worth)


def asked(line: str, count: int) -> tuple[list[str], list[str], list[str]]:
    """What some files ask for of which each includes the next: names, what is unread, reads."""
    files = {f"src/r{n}.txt": line.replace("NEXT", f"r{n + 1}.txt") for n in range(count)}
    files |= {"src/requirements.txt": "-r r0.txt\nfirst\n", f"src/r{count}.txt": "last\n"}
    tree = Counting(files)
    wanted = required(tree, "src")
    assert wanted is not None
    names = [requirement.name for requirement in wanted.requirements]
    return names, [missing.cause for missing in wanted.unread], tree.reads


INCLUDING = {
    "twice": "-r NEXT\n-r NEXT\n",
    "in several forms": "-r NEXT\n--requirement NEXT\n--requirement=./NEXT\n-rNEXT\n",
    "beside constraints": "-c NEXT\n-r NEXT\n-c NEXT\n",
    "from elsewhere": "-r ../src/NEXT\n-r NEXT\n",
}


@pytest.mark.parametrize("line", INCLUDING.values(), ids=INCLUDING)
def test_files_that_include_each_other_are_read_once(line: str) -> None:
    names, unread, reads = asked(line, 40)
    assert (names, unread) == (["last", "first"], [])
    assert len([path for path in reads if path != "src/requirements.txt"]) == 41


@pytest.mark.parametrize("count", [MOST + 1, 10_000])
def test_a_long_chain_is_told(count: int) -> None:
    names, unread, reads = asked("-r NEXT\n", count)
    assert names == ["first"]
    assert unread == ["what requirements.txt asks for in more than 100 files"]
    assert len(reads) <= MOST + 2


@pytest.mark.parametrize("line", ["-r requirements.txt\n", "-r r0.txt\n", "-r NEXT\n-r r0.txt\n"])
def test_a_circle_is_what_pip_refuses(line: str) -> None:
    _, unread, _ = asked(line, 3)
    assert unread == ["what requirements.txt asks for by a path or an address"]
