"""Where the code of a function or the content of a layer lies."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping, Sequence
from typing import TypedDict

from lamlint.dialects import values
from lamlint.dialects.build_steps import is_built
from lamlint.dialects.local import kind_at
from lamlint.dialects.outcome import Outcome
from lamlint.dialects.properties import Properties
from lamlint.dialects.terraform.beside import NONE, Wanted, modules_of, source_of
from lamlint.dialects.terraform.build_commands import only_build
from lamlint.dialects.terraform.inline import inline
from lamlint.dialects.terraform.paths import places
from lamlint.dialects.terraform.scope import Scope
from lamlint.dialects.terraform.uses import Resource
from lamlint.dialects.tree.node import ScalarNode
from lamlint.files.paths import normal
from lamlint.model import NOT_SET, Choice, Code, CodeKind, Image, Packing, Value
from lamlint.text import Span
from lamlint.text.dataclass import dataclass, replace
from lamlint.text.regex import Regex

_HASHES = ("source_code_hash", "code_sha256")


class Built(TypedDict):
    """How an image is made, in the words of the model."""

    context: str | None
    dockerfile: str
    stage: str


_UNKNOWN: Built = {"context": None, "dockerfile": "Dockerfile", "stage": ""}
_OBJECTS = frozenset({"aws_s3_object", "aws_s3_bucket_object"})
_BUILDERS = frozenset({"docker_image", "docker_registry_image"})
KINDS = (*_OBJECTS, *_BUILDERS, "archive_file")
"""What packs code, stores it, or builds an image of it."""
_IMAGES = Regex(
    r"(?:registry\.(?:terraform\.io|opentofu\.org)/)?"
    r"terraform-aws-modules/lambda/aws//modules/docker-build"
)


@dataclass(frozen=True)
class Archives:
    """What makes archives and images of the project's files, by its identity, or by its path.

    `objects` are what the project puts into buckets itself, `images` what builds an image.
    """

    by_identity: Mapping[str, Resource]
    by_path: Mapping[tuple[str, str], Resource]
    objects: Mapping[str, Resource]
    images: Mapping[str, Resource]

    @classmethod
    def of(cls, resources: Sequence[Resource]) -> Archives:
        """The archives that a project's modules make."""
        found = cls({}, {}, {}, {})
        by_identity: dict[str, Resource] = {}
        by_path: dict[tuple[str, str], Resource] = {}
        for one in resources:
            if one.kind == "archive_file":
                by_identity.update(dict.fromkeys(one.identities, one))
                written = one.properties.text("output_path")
                if written.known:
                    by_path[one.scope.template, normal(written.only)] = one
        objects = {name: one for one in resources if one.kind in _OBJECTS
                   for name in one.identities}  # fmt: skip
        images = {name: one for one in resources if _builds_image(one) for name in one.identities}
        return replace(
            found, by_identity=by_identity, by_path=by_path, objects=objects, images=images
        )

    def image(self, found: Sequence[Outcome], scope: Scope) -> Built:
        """How the image at an address is built, where the project does that."""
        for target in values.targets_of(found):
            builder = self.images.get(target)
            if builder is not None:
                return _built(builder)
        build = only_build(scope)
        if build is None or any(one.text is not None for one in found):
            return _UNKNOWN
        return {
            "context": build.context,
            "dockerfile": build.dockerfile,
            "stage": build.stage,
        }

    def named(self, found: Sequence[Outcome], scope: Scope) -> Resource | None:
        """The archive that a path, or a hash of it, comes from."""
        for target in values.targets_of(found):
            if target in self.by_identity:
                return self.by_identity[target]
        texts = [one.text for one in found]
        path = texts[0] if len(texts) == 1 else None
        return self.by_path.get((scope.template, normal(path))) if path else None


def of_function(resource: Resource, archives: Archives) -> Code:
    """The code of a function, or the content of a layer."""
    given = resource.properties
    wanted = modules_of(given.text("handler"))
    nothing: Value[str] = Value((), given.owner, NOT_SET)
    if given.text("package_type").is_in(("Image",)) or _is_written(given, "image_uri"):
        image = Image(
            entry=given.texts("image_config", "entry_point"),
            command=given.texts("image_config", "command"),
            **archives.image(given.outcomes("image_uri"), resource.scope),
        )
        return Code(CodeKind.IMAGE, "", nothing, given.owner, image=image)
    for name in ("filename", *_HASHES):
        archive = archives.named(given.outcomes(name), resource.scope)
        if archive is not None:
            return of_archive(archive, given.place("filename"), wanted)
    if _is_written(given, "s3_bucket") or _is_written(given, "s3_key"):
        return _stored(given, archives, wanted) or Code(
            CodeKind.REMOTE, "", nothing, given.place("s3_key")
        )
    if not _is_written(given, "filename"):
        return Code(CodeKind.UNKNOWN, "", nothing, given.owner)
    return local(given.text("filename"), resource.scope, given.place("filename"), wanted)


def packed(given: Properties, name: str, scope: Scope, archives: Archives, wanted: Wanted) -> Code:
    """What an archive at a path holds: what the configuration packs, or what lies there."""
    archive = archives.named(given.outcomes(name), scope)
    if archive is not None:
        return of_archive(archive, given.place(name), wanted)
    return local(given.text(name), scope, given.place(name), wanted)


