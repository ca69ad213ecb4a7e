"""A module as the mover of constructions sees it."""

from __future__ import annotations

from collections.abc import Callable, Container, Hashable, Iterator, Sequence
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any, TypeVar

from lamlint.python.module import cst
from lamlint.python.module.scope import Binding, How, Scope
from lamlint.text.dataclass import dataclass

if TYPE_CHECKING:
    from lamlint.catalog.constructors import Constructor, Constructors
    from lamlint.python.module.module import Module

_WRITERS = frozenset(
    {
        "os.environ.update", "os.environ.setdefault", "os.environ.pop", "os.environ.clear",
        "os.putenv", "os.unsetenv", "dotenv.load_dotenv", "boto3.setup_default_session",
    }
)  # fmt: skip
_OF_ONE = frozenset({"os.environ.setdefault", "os.environ.pop", "os.putenv", "os.unsetenv"})
_OF_SDKS = (
    "AWS", "BOTO", "HTTP", "NO_PROXY", "ALL_PROXY", "REQUESTS", "CURL", "SSL", "HOME", "PYTHON",
)  # fmt: skip
"""How the names of variables start that an AWS SDK, or what it is built on, reads."""
_TARGETS = (cst.Element, cst.StarredElement, cst.Tuple, cst.List)

_DIRECT = (cst.SimpleStatementLine, cst.Import, cst.ImportFrom)
T = TypeVar("T")


def _literal(node: cst.CSTNode | None) -> str | None:
    return str(node.evaluated_value) if isinstance(node, cst.SimpleString) else None


