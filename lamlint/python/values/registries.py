"""What code puts into a list or dict after it wrote it: registries, wherever they are filled.

A registry is filled while modules are imported: by a decorator, by `__init_subclass__`, by a
metaclass, by plain calls, in a loop; or by what the handler runs.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from lamlint.python.module import cst
from lamlint.python.module.scope import How, last_name, positional
from lamlint.python.module.uses import FILLING
from lamlint.python.values.applied import applied
from lamlint.python.values.attributes import library_bases
from lamlint.python.values.containers import EMPTY, constant, elements
from lamlint.python.values.objects import Container, Frame, Group, Instance, Own, Thing
from lamlint.text.dataclass import dataclass

if TYPE_CHECKING:
    from lamlint.python.module.module import Module
    from lamlint.python.values.analysis import Analysis

Put = tuple[str | None, Thing]
"""What is put in, with its key where that is known."""
_WRITTEN = (cst.Dict, cst.List, cst.Set, cst.DictComp, cst.ListComp, cst.SetComp)
_MANY = frozenset({"extend", "update"})
_KEYED = frozenset({"setdefault", "__setitem__"})


@dataclass(frozen=True, slots=True, eq=False)
class _Line:
    """A line that puts something into what an expression gives."""

    into: cst.BaseExpression
    value: cst.BaseExpression
    key: cst.BaseExpression | None = None
    many: bool = False
    """Whether the value holds what is put in."""
    only: frozenset[int] | None = None
    """The containers, by their nodes, that the line can put something into at all; None where
    that is not plain from its own function."""


def added(analysis: Analysis, thing: Thing, key: str | None) -> Iterator[Thing]:
    """What lines of the project put into a container, under a key if one is given."""
    node = _written(analysis, thing)
    if node is None or not isinstance(thing, (Container, Instance, Own)) or thing.frame is None:
        return
    home = thing.frame.module
    found = analysis.ask_apart(
        analysis.known_puts,
        node,
        analysis.module_frame(home),
        lambda: tuple(dict.fromkeys(_put_in(analysis, node, home, _own_names(thing)))),
        (),
    )
    for under, one in found:
        if key is None or under is None or key == under:
            yield one


def _written(analysis: Analysis, thing: Thing) -> cst.CSTNode | None:
    """Where a container is written, or made: an object of the code is one if its class says so."""
    if isinstance(thing, Own):
        return thing.call if holds_items(analysis, thing) else None
    if isinstance(thing, Instance):
        return thing.call
    return thing.node if isinstance(thing, Container) else None


def holds_items(analysis: Analysis, thing: Own) -> bool:
    """Whether an object of the code is a dict, or a list: `class Registry(dict)`."""
    return not EMPTY.isdisjoint(library_bases(analysis, thing.of))


def _own_names(thing: Thing) -> frozenset[str]:
    """What the methods of an object's class call it."""
    methods = thing.of.node.body.body if isinstance(thing, Own) else ()
    firsts = (positional(one)[:1] for one in methods if isinstance(one, cst.FunctionDef))
    return frozenset(first.name.value for some in firsts for first in some)


def _put_in(
    analysis: Analysis, node: cst.CSTNode, home: Module, own: frozenset[str]
) -> Iterator[Put]:
    for name in (*_names(home, node), *sorted(own)):
        for module in (one for one in analysis.imported if one.may_fill(name)):
            for line in module.syntax.once("puts", partial(_lines, module)).get(name, ()):
                if line.only is not None and id(node) not in line.only:
                    continue
                for frame in _frames(analysis, module, line):
                    if _holds(analysis, line.into, frame, node):
                        yield from _things(analysis, line, frame)


def _names(module: Module, node: cst.CSTNode) -> Iterator[str]:
    """The names, and attributes, that a container is assigned to."""
    above = module.parent(node)
    targets: list[cst.CSTNode] = []
    if isinstance(above, cst.Assign):
        targets = [target.target for target in above.targets]
    elif isinstance(above, (cst.AnnAssign, cst.NamedExpr)):
        targets = [above.target]
    for target in targets:
        last = target.attr if isinstance(target, cst.Attribute) else target
        if isinstance(last, cst.Name):
            yield last.value


