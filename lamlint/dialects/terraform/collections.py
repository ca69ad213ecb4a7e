"""The functions of Terraform that make lists and mappings of others."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Sequence

from lamlint.dialects.outcome import Outcome, computed, list_at, mapping_at
from lamlint.dialects.terraform.conditions import number
from lamlint.dialects.terraform.scope import Scope, bound, text_at
from lamlint.dialects.tree.node import Entry, MappingNode, Node, SequenceNode
from lamlint.dialects.tree.tags import MORE

Function = Callable[[Node, Sequence[Outcome], Scope], "Outcome | None"]


def _merge(node: Node, given: Sequence[Outcome], scope: Scope) -> Outcome | None:
    """`merge`; of what is not known it may have any keys."""
    made = mapping_at(node)
    for one in given:
        if isinstance(one.node, MappingNode):
            if not scope.affords(nodes=len(one.node.entries)):
                return None
            made.entries.extend(_entries(one, one.node))
        elif not one.absent:
            key = computed(node, "")
            key.tag = MORE
            made.entries.append(Entry(key, node, node.start, node.end))
    return Outcome(made, scope)


def _entries(one: Outcome, mapping: MappingNode) -> Iterator[Entry]:
    for entry in mapping.entries:
        value = entry.value if entry.key.tag else bound(entry.value, one.scope)
        yield Entry(entry.key, value, entry.start, entry.end, entry.inherited or one.shared)


def _items(one: Outcome) -> list[Node] | None:
    """The items of a list, to be put into another one."""
    if isinstance(one.node, SequenceNode):
        return [bound(item, one.scope) for item in one.node.items]
    return None


def _list(node: Node, items: Sequence[Node], scope: Scope) -> Outcome | None:
    if not scope.affords(nodes=len(items)):
        return None
    return Outcome(list_at(node, items), scope)


def _concat(node: Node, given: Sequence[Outcome], scope: Scope) -> Outcome | None:
    lists = [_items(one) for one in given]
    known = [one for one in lists if one is not None]
    if len(known) < len(lists):
        return None
    return _list(node, list(itertools.chain.from_iterable(known)), scope)


def _flatten(node: Node, given: Sequence[Outcome], scope: Scope) -> Outcome | None:
    found: list[Node] = []
    listed = _items(given[0]) if len(given) == 1 else None
    waiting = (listed or [])[::-1]
    while waiting:
        item = waiting.pop()
        (first, *others) = scope.outcomes(item)
        inner = None if others else _items(first)
        if inner is None:
            found.append(item)
        elif scope.affords(nodes=len(inner)):
            waiting += reversed(inner)
        else:
            return None
    return None if listed is None else _list(node, found, scope)


def _compact(node: Node, given: Sequence[Outcome], scope: Scope) -> Outcome | None:
    items = _items(given[0]) if len(given) == 1 else None
    if items is None:
        return None
    kept = [item for item in items if not _is_empty(scope.outcomes(item))]
    return _list(node, kept, scope)


def _is_empty(found: Sequence[Outcome]) -> bool:
    return all(one.absent or one.text == "" for one in found)


def _keys(node: Node, given: Sequence[Outcome], scope: Scope) -> Outcome | None:
    mapping = _mapping(given)
    if mapping is None:
        return None
    return _list(node, [computed(node, entry.name) for entry in mapping], scope)


def _values(node: Node, given: Sequence[Outcome], scope: Scope) -> Outcome | None:
    mapping = _mapping(given)
    if mapping is None:
        return None
    return _list(node, [bound(entry.value, given[0].scope) for entry in mapping], scope)


def _mapping(given: Sequence[Outcome]) -> MappingNode | None:
    if len(given) != 1 or not isinstance(given[0].node, MappingNode):
        return None
    return given[0].node if given[0].scope.whole(given[0].node) else None


def _length(node: Node, given: Sequence[Outcome], scope: Scope) -> Outcome | None:
    one = given[0] if len(given) == 1 else None
    if one is None:
        return None
    if isinstance(one.node, SequenceNode):
        size = len(one.node.items)
    elif isinstance(one.node, MappingNode) and one.scope.whole(one.node):
        size = len(one.node.table)
    elif one.text is not None:
        size = len(one.text)
    else:
        return None
    return text_at(node, str(size), scope)


def _element(node: Node, given: Sequence[Outcome], scope: Scope) -> Outcome | None:
    """`element(list, index)`, which begins again behind the end of the list."""
    del node
    items = _items(given[0]) if len(given) == 2 else None
    place = number(given[1].text) if items else None
    if not items or not isinstance(place, int):
        return None
    return _only(items[place % len(items)], scope)


def _one(node: Node, given: Sequence[Outcome], scope: Scope) -> Outcome | None:
    del node
    items = _items(given[0]) if len(given) == 1 else None
    if items is None or len(items) > 1:
        return None
    return _only(items[0], scope) if items else Outcome(None, scope, absent=True)


def _only(item: Node, scope: Scope) -> Outcome | None:
    found = scope.outcomes(item)
    return found[0] if len(found) == 1 else None


def _contains(node: Node, given: Sequence[Outcome], scope: Scope) -> Outcome | None:
    items = _items(given[0]) if len(given) == 2 else None
    if items is None or given[1].text is None:
        return None
    texts = [one.text for item in items for one in scope.outcomes(item)]
    if given[1].text not in texts and None in texts:
        return None
    said = "true" if given[1].text in texts else "false"
    return text_at(node, said, scope)


def _split(node: Node, given: Sequence[Outcome], scope: Scope) -> Outcome | None:
    texts = [one.text for one in given]
    if len(texts) != 2 or texts[0] in (None, "") or texts[1] is None:
        return None
    if not scope.affords(characters=len(texts[1])):
        return None
    return _list(node, [computed(node, piece) for piece in texts[1].split(texts[0])], scope)


def _zipmap(node: Node, given: Sequence[Outcome], scope: Scope) -> Outcome | None:
    lists = [_items(one) for one in given]
    if len(lists) != 2 or lists[0] is None or lists[1] is None:
        return None
    made = mapping_at(node)
    for key, value in zip(*lists, strict=False):
        name = _only(key, scope)
        text = name.text if name is not None else None
        named = computed(key, text or "")
        named.tag = "" if text is not None else MORE
        made.entries.append(Entry(named, value, value.start, value.end))
    return Outcome(made, scope) if scope.affords(nodes=len(made.entries)) else None


def _range(node: Node, given: Sequence[Outcome], scope: Scope) -> Outcome | None:
    bounds = [number(one.text) for one in given]
    whole = [one for one in bounds if isinstance(one, int)]
    if len(whole) < len(bounds) or not 1 <= len(whole) <= 2:
        return None
    numbers = range(*whole)
    if len(numbers) > 1000:
        return None
    return _list(node, [computed(node, str(one)) for one in numbers], scope)


def _slice(node: Node, given: Sequence[Outcome], scope: Scope) -> Outcome | None:
    items = _items(given[0]) if len(given) == 3 else None
    bounds = [number(one.text) for one in given[1:]]
    first, last = bounds if len(bounds) == 2 else (None, None)
    if items is None or not isinstance(first, int) or not isinstance(last, int):
        return None
    return _list(node, items[max(first, 0) : max(last, 0)], scope)


def _reverse(node: Node, given: Sequence[Outcome], scope: Scope) -> Outcome | None:
    items = _items(given[0]) if len(given) == 1 else None
    return None if items is None else _list(node, items[::-1], scope)


def _setproduct(node: Node, given: Sequence[Outcome], scope: Scope) -> Outcome | None:
    lists = [_items(one) for one in given]
    known = [one for one in lists if one is not None]
    size = 1
    for one in known:
        size *= len(one)
    if len(known) < len(lists) or size > 1000:
        return None
    made: list[Node] = [list_at(node, pair) for pair in itertools.product(*known)]
    return _list(node, made, scope)


def _made_list(node: Node, given: Sequence[Outcome], scope: Scope) -> Outcome | None:
    items = [bound(one.node, one.scope) for one in given if one.node is not None]
    return _list(node, items, scope) if len(items) == len(given) else None


FUNCTIONS: dict[str, Function] = {
    "compact": _compact,
    "concat": _concat,
    "contains": _contains,
    "element": _element,
    "flatten": _flatten,
    "keys": _keys,
    "length": _length,
    "list": _made_list,
    "merge": _merge,
    "one": _one,
    "range": _range,
    "reverse": _reverse,
    "setproduct": _setproduct,
    "slice": _slice,
    "split": _split,
    "values": _values,
    "zipmap": _zipmap,
}
"""What each makes of its arguments; None where that cannot be known."""
