"""What rules are run on: the project, its roles, packages, modules, handlers and functions."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import TYPE_CHECKING, Any
from zlib import crc32

from lamlint.model import Function, Role
from lamlint.project.join import Project
from lamlint.python.module.facts import facts
from lamlint.rule import Subject
from lamlint.text.dataclass import dataclass

if TYPE_CHECKING:
    from lamlint.project.unit import Unit

_OF_FUNCTIONS = frozenset({Subject.FUNCTION, Subject.EVENT_SOURCE, Subject.HANDLER})
_LONGEST = 100_000
"""How many characters of modules are looked at together."""

Homes = Mapping[str, tuple[int, int]]
"""Where each function comes first: the number of a unit, and that of a place in it."""


@dataclass(frozen=True)
class Part:
    """Some of what rules look at, in its order: from the item `first` on, before `last`.

    The items of a HANDLER part are the places of one unit, each with its functions, and then its
    files; those of a FUNCTION part are the functions without code here.
    """

    kind: Subject
    first: int
    last: int
    unit: int = 0

    def each(self) -> Iterator[Part]:
        """The parts of one item each."""
        for number in range(self.first, self.last):
            yield Part(self.kind, number, number + 1, self.unit)

    def __len__(self) -> int:
        return self.last - self.first


def parts(project: Project, kinds: Collection[Subject]) -> Iterator[Part]:
    """All that rules of some kinds are to be run on, part by part."""
    if Subject.PROJECT in kinds:
        yield Part(Subject.PROJECT, 0, 1)
    if Subject.ROLE in kinds:
        yield Part(Subject.ROLE, 0, len(project.roles))
    if Subject.PACKAGE in kinds:
        yield Part(Subject.PACKAGE, 0, len(project.packages))
    if Subject.MODULE in kinds:
        yield from _of_modules(project)
    if not _OF_FUNCTIONS.isdisjoint(kinds):
        for number, unit in enumerate(project.units):
            yield from _of_unit(project, unit, number)
        yield Part(Subject.FUNCTION, 0, len(project.functions))


def _of_unit(project: Project, unit: Unit, number: int) -> Iterator[Part]:
    """The places and files of a unit, as many as are not too long together, or one.

    What they share is parsed anew only where another process has the next of them.
    """
    first = length = 0
    paths = [*(place.path for place in unit.places), *unit.files]
    for item, path in enumerate(paths):
        own = 0 if path in paths[first:item] else _length(path, project)
        if item > first and length + own > _LONGEST:
            yield Part(Subject.HANDLER, first, item, number)
            first, length = item, 0
        length += own
    yield Part(Subject.HANDLER, first, len(paths), number)


def _length(path: str, project: Project) -> int:
    module = project.modules.get(path)
    return 0 if module is None else len(module.source.text)


def _of_modules(project: Project) -> Iterator[Part]:
    """Modules that follow each other, as many as are not too long together, or one.

    Some begin a part by their paths: a change to one module leaves most parts as they were.
    """
    first = length = 0
    for number, (path, module) in enumerate(project.modules.items()):
        length += len(module.source.text)
        if number > first and (length > _LONGEST or _begins_a_part(path)):
            yield Part(Subject.MODULE, first, number)
            first, length = number, len(module.source.text)
    if project.modules:
        yield Part(Subject.MODULE, first, len(project.modules))


def _begins_a_part(path: str) -> bool:
    """One path in sixteen, and always the same."""
    return crc32(path.encode("utf-8", "surrogatepass")) % 16 == 0


def homes(project: Project) -> Homes:
    """Where each function comes first of those whose code is here."""
    found: dict[str, tuple[int, int]] = {}
    for number, unit in enumerate(project.units):
        for place, functions in enumerate(unit.places.values()):
            for function in functions:
                found.setdefault(function.id, (number, place))
    return found


def subjects(
    project: Project, kinds: Collection[Subject], part: Part, homes: Homes
) -> Iterator[tuple[Subject, Any]]:
    """What rules of some kinds are to be run on of a part, each with its kind.

    What is read together comes together. It is let go when the next is
    asked for, so that a run never holds the trees of all modules.
    """
    chosen = slice(part.first, part.last)
    if part.kind is Subject.PROJECT:
        yield Subject.PROJECT, project
    elif part.kind is Subject.ROLE:
        yield from ((Subject.ROLE, one) for one in project.roles[chosen])
    elif part.kind is Subject.PACKAGE:
        yield from ((Subject.PACKAGE, one) for one in project.packages[chosen])
    elif part.kind is Subject.MODULE:
        for module in tuple(project.modules.values())[chosen]:
            known = module.source.made(facts)
            yield Subject.MODULE, module
            module.forget()
            if not known:  # no function has anything to do with it
                module.source.let_go(facts)
    elif part.kind is Subject.HANDLER:
        yield from _invoked(project, kinds, part, homes)
    else:
        left = {one.id: one for one in project.functions[chosen] if one.id not in homes}
        for function in left.values():
            yield from _of(function)


def _invoked(
    project: Project, kinds: Collection[Subject], part: Part, homes: Homes
) -> Iterator[tuple[Subject, Any]]:
    """The handlers of a unit and their functions, each where it comes first."""
    unit = tuple(project.units)[part.unit]
    told: set[str] = set()
    for number, (place, functions) in list(enumerate(unit.places.items()))[part.first : part.last]:
        handler = unit.handler_at(place) if Subject.HANDLER in kinds else None
        if handler is not None:
            yield Subject.HANDLER, handler
        for function in functions:
            if homes[function.id] == (part.unit, number) and function.id not in told:
                told.add(function.id)
                yield from _of(function)
        unit.let_go(place)
    files = slice(max(part.first - len(unit.places), 0), max(part.last - len(unit.places), 0))
    for path in tuple(unit.files)[files] if Subject.HANDLER in kinds else ():
        for handler in unit.recognised_in(path):
            yield Subject.HANDLER, handler
            handler.forget()
    unit.forget()


def _of(function: Function) -> Iterator[tuple[Subject, Any]]:
    yield Subject.FUNCTION, function
    for source in function.events:
        yield Subject.EVENT_SOURCE, source


def paths(project: Project, part: Part) -> Iterator[str]:
    """The files that a part is about; the root's own path for the project as a whole."""
    chosen = slice(part.first, part.last)
    if part.kind is Subject.PROJECT:
        yield "./"
    elif part.kind is Subject.ROLE:
        yield from (one.span.path for one in project.roles[chosen])
    elif part.kind is Subject.PACKAGE:
        yield from (one.function.template for one in project.packages[chosen])
    elif part.kind is Subject.MODULE:
        for module in tuple(project.modules.values())[chosen]:
            yield module.source.span(0, 0).path
    elif part.kind is Subject.HANDLER:
        unit = tuple(project.units)[part.unit]
        yield from [*(place.path for place in unit.places), *unit.files][chosen]
    else:
        yield from (one.template for one in project.functions[chosen])


def names_of(subject: object) -> tuple[str, ...]:
    """The functions that a finding on a subject is about, when the rule names none."""
    if isinstance(subject, Function):
        return (subject.name,)
    if isinstance(subject, Role):
        return subject.functions
    from lamlint.packages import Package
    from lamlint.python import Handler

    if isinstance(subject, Package):
        return (subject.name,)
    if isinstance(subject, Handler):
        return tuple(function.name for function in subject.functions)
    return ()
