"""The names of a module: which scopes there are and what binds a name in each."""

from __future__ import annotations

from dataclasses import field
from enum import Enum
from typing import TYPE_CHECKING

from lamlint.python.module import cst
from lamlint.text.dataclass import dataclass

if TYPE_CHECKING:
    from lamlint.python.module.walk import Index

ScopeNode = cst.Module | cst.FunctionDef | cst.ClassDef | cst.Lambda | cst.BaseComp
FUNCTIONS = (cst.FunctionDef, cst.Lambda)


class How(Enum):
    """What a binding does with the expression it comes from."""

    VALUE = "value"
    """The name is the expression."""
    ELEMENT = "element"
    """The name is one element of what the expression iterates over."""
    ENTERED = "entered"
    """The name is what entering the expression as a context manager gives."""
    CHANGED = "changed"
    """The name is changed by the expression (`+=`)."""
    IMPORT = "import"
    PARAMETER = "parameter"
    DEFINITION = "definition"
    OTHER = "other"
    """An exception, a pattern, a deletion: nothing is known of it."""


@dataclass(frozen=True, slots=True, eq=False)
class Binding:
    """One place that binds a name.

    `path` leads from the expression's value to the name's by unpacking; a
    negative index that of a starred target is None. For imports, `module` is
    the dotted name as written (dots in front for relative ones) and
    `attribute` the imported name, None for `import a.b`.
    """

    name: str
    how: How
    node: cst.CSTNode
    value: cst.BaseExpression | None = None
    path: tuple[int | None, ...] = ()
    module: str = ""
    attribute: str | None = None


@dataclass(slots=True, eq=False)
class Scope:
    """The names bound by a module, function, class or comprehension."""

    node: cst.CSTNode
    parent: Scope | None
    bindings: dict[str, list[Binding]] = field(default_factory=dict)
    outer: dict[str, bool] = field(default_factory=dict)
    """Names declared global (true) or nonlocal (false)."""
    stars: list[str] = field(default_factory=list)
    """Modules whose names are imported by `from … import *`."""

    @property
    def is_class(self) -> bool:
        return isinstance(self.node, cst.ClassDef)

    @property
    def is_module(self) -> bool:
        return self.parent is None


