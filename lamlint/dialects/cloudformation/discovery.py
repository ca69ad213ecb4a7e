"""Which files of a project are templates, and which of them concern the paths given."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from enum import Enum

from lamlint.dialects.dialect import CLOUDFORMATION, SERVERLESS
from lamlint.files.paths import below
from lamlint.model import Function
from lamlint.text import Source, Tree
from lamlint.text.regex import Regex

_TEXTS = ("AWS::Serverless::", "AWS::Lambda::")
# The texts in UTF-16, of whichever order of bytes, hold these.
_WORDS = tuple(word for text in _TEXTS for word in (text.encode(), text.encode("utf-16-le")[:-1]))
# What the Serverless Framework calls its services has it indented, if at all.
_OWN_SECTION = (b"\nResources", b'"Resources"', "\nResources".encode("utf-16-le"))
_ABOVE = (b"../", "../".encode("utf-16-le")[:-1])

_SECTION = Regex(
    r"""^(?:Resources[ \t]*:|["']?Resources["']?[ \t]*:|[ \t{]*"Resources"[ \t]*:)""", re.MULTILINE
)
_RESOURCE = Regex(r"""\bType["']?[ \t]*:[ \t]*["']?AWS::(?:Serverless|Lambda)::\w""")
_TEMPLATING = Regex(
    r"\{%|\{\{(?!resolve:)|<%|\{#|%\w+%|@@\w+@@|^[ \t]*#(?:if|foreach|set)\b", re.MULTILINE
)


class Nearness(Enum):
    """How a template relates to the paths given."""

    NAMED = "named"
    """Below one of them, or above: it is read."""
    PERHAPS = "perhaps"
    """Elsewhere, but its code may hold one of them, or its handlers name it."""
    FAR = "far"
    """Elsewhere, and its code lies below it: it is not read."""


def templates(tree: Tree, targets: Sequence[str]) -> Iterator[tuple[str, Nearness]]:
    """The files that may declare functions and concern the targets; all of them without any."""
    for path in tree.sources():
        if not CLOUDFORMATION.claims(path) or (_generated(path) and not _named(path, targets)):
            continue
        if SERVERLESS.claims(path) and not tree.mentions(path, _OWN_SECTION):
            continue
        if tree.mentions(path, _WORDS):
            yield path, nearness(path, targets, tree)


def exporting(tree: Tree, read: Collection[str]) -> Iterator[str]:
    """The templates without functions whose exports those that were read may import."""
    if not any(tree.mentions(path, (b"ImportValue",)) for path in read):
        return
    for path in tree.sources():
        fits = CLOUDFORMATION.claims(path) and path not in read and not _generated(path)
        if fits and tree.mentions(path, (b"Export",)) and tree.mentions(path, (b"AWS::",)):
            yield path


def nearness(path: str, targets: Sequence[str], tree: Tree) -> Nearness:
    """How a template relates to the paths given."""
    if not targets:
        return Nearness.NAMED
    folder = posixpath.dirname(path)
    for target in targets:
        if _holds(target, path) or _holds(folder, target):
            return Nearness.NAMED
    modules = [posixpath.basename(_stem(target)).encode() for target in targets if _stem(target)]
    return Nearness.PERHAPS if tree.mentions(path, (*_ABOVE, *modules)) else Nearness.FAR


def concerns(code: str, targets: Sequence[str]) -> bool:
    """Whether code at a path holds one of the targets, or the other way round."""
    return any(_holds(code, target) or _holds(target, code) for target in targets)


def names(handler: str, targets: Sequence[str]) -> bool:
    """Whether a handler string may mean a module that is one of the targets."""
    module = handler.rpartition(".")[0].replace(".", "/")
    stems = map(_stem, targets)
    return bool(module) and any(f"/{stem}".endswith(f"/{module}") for stem in stems if stem)


def concerned(functions: Iterable[Function], targets: Sequence[str]) -> bool:
    """Whether the code of one of some functions is among the targets, or may be."""
    return any(_is_concerned(function, targets) for function in functions)


def _is_concerned(function: Function, targets: Sequence[str]) -> bool:
    """Whether the code of a function is among some paths, or may be as its handler says."""
    if function.code.path and concerns(function.code.path, targets):
        return True
    handlers = function.handler.choices if function.code.is_away else ()
    return any(names(one.value, targets) for one in handlers)


def _stem(path: str) -> str:
    """The path of a module without its ending; empty for any other path."""
    return path.removesuffix(".py").removesuffix("/__init__") if path.endswith(".py") else ""


def _holds(folder: str, path: str) -> bool:
    return folder in ("", ".") or below(path, folder)


def _generated(path: str) -> bool:
    """Whether a template repeats another one: the output of a build or a packaging."""
    folders = path.split("/")
    if ".aws-sam" in folders or "cdk.out" in folders:
        return True
    return posixpath.basename(path).startswith("packaged")


def _named(path: str, targets: Sequence[str]) -> bool:
    """Whether a user asks for the output of a build: for the template, or for a folder of it."""
    return any(path == each or (_generated(each) and _holds(each, path)) for each in targets)


def clearly_meant(source: Source) -> bool:
    """Whether a text that is no YAML is nevertheless a template, and not one of another tool."""
    if _TEMPLATING.search(source.text) or "{{" in source.path:
        return False
    return bool(_SECTION.search(source.text)) and bool(_RESOURCE.search(source.text))
