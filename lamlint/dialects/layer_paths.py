"""Which layers surely bring nothing that can be imported, by where their content lies.

Of a layer only `python` and `python/lib/python3.x/site-packages` are on the path of imports
(https://docs.aws.amazon.com/lambda/latest/dg/packaging-layers.html). What is packed as it lies
brings nothing where it has no folder `python` and no step of a build makes one; what a build makes
in a folder that is itself called `python` lies at the top of the layer. Anything else is not known.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import field
from functools import cached_property

from lamlint.files.paths import around, below
from lamlint.model import Code, CodeKind, Function, Layer
from lamlint.text import Source, Tree
from lamlint.text.dataclass import dataclass, replace
from lamlint.text.regex import Regex

HOME = "python"
"""The folder of a layer that Python imports from."""
_STEPS = frozenset(
    {
        "Makefile", "makefile", "GNUmakefile", "justfile", "Justfile", "Dockerfile", "Jenkinsfile",
        ".gitignore",
    }
)  # fmt: skip
_ENDINGS = (
    ".sh", ".bash", ".ps1", ".mk", ".bat", ".cmd", ".py", ".js", ".mjs", ".cjs", ".ts", ".yml",
    ".yaml", ".json", ".toml", ".tf", ".tofu", ".hcl", ".cfg", ".ini",
)  # fmt: skip
"""What may tell the steps of a build, of whatever tool."""
_INSIDE = ("setup.py", "setup.cfg", "pyproject.toml", "package.json", "Dockerfile", "Makefile")
"""What says in the content itself that something else is made of it."""
_RUN = (".sh", ".bash", ".ps1", ".bat", ".cmd", ".mk")
_MOST = 50
"""How many layers of a project are looked at; real ones have up to a dozen without the folder."""
_LAYERS = (b"layer", b"Layer", b"LAYER")
_MADE = Regex(
    r"(?<![\w.\-])(?<!/opt/)python[/\\]"
    r"|(?<!bin)(?<!/opt)[/\\]python(?![\w.:\-])"
    r"|[\"'`]python[\"'`]"
    r"|(?:\b(?:mkdir|md|cp|mv|copy|xcopy|robocopy|rsync|zip|install|cd|pushd|7z|tar)\b"
    r"|[ \t](?:-t|--target|--prefix)[ \t=])[^\n]{0,300}?[ \t=\"']python(?=[\s\"';&|)]|\Z)"
    r"|^[ \t]{0,20}python[/\\]?[ \t]{0,20}$",
    re.MULTILINE,
)
"""What speaks of a folder `python`, the one of a shell's PATH and that of the runtime aside."""
_MADE_BELOW = Regex(
    r"(?<![\w.\-])python[/\\]{1,2}(?:python(?![\w.])|[$%{*])"
    r"|[\"']python[\"'],?\s{0,9}[\"']python[\"']"
)
"""What speaks of a folder `python` in one of that name, or may."""
_BELOW = Regex(r"(?<![\w.\-])(?P<above>[\w.\-]{1,200})[\"'\s/\\,]{1,6}python(?![\w.\-])")
"""What speaks of a folder `python` in another."""
_VARIABLE = Regex(r"(?:\$\w{1,99}|[})%])[\"']?[/\\]python(?![\w.:\-])")


def placed(functions: Sequence[Function], tree: Tree) -> tuple[Function, ...]:
    """The functions, with the layers marked that surely bring no import."""
    named: dict[str, set[tuple[int, int]]] = {}
    for layer in (layer for function in functions for layer in function.layers):
        for choice in () if layer.content is None else layer.content.uri.choices:
            named.setdefault(choice.span.path, set()).add((choice.span.start, choice.span.end))
    placing = _Placing(tree, named)
    return tuple(_placed(one, placing) for one in functions)


def _placed(function: Function, placing: _Placing) -> Function:
    if not any(layer.content is not None for layer in function.layers):
        return function
    layers = tuple(map(placing.layer, function.layers))
    return function if layers == function.layers else replace(function, layers=layers)


@dataclass(frozen=True, eq=False)
class _Said:
    """What a text says of folders `python`: looked for once, however many layers there are."""

    text: str

    @cached_property
    def makes(self) -> bool:
        """Whether it speaks of one."""
        return _MADE.search(self.text) is not None

    @cached_property
    def below(self) -> bool:
        """Whether it speaks of one in another, or may."""
        return _MADE_BELOW.search(self.text) is not None

    @cached_property
    def varies(self) -> bool:
        """Whether it speaks of one in a folder that a variable names."""
        return _VARIABLE.search(self.text) is not None

    @cached_property
    def varies_here(self) -> bool:
        """The same, the folder of a module of Terraform aside."""
        return _VARIABLE.search(self.text.replace("path.module}/", "")) is not None

    @cached_property
    def filled(self) -> frozenset[str]:
        """The names of the folders in which it speaks of one."""
        return frozenset(hit["above"] for hit in _BELOW.finditer(self.text))


