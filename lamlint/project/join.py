"""The join: what templates declare and what modules say, as one Project."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import field, fields
from datetime import date
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any, TypeVar

from lamlint.files import kinds
from lamlint.files.paths import Folders
from lamlint.files.superseded import Superseded
from lamlint.model import (
    Choice,
    CodeKind,
    Dangling,
    EventSource,
    Function,
    Queue,
    Replaced,
    Resources,
    Role,
    Value,
)
from lamlint.project import resolution
from lamlint.project.deployed import Deployed
from lamlint.project.failures import failure_targets
from lamlint.project.homes import Homes
from lamlint.project.left_lying import LeftLying
from lamlint.project.lookup import Lookup, NotFound
from lamlint.project.named import Named, R
from lamlint.project.passed_over import PassedOver
from lamlint.python.module.syntax import Shelf
from lamlint.text import Finding, Related, Span, Tree, Unread, internal_error
from lamlint.text.dataclass import dataclass

if TYPE_CHECKING:
    from lamlint.catalog import Catalog
    from lamlint.packages import Package
    from lamlint.project.asking import Asking
    from lamlint.project.django_settings import DjangoSettings
    from lamlint.project.invocations import Invocations
    from lamlint.project.made_for import MadeFor
    from lamlint.project.moved import Moved
    from lamlint.project.obstacles import Obstacle
    from lamlint.project.off_path import OffPath
    from lamlint.project.refusing import Refusing
    from lamlint.project.tie import Tie
    from lamlint.project.unit import Unit
    from lamlint.project.units import Units
    from lamlint.python import Handler, Module

T = TypeVar("T")


@dataclass(frozen=True)
class Project:
    """Everything rules may look at. Pure data and lazy reading; nothing is ever written.

    `problems` are the findings of reading itself, each with its rule's name
    (syntax-error, unreadable-template, internal-error).
    """

    tree: Tree
    catalog: Catalog
    today: date
    functions: tuple[Function, ...]
    roles: tuple[Role, ...]
    problems: tuple[Finding, ...]
    targets: tuple[str, ...] = ()
    dangling: tuple[Dangling, ...] = ()
    """The references of functions and triggers under whose name nothing is declared."""
    replaced: tuple[Replaced, ...] = ()
    """What templates set to no effect, as another of the same key stands behind it."""
    left_out: frozenset[str] = frozenset()
    """The templates that were not read, or not all of them."""
    resources: Resources = field(default_factory=Resources)
    """Queues, topics and others beside the functions."""
    shelf: Shelf = field(default_factory=Shelf)
    """What was parsed last; readings that follow each other may share it."""
    late_problems: list[Finding] = field(default_factory=list)
    """What failed in reading that is only done when a rule asks for it."""

    _obstacles: dict[str, tuple[Obstacle, ...]] = field(default_factory=dict)

    def __getstate__(self) -> dict[str, Any]:
        """What is sent to another process: what was read, and nothing that follows from it."""
        return {one.name: getattr(self, one.name) for one in fields(self)}

    @property
    def queues(self) -> tuple[Queue, ...]:
        """The queues of SQS that templates declare."""
        return self.resources.queues

    def queue(self, value: Value[str]) -> Queue | None:
        """The queue that a value names; None where it is not here, or may be several."""
        return self.named(value, Queue)

    def named(self, value: Value[str], kind: type[R]) -> R | None:
        """The resource of a kind that a value names; None where it is not surely one of those."""
        return self._named.find(value, kind)

    @cached_property
    def failure_targets(self) -> frozenset[str]:
        """The identities of all that failures are sent to."""
        return failure_targets(self.functions, self.resources)

    @cached_property
    def _named(self) -> Named:
        return Named.of(self.resources)

    @property
    def unread(self) -> frozenset[Unread]:
        """What reading has come across so far that it could not read."""
        return frozenset(self.tree.unread | self.shelf.unread)

    @cached_property
    def variables(self) -> Mapping[str, Sequence[tuple[str, Choice[str]]]]:
        """The values that environment variables are given, by the path of the file with them."""
        found: dict[str, list[tuple[str, Choice[str]]]] = {}
        for function in self.functions:
            for name, choice in function.environment.written:
                found.setdefault(choice.span.path, []).append((name, choice))
        return found

    @cached_property
    def units(self) -> Units:
        """The code that is read together, with the handlers in it."""
        from lamlint.project.invocable import may_hold_handlers
        from lamlint.project.no_handlers import Known
        from lamlint.project.units import units

        known = Known(
            self.tree, self.functions, self.roots, self.entry_points, self.ties, self._superseded
        )
        loose = {
            path: module
            for path, module in self.modules.items()
            if path == module.path
            and self.is_targeted(path)
            and may_hold_handlers(module)
            and not known.is_no_handler(path)
        }
        return units(self.tree, self.entry_points, loose, self.roots, self.shelf, self._failed)

    @cached_property
    def _homes(self) -> Homes:
        return Homes.of(self.units, self.place_of)

    def asked_first(self) -> tuple[object, ...]:
        """What most rules ask of all functions: it touches them all, wherever it is worked out."""
        return (
            self._homes,
            self._named,
            self._superseded,
            self._untied,
            self.invoked_often,
            self._passed_over.in_folders,
            self.invocations,
        )

    def read_in(self, unit: Unit) -> frozenset[str]:
        """The functions whose one handler is read in a unit, by their ids."""
        return self._homes.read_in(unit)

    @property
    def handlers(self) -> Iterator[Handler]:
        """The Python functions that Lambda invokes: those configured, and those recognised.

        Recognised by their signature are only functions outside all declared code.
        """
        for unit in self.units:
            for place in unit.places:
                handler = unit.handler_at(place)
                if handler is not None:
                    yield handler
            yield from unit.recognised()

    def is_targeted(self, path: str) -> bool:
        """Whether a file is among those that are to be reported on."""
        return not self.targets or self._targets.holds(path)

    @cached_property
    def _targets(self) -> Folders:
        return Folders.of(self.targets)

    def is_test(self, path: str) -> bool:
        """Whether a file holds code of tests: what a template deploys is none, wherever it lies."""
        return kinds.is_test(path) and not self._deployed.holds(path)

    def is_test_data(self, path: str) -> bool:
        """Whether a file is one that tests read, and that may be broken on purpose."""
        return kinds.is_test_data(path) and not self._deployed.holds(path)

    def is_sample(self, path: str) -> bool:
        """Whether a file is one of tests, of documentation or of examples."""
        return kinds.is_sample(path) and not self._deployed.holds(path)

    def is_script(self, path: str) -> bool:
        """Whether a file is one that people start by hand: no function has its code."""
        return kinds.is_script(path) and not self.declared(path)

    def is_set_aside(self, path: str) -> bool:
        """Whether a file lies where code is put that is deployed no more: no function has it."""
        return self.is_kept(path) and not self.declared(path)

    def is_kept(self, path: str) -> bool:
        """Whether a file is of what nobody deploys any more, by its folder's or its own name."""
        return kinds.is_set_aside(path) or self._superseded.holds(path)

    def is_passed_over(self, path: str) -> bool:
        """Whether functions run what lies beside a file, and nothing names the file itself."""
        return self._passed_over.holds(path)

    def is_left_lying(self, template: str, other: str) -> bool:
        """Whether scripts name another template of a folder, and none names this one."""
        return self._left_lying.holds(template, other)

    @cached_property
    def _left_lying(self) -> LeftLying:
        return LeftLying(self.tree)

    @cached_property
    def _passed_over(self) -> PassedOver:
        from lamlint.project.image import replaced, served_elsewhere

        entries = frozenset(place.path for place in self.entry_points)
        others = served_elsewhere(self.functions, self.tree)
        others |= replaced(self.functions, entries, self.tree)
        return PassedOver(self.tree, entries, others)

    @cached_property
    def _superseded(self) -> Superseded:
        return Superseded(self.tree)

    @cached_property
    def _deployed(self) -> Deployed:
        return Deployed.of(self.functions, self.entry_points)

    def _failed(self, what: str, error: Exception, place: Span) -> None:
        self.late_problems.append(internal_error(what, error, place))

    def handler_of(self, function: Function) -> Handler | None:
        """The Python function that a configured function runs, if it is known and here."""
        return self._homes.handler_of(function)

    def glimpse(
        self, words: Sequence[str], ask: Callable[[Handler], T]
    ) -> Iterator[tuple[Sequence[Function], T]]:
        """What is asked of each handler whose code has some words, with the functions that run it.

        It is let go again where nobody else reads it.
        """
        for unit in self.units:
            for place, functions in unit.places.items():
                answer = unit.glimpse(place, words, ask)
                if answer is not None:
                    yield functions, answer

    def triggered(self, function: Function) -> Iterator[tuple[Handler, tuple[EventSource, ...]]]:
        """What runs for the triggers of a function: its handler, or what that calls for some."""
        return self._homes.triggered(function)

    def resolves(self, function: Function) -> bool:
        """Whether the handler of a function was found where its template says that its code is."""
        return function.id not in self.ties and self._homes.resolves(function)

    def lookup_of(self, function: Function) -> Lookup:
        """What was looked up of a function's imports out of its own code."""
        return self._homes.lookup_of(function)

    def lookup_in(self, path: str) -> Lookup:
        """What was looked up of the imports of a file in which handlers are recognised."""
        found = (unit.lookups.get(path) for unit in self.units if path in unit.files)
        return next(filter(None, found), Lookup())

    @property
    def not_found(self) -> frozenset[NotFound]:
        """The imports of all handlers that no file is known for."""
        return frozenset(
            one for unit in self.units for each in unit.lookups.values() for one in each.not_found
        )

    @property
    def recognises(self) -> bool:
        """Whether there are files in which handlers are recognised by their signatures."""
        return any(unit.files for unit in self.units)

    def needed(self, function: Function) -> Iterator[Module]:
        """The module of a function's handler and those that it needs, of what is here."""
        return self._homes.needed(function)

    @cached_property
    def off_path(self) -> tuple[OffPath, ...]:
        """The layers of Python functions of which nothing can be imported, and who needs them."""
        from lamlint.project.off_path import off_path

        return tuple(off_path(self.functions, self._homes, self.units, self.tree))

    @cached_property
    def modules(self) -> Mapping[str, Module]:
        """The project's Python files by path, and inline code by its function's id; none parsed."""
        from lamlint.project.modules import modules

        return modules(self.tree, self.functions, self.roots, self.beside, self.shelf)

    @cached_property
    def roots(self) -> Folders:
        """The folders that functions and local layers import from."""
        return Folders.of(
            root
            for function in self.functions
            for root in (resolution.root_of(function), *resolution.deployed_roots(function))
            if root is not None
        )

    @cached_property
    def entry_points(self) -> Mapping[resolution.Place, tuple[Function, ...]]:
        """The places that handler strings lead to, each with the functions that name it."""
        found: dict[resolution.Place, list[Function]] = {}
        for function in self.functions:
            for place in resolution.places(function, self.tree):
                found.setdefault(place, []).append(function)
        for function in self.functions:
            if function.id in self.ties:
                found.setdefault(self.ties[function.id].place, []).append(function)
        return {place: tuple(functions) for place, functions in found.items()}

    @cached_property
    def ties(self) -> Mapping[str, Tie]:
        """Where the code is of functions whose package is not here, by the function's id."""
        from lamlint.project.tie import ties

        return ties(self.functions, self.tree)

    @cached_property
    def _untied(self) -> Mapping[str, Sequence[Function]]:
        """The functions whose code is not known, by the last name of the module they run."""
        from lamlint.project.away import away_by_module

        return away_by_module(one for one in self.functions if one.id not in self.ties)

    def may_run(self, handler: Handler) -> Sequence[Function]:
        """The functions whose code is not here, and that may run a handler by its name."""
        from lamlint.project.away import may_run

        return tuple(may_run(self._untied, handler.module.path, handler.name))

    @cached_property
    def invoked_often(self) -> tuple[str, ...]:
        """The ids of the functions that a variable names of another one, which often runs."""
        from lamlint.project.frequency import invoked_often

        return invoked_often(self.functions, self.catalog.rare_events)

    @cached_property
    def invoking(self) -> tuple[str, ...]:
        """The files of code, tests aside, in which something may invoke a function by its name."""
        from lamlint.project.invocations import speaking

        return tuple(speaking(self.tree, ("", *self.beside)))

    @cached_property
    def invocations(self) -> Invocations:
        """The calls of its functions that invoke functions."""
        from lamlint.project.frequency import runs_by_what_starts_it
        from lamlint.project.invocations import WORDS, Invocations, calls

        every = self.glimpse(WORDS, calls) if self.invoking else ()
        often = frozenset(self.invoked_often)
        runs = partial(runs_by_what_starts_it, often=often, rare_events=self.catalog.rare_events)
        return Invocations.of(self.functions, every, runs)

    @cached_property
    def django_settings(self) -> DjangoSettings:
        """The settings of Django that its functions run on."""
        from lamlint.project.django_settings import DjangoSettings

        return DjangoSettings(self.functions, self.tree)

    @cached_property
    def refusing(self) -> Refusing:
        """Who refuses defaults that stand in its code."""
        from lamlint.project.refusing import Refusing

        return Refusing(self.tree)

    @cached_property
    def shared_timeouts(self) -> frozenset[Span]:
        """The places of timeouts that functions share, also some that serve not only APIs."""
        from lamlint.project.only_apis import shared_timeouts

        return shared_timeouts(self.functions, self.catalog.events.apis)

    def place_of(self, function: Function) -> resolution.Place | None:
        """The place that a function's handler string leads to."""
        tie = self.ties.get(function.id)
        return resolution.place(function, self.tree) if tie is None else tie.place

    def moved(self, function: Function) -> Sequence[str]:
        """The files that may be what a function runs whose code is not where it should be."""
        tie = self.ties.get(function.id)
        return self._moved.of(function) if tie is None else (tie.place.path,)

    @cached_property
    def _moved(self) -> Moved:
        from lamlint.project.moved import Moved

        return Moved(self.tree, frozenset(place.path for place in self.entry_points))

    @cached_property
    def beside(self) -> tuple[str, ...]:
        """The folders of code that lie beside the project's root, in the same repository.

        One that holds the root holds other projects too, and is read only where code leads.
        """
        outside = sorted(root for root in self.roots.paths if root.startswith("../"))
        return tuple(root for root in outside if set(root.split("/")) != {".."})

    def looks_like_a_handler(self, module: Module) -> bool:
        """Whether some function of a module is made to be invoked, by its text alone."""
        from lamlint.project.invocable import may_hold_handlers

        return may_hold_handlers(module) or resolution.defines_handler(module.source)

    def declared(self, path: str) -> bool:
        """Whether a file lies in the code of a function, or in a local layer."""
        return self.roots.holds(path)

    def is_elsewhere(self, path: str) -> bool:
        """Whether all code of functions is known to lie in other folders."""
        known = all(
            one.code.kind is CodeKind.INLINE or resolution.root_of(one) is not None
            for one in self.functions
        )
        return bool(self.functions) and known and not self.declared(path)

    @cached_property
    def packages(self) -> tuple[Package, ...]:
        """What Lambda unpacks for each function."""
        from lamlint.packages import packages

        return tuple(packages(self.functions, self.tree, self.catalog))

    def users(self, role: Role) -> tuple[Function, ...]:
        """The functions that run under a role."""
        return self._users.get(role.id, ())

    @cached_property
    def _users(self) -> Mapping[str, tuple[Function, ...]]:
        found: dict[str, list[Function]] = {}
        for function in self.functions:
            if function.role is not None:
                found.setdefault(function.role.id, []).append(function)
        return {role: tuple(functions) for role, functions in found.items()}

    def obstacles(self, function: Function) -> tuple[Obstacle, ...]:
        """What keeps the code of a function from running on a newer Python, as far as is known."""
        if function.id not in self._obstacles:
            from lamlint.project.obstacles import obstacles

            handler = self.handler_of(function)
            layers = tuple(one.folder for one in self.lookup_of(function).elsewhere.values())
            found = obstacles(
                function, handler, layers, self._filled, self._asking, self.catalog.pythons
            )
            self._obstacles[function.id] = tuple(found)
        return self._obstacles[function.id]

    def obstacles_anew(self, function: Function) -> tuple[Obstacle, ...]:
        """The same, worked out once more."""
        self._obstacles.pop(function.id, None)
        return self.obstacles(function)

    @cached_property
    def _asking(self) -> Asking:
        from lamlint.project.asking import Asking

        return Asking(self.tree)

    @cached_property
    def _filled(self) -> Mapping[str, Sequence[MadeFor]]:
        from lamlint.project.made_for import filled_by_scripts

        return filled_by_scripts(self.tree)

    def declared_at(self, subject: object, names: Collection[str] = ()) -> tuple[Related, ...]:
        """Where templates declare a function, or a handler to be one, or that none does so.

        `names` are the functions of a handler that are meant; empty for all of them.
        """
        from lamlint.project.declaration import handler_declared

        if isinstance(subject, Function):
            return (Related(subject.span, f"{subject.name} is declared here"),)
        if isinstance(subject, _handler_type()):
            return handler_declared(subject, self._untied, self.ties, names)
        return ()


def _handler_type() -> type[Handler]:
    from lamlint.python import Handler

    return Handler
