"""Under which name a literal is kept, passed, sent or compared."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from lamlint.python.module import cst
from lamlint.secrets.calls import LOGIN_TUPLES
from lamlint.secrets.code.passed import READS, passed
from lamlint.secrets.code.refused import is_refused
from lamlint.secrets.code.use import NOBODY, Holder, Use, named, spoken, target, text
from lamlint.secrets.names import Strength, lists_refused, names_secret, one_of, strength

if TYPE_CHECKING:
    from lamlint.python import Module

_CONTAINERS = (cst.List, cst.Set, cst.Tuple)
_SEQUENCES = (cst.List, cst.Tuple)
_ASKS = (cst.In, cst.NotIn)
_BESIDE = {
    "value": ("name", "key", "header"),
    "Value": ("Name", "Key", "ParameterKey"),
    "ParameterValue": ("ParameterKey",),
}
"""The keys of a value, and those that its name has beside it."""


def holder(module: Module, node: cst.CSTNode) -> Holder:
    """What holds a literal, or the expression it is the value of."""
    parent = module.parent(node)
    match parent:
        case cst.Arg():
            return _argument(module, parent)
        case cst.Element():
            return _element(module, parent)
        case cst.DictElement() if parent.value is node:
            return _of_key(module, parent)
        case cst.Param() if parent.default is node:
            return Holder(parent.name.value)
        case cst.AnnAssign() | cst.NamedExpr():
            return named(target(parent.target))
        case cst.Assign():
            return _first(target(one.target) for one in parent.targets)
        case cst.Comparison() | cst.ComparisonTarget() | cst.MatchValue():
            return _compared(module, node)
        case cst.Lambda() | cst.IfExp() | cst.BooleanOperation():
            return _outcome(module, parent, node)
        case _:
            return NOBODY


def _outcome(module: Module, whole: cst.BaseExpression, node: cst.CSTNode) -> Holder:
    """Who holds an expression that may come out as a literal: a condition, a default, a lambda."""
    match whole:
        case cst.IfExp() if whole.test is node:
            return NOBODY
        case cst.BooleanOperation():
            if whole.right is not node or not isinstance(whole.operator, cst.Or):
                return NOBODY
            read = _read(module, whole.left)
            return Holder(read) if read else holder(module, whole)
        case _:
            return holder(module, whole)


def _argument(module: Module, arg: cst.Arg) -> Holder:
    call = module.parent(arg)
    if not isinstance(call, cst.Call):
        return NOBODY
    found = passed(module, call, arg)
    return holder(module, call) if found is None else found


def _first(names: Iterable[str]) -> Holder:
    """Who holds what several names are given: the first that is a secret's."""
    known = list(names)
    return named(next(filter(names_secret, known), known[0] if known else ""))


def _of_key(module: Module, element: cst.DictElement) -> Holder:
    """The key of a value; the name beside it, or of the whole dictionary where that says more."""
    key = text(element.key)
    whole = module.parent(element)
    if not isinstance(whole, cst.Dict):
        return named(key)
    if key in _BESIDE:
        pairs = (one for one in whole.elements if isinstance(one, cst.DictElement))
        beside = [text(one.value) for one in pairs if text(one.key) in _BESIDE[key]]
        if beside:
            return named(beside[0].rpartition("/")[2])
    if strength(key) is Strength.NONE and key.lower() != "authorization":
        return _one_of(holder(module, whole).name) or named(key)
    return named(key)


def _one_of(name: str) -> Holder | None:
    """Who holds one of several whose name is a plural of secrets: `API_KEYS`."""
    singular = one_of(name)
    return Holder(singular, written=name) if singular else None


