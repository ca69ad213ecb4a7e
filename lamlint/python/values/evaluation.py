"""The analysis of one handler, with the answers to all that its questions ask of each other."""

from __future__ import annotations

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
from lamlint.python.values.analysis import Analysis

if TYPE_CHECKING:
    from lamlint.python.values.objects import Class


class Evaluation(Analysis):
    """An analysis that can answer: each question is a function of it."""

    things = evaluate.things
    text = strings.text
    value = constants.value
    bound = evaluate.bound
    member = evaluate.member
    attribute = attributes.attribute
    added = registries.added
    returned = calls.returned

    def derived(self, of: Class) -> tuple[Class, ...]:
        def found() -> tuple[Class, ...]:
            return tuple(applied.subclasses(self, of))

        return self.ask(self.known_classes, of.node, of.closure, found, ())
