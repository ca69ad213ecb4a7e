"""Terraform and OpenTofu: all modules of a project, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field
from functools import cached_property

from lamlint.dialects.budget import Budget
from lamlint.dialects.dialect import Declared, failed
from lamlint.dialects.nearness import concerned, concerns
from lamlint.dialects.terraform import discovery, messaging, module, terragrunt
from lamlint.dialects.terraform.build_commands import SCRIPTS
from lamlint.dialects.terraform.discovery import Modules
from lamlint.dialects.terraform.expressions import evaluate
from lamlint.dialects.terraform.links import KINDS, declared
from lamlint.dialects.terraform.module import Module
from lamlint.dialects.terraform.scope import Scope, Use
from lamlint.dialects.terraform.terragrunt import Unit
from lamlint.dialects.terraform.uses import Resource, resources
from lamlint.dialects.terraform.variables import given
from lamlint.dialects.unreadable import MODULE, told
from lamlint.model import Function, Resources, Role
from lamlint.text import Finding, Span, Tree, Unread
from lamlint.text.dataclass import dataclass, replace
from lamlint.text.regex import Regex

_MEANT = Regex(r'\b(?:resource[ \t]+"aws_lambda_function"|module[ \t]+"[^"\r\n]{1,200}"[ \t]*\{)')
_VALUES = (".tfvars", ".tfvars.json")
_NEEDED = (
    "functions that it declares are not read: "
    "that needs tree-sitter-hcl (pip install 'lamlint[terraform]')"
)


def read(tree: Tree, targets: Sequence[str]) -> Declared:
    """What the modules of a project declare that concern some paths (all, without any)."""
    found = discovery.modules(tree)
    if not found.files:
        return Declared()
    reading = _Reading(tree, found, targets)
    try:
        for folder, paths in found.files.items():
            reading.add(folder, paths)
    except ImportError:
        return _without_parser(found, tree)
    for unit in terragrunt.units(tree, found.files):
        reading.deploy(unit)
    left = found.without(reading.reached)
    while left.files:  # what is called, but never used, is read by itself
        for root in left.roots:
            reading.use(root)
        left = left.without(reading.reached)
    return Declared(
        tuple(reading.functions),
        tuple(reading.roles),
        tuple(reading.problems),
        frozenset(reading.left_out),
        resources=reading.resources,
    )


def _without_parser(found: Modules, tree: Tree) -> Declared:
    """One notice that nothing was read, where no parser is installed."""
    paths = [path for files in found.files.values() for path in files]
    declaring = [path for path in paths if tree.mentions(path, discovery.WORDS)]
    if declaring:
        tree.unread.add(Unread(Span(declaring[0], 0, 0), _NEEDED))
    return Declared(left_out=frozenset(declaring))


@dataclass
class _Reading:
    """The modules of a project as they are read, and what is wrong with them so far."""

    tree: Tree
    found: Modules
    targets: Sequence[str]
    modules: dict[str, Module] = field(default_factory=dict)
    functions: list[Function] = field(default_factory=list)
    roles: list[Role] = field(default_factory=list)
    resources: Resources = field(default_factory=Resources)
    problems: list[Finding] = field(default_factory=list)
    left_out: set[str] = field(default_factory=set)
    reached: set[str] = field(default_factory=set)

    def add(self, folder: str, paths: Sequence[str]) -> None:
        """Parse a module."""
        made = module.read(folder, paths, self.tree)
        self.modules[folder] = made
        for source, broken in made.broken:
            self.left_out.add(source.path)
            meant = _MEANT.search(source.text) is not None
            self.problems += told(MODULE, source, broken, self.tree, meant=meant)

    def use(self, root: str) -> None:
        """Read what a root module declares, with all modules that it calls."""
        own = self.modules[root]
        use = self._use(own)
        use.copied = terragrunt.runs_elsewhere(self.tree, own.folder)
        use.given = given(own, self._values(own.folder), self.tree)
        self._read(Scope(use, own), self.found.files[root][0])

    def deploy(self, unit: Unit) -> None:
        """Read what a file of Terragrunt deploys."""
        own = self.modules[unit.module]
        use = self._use(own)
        use.beside = unit.own.folder
        self._read(unit.scope(use, own), unit.path)

    def _read(self, scope: Scope, path: str) -> None:
        own = scope.module
        self.reached.add(own.folder)
        try:
            inside = list(resources(scope, KINDS))
            functions, roles = declared(inside)
            self.reached |= scope.use.reached
        except Exception as error:  # noqa: BLE001  one module must not hide the others
            self.problems.append(failed(path, error, Span(path, 0, 0)))
            return
        if not self._is_near(inside, own) and not concerned(functions, self.targets):
            self.left_out.update(self.found.files[own.folder])
            return
        if scope.use.budget.refused:
            self.left_out.update(one.template for one in inside)
        if own.folder in self.found.unused:
            functions = tuple(replace(one, deployed=False) for one in functions)
        self.functions += functions
        self.roles += roles
        self.resources += messaging.declared(inside)

    def _use(self, own: Module) -> Use:
        folders = discovery.reached([own.folder], self.found.calls)
        called = {
            folder: self.modules[folder]
            for folder in folders
            if not self.found.is_example(own.folder, folder)
        }
        budget = Budget.of(sum(one.size for one in called.values()))
        return Use(self.tree, own.folder, evaluate, called, self.scripts, budget=budget)

    @cached_property
    def scripts(self) -> tuple[str, ...]:
        """The files of the project that hold commands."""
        return tuple(path for path in self.tree.sources() if path.endswith(SCRIPTS))

    def _values(self, folder: str) -> list[str]:
        return [path for path in self.tree.sources(folder) if path.endswith(_VALUES)]

    def _is_near(self, inside: Sequence[Resource], own: Module) -> bool:
        """Whether a module lies below or above one of the paths given."""
        folders = {own.folder, *(one.scope.module.folder for one in inside)}
        return any(concerns(folder, self.targets) for folder in folders)
