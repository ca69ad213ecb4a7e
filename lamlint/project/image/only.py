"""The code of a function whose image is built who knows how, where one Dockerfile can be meant."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Sequence

from lamlint.files import kinds
from lamlint.model import Function
from lamlint.project import resolution
from lamlint.project.image.start import DOCKERFILE, in_image
from lamlint.text import Source, Tree
from lamlint.text.dataclass import replace
from lamlint.text.regex import Regex

_OF_LAMBDA = Regex(r"lambda[-/]python|awslambdaric|lambda-adapter")
_WHY = "the only Dockerfile for Lambda in the project"


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
        return
    names = {one.name for one in away}
    for function in away:
        image = function.code.image
        if image is not None and (image.command or len(names) == 1):
            place = _started(function, paths[0], tree)
            if place is not None:
                yield function.id, place, f"{_WHY}, {paths[0]}, copies it to where it runs"


def dockerfiles(tree: Tree) -> Iterator[str]:
    """The Dockerfiles of a project, samples aside, that make images for Lambda."""
    for path in tree.sources():
        name = posixpath.basename(path)
        named = name.startswith(DOCKERFILE) or name.lower() == DOCKERFILE.lower()
        if not (named or name.endswith(f".{DOCKERFILE}")):
            continue
        source = tree.read(path) if not kinds.is_sample(path) else None
        if isinstance(source, Source) and _OF_LAMBDA.search(source.text):
            yield path


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