def _element(module: Module, element: cst.Element) -> Holder:
    """A name and a password as a pair, or one of several values that are assigned at once."""
    group = module.parent(element)
    if not isinstance(group, _CONTAINERS):
        return NOBODY
    if lists_refused(holder(module, group).name) or is_refused(module, group):
        return NOBODY
    around = module.parent(group)
    if isinstance(around, cst.ComparisonTarget) and isinstance(around.operator, _ASKS):
        comparison = module.parent(around)
        return named(spoken(comparison.left)) if isinstance(comparison, cst.Comparison) else NOBODY
    place = next(at for at, one in enumerate(group.elements) if one is element)
    if isinstance(group, cst.Tuple) and (keyword := _keyword(around)):
        login = keyword in LOGIN_TUPLES and len(group.elements) == 2 and place == 1
        if login or isinstance(around, cst.Arg):
            return Holder("password", Use.LOGIN) if login else NOBODY
    if len(group.elements) == 2 and place == 1 and isinstance(group, _SEQUENCES):
        pair = named(text(group.elements[0].value))  # a header, an item of a form
        if names_secret(pair.name) or pair.use is Use.HEADER:
            return pair
    return _unpacked(module, group, place) or _one_of(holder(module, group).name) or NOBODY


def _keyword(around: cst.CSTNode | None) -> str:
    """The keyword that a pair is given for, or the attribute that it is set as."""
    match around:
        case cst.Arg(keyword=cst.Name(value=name)):
            return name
        case cst.Assign(
            targets=[cst.AssignTarget(target=cst.Attribute(attr=cst.Name(value=name)))]
        ):
            return name
        case _:
            return ""


def _unpacked(module: Module, group: cst.BaseExpression, place: int) -> Holder | None:
    """The name that takes one of several values, `user, password = "app", "…"`."""
    path = [place]
    around = module.parent(group)
    while isinstance(around, cst.Element):
        group = module.parent(around)  # type: ignore[assignment]
        if not isinstance(group, _SEQUENCES):
            return None
        path.append(next(at for at, one in enumerate(group.elements) if one is around))
        around = module.parent(group)
    if not isinstance(around, cst.Assign) or len(around.targets) != 1:
        return None
    names: cst.BaseExpression = around.targets[0].target
    while path:
        place = path.pop()
        if not isinstance(names, _SEQUENCES) or place >= len(names.elements):
            return None
        if any(isinstance(one, cst.StarredElement) for one in names.elements[: place + 1]):
            return None
        names = names.elements[place].value
    return named(target(names))


def _compared(module: Module, node: cst.CSTNode) -> Holder:
    """What a literal is compared with: a secret that is asked for is one that is known."""
    if any(isinstance(one, cst.Assert) for one in module.ancestors(node)):
        return NOBODY
    parent = module.parent(node)
    if isinstance(parent, cst.MatchValue):
        return _matched(module, parent)
    comparison = module.parent(parent) if isinstance(parent, cst.ComparisonTarget) else parent
    if not isinstance(comparison, cst.Comparison) or len(comparison.comparisons) != 1:
        return NOBODY
    (other,) = comparison.comparisons
    if not isinstance(other.operator, (cst.Equal, cst.NotEqual)):
        return NOBODY
    return named(spoken(other.comparator if comparison.left is node else comparison.left))


def _matched(module: Module, node: cst.CSTNode) -> Holder:
    """What a `match` compares a literal with: its subject, a key, an attribute."""
    parent = module.parent(node)
    while isinstance(parent, (cst.MatchOr, cst.MatchOrElement, cst.MatchAs)):
        parent = module.parent(parent)
    match parent:
        case cst.MatchKeywordElement():
            return named(parent.key.value)
        case cst.MatchMappingElement() if isinstance(parent.key, cst.SimpleString):
            return named(text(parent.key))
        case cst.MatchCase():
            whole = module.parent(parent)
            return named(spoken(whole.subject)) if isinstance(whole, cst.Match) else NOBODY
        case _:
            return NOBODY


def _read(module: Module, node: cst.BaseExpression) -> str:
    """The variable of the environment that an expression reads."""
    if isinstance(node, cst.Call) and node.args and module.qualified(node) in READS:
        return text(node.args[0].value)
    return ""
