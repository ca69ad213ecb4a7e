"""What a function has from its provider, and what it says itself."""

from __future__ import annotations

from collections.abc import Iterator

from lamlint.dialects.properties import Properties
from lamlint.dialects.tree.node import Entry, MappingNode, Node, ScalarNode
from lamlint.text.dataclass import replace

_INHERITED = {
    "architecture": ("architecture",),
    "kmsKeyArn": ("kmsKeyArn",),
    "layers": ("layers",),
    "logRetentionInDays": ("logRetentionInDays",),
    "logs": ("logs", "lambda"),
    "memorySize": ("memorySize",),
    "runtime": ("runtime",),
    "timeout": ("timeout",),
    "tracing": ("tracing", "lambda"),
    "versionFunction": ("versionFunctions",),
    "vpc": ("vpc",),
}
"""What functions call what they may have from their provider, and where it stands there."""


def inherited(provider: Properties) -> tuple[Entry, ...]:
    """The properties that functions have from their provider, under their own names for them."""
    return tuple(_entries(provider))


def _entries(provider: Properties) -> Iterator[Entry]:
    for name, path in _INHERITED.items():
        found = _entry(provider, path)
        if found is not None:
            key = found.key
            named = ScalarNode(key.source, key.start, key.end, name)
            yield replace(found, key=named, inherited=True)


def _entry(provider: Properties, path: tuple[str, ...]) -> Entry | None:
    mapping: Node | None = provider.mapping
    for name in path[:-1]:
        inner = mapping.get(name) if isinstance(mapping, MappingNode) else None
        found = provider.scope.outcomes(inner) if inner is not None else ()
        mapping = found[0].node if len(found) == 1 else None
    return mapping.table.get(path[-1]) if isinstance(mapping, MappingNode) else None


def merged(own: MappingNode, shared: tuple[Entry, ...]) -> MappingNode:
    """The properties of a function with those of its provider that it does not set itself."""
    entries = {entry.name: entry for entry in shared}
    entries.update((entry.name, entry) for entry in own if not _says_nothing(entry, entries))
    written = own.written or own
    return MappingNode(
        own.source, own.start, own.end, list(entries.values()), own.flow, "", own.shared, written
    )


def _says_nothing(entry: Entry, shared: dict[str, Entry]) -> bool:
    """Whether an entry leaves what the provider says: one without a value."""
    value = entry.value
    return entry.name in shared and isinstance(value, ScalarNode) and value.value is None
