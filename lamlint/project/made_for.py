"""What of a function's code and layers was made for some versions of Python, and no later one."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping, Sequence

from lamlint.files.paths import normal
from lamlint.model import Code, CodeKind, Function, Layer, Literal
from lamlint.packages.requirements import build_scripts, required
from lamlint.text import Span, Tree
from lamlint.text.dataclass import dataclass
from lamlint.text.regex import Regex

_COMPILED = Regex(r"\.cpython-3(?P<minor>\d{1,3})[\w-]{0,60}\.so\Z")
_STABLE = ".abi3.so"
_ANY = 1_000
"""More than any version that `abi3` does not serve."""
_LIBRARIES = Regex(r"(?:^|/)python/lib/python3\.(?P<minor>\d{1,3})/site-packages(?:/|\Z)")
_FILLED = Regex(r"lib/python3\.(?P<minor>\d{1,3})/site-packages\b")
_RUNTIME = Regex(r"python3\.(?P<minor>\d{1,3})")
_REFUSING = frozenset({"cdk", "cdk-typescript"})
"""The dialects whose tool refuses a layer to a function of a runtime that it is not for."""
_BINARY = Regex(r"(?:python|py\s+-)3\.(?P<minor>\d{1,3})(?!\d)")
"""`python3.8`, `/opt/python3.8/bin/python`, `py -3.8`."""
_NAME = Regex(r":layer:(?P<name>[\w-]{1,140})")
_NAMED = Regex(r"(?i)(?<![a-z0-9])p(?:y(?:thon)?)?[-_]?3[-_]?(?P<minor>[5-9]|1\d)(?!\d)")
"""`AWSSDKPandas-Python39`, `Klayers-p312-numpy`."""
_ANY_PYTHON = Regex(r"(?i)extension|powertools|collector")
"""Layers of AWS and others that are no Python at all, or run on each that Lambda has."""
_LONGEST_PATH = 200
_IN_A_LAYER = Regex(r"(?:(?:^|/)python)?(?:/lib/python3\.\d{1,3}/site-packages)?\Z")


@dataclass(frozen=True, slots=True)
class MadeFor:
    """Something that only versions of Python up to 3.`minor` can use, and in which words.

    `elsewhere` says that nobody here makes it.
    """

    minor: int
    span: Span
    what: str
    why: str
    elsewhere: bool = False


@dataclass(frozen=True, slots=True)
class _Part:
    """The code of a function or the content of a layer, and what it is called."""

    code: Code
    name: str = ""
    layer: bool = False

    @property
    def said(self) -> str:
        return f"the layer {self.name}" if self.name else "a layer"


def made_for(
    function: Function, folders: Sequence[str], scripts: Mapping[str, Sequence[MadeFor]], tree: Tree
) -> Iterator[MadeFor]:
    """What binds a function's code and its layers.

    `folders` are those of layers that no template leads to; `scripts` say by the home of a
    layer which of its folders they fill.
    """
    layers = [(one.content, one.name) for one in function.layers if one.content is not None]
    parts = [_Part(function.code), *(_Part(code, name, layer=True) for code, name in layers)]
    for part in parts:
        paths = _paths(part.code, tree)
        yield from _compiled(part, paths)
        yield from _installed(part.code)
        if part.layer:
            yield from _libraries(part, paths)
            refused = function.dialect in _REFUSING
            if not (refused and _moves_along(part.code, function)):
                yield from _declared(part, paths, tree, refused=refused)
    for layer in function.layers:
        if layer.content is None:
            yield from _named(layer)
    homes = [part.code.path for part in parts if part.layer and part.code.kind is CodeKind.FOLDER]
    homes += [layer_home(folder) for folder in folders]
    for home in dict.fromkeys(homes):
        yield from scripts.get(home, ())


def layer_home(folder: str) -> str:
    """The folder of a layer's content, of one that it adds to the import path."""
    return _IN_A_LAYER.sub("", folder)


def filled_by_scripts(tree: Tree) -> Mapping[str, Sequence[MadeFor]]:
    """What the project's scripts install for one version of Python, by the home of the layer."""
    found: dict[str, dict[MadeFor, None]] = {}
    for path, text in build_scripts(tree):
        for hit in _FILLED.finditer(text):
            folder = _path_before(text, hit.start())
            span = Span(path, hit.start() - len(folder), hit.end())
            what = f"{folder}lib/python3.{hit['minor']}"
            one = MadeFor(int(hit["minor"]), span, what, _only_there(hit["minor"]))
            # A script runs where it stands or in the root.
            for start in (posixpath.dirname(path), ""):
                home = layer_home(normal(posixpath.join(start, folder)).rstrip("/"))
                found.setdefault(home, {})[one] = None
    return {home: tuple(each) for home, each in found.items() if home}


def _path_before(text: str, end: int) -> str:
    """The beginning of a path that ends at a place of a text."""
    start = end
    while start > max(0, end - _LONGEST_PATH) and (
        text[start - 1].isalnum() or text[start - 1] in "_-./"
    ):
        start -= 1
    return text[start:end].lstrip("/")


