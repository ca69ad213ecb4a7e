"""Where the code of a function lies, as SAM CLI finds it."""

from __future__ import annotations

import posixpath

from lamlint.model import Code, CodeKind, Value
from lamlint.templates.node import MappingNode, ScalarNode
from lamlint.templates.properties import Properties
from lamlint.templates.scope import Scope
from lamlint.templates.values import NOT_SET
from lamlint.text import Span, Tree

_ARCHIVES = (".zip", ".jar")
_REMOTE = ("s3://", "http://", "https://", "arn:")


def of_function(given: Properties, scope: Scope, resource: MappingNode, *, sam: bool) -> Code:
    """The code of a function."""
    method = _build_method(resource)
    nothing: Value[str] = Value((), given.owner, NOT_SET)
    if given.text("PackageType").is_in(("Image",)) or _written(given, *_image(sam)):
        return Code(CodeKind.IMAGE, "", nothing, given.owner)
    inline = ("InlineCode",) if sam else ("Code", "ZipFile")
    if _written(given, *inline):
        return Code(CodeKind.INLINE, "", nothing, given.place(*inline))
    if (
        not sam
        and isinstance(found := given.node("Code"), tuple)
        and isinstance(found[0], MappingNode)
    ):
        return Code(CodeKind.REMOTE, "", nothing, given.place("Code"))
    key = "CodeUri" if sam else "Code"
    uri = given.text(key, default="." if sam else None)
    return local(uri, scope, given.place(key), method)


def _image(sam: bool) -> tuple[str, ...]:
    return ("ImageUri",) if sam else ("Code", "ImageUri")


def _written(given: Properties, *path: str) -> bool:
    found = given.outcomes(*path)
    return (
        bool(found) and not all(one.absent for one in found) and given.place(*path) != given.owner
    )


def local(uri: Value[str], scope: Scope, span: Span, method: str) -> Code:
    """What a path of the template leads to."""
    if not uri.known:
        return Code(CodeKind.UNKNOWN, "", uri, span, build_method=method)
    written = uri.only
    if written.startswith(_REMOTE):
        return Code(CodeKind.REMOTE, "", uri, span, build_method=method)
    path = normal(posixpath.join(posixpath.dirname(scope.template), written.replace("\\", "/")))
    return Code(_kind(path, scope.tree), path, uri, span, build_method=method)


def normal(path: str) -> str:
    """A path in the form the model uses: the root is the empty text."""
    normalised = posixpath.normpath(path)
    return "" if normalised == "." else normalised


def _kind(path: str, tree: Tree) -> CodeKind:
    if path.startswith("/"):
        return CodeKind.UNKNOWN
    if tree.is_folder(path):
        return CodeKind.FOLDER
    if tree.is_file(path):
        return CodeKind.ARCHIVE if path.endswith(_ARCHIVES) else CodeKind.FILE
    return CodeKind.MISSING


def _build_method(resource: MappingNode) -> str:
    metadata = resource.get("Metadata")
    method = metadata.get("BuildMethod") if isinstance(metadata, MappingNode) else None
    return method.text if isinstance(method, ScalarNode) else ""
