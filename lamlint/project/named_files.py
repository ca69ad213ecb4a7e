"""The files that a handler may name, as seen from the template that declares the function."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

from lamlint.model import Function
from lamlint.project.likeness import ends_of_path, folder_words, names_of_folders, spelled
from lamlint.text.dataclass import dataclass


@dataclass(frozen=True, eq=False)
class NamedFiles:
    """Files that a handler may name, as seen from a template: many functions may share them."""

    template: str
    paths: tuple[str, ...]

    def depth(self, path: str) -> int:
        """How many folders a file and the template have in common."""
        return len(common_folders(self.template, path))

    @cached_property
    def near(self) -> tuple[str, ...]:
        """The files that have most folders in common with the template."""
        depths = {path: self.depth(path) for path in self.paths}
        deepest = max(depths.values(), default=0)
        return tuple(path for path, depth in depths.items() if depth == deepest)

    @cached_property
    def _by_words(self) -> Mapping[tuple[str, ...], Sequence[str]]:
        found: dict[tuple[str, ...], list[str]] = {}
        for path in self.near:
            found.setdefault(folder_words(path), []).append(path)
        return found

    @cached_property
    def _by_path(self) -> Mapping[tuple[str, ...], Sequence[str]]:
        found: dict[tuple[str, ...], list[str]] = {}
        for path in self.near:
            for words in ends_of_path(path):
                found.setdefault(words, []).append(path)
        return found

    def alike(self, function: Function) -> list[str]:
        """The near files whose folders are called like a function: `me/users/delete` of
        `MeUsersDelete`; without such, those whose own folder is.
        """
        spelling = (self._by_path.get(words, ()) for words in spelled(function))
        whole = dict.fromkeys(path for paths in spelling for path in paths)
        if whole:
            return list(whole)
        wanted = names_of_folders(function)
        return [path for words in wanted for path in self._by_words.get(words, ())]


def common_folders(template: str, path: str) -> list[str]:
    """The folders that hold both a template and a file, outermost first."""
    found: list[str] = []
    for one, other in zip(template.split("/")[:-1], path.split("/")[:-1], strict=False):
        if one != other:
            break
        found.append(one)
    return found
