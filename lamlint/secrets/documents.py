"""Secrets in a template that are told by the name they stand under."""

from __future__ import annotations

import json
from collections.abc import Iterator

from lamlint.secrets.values import login_password, suspicious
from lamlint.templates.node import Entry, MappingNode, Node, ScalarNode, SequenceNode
from lamlint.templates.yaml import Broken, compose
from lamlint.text import Source

_NAMES = ("Name", "Key", "ParameterKey")
_SET = "MasterUserPassword"
"""What stands here is the password of a database, however simple it is."""
_VALUES = ("Value", "ParameterValue")


def named(source: Source) -> Iterator[tuple[str, int, int]]:
    """The names and places of the secrets of a template."""
    documents = compose(source)
    if isinstance(documents, Broken):
        return
    for document in documents:
        if isinstance(document, MappingNode):
            yield from _defaults(document.get("Parameters"))
            for mapping in _mappings(document):
                yield from _of_mapping(mapping)


def _defaults(parameters: Node | None) -> Iterator[tuple[str, int, int]]:
    """The defaults of parameters that are named like secrets."""
    if not isinstance(parameters, MappingNode):
        return
    for parameter in parameters:
        default = (
            parameter.value.get("Default") if isinstance(parameter.value, MappingNode) else None
        )
        yield from _judged(parameter.name, default)


def _of_mapping(mapping: MappingNode) -> Iterator[tuple[str, int, int]]:
    """The secrets under keys of their own names, and those that stand as a name and a value."""
    for entry in mapping:
        yield from _judged(entry.name, entry.value)
    table = mapping.table
    name = next((_text(table[key]) for key in _NAMES if key in table), "")
    for key in _VALUES:
        if name and key in table:
            yield from _judged(name.rpartition("/")[2], table[key].value)


def _judged(name: str, node: Node | None) -> Iterator[tuple[str, int, int]]:
    if not isinstance(node, ScalarNode) or node.tag not in ("", "!Sub"):
        return
    text = node.text
    if text.lstrip().startswith("{"):
        yield from _in_json(node)
    elif suspicious(name, text) or (name == _SET and login_password(text)):
        yield (name, *_place(node, text))


def _in_json(node: ScalarNode) -> Iterator[tuple[str, int, int]]:
    """The secrets of a JSON object that is written as a text: the value of a `SecretString`."""
    try:
        content = json.loads(node.text)
    except (ValueError, RecursionError):
        return
    for name, value in content.items() if isinstance(content, dict) else ():
        if isinstance(value, str) and suspicious(str(name), value):
            yield (str(name), *_place(node, value))


def _place(node: ScalarNode, text: str) -> tuple[int, int]:
    """Where a text stands in a scalar; the whole scalar where it is written in another way."""
    start = node.source.text.find(text, node.start, node.end)
    return (start, start + len(text)) if start >= 0 else (node.start, node.end)


def _text(entry: Entry) -> str:
    return entry.value.text if isinstance(entry.value, ScalarNode) else ""


def _mappings(root: Node) -> Iterator[MappingNode]:
    """All mappings of a document, each once."""
    seen: set[int] = set()
    waiting: list[Node] = [root]
    while waiting:
        node = waiting.pop()
        if id(node) in seen:
            continue
        seen.add(id(node))
        if isinstance(node, MappingNode):
            yield node
            waiting.extend(entry.value for entry in node.entries)
        elif isinstance(node, SequenceNode):
            waiting.extend(node.items)
