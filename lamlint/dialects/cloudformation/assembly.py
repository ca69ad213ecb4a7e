"""What `cdk synth` leaves beside an app: the templates of its stacks, by its manifest."""

from __future__ import annotations

import json
import posixpath
from collections.abc import Iterator, Mapping
from itertools import islice

from lamlint.files.kinds import is_synthesized
from lamlint.model import CodeKind, Function
from lamlint.text import Source, Tree
from lamlint.text.dataclass import dataclass, replace

_APP = "cdk.json"
_OUTPUT = "cdk.out"
_MANIFEST = "manifest.json"
_STACK = "aws:cloudformation:stack"
_NESTED = "cdk:cloud-assembly"
_MOST_FILES = 20_000
_MOST = 200
"""How many assemblies of one app are looked into: a stage has one of its own."""


def templates(tree: Tree) -> Iterator[str]:
    """The templates of the apps of a project, where they are synthesized."""
    for path in tree.sources():
        if posixpath.basename(path) == _APP:
            yield from _of_assembly(posixpath.join(posixpath.dirname(path), _OUTPUT), tree)


def _of_assembly(folder: str, tree: Tree) -> Iterator[str]:
    """The templates in the folder of an assembly, and in those within it."""
    waiting, seen = [folder], {folder}
    while waiting and len(seen) <= _MOST:
        current = waiting.pop()
        for kind, named in _artifacts(posixpath.join(current, _MANIFEST), tree):
            path = posixpath.join(current, named)
            if kind == _STACK and tree.is_file(path):
                yield path
            elif kind == _NESTED and path not in seen:
                seen.add(path)
                waiting.append(path)


def _artifacts(path: str, tree: Tree) -> Iterator[tuple[str, str]]:
    """The kinds of what a manifest lists, each with its file or folder beside the manifest."""
    source = tree.read(path) if tree.is_file(path) else None
    if not isinstance(source, Source):
        return
    try:
        listed = json.loads(source.text)["artifacts"].values()
        found = [(one["type"], one.get("properties", {})) for one in listed]
        places = [(kind, p.get("templateFile") or p.get("directoryName")) for kind, p in found]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return
    for kind, place in places:
        if isinstance(place, str) and place and not place.startswith(("/", ".")):
            yield str(kind), place


@dataclass(frozen=True)
class Homes:
    """The modules of a project by their folders, and the folders by each module's name and text."""

    modules: Mapping[str, Mapping[str, str]]
    folders: Mapping[tuple[str, str], frozenset[str]]

    @classmethod
    def of(cls, tree: Tree) -> Homes:
        """Those of a project, what was synthesized left out."""
        modules: dict[str, dict[str, str]] = {}
        folders: dict[tuple[str, str], set[str]] = {}
        for path in tree.sources():
            source = tree.read(path) if _is_module(path) else None
            if isinstance(source, Source):
                folder, name = posixpath.split(path)
                modules.setdefault(folder, {})[name] = source.text
                folders.setdefault((name, source.text), set()).add(folder)
        return cls(modules, {key: frozenset(found) for key, found in folders.items()})

    def home(self, packed: Mapping[str, str]) -> str | None:
        """The one folder of which all modules were packed, each with the same text."""
        found = [self.folders.get(one, frozenset()) for one in packed.items()]
        fewest = min(filter(None, found), key=len, default=frozenset[str]())
        same = [folder for folder in fewest if self.modules[folder].items() <= packed.items()]
        return same[0] if len(same) == 1 else None


def _is_module(path: str) -> bool:
    return path.endswith(".py") and not is_synthesized(path)


def at_home(function: Function, homes: Homes, tree: Tree) -> Function:
    """A function with the folder that its code was packed from, where only one has the same."""
    asset = function.code.path
    if function.code.kind is not CodeKind.FOLDER or not is_synthesized(asset):
        return function
    home = homes.home(dict(_packed(asset, tree)))
    code = function.code if home is None else replace(function.code, path=home)
    return replace(function, code=code)


def _packed(asset: str, tree: Tree) -> Iterator[tuple[str, str]]:
    """The modules at the top of what was packed, with their texts."""
    for entry in islice(tree.contents(asset), _MOST_FILES):
        folder, name = posixpath.split(entry.path)
        source = tree.read(entry.path) if folder == asset and name.endswith(".py") else None
        if isinstance(source, Source):
            yield name, source.text
