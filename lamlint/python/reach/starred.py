"""What a call is given by `*` and `**`: the keywords of dicts that the code writes down."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from lamlint.python.module import cst
from lamlint.python.module.running import results
from lamlint.python.module.scope import Binding, How, positional
from lamlint.python.reach.dead import dead
from lamlint.python.values.arguments import supplied
from lamlint.python.values.attributes import assigned
from lamlint.python.values.containers import constant
from lamlint.python.values.filled import changes, reading
from lamlint.python.values.objects import Edge, Frame, Library, Own, Passing, Routine, Supplied
from lamlint.python.values.set_attributes import part

if TYPE_CHECKING:
    from lamlint.python.values.analysis import Analysis

Written = tuple[str, cst.CSTNode, Frame]
"""A keyword and its value, with the frame to read it in."""
Writtens = list[Written] | None
"""None where there may be others."""


def keywords(analysis: Analysis, node: cst.CSTNode, frame: Frame) -> Writtens:
    """The keywords that a `**` dict may hold."""
    return _Search(analysis).of(node, frame)


def count(analysis: Analysis, node: cst.CSTNode, frame: Frame) -> int | None:
    """How many arguments a `*` sequence holds at most; None when that is not known."""
    match node:
        case cst.Tuple() | cst.List():
            starred = any(isinstance(one, cst.StarredElement) for one in node.elements)
            return None if starred else len(node.elements)
        case cst.Name():
            counts = [
                _bound_count(analysis, binding, home)
                for binding, home in analysis.lookup(node.value, node, frame)
                if not changes(home, node.value)
            ]
            return _most(counts)
        case cst.Attribute():
            places = _settings(analysis, node, frame)
            return _most([count(analysis, value, home) for value, home in places or ()])
        case _:
            return None


def _most(counts: list[int | None]) -> int | None:
    known = [one for one in counts if one is not None]
    return max(known) if known and len(known) == len(counts) else None


def _settings(
    analysis: Analysis, node: cst.Attribute, frame: Frame
) -> list[tuple[cst.CSTNode, Frame]] | None:
    """What methods set an attribute of an object to; None where something else may be in it."""
    name = node.attr.value
    found: list[tuple[cst.CSTNode, Frame]] = []
    for owner in analysis.things(node.value, frame):
        if not isinstance(owner, Own) or changes(owner.of.closure, f".{name}"):
            return None
        for value, home, path in assigned(analysis, owner.of, owner, name):
            one = part(value, path)
            if one is None:
                return None
            found.append((one, home))
        for binding in owner.of.module.scopes.own(owner.of.node).bindings.get(name, ()):
            if binding.value is None or binding.path:
                return None
            found.append((binding.value, owner.of.closure))
    return found


def _bound_count(analysis: Analysis, binding: Binding, frame: Frame) -> int | None:
    if binding.how is How.VALUE and binding.value is not None and not binding.path:
        return count(analysis, binding.value, frame)
    function = frame.node
    if not isinstance(function, cst.FunctionDef) or binding.node is not function.params.star_arg:
        return None
    found = 0
    for edge in frame.edges:
        site = edge.site
        if edge.passing is not Passing.CALL or not isinstance(site, cst.Call) or edge.star:
            return None
        spread = [given.value for given in site.args if given.star == "*"]
        more = [count(analysis, one, edge.caller) if edge.caller else None for one in spread]
        known = [one for one in more if one is not None]
        if len(known) < len(more):
            return None
        ahead = len(edge.leading) + (edge.receiver is not None) + sum(known)
        found = max(found, ahead + sum(one.keyword is None and not one.star for one in site.args))
    return max(0, found - len(positional(function))) if frame.edges else None


class _Search:
    """One question, with the expressions on the way: a dict may be made of itself."""

    def __init__(self, analysis: Analysis) -> None:
        self._analysis = analysis
        self._seen: set[tuple[int, int]] = set()

    def of(self, node: cst.CSTNode, frame: Frame) -> Writtens:
        key = (id(node), id(frame))
        if self._analysis.exhausted:
            return None
        if key in self._seen:
            return []
        self._seen.add(key)
        self._analysis.step()
        match node:
            case cst.Dict():
                return _all(self._element(element, frame) for element in node.elements)
            case cst.Call():
                return self._call(node, frame)
            case cst.Name():
                return self._name(node, frame)
            case cst.Attribute():
                return self._attribute(node, frame)
            case cst.BooleanOperation() | cst.BinaryOperation(operator=cst.BitOr()):
                return _all(self.of(side, frame) for side in (node.left, node.right))
            case cst.IfExp():
                return _all(self._unless_dead(side, frame) for side in (node.body, node.orelse))
            case _:
                return None

    def _element(self, element: cst.BaseDictElement, frame: Frame) -> Writtens:
        if not isinstance(element, cst.DictElement):
            return self.of(element.value, frame)
        return self._pair(element.key, element.value, frame)

    def _pair(self, key: cst.CSTNode, value: cst.CSTNode, frame: Frame) -> Writtens:
        name = constant(self._analysis, key, frame)
        return None if name is None else [(name, value, frame)]

    def _call(self, node: cst.Call, frame: Frame) -> Writtens:
        function = node.func
        if isinstance(function, cst.Attribute) and function.attr.value == "copy" and not node.args:
            return self.of(function.value, frame)
        callees = self._analysis.things(function, frame)
        if callees == (Library("dict"),):
            return self._arguments(node.args, frame)
        if not callees or not all(isinstance(callee, Routine) for callee in callees):
            return None
        found: list[Writtens] = []
        for callee in callees:
            if isinstance(callee, Routine):
                edge = Edge(frame, node, Passing.CALL, callee.receiver, callee.leading)
                inner = self._analysis.inline(callee.module, callee.node, callee.closure, edge)
                if inner is None:
                    return None
                found += [
                    self._unless_dead(value, inner) for value in results(callee.module, callee.node)
                ]
        return _all(found)

    def _unless_dead(self, node: cst.CSTNode, frame: Frame) -> Writtens:
        """What an expression holds; nothing where a switch keeps it from being used."""
        if frame.edges and dead(self._analysis, (frame,), node):
            return []
        return self.of(node, frame)

    def _arguments(self, given: Iterable[cst.Arg], frame: Frame) -> Writtens:
        """What `dict(base, region_name=…, **more)` and `update` take."""
        return _all(
            [(one.keyword.value, one.value, frame)]
            if one.keyword is not None
            else self.of(one.value, frame)
            for one in given
        )

    def _name(self, node: cst.Name, frame: Frame) -> Writtens:
        bindings = list(self._analysis.lookup(node.value, node, frame))
        if not bindings:
            return None
        found = [self._bound(binding, home) for binding, home in bindings]
        homes = {id(home): home for _, home in bindings}
        for home in homes.values():
            found += [self._put(change, home) for change in changes(home, node.value)]
        return _all(found)

    def _bound(self, binding: Binding, home: Frame) -> Writtens:
        match binding.how:
            case How.VALUE | How.CHANGED if binding.value is not None and not binding.path:
                return self._unless_dead(binding.value, home)
            case How.PARAMETER if isinstance(binding.node, cst.Param) and home.edges:
                if _is_double_star(home.node, binding.node):
                    return _all(self._handed_on(edge, home) for edge in home.edges)
                return _all(
                    self._given(each) for each in supplied(self._analysis, home, binding.node)
                )
            case How.IMPORT:
                return self._imported(binding, home)
            case _:
                return None

    def _imported(self, binding: Binding, frame: Frame) -> Writtens:
        found = self._analysis.codebase.imported(frame.module, binding)
        owner = self._analysis.codebase.module(found[0]) if isinstance(found, tuple) else None
        if owner is None or not isinstance(found, tuple):
            return None
        members = list(self._analysis.members(owner, found[1]))
        written = any(changes(home, found[1]) for _, home in members)
        if written or not members:
            return None
        return _all(self._bound(inner, home) for inner, home in members)

    def _given(self, given: Supplied) -> Writtens:
        if given.node is None or given.frame is None or given.anything or given.element:
            return None
        if isinstance(given.node, cst.Name) and given.node.value == "None":
            return []  # `**(options or {})`
        return self.of(given.node, given.frame)

    def _handed_on(self, edge: Edge, frame: Frame) -> Writtens:
        """What one call leaves to a function's `**kwargs`."""
        function = frame.node
        if edge.caller is None or not isinstance(edge.site, cst.Call):
            return []
        if edge.passing is not Passing.CALL or not isinstance(function, cst.FunctionDef):
            return None
        taken = {one.name.value for one in (*positional(function), *function.params.kwonly_params)}
        named = [one for one in edge.site.args if one.keyword is not None or one.star == "**"]
        found = self._arguments(named, edge.caller)
        return None if found is None else [one for one in found if one[0] not in taken]

    def _put(self, change: cst.CSTNode, home: Frame) -> Writtens:
        """What a line puts into a dict; nothing where a switch keeps it from running."""
        function = home.module.enclosing_function(change)
        frame = home if function is None else self._analysis.frame_of(function, home)
        if frame.edges and dead(self._analysis, (frame,), change):
            return []
        match change:
            case cst.Assign(targets=[cst.AssignTarget(cst.Subscript(slice=[one]) as target)]):
                index = one.slice
                if isinstance(target.value, cst.Name) and isinstance(index, cst.Index):
                    return self._pair(index.value, change.value, frame)
            case cst.Call(func=cst.Attribute(value=cst.Name(), attr=cst.Name(value="update"))):
                return self._arguments(change.args, frame)
            case cst.Call(func=cst.Attribute(value=cst.Name(), attr=cst.Name(value="setdefault"))):
                if len(change.args) == 2:
                    return self._pair(change.args[0].value, change.args[1].value, frame)
            case cst.Assign(targets=[cst.AssignTarget(target)], value=cst.Name()):
                return [] if _is_left_alone(frame, target) else None
            case cst.Arg() if reading(home.module, change):
                return []
            case _:
                pass
        return None

    def _attribute(self, node: cst.Attribute, frame: Frame) -> Writtens:
        places = _settings(self._analysis, node, frame)
        return _all(self.of(value, home) for value, home in places) if places else None


def _is_left_alone(frame: Frame, target: cst.CSTNode) -> bool:
    """Whether nothing is put into a dict by another name that it gets."""
    match target:
        case cst.Attribute(attr=name):
            return not changes(frame, f".{name.value}")
        case cst.Name(value=name):
            return not changes(frame, name)
        case _:
            return False


def _is_double_star(function: cst.CSTNode, parameter: cst.Param) -> bool:
    kinds = (cst.FunctionDef, cst.Lambda)
    return isinstance(function, kinds) and function.params.star_kwarg is parameter


def _all(found: Iterable[Writtens]) -> Writtens:
    writtens: list[Written] = []
    for some in found:
        if some is None:
            return None
        writtens.extend(some)
    return writtens