class Scopes:
    """All scopes of a module, built in one pass over its index."""

    def __init__(self, tree: cst.Module, index: Index) -> None:
        self._parents = index.parents
        self.module = Scope(tree, None)
        self._by_node: dict[int, Scope] = {id(tree): self.module}
        self._around: dict[int, Scope] = {}
        self._open(index)
        self._declare(index)
        self._bind(index)

    def own(self, node: cst.CSTNode) -> Scope:
        """The scope that a module, function, class or comprehension makes."""
        return self._by_node[id(node)]

    def of(self, node: cst.CSTNode) -> Scope:
        """The scope in which a node is evaluated."""
        asked = self._around.get(id(node))
        if asked is not None:
            return asked
        passed: list[int] = []
        child = node
        found = self.module
        while True:
            known = self._around.get(id(child))
            if known is not None:
                found = known
                break
            passed.append(id(child))
            parent = self._parents.get(id(child))
            if parent is None:
                break
            own = self._by_node.get(id(parent))
            if own is not None and _inside(parent, child):
                found = own
                break
            child = parent
        for one in passed:
            self._around[one] = found
        return found

    def find(self, name: str, scope: Scope) -> tuple[Scope, list[Binding]]:
        """The scope that holds a name as seen from a scope, and its bindings; none: a builtin."""
        start = scope
        current: Scope | None = scope
        while current is not None:
            declared = current.outer.get(name)
            if declared:
                return self.module, self.module.bindings.get(name, [])
            if (
                declared is None
                and name in current.bindings
                and (current is start or not current.is_class)
            ):
                return current, current.bindings[name]
            current = current.parent
        return self.module, []

    def seen_from(self, node: cst.CSTNode, name: str) -> tuple[Scope, list[Binding]]:
        """The scope that holds a name where a node is evaluated, and its bindings.

        What a class's body makes of the name itself is made of the name outside: `API = API`.
        """
        scope, bindings = self.find(name, self.of(node))
        if scope.node.__class__ is not cst.ClassDef:
            return scope, bindings
        makes = {id(binding.node) for binding in bindings}
        child: cst.CSTNode | None = node
        while child is not None and child is not scope.node and id(child) not in makes:
            child = self._parents.get(id(child))
        earlier = [binding for binding in bindings if binding.node is not child]
        outer: Scope | None = scope
        while not earlier and outer is not None and outer.is_class:
            outer = outer.parent
        return (scope, earlier) if outer is scope or outer is None else self.find(name, outer)

    def _open(self, index: Index) -> None:
        makers: list[tuple[int, cst.CSTNode]] = []
        for kind in _SCOPE_KINDS:
            makers.extend(index.by_type.get(kind, ()))
        for _, node in sorted(makers, key=lambda pair: pair[0]):
            self._by_node[id(node)] = Scope(node, self.of(node))

    def _declare(self, index: Index) -> None:
        for kind, is_global in ((cst.Global, True), (cst.Nonlocal, False)):
            for _, node in index.by_type.get(kind, ()):
                scope = self.of(node)
                if isinstance(node, (cst.Global, cst.Nonlocal)):
                    scope.outer.update({item.name.value: is_global for item in node.names})

    def _bind(self, index: Index) -> None:
        found: list[tuple[int, cst.CSTNode]] = []
        for kind in _BINDERS:
            found.extend(index.by_type.get(kind, ()))
        for _, node in sorted(found, key=lambda pair: pair[0]):
            scope = self.of(node)
            if isinstance(node, (cst.FunctionDef, cst.Lambda)):
                self._parameters(node)
            if isinstance(node, cst.NamedExpr):
                while isinstance(scope.node, cst.BaseComp) and scope.parent:
                    scope = scope.parent
            for binding in _bindings(node):
                self._add(scope, binding)
            if isinstance(node, cst.ImportFrom) and isinstance(node.names, cst.ImportStar):
                scope.stars.append(_module_name(node))

    def _parameters(self, node: cst.FunctionDef | cst.Lambda) -> None:
        scope = self._by_node[id(node)]
        for parameter in parameters(node):
            binding = Binding(parameter.name.value, How.PARAMETER, parameter)
            scope.bindings.setdefault(binding.name, []).append(binding)

    def _add(self, scope: Scope, binding: Binding) -> None:
        declared = scope.outer.get(binding.name)
        if declared is True:
            scope = self.module
        elif declared is False:
            outer = scope.parent
            while outer and (outer.is_class or binding.name not in outer.bindings):
                outer = outer.parent
            scope = outer or scope
        scope.bindings.setdefault(binding.name, []).append(binding)


_SCOPE_KINDS: tuple[type[cst.CSTNode], ...] = (
    cst.FunctionDef,
    cst.ClassDef,
    cst.Lambda,
    cst.ListComp,
    cst.SetComp,
    cst.DictComp,
    cst.GeneratorExp,
)
_BINDERS: tuple[type[cst.CSTNode], ...] = (
    cst.Import,
    cst.ImportFrom,
    cst.Assign,
    cst.AnnAssign,
    cst.AugAssign,
    cst.NamedExpr,
    cst.FunctionDef,
    cst.Lambda,
    cst.ClassDef,
    cst.For,
    cst.CompFor,
    cst.With,
    cst.ExceptHandler,
    cst.ExceptStarHandler,
    cst.Del,
    cst.MatchAs,
    cst.MatchStar,
    cst.MatchMapping,
)


def _inside(parent: cst.CSTNode, child: cst.CSTNode) -> bool:
    """Whether a child of a scope's node is evaluated in that scope."""
    kind = parent.__class__
    if kind is cst.FunctionDef or kind is cst.ClassDef or kind is cst.Lambda:
        return child is parent.body  # type: ignore[attr-defined]  # all three have one
    return True


def parameters(node: cst.FunctionDef | cst.Lambda) -> list[cst.Param]:
    """All parameters of a function in order, starred ones included."""
    declared = node.params
    found = [*declared.posonly_params, *declared.params]
    if isinstance(declared.star_arg, cst.Param):
        found.append(declared.star_arg)
    found.extend(declared.kwonly_params)
    if declared.star_kwarg is not None:
        found.append(declared.star_kwarg)
    return found