def _stored(given: Properties, archives: Archives, wanted: Wanted) -> Code | None:
    """What an object that the project itself puts into a bucket is made of."""
    targets = given.text("s3_key").targets
    stored = next((archives.objects[one] for one in targets if one in archives.objects), None)
    if stored is None or not _is_written(stored.properties, "source"):
        return None
    found = packed(stored.properties, "source", stored.scope, archives, wanted)
    return replace(found, span=given.place("s3_key"))


def _is_written(given: Properties, *path: str) -> bool:
    found = given.outcomes(*path)
    return bool(found) and not all(one.absent or one.text == "" for one in found)


def of_archive(archive: Resource, place: Span, wanted: Wanted) -> Code:
    """What an archive is made of: a folder, a file, or texts."""
    given, scope = archive.properties, archive.scope
    for name in ("source_dir", "source_file"):
        if _is_written(given, name):
            return _alone(local(given.text(name), scope, given.place(name), wanted))
    texts = list(_texts(given))
    named = [one for one in texts if any(one[1].is_in((f"{stem}.py",)) for stem in wanted)]
    if len(texts) == 1 or len(named) == 1:
        return _of_text(*(named or texts)[0])
    return Code(CodeKind.UNKNOWN, "", Value((), place, NOT_SET), place)


def _alone(code: Code) -> Code:
    """The code of an archive of one file: what lies beside it is not packed."""
    if code.kind is not CodeKind.FILE:
        return code
    return replace(code, packing=Packing(only=(posixpath.basename(code.path),)))


def _texts(given: Properties) -> Iterator[tuple[Outcome, Value[str], Span]]:
    """The texts that are packed, each with the name under which."""
    alone = given.only("source_content")
    if alone is not None:
        yield alone, given.text("source_content_filename"), given.place("source_content")
    for source in given.mappings("source"):
        content = source.only("content")
        if content is not None:
            yield content, source.text("filename"), source.place("content")


def _of_text(content: Outcome, name: Value[str], place: Span) -> Code:
    """Code that is one text: that of a file, or one that stands in the configuration."""
    node = content.node
    nothing: Value[str] = Value((), place, NOT_SET)
    if not isinstance(node, ScalarNode) or not name.known:
        return Code(CodeKind.UNKNOWN, "", nothing, place)
    path = node.source.path
    if path.endswith(".py") and posixpath.basename(path) == name.only:
        return Code(CodeKind.FILE, path, Value((Choice(path, place),), place), place)
    module = name.only.removesuffix(".py").replace("/", ".")
    # A file that is packed under another name is found by that, and beside no others.
    text = node.source if path.endswith(".py") else inline(node)
    return Code(CodeKind.INLINE, "", nothing, place, text, module=module)


def local(uri: Value[str], scope: Scope, span: Span, wanted: Wanted = NONE) -> Code:
    """What a path of the configuration leads to; of what commands make, what they make it of."""
    if not uri.known:
        return Code(CodeKind.UNKNOWN, "", uri, span)
    found = list(places(uri.only, scope))
    if not found:
        return Code(CodeKind.UNKNOWN, "", uri, span)
    for path in found:
        kind = kind_at(path, scope.use.tree)
        if kind not in (CodeKind.MISSING, CodeKind.ARCHIVE):
            return Code(kind, path, uri, span)
    path = next((one for one in found if scope.use.tree.is_file(one)), found[0])
    source = source_of(path, scope, wanted)
    if source is not None:
        return Code(kind_at(source, scope.use.tree), source, uri, span, filled=path)
    if scope.use.tree.is_file(path):
        return Code(CodeKind.ARCHIVE, path, uri, span)
    if is_built(path, span.path, scope.use.tree) or _is_made_here(path, scope):
        return Code(CodeKind.BUILT, path, uri, span)
    if scope.use.copied:
        return Code(CodeKind.UNKNOWN, "", uri, span)
    return Code(CodeKind.MISSING, path, uri, span)


def _builds_image(resource: Resource) -> bool:
    """Whether a resource or a module builds an image from a folder."""
    if resource.kind == "module":
        source = resource.properties.text("source")
        return source.known and _IMAGES.fullmatch(source.only) is not None
    return resource.kind in _BUILDERS


_WORDS: dict[str, tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]] = {
    "": (("source_path",), ("docker_file_path",), ("build_target",)),
    "build": (("build", "context"), ("build", "dockerfile"), ("build", "target")),
}
"""What the module of the registry and the provider of Docker call folder, Dockerfile and stage."""


def _built(builder: Resource) -> Built:
    given = builder.properties
    path, file, stage = _WORDS["" if builder.kind == "module" else "build"]
    context = given.text(*path)
    if not context.known:
        return _UNKNOWN
    tree = builder.scope.use.tree
    folder = next(
        (one for one in places(context.only, builder.scope) if tree.is_folder(one or ".")), None
    )
    named = given.text(*file, default="Dockerfile")
    target = given.text(*stage, default="")
    return {
        "context": folder,
        "dockerfile": named.only if named.known else "Dockerfile",
        "stage": target.only if target.known else "",
    }


def _is_made_here(path: str, scope: Scope) -> bool:
    """Whether something that the configuration runs speaks of a path."""
    name = path.rpartition("/")[2]
    return any(name in text for _, text in scope.module.commands)
