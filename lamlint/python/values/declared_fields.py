"""What the lines of a class make of an attribute, where they may be fields of its constructor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lamlint.python.module import cst
from lamlint.python.module.scope import Binding, How
from lamlint.python.values.arguments import argument
from lamlint.python.values.attributes import field_argument, lineage, without_arguments
from lamlint.python.values.decorators import decorator_names
from lamlint.python.values.kinds import UNKNOWN, Values
from lamlint.python.values.objects import Class, Library, Own, Supplied

if TYPE_CHECKING:
    from lamlint.python.values.analysis import Analysis
    from lamlint.python.values.asker import Asker

_WITH_FIELDS = frozenset(
    {"dataclasses.dataclass", "attr.s", "attr.attrs", "attr.define", "attrs.define"}
    | {"attr.dataclass", "attr.frozen", "attrs.frozen", "attrs.mutable"}
)
_BARE = frozenset(
    {"object", "abc.ABC", "typing.Generic", "typing.Protocol", "typing_extensions.Protocol"}
)
"""Bases that set no attributes."""
_FIELDS = frozenset({"field", "Factory", "ib", "attrib"})


def of_line(asked: Asker, of: Class, binding: Binding, owner: Own | Class, depth: int) -> Values:
    """What a line of a class makes of an attribute: of a field, what the call gives for it."""
    value: cst.CSTNode | None = binding.value
    if isinstance(binding.node, cst.AnnAssign) and _has_fields(asked.analysis, of):
        given = _given(asked.analysis, of, binding.name, owner)
        if given is None:
            return UNKNOWN
        if given.node is not None and given.frame is not None:
            return asked.values(given.node, given.frame, depth + 1)
        value = _default(value)
    elif binding.how is not How.VALUE or binding.path or _is_derived(asked.analysis, of):
        return UNKNOWN
    return UNKNOWN if value is None else asked.values(value, of.closure, depth + 1)


def given_by_call(asked: Asker, owner: Own, name: str, depth: int) -> Values:
    """What the call that built an object gives to a field that has no default."""
    classes = lineage(asked.analysis, owner.of)
    plain = not any(one.module.mentions("__setattr__", "__getattribute__") for one in classes)
    fields = any(_is_decorated(asked.analysis, one) for one in classes)
    given = field_argument(asked.analysis, owner, name) if plain and fields else None
    if given is None or owner.frame is None:
        return UNKNOWN
    return asked.values(given, owner.frame, depth + 1)


def _given(analysis: Analysis, of: Class, name: str, owner: Own | Class) -> Supplied | None:
    """What the call that built an object gives to a field; None when that is not known."""
    if not _is_decorated(analysis, of):
        return None
    if not isinstance(owner, Own) or owner.call is None or owner.leading:
        return None
    if any(given.star or given.keyword is None for given in owner.call.args):
        return None
    given = argument(owner.call, None, name)
    return Supplied() if given is None else Supplied(given, owner.frame)


def _default(value: cst.CSTNode | None) -> cst.CSTNode | None:
    """The default of a field: `= x`, `= field(default=x)`."""
    if not isinstance(value, cst.Call):
        return value
    function = value.func.attr if isinstance(value.func, cst.Attribute) else value.func
    named = isinstance(function, cst.Name) and function.value in _FIELDS
    return argument(value, None, "default") if named else None


def _has_fields(analysis: Analysis, of: Class) -> bool:
    """Whether the lines of a class are fields that its constructor takes."""
    return _is_decorated(analysis, of) or _is_derived(analysis, of)


def _is_decorated(analysis: Analysis, of: Class) -> bool:
    return bool(decorator_names(analysis, of.node, of.closure) & _WITH_FIELDS)


def _is_derived(analysis: Analysis, of: Class) -> bool:
    """Whether a class has bases of other packages, which may set its attributes too."""
    return any(
        not any(
            isinstance(thing, Class) or (isinstance(thing, Library) and thing.name in _BARE)
            for thing in analysis.things(without_arguments(base.value), one.closure)
        )
        for one in lineage(analysis, of)
        for base in one.node.bases
    )
