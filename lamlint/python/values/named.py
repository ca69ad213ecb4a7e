"""What a name may be, by all that binds it: here, in another module, or in a call."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lamlint.python.module import cst
from lamlint.python.module.scope import Binding, How
from lamlint.python.values import gathered
from lamlint.python.values.anywhere import may_be_set
from lamlint.python.values.kinds import UNKNOWN, Kind, Values, elements, union
from lamlint.python.values.leads import of_binding
from lamlint.python.values.overwritten import seen

if TYPE_CHECKING:
    from lamlint.python.module.module import Module
    from lamlint.python.values.asker import Asker
    from lamlint.python.values.objects import Frame, Supplied

_OBJECTS = (cst.Name, cst.Call, cst.Attribute, cst.Lambda)
"""Expressions that are written where an object is handed on."""


def named(asked: Asker, node: cst.Name, frame: Frame, depth: int) -> Values:
    """What a name is where it is read."""
    bindings = list(asked.analysis.lookup(node.value, node, frame))
    visible = seen(frame.module, bindings, node)
    found = union(_bound(asked, binding, home, depth) for binding, home in visible)
    return gathered.as_used(asked, found, node, frame, depth)


def member(asked: Asker, module: Module, name: str, depth: int) -> Values:
    """What a name of a module is for those that import it."""
    members = list(asked.analysis.members(module, name))
    found = union(_bound(asked, binding, home, depth + 1) for binding, home in members)
    if may_be_set(asked.analysis, name):
        return UNKNOWN
    return gathered.as_kept(asked, found, name)


def given(asked: Asker, supplied: Supplied, depth: int, *, optional: bool) -> Values:
    """What a call gives to a parameter: in the place of `None`, an object."""
    if supplied.thing is not None:
        return frozenset([Kind.THERE])
    if supplied.anything or supplied.node is None or supplied.frame is None:
        return UNKNOWN
    values = asked.values(supplied.node, supplied.frame, depth + 1)
    if supplied.element:
        return union([elements(values)])
    there = values == UNKNOWN and optional and isinstance(supplied.node, _OBJECTS)
    return frozenset([Kind.THERE]) if there else values


def _bound(asked: Asker, binding: Binding, frame: Frame, depth: int) -> Values:
    analysis = asked.analysis
    if binding.how is How.IMPORT:
        found = analysis.codebase.imported(frame.module, binding)
        owner = analysis.codebase.module(found[0]) if type(found) is tuple else None
        if owner is None or type(found) is not tuple:
            return UNKNOWN
        return member(asked, owner, found[1], depth)
    if binding.how is How.ELEMENT and binding.value is not None and not binding.path:
        return union([elements(asked.values(binding.value, frame, depth))])
    default = binding.node.default if isinstance(binding.node, cst.Param) else None
    if binding.how is How.PARAMETER and not analysis.ways_into(frame):
        return UNKNOWN  # whoever calls it may give anything
    optional = isinstance(default, cst.Name) and default.value == "None"
    leads = of_binding(analysis, binding, frame)
    return union(given(asked, lead, depth, optional=optional) for lead in leads)