def unsaid(function: Function) -> Iterator[tuple[Span, str]]:
    """The layers of which nothing here says what Python they run on; a name may be empty."""
    for layer in function.layers:
        content = layer.content
        if content is None:
            name = layer_name(layer)
            if _NAMED.search(name) is None and _ANY_PYTHON.search(name) is None:
                yield layer.span, name
        elif content.is_away and not (content.compatible or content.build_method):
            yield layer.span, layer.name


def layer_name(layer: Layer) -> str:
    """What a layer of others is called in its ARN, as far as that is known."""
    parts = (part.text if isinstance(part, Literal) else "?" for part in layer.parts)
    told = _NAME.search(layer.name or "".join(parts))
    return told["name"] if told is not None else ""


def _paths(code: Code, tree: Tree) -> Sequence[str] | None:
    """The files of code that is here; None where they are not known."""
    if code.kind is CodeKind.FOLDER:
        start = len(code.path) + 1 if code.path else 0
        return [path[start:] for path in tree.sources(code.path)]
    if code.kind is CodeKind.ARCHIVE:
        found = tree.archive(code.path)
        return [one.path for one in found] if isinstance(found, tuple) else None
    return None


def _compiled(part: _Part, paths: Sequence[str] | None) -> Iterator[MadeFor]:
    """An extension module for each version that is the newest of the builds of one."""
    newest: dict[str, tuple[int, str]] = {}
    for path in paths or ():
        hit = _COMPILED.search(path)
        if hit is not None or path.endswith(_STABLE):
            stem = path[: hit.start()] if hit is not None else path.removesuffix(_STABLE)
            one = (_ANY if hit is None else int(hit["minor"]), path)
            newest[stem] = max(one, newest.get(stem, one))
    first = dict(sorted(newest.values(), reverse=True))
    for minor in sorted(first.keys() - {_ANY}):
        what = posixpath.basename(first[minor]) + (f" in {part.said}" if part.layer else "")
        yield MadeFor(minor, part.code.span, what, f"is compiled for Python 3.{minor} only")


def _installed(code: Code) -> Iterator[MadeFor]:
    """The version that the template names for what is installed: `python3.8`, `py -3.8`."""
    for choice in code.python.choices if code.python is not None else ():
        hit = _BINARY.search(choice.value)
        if hit is not None:
            why = f"is for Python 3.{hit['minor']} only"
            yield MadeFor(int(hit["minor"]), choice.span, f"what `{choice.value}` installs", why)


def _libraries(part: _Part, paths: Sequence[str] | None) -> Iterator[MadeFor]:
    """The folders of one version each, of which no other version imports."""
    minors = {int(hit["minor"]) for path in paths or () if (hit := _LIBRARIES.search(path))}
    if minors:
        last = str(max(minors))
        what = f"python/lib/python3.{last} of {part.said}"
        yield MadeFor(max(minors), part.code.span, what, _only_there(last))


def _declared(
    part: _Part, paths: Sequence[str] | None, tree: Tree, *, refused: bool
) -> Iterator[MadeFor]:
    """The version that a layer is built for, or that its author says it is compatible with.

    Plain Python that nothing is installed beside runs on others, whatever is said; it is
    `refused` to them by the tool that deploys it.
    """
    code = part.code
    if paths is not None and not refused and not _is_bound(code, paths, tree):
        return
    built = _RUNTIME.fullmatch(code.build_method)
    if built is not None:
        minor = int(built["minor"])
        yield MadeFor(minor, code.span, part.said, f"is built for Python 3.{minor} only")
        return
    said = [_RUNTIME.fullmatch(choice) for choice in _known(code)]
    minors = [int(hit["minor"]) for hit in said if hit is not None]
    if minors and len(minors) == len(said):
        last = f"Python 3.{max(minors)} at most"
        why = (
            f"the CDK gives to functions on {last}"
            if refused
            else f"is said to be compatible with {last}"
        )
        yield MadeFor(max(minors), code.span, part.said, why)


def _moves_along(code: Code, function: Function) -> bool:
    """Whether a layer is said to be for the runtime of the function by the same words."""
    places = {choice.span for choice in function.runtime.choices}
    return any(choice.span in places for one in code.compatible for choice in one.choices)


def _named(layer: Layer) -> Iterator[MadeFor]:
    """The version that a layer of others has in its name, as there is one for each version."""
    name = layer_name(layer)
    minors = [int(hit["minor"]) for hit in _NAMED.finditer(name)]
    if minors:
        what, last = f"the layer {name}", max(minors)
        yield MadeFor(last, layer.span, what, f"is named for Python 3.{last}", elsewhere=True)


def _known(code: Code) -> Iterator[str]:
    for one in code.compatible:
        yield from (choice.value for choice in one.choices) if one.choices else ("",)


def _is_bound(code: Code, paths: Sequence[str], tree: Tree) -> bool:
    if code.kind is CodeKind.FOLDER and not code.as_is:
        for folder in (code.path, posixpath.join(code.path, "python")):
            wanted = required(tree, folder)
            if wanted is not None and (wanted.requirements or wanted.unread):
                return True
    return any(path.endswith(".so") for path in paths)


def _only_there(minor: str) -> str:
    return f"only Python 3.{minor} imports from"
