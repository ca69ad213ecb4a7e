"""The code of a function whose image is built who knows how, by the name of a folder."""

from __future__ import annotations

import posixpath
from collections.abc import Collection, Iterator, Mapping, Sequence

from lamlint.files import kinds
from lamlint.model import Function, Image
from lamlint.project import resolution
from lamlint.project.away import fits
from lamlint.project.likeness import folder_words, names_of_folders
from lamlint.text import Source, Tree

_WHY = "the only handler in a folder of the function's name; how its image is built is not known"
_HANDLERS = frozenset({"handler", "lambda_handler"})


def alike(
    functions: Sequence[Function], tied: Collection[str], tree: Tree
) -> Iterator[tuple[str, resolution.Place, str]]:
    """The functions, by their ids, that surely run the one handler of a folder called like them.

    `tied` are the files that are known to be the code of others.
    """
    built = [(one, one.code.image) for one in functions if not one.library]
    away = [(one, image) for one, image in built if image is not None and image.context is None]
    if not away:
        return
    named = {place.path for one in functions for place in resolution.places(one, tree)}
    taken = named.union(tied)
    entries = {path: name for path, name in _entries(tree) if path not in taken}
    by_words: dict[tuple[str, ...], list[str]] = {}
    for path in entries:
        by_words.setdefault(folder_words(path), []).append(path)
    for path, those in _claims(away, by_words).items():
        names = {function.name for function, _ in those}
        if len(names) == 1 and all(_may_start(image, path, entries[path]) for _, image in those):
            folder, file = posixpath.split(path)
            place = resolution.Place(folder, path, file.removesuffix(".py"), entries[path])
            yield from ((function.id, place, _WHY) for function, _ in those)


def _claims(
    away: Sequence[tuple[Function, Image]], by_words: Mapping[tuple[str, ...], Sequence[str]]
) -> Mapping[str, Sequence[tuple[Function, Image]]]:
    """The functions by the one file that lies in a folder called like each."""
    found: dict[str, list[tuple[Function, Image]]] = {}
    for function, image in away:
        words = names_of_folders(function)
        paths = {path for one in words for path in by_words.get(one, ())}
        if len(paths) == 1:
            found.setdefault(paths.pop(), []).append((function, image))
    return found


def _entries(tree: Tree) -> Iterator[tuple[str, str]]:
    """The files of the project, tests and samples aside, that have one handler, with its name."""
    for path in tree.sources():
        if not path.endswith(".py") or kinds.is_test(path) or kinds.is_sample(path):
            continue
        source = tree.read(path) if tree.mentions(path, (b"handler(",)) else None
        if isinstance(source, Source):
            names = [one for one in resolution.functions_of(source) if one in _HANDLERS]
            if len(names) == 1:
                yield path, names[0]


def _may_start(image: Image, path: str, attribute: str) -> bool:
    """Whether what is said of an image leaves it to start a function of a file."""
    if image.entry:
        return False
    if not image.command:
        return True
    named = None
    if len(image.command) == 1 and image.command[0].known:
        named = resolution.split(image.command[0].only)
    return named is not None and named[1] == attribute and fits(path, named[0])