def _holds(analysis: Analysis, into: cst.CSTNode, frame: Frame, node: cst.CSTNode) -> bool:
    return any(
        (thing.node if isinstance(thing, Container) else thing.call) is node
        for thing in analysis.things(_outer(into), frame)
        if isinstance(thing, (Container, Instance, Own))
    )


def _frames(analysis: Analysis, module: Module, line: _Line) -> Iterator[Frame]:
    """The frames in which a line is run: those of the handler, or of imports."""
    function = module.enclosing_function(line.value)
    if function is None:
        yield analysis.module_frame(module)
        return
    reached = analysis.running(function)
    if reached is not None:
        yield reached
    yield from applied(analysis, module, function)


def _things(analysis: Analysis, line: _Line, frame: Frame) -> Iterator[Put]:
    key = None if line.key is None else constant(analysis, line.key, frame)
    if line.many:
        yield from ((None, thing) for thing in elements(analysis, line.value, frame))
        return
    values = [line.value]
    if isinstance(line.value, cst.Tuple):
        values += [element.value for element in line.value.elements]
    for value in values:
        for thing in analysis.things(value, frame):
            yield key, (Group((thing,)) if _is_inner(line.into) else thing)


def _is_inner(into: cst.CSTNode) -> bool:
    """Whether something is put into an item: `hooks[name].append(…)`."""
    return isinstance(into, (cst.Subscript, cst.Call))


def _lines(module: Module) -> dict[str, list[_Line]]:
    """The lines of a module that put something in, by the last name of what they put it into."""
    found: dict[str, list[_Line]] = {}
    for node in module.nodes(cst.Assign, cst.AugAssign, cst.Call):
        for line in _put(node):
            found.setdefault(_last(line.into), []).append(_narrowed(module, line))
    return found


def _narrowed(module: Module, line: _Line) -> _Line:
    """A line with the containers that it can put something into, where those are plain."""
    into = _outer(line.into)
    if not isinstance(into, cst.Name):
        return line
    scope, bindings = module.scopes.find(into.value, module.scopes.of(into))
    made = [one.value for one in bindings if one.how is How.VALUE and not one.path]
    if scope.is_module or len(made) < len(bindings) or not bindings:
        return line
    if not all(isinstance(one, _WRITTEN) for one in made):
        return line
    return replace(line, only=frozenset(map(id, made)))


def _last(node: cst.CSTNode) -> str:
    """The last name of an expression: `hooks` of `self.hooks[name]`."""
    return last_name(_outer(node))


def _put(node: cst.CSTNode) -> Iterator[_Line]:
    match node:
        case cst.Assign():
            for target in node.targets:
                if isinstance(target.target, cst.Subscript):
                    yield _Line(target.target.value, node.value, _key(target.target))
        case cst.AugAssign(target=cst.Name() | cst.Attribute() as into, value=value):
            yield _Line(into, value, many=True)
        case cst.Call(func=cst.Attribute(value=into, attr=cst.Name(value=name)), args=args):
            yield from _added(into, name, [arg.value for arg in args if not arg.star])
        case _:
            return


def _added(into: cst.BaseExpression, name: str, given: list[cst.BaseExpression]) -> Iterator[_Line]:
    place = FILLING.get(name)
    if place is not None and place < len(given):
        key = given[0] if name in _KEYED else None
        yield _Line(into, given[place], key, many=name in _MANY)


def _key(target: cst.Subscript) -> cst.BaseExpression | None:
    (only,) = target.slice if len(target.slice) == 1 else (None,)
    index = only.slice if only is not None else None
    return index.value if isinstance(index, cst.Index) else None


def _outer(into: cst.CSTNode) -> cst.CSTNode:
    """The whole container: `hooks` of `hooks[name]` and of `hooks.setdefault(name, [])`."""
    while True:
        if isinstance(into, cst.Subscript):
            into = into.value
        elif isinstance(into, cst.Call) and isinstance(into.func, cst.Attribute):
            into = into.func.value
        else:
            return into
