"""Where the code of a construct lies: assets, inline code, images, S3."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Sequence
from functools import cached_property

from lamlint.dialects.cdk.nodes import Lowering
from lamlint.dialects.cdk.objects import (
    Either,
    Folder,
    Items,
    Made,
    Part,
    Plain,
    Thing,
    construct,
)
from lamlint.dialects.cdk.place import Place
from lamlint.dialects.cdk.template import given
from lamlint.dialects.cloudformation.code import local
from lamlint.dialects.cloudformation.scope import Scope
from lamlint.dialects.values import text, value
from lamlint.files.paths import around, normal
from lamlint.model import NOT_SET, Choice, Code, CodeKind, Image, Value
from lamlint.packages.requirements import build_scripts
from lamlint.text import Host, Piece, Source, Tree
from lamlint.text.dataclass import dataclass, replace
from lamlint.text.regex import Regex

_ASSETS = (
    "Code.from_asset",
    "Code.asset",
    "AssetCode",
    "AssetCode.from_asset",
    "Code.from_custom_command",
)
AS_IS = frozenset(_ASSETS) - {"Code.from_custom_command"}
"""Those of which a folder is packed as it lies there, unless something bundles it."""
_INSTALLING = Regex(r"\bpip3?\b[^\n]{0,200}[ \t](?:-t|--target)\b")
_INLINE = ("Code.from_inline", "Code.inline", "InlineCode")
_BUILT = ("Code.from_docker_build", "AssetCode.from_docker_build")
_REMOTE = (
    "Code.from_bucket",
    "Code.from_bucket_v2",
    "Code.bucket",
    "S3Code",
    "Code.from_cfn_parameters",
)
_IMAGES = (
    "from_image_asset",
    "from_asset_image",
    "AssetImageCode",
    "AssetImageCode.from_asset_image",
)
_IN_A_REPOSITORY = ("Code.from_ecr_image", "DockerImageCode.from_ecr", "EcrImageCode")
_PUSHED = "DockerImageAsset"
"""What the CDK builds an image of, and pushes to a repository of its own."""
BUNDLING = "bundling"
"""The argument of an asset whose command makes what is deployed out of its folder."""

_COPYING = Regex(r"\b(?:cp|rsync|mv|copytree|copySync|cpSync|hostPath|host_path)\b")
_NAMED = Regex(r"(?:^|[/\s'\"`])([A-Za-z_]\w*)(?=/?(?:[*.\s'\"`]|$))")


@dataclass(frozen=True)
class Home:
    """Where paths of an app start: the folder it is run in, or where they lead somewhere.

    An app without a cdk.json may be run in one of several folders, those `started`, or in one
    above: it is `loose`.
    """

    root: str
    tree: Tree
    started: frozenset[str]
    loose: bool = False

    @cached_property
    def installs(self) -> bool:
        """Whether a script of the project may install into the folders of its code."""
        return any(_INSTALLING.search(text) for _, text in build_scripts(self.tree))

    def path(self, thing: Thing) -> str | None:
        """The path of a thing from the project's root; None where it is not known."""
        match thing:
            case Folder():
                return thing.path
            case Plain(value=str() as written) if not written.startswith(("/", "~")):
                return self._found(written.replace("\\", "/"), thing.at.source.path)
            case _:
                return None

    def _found(self, written: str, path: str) -> str | None:
        """A relative path: from the app's folder, else from the first above the code with it."""
        above = tuple(around(posixpath.dirname(path)))
        run_in = self._run_in(above)
        for folder in (*run_in, *above):
            whole = normal(posixpath.join(folder, written))
            if not whole.startswith("..") and self._is_there(whole):
                return whole
        wholes = [normal(posixpath.join(folder, written)) for folder in self.started]
        if len(wholes) > 1 and any(map(self._is_there, wholes)):
            return None
        return normal(posixpath.join(self._likely((*run_in, *above), written), written))

    def _run_in(self, above: Sequence[str]) -> tuple[str, ...]:
        """The folder that the app is run in: the only one, or those that hold the code."""
        if len(self.started) == 1:
            return tuple(self.started)
        return tuple(folder for folder in above if folder in self.started)

    def _likely(self, folders: Sequence[str], written: str) -> str:
        """Where a path starts of which nothing is there: where its first folder is, if anywhere."""
        top, _, inner = normal(written).partition("/")
        for folder in folders if self.loose and inner and top != ".." else ():
            if self.tree.is_folder(normal(posixpath.join(folder, top))):
                return folder
        return folders[0]

    def _is_there(self, path: str) -> bool:
        return self.tree.is_file(path) or self.tree.is_folder(path)


def last(made: Made) -> str:
    """The class and the method of a library's name."""
    *_, one, other = ("", *made.name.split("."))
    return f"{one}.{other}" if one[:1].isupper() else other


