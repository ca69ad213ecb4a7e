"""Where what is iterated over is filled: the items of a list, a dict, a set, or a generator."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from lamlint.python.module import cst
from lamlint.python.module.looks import TAKING
from lamlint.python.module.running import results
from lamlint.python.module.scope import Binding, How, positional
from lamlint.python.values.arguments import supplied
from lamlint.python.values.attributes import assigned
from lamlint.python.values.objects import Edge, Frame, Library, Own, Passing, Routine, Supplied

if TYPE_CHECKING:
    from lamlint.python.module.module import Module
    from lamlint.python.values.analysis import Analysis

Place = tuple[Frame, cst.CSTNode]
Places = list[Place] | None
"""None where some are not known, or where items are there from the start."""
Path = tuple[int | None, ...]

_GROWING = frozenset(
    {
        "append", "appendleft", "extend", "extendleft", "insert", "add", "update", "setdefault",
        "push", "put", "put_nowait", "subtract",
    }
)  # fmt: skip
_VIEWS = frozenset({"items", "values", "keys", "copy", "most_common", "elements", "get"})
_INSERTING = frozenset({"heapq.heappush", "bisect.insort", "bisect.insort_left"})
_COMPREHENSIONS = (cst.ListComp, cst.SetComp, cst.GeneratorExp)
_HOLDING = (cst.List, cst.Set, cst.Tuple, cst.Dict)


def fillings(analysis: Analysis, node: cst.CSTNode, frame: Frame) -> Places:
    """The places that put items into what an expression gives, each with its frame."""
    return _Search(analysis).of(node, frame, ())


class _Search:
    """One question, with the expressions on the way: a list may be filled from itself."""

    def __init__(self, analysis: Analysis) -> None:
        self._analysis = analysis
        self._seen: set[tuple[int, int]] = set()

    def of(self, node: cst.CSTNode, frame: Frame, path: Path) -> Places:
        key = (id(node), id(frame))
        if self._analysis.exhausted:
            return None
        if key in self._seen:
            return []
        self._seen.add(key)
        self._analysis.step()
        match node:
            case cst.Name():
                return self._name(node, frame, path)
            case cst.Attribute():
                return self._attribute(node, frame, path)
            case cst.Subscript():
                return self.of(node.value, frame, ())
            case cst.Call():
                return self._call(node, frame, path)
            case cst.DictComp():
                return [(frame, node.key)]
            case _ if isinstance(node, _COMPREHENSIONS):
                return [(frame, node.elt)]
            case _ if isinstance(node, _HOLDING):
                return self._written(node, frame, path)
            case _:
                return None

    def _written(
        self, node: cst.List | cst.Set | cst.Tuple | cst.Dict, frame: Frame, path: Path
    ) -> Places:
        """Items of a literal are there from the start; what they hold may be filled."""
        values = [element.value for element in node.elements]
        if path and path[0] is not None and path[0] < len(values):
            return self.of(values[path[0]], frame, path[1:])
        if isinstance(node, cst.Dict) or not values:
            return _all(self.of(value, frame, ()) for value in values)
        return None

    def _call(self, node: cst.Call, frame: Frame, path: Path) -> Places:
        function = node.func
        if isinstance(function, cst.Attribute) and function.attr.value in _VIEWS:
            return self.of(function.value, frame, ())
        callees = self._analysis.things(function, frame)
        routines = [callee for callee in callees if isinstance(callee, Routine)]
        if routines:
            return _all(self._returned(callee, node, frame, path) for callee in routines)
        names = {callee.name for callee in callees if isinstance(callee, Library)}
        if names == {"filter"} and len(node.args) == 2:
            return [(frame, node.args[1].value)]
        given = [argument.value for argument in node.args]
        if names == {"range"}:
            given = [each for one in given for each in _measured(one)]
        if not names or "collections.defaultdict" in names:
            return [] if names else None
        known = [self.of(one, frame, ()) for one in given]
        return (
            _all(places for places in known if places is not None)
            if any(known)
            else (None if given else [])
        )

    def _returned(self, routine: Routine, node: cst.Call, frame: Frame, path: Path) -> Places:
        edge = Edge(frame, node, Passing.CALL, routine.receiver, routine.leading)
        inner = self._analysis.inline(routine.module, routine.node, routine.closure, edge)
        if inner is None:
            return None
        found: list[Places] = []
        for value in results(routine.module, routine.node):
            if isinstance(routine.module.parent(value), cst.Yield):
                found.append([(inner, value)])
            else:
                found.append(self.of(value, inner, path))
        return _all(found)

    def _name(self, node: cst.Name, frame: Frame, path: Path) -> Places:
        bindings = list(self._analysis.lookup(node.value, node, frame))
        if not bindings:
            return None
        found = [self._bound(binding, home, path) for binding, home in bindings]
        homes = {id(home): home for _, home in bindings}
        found += [self._changes(home, node.value) for home in homes.values()]
        return _all(found)

    def _bound(self, binding: Binding, home: Frame, path: Path) -> Places:
        match binding.how:
            case How.VALUE if binding.value is not None:
                return self.of(binding.value, home, (*binding.path, *path))
            case How.CHANGED:
                return [(home, binding.node)]
            case How.ELEMENT if binding.value is not None:
                return self.of(binding.value, home, ())
            case How.PARAMETER if isinstance(binding.node, cst.Param):
                return _all(
                    self._given(each, path) for each in supplied(self._analysis, home, binding.node)
                )
            case _:
                return None

    def _given(self, given: Supplied, path: Path) -> Places:
        if given.node is None or given.frame is None or given.anything:
            return None
        return self.of(given.node, given.frame, path)

    def _changes(self, home: Frame, name: str) -> Places:
        """Where a name's things are put, by any function that sees the name."""
        found: list[Places] = []
        for node in changes(home, name):
            frame = self._around(home, node)
            if isinstance(node, cst.Arg):
                found.append(self._handed(frame, node))
            else:
                found.append(
                    None
                    if isinstance(node, cst.Assign) and _is_alias(node, name)
                    else [(frame, node)]
                )
        return _all(found)

    def _around(self, home: Frame, node: cst.CSTNode) -> Frame:
        function = home.module.enclosing_function(node)
        return home if function is None else self._analysis.frame_of(function, home)

    def _handed(self, frame: Frame, given: cst.Arg) -> Places:
        """Where a function that a list is handed to fills it."""
        call = frame.module.parent(given)
        if not isinstance(call, cst.Call):
            return []
        found: list[Places] = []
        for callee in self._analysis.things(call.func, frame):
            if isinstance(callee, Library) and callee.name in _INSERTING:
                found.append([(frame, call)])
            elif isinstance(callee, Routine):
                edge = Edge(frame, call, Passing.CALL, callee.receiver, callee.leading)
                inner = self._analysis.inline(callee.module, callee.node, callee.closure, edge)
                if inner is None:
                    return None
                found += [
                    self._changes(inner, parameter.name.value)
                    for parameter in positional(callee.node)
                    if any(
                        one.node is given.value
                        for one in supplied(self._analysis, inner, parameter)
                    )
                ]
        return _all(found)

    def _attribute(self, node: cst.Attribute, frame: Frame, path: Path) -> Places:
        name = node.attr.value
        found: list[Places] = []
        for owner in self._analysis.things(node.value, frame):
            if not isinstance(owner, Own):
                return None
            settings = list(assigned(self._analysis, owner.of, owner, name))
            found += [self.of(value, home, (*inner, *path)) for value, home, inner in settings]
            module = owner.of.module
            for change in changes(owner.of.closure, f".{name}"):
                function = module.enclosing_function(change)
                if isinstance(change, cst.Arg) or function is None:
                    return None
                found.append([(self._analysis.static(module, function), change)])
        return _all(found) if found else None


