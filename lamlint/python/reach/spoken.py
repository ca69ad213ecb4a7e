"""Which frameworks some modules speak of: there only their methods register anything."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from lamlint.catalog.frameworks import frameworks
from lamlint.text.dataclass import dataclass

if TYPE_CHECKING:
    from lamlint.python.module.module import Module


@dataclass(frozen=True, slots=True)
class Spoken:
    """What may register something in some modules."""

    methods: frozenset[str]
    """The methods that do so by a plain call: those of all applications of each framework."""
    parts: bool
    """Whether there may be a part of an application, that another one includes."""


def spoken(modules: Sequence[Module]) -> Spoken:
    """What the texts of modules name: known far sooner than what each call of them is."""
    applications = frameworks().applications
    words = frozenset[str]().union(*map(_words, modules))
    named = [one for one in applications if one.is_named_by(words)]
    calls = {one.calls for one in named}
    methods = (one.registers | one.joins for one in applications if one.calls in calls)
    return Spoken(frozenset[str]().union(*methods), any(one.part for one in named))


def _words(module: Module) -> frozenset[str]:
    """The words of all applications that stand in a module."""
    source = module.source
    return source.once(
        _words, lambda: frozenset(word for word in frameworks().naming if word in source.text)
    )
