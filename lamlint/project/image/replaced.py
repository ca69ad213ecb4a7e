"""Handlers that Dockerfiles start, and that nothing runs: who takes the image starts another one.

The `CMD` of a Dockerfile is what an image runs where nobody says otherwise. A function may say so
(`ImageConfig`), or a task of ECS, whose container has a command of its own.
"""

from __future__ import annotations

import posixpath
from collections.abc import Collection, Iterator, Sequence

from lamlint.files import kinds
from lamlint.model import Function, Image
from lamlint.project import resolution
from lamlint.project.away import fits
from lamlint.project.image.only import dockerfiles
from lamlint.project.image.start import dockerfile_of, started
from lamlint.text import Source, Tree
from lamlint.text.regex import Regex

_ENDINGS = (
    ".yml", ".yaml", ".json", ".template", ".tf", ".toml", ".py", ".ts", ".js", ".sh", ".ps1",
    ".mk", "makefile", "justfile", "jenkinsfile",
)  # fmt: skip
"""How files are called that say what is built, deployed or started."""
_TASKS = (
    b"AWS::ECS::", b"aws_ecs", b"aws-ecs", b"containerDefinitions", b"ContainerDefinitions",
    b"container_definitions",
)  # fmt: skip
_COMMAND = Regex(r"(?i)\b(?:command|entry_?point)[\"']?\s{0,4}[:=]")
_ON_LAMBDA = (
    b"update-function-code", b"update_function_code", b"create-function", b"create_function",
    b"image_uri", b"ImageUri", b"PackageType", b"package_type", b"DockerImage",
)  # fmt: skip
"""What stands where an image is deployed as a function."""
_MOST = 100
"""As many Dockerfiles are looked at."""


def replaced(functions: Sequence[Function], entries: Collection[str], tree: Tree) -> frozenset[str]:
    """The files, none of `entries`, with handlers that only a Dockerfile starts, and nobody runs.

    `entries` are the files that functions run.
    """
    every = tuple(dockerfiles(tree))[:_MOST]
    images = [one.code.image for one in functions if one.code.image is not None and not one.library]
    built = [(image, dockerfile_of(image, tree)) for image in images]
    found: dict[str, resolution.Place] = {}
    for path in every:
        place = _own(path, tree)
        if place is None or place.path in entries:
            continue
        takers = [image for image, own in built if own in (path, None)]
        if all(_starts_another(image, place) for image in takers) and (
            any(own == path or len(every) == 1 for _, own in built) or _is_a_task(path, every, tree)
        ):
            found[path] = place
    others = (*(one for one in every if one not in found), *(_telling(tree) if found else ()))
    return frozenset(one.path for one in found.values() if not _is_named(one, others, tree))


def _is_named(place: resolution.Place, others: Sequence[str], tree: Tree) -> bool:
    """Whether another file tells to run a handler: `app.handler`."""
    name = f"{place.module.rpartition('.')[2]}.{place.attribute}"
    return any(tree.mentions(one, (name.encode("utf-8", "surrogatepass"),)) for one in others)


def _own(path: str, tree: Tree) -> resolution.Place | None:
    """What an image starts by its Dockerfile alone, built in its folder or in the project's."""
    for context in dict.fromkeys((posixpath.dirname(path), "")):
        inner = posixpath.relpath(path, context or ".")
        found = started(Image((), (), context, inner, ""), tree)
        if found is not None:
            return found[0]
    return None


def _starts_another(image: Image, place: resolution.Place) -> bool:
    """Whether a template says of an image that it surely starts something else."""
    words = (*image.entry, *image.command)
    if not words or not all(one.known for one in words):
        return False
    named = resolution.split(words[-1].only)
    return named is None or named[1] != place.attribute or not fits(place.path, named[0])


def _is_a_task(path: str, every: Sequence[str], tree: Tree) -> bool:
    """Whether a task of ECS starts an image in its own way, and no function has an image."""
    if any(tree.mentions(one, _ON_LAMBDA) for one in _telling(tree)):
        return False
    words = tuple(_words(path))
    for one in _telling(tree):
        source = tree.read(one) if tree.mentions(one, _TASKS) else None
        if isinstance(source, Source) and _COMMAND.search(source.text):
            named = any(word in source.text for word in words)
            if named or len(every) == 1:
                return True
    return False


def _words(path: str) -> Iterator[str]:
    """What a task may name an image by: its folder, or the rest of its file's name."""
    folder, name = posixpath.split(path)
    yield from filter(None, (posixpath.basename(folder), name if "." in name else ""))


def _telling(tree: Tree) -> Iterator[str]:
    return (
        one for one in tree.sources() if one.lower().endswith(_ENDINGS) and not kinds.is_test(one)
    )
