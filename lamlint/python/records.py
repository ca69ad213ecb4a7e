"""The texts in a list of dicts that the code writes down: `[{"Source": name, …}, …]`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import libcst as cst

from lamlint.python.objects import constant, things
from lamlint.python.strings import text
from lamlint.python.things import Container, Frame

if TYPE_CHECKING:
    from lamlint.python.analysis import Analysis
    from lamlint.python.text import Text

Record = Mapping[str, "Text"]


def records(analysis: Analysis, node: cst.CSTNode, frame: Frame) -> tuple[Record, ...]:
    """The dicts of a written list, each with what is known of its values; none when unsure."""
    found: list[Record] = []
    for outer in things(analysis, node, frame):
        if not isinstance(outer, Container) or not isinstance(outer.node, (cst.List, cst.Tuple)):
            return ()
        for element in outer.node.elements:
            inner = things(analysis, element.value, outer.frame)
            record = _record(analysis, inner[0]) if len(inner) == 1 else None
            if record is None:
                return ()
            found.append(record)
    return tuple(found)


def _record(analysis: Analysis, thing: object) -> Record | None:
    if not isinstance(thing, Container) or not isinstance(thing.node, cst.Dict):
        return None
    record: dict[str, Text] = {}
    for element in thing.node.elements:
        if not isinstance(element, cst.DictElement):
            return None
        key = constant(analysis, element.key, thing.frame)
        if key is None:
            return None
        record[key] = text(analysis, element.value, thing.frame)
    return record
