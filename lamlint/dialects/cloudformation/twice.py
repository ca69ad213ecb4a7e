"""Keys that stand twice in a mapping of a template, of which the last one counts.

CloudFormation takes such templates without a word, as PyYAML does, which SAM reads them with.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lamlint.dialects.cloudformation.scope import Scope
from lamlint.dialects.tree.node import MERGE, Entry, MappingNode, Node
from lamlint.dialects.unreadable import UNREADABLE
from lamlint.model import Replaced
from lamlint.text import Finding, Regex, Related, Severity, listed
from lamlint.text.dataclass import dataclass

_PLACES: Sequence[tuple[str, ...]] = (
    (),
    ("Globals",),
    ("Globals", "*"),
    ("Globals", "*", "Environment"),
    ("Globals", "*", "Environment", "Variables"),
    ("Parameters",),
    ("Parameters", "*"),
    ("Resources",),
    ("Resources", "*"),
    ("Resources", "*", "Properties"),
    ("Resources", "*", "Properties", "Environment"),
    ("Resources", "*", "Properties", "Environment", "Variables"),
)
"""The mappings that are looked at; any key stands for `*`."""
_DEEPEST = 6
_TOLD = 4
"""How many keys that have no effect are named."""
_TEMPLATING = Regex(r"\{%|<%|\{#|#(?:if|else|end)\b")
"""Where another tool takes one of both, as a comment tells it."""


@dataclass(frozen=True)
class _Twice:
    """Two entries of one key, and what of the first is not in the second, by its path."""

    first: Entry
    last: Entry
    lost: tuple[tuple[str, ...], ...]


def twice(scope: Scope) -> tuple[tuple[Finding, ...], tuple[Replaced, ...]]:
    """What is told of the keys that stand twice in a template, and what has no effect by them."""
    if _TEMPLATING.search(scope.root.source.text):
        return (), ()
    every = [each for place in _PLACES for each in _below(scope.root, place, ())]
    lost = tuple(Replaced(scope.template, path) for each in every for path in each.lost)
    return tuple(map(_finding, every)), lost


def _below(node: Node | None, place: Sequence[str], path: tuple[str, ...]) -> Iterator[_Twice]:
    """The keys that stand twice in the mappings at a place."""
    if not isinstance(node, MappingNode) or node.shared:
        return
    if not place:
        yield from _in(node, path)
        return
    first, *rest = place
    for entry in node:
        if first in ("*", entry.name) and not entry.inherited:
            yield from _below(entry.value, rest, (*path, entry.name))


def _in(mapping: MappingNode, path: tuple[str, ...]) -> Iterator[_Twice]:
    for entry in mapping.entries:
        last = mapping.table.get(entry.name, entry)
        if last is not entry and entry.name != MERGE:
            lost = tuple(_lost(entry.value, last.value, (*path, entry.name)))
            yield _Twice(entry, last, lost)


def _lost(node: Node, other: Node | None, path: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """The paths that one value has and another lacks; of what both have, what lies below."""
    if not isinstance(node, MappingNode) or len(path) >= _DEEPEST:
        return
    there = other.table if isinstance(other, MappingNode) else {}
    for entry in node:
        inner = (*path, entry.name)
        if entry.name not in there:
            yield inner
        same = there.get(entry.name)
        yield from _lost(entry.value, None if same is None else same.value, inner)


def _finding(one: _Twice) -> Finding:
    lost = frozenset(one.lost)
    names = list(dict.fromkeys(path[-1] for path in one.lost if path[:-1] not in lost))
    if names:
        more = [f"{len(names) - _TOLD} more"] if len(names) > _TOLD else []
        has = "have" if names[1:] else "has"
        effect = f"{listed([*names[:_TOLD], *more])}, which only this one has, {has} no effect"
    else:
        effect = "this one has no effect"
    return Finding(
        f"{one.first.name} stands twice in this mapping, and the last one counts, so {effect}: "
        f"{'make one of both' if names else 'leave one of both out'}",
        one.first.key.span,
        related=(Related(one.last.key.span, "this one counts"),),
        severity=Severity.WARNING,
        rule=UNREADABLE,
    )
