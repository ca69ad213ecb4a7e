"""What an invocation can do at most, by the facts of all texts that may run: without LibCST."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from lamlint.catalog.ends import ANY
from lamlint.catalog.frameworks import frameworks
from lamlint.python.codebase.outline import possibly_imported
from lamlint.python.module.facts import facts
from lamlint.python.reach.beginning import is_routed
from lamlint.python.reach.django import SETTINGS
from lamlint.text.dataclass import dataclass

if TYPE_CHECKING:
    from lamlint.catalog.ends import Ends
    from lamlint.python.codebase.codebase import Codebase
    from lamlint.python.module.facts import Facts
    from lamlint.python.module.module import Module
    from lamlint.python.module.uses import Body, Uses

_SAME = {"boto3": frozenset({"boto3", "botocore"})}
"""Libraries of which each makes what is named after the first."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """The last names in all code that may run: all of them, those of what it may call.

    `libraries` are the first names that a library may go by, `variables` the environment variables
    that are needed; None where that is not plain.
    """

    named: frozenset[str]
    open: frozenset[str]
    libraries: frozenset[str]
    variables: frozenset[str] | None

    def may_call(self, ends: Ends | None) -> bool:
        """Whether something may be called that one library or another has under a last name."""
        return ends is None or any(
            ANY in last or not self.open.isdisjoint(last)
            for library, last in ends.items()
            if self._imports(library)
        )

    def _imports(self, library: str) -> bool:
        if library.endswith(ANY):
            return any(one.startswith(library[:-1]) for one in self.libraries)
        return not self.libraries.isdisjoint(_SAME.get(library, (library,)))


def bounds(codebase: Codebase, module: Module, name: str) -> Bounds | None:
    """What a function of a module can do, with all that it may run; None for anything."""
    modules = possibly_imported(codebase, module)
    if any(map(_names_modules, modules)):
        return None
    every = [facts(one.source) for one in modules]
    if not all(one.taken and not one.uses.made_up for one in every):
        return None
    libraries = frozenset(_roots(modules, every))
    run = _all(every) if any(map(is_routed, modules)) else _run([one.uses for one in every], name)
    code = [*run, *(one.uses.outer for one in every)]
    named = frozenset().union(*(one.named for one in code))
    opened = frozenset().union(*(one.open for one in code))
    return Bounds(named, opened, libraries | named, _variables(every))


def _names_modules(module: Module) -> bool:
    """Whether a module speaks of a framework that imports modules which no statement imports."""
    text = module.source.text
    return SETTINGS in text or frameworks().names_modules(text)


def _all(every: Sequence[Facts]) -> list[Body]:
    """The code of all functions: a framework calls functions and methods that nobody names."""
    return [body for one in every for body in one.uses.bodies]


def _run(every: Sequence[Uses], name: str) -> list[Body]:
    """The code that an invocation may run.

    Of what importing runs, that is the code which outlasts its call.
    """
    by_name: dict[str, list[Body]] = {}
    for one in every:
        for body in one.bodies:
            by_name.setdefault(body.name, []).append(body)
    imported = _led_to(by_name, frozenset().union(*(one.called for one in every)))
    start = {"", name, *(body.name for body in imported if body.lasts)}
    return _led_to(by_name, start.union(*(one.outer.named for one in every)))


def _led_to(by_name: Mapping[str, Sequence[Body]], start: Iterable[str]) -> list[Body]:
    """The code of the functions of some names, and of those that it names in its turn."""
    found: list[Body] = []
    seen = set(start)
    waiting = set(seen)
    while waiting := waiting & by_name.keys():
        run = [body for word in waiting for body in by_name[word]]
        found += run
        waiting = set().union(*(body.named for body in run)) - seen
        seen |= waiting
    return found


def _roots(modules: Iterable[Module], every: Iterable[Facts]) -> Iterable[str]:
    """The first names that what is imported goes by."""
    for module, known in zip(modules, every, strict=True):
        yield module.name.partition(".")[0]
        yield from (one.module.partition(".")[0] for one in known.imports)


def _variables(every: Iterable[Facts]) -> frozenset[str] | None:
    found: set[str] = set()
    for one in every:
        if one.uses.variables is None:
            return None
        found |= one.uses.variables
    return frozenset(found)
