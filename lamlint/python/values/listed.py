"""The texts in lists and dicts that the code writes down: `[{"Source": name, …}, …]`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, TypeAlias

from lamlint.python.module import cst
from lamlint.python.values.containers import constant, items
from lamlint.python.values.objects import Container, Frame

if TYPE_CHECKING:
    from lamlint.python.values.alternatives import Text
    from lamlint.python.values.analysis import Analysis

TextsByKey: TypeAlias = Mapping[str, "Text"]


def dicts(analysis: Analysis, node: cst.CSTNode, frame: Frame) -> tuple[TextsByKey, ...]:
    """The dicts of a written list, each with what is known of its values; none when unsure."""
    found: list[TextsByKey] = []
    for outer in analysis.things(node, frame):
        if not isinstance(outer, Container) or not isinstance(outer.node, (cst.List, cst.Tuple)):
            return ()
        for element in outer.node.elements:
            inner = analysis.things(element.value, outer.frame)
            texts = _dict(analysis, inner[0]) if len(inner) == 1 else None
            if texts is None:
                return ()
            found.append(texts)
    return tuple(found)


def within(
    analysis: Analysis, node: cst.CSTNode, frame: Frame, path: Sequence[str]
) -> Iterator[Text]:
    """The texts that a path leads to: keys of dicts, `*` for each element of a list."""
    if not path:
        yield analysis.text(node, frame)
        return
    for value, inner in _members(analysis, node, frame, path[0]):
        yield from within(analysis, value, inner, path[1:])


def keys_to(
    analysis: Analysis, node: cst.CSTNode, frame: Frame, path: Sequence[str]
) -> Iterator[Text]:
    """The keys of a dict from whose values a path leads somewhere."""
    for thing in analysis.things(node, frame):
        if isinstance(thing, Container) and isinstance(thing.node, cst.Dict):
            for element in thing.node.elements:
                if isinstance(element, cst.DictElement) and any(
                    True for _ in within(analysis, element.value, thing.frame, path)
                ):
                    yield analysis.text(element.key, thing.frame)


def _members(
    analysis: Analysis, node: cst.CSTNode, frame: Frame, step: str
) -> Iterator[tuple[cst.CSTNode, Frame]]:
    for thing in analysis.things(node, frame):
        analysis.step()
        if not isinstance(thing, Container) or analysis.exhausted:
            continue
        if isinstance(thing.node, cst.Dict):
            for element in thing.node.elements:
                if isinstance(element, cst.DictElement):
                    if constant(analysis, element.key, thing.frame) == step:
                        yield element.value, thing.frame
        elif step == "*":
            for value in items(thing.node, None):
                yield value, thing.frame


def _dict(analysis: Analysis, thing: object) -> TextsByKey | None:
    if not isinstance(thing, Container) or not isinstance(thing.node, cst.Dict):
        return None
    texts: dict[str, Text] = {}
    for element in thing.node.elements:
        if not isinstance(element, cst.DictElement):
            return None
        key = constant(analysis, element.key, thing.frame)
        if key is None:
            return None
        texts[key] = analysis.text(element.value, thing.frame)
    return texts
