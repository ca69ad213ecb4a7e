"""Where the code of a function lies, and what the framework packs with it."""

from __future__ import annotations

import posixpath

from lamlint.dialects.cloudformation.code import local
from lamlint.dialects.properties import Properties
from lamlint.dialects.serverless.functions import Declared
from lamlint.dialects.serverless.image import image
from lamlint.dialects.serverless.packing import (
    asked_by,
    build_method,
    by_poetry,
    installs,
    packing,
    python,
)
from lamlint.dialects.tree.node import ScalarNode
from lamlint.files.paths import around, normal
from lamlint.model import NOT_SET, Choice, Code, CodeKind, Origin, Value
from lamlint.text.dataclass import replace


def of_function(declared: Declared) -> Code:
    """The code of a function: an image, an archive, or the folder of the service."""
    own, service = declared.own, declared.service
    nothing: Value[str] = Value((), declared.span, NOT_SET)
    if own.mapping.get("image") is not None:
        return Code(CodeKind.IMAGE, "", nothing, own.place("image"), image=image(declared))
    for given in (own, service.properties):
        artifact = given.text("package", "artifact")
        if artifact.choices or artifact.reason != NOT_SET:
            return local(artifact, service.scope, artifact.span, "")
    if not own.complete:
        return Code(CodeKind.UNKNOWN, "", nothing, declared.span)
    folder = _folder(declared)
    return replace(
        folder,
        as_is=not service.once(installs),
        build_method=service.once(build_method),
        asks_by=asked_by(service, folder.path),
        by_poetry=service.once(by_poetry),
        python=service.once(python),
        packing=packing(declared, folder.path),
    )


def _folder(declared: Declared) -> Code:
    """The folder that is packed: that of the service, or of the function's own module."""
    place = declared.own.place("handler")
    module = declared.own.text("module")
    if (module.choices or module.reason != NOT_SET) and _is_apart(declared, module):
        return local(module, declared.service.scope, place, "")
    here = Value((Choice(".", place, Origin.DEFAULT),), place)
    return Code(CodeKind.FOLDER, _home(declared), here, place)


def _home(declared: Declared) -> str:
    """The folder of the service, or the one above from which its handlers are named."""
    home, tree = posixpath.dirname(declared.service.path), declared.service.scope.tree
    handler = declared.own.text("handler")
    stem = _stem(handler.only) if handler.known else ""
    if not stem or tree.is_file(posixpath.join(home, f"{stem}.py")):
        return home
    for above in around(home):
        inner = posixpath.relpath(home or ".", above or ".")
        if stem.startswith(f"{inner}/") and tree.is_file(posixpath.join(above, f"{stem}.py")):
            return normal(above or ".")
    return home


def _stem(handler: str) -> str:
    return handler.rpartition(".")[0].replace(".", "/")


def _is_apart(declared: Declared, module: Value[str]) -> bool:
    """Whether a function has a package of its own, of its module.

    Where a variable says so, a handler that is there and not in the service's folder does.
    """
    given = (declared.own, declared.service.properties)
    if any(_is_true(one, "package", "individually") for one in given):
        return True
    tree, home = declared.service.scope.tree, posixpath.dirname(declared.service.path)
    handler = declared.own.text("handler")
    if not (handler.known and module.known and _is_mentioned(given[1], "package", "individually")):
        return False
    stem = _stem(handler.only)
    here, there = (posixpath.join(home, *way, f"{stem}.py") for way in ((), (module.only,)))
    return tree.is_file(there) and not tree.is_file(here)


def _is_true(given: Properties, *path: str) -> bool:
    found = given.only(*path)
    return found is not None and isinstance(found.node, ScalarNode) and found.node.value is True


def _is_mentioned(given: Properties, *path: str) -> bool:
    """Whether a property is there, or may be."""
    found = given.outcomes(*path)
    return not found or not all(one.absent for one in found)
