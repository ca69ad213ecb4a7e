"""The code that a function's container image is started with."""

from __future__ import annotations

import posixpath
from collections.abc import Sequence

from lamlint.files.paths import normal
from lamlint.model import Function, Image, Value
from lamlint.project import resolution
from lamlint.project.image.contents import Contents, contents
from lamlint.project.image.dockerfile import too_long
from lamlint.text import Source, Tree, Unread
from lamlint.text.regex import Regex

DOCKERFILE = "Dockerfile"
_LOWER = "dockerfile"
"""What Docker reads where nothing names the file, and there is no other."""
_CLIENT = "awslambdaric"
"""Lambda's client for images that are not made from its own."""
_SCRIPT = "lambda-entrypoint.sh"
_SERVERS = frozenset({"gunicorn", "hypercorn", "uvicorn"})
_APPLICATION = Regex(r"[\w.]+:\w+\Z")
_HANDLER = Regex(r"[\w./-]+\.\w+\Z")


def in_image(function: Function, tree: Tree) -> tuple[resolution.Place, str] | None:
    """What runs in a function's image, and why that is known."""
    image = function.code.image
    return None if image is None else started(image, tree)


def dockerfile_of(image: Image, tree: Tree) -> str | None:
    """The path of the Dockerfile that an image is built by; None where nothing says so."""
    if image.context is None:
        return None
    names = (image.dockerfile, _LOWER) if image.dockerfile == DOCKERFILE else (image.dockerfile,)
    paths = [posixpath.join(image.context, name) for name in names]
    return next(filter(tree.is_file, map(normal, paths)), None)


def started(image: Image, tree: Tree) -> tuple[resolution.Place, str] | None:
    """What runs in an image, and why that is known."""
    start = _start(image, tree)
    found = None if start is None else _place(start[0], *start[1], tree)
    if found is None:
        return None
    return found, f"{dockerfile_of(image, tree)} copies it to where the image runs it"


def named_start(image: Image, tree: Tree) -> tuple[str, str] | None:
    """The module that an image is started with, and the name in it, whether it is there or not."""
    start = _start(image, tree)
    return None if start is None else start[1]


def _start(image: Image, tree: Tree) -> tuple[Contents, tuple[str, str]] | None:
    """What lies in an image, and what of it is named to be run."""
    path = dockerfile_of(image, tree)
    source = tree.read(path) if path is not None else None
    if path is None or image.context is None or not isinstance(source, Source):
        return None
    if source.once(too_long, lambda: too_long(source.text)):
        reason = "it has more stages or instructions than lamlint reads"
        tree.unread.add(Unread(source.span(0, 0), reason))
        return None
    made = contents(source.text, image.context, image.stage, tree)
    words = None if made is None else _words(image, made)
    named = None if words is None else _named(words)
    return None if made is None or named is None else (made, named)


def _words(image: Image, made: Contents) -> tuple[str, ...] | None:
    """The words that start the image: a template's come before the Dockerfile's own."""
    entry = _known(image.entry) if image.entry else made.entry
    own = () if image.entry else made.command
    command = _known(image.command) if image.command else own
    return None if entry is None or command is None else (*entry, *command)


def _known(values: Sequence[Value[str]]) -> tuple[str, ...] | None:
    return tuple(one.only for one in values) if all(one.known for one in values) else None


def _named(words: tuple[str, ...]) -> tuple[str, str] | None:
    """The module and the name in it that some words start."""
    names = [posixpath.basename(word) for word in words]
    if not _SERVERS.isdisjoint(names):
        served = next((word for word in words if _APPLICATION.match(word)), "")
        module, colon, name = served.partition(":")
        return (module, name) if colon else None
    for starter in (_CLIENT, _SCRIPT):
        if starter in names:
            words = words[names.index(starter) + 1 :]
    return resolution.split(words[0]) if len(words) == 1 and _HANDLER.match(words[0]) else None


def _place(made: Contents, module: str, attribute: str, tree: Tree) -> resolution.Place | None:
    for folder in made.folders:
        for there in resolution.candidates(folder, module):
            path = made.here(there, tree)
            if path is not None:
                renamed = dict(made.renamed())
                root = resolution.root_from(path, module)
                if root is None:  # the image has it under another name
                    root, own = posixpath.split(path.removesuffix(".py"))
                    module = module if module.partition(".")[0] in renamed else own
                also = tuple(one for one in dict.fromkeys(made.roots(tree)) if one != root)
                named = tuple(dict(made.names()).items())
                return resolution.Place(
                    root, path, module, attribute,
                    also=also, named=named, renamed=tuple(renamed.items()),
                )  # fmt: skip
    return None
