"""The apps of a project: what its cdk.json files say, and the modules that are left."""

from __future__ import annotations

import posixpath
import shlex
from collections.abc import Callable, Iterator, Mapping
from dataclasses import field

from lamlint.dialects.cdk.objects import Keyed, Thing
from lamlint.dialects.cdk.reading import thing
from lamlint.dialects.tree.node import MappingNode, ScalarNode
from lamlint.dialects.tree.yaml import Broken, composed
from lamlint.files.paths import normal
from lamlint.text import Tree, Unread, Unreadable
from lamlint.text.dataclass import dataclass

MANIFEST = "cdk.json"


@dataclass(frozen=True)
class App:
    """An app: its file, the folder that its paths start from, the module that is run, its context.

    `file` is cdk.json, or the module that is read by itself. `started` are the folders that the
    command may be run in where no cdk.json says so.
    """

    file: str
    entry: str
    context: Mapping[str, Thing] = field(default_factory=dict)
    started: frozenset[str] = frozenset()

    @property
    def root(self) -> str:
        """The folder that paths start from."""
        return posixpath.dirname(self.file)


def apps(tree: Tree, entry: Callable[[str, str, Tree], str]) -> Iterator[App]:
    """The apps that cdk.json files name; `entry` gives the module that a command line runs."""
    for path in tree.sources():
        if posixpath.basename(path) == MANIFEST:
            found = _app(path, tree, entry)
            if found is not None:
                yield found


def _app(path: str, tree: Tree, entry: Callable[[str, str, Tree], str]) -> App | None:
    manifest = read(path, tree)
    if manifest is None:
        return None
    command = manifest.get("app")
    start = entry(command.text, path, tree) if isinstance(command, ScalarNode) else ""
    context = manifest.get("context")
    values = thing(context) if context is not None else None
    members = values.members if isinstance(values, Keyed) else {}
    return (
        App(path, start, {str(name): one.value for name, one in members.items()}) if start else None
    )


def read(path: str, tree: Tree) -> MappingNode | None:
    """What a cdk.json file says; one that is no JSON is told as not read."""
    source = tree.read(path)
    if isinstance(source, Unreadable):
        return None
    documents = composed(source)
    if isinstance(documents, Broken):
        tree.unread.add(Unread(source.span(0, 0), f"it is no JSON: {documents.reason}"))
        return None
    root = documents[0] if documents else None
    return root if isinstance(root, MappingNode) else None


def words(command: str) -> list[str]:
    """The words of a command line, whether or not its quotes end."""
    try:
        return shlex.split(command)
    except ValueError:
        return command.split()


def entry(command: str, path: str, tree: Tree) -> str:
    """The module of Python that a command line runs."""
    folder, written = posixpath.dirname(path), words(command)
    for number, word in enumerate(written):
        name = word.replace(".", "/") + ".py" if written[number - 1 : number] == ["-m"] else word
        file = normal(posixpath.join(folder, name))
        if name.endswith(".py") and tree.is_file(file):
            return file
    return ""
