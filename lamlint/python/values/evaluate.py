"""What an expression may be: library objects, functions, classes, the event, the context."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from lamlint.python.module import cst
from lamlint.python.module.scope import Binding, How
from lamlint.python.values import calls, decorators
from lamlint.python.values.arguments import of_parameter
from lamlint.python.values.attributes import of_module
from lamlint.python.values.by_name import module, named
from lamlint.python.values.containers import (
    constant,
    elements,
    first,
    is_made,
    item,
    past_pairs,
    unpacked,
)
from lamlint.python.values.objects import (
    OWN_PARTS,
    Class,
    Container,
    Context,
    Edge,
    Frame,
    Group,
    Library,
    Namespace,
    Own,
    Passing,
    Routine,
    Thing,
)
from lamlint.python.values.registries import holds_items

if TYPE_CHECKING:
    from lamlint.python.module.module import Module
    from lamlint.python.values.analysis import Analysis, Things

_SAME = frozenset({"values", "copy"})
_GETTING = _SAME | {"get", "pop", "popleft", "setdefault"}
_CONSTANTS = frozenset({"None", "True", "False"})
_BINDING = frozenset(
    {How.VALUE, How.ELEMENT, How.ENTERED, How.IMPORT, How.PARAMETER, How.DEFINITION}
)


def things(analysis: Analysis, node: cst.CSTNode, frame: Frame) -> Things:
    """What an expression, evaluated in a frame, may be; empty when nothing is known."""
    told = _TELLING.get(node.__class__)
    if told is None or analysis.exhausted:  # texts and numbers, mostly: there is nothing to keep
        return ()
    return analysis.ask(
        analysis.known_things,
        node,
        frame,
        lambda: tuple(first(told(analysis, node, frame))),
        (),
    )


def _attribute(analysis: Analysis, node: cst.Attribute, frame: Frame) -> Iterator[Thing]:
    for base in analysis.things(node.value, frame):
        yield from analysis.attribute(base, node.attr.value)


def _call(analysis: Analysis, node: cst.Call, frame: Frame) -> Iterator[Thing]:
    yield from _got(analysis, node, frame)
    for callee in analysis.things(node.func, frame):
        yield from calls.call(analysis, callee, node, frame)


def _awaited(analysis: Analysis, node: cst.Await, frame: Frame) -> Iterator[Thing]:
    yield from analysis.things(node.expression, frame)


def _walrus(analysis: Analysis, node: cst.NamedExpr, frame: Frame) -> Iterator[Thing]:
    yield from analysis.things(node.value, frame)


def _either(analysis: Analysis, node: cst.IfExp, frame: Frame) -> Iterator[Thing]:
    yield from analysis.things(node.body, frame)
    yield from analysis.things(node.orelse, frame)


def _one_side(analysis: Analysis, node: cst.BooleanOperation, frame: Frame) -> Iterator[Thing]:
    yield from analysis.things(node.left, frame)
    yield from analysis.things(node.right, frame)


def _lambda(_analysis: Analysis, node: cst.Lambda, frame: Frame) -> Iterator[Thing]:
    yield Routine(frame.module, node, frame)


def _container(_analysis: Analysis, node: cst.CSTNode, frame: Frame) -> Iterator[Thing]:
    yield Container(node, frame)


def _sum(analysis: Analysis, node: cst.BinaryOperation, frame: Frame) -> Iterator[Thing]:
    for side in (node.left, node.right) if isinstance(node.operator, cst.Add) else ():
        for thing in analysis.things(side, frame):
            if isinstance(thing, Container):
                yield thing


def _name(analysis: Analysis, node: cst.Name, frame: Frame) -> Iterator[Thing]:
    scope, bindings = analysis.seen_from(node.value, node, frame)
    if len(bindings) > 1 and bindings is scope.bindings.get(node.value):  # as all others see them
        yield from _bound_to(analysis, bindings, frame)
        return
    for binding in bindings:
        yield from analysis.bound(binding, analysis.home(binding, frame))
    if bindings:
        return
    found = False
    for binding, home in analysis.members(frame.module, node.value):
        found = True
        yield from analysis.bound(binding, home)
    if not found and node.value not in _CONSTANTS and not frame.module.scopes.module.stars:
        yield Library(node.value)


def _bound_to(analysis: Analysis, bindings: list[Binding], frame: Frame) -> Things:
    """What a name may be by all that bind it: one question, wherever the name stands."""
    return analysis.ask(
        analysis.known_names,
        bindings,
        analysis.home(bindings[0], frame),
        lambda: tuple(
            first(
                thing
                for binding in bindings
                for thing in analysis.bound(binding, analysis.home(binding, frame))
            )
        ),
        (),
    )


def bound(analysis: Analysis, binding: Binding, frame: Frame) -> Iterable[Thing]:
    """What a binding makes of its name: one question, wherever the name stands."""
    analysis.step()
    if analysis.exhausted or binding.how not in _BINDING:
        return ()
    if binding.how is How.VALUE and binding.value is not None:  # has been asked for so
        return unpacked(analysis, analysis.things(binding.value, frame), binding.path)
    return analysis.ask(
        analysis.known_bound,
        binding,
        frame,
        lambda: tuple(first(_bound(analysis, binding, frame))),
        (),
    )


def _bound(analysis: Analysis, binding: Binding, frame: Frame) -> Iterator[Thing]:
    match binding.how:
        case How.ELEMENT if binding.value is not None:
            path = past_pairs(binding.value, binding.path)
            if path is not None:
                yield from unpacked(analysis, elements(analysis, binding.value, frame), path)
        case How.ENTERED if binding.value is not None:
            yield from _entered(analysis, binding.value, frame)
        case How.IMPORT:
            yield from _imported(analysis, binding, frame)
        case How.PARAMETER if isinstance(binding.node, cst.Param):
            yield from of_parameter(analysis, binding.node, frame)
        case How.DEFINITION:
            yield from _definition(analysis, binding.node, frame)
        case _:
            return


def _got(analysis: Analysis, node: cst.Call, frame: Frame) -> Iterator[Thing]:
    """What `get` gives of a dict: `ACTIONS.get(name, default)`; what `values` gives is as it."""
    if not isinstance(node.func, cst.Attribute) or node.func.attr.value not in _GETTING:
        return
    for base in analysis.things(node.func.value, frame):
        if isinstance(base, Namespace) and node.args and node.func.attr.value == "get":
            yield from named(analysis, base, node.args[0].value, frame)
        if not _holds_items(analysis, base):
            continue
        if node.func.attr.value in _SAME:
            yield base
            continue
        key = constant(analysis, node.args[0].value, frame) if node.args else None
        yield from item(analysis, base, key)
        for default in node.args[1:2]:
            yield from analysis.things(default.value, frame)


def _holds_items(analysis: Analysis, base: Thing) -> bool:
    """Whether a thing is a container of the code, whatever its `get` is."""
    if isinstance(base, Own):
        return holds_items(analysis, base)
    return isinstance(base, (Container, Group)) or is_made(base)


def _subscript(analysis: Analysis, node: cst.Subscript, frame: Frame) -> Iterator[Thing]:
    key, index = None, None
    if len(node.slice) == 1 and isinstance(node.slice[0].slice, cst.Index):
        index = node.slice[0].slice.value
        key = constant(analysis, index, frame)
    for thing in analysis.things(node.value, frame):
        if thing == Context(OWN_PARTS) and _is_whole(node):
            yield thing
        elif isinstance(thing, (Namespace, Own, Class)) and index is not None:
            yield from named(analysis, thing, index, frame)  # `globals()[name]`
            if isinstance(thing, Own):
                yield from item(analysis, thing, key)
            elif isinstance(thing, Class) and _is_generic(thing):
                yield thing  # `Store[Order]`
        elif isinstance(thing, Library) and thing.name == "sys.modules" and index is not None:
            yield from module(analysis, index, frame)
        else:
            yield from item(analysis, thing, key)


def _is_generic(of: Class) -> bool:
    """Whether a class may be told of types: `class Store(Generic[T])`, `class Store[T]`."""
    bases = any(isinstance(base.value, cst.Subscript) for base in of.node.bases)
    return bases or of.node.type_parameters is not None


def _is_whole(node: cst.Subscript) -> bool:
    """Whether a slice leaves out nothing of an ARN but its alias: `parts[:7]`."""
    part = node.slice[0].slice
    if not isinstance(part, cst.Slice) or part.lower is not None or part.step is not None:
        return False
    return part.upper is None or (isinstance(part.upper, cst.Integer) and part.upper.value == "7")


def _entered(analysis: Analysis, node: cst.CSTNode, frame: Frame) -> Iterator[Thing]:
    for thing in analysis.things(node, frame):
        if isinstance(thing, Own):
            for method in analysis.attribute(thing, "__enter__"):
                if isinstance(method, Routine):
                    yield from analysis.returned(method, Edge(frame, None, Passing.NOTHING))
        else:
            yield thing


def _imported(analysis: Analysis, binding: Binding, frame: Frame) -> Iterator[Thing]:

    found = analysis.codebase.imported(frame.module, binding)
    if isinstance(found, tuple):
        owner = analysis.codebase.module(found[0])
        if owner is not None:
            yield from analysis.member(owner, found[1])
    elif found is not None:
        yield Namespace(found)
    else:
        name = frame.module.absolute(binding.module)
        if binding.attribute is not None:
            name = f"{name}.{binding.attribute}"
        yield of_module(name)


def member(analysis: Analysis, module: Module, name: str) -> Iterator[Thing]:
    """What a name of a module of the codebase may be."""
    found = False
    for binding, home in analysis.members(module, name):
        found = True
        yield from analysis.bound(binding, home)
    if not found:
        inner = analysis.codebase.module(f"{module.name}.{name}")
        if inner is not None:
            yield Namespace(inner)


def _definition(analysis: Analysis, node: cst.CSTNode, frame: Frame) -> Iterator[Thing]:
    if isinstance(node, cst.ClassDef):
        yield Class(frame.module, node, frame)
    elif isinstance(node, cst.FunctionDef):
        yield from decorators.decorated(analysis, Routine(frame.module, node, frame))


_TELLING: Mapping[type[cst.CSTNode], Callable[[Analysis, Any, Frame], Iterator[Thing]]] = {
    cst.Attribute: _attribute,
    cst.Await: _awaited,
    cst.BinaryOperation: _sum,
    cst.BooleanOperation: _one_side,
    cst.Call: _call,
    cst.Dict: _container,
    cst.DictComp: _container,
    cst.GeneratorExp: _container,
    cst.IfExp: _either,
    cst.Lambda: _lambda,
    cst.List: _container,
    cst.ListComp: _container,
    cst.Name: _name,
    cst.NamedExpr: _walrus,
    cst.Set: _container,
    cst.SetComp: _container,
    cst.Subscript: _subscript,
    cst.Tuple: _container,
}
"""What tells what an expression of a type may be; nothing is known of others.

A table, since to ask for each of them in turn takes long.
"""
