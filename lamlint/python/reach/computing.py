"""Whether code surely does nothing but compute: no input or output, no waiting, all of it known.

Whatever acts beyond the process is got from a library or a builtin. So where
all that some modules name of these only computes, all that they call does,
whoever calls it and on whatever object.
"""

from __future__ import annotations

import builtins
from collections.abc import Iterator, Sequence
from dataclasses import field
from typing import TYPE_CHECKING, TypeVar

from lamlint.python.module import cst
from lamlint.python.module.running import of_script
from lamlint.python.module.scope import Binding, How
from lamlint.python.module.walk import descendants
from lamlint.python.reach.draining import ends_soon
from lamlint.python.reach.failing import Failing
from lamlint.python.reach.idle import idle_names
from lamlint.text.dataclass import dataclass

if TYPE_CHECKING:
    from lamlint.catalog.computing import Computing
    from lamlint.python.codebase.codebase import Codebase
    from lamlint.python.module.module import Module

_Node = TypeVar("_Node", bound=cst.CSTNode)
_BUILT_IN = frozenset((*dir(builtins), "__file__", "__path__"))
"""What names may be that nothing in a module binds; whatever another one means is not known."""
_CLIENTS = frozenset({"boto3.client", "boto3.resource"})
_LOOPS = (
    cst.For,
    cst.While,
    cst.CompFor,
    cst.ListComp,
    cst.SetComp,
    cst.DictComp,
    cst.GeneratorExp,
)
_MAPPING = frozenset({"filter", "map"})
_MOST_MODULES = 100
_MOST_TURNS = 1_000
"""How often a loop over a written number may turn and be as good as none."""


def only_computes(
    codebase: Codebase,
    modules: Sequence[Module],
    handler: cst.FunctionDef,
    facts: Computing,
    *,
    quickly: bool = False,
) -> bool:
    """Whether the code of some modules, which import no others of the codebase, only computes.

    Left aside is what the handler never uses, and what runs only where a module is a script.
    With `quickly` it may ask services of AWS that answer at once, too.
    """
    if len(modules) > _MOST_MODULES or any(
        module.failure is not None or _may_run_on(module) for module in modules
    ):
        return False
    names, idle = _Names(codebase, facts, quickly), idle_names(modules, handler, facts.idle)
    return all(
        id(name) in idle or names.compute(module, name)
        for module in modules
        for name in _used(module)
    )


def asks_in_loops(codebase: Codebase, modules: Sequence[Module], facts: Computing) -> bool:
    """Whether some code may act in rounds: how many these are, its data decide."""
    failing = Failing(codebase, facts)
    for module in modules:
        for call in module.nodes(cst.Call):
            if isinstance(call.func, cst.Name) and call.func.value in _MAPPING:
                return True
            if any(isinstance(above, _LOOPS) for above in module.ancestors(call)) and (
                failing.function(module, call.func) is not None
                or failing.fails(module, call, works=True)
            ):
                return True
    return False


def calls_something(handler: cst.FunctionDef) -> bool:
    """Whether the code of a handler calls anything at all."""
    return any(isinstance(node, cst.Call) for node in descendants(handler.body))


def _may_run_on(module: Module) -> bool:
    """Whether a loop may turn for as long as it likes, or names come from who knows where."""
    if any(module.nodes(cst.ImportStar)):
        return True
    if not all(ends_soon(loop, _is_small) for loop in _imported(module, cst.While)):
        return True
    return any(
        isinstance(call.func, cst.Name)
        and call.func.value == "range"
        and not all(_is_small(argument.value) for argument in call.args)
        for call in _imported(module, cst.Call)
    )


def _imported(module: Module, kind: type[_Node]) -> Iterator[_Node]:
    """The nodes of a kind, less those that run only where the module is started as a script."""
    script = of_script(module)
    return (node for node in module.nodes(kind) if id(node) not in script)


