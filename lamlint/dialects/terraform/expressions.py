"""What the expressions of HCL come out as, without anything being applied."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from lamlint.dialects.budget import TOO_MUCH
from lamlint.dialects.outcome import Outcome, computed, list_at, mapping_at, plain, together
from lamlint.dialects.terraform import calls, references
from lamlint.dialects.terraform.conditions import branches, operation
from lamlint.dialects.terraform.scope import Scope, bound, combined, parts_of, unread
from lamlint.dialects.tree import hcl, tags
from lamlint.dialects.tree.node import Entry, MappingNode, Node, ScalarNode, SequenceNode

_MADE = "a part of it cannot be evaluated"
_TOO_MANY = "it can be too many things"


def evaluate(node: Node, scope: Scope) -> Iterable[Outcome]:
    """What a node can be: what its expression comes out as, or the node itself."""
    if not node.tag:
        if isinstance(node, ScalarNode):
            return _scalar(node, scope)
        return (Outcome(node, scope, node.shared),)
    if isinstance(node, ScalarNode) and node.tag == tags.NAME:
        return references.get(node, [node], scope)
    if isinstance(node, SequenceNode):
        return _KINDS.get(node.tag, _unknown)(node, scope)
    return (unread(node, scope, _MADE),)


def _scalar(node: ScalarNode, scope: Scope) -> Iterable[Outcome]:
    """A plain value; in JSON a text may be a template."""
    if node.style and ("${" in node.text or "%{" in node.text) and _is_json(node):
        inner = hcl.template(node.text, node)
        if isinstance(inner, SequenceNode):
            return scope.outcomes(inner)
        node = inner if isinstance(inner, ScalarNode) else node
    if node.is_null:
        return (Outcome(node, scope, node.shared, absent=True),)
    return (plain(node, scope),)


def _is_json(node: ScalarNode) -> bool:
    return node.source.path.endswith(".json") and not node.computed


def _unknown(node: SequenceNode, scope: Scope) -> Iterator[Outcome]:
    yield unread(node, scope, _MADE)


def _template(node: SequenceNode, scope: Scope) -> Iterator[Outcome]:
    if len(node.items) == 1:
        yield from scope.outcomes(node.items[0])
        return
    pieces = combined([scope.outcomes(item) for item in node.items])
    if pieces is None:
        yield unread(node, scope, _TOO_MANY)
        return
    for combination, when in pieces:
        yield together(node, scope, map(parts_of, combination), when)


def _get(node: SequenceNode, scope: Scope) -> Iterator[Outcome]:
    yield from references.get(node, node.items, scope)


def _call(node: SequenceNode, scope: Scope) -> Iterator[Outcome]:
    name, *arguments = node.items
    yield from calls.call(name.text if isinstance(name, ScalarNode) else "", node, arguments, scope)


def _if(node: SequenceNode, scope: Scope) -> Iterator[Outcome]:
    if len(node.items) != 3:
        yield unread(node, scope, _MADE)
        return
    test, *values = node.items
    for value, when in branches(test, values, scope):
        yield from (one.under(when) for one in scope.outcomes(value))


def _object(node: SequenceNode, scope: Scope) -> Iterator[Outcome]:
    """An object with keys that are computed: each has to be one text."""
    made = mapping_at(node, shared=node.shared)
    for key, value in zip(node.items[::2], node.items[1::2], strict=True):
        found = scope.outcomes(key)
        text = found[0].text if len(found) == 1 else None
        named = computed(key, text or "")
        if text is None:
            named.tag = tags.MORE
        made.entries.append(Entry(named, value, value.start, value.end))
    yield Outcome(made, scope, node.shared)


def _loop(node: SequenceNode, scope: Scope) -> Iterator[Outcome]:
    names, over, key, value, test = node.items
    for one in scope.outcomes(over):
        affordable = scope.goes_through(one)
        listed = pairs(one) if affordable else None
        if listed is None:
            reason = "what it goes over is not known" if affordable else TOO_MUCH
            yield unread(node, scope, reason)
            continue
        if not scope.affords(nodes=len(listed)):
            yield unread(node, scope, TOO_MUCH)
            continue
        inner = [scope.with_names(_names(names, *pair)) for pair in listed]
        chosen = [each for each in inner if _may_be_true(each, test)]
        made = (
            _mapping(node, key, value, chosen)
            if node.tag == tags.FOR_MAP
            else list_at(node, [bound(value, each) for each in chosen])
        )
        yield Outcome(made, scope, one.shared, when=one.when)


def _may_be_true(scope: Scope, test: Node) -> bool:
    """Whether an item may be one of those that a loop keeps."""
    if isinstance(test, ScalarNode) and test.text == "null":
        return True
    return any(one.text != "false" for one in scope.outcomes(test))


def _names(names: Node, key: Node, value: tuple[Outcome, ...]) -> dict[str, tuple[Outcome, ...]]:
    listed = [one.text for one in names.items if isinstance(one, ScalarNode)] if isinstance(
        names, SequenceNode) else []  # fmt: skip
    *first, last = listed or [""]
    found = {last: value}
    if first and isinstance(key, ScalarNode):
        found[first[0]] = (plain(key, value[0].scope),)
    return found


def _mapping(node: Node, key: Node, value: Node, scopes: Sequence[Scope]) -> MappingNode:
    made = mapping_at(node)
    for each in scopes:
        found = each.outcomes(key)
        text = found[0].text if len(found) == 1 else None
        named = computed(key, text or "")
        if text is None:
            named.tag = tags.MORE
        made.entries.append(Entry(named, bound(value, each), value.start, value.end, True))
    return made


def pairs(one: Outcome) -> list[tuple[Node, tuple[Outcome, ...]]] | None:
    """The keys and values of a list or a mapping; None where they are not known."""
    node = one.node
    if isinstance(node, SequenceNode):
        return [
            (computed(item, str(number)), one.scope.outcomes(item))
            for number, item in enumerate(node.items)
        ]
    if isinstance(node, MappingNode) and one.scope.whole(node):
        return [(computed(e.key, e.name), one.scope.outcomes(e.value)) for e in node]
    return None


def _dynamic(node: SequenceNode, scope: Scope) -> Iterator[Outcome]:
    """Blocks that are made of the items of a list or mapping."""
    label, body = node.items
    over = body.get("for_each") if isinstance(body, MappingNode) else None
    content = body.get("content") if isinstance(body, MappingNode) else None
    named = body.get("iterator") if isinstance(body, MappingNode) else None
    name = next((one.text for one in (named, label) if isinstance(one, ScalarNode)), "")
    if over is None or not isinstance(content, MappingNode):
        yield unread(node, scope, _MADE)
        return
    for one in scope.outcomes(over):
        listed = pairs(one) if scope.goes_through(one) else None
        if listed is None or not scope.affords(nodes=len(listed)):
            yield Outcome(None, scope, absent=True, when=one.when)
            yield unread(node, scope, "how many of these blocks there are is not known")
            continue
        inner = [scope.with_names(iterated(name, *pair)) for pair in listed]
        if not inner:
            yield Outcome(None, scope, absent=True, when=one.when)
        elif len(inner) == 1:
            yield Outcome(content, inner[0], one.shared, when=one.when)
        else:
            items = [bound(content, each) for each in inner]
            made = list_at(node, items)
            yield Outcome(made, scope, when=one.when)


def iterated(name: str, key: Node, value: tuple[Outcome, ...]) -> dict[str, tuple[Outcome, ...]]:
    """What an iterator binds: `each.key`, `each.value`."""
    named = (plain(key, value[0].scope),) if isinstance(key, ScalarNode) else ()
    return {f"{name}.key": named, f"{name}.value": value}


def _blocks(node: SequenceNode, scope: Scope) -> Iterator[Outcome]:
    """Several blocks of one name, of which some are dynamic."""
    made = list_at(node, [])
    for item in node.items:
        (first, *others) = scope.outcomes(item)
        if others or (first.node is None and not first.absent):
            yield unread(node, scope, "how many of these blocks there are is not known")
            return
        if isinstance(first.node, SequenceNode):
            made.items += [bound(one, first.scope) for one in first.node.items]
        elif first.node is not None:
            made.items.append(bound(first.node, first.scope))
    yield Outcome(made, scope)


_KINDS: dict[str, Callable[[SequenceNode, Scope], Iterator[Outcome]]] = {
    tags.TEMPLATE: _template,
    tags.GET: _get,
    tags.CALL: _call,
    tags.IF: _if,
    tags.OPERATION: operation,
    tags.FOR_LIST: _loop,
    tags.FOR_MAP: _loop,
    tags.OBJECT: _object,
    tags.DYNAMIC: _dynamic,
    tags.BLOCKS: _blocks,
}