def _without(text: str, places: Collection[tuple[int, int]]) -> str:
    """A text without what stands in some places."""
    kept, last = [], 0
    for start, end in sorted(places):
        kept.append(text[last:start])
        last = max(last, end)
    return "".join([*kept, text[last:]])


@dataclass(frozen=True)
class _Placing:
    """Answers for the files of a project; each content is looked at once."""

    tree: Tree
    named: Mapping[str, Collection[tuple[int, int]]]
    """Where configurations name the contents of layers: that says of no step of a build."""
    _known: dict[tuple[CodeKind, str, str], bool] = field(default_factory=dict)
    _said: dict[str, _Said] = field(default_factory=dict)

    def layer(self, layer: Layer) -> Layer:
        """The layer, marked where nothing of it can be imported."""
        content = layer.content
        if content is None or content.build_method or content.rearranged or content.filled:
            return layer
        if not content.as_is and content.kind is CodeKind.INLINE:
            inner = content.module.partition(".")[0] != HOME
            return replace(layer, off_path=True) if inner else layer
        key = (content.kind, content.path, content.span.path)
        if key not in self._known:
            self._known[key] = len(self._known) < _MOST and self._is_off_path(content)
        return replace(layer, off_path=True) if self._known[key] else layer

    def _is_off_path(self, content: Code) -> bool:
        path = content.path
        if path.startswith("../") or not path:
            return False
        match content.kind:
            case CodeKind.FOLDER:
                return self._lacks_home(path) and not self._is_made(path)
            case CodeKind.FILE:
                return content.is_alone
            case CodeKind.ARCHIVE:
                return self._is_flat(path) and not self._is_made(path)
            case CodeKind.BUILT:
                return posixpath.basename(path) == HOME and self._is_filled(path)
            case _:
                return False

    def _lacks_home(self, path: str) -> bool:
        """Whether a folder is here with code in it, and nothing there makes a folder `python`."""
        if self.tree.is_folder(posixpath.join(path, HOME)):
            return False
        names = [posixpath.relpath(one, path) for one in self.tree.sources(path)]
        return any(one.endswith(".py") for one in names) and not any(
            "/" not in one and (one in _INSIDE or one.endswith(_RUN)) for one in names
        )

    def _is_flat(self, path: str) -> bool:
        found = self.tree.archive(path)
        if not isinstance(found, tuple) or not found:
            return False
        return not any(entry.path.lstrip("./").startswith(f"{HOME}/") for entry in found)

    def _is_made(self, path: str) -> bool:
        """Whether some step of a build may put a folder `python` into a layer's content."""
        name = posixpath.basename(path)
        nested = name == HOME
        found = map(self._of, self._speaking(name, path))
        if nested:
            return any(said.below or said.varies for said in found)
        return any(said.makes for said in found)

    def _is_filled(self, path: str) -> bool:
        """Whether a step of a build surely makes a folder, and none another `python` in it."""
        above = posixpath.basename(posixpath.dirname(path))
        if not above:
            return False
        filled = False
        for told in self._speaking(above, path):
            said = self._of(told)
            if said.below:
                return False
            if above in said.filled:
                if said.varies_here and not told.endswith((".tf", ".tofu")):
                    return False
                filled = filled or not told.endswith(".gitignore")
        return filled

    def _speaking(self, name: str, path: str) -> Iterator[str]:
        """The files that may tell steps of a build, and speak of layers or of a folder."""
        words = (*_LAYERS, name.encode("utf-8", "surrogatepass"))
        for one in self.tree.sources():
            known = posixpath.basename(one) in _STEPS or one.endswith(_ENDINGS)
            if known and not below(one, path) and self.tree.mentions(one, words):
                yield one
        for folder in around(posixpath.dirname(path)):
            yield posixpath.join(folder, ".gitignore") if folder != "." else ".gitignore"

    def _of(self, path: str) -> _Said:
        """What a file says of folders, the paths of layers in it aside."""
        if path not in self._said:
            source = self.tree.read(path) if self.tree.is_file(path) else None
            text = source.text if isinstance(source, Source) else ""
            self._said[path] = _Said(_without(text, self.named.get(path, ())))
        return self._said[path]
