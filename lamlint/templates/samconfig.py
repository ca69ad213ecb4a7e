"""Parameter values that samconfig files give to the template beside them."""

from __future__ import annotations

import posixpath
import re
import shlex
from collections.abc import Iterator, Mapping

from lamlint.templates.node import MappingNode, Node, ScalarNode, SequenceNode
from lamlint.templates.yaml import Broken, compose
from lamlint.text import Source, Tree, Unreadable

_NAMES = ("samconfig.toml", "samconfig.yaml", "samconfig.yml")
_COMMANDS = ("global", "deploy")
_LONG_FORM = re.compile(r"ParameterKey=([^,\s]+),ParameterValue=(.*)\Z", re.DOTALL)


def overrides(template: str, tree: Tree) -> Mapping[str, Node]:
    """The parameter values that the default environment sets for a template."""
    folder = posixpath.dirname(template)
    for name in _NAMES:
        source = tree.read(posixpath.join(folder, name))
        if not isinstance(source, Unreadable):
            environment = _mapping(_content(source), "default")
            return dict(_values(environment, template, source))
    return {}


def _content(source: Source) -> object:
    if source.path.endswith(".toml"):
        import tomli

        try:
            return tomli.loads(source.text)
        except (tomli.TOMLDecodeError, RecursionError):
            return {}
    documents = compose(source)
    return {} if isinstance(documents, Broken) or not documents else _plain(documents[0])


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


def _values(
    environment: Mapping[str, object], template: str, source: Source
) -> Iterator[tuple[str, Node]]:
    for command in _COMMANDS:
        parameters = _mapping(environment, command, "parameters")
        named = parameters.get("template_file") or parameters.get("template")
        if isinstance(named, str):
            folder = posixpath.dirname(source.path)
            if posixpath.normpath(posixpath.join(folder, named)) != template:
                continue
        for name, text in _pairs(parameters.get("parameter_overrides")):
            yield name, _placed(name, text, source)


def _pairs(written: object) -> Iterator[tuple[str, str]]:
    """The names and values of parameter_overrides in any of its forms."""
    match written:
        case str() if not written.startswith("file://"):
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
        case list():
            for item in written:
                yield from _pairs(item)
        case dict():
            for name, value in written.items():
                items = value if isinstance(value, list) else [value]
                yield str(name), ",".join("" if item is None else _text(item) for item in items)
        case _:
            return


def _text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _placed(name: str, text: str, source: Source) -> ScalarNode:
    """The value where it stands in the file, near enough: its own text behind its name."""
    found = re.search(rf"(?<!\w){re.escape(name)}(?!\w)", source.text)
    start = source.text.find(text, found.end()) if found and text else -1
    place = start if start >= 0 else (found.start() if found else 0)
    end = place + len(text) if start >= 0 else (found.end() if found else 0)
    return ScalarNode(source, place, end, text, "'", shared=True, writable=False)
