"""What a workflow of GitHub gives to the containers that a run of it starts, and ends with."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Sequence

from lamlint.dialects.tree.node import MappingNode, Node, ScalarNode

_FOLDER = [".github", "workflows"]
_GIVEN = ("jobs", "*", "services", "*", "env", "*")


def of_one_run(path: str, documents: Sequence[Node]) -> frozenset[str]:
    """The values that are of no use once a run is over: the password of a job's own database."""
    if posixpath.dirname(path).split("/")[-2:] != _FOLDER:
        return frozenset()
    found = (node for document in documents for node in _at(document, _GIVEN))
    return frozenset(node.text for node in found if isinstance(node, ScalarNode))


def _at(node: Node | None, path: Sequence[str]) -> Iterator[Node]:
    """The nodes at a path of keys, of which a star is any."""
    if node is None or not path:
        yield from () if node is None else (node,)
    elif isinstance(node, MappingNode):
        first, *rest = path
        below = [entry.value for entry in node] if first == "*" else [node.get(first)]
        for one in below:
            yield from _at(one, rest)
