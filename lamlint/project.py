"""The join: what templates declare and what modules say, as one Project."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, partial
from typing import TYPE_CHECKING

from lamlint import resolution
from lamlint.model import EventSource, Function, Role
from lamlint.rule import Rule, Subject
from lamlint.text import Finding, Related, Source, Span, Tree, Unreadable, internal_error

if TYPE_CHECKING:
    from lamlint.catalog import Catalog
    from lamlint.handlers import Codebases
    from lamlint.packages import Package
    from lamlint.python import Codebase, Handler, Module


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
    late_problems: list[Finding] = field(default_factory=list)
    """What failed in reading that is only done when a rule asks for it."""

    @property
    def event_sources(self) -> Iterator[EventSource]:
        """All triggers of all functions."""
        for function in self.functions:
            yield from function.events

    @cached_property
    def _codebases(self) -> Codebases:
        from lamlint.handlers import Codebases

        return Codebases(self.tree)

    @cached_property
    def handlers(self) -> tuple[Handler, ...]:
        """The Python functions that Lambda invokes: those configured, then those recognised.

        Recognised by their signature are only functions outside all declared code.
        """
        from lamlint.handlers import configured, recognised

        wanted = {
            path: module
            for path, module in self.modules.items()
            if path == module.path and self._is_targeted(path)
        }
        return (
            *configured(self.entry_points, self._codebases, self._failed),
            *recognised(wanted, self._is_no_handler, self._codebases, self._failed),
        )

    def _is_no_handler(self, path: str) -> bool:
        """Whether what looks like a handler in a file is known to be something else."""
        return self.declared(path) or posixpath.basename(path) in self._scripts

    @cached_property
    def _scripts(self) -> frozenset[str]:
        from lamlint.runbooks import scripts

        return scripts(self.tree)

    def _is_targeted(self, path: str) -> bool:
        return not self.targets or any(resolution.inside(one, path) for one in self.targets)

    def _failed(self, what: str, error: Exception, place: Span) -> None:
        self.late_problems.append(internal_error(what, error, place))

    @property
    def _functions_of_handlers(self) -> Mapping[int, tuple[Function, ...]]:
        """The functions of each handler by its identity; nothing before handlers are asked for."""
        if "handlers" not in self.__dict__:
            return {}
        return {id(one): one.functions for one in self.handlers}

    @cached_property
    def _handlers_by_function(self) -> Mapping[str, Handler]:
        return {function.id: one for one in self.handlers for function in one.functions}

    def handler_of(self, function: Function) -> Handler | None:
        """The Python function that a configured function runs, if it is known and here."""
        return self._handlers_by_function.get(function.id)

    def codebase_of(self, function: Function) -> Codebase | None:
        """The modules that a function can import; None when its code is not in the project."""
        return self._codebases.of_function(function)

    @cached_property
    def modules(self) -> Mapping[str, Module]:
        """The project's Python files by path, and inline code by its function's id; none parsed."""
        from lamlint.python import module_of

        found: dict[str, Module] = {}
        for path in self.tree.sources():
            if path.endswith(".py"):
                source = self.tree.read(path)
                if not isinstance(source, Unreadable):
                    found[path] = module_of(
                        source,
                        resolution.module_name(path, self.roots),
                        package=path.endswith("__init__.py"),
                    )
        for function in self.functions:
            if function.code.inline is not None and function.python:
                found[function.id] = module_of(function.code.inline, resolution.INLINE_MODULE)
        return found

    def compiles(self, source: Source) -> bool:
        """Whether this interpreter takes a module."""
        return resolution.module_names(source) is not None

    @cached_property
    def roots(self) -> tuple[str, ...]:
        """The folders that functions and local layers import from, the innermost first."""
        found = {
            root
            for function in self.functions
            for root in (resolution.root_of(function), *resolution.layer_roots(function))
            if root is not None
        }
        return tuple(sorted(found, key=lambda root: (-len(root), root)))

    @cached_property
    def entry_points(self) -> Mapping[resolution.Place, tuple[Function, ...]]:
        """The places that handler strings lead to, each with the functions that name it."""
        found: dict[resolution.Place, tuple[Function, ...]] = {}
        for function in self.functions:
            place = resolution.place(function, self.tree)
            if place is not None:
                found[place] = (*found.get(place, ()), function)
        return found

    def declared(self, path: str) -> bool:
        """Whether a file lies in the code of a function, or in a local layer."""
        return any(resolution.inside(root, path) for root in self.roots)

    @cached_property
    def packages(self) -> tuple[Package, ...]:
        """What Lambda unpacks for each function."""
        from lamlint.packages import packages

        return tuple(packages(self.functions, self.tree, self.catalog))

    def subjects(self, rule: Rule) -> Iterator[tuple[object, str, Callable[[], Span]]]:
        """What a rule is to be run on: the subject, its name, and what finds its place."""
        if rule.subject is Subject.PROJECT:
            yield self, "the project", partial(Span, "", 0, 0)
        if rule.subject is Subject.MODULE:
            for module in self.modules_for(rule):
                yield module, f"the module {module.path}", partial(module.source.span, 0, 0)
        for word, found in self._subjects(rule.subject):
            # The place of a handler costs a pass over its module.
            yield found, f"the {word} {found.name}", partial(getattr, found, "span")

    def modules_for(self, rule: Rule) -> Iterator[Module]:
        """The modules that a Module rule looks at: those whose text holds one of its words.

        Secrets are looked for in every module, all else in what functions can import.
        """
        for path, module in self.modules.items():
            inline = path != module.path
            if rule.family != "secrets" and not inline and not self.declared(path):
                continue
            if not rule.mentions or any(
                word.decode() in module.source.text for word in rule.mentions
            ):
                yield module

    def _subjects(
        self, kind: Subject
    ) -> Iterator[tuple[str, Function | EventSource | Role | Package | Handler]]:
        """The subjects of a kind, each with the word for it."""
        match kind:
            case Subject.FUNCTION:
                yield from (("function", one) for one in self.functions)
            case Subject.EVENT_SOURCE:
                yield from (("event source", one) for one in self.event_sources)
            case Subject.ROLE:
                yield from (("role", one) for one in self.roles)
            case Subject.PACKAGE:
                yield from (("package of", one) for one in self.packages)
            case Subject.HANDLER:
                yield from (("handler", one) for one in self.handlers)
            case Subject.PROJECT | Subject.MODULE | Subject.ENGINE:
                return

    def declared_at(self, subject: object) -> tuple[Related, ...]:
        """Where templates say that a handler is one, or that none does; nothing for the rest."""
        if "handlers" not in self.__dict__ or not isinstance(subject, _handler_type()):
            return ()
        if subject.by_signature:
            said = f"no template names {subject.name}: it is taken for a handler by its signature"
            return (Related(subject.span, said),)
        return tuple(
            Related(choice.span, f"{function.name} runs {subject.name}")
            for function in subject.functions
            for choice in function.handler.choices[:1]
        )

    def names_of(self, subject: object) -> tuple[str, ...]:
        """The functions that a finding on a subject is about, when the rule names none."""
        if isinstance(subject, Function):
            return (subject.name,)
        if isinstance(subject, Role):
            return subject.functions
        from lamlint.packages import Package

        if isinstance(subject, Package):
            return (subject.name,)
        functions = self._functions_of_handlers.get(id(subject), ())
        return tuple(function.name for function in functions)


def _handler_type() -> type[Handler]:
    from lamlint.python import Handler

    return Handler


def build(
    tree: Tree,
    targets: Sequence[str],
    catalog: Catalog,
    today: date,
) -> Project:
    """Read a project.

    `targets` are the paths, relative to the root, that are to be reported on;
    templates above and below them are read.
    """
    from lamlint.templates.reading import read

    declared = read(tree, targets)
    return Project(
        tree=tree,
        catalog=catalog,
        today=today,
        functions=tuple(declared.functions),
        roles=tuple(declared.roles),
        problems=tuple(declared.problems),
        targets=tuple(targets),
    )
