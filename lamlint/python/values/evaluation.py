"""The analysis of one handler, with the answers to all that its questions ask of each other."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from lamlint.python.values import (
    applied,
    attributes,
    calls,
    constants,
    evaluate,
    registries,
    strings,
)
from lamlint.python.values.analysis import Analysis, Things

if TYPE_CHECKING:
    from lamlint.python.module import cst
    from lamlint.python.module.module import Module
    from lamlint.python.module.scope import Binding
    from lamlint.python.values.alternatives import Text
    from lamlint.python.values.known import Known
    from lamlint.python.values.objects import Class, Edge, Frame, Routine, Thing


class Evaluation(Analysis):
    """An analysis that can answer."""

    def things(self, node: cst.CSTNode, frame: Frame) -> Things:
        return evaluate.things(self, node, frame)

    def text(self, node: cst.CSTNode, frame: Frame) -> Text:
        return strings.text(self, node, frame)

    def value(self, node: cst.CSTNode, frame: Frame) -> Known:
        return constants.value(self, node, frame)

    def bound(self, binding: Binding, frame: Frame) -> Iterator[Thing]:
        return evaluate.bound(self, binding, frame)

    def member(self, module: Module, name: str) -> Iterator[Thing]:
        return evaluate.member(self, module, name)

    def attribute(self, base: Thing, name: str) -> Iterator[Thing]:
        return attributes.attribute(self, base, name)

    def derived(self, of: Class) -> tuple[Class, ...]:
        def found() -> tuple[Class, ...]:
            return tuple(applied.subclasses(self, of))

        return self.ask(self.known_classes, of.node, of.closure, found, ())

    def added(self, thing: Thing, key: str | None) -> Iterator[Thing]:
        return registries.added(self, thing, key)

    def returned(self, routine: Routine, edge: Edge) -> Things:
        return calls.returned(self, routine, edge)