def code(thing: Thing | None, home: Home, scope: Scope, lowering: Lowering, owner: Place) -> Code:
    """The code that a construct is given."""
    nothing: Value[str] = Value((), owner.span, NOT_SET)
    if isinstance(thing, Either):
        return Code(CodeKind.UNKNOWN, "", _undecided(thing.at), thing.at.span)
    if not isinstance(thing, Made):
        return Code(CodeKind.UNKNOWN, "", nothing, thing.at.span if thing else owner.span)
    name = last(thing)
    first = given(thing, "path", "code", "directory", "asset_directory", place=0)
    if name in _INLINE:
        return Code(CodeKind.INLINE, "", nothing, thing.at.span, inline(first))
    if name.endswith((*_IMAGES, *_IN_A_REPOSITORY)) or "Image" in name:
        return image(thing, home, scope, lowering)
    if name in _ASSETS or name in _BUILT:
        found = asset(first, home, scope, lowering, thing.at)
        if name in _BUILT and found.kind is CodeKind.FOLDER:
            return Code(CodeKind.BUILT, found.path, found.uri, found.span)
        bundled = given(thing, BUNDLING)
        if bundled is None:
            return replace(found, asks_in_vain=name in AS_IS and _asks_in_vain(found, home))
        return replace(found, build_method=BUNDLING, copied=copied(bundled))
    kind = CodeKind.REMOTE if name in _REMOTE else CodeKind.UNKNOWN
    return Code(kind, "", nothing, thing.at.span)


def _asks_in_vain(found: Code, home: Home) -> bool:
    """Whether a folder asks for what nothing installs: the CDK itself takes what lies there."""
    asked = found.kind is CodeKind.FOLDER and home.tree.is_file(
        posixpath.join(found.path, "requirements.txt")
    )
    return asked and not home.installs


def asset(thing: Thing | None, home: Home, scope: Scope, lowering: Lowering, owner: Place) -> Code:
    """The code at a path."""
    if thing is None:
        return Code(CodeKind.UNKNOWN, "", Value((), owner.span, NOT_SET), owner.span)
    path = home.path(thing)
    if path is None:
        node = lowering.node(thing)
        uri = value(scope.outcomes(node), thing.at.span, text, None)
        return Code(CodeKind.UNKNOWN, "", uri, thing.at.span)
    relative = posixpath.relpath(path or ".", home.root or ".")
    return local(Value((Choice(relative, thing.at.span),), thing.at.span), scope, thing.at.span, "")


def copied(bundling: Thing | None) -> frozenset[str]:
    """What lines of a bundling name that copy: `shared` of `cp -r /var/shared /asset-output`."""
    if bundling is None:
        return frozenset()
    lines = (line for line in bundling.at.text.splitlines() if _COPYING.search(line))
    return frozenset(name for line in lines for name in _NAMED.findall(line))


def _undecided(at: Place) -> Value[str]:
    return Value((), at.span, "a condition decides where it is")


def image(made: Made, home: Home, scope: Scope, lowering: Lowering) -> Code:
    """A container image that the project makes, or takes from elsewhere."""
    nothing: Value[str] = Value((), made.at.span, NOT_SET)
    built = made if last(made).endswith(_IMAGES) else _pushed(made)
    folder = _folder_of(built)

    def words(name: str) -> tuple[Value[str], ...]:
        listed = given(made, name)
        if not isinstance(listed, Items):
            return ()
        nodes = [(one, lowering.node(one)) for one in listed.values]
        return tuple(value(scope.outcomes(node), one.at.span, text, None) for one, node in nodes)

    found = Image(
        entry=words("entrypoint"),
        command=words("cmd"),
        context=home.path(folder) if folder is not None else None,
        dockerfile=_plain(given(built or made, "file")) or "Dockerfile",
        stage=_plain(given(built or made, "target")),
    )
    return Code(CodeKind.IMAGE, "", nothing, made.at.span, image=found)


def _pushed(made: Made) -> Made | None:
    """What the image of a repository is built of, where that is one of an asset of the app."""
    of = given(made, "repository", place=0)
    asset = construct(of.of) if isinstance(of, Part) and of.name == "repository" else None
    return asset if isinstance(asset, Made) and last(asset).endswith(_PUSHED) else None


def _folder_of(built: Made | None) -> Thing | None:
    """The folder that an image is built of; a construct is given a scope and an id ahead."""
    if built is None:
        return None
    return given(built, "directory", place=2 if last(built).endswith(_PUSHED) else 0)


def _plain(thing: Thing | None) -> str:
    return thing.value if isinstance(thing, Plain) and isinstance(thing.value, str) else ""


# --- code that stands in the stack's own


def inline(thing: Thing | None) -> Source | None:
    """The code of a text, at its place; None where it is put together from unknown parts."""
    if not isinstance(thing, Plain) or not isinstance(thing.value, str):
        return None
    at = thing.at
    if thing.value == at.source.text:
        return at.source
    pieces = tuple(_pieces(at, thing.value)) if thing.written else ()
    host = Host(at.source, pieces or (Piece(0, at.start, 0),), "" if pieces else None)
    return Source(at.source.path, thing.value, host=host)


def _pieces(at: Place, text: str) -> Iterator[Piece]:
    """The one run of a literal without escapes; none where it has them."""
    written = at.text
    start = len(written) - len(written.lstrip("rRuUbBfF"))
    for mark in ('"""', "'''", '"', "'", "`"):
        if written.startswith(mark, start):
            inner = written[start + len(mark) : -len(mark)]
            if inner == text:
                yield Piece(0, at.start + start + len(mark), len(text))
            return
