"""Where the code of a function or the content of a layer lies, as SAM CLI finds it."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from lamlint.dialects.build_steps import is_built
from lamlint.dialects.cloudformation.image import image
from lamlint.dialects.cloudformation.inline import inline
from lamlint.dialects.cloudformation.scope import Scope
from lamlint.dialects.local import ARCHIVES, kind_at
from lamlint.dialects.properties import Properties
from lamlint.dialects.tree.node import MappingNode, ScalarNode
from lamlint.files.paths import normal
from lamlint.model import NOT_SET, Choice, Code, CodeKind, Literal, Value, whole
from lamlint.text import Source, Span
from lamlint.text.dataclass import replace
from lamlint.text.regex import Regex

_ASSET = "asset."
"""How the names begin of what the CDK packs."""
_REMOTE = Regex(r"(?:s3|https?|arn|git|oci)[:+]|\d{12}\.dkr\.")
_PLACEHOLDER = Regex(r"\$\{|\{\{|\{%|<[^<>]*>|%\(|\$\w")


def of_function(given: Properties, scope: Scope, resource: MappingNode, *, sam: bool) -> Code:
    """The code of a function."""
    nothing: Value[str] = Value((), given.owner, NOT_SET)
    address = ("ImageUri",) if sam else ("Code", "ImageUri")
    text = ("InlineCode",) if sam else ("Code", "ZipFile")
    if given.text("PackageType").is_in(("Image",)) or _written(given, *address):
        made = image(given, scope, resource)
        return Code(CodeKind.IMAGE, "", nothing, given.owner, image=made)
    if _written(given, *text):
        found = _inline(given, *text)
        return Code(CodeKind.INLINE, "", nothing, given.place(*text), found)
    key = "CodeUri" if sam else "Code"
    asset = _asset(resource)
    if asset is not None:
        return _synthesized(asset, given, (key, "S3Key"), scope)
    if not given.outcomes(key):
        return Code(CodeKind.UNKNOWN, "", nothing, given.owner)
    if given.child(key) is not None:
        return stored(given, (key, "Key" if sam else "S3Key"), scope)
    if len(given.outcomes(key)) > 1 and not _texts_only(given, key):
        undecided: Value[str] = Value((), given.place(key), "a condition decides where it is")
        return Code(CodeKind.UNKNOWN, "", undecided, given.place(key))
    uri = given.text(key, default="." if sam else None)
    return _built_by(local(uri, scope, given.place(key), build_method(resource)), resource)


def _texts_only(given: Properties, key: str) -> bool:
    return all(isinstance(one.node, ScalarNode | None) for one in given.outcomes(key))


def of_layer(given: Properties, scope: Scope, resource: MappingNode, *, sam: bool) -> Code:
    """The content of a layer."""
    key = "ContentUri" if sam else "Content"
    asset = _asset(resource)
    if asset is not None:
        made = _synthesized(asset, given, (key, "S3Key"), scope)
        return replace(made, rearranged=True) if _is_bundled(resource) else made
    if given.child(key) is not None:
        return stored(given, (key, "Key" if sam else "S3Key"), scope)
    found_code = local(given.text(key), scope, given.place(key), build_method(resource))
    return _built_by(found_code, resource)


def _synthesized(asset: Value[str], given: Properties, path: tuple[str, str], scope: Scope) -> Code:
    """What the CDK packed: where a template is kept without it, what it says is stored."""
    found = local(asset, scope, given.place(path[0]), "")
    return stored(given, path, scope) if found.kind is CodeKind.MISSING else found


def _is_bundled(resource: MappingNode) -> bool:
    """Whether the CDK says of an asset that a command made it."""
    metadata = resource.get("Metadata")
    told = metadata.get("aws:asset:is-bundled") if isinstance(metadata, MappingNode) else None
    return isinstance(told, ScalarNode) and told.text.lower() == "true"


def _built_by(code: Code, resource: MappingNode) -> Code:
    """The code with what the resource says of its build."""
    metadata = resource.get("Metadata")
    skip = metadata.get("SkipBuild") if isinstance(metadata, MappingNode) else None
    skipped = isinstance(skip, ScalarNode) and skip.text.lower() == "true"
    return replace(code, as_is=True) if skipped else code


def stored(given: Properties, path: tuple[str, str], scope: Scope) -> Code:
    """Code in S3, of which what was stored there may still lie beside the template."""
    key = given.text(*path)
    built = tuple(_beside(scope, posixpath.basename(key.only))) if key.known else ()
    nothing: Value[str] = Value((), given.owner, NOT_SET)
    name = _stored_name(given, path)
    found = Code(CodeKind.REMOTE, "", nothing, given.place(path[0]), built=built, stored=name)
    assets = [one for one in built if posixpath.basename(one).startswith(_ASSET)]
    folders = [one for one in assets if scope.tree.is_folder(one)]
    if not folders:
        return found
    # What the CDK bundled is all that is deployed.
    return replace(found, kind=CodeKind.FOLDER, path=folders[0], as_is=True)


def _stored_name(given: Properties, path: tuple[str, str]) -> str:
    """The end of a key in S3, from the first of its folders on that is known to its beginning."""
    found = given.outcomes(*path)
    parts = found[0].parts if len(found) == 1 else ()
    if not parts or not isinstance(parts[-1], Literal):
        return ""
    last = parts[-1].text
    return last if whole(parts) is not None else last.partition("/")[2]


def _beside(scope: Scope, name: str) -> Iterator[str]:
    """What is called so beside the template: an archive, or an asset of the CDK."""
    folder, template = posixpath.split(scope.template)
    stem = name.removesuffix(".zip")
    named = [name] if name.endswith(ARCHIVES) else []
    listed = scope.tree.read(
        posixpath.join(folder, template.removesuffix(".template.json") + ".assets.json")
    )
    asset = _listed(listed.text, stem) if isinstance(listed, Source) else ""
    for each in dict.fromkeys((*named, asset, f"asset.{stem}", f"asset.{name}")):
        place = posixpath.join(folder, each)
        archive = each.endswith(ARCHIVES) and scope.tree.is_file(place)
        if each and (archive or scope.tree.is_folder(place)):
            yield normal(place)
            return


def _listed(manifest: str, name: str) -> str:
    """Where the manifest of a stack's assets says that one of them lies."""
    import json

    try:
        found = json.loads(manifest)["files"][name]["source"]["path"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return ""
    inside = isinstance(found, str) and not found.startswith(("/", ".."))
    return found if inside else ""


def _inline(given: Properties, *path: str) -> Source | None:
    node = given.mapping
    for name in path[:-1]:
        inner = node.get(name)
        if not isinstance(inner, MappingNode):
            return None
        node = inner
    last = node.get(path[-1])
    return inline(last) if last is not None else None


def _written(given: Properties, *path: str) -> bool:
    """Whether a property is written here and not given by AWS::NoValue alone."""
    found = given.outcomes(*path)
    return bool(found) and not all(one.absent for one in found) and _stands(given, *path)


def _stands(given: Properties, *path: str) -> bool:
    node: object = given.mapping
    for name in path:
        node = node.get(name) if isinstance(node, MappingNode) else None
    return node is not None


def local(uri: Value[str], scope: Scope, span: Span, method: str) -> Code:
    """What a path of a template leads to."""
    if not uri.known or _PLACEHOLDER.search(uri.only):
        return Code(CodeKind.UNKNOWN, "", uri, span, build_method=method)
    written = uri.only.replace("\\", "/")
    if _REMOTE.match(written):
        return Code(CodeKind.REMOTE, "", uri, span, build_method=method)
    if written.startswith(("/", "~")) or not written:
        return Code(CodeKind.UNKNOWN, "", uri, span, build_method=method)
    path = normal(posixpath.join(posixpath.dirname(scope.template), written))
    kind = kind_at(path, scope.tree)
    if kind is CodeKind.MISSING and is_built(path, scope.template, scope.tree):
        kind = CodeKind.BUILT
    return Code(kind, path, uri, span, build_method=method)


def build_method(resource: MappingNode) -> str:
    """SAM's `Metadata: {BuildMethod: …}` of a resource."""
    metadata = resource.get("Metadata")
    method = metadata.get("BuildMethod") if isinstance(metadata, MappingNode) else None
    return method.text if isinstance(method, ScalarNode) else ""


def _asset(resource: MappingNode) -> Value[str] | None:
    """The asset that the CDK names in a resource's metadata."""
    metadata = resource.get("Metadata")
    path = metadata.get("aws:asset:path") if isinstance(metadata, MappingNode) else None
    if not isinstance(path, ScalarNode):
        return None
    return Value((Choice(path.text, path.span),), path.span)
