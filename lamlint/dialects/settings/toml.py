"""From TOML to a located tree: what it says by its parser, where it stands by its lines.

A value is placed, and may be written, where its line alone says the same as the parser; any
other is shown where its table begins.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TypeAlias

from lamlint.dialects.tree.node import Entry, MappingNode, Node, ScalarNode, SequenceNode
from lamlint.dialects.tree.yaml import Broken
from lamlint.text import Source
from lamlint.text.regex import Regex

_LINE = Regex(r"[^\n]*\n?")
_TABLE = Regex(r"^[ \t]*\[(?!\[)([^\]\n#]+)\]", re.MULTILINE)
_PAIR = Regex(r"^[ \t]*([\w.\"'-]+)[ \t]*=[ \t]*", re.MULTILINE)
_TAKEN = Regex(r'"(?:[^"\\\n]|\\.)*"|\'[^\'\n]*\'|(?<![\w.+-])[\w.+-]+')
_PLACE = Regex(r"at line (\d{1,9}), column (\d{1,9})")
_DEPTH = 100

Path: TypeAlias = "tuple[str, ...]"
Places: TypeAlias = "Mapping[Path, tuple[int, int, int, int]]"
"""Where keys and their values stand: from, to, from, to; of a table its name."""


def tables(source: Source) -> MappingNode | Broken:
    """The tables of a text. Never raises."""
    import tomli

    try:
        data = tomli.loads(source.text)
        return _mapping(source, (), data, _places(source.text), (0, 0))
    except tomli.TOMLDecodeError as error:
        return Broken(str(error), _offset(source, str(error)))
    except (RecursionError, ValueError):
        return Broken("it is nested too deeply", 0)


def _offset(source: Source, message: str) -> int:
    found = _PLACE.search(message)
    line = min(int(found[1]), source.line_count) if found is not None else 1
    return source.offset(line)


def _places(text: str) -> Places:
    """Where the keys of plain tables stand, line by line."""
    found: dict[Path, tuple[int, int, int, int]] = {}
    table: Path = ()
    for line in _LINE.finditer(text):
        start = line.start()
        header = _TABLE.match(text, start, line.end())
        if header is not None:
            table = _keys(header[1])
            found.setdefault(
                table, (header.start(1), header.end(1), header.start(1), header.end(1))
            )
        elif text[start : line.end()].lstrip().startswith("[["):
            table = ("[[",)
        elif (pair := _PAIR.match(text, start, line.end())) is not None:
            value = _TAKEN.match(text, pair.end(), line.end())
            end = value.end() if value is not None else pair.end()
            place = (pair.start(1), pair.end(1), pair.end(), end)
            found.setdefault((*table, *_keys(pair[1])), place)
    return found


def _keys(written: str) -> Path:
    return tuple(part.strip().strip("\"'") for part in written.split("."))


def _mapping(
    source: Source, path: Path, data: Mapping[str, object], places: Places, around: tuple[int, int]
) -> MappingNode:
    """A table. It is shared, so that nothing new is written into it in the syntax of YAML."""
    if len(path) > _DEPTH:
        raise ValueError
    here = places.get(path, (*around, *around))[:2]
    made = MappingNode(source, *here, flow=True, shared=True)
    for name, value in data.items():
        inner = (*path, name)
        start, end, *_ = places.get(inner, (*here, *here))
        key = ScalarNode(source, start, end, name)
        node = _node(source, inner, value, places, (start, end))
        made.entries.append(Entry(key, node, node.start, node.end))
    return made


def _node(
    source: Source, path: Path, value: object, places: Places, around: tuple[int, int]
) -> Node:
    if isinstance(value, dict):
        return _mapping(source, path, value, places, around)
    if isinstance(value, list):
        items = [_node(source, (*path, "[]"), item, places, around) for item in value]
        return SequenceNode(source, *around, items, flow=True)
    return _scalar(source, path, value, places, around)


def _scalar(
    source: Source, path: Path, value: object, places: Places, around: tuple[int, int]
) -> ScalarNode:
    text = str(value).lower() if isinstance(value, bool) else str(value)
    *_, start, end = places.get(path, (0, 0, 0, 0))
    style = '"' if isinstance(value, str) else ""
    if start < end and _says(source.text[start:end], value):
        return ScalarNode(source, start, end, text, style)
    return ScalarNode(source, *around, text, style, writable=False)


def _says(written: str, value: object) -> bool:
    """Whether a text alone means a value."""
    import tomli

    try:
        return tomli.loads(f"value = {written}").get("value") == value
    except (tomli.TOMLDecodeError, ValueError):
        return False
