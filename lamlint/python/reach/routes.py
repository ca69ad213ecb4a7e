"""What the applications of frameworks call for an event: routes, hooks, views, what they include.

frameworks.toml says which objects are applications and what they call when.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from lamlint.python.reach.registering import Node, Registering

if TYPE_CHECKING:
    from lamlint.python.module.module import Module
    from lamlint.python.reach.prefixes import Prefix
    from lamlint.python.reach.registered import Registered
    from lamlint.python.values.analysis import Analysis
    from lamlint.python.values.objects import Instance


class Routes:
    """What is registered with the applications of some modules."""

    def __init__(self, analysis: Analysis, modules: Sequence[Module]) -> None:
        self._found = Registering(analysis, modules)
        self._under: dict[tuple[Registered, str], Registered] = {}
        """What was registered below a prefix, told once."""

    def served(self, applications: Sequence[Instance]) -> Iterator[Registered]:
        """What some applications call, and those that they include."""
        self._found.look()
        waiting = [(self._found.of(made), "") for made in applications]
        handed = self._found.handed.items() if applications else ()
        waiting += [self._below("", *one) for one in handed]
        seen: set[int] = set()
        kinds: set[str] = set()
        while waiting:
            current, above = waiting.pop()
            if current is None or id(current.made.call) in seen:
                continue
            seen.add(id(current.made.call))
            yield from (self._told(one, above) for one in current.registered)
            if current.row.calls not in kinds:
                kinds.add(current.row.calls)
                yield from self._found.by_row.get(current.row.calls, ())
            waiting += [self._below(above, *one) for one in current.includes.items()]
            if current.open:
                parts = [one for one in self._found.nodes.values() if one.row.part]
                waiting = [*((one, one.own.text) for one in parts), *waiting]
        if seen:
            yield from self._found.loose

    def _below(self, above: str, part: int, given: Prefix) -> tuple[Node, str]:
        """A part of an application that is included, and what its paths begin with."""
        node = self._found.nodes[part]
        return node, given.below(above, node.own)

    def _told(self, one: Registered, above: str) -> Registered:
        """What is registered, as it is told in a part whose paths have a prefix."""
        if not above or not one.path:
            return one
        if (one, above) not in self._under:
            self._under[one, above] = one.under(above)
        return self._under[one, above]

    def all_of(self) -> Iterator[Registered]:
        """What any application calls: where it is not known which one is served."""
        self._found.look()
        for node in self._found.nodes.values():
            yield from node.registered
        yield from self._found.loose
