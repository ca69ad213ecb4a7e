"""The text of JSON that a configuration makes of what it writes down: `jsonencode({…})`."""

from __future__ import annotations

import json

from lamlint.dialects.outcome import LONG, Outcome, Scope
from lamlint.dialects.tree.node import MappingNode, Node, ScalarNode, SequenceNode

_DEEPEST = 20


def encoded(one: Outcome) -> str | None:
    """An object or a list as JSON; None where some of it is not known, or there is too much."""
    if not isinstance(one.node, (MappingNode, SequenceNode)):
        return None
    try:
        text = json.dumps(_plain(one.node, one.scope, 0), ensure_ascii=False, separators=(",", ":"))
    except _UnknownError:
        return None
    return text if len(text) <= LONG else None


class _UnknownError(Exception):
    """Some of it is not known."""


def _plain(node: Node, scope: Scope, depth: int) -> object:
    (one, *others) = scope.outcomes(node)
    if others or one.node is None or depth > _DEEPEST or not one.scope.affords(nodes=1):
        raise _UnknownError
    match one.node:
        case ScalarNode() as scalar:
            return scalar.value
        case SequenceNode(items=items):
            return [_plain(item, one.scope, depth + 1) for item in items]
        case MappingNode() as mapping if one.scope.whole(mapping):
            return {e.name: _plain(e.value, one.scope, depth + 1) for e in mapping}
        case _:
            raise _UnknownError
