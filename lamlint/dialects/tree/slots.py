"""Where a value is written, or would be: in YAML and JSON here, else as its layout has it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import partial

from lamlint.dialects.tree.lines import line_end, line_start
from lamlint.dialects.tree.node import Entry, MappingNode, Node, ScalarNode
from lamlint.model import Later, Room, Slot
from lamlint.text.dataclass import dataclass
from lamlint.text.regex import Regex

_REACH = 300
"""How far before a node its tag is looked for."""
_SAFE = Regex(r"[A-Za-z_][A-Za-z0-9_./@+-]*\Z")
_WORDS = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null"})
_KEY = "\0"


def encode_json(new: object) -> str:
    """A value as JSON."""
    return json.dumps(new, ensure_ascii=False)


def encode_yaml(new: object) -> str:
    """A value as YAML: plain where that is certain, JSON otherwise."""
    if isinstance(new, dict):
        entries = (f"{encode_yaml(key)}: {encode_yaml(value)}" for key, value in new.items())
        return f"{{{', '.join(entries)}}}"
    if isinstance(new, str) and _SAFE.match(new) and new.lower() not in _WORDS:
        return new
    return encode_json(new)


def encode_single(new: object) -> str:
    """A value where a single-quoted text stood: a text again, be it of digits."""
    written = _as_text(new)
    return "'" + written.replace("'", "''") + "'" if written.isprintable() else encode_double(new)


def encode_double(new: object) -> str:
    """A value where another text stood, in double quotes."""
    return encode_json(_as_text(new))


def _as_text(new: object) -> str:
    return new if isinstance(new, str) else encode_json(new)


@dataclass(frozen=True)
class Verbatim:
    """Writes what its author has a name for, whatever the value is."""

    text: str

    def __call__(self, _new: object) -> str:
        """The name."""
        return self.text


def of(node: Node) -> Slot:
    """Where a written value stands."""
    if node.layout is not None:
        return node.layout.slot(node)
    if isinstance(node, ScalarNode) and node.style in ("'", '"') and not node.computed:
        encode = encode_single if node.style == "'" else encode_double
        return Slot(node.span, encode)
    if isinstance(node, ScalarNode) and (node.computed or node.style):
        # What an intrinsic or a block of lines makes is a text, even one of digits.
        start = _tag_start(node.source.text, node.start)
        return Slot(node.source.span(start, node.end), encode_double)
    text = node.source.text
    if node.start == node.end and text[node.start - 1 : node.start] == ":":
        return Slot(node.span, encode_yaml, before=" ")
    start = node.start
    if node.tag:
        start = _tag_start(text, start)
    json_like = not isinstance(node, ScalarNode) and node.flow and text[start : start + 1] in "{["
    return Slot(node.source.span(start, node.end), encode_json if json_like else encode_yaml)


def _tag_start(text: str, start: int) -> int:
    """Where the tag before a node starts, on its line."""
    before = text[max(start - _REACH, 0) : start].rpartition("\n")[2]
    *_, word = before.split() or [""]
    mark = word.find("!")
    if mark < 0 or before.endswith(word):
        return start
    return start - len(before) + before.rindex(word) + mark


def insertion(
    mapping: MappingNode, path: Sequence[str], beside: Sequence[str] = ()
) -> Later | None:
    """Where the value of a path that the mapping lacks would be written.

    It is behind the first of some keys, or behind the last one.
    """
    target, rest = _innermost(mapping, path)
    if not rest or target.get(rest[0]) is not None:
        return None
    if mapping.layout is not None:
        return target.layout.insertion(target, rest, beside) if target.layout is not None else None
    if target.shared or not (target.flow or target.entries):
        return None
    return Later(
        partial(_flow_insertion if target.flow else _block_insertion, target, rest, beside)
    )


def _innermost(mapping: MappingNode, path: Sequence[str]) -> tuple[MappingNode, Sequence[str]]:
    """The mapping on the way along a path behind which nothing is written, and the way left."""
    target, rest = mapping.written or mapping, list(path)
    while rest and isinstance(child := target.get(rest[0]), MappingNode) and not child.tag:
        target = child.written or child
        rest.pop(0)
    return target, rest


def room(mapping: MappingNode, path: Sequence[str], beside: Sequence[str] = ()) -> Room | None:
    """Where new keys of the mapping at a path would be written, it being there or not."""
    if mapping.layout is not None:
        target, rest = _innermost(mapping, path)
        if target.layout is None or (rest and target.get(rest[0]) is not None):
            return None
        return target.layout.room(target, rest, beside)
    later = insertion(mapping, (*path, _KEY), beside)
    if later is None:
        return None
    slot = later.slot
    lead, _, colon = slot.before.partition(_KEY)
    newline = mapping.source.newline
    if lead.startswith(newline) or slot.after.startswith(newline):
        between = newline + (lead if newline in lead else slot.after).rpartition(newline)[2]
    elif lead.startswith(",") and ":" not in lead:
        between = lead
    else:
        between = ", " + colon.partition(":")[0]
    return Room(slot.span, slot.encode, lead, colon, between, slot.after)


def _flow_insertion(mapping: MappingNode, keys: Sequence[str], beside: Sequence[str]) -> Slot:
    source = mapping.source
    quote = (
        '"' if source.text[mapping.start : mapping.end].lstrip("{ \t\r\n").startswith('"') else ""
    )
    if not mapping.entries and source.path.endswith((".json", ".template")):
        quote = '"'
    chain = "".join(f"{quote}{key}{quote}: {{" for key in keys[:-1])
    chain += f"{quote}{keys[-1]}{quote}: "
    after = "}" * (len(keys) - 1)
    encode = encode_json if quote else encode_yaml
    if not mapping.entries:
        return Slot(source.span(mapping.start + 1, mapping.start + 1), encode, chain, after)
    neighbour = mapping.behind(beside, _neighbour) or mapping.entries[-1]
    line = source.text.rfind("\n", 0, neighbour.key.start) + 1
    margin = source.text[line : neighbour.key.start]
    gap = source.newline + margin if line and not margin.strip() else " "
    return Slot(source.span(neighbour.end, neighbour.end), encode, f",{gap}{chain}", after)


def _block_insertion(mapping: MappingNode, keys: Sequence[str], beside: Sequence[str]) -> Slot:
    source = mapping.source
    first = mapping.entries[0].key.start
    indent = " " * (first - (line_start(source.text, first)))
    chain = ""
    for depth, key in enumerate(keys):
        chain += f"{indent}{' ' * _step(mapping) * depth}{key}:"
        chain += source.newline if depth < len(keys) - 1 else " "
    neighbour = mapping.behind(beside, _neighbour)
    if neighbour is None:
        # Before the first key: its own indent is already there.
        after = source.newline + indent
        return Slot(source.span(first, first), encode_yaml, chain[len(indent) :], after)
    end = line_end(source.text, neighbour.end)
    return Slot(source.span(end, end), encode_yaml, source.newline + chain)


def _step(mapping: MappingNode) -> int:
    """How far this file indents."""
    column = mapping.entries[0].key.start - line_start(
        mapping.source.text, mapping.entries[0].key.start
    )
    for entry in mapping.entries:
        value = entry.value
        if isinstance(value, MappingNode) and value.entries and not value.flow:
            inner = value.entries[0].key.start
            deeper = inner - line_start(mapping.source.text, inner) - column
            if deeper > 0:
                return deeper
    return 2


def _neighbour(mapping: MappingNode, beside: Sequence[str]) -> Entry | None:
    """A written entry of one line behind which a new one reads well."""
    candidates = [entry for entry in mapping.entries if _one_line(entry)]
    for name in beside:
        for entry in candidates:
            if entry.name == name:
                return entry
    return candidates[-1] if candidates else None


def _one_line(entry: Entry) -> bool:
    text = entry.key.source.text
    if isinstance(entry.value, ScalarNode) and entry.value.style in ("|", ">"):
        return False
    if (
        not isinstance(entry.value, ScalarNode)
        and not entry.value.flow
        and entry.value.end == entry.end
    ):
        return False
    return "\n" not in text[entry.key.start : entry.end]
