"""What a function makes only where it is not given one: `repository or Repository()`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from lamlint.python.module import cst
from lamlint.python.module.scope import parameters
from lamlint.python.values.always import possible
from lamlint.python.values.arguments import from_edge
from lamlint.python.values.kinds import truth
from lamlint.python.values.objects import Edge, Frame, Instance, Own, Supplied

if TYPE_CHECKING:
    from lamlint.python.values.analysis import Analysis


def is_blocked(analysis: Analysis, frame: Frame, node: cst.CSTNode, edge: Edge) -> bool:
    """Whether a call gives its function what a node makes only where nothing is given."""
    function = frame.node
    if not isinstance(function, (cst.FunctionDef, cst.Lambda)):
        return False
    missing = set(_missing(frame, node))
    return any(
        _is_there(analysis, lead)
        for parameter in (parameters(function) if missing else ())
        if parameter.name.value in missing
        for lead in from_edge(analysis, edge, function, parameter)
    )


def _missing(frame: Frame, node: cst.CSTNode) -> Iterator[str]:
    """The names that stand for nothing where a node of a frame's function is run."""
    child = node
    for ancestor in frame.module.ancestors(node):
        if ancestor is frame.node:
            return
        match ancestor:
            case cst.If() | cst.IfExp() if child is not ancestor.test:
                asked = is_missing(ancestor, child)
            case cst.BooleanOperation(operator=cst.Or()) if child is ancestor.right:
                asked = ancestor.left
            case _:
                asked = None
        if isinstance(asked, cst.Name):
            yield asked.value
        child = ancestor


def _is_there(analysis: Analysis, lead: Supplied) -> bool:
    """Whether what a parameter is given surely is something."""
    if lead.element or lead.anything or lead.held is not None:
        return False
    if lead.node is None or lead.frame is None:
        return lead.thing is not None
    made = analysis.things(lead.node, lead.frame)
    return any(isinstance(one, (Own, Instance)) for one in made) or all(
        truth(value) is True for value in possible(analysis, lead.node, lead.frame)
    )


def is_missing(choice: cst.If | cst.IfExp, chosen: cst.CSTNode) -> cst.CSTNode | None:
    """What is not there yet where a branch makes it: `s3` of `if s3 is None: s3 = …`."""
    match choice.test:
        case cst.UnaryOperation(operator=cst.Not(), expression=asked):
            missing = chosen is choice.body
        case cst.Comparison(
            left=asked,
            comparisons=[cst.ComparisonTarget(cst.Is() | cst.Equal(), cst.Name(value="None"))],
        ):
            missing = chosen is choice.body
        case cst.Comparison(
            left=asked,
            comparisons=[cst.ComparisonTarget(cst.IsNot(), cst.Name(value="None"))],
        ):
            missing = chosen is choice.orelse
        case asked:
            missing = chosen is choice.orelse
    return asked if missing and isinstance(asked, (cst.Name, cst.Attribute)) else None
