"""The names under which it is kept what comes of jobs: they stand for all that a job is given.

What it asks for besides is kept with what comes of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property

from lamlint.engine.jobs import NOTED, Job, Work
from lamlint.engine.known.standing import standing
from lamlint.project.subjects import Homes, Part, homes
from lamlint.project.unit import Unit
from lamlint.python import Module
from lamlint.rule import Subject
from lamlint.text.dataclass import dataclass

_BUILT_IN = "lamlint.rules."


@dataclass(frozen=True)
class Naming:
    """Names jobs. `basis` stands for the program, and for what surrounds it."""

    work: Work
    basis: str
    key: bytes

    def names(self, jobs: Iterable[Job]) -> Iterator[tuple[Job, str]]:
        """The jobs of which it can be known what comes of them, each with its name.

        None where a rule runs that is not lamlint's own: what it asks, nobody knows.
        """
        if not all(rule.check.__module__.startswith(_BUILT_IN) for rule in self.work.rules):
            return
        for job in jobs:
            if job.part.kind in NOTED:
                given = (self.basis, self._rules, job.part.kind, *self._given(job))
                yield job, standing(given, self.key)

    def _given(self, job: Job) -> Iterator[object]:
        """All that a job is given."""
        if job.part.kind is Subject.MODULE:
            modules = tuple(self.work.project.modules.values())
            return map(_module, modules[job.part.first : job.part.last])
        return self._unit(tuple(self.work.project.units)[job.part.unit], job.part)

    def _unit(self, unit: Unit, part: Part) -> Iterator[object]:
        """All that a unit is made of, and which of its functions are looked at with it."""
        yield part.first, part.last
        yield unit.codebase.given
        yield unit.lookups
        yield tuple(unit.files)
        yield self.work.project.read_in(unit)
        for place, (at, functions) in enumerate(unit.places.items()):
            here = [self._homes[function.id] == (part.unit, place) for function in functions]
            yield at, functions, here

    @cached_property
    def _rules(self) -> tuple[object, ...]:
        """The rules that run, with what they are told."""
        options = self.work.options
        return tuple((one.name, options.get(one.name, one.options)) for one in self.work.rules)

    @cached_property
    def _homes(self) -> Homes:
        return homes(self.work.project)


def _module(module: Module) -> tuple[object, ...]:
    """All that a module is made of."""
    return module.source, module.name, module.package
