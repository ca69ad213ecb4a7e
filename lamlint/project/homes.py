"""Where the handlers of functions are read, and what they call for single events."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, TypeAlias

from lamlint.model import EventSource, Function
from lamlint.project import resolution
from lamlint.project.lookup import Lookup
from lamlint.project.resolution import Place
from lamlint.text.dataclass import dataclass

if TYPE_CHECKING:
    from lamlint.project.unit import Unit
    from lamlint.python import Handler, Module

Home: TypeAlias = "tuple[Unit, Place]"
"""A unit, and a place in it."""


@dataclass(frozen=True, eq=False)
class Homes:
    """The home of the one handler of each function, by the function's id; and `further` ones.

    Those are of what the handler of a function calls for single events.
    """

    own: Mapping[str, Home]
    further: Mapping[str, Sequence[Home]]

    @classmethod
    def of(cls, units: Iterable[Unit], place_of: Callable[[Function], Place | None]) -> Homes:
        """The homes of all functions that run what is read in some units."""
        own: dict[str, Home] = {}
        further: dict[str, list[Home]] = {}
        several: set[str] = set()
        for unit in units:
            for place, functions in unit.places.items():
                for function in functions:
                    if function.also_runs and place != place_of(function):
                        further.setdefault(function.id, []).append((unit, place))
                        continue
                    home = own.setdefault(function.id, (unit, place))
                    if home[0] is not unit or home[1] != place:
                        several.add(function.id)
        return cls({one: home for one, home in own.items() if one not in several}, further)

    def read_in(self, unit: Unit) -> frozenset[str]:
        """The functions whose one handler is read in a unit, by their ids."""
        return frozenset(name for name, (home, _) in self.own.items() if home is unit)

    def handler_of(self, function: Function) -> Handler | None:
        """The Python function that a configured function runs, if it is known and here."""
        home = self.own.get(function.id)
        return None if home is None else home[0].handler_at(home[1])

    def triggered(self, function: Function) -> Iterator[tuple[Handler, tuple[EventSource, ...]]]:
        """What runs for the triggers of a function: its handler, or what that calls for some."""
        handler = self.handler_of(function)
        if handler is not None:
            yield handler, tuple(one for one in function.events if not one.runs)
        further = self.further.get(function.id, ())
        run: dict[tuple[str, str] | None, list[EventSource]] = {}
        for one in function.events if further else ():
            run.setdefault(resolution.split(one.runs), []).append(one)
        for unit, place in further:
            called = unit.handler_at(place)
            if called is not None:
                yield called, tuple(run.get((place.module, place.attribute), ()))

    def resolves(self, function: Function) -> bool:
        """Whether the handler of a function was found at its place."""
        home = self.own.get(function.id)
        return home is not None and home[0].resolves(home[1])

    def lookup_of(self, function: Function) -> Lookup:
        """What was looked up of a function's imports out of its own code."""
        home = self.own.get(function.id)
        return Lookup() if home is None else home[0].lookups.get(home[1].path, Lookup())

    def needed(self, function: Function) -> Iterator[Module]:
        """The module of a function's handler and those that it needs, of what is here."""
        from lamlint.python.codebase.outline import needed

        home = self.own.get(function.id)
        module = None if home is None else home[0].module_at(home[1])
        if home is not None and module is not None:
            yield from needed(home[0].codebase, module)

    def place_of(self, function: Function) -> Place | None:
        """The place of a function's one handler."""
        home = self.own.get(function.id)
        return None if home is None else home[1]

    def modules(self, function: Function) -> tuple[Module, ...]:
        """The modules that the handler of a function may import, its own the first."""
        from lamlint.python.codebase.outline import possibly_imported

        home = self.own.get(function.id)
        start = None if home is None else home[0].module_at(home[1])
        return () if home is None or start is None else possibly_imported(home[0].codebase, start)
