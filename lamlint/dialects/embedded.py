"""Objects that a configuration writes down, or holds as a text of JSON."""

from __future__ import annotations

from lamlint.dialects.outcome import Outcome
from lamlint.dialects.properties import Properties
from lamlint.dialects.tree.node import MappingNode, Node, SequenceNode
from lamlint.dialects.tree.yaml import Broken, compose
from lamlint.text import Host, Piece, Source


def child(given: Properties, *path: str) -> Properties | None:
    """The object at a path, in the language itself or as JSON; None where it is not one alone."""
    written = given.child(*path)
    if written is not None:
        return written
    (one, *others) = given.outcomes(*path) or (None,)
    return None if others or one is None or one.absent else as_json(one, given)


def as_json(one: Outcome, given: Properties) -> Properties | None:
    """An object, or one that a text holds, all of it at its own place."""
    if isinstance(one.node, MappingNode):
        return Properties(one.node, one.scope, one.node.span, when=one.when)
    if isinstance(one.node, SequenceNode) or not one.parts:
        return None
    place = one.node or given.mapping
    known = _composed, place.start, one.written
    root = place.source.once(known, lambda: _composed(one.written, place))
    return None if root is None else Properties(root, one.scope, place.span, when=one.when)


def _composed(text: str, place: Node) -> MappingNode | None:
    """The object that a text of JSON holds, all of it at its place."""
    host = Host(place.source, (Piece(0, place.start, 0),), None)
    documents = compose(Source(place.source.path, text, host=host))
    root = None if isinstance(documents, Broken) else next(iter(documents), None)
    return root if isinstance(root, MappingNode) else None
