"""What a function's `**kwargs` hold under a key, by the calls that lead to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lamlint.python.module import cst
from lamlint.python.module.scope import How, positional
from lamlint.python.values.filled import changes, reading
from lamlint.python.values.objects import Edge, Frame, Passing, Supplied

if TYPE_CHECKING:
    from lamlint.python.values.analysis import Analysis

ABSENT = Supplied()
"""A call that gives nothing under the key."""
_DEEPEST = 8


def under(
    analysis: Analysis, node: cst.CSTNode, key: str, frame: Frame, depth: int = 0
) -> list[Supplied] | None:
    """What each call gives under a key of a function's `**kwargs`; None when that is not known."""
    if not isinstance(node, cst.Name) or depth > _DEEPEST:
        return None
    found = list(analysis.lookup(node.value, node, frame))
    (only, home) = found[0] if len(found) == 1 else (None, frame)
    function = home.node
    if only is None or only.how is not How.PARAMETER or not isinstance(function, cst.FunctionDef):
        return None
    if only.node is not function.params.star_kwarg or not _is_left_alone(home, node.value):
        return None
    named = [*positional(function), *function.params.kwonly_params]
    if any(one.name.value == key for one in named):
        return [ABSENT]
    given: list[Supplied] = []
    for edge in analysis.ways_into(home):
        one = _by(analysis, edge, key, depth)
        if one is None:
            return None
        given += one
    return given or None


def _by(analysis: Analysis, edge: Edge, key: str, depth: int) -> list[Supplied] | None:
    """What one call gives under a key."""
    if edge.caller is None or edge.passing is Passing.NOTHING:
        return [ABSENT]
    if edge.passing is not Passing.CALL or not isinstance(edge.site, cst.Call):
        return None
    starred: list[Supplied] = []
    for argument in edge.site.args:
        if argument.keyword is not None and argument.keyword.value == key:
            return [Supplied(argument.value, edge.caller)]
        if argument.star == "**":
            inner = under(analysis, argument.value, key, edge.caller, depth + 1)
            if inner is None:
                return None
            starred += inner
    return starred or [ABSENT]


def _is_left_alone(home: Frame, name: str) -> bool:
    """Whether nothing is put into what a name holds; handed on by `**` it is copied."""
    return all(
        isinstance(change, cst.Arg) and (change.star == "**" or reading(home.module, change))
        for change in changes(home, name)
    )
