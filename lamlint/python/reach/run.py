"""Code that runs from some start on: what an invocation runs, or what importing a module does."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator
from functools import cached_property, partial
from typing import TYPE_CHECKING

from lamlint.python.reach.call import Call
from lamlint.python.reach.flow import entered, named, told
from lamlint.python.reach.memo import Memo
from lamlint.python.values.objects import When
from lamlint.text import Related

if TYPE_CHECKING:
    from lamlint.python.reach.reach import Reach, Reached
    from lamlint.python.values.analysis import Analysis
    from lamlint.python.values.objects import Edge, Frame

Way = tuple["Edge", ...]


class Run:
    """What is reached, with the ways to it.

    `starts` tells how a way begins, from the frame that it begins in.
    """

    def __init__(
        self,
        analysis: Analysis,
        reach: Reach,
        starts: Callable[[Frame], Related],
        *,
        at_import: bool = False,
    ) -> None:
        self.analysis = analysis
        self.reach = reach
        self.at_import = at_import
        self._starts = starts
        self._memo = Memo(analysis)
        self._calls: dict[tuple[int, str], Call] = {}

    def calls(self, names: Container[str] | None, *, handed: bool = False) -> Iterator[Call]:
        """Every call that is reached, once, by its shortest way; of some names only if given.

        With `handed`, also those of methods that others are handed to call.
        """
        for key, group in self._reached.items():
            if (names is None or key[1] in names) and (handed or not group[0].handed):
                if key not in self._calls:
                    self._calls[key] = self._call(group)
                yield self._calls[key]

    def memoized(self, call: Call) -> bool:
        """Whether every way to a call leads through a memo, in whichever function."""
        return all(self._memo.kept(frame, call.node) for frame in call.frames)

    def leave(self) -> None:
        """Undo the circles that it is made of, so that all can be let go at once."""
        self.analysis.leave()
        self._calls.clear()

    @cached_property
    def _reached(self) -> dict[tuple[int, str], list[Reached]]:
        """What is reached, by the call's node and what it calls."""
        found: dict[tuple[int, str], list[Reached]] = {}
        for one in self.reach.calls:
            found.setdefault((id(one.node), one.name), []).append(one)
        return found

    def _call(self, group: list[Reached]) -> Call:
        ways = [(self._ways.get(id(one.frame), ()), one) for one in group]
        bare = [pair for pair in ways if self._memo.is_bare(pair[1].frame)]
        way, best = min(bare or ways, key=lambda pair: (max(_sure(pair)), len(pair[0])))
        module = best.frame.module
        return Call(
            best.node,
            module,
            module.enclosing_function(best.node),
            best.name,
            best.receiver,
            max(_sure((way, best))),
            self.at_import,
            tuple(one.frame for one in group),
            way,
            partial(self._flow, way, best),
            self.analysis,
        )

    @cached_property
    def _ways(self) -> dict[int, Way]:
        """The likeliest way from the start into each frame, past memos where there is one.

        Of those as likely it is the shortest: what a branch for errors does sooner is done
        without any error, too.
        """
        memo = self._memo
        ways: dict[int, Way] = {}
        frames = self.reach.order
        for bare in (True, False):
            changed = True
            while changed:
                changed = False
                for frame in frames:
                    for edge in frame.edges:
                        if edge.caller is None:
                            if bare and edge.cached:
                                continue
                            found: Way = ()
                        elif id(edge.caller) not in ways or (
                            bare and (edge.cached or _guarded(memo, edge))
                        ):
                            continue
                        else:
                            found = (*ways[id(edge.caller)], edge)
                        known = ways.get(id(frame))
                        if known is None or (bare and _is_better(found, known)):
                            ways[id(frame)] = found
                            changed = True
        return ways

    def _flow(self, way: Way, reached: Reached) -> tuple[Related, ...]:
        frame = reached.frame
        last = f"{named(frame)} calls {reached.name or 'this'}"
        first = (way[0].caller if way else None) or frame
        return (
            self._starts(first),
            *entered(first),
            *told(way, frame),
            Related(frame.module.span(reached.node), last),
        )


def _sure(pair: tuple[Way, Reached]) -> list[When]:
    way, reached = pair
    first = (way[0].caller if way else None) or reached.frame
    entered = [edge.when for edge in first.edges if edge.caller is None]
    return [reached.when, *(edge.when for edge in way), *sorted(entered)[:1]]


def _is_better(way: Way, known: Way) -> bool:
    return (_worst(way), len(way)) < (_worst(known), len(known))


def _worst(way: Way) -> When:
    return max((edge.when for edge in way), default=When.ALWAYS)


def _guarded(memo: Memo, edge: Edge) -> bool:
    return (
        edge.caller is not None and edge.site is not None and memo.guarded(edge.caller, edge.site)
    )
