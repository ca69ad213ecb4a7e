"""Objects of settings, whose fields a library fills from the environment: pydantic's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lamlint.python.module import cst
from lamlint.python.values.attributes import library_bases, lineage
from lamlint.python.values.leads import of_name
from lamlint.python.values.objects import Own

if TYPE_CHECKING:
    from lamlint.python.values.analysis import Analysis
    from lamlint.python.values.objects import Frame, Thing

FILLED = frozenset({"pydantic_settings.BaseSettings", "pydantic.BaseSettings"})
"""https://docs.pydantic.dev/latest/concepts/pydantic_settings/"""


_DEEPEST = 8
"""How often a setting is handed on, at most."""


def is_setting(analysis: Analysis, node: cst.CSTNode, frame: Frame, depth: int = 0) -> bool:
    """Whether an expression is a field of such an object, or a name that gets nothing else."""
    if isinstance(node, cst.Name) and depth < _DEEPEST:
        leads = list(of_name(analysis, node, frame))
        return bool(leads) and all(
            lead.node is not None
            and lead.frame is not None
            and not (lead.element or lead.anything)
            and is_setting(analysis, lead.node, lead.frame, depth + 1)
            for lead in leads
        )
    if not isinstance(node, cst.Attribute):
        return False
    things = analysis.things(node.value, frame)
    return bool(things) and all(_is_field(analysis, one, node.attr.value) for one in things)


def _is_field(analysis: Analysis, thing: Thing, name: str) -> bool:
    """Whether a field is filled, and not given by who makes the object, nor a property."""
    if not isinstance(thing, Own) or thing.call is None or thing.call.args:
        return False
    declared = [
        binding.node
        for one in lineage(analysis, thing.of)
        for binding in one.module.scopes.own(one.node).bindings.get(name, ())
    ]
    if not declared or not all(isinstance(one, cst.AnnAssign) for one in declared):
        return False
    return not FILLED.isdisjoint(library_bases(analysis, thing.of))
