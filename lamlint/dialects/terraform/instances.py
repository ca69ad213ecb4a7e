"""The instances of a resource with a `for_each`, where the resource is spoken of as a whole.

So loops go through them (`{ for key, one in aws_lambda_function.f : key => one.arn }`), and
outputs hand them on.
"""

from __future__ import annotations

from collections.abc import Sequence

from lamlint.dialects.outcome import Outcome, computed, list_at, mapping_at
from lamlint.dialects.terraform.scope import Scope, bound
from lamlint.dialects.tree import tags
from lamlint.dialects.tree.node import Entry, MappingNode, Node, SequenceNode


def by_key(over: Node, steps: Sequence[Node], node: Node, scope: Scope) -> list[Outcome] | None:
    """What a resource can be: mappings from its keys, each to the reference with that key.

    `over` is its `for_each`, `steps` name it in `node`. None where some of the keys are not known.
    """
    found: list[Outcome] = []
    for one in scope.outcomes(over):
        keys = _keys(one) if scope.goes_through(one) else None
        if keys is None or not scope.affords(nodes=len(keys)):
            return None
        made = mapping_at(node)
        for key in keys:
            instance = bound(list_at(node, [*steps, computed(node, key)], tags.GET), scope)
            made.entries.append(Entry(computed(node, key), instance, node.start, node.end))
        found.append(Outcome(made, scope, when=one.when))
    return found


def _keys(one: Outcome) -> list[str] | None:
    """The keys of instances: of a mapping its own, of a set its items; None if one is unknown."""
    if isinstance(one.node, MappingNode):
        return [entry.name for entry in one.node] if one.scope.whole(one.node) else None
    if not isinstance(one.node, SequenceNode):
        return None
    items = [one.scope.outcomes(item) for item in one.node.items]
    texts = [each[0].text if len(each) == 1 else None for each in items]
    known = [text for text in texts if text is not None]
    return known if len(known) == len(texts) else None