@dataclass(frozen=True, eq=False)
class View:
    """A module, the catalogue, and what the mover asks of both."""

    module: Module
    constructors: Constructors

    def once(self, what: Hashable, make: Callable[[], T]) -> T:
        """What is asked of the module for each construction, and the same for many."""
        if what not in self._made:
            self._made[what] = make()
        made: T = self._made[what]
        return made

    @cached_property
    def _made(self) -> dict[Hashable, Any]:
        return {}

    def row(self, call: cst.CSTNode) -> Constructor | None:
        """The catalogue's row of a call."""
        name = self.module.qualified(call) if isinstance(call, cst.Call) else None
        return self.constructors.get(name) if name else None

    def chain(self, node: cst.CSTNode) -> Sequence[cst.CSTNode]:
        """A node and what is around it, up to the module."""
        return [node, *self.module.ancestors(node)]

    def top(self, node: cst.CSTNode) -> int:
        """The index of the statement of the module's body that holds a node."""
        return self.places[self.chain(node)[-2]]

    @cached_property
    def places(self) -> dict[cst.CSTNode, int]:
        """The index of each statement of the module."""
        return {statement: index for index, statement in enumerate(self.module.tree.body)}

    @cached_property
    def _named(self) -> dict[str, list[cst.Name]]:
        """Every place where a name is written."""
        found: dict[str, list[cst.Name]] = {}
        for node in self.module.nodes(cst.Name):
            found.setdefault(node.value, []).append(node)
        return found

    def uses(self, name: str) -> list[cst.Name]:
        """Every place that reads a name."""
        nodes = self._named.get(name, ())
        return self.once(("uses", name), lambda: [node for node in nodes if self._reads(node)])

    def _reads(self, node: cst.Name) -> bool:
        child: cst.CSTNode = node
        above = self.module.parent(node)
        match above:
            case cst.Attribute() | cst.Arg():
                return above.value is node
            case cst.Param() | cst.CompFor() | cst.For() | cst.NamedExpr() | cst.AnnAssign():
                return node not in (getattr(above, "name", None), getattr(above, "target", None))
            case cst.ClassDef() | cst.FunctionDef() | cst.ImportAlias() | cst.ImportFrom():
                return False
            case cst.NameItem() | cst.AsName() | cst.AssignTarget() | cst.Del() | cst.MatchAs():
                return False
            case cst.MatchStar() | cst.MatchMapping() | cst.MatchKeywordElement():
                return False
            case _:
                pass
        while isinstance(above, _TARGETS):
            child, above = above, self.module.parent(above)
        if isinstance(above, (cst.For, cst.CompFor)):
            return above.target is not child
        return not isinstance(above, (cst.AssignTarget, cst.AsName, cst.Del)) or child is node

    def owner(self, name: cst.Name) -> tuple[Scope, list[Binding]]:
        """The scope that holds the name read at one place, and its bindings; none: a builtin."""
        return self.module.scopes.find(name.value, self.module.scopes.of(name))

    def readers(self, name: str, scope: Scope) -> list[cst.Name]:
        """Every place that reads a scope's name."""
        return self.once(("readers", name), lambda: self._by_scope(name)).get(id(scope), [])

    def _by_scope(self, name: str) -> dict[int, list[cst.Name]]:
        found: dict[int, list[cst.Name]] = {}
        for use in self.uses(name):
            found.setdefault(id(self.owner(use)[0]), []).append(use)
        return found

    def scopes_above(self, scope: Scope) -> Iterator[Scope]:
        """The scopes around a scope, the module's excluded."""
        above = scope.parent
        while above is not None and not above.is_module:
            yield above
            above = above.parent

    def unresolved(self, name: str) -> bool:
        """Whether a name is read and bound nowhere: a builtin, or what a star import brings."""
        return self.once(
            ("unresolved", name), lambda: any(not self.owner(use)[1] for use in self.uses(name))
        )

    def may_set(self, names: Container[str], *, sdk: bool, any_name: bool = True) -> bool:
        """Whether a function sets, when it runs, one of some variables, or what an SDK reads.

        `any_name` says what to take of one whose name is not known.
        """
        return any(
            any_name
            if name is None
            else name in names or (sdk and name.upper().startswith(_OF_SDKS))
            for name in self._set_variables
        )

    @cached_property
    def _set_variables(self) -> frozenset[str | None]:
        """The environment variables that functions set; None stands for any."""
        nodes = self.module.nodes(cst.AssignTarget, cst.Call)
        return frozenset(name for node in nodes for name in self._sets(node))

    def _sets(self, node: cst.CSTNode) -> Iterator[str | None]:
        if self.module.enclosing_function(node) is None:
            return
        if isinstance(node, cst.Call):
            name = self.module.qualified(node)
            if name in _WRITERS:
                first = node.args[0].value if node.args and name in _OF_ONE else None
                yield _literal(first)
            return
        target = node.target if isinstance(node, cst.AssignTarget) else node
        if isinstance(target, cst.Subscript):
            if self.module.qualified(target.value) == "os.environ":
                index = target.slice[0].slice
                yield _literal(index.value if isinstance(index, cst.Index) else None)
        elif self.module.qualified(target) == "boto3.DEFAULT_SESSION":
            yield None

    def direct(self, binding: Binding) -> bool:
        """Whether a module-level binding stands under no condition."""
        around = self.chain(binding.node)[1:-1]
        return all(isinstance(node, _DIRECT) for node in around)

    def single(self, scope: Scope, name: str, how: How) -> Binding | None:
        """The one binding of a name in a scope, if it is of that kind and unpacks nothing."""
        bindings = scope.bindings.get(name, [])
        if len(bindings) != 1 or bindings[0].how is not how or bindings[0].path:
            return None
        return bindings[0] if name not in scope.outer else None

    def conditions(self, node: cst.CSTNode) -> Iterator[cst.CSTNode]:
        """What decides, inside its function, whether a node is reached."""
        for child, above in pairwise(self.chain(node)):
            if isinstance(above, cst.FunctionDef):
                return
            if isinstance(above, (cst.If, cst.While, cst.IfExp)) and child is not above.test:
                yield above.test
            elif isinstance(above, cst.For) and child is above.body:
                yield above.iter
            elif isinstance(above, cst.Match) and child is not above.subject:
                yield above.subject
            elif isinstance(above, cst.BooleanOperation) and child is above.right:
                yield above.left
            elif isinstance(above, (cst.ExceptHandler, cst.ExceptStarHandler)):
                yield above

    def guarded(self, node: cst.CSTNode) -> bool:
        """Whether an error at a node may be caught in its function, so that the code goes on."""
        for child, above in pairwise(self.chain(node)):
            if isinstance(above, cst.FunctionDef):
                return False
            if isinstance(above, (cst.Try, cst.TryStar)) and child is above.body:
                return bool(above.handlers)
        return False


@lru_cache(maxsize=4)
def view_of(module: Module, constructors: Constructors) -> View:
    """The view of a module that all its constructions share."""
    return View(module, constructors)