def changes(home: Frame, name: str) -> list[cst.CSTNode]:
    """What may put something into the things of a name of a frame, or of an attribute (`.name`)."""
    module = home.module
    found = _index(module).get(name, [])
    if name.startswith("."):
        return found
    scopes = module.scopes
    return [node for node in found if scopes.find(name, scopes.of(node))[0].node is home.node]


def reading(module: Module, given: cst.Arg) -> bool:
    """Whether a builtin that changes nothing is given a thing: `len(items)`."""
    call = module.parent(given)
    return isinstance(call, cst.Call) and (
        isinstance(call.func, cst.Name) and call.func.value in TAKING
    )


def _all(found: Iterable[Places]) -> Places:
    places: list[Place] = []
    for some in found:
        if some is None:
            return None
        places.extend(some)
    return places


def _measured(node: cst.CSTNode) -> list[cst.BaseExpression]:
    """What an expression takes the length of: `items` of `len(items)`."""
    if isinstance(node, cst.Call) and isinstance(node.func, cst.Name) and node.func.value == "len":
        return [argument.value for argument in node.args]
    return []


def _is_alias(node: cst.Assign, name: str) -> bool:
    return isinstance(node.value, cst.Name) and node.value.value == name


def _index(module: Module) -> dict[str, list[cst.CSTNode]]:
    """What puts something into the things of each name, or of each attribute (`.name`)."""
    return module.syntax.once("filled", lambda: _indexed(module))


def _indexed(module: Module) -> dict[str, list[cst.CSTNode]]:
    found: dict[str, list[cst.CSTNode]] = {}
    for node in module.nodes(cst.Call, cst.Assign, cst.AugAssign, cst.Arg):
        for name in _filled(node):
            found.setdefault(name, []).append(node)
    return found


def _filled(node: cst.CSTNode) -> Iterator[str]:
    match node:
        case cst.Call(func=cst.Attribute(value=value, attr=cst.Name(value=method))):
            if method in _GROWING:
                yield from _root(value)
        case cst.Assign():
            for target in node.targets:
                if isinstance(target.target, cst.Subscript):
                    yield from _root(target.target)
            if isinstance(node.value, cst.Name):
                yield node.value.value
        case cst.AugAssign(target=target) if not isinstance(target, cst.Name):
            yield from _root(target)
        case cst.Arg(value=cst.Name() | cst.Attribute() as value) if not node.star:
            yield from _root(value)


def _root(node: cst.CSTNode) -> Iterator[str]:
    """The name or attribute whose things are meant: `d` of `d[k]` and `d.setdefault(k, [])`."""
    while True:
        if isinstance(node, cst.Subscript):
            node = node.value
        elif isinstance(node, cst.Call) and isinstance(node.func, cst.Attribute):
            node = node.func.value
        else:
            break
    if isinstance(node, cst.Name):
        yield node.value
    elif isinstance(node, cst.Attribute):
        yield f".{node.attr.value}"
