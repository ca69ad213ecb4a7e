"""The code of a function whose image is built who knows how, where one Dockerfile can be meant."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Sequence

from lamlint.files import kinds
from lamlint.model import Function
from lamlint.project import resolution
from lamlint.project.image.start import DOCKERFILE, in_image
from lamlint.project.likeness import folder_words, names_of_folders
from lamlint.text import Source, Tree
from lamlint.text.dataclass import replace
from lamlint.text.regex import Regex

_OF_LAMBDA = Regex(r"lambda[-/]python|awslambdaric|lambda-adapter")
_WHY = "the only Dockerfile for Lambda in the project"
_NAMED = "the only Dockerfile for Lambda that is called like the function"


def by_only_dockerfile(
    functions: Sequence[Function], tree: Tree
) -> Iterator[tuple[str, resolution.Place, str]]:
    """What surely runs in functions of images, by their ids: in one that says how it starts.

    Of several functions those are taken that say by themselves what each is started with.
    """
    away = [
        one
        for one in functions
        if not one.library and one.code.image is not None and one.code.image.context is None
    ]
    paths = list(dockerfiles(tree)) if away else []
    if len(paths) != 1:
        yield from _by_name(away, paths, tree)
        return
    names = {one.name for one in away}
    for function in away:
        image = function.code.image
        if image is not None and (image.command or len(names) == 1):
            place = _started(function, paths[0], tree)
            if place is not None:
                yield function.id, place, f"{_WHY}, {paths[0]}, copies it to where it runs"


def _by_name(
    away: Sequence[Function], paths: Sequence[str], tree: Tree
) -> Iterator[tuple[str, resolution.Place, str]]:
    """The same where one of several Dockerfiles is called like the function, and like no other."""
    by_words: dict[tuple[str, ...], list[str]] = {}
    for path in paths:
        by_words.setdefault(_called(path), []).append(path)
    claims: dict[str, list[Function]] = {}
    for function in away:
        words = names_of_folders(function)
        found = {path for one in words for path in by_words.get(one, ())}
        for path in found if len(found) == 1 else ():
            claims.setdefault(path, []).append(function)
    for path, those in claims.items():
        for function in those if len({one.name for one in those}) == 1 else ():
            place = _started(function, path, tree)
            if place is not None:
                yield function.id, place, f"{_NAMED}, {path}, copies it to where it runs"


def _called(path: str) -> tuple[str, ...]:
    """The words by which a Dockerfile is told from others: `api` of `Dockerfile.api`, `api/`."""
    name = posixpath.basename(path).removeprefix(DOCKERFILE).removesuffix(DOCKERFILE)
    return folder_words(f"{name.strip('.-_')}/") or folder_words(path)


def dockerfiles(tree: Tree, *, every: bool = False) -> Iterator[str]:
    """The Dockerfiles of a project, samples aside, that make images for Lambda, or `every` one."""
    for path in tree.sources():
        name = posixpath.basename(path)
        named = name.startswith(DOCKERFILE) or name.lower() == DOCKERFILE.lower()
        if not (named or name.endswith(f".{DOCKERFILE}")):
            continue
        if not kinds.is_sample(path) and (every or is_for_lambda(path, tree)):
            yield path


def is_for_lambda(path: str, tree: Tree) -> bool:
    """Whether a Dockerfile makes an image for Lambda."""
    source = tree.read(path)
    return isinstance(source, Source) and _OF_LAMBDA.search(source.text) is not None


def _started(function: Function, path: str, tree: Tree) -> resolution.Place | None:
    """What an image starts that is built in the Dockerfile's folder, or in the project's."""
    image = function.code.image
    if image is None:
        return None
    for context in dict.fromkeys((posixpath.dirname(path), "")):
        inner = posixpath.relpath(path, context or ".")
        built = replace(image, context=context, dockerfile=inner)
        found = in_image(replace(function, code=replace(function.code, image=built)), tree)
        if found is not None:
            return found[0]
    return None
