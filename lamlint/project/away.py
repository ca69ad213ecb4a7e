"""The functions whose code is not where a template says, or not here; and what each may run."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator, Mapping, Sequence

from lamlint.dialects.local import ARCHIVES
from lamlint.model import Code, CodeKind, Function, Image
from lamlint.project import resolution
from lamlint.project.likeness import every_word, folder_words

_SHORT = 2
"""Words of so few letters begin many others."""


def is_away(function: Function) -> bool:
    """Whether the code of a Python function is not where its template says, or is not here.

    Of an image it is not known what it is built of, nor in which language.
    """
    image = function.code.image
    if function.library:
        return False
    return image.context is None if image is not None else function.python and function.code.is_away


def away_by_module(functions: Iterable[Function]) -> Mapping[str, Sequence[Function]]:
    """The functions whose code is not here, by the last name of the module they may run."""
    found: dict[str, list[Function]] = {}
    for function in functions:
        named = resolution.split(handler_string(function)) if is_away(function) else None
        if named is not None:
            name = posixpath.basename(named[0].replace(".", "/"))
            found.setdefault(name, []).append(function)
    return found


def may_run(
    away: Mapping[str, Sequence[Function]], path: str, attribute: str
) -> Iterator[Function]:
    """Those of them that may run a function of a file, by their handlers."""
    for function in away.get(_stem(path), ()):
        if may_lead(handler_string(function), path, attribute) and _may_hold(function.code, path):
            yield function


def told_folder(code: Code) -> str:
    """The folder that a template names as code, where it is not here and no build makes it.

    One outside of the project may be written wrong, or lie in what was not checked out.
    """
    missing = code.kind is CodeKind.MISSING or code.path.startswith("../")
    return code.path if missing and not code.path.endswith(ARCHIVES) else ""


def _may_hold(code: Code, path: str) -> bool:
    """Whether a file may lie in the folder that is named as code, by what folders are called."""
    words = folder_words(posixpath.join(told_folder(code), ""))
    if not words:
        return True
    own = every_word(posixpath.dirname(path))
    return any(
        len(short) > _SHORT and long.startswith(short)
        for one in own
        for word in words
        for short, long in (sorted((one, word), key=len),)
    )


def _stem(path: str) -> str:
    """The name of a module by its file's path."""
    stem = path.removesuffix(".py").removesuffix("/__init__")
    return posixpath.basename(stem)


def handler_string(function: Function) -> str:
    """The handler string of a function that has but one; of an image what it is told to run."""
    image = function.code.image
    named = resolution.handlers(function) if image is None else _commanded(image)
    return named[0] if len(named) == 1 else ""


def _commanded(image: Image) -> tuple[str, ...]:
    """The words of an image's command, if all are known."""
    return tuple(one.only for one in image.command if one.known)


def may_lead(handler: str, path: str, attribute: str) -> bool:
    """Whether a handler string may name a function of a file."""
    named = resolution.split(handler)
    return named is not None and named[1] == attribute and fits(path, named[0])


def fits(path: str, module: str) -> bool:
    """Whether a file's path ends as a module's does."""
    return any(f"/{path}".endswith(f"/{end}") for end in resolution.candidates("", module))
