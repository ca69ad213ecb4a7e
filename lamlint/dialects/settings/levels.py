"""Mappings of settings that override each other, stage by stage, as one mapping."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TypeAlias

from lamlint.dialects.outcome import Outcome
from lamlint.dialects.settings.scope import Settings
from lamlint.dialects.tree.node import Entry, MappingNode, ScalarNode
from lamlint.model.condition import Case, Fact
from lamlint.text.dataclass import dataclass, replace


@dataclass(frozen=True)
class Level:
    """Some settings, and whether what they say holds for others, too."""

    mapping: MappingNode
    shared: bool


Stages: TypeAlias = "Mapping[str, Sequence[Level]]"
"""The settings of each stage, the strongest first."""


def merged(
    stages: Stages, settings: Settings, written: MappingNode, joined: Collection[str] = ()
) -> MappingNode:
    """The settings that hold: of each name the strongest, or all of those that are `joined`.

    `written` is the mapping in which a setting is written that is nowhere.
    """
    result = MappingNode(written.source, written.start, written.end, written=written)
    levels = [level for each in stages.values() for level in each]
    for name in dict.fromkeys(entry.name for level in levels for entry in level.mapping):
        entry = _joined(name, stages, settings) if name in joined else None
        entry = entry or _strongest(name, stages, settings)
        if entry is not None:
            result.entries.append(entry)
    return result


def _joined(name: str, stages: Stages, settings: Settings) -> Entry | None:
    """An entry whose mappings complete each other."""
    inner = {stage: list(_mappings(name, levels)) for stage, levels in stages.items()}
    first = next((level for levels in inner.values() for level in levels), None)
    if first is None:
        return None
    made = merged(inner, settings, first.mapping)
    key = ScalarNode(made.source, made.start, made.start, name)
    return Entry(key, made, made.start, made.end)


def _mappings(name: str, levels: Sequence[Level]) -> Sequence[Level]:
    found = ((level.mapping.get(name), level.shared) for level in levels)
    return [Level(node, shared) for node, shared in found if isinstance(node, MappingNode)]


def _strongest(name: str, stages: Stages, settings: Settings) -> Entry | None:
    """An entry that is what the strongest settings of each stage say, be it nothing."""
    found = {stage: _first(name, levels) for stage, levels in stages.items()}
    there = [entry for entry in found.values() if entry is not None]
    if not there:
        return None
    (first, *_) = there
    if len(there) == len(found) and all(entry.value is first.value for entry in there):
        return first
    node = first.value
    stand_in = ScalarNode(node.source, node.start, node.end, "", writable=False)
    outcomes = [_under(stage, entry, settings) for stage, entry in found.items()]
    settings.decide(stand_in, tuple(outcomes))
    return Entry(first.key, stand_in, first.start, first.end)


def _first(name: str, levels: Sequence[Level]) -> Entry | None:
    for level in levels:
        entry = level.mapping.table.get(name)
        if entry is not None and not _is_null(entry):
            return replace(entry, inherited=entry.inherited or level.shared)
    return None


def _is_null(entry: Entry) -> bool:
    return isinstance(entry.value, ScalarNode) and entry.value.value is None


def _under(stage: str, entry: Entry | None, settings: Settings) -> Outcome:
    when: Case = frozenset({Fact(f"{settings.template}#stage", stage)})
    if entry is None:
        return Outcome(None, settings, absent=True, when=when)
    one = settings.plain(entry.value)
    return replace(one, shared=one.shared or entry.inherited, when=when)
