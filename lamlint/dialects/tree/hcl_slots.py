"""Where a value of an HCL block or object is written, or would be."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import partial

from lamlint.dialects.tree.node import Entry, MappingNode, Node, ScalarNode
from lamlint.model import Later, Room, Slot
from lamlint.text.dataclass import dataclass

_MAPS = frozenset({"variables", "environment_variables", "tags"})
"""What is an attribute with an object; anything else that holds something is a block."""
_KEY = "\0"


def encode(new: object) -> str:
    """A value as HCL; a text is never a template."""
    return json.dumps(new, ensure_ascii=False).replace("${", "$${").replace("%{", "%%{")


def encode_text(new: object) -> str:
    """A value where a text stood: a text again, be it of digits."""
    return encode(new if isinstance(new, str) else encode(new))


@dataclass(frozen=True)
class Hcl:
    """How HCL writes values: each attribute of a block or an object on a line of its own."""

    def slot(self, node: Node) -> Slot:
        """Where and how another value is written in place of one."""
        quoted = isinstance(node, ScalarNode) and node.style == '"' and not node.computed
        return Slot(node.span, encode_text if quoted else encode)

    def insertion(
        self, mapping: MappingNode, path: Sequence[str], beside: Sequence[str]
    ) -> Later | None:
        """Where the value of a path that a block lacks would be written."""
        return None if mapping.shared else Later(partial(_inserted, mapping, path, beside))

    def room(self, mapping: MappingNode, path: Sequence[str], beside: Sequence[str]) -> Room | None:
        """Where new keys of the mapping at a path would be written, it being there or not."""
        if mapping.shared:
            return None
        slot = _inserted(mapping, (*path, _KEY), beside)
        lead, _, colon = slot.before.partition(_KEY)
        newline = mapping.source.newline
        margin = lead.rpartition(newline)[2] if newline in lead else ""
        between = newline + margin if newline in lead else ", "
        return Room(slot.span, slot.encode, lead, f" {colon.lstrip()}", between, slot.after)


HCL = Hcl()


def _inserted(mapping: MappingNode, path: Sequence[str], beside: Sequence[str]) -> Slot:
    """Where the value of a path that a block lacks is written."""
    indent, step = _indents(mapping)
    lead, tail = _chain(path, indent, step, mapping)
    if mapping.flow and not _on_lines(mapping):
        return _in_one_line(mapping, lead.lstrip(), tail)
    neighbour = _neighbour(mapping, beside)
    source, newline = mapping.source, mapping.source.newline
    if neighbour is not None and len(path) == 1:
        end = _line_end(source.text, neighbour.end)
        return Slot(source.span(end, end), encode, newline + _aligned(lead, neighbour), tail)
    end = _last(mapping)
    if end == mapping.start + 1 and "\n" not in source.text[mapping.start : mapping.end]:
        close = newline + indent.removesuffix(step)
        return Slot(source.span(end, mapping.end - 1), encode, newline + lead, tail + close)
    return Slot(source.span(end, end), encode, newline + lead, tail)


def _chain(keys: Sequence[str], indent: str, step: str, target: MappingNode) -> tuple[str, str]:
    """The text before a new value and behind it, with all that has to stand around it."""
    newline = target.source.newline
    lead, tail, margin = "", "", indent
    inside = target.flow
    for key in keys[:-1]:
        inside = inside or key in _MAPS
        lead += f"{margin}{key} {'= ' if inside else ''}{{{newline}"
        tail = f"{newline}{margin}}}{tail}"
        margin += step
    return f"{lead}{margin}{keys[-1]} = ", tail


def _in_one_line(target: MappingNode, lead: str, tail: str) -> Slot:
    end = target.entries[-1].end if target.entries else target.start + 1
    before = ", " if target.entries else " "
    after = "" if target.entries else " "
    return Slot(target.source.span(end, end), encode, before + lead, tail + after)


def _on_lines(target: MappingNode) -> bool:
    text = target.source.text
    if not target.entries:
        return "\n" in text[target.start : target.end]
    first = target.entries[0].key.start
    return not text[text.rfind("\n", 0, first) + 1 : first].strip()


def _indents(target: MappingNode) -> tuple[str, str]:
    """What stands before each line of a block, and how much deeper that is than its own."""
    text = target.source.text
    own = _margin(text, target.start)
    inner = _margin(text, target.entries[0].key.start) if target.entries else ""
    step = inner.removeprefix(own) if inner.startswith(own) and inner != own else "  "
    return own + step, step


def _margin(text: str, offset: int) -> str:
    line = text[text.rfind("\n", 0, offset) + 1 : offset]
    return line[: len(line) - len(line.lstrip(" \t"))]


def _neighbour(target: MappingNode, beside: Sequence[str]) -> Entry | None:
    """An attribute of one line behind which a new one reads well."""
    text = target.source.text
    lines = [
        entry
        for entry in target.entries
        if not entry.key.tag and "\n" not in text[entry.key.start : entry.end]
        and target.start < entry.key.start < target.end
    ]  # fmt: skip
    named = {entry.name: entry for entry in lines}
    found = next((named[name] for name in beside if name in named), None)
    return found or (lines[-1] if lines else None)


def _aligned(lead: str, neighbour: Entry) -> str:
    """A new attribute whose sign stands below that of the one before it, where there is room."""
    margin, key = lead[: len(lead) - len(lead.lstrip())], lead.strip().removesuffix("=").rstrip()
    width = neighbour.key.source.text.find("=", neighbour.key.end) - neighbour.key.start - 1
    return f"{margin}{key.ljust(width)} = "


def _last(target: MappingNode) -> int:
    """Where the last thing in a block ends, with the comment behind it."""
    if not target.entries:
        return target.start + 1
    text = target.source.text
    return min(_line_end(text, max(entry.end for entry in target.entries)), target.end - 1)


def _line_end(text: str, offset: int) -> int:
    found = text.find("\n", offset)
    end = len(text) if found < 0 else found
    return end - 1 if text[end - 1 : end] == "\r" else end
