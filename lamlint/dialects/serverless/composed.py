"""The parameters that a service is given where several are deployed together."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from functools import partial

from lamlint.dialects.tree.node import MappingNode, Node, ScalarNode
from lamlint.dialects.tree.yaml import Broken, composed
from lamlint.files.paths import around, normal
from lamlint.text import Source, Tree

_NAMES = ("serverless-compose.yml", "serverless-compose.yaml", "serverless-compose.json")


def parameters(service: str, tree: Tree) -> MappingNode | None:
    """What the file that names a service, by its path, gives it as parameters."""
    home = posixpath.dirname(service)
    for folder in around(home):
        for name in _NAMES:
            path = posixpath.join(folder, name)
            source = tree.read(path) if tree.is_file(path) else None
            if isinstance(source, Source):
                return source.once(_given, partial(_given, source)).get(normal(home or "."))
    return None


def _given(source: Source) -> Mapping[str, MappingNode]:
    """The parameters that a file gives, by the folder of the service."""
    documents = composed(source)
    root = None if isinstance(documents, Broken) or not documents else documents[0]
    found: dict[str, MappingNode] = {}
    for entry in _below(root, "services"):
        place, given = entry.get("path"), entry.get("params")
        if isinstance(place, ScalarNode) and isinstance(given, MappingNode):
            found[_leads(source.path, place.text)] = given
    return found


def _below(node: Node | None, name: str) -> Iterator[MappingNode]:
    found = node.get(name) if isinstance(node, MappingNode) else None
    for entry in found if isinstance(found, MappingNode) else ():
        if isinstance(entry.value, MappingNode):
            yield entry.value


def _leads(path: str, written: str) -> str:
    return normal(posixpath.join(posixpath.dirname(path) or ".", written))