def _is_small(node: cst.BaseExpression) -> bool:
    """Whether a number is small as written, or the length of something."""
    match node:
        case cst.Integer():
            return node.evaluated_value <= _MOST_TURNS
        case cst.UnaryOperation():
            return _is_small(node.expression)
        case cst.BinaryOperation(operator=cst.Add() | cst.Subtract() | cst.FloorDivide()):
            return _is_small(node.left) and _is_small(node.right)
        case cst.Call(func=cst.Name(value="len")):
            return True
        case _:
            return False


def _used(module: Module) -> Iterator[cst.Name]:
    """The names that running a module looks up; to import one is not to use it."""
    for name in _imported(module, cst.Name):
        parent = module.parent(name)
        if isinstance(parent, cst.Attribute) and parent.attr is name:
            continue
        if isinstance(parent, cst.Arg) and parent.keyword is name:
            continue
        if isinstance(parent, cst.Param) and parent.name is name:
            continue
        if isinstance(parent, cst.AnnAssign) and parent.target is name:
            continue
        while isinstance(parent, (cst.Attribute, cst.AsName)):
            parent = module.parent(parent)
        if not isinstance(parent, (cst.ImportAlias, cst.ImportFrom)):
            yield name


@dataclass(frozen=True)
class _Names:
    """What names stand for, by the imports that bind them."""

    codebase: Codebase
    facts: Computing
    quickly: bool
    _known: dict[tuple[int, Sequence[str]], bool] = field(default_factory=dict)

    def compute(self, module: Module, name: cst.Name) -> bool:
        """Whether what is used of a name, as many attributes as are written, only computes."""
        _, bindings = module.scopes.find(name.value, module.scopes.of(name))
        if not bindings:
            return name.value in _BUILT_IN and name.value not in self.facts.acting_builtins
        if self.quickly and _service(module, name) in self.facts.quick_services:
            return True
        path = _attributes(module, name)
        key = (id(bindings), path)
        if key not in self._known:
            self._known[key] = all(self._bound(module, one, path, ()) for one in bindings)
        return self._known[key]

    def _bound(
        self, module: Module, binding: Binding, path: Sequence[str], seen: tuple[Binding, ...]
    ) -> bool:
        if binding.how is not How.IMPORT or binding in seen:
            return True  # what is defined here is looked at where it is written
        found = self.codebase.imported(module, binding)
        if found is None:
            own = [binding.attribute] if binding.attribute else []
            full = ".".join([module.absolute(binding.module), *own, *path])
            return self.facts.allows(full) or (self.quickly and self.facts.is_quick(full))
        if isinstance(found, tuple):
            owner = self.codebase.module(found[0])
            path = (found[1], *path)
        else:
            owner = found
        return owner is not None and self._member(owner, path, (*seen, binding))

    def _member(self, owner: Module, path: Sequence[str], seen: tuple[Binding, ...]) -> bool:
        if not path:
            return False  # a module as a value: anything may be got from it
        name, *rest = path
        bindings = owner.scopes.module.bindings.get(name)
        if bindings:
            return all(self._bound(owner, binding, rest, seen) for binding in bindings)
        inner = self.codebase.module(f"{owner.name}.{name}")
        return inner is None or self._member(inner, rest, seen)


def _service(module: Module, name: cst.Name) -> str:
    """The service that a client of the SDK is made for, where a name begins the call of that."""
    node: cst.CSTNode = name
    parent = module.parent(node)
    while isinstance(parent, cst.Attribute) and parent.value is node:
        node, parent = parent, module.parent(parent)
    if not (isinstance(parent, cst.Call) and parent.func is node and parent.args):
        return ""
    if module.qualified(parent) not in _CLIENTS:
        return ""
    given, *_ = parent.args
    if given.keyword is not None or given.star or not isinstance(given.value, cst.SimpleString):
        return ""
    return str(given.value.evaluated_value)


def _attributes(module: Module, name: cst.Name) -> tuple[str, ...]:
    """The attributes that are written behind a name."""
    found: list[str] = []
    node: cst.CSTNode = name
    parent = module.parent(node)
    while isinstance(parent, cst.Attribute) and parent.value is node:
        found.append(parent.attr.value)
        node, parent = parent, module.parent(parent)
    return tuple(found)
