"""What settings say that is no plain value: the environment, mappings of texts."""

from __future__ import annotations

from collections.abc import Sequence

from lamlint.dialects import values
from lamlint.dialects.properties import Properties
from lamlint.dialects.table import Property
from lamlint.dialects.tree import slots
from lamlint.dialects.tree.node import MappingNode, Node
from lamlint.model import Environment, Value
from lamlint.text import Span


def texts(given: Properties, *path: str) -> dict[str, Value[str]]:
    """The texts of a mapping by their names; of each what it is where it is there."""
    child = given.child(*path)
    found = {entry.name: child.outcomes(entry.name) for entry in child.mapping} if child else {}
    return {
        name: values.content([one for one in each if not one.absent], child.place(name))
        for name, each in found.items()
        if child is not None
    }


def environment(
    given: Properties, name: str, room: Sequence[str] | None, *, complete: bool = True
) -> Environment:
    """The variables of a function; further ones are written at the path to their room."""
    found = given.outcomes(name)
    mappings = [one.node for one in found if isinstance(one.node, MappingNode)]
    whole = complete and all(one.absent or one.node in mappings for one in found)
    whole = whole and all(given.scope.whole(mapping) for mapping in mappings)
    names: dict[str, Span] = {
        entry.name: entry.key.span for mapping in mappings for entry in mapping
    }
    home = given.mapping.written or given.mapping
    free = slots.room(home, room, given.scope.beside) if whole and room is not None else None
    return Environment(texts(given, name), names, whole, given.place(name), free)


def tracing(name: str) -> Property[str]:
    """Whether a function traces, where a setting says yes or no."""
    return Property((name,), _mode, "PassThrough", _traces)


def _mode(node: Node) -> str | None:
    written = values.truth(node)
    return None if written is None else "Active" if written else "PassThrough"


def _traces(mode: str) -> bool:
    return mode == "Active"
