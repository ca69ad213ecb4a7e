"""A Python file: parsed once, walked once, asked many times.

LibCST is imported when the first tree is asked for, never before.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from functools import cached_property
from operator import itemgetter
from typing import TYPE_CHECKING, TypeVar

from lamlint.python.module.facts import facts
from lamlint.python.module.syntax import Syntax
from lamlint.python.module.uses import ANY
from lamlint.text import Source, Span
from lamlint.text.dataclass import dataclass

if TYPE_CHECKING:
    from lamlint.python.module import cst
    from lamlint.python.module.enclosing import Enclosing
    from lamlint.python.module.failure import Failure
    from lamlint.python.module.names import Key
    from lamlint.python.module.scope import Scopes
    from lamlint.python.module.walk import Index

Node = TypeVar("Node", bound="cst.CSTNode")


class Module:
    """A module of a package. `name` is its dotted name in its code root.

    A module that does not parse has a `failure`, and the tree of an empty one.
    """

    def __init__(
        self,
        source: Source,
        name: str,
        *,
        package: bool = False,
        syntax: Callable[[Source], Syntax] = Syntax,
    ) -> None:
        self.source = source
        self.name = name
        self.package = package
        self._read = syntax

    def __repr__(self) -> str:
        return f"Module({self.path!r}, {self.name!r})"

    @property
    def path(self) -> str:
        """The file's path from the project's root."""
        return self.source.path

    @cached_property
    def syntax(self) -> Syntax:
        """What follows from the text alone; other modules may share it."""
        return self._read(self.source)

    def mentions(self, *words: str) -> bool:
        """Whether a word stands anywhere in the text: known far sooner than a tree is made."""
        return any(word in self.source.text for word in words)

    def may_run(self, names: Collection[str], *, by_itself: bool = False) -> bool:
        """Whether a call or a decorator is written by some name: known without a tree, too.

        `by_itself` in no function of the module.
        """
        known = facts(self.source)
        if not known.taken:
            return self.mentions(*names)
        run = known.uses.run_by_module if by_itself else known.uses.run
        return not run.isdisjoint(names)

    def may_fill(self, name: str) -> bool:
        """Whether something is put into what has a name, or an attribute: known as soon."""
        known = facts(self.source)
        if known.taken and name.isascii():  # CPython writes other names in its own way
            return name in known.uses.filled
        return self.mentions(name)

    def may_set(self, name: str) -> bool:
        """Whether an attribute of a name is set, perhaps by a name that is made up: as soon."""
        known = facts(self.source)
        if known.taken and name.isascii():
            return not known.uses.changed.isdisjoint({name, ANY})
        return self.mentions(name, "__dict__", "setattr")

    def forget(self) -> None:
        """Let go what was parsed; it is parsed again if it is asked for."""
        self.__dict__.pop("syntax", None)
        self.__dict__.pop("whole", None)

    @property
    def is_parsed(self) -> bool:
        """Whether it was parsed, and not let go since."""
        return "syntax" in self.__dict__

    @property
    def tree(self) -> cst.Module:
        """The tree of the module; it may be without white space."""
        return self.syntax.tree

    @cached_property
    def whole(self) -> Module | None:
        """The same module with all of its text in its tree, as edits need it; None without one."""
        whole = self.syntax.whole
        if whole is None:
            return None
        if whole is self.syntax:
            return self
        return Module(self.source, self.name, package=self.package, syntax=lambda _: whole)

    def twin(self, node: Node) -> Node:
        """The node of the whole module's tree for one of this module's."""
        return self.syntax.twin(node)

    def code(self, node: cst.CSTNode) -> str:
        """What is written for a node, without the white space around it."""
        start, end = self.offsets(node)
        return self.source.text[start:end]

    @property
    def failure(self) -> Failure | None:
        """Why the module does not parse, if it does not."""
        return self.syntax.failure

    @property
    def index(self) -> Index:
        """The nodes by type, and their parents."""
        return self.syntax.index

    @property
    def scopes(self) -> Scopes:
        """The scopes of the module and what binds each name."""
        return self.syntax.scopes

    def nodes(self, *kinds: type[Node]) -> Iterator[Node]:
        """All nodes of some types (these types themselves, not what derives from them)."""
        by_type = self.index.by_type
        if len(kinds) == 1:
            found = by_type.get(kinds[0], [])
        else:
            found = [pair for kind in kinds for pair in by_type.get(kind, ())]
            found.sort(key=itemgetter(0))
        for _, node in found:
            yield node  # type: ignore[misc]  # the index holds nodes under their own type

    def parent(self, node: cst.CSTNode) -> cst.CSTNode | None:
        """The node that holds a node; None for the tree itself."""
        return self.index.parents.get(id(node))

    def ancestors(self, node: cst.CSTNode) -> Iterator[cst.CSTNode]:
        """The nodes that hold a node, innermost first."""
        parents = self.index.parents
        parent = parents.get(id(node))
        while parent is not None:
            yield parent
            parent = parents.get(id(parent))

    def holds(self, node: cst.CSTNode) -> bool:
        """Whether a node is part of this module's tree."""
        return node is self.tree or id(node) in self.index.parents

    def offsets(self, node: cst.CSTNode) -> tuple[int, int]:
        """Where a node starts and ends in the module's own text."""
        return self.syntax.extent(node)

    def span(self, node: cst.CSTNode) -> Span:
        """Where a node stands, in the file that really holds it."""
        return self.source.span(*self.offsets(node))

    def enclosing_function(self, node: cst.CSTNode) -> cst.FunctionDef | None:
        """The innermost `def` around a node."""
        return self.syntax.once("enclosing", self._enclosing).function(node)

    def _enclosing(self) -> Enclosing:
        from lamlint.python.module.enclosing import Enclosing

        return Enclosing(self.index.parents)

    def enclosing_class(self, node: cst.CSTNode) -> cst.ClassDef | None:
        """The class whose body directly holds a function, if any."""
        from lamlint.python.module.cst import ClassDef, FunctionDef, Lambda

        for ancestor in self.ancestors(node):
            kind = ancestor.__class__
            if kind is ClassDef:
                return ancestor  # type: ignore[return-value]
            if kind is FunctionDef or kind is Lambda:
                return None
        return None

    def definition(self, name: str) -> cst.CSTNode | None:
        """The last place that binds a name at module level; None when nothing does."""
        bindings = self.scopes.module.bindings.get(name)
        return bindings[-1].node if bindings else None

    def absolute(self, name: str) -> str:
        """A module's name as an import statement here means it, dots in front resolved."""
        stripped = name.lstrip(".")
        level = len(name) - len(stripped)
        if not level:
            return name
        package = self.name.split(".") if self.name else []
        if not self.package and package:
            package = package[:-1]
        package = package[: len(package) - (level - 1)] if level > 1 else package
        return ".".join([*package, stripped] if stripped else package)

    def qualified(self, node: cst.CSTNode) -> str | None:
        """The full name of what an expression names: `boto3.client` for `b.client` and its call.

        Imports in all their forms, assigned aliases and builtins are followed
        within this module; a name of the module itself has the module's name in front.
        """
        from lamlint.python.module.names import Reader

        known: dict[Key, str | None] = self.syntax.once(
            ("qualified", self.name, self.package), dict
        )
        return Reader(self.name, self.absolute, self.scopes, known).qualified(node)


@dataclass(frozen=True, slots=True, eq=False)
class Place:
    """Where a node stands in a module; looked up when somebody wants to know."""

    module: Module
    node: cst.CSTNode

    @property
    def span(self) -> Span:
        """The place in the file."""
        return self.module.span(self.node)
