"""Parameter values that samconfig files give to the template beside them."""

from __future__ import annotations

import posixpath
import re
import shlex
from collections.abc import Iterator, Mapping
from dataclasses import field

from lamlint.dialects.cloudformation.scope import Overrides
from lamlint.dialects.tree.node import MappingNode, Node, ScalarNode, SequenceNode
from lamlint.dialects.tree.yaml import Broken, composed
from lamlint.text import Source, Tree, Unread, Unreadable
from lamlint.text.dataclass import dataclass
from lamlint.text.regex import Regex

_NAMES = ("samconfig.toml", "samconfig.yaml", "samconfig.yml")
_COMMANDS = ("global", "deploy")
_FILE = "file://"
_MOST_FILES = 100
"""How many files of values are read, those that they name in turn included."""
_NEAR = 5_000
_WORD = Regex(r"\w+")
_LONG_FORM = Regex(r"ParameterKey=([^,\s]+),ParameterValue=(.*)\Z", re.DOTALL)


def overrides(template: str, tree: Tree) -> Overrides:
    """The parameter values that the default environment sets for a template."""
    folder = posixpath.dirname(template)
    for name in _NAMES:
        source = tree.read(posixpath.join(folder, name))
        if not isinstance(source, Unreadable):
            found = _Found(tree)
            environment = _mapping(_content(source, tree), "default")
            for command in _COMMANDS:
                parameters = _mapping(environment, command, "parameters")
                if _meant(parameters, template, source):
                    found.take(parameters.get("parameter_overrides"), source)
            return Overrides(found.values, found.complete)
    return Overrides({})


def _meant(parameters: Mapping[str, object], template: str, source: Source) -> bool:
    """Whether the parameters of a command are for a template."""
    named = parameters.get("template_file") or parameters.get("template")
    if not isinstance(named, str):
        return True
    folder = posixpath.dirname(source.path)
    return posixpath.normpath(posixpath.join(folder, named)) == template


@dataclass
class _Found:
    """The values found so far; those of files that are named in place of values among them."""

    tree: Tree
    values: dict[str, Node] = field(default_factory=dict)
    complete: bool = True
    _read: set[str] = field(default_factory=set)

    def take(self, written: object, source: Source) -> None:
        """The names and values of parameter_overrides in any of its forms."""
        match written:
            case str() if written.startswith(_FILE):
                self._file(written.removeprefix(_FILE), source)
            case str():
                for name, text in _words(written):
                    self.values[name] = _placed(name, text, source)
            case list():
                for item in written:
                    self.take(item, source)
            case dict():
                for name, value in written.items():
                    if name == "$include":
                        self._include(value, source)
                        continue
                    items = value if isinstance(value, list) else [value]
                    text = ",".join("" if item is None else _text(item) for item in items)
                    self.values[str(name)] = _placed(str(name), text, source)
            case _:
                return

    def _include(self, written: object, source: Source) -> None:
        for path in written if isinstance(written, list) else [written]:
            if isinstance(path, str):
                self._file(path.removeprefix(_FILE), source)

    def _file(self, named: str, source: Source) -> None:
        """The values of a file; one outside the project, or one too many, is never read."""
        path = posixpath.normpath(posixpath.join(posixpath.dirname(source.path), named))
        if path in self._read:
            return
        self._read.add(path)
        inside = not path.startswith(("../", "/", "~")) and len(self._read) <= _MOST_FILES
        found = self.tree.read(path) if inside else Unreadable(path, "it is not looked into")
        if isinstance(found, Unreadable):
            self.complete = False
        else:
            self.take(_content(found, self.tree), found)


def _content(source: Source, tree: Tree) -> object:
    """What a file says; nothing for one that is neither TOML nor YAML."""
    if source.path.endswith(".toml"):
        import tomli

        try:
            return tomli.loads(source.text)
        except (tomli.TOMLDecodeError, RecursionError):
            tree.unread.add(Unread(source.span(0, 0), "it is no TOML"))
            return {}
    documents = composed(source)
    if isinstance(documents, Broken):
        tree.unread.add(Unread(source.span(0, 0), f"it is no YAML: {documents.reason}"))
        return {}
    return _plain(documents[0]) if documents else {}


def _plain(node: Node) -> object:
    """A small document as plain data; aliases are not unfolded."""
    if isinstance(node, MappingNode):
        return {e.name: None if e.value.shared else _plain(e.value) for e in node}
    if isinstance(node, SequenceNode):
        return [None if item.shared else _plain(item) for item in node.items]
    return node.text


def _mapping(data: object, *path: str) -> Mapping[str, object]:
    for name in path:
        data = data.get(name) if isinstance(data, dict) else None
    return data if isinstance(data, dict) else {}


def _words(written: str) -> Iterator[tuple[str, str]]:
    """The names and values of a text of assignments."""
    try:
        words = shlex.split(written)
    except ValueError:
        return
    for word in words:
        long = _LONG_FORM.match(word)
        name, equals, text = word.partition("=")
        if long:
            yield long.group(1), long.group(2)
        elif equals:
            yield name, text


def _text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _placed(name: str, text: str, source: Source) -> ScalarNode:
    """The value where it stands in the file, near enough: its own text behind its name."""
    found = source.once(_placed, lambda: _words_of(source.text)).get(name)
    behind = 0 if found is None else found + len(name)
    start = source.text.find(text, behind, behind + len(text) + _NEAR) if behind and text else -1
    place = start if start >= 0 else found or 0
    end = place + len(text) if start >= 0 else behind
    return ScalarNode(source, place, end, text, "'", shared=True, writable=False)


def _words_of(text: str) -> Mapping[str, int]:
    """Where each word of a text stands first."""
    found: dict[str, int] = {}
    for hit in _WORD.finditer(text):
        found.setdefault(hit.group(), hit.start())
    return found