def positional(node: cst.FunctionDef | cst.Lambda) -> list[cst.Param]:
    """The parameters of a function that take positional arguments, starred ones excluded."""
    return [*node.params.posonly_params, *node.params.params]


def _bindings(node: cst.CSTNode) -> list[Binding]:
    match node:
        case cst.Import():
            return [_import(alias) for alias in node.names]
        case cst.ImportFrom():
            return _import_from(node)
        case cst.Assign():
            return [
                binding
                for target in node.targets
                for binding in _targets(target.target, How.VALUE, node, node.value)
            ]
        case cst.AnnAssign() if node.value is not None:
            return _targets(node.target, How.VALUE, node, node.value)
        case cst.AugAssign():
            return _targets(node.target, How.CHANGED, node, node.value)
        case cst.NamedExpr():
            return _targets(node.target, How.VALUE, node, node.value)
        case cst.FunctionDef() | cst.ClassDef():
            return [Binding(node.name.value, How.DEFINITION, node)]
        case cst.For() | cst.CompFor():
            return _targets(node.target, How.ELEMENT, node, node.iter)
        case cst.With():
            return [
                binding
                for item in node.items
                if item.asname is not None
                for binding in _targets(item.asname.name, How.ENTERED, item, item.item)
            ]
        case cst.ExceptHandler() | cst.ExceptStarHandler() if node.name is not None:
            return _targets(node.name.name, How.OTHER, node, None)
        case cst.Del():
            return _targets(node.target, How.OTHER, node, None)
        case cst.MatchAs() | cst.MatchStar() if node.name is not None:
            return _targets(node.name, How.OTHER, node, None)
        case cst.MatchMapping() if node.rest is not None:
            return _targets(node.rest, How.OTHER, node, None)
    return []


def _targets(
    target: cst.CSTNode,
    how: How,
    node: cst.CSTNode,
    value: cst.BaseExpression | None,
    path: tuple[int | None, ...] = (),
) -> list[Binding]:
    """The names that an assignment target binds; attributes and items are no names."""
    if isinstance(target, cst.Name):
        return [Binding(target.value, how, node, value, path)]
    if isinstance(target, (cst.Tuple, cst.List)):
        found: list[Binding] = []
        starred = False
        for place, element in enumerate(target.elements):
            if isinstance(element, cst.StarredElement):
                starred = True
            step = None if starred else place
            found.extend(_targets(element.value, how, node, value, (*path, step)))
        return found
    return []


def _import(alias: cst.ImportAlias) -> Binding:
    name = dotted(alias.name) or ""
    if alias.asname is not None and isinstance(alias.asname.name, cst.Name):
        return Binding(alias.asname.name.value, How.IMPORT, alias, module=name)
    first = name.partition(".")[0]
    return Binding(first, How.IMPORT, alias, module=first)


def _import_from(node: cst.ImportFrom) -> list[Binding]:
    if isinstance(node.names, cst.ImportStar):
        return []
    module = _module_name(node)
    found = []
    for alias in node.names:
        name = dotted(alias.name) or ""
        bound = name
        if alias.asname is not None and isinstance(alias.asname.name, cst.Name):
            bound = alias.asname.name.value
        found.append(Binding(bound, How.IMPORT, alias, module=module, attribute=name))
    return found


def _module_name(node: cst.ImportFrom) -> str:
    name = dotted(node.module) if node.module is not None else ""
    return "." * len(node.relative) + (name or "")


def dotted(node: cst.CSTNode | None) -> str | None:
    """`a.b.c` for the expression a.b.c; None for any other."""
    parts: list[str] = []
    while isinstance(node, cst.Attribute):
        parts.append(node.attr.value)
        node = node.value
    if not isinstance(node, cst.Name):
        return None
    parts.append(node.value)
    return ".".join(reversed(parts))


def last_name(node: cst.CSTNode | None) -> str:
    """`c` for the expression a.b.c; empty for what ends with no name."""
    # Asking for the type itself is far faster than isinstance.
    last = node.attr if node.__class__ is cst.Attribute else node
    return last.value if last.__class__ is cst.Name else ""
