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
    put = put_in(home, node.value, key)
    if only.node is not function.params.star_kwarg or put is None:
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
    return [*given, *put] if given else None


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


def put_in(home: Frame, name: str, key: str) -> list[Supplied] | None:
    """What a function itself puts under a key of a dictionary that it has under a name.

    None where that is not all written down.
    """
    found: list[Supplied] = []
    for change in changes(home, name):
        if isinstance(change, cst.Arg) and (change.star == "**" or reading(home.module, change)):
            continue  # handed on by `**` it is copied
        written = _written(change)
        if written is None or home.module.enclosing_function(change) is not home.node:
            return None
        found += [Supplied(value, home) for word, value in written if word == key]
    return found


def _written(change: cst.CSTNode) -> list[tuple[str, cst.BaseExpression]] | None:
    """The keys that a line puts into a dictionary, with what they get; None for any other line."""
    match change:
        case cst.Assign(
            targets=[cst.AssignTarget(cst.Subscript(value=cst.Name(), slice=[one]))], value=value
        ):
            index = one.slice
            return _pairs([(index.value, value)]) if isinstance(index, cst.Index) else None
        case cst.Call(
            func=cst.Attribute(value=cst.Name(), attr=cst.Name(value="setdefault")),
            args=[cst.Arg(value=key), cst.Arg(value=value)],
        ):
            return _pairs([(key, value)])
        case cst.Call(func=cst.Attribute(value=cst.Name(), attr=cst.Name(value="update"))):
            named = [(one.keyword.value, one.value) for one in change.args if one.keyword]
            dicts = [_of_dict(one.value) for one in change.args if one.keyword is None]
            return None if None in dicts else [*named, *(p for some in dicts for p in some or ())]
        case _:
            return None


def _of_dict(node: cst.BaseExpression) -> list[tuple[str, cst.BaseExpression]] | None:
    if not isinstance(node, cst.Dict):
        return None
    elements = [one for one in node.elements if isinstance(one, cst.DictElement)]
    pairs = [(one.key, one.value) for one in elements]
    return _pairs(pairs) if len(elements) == len(node.elements) else None


def _pairs(
    given: list[tuple[cst.BaseExpression, cst.BaseExpression]],
) -> list[tuple[str, cst.BaseExpression]] | None:
    """Keys and values, where all keys are written."""
    keys = [key.evaluated_value if isinstance(key, cst.SimpleString) else None for key, _ in given]
    found = [(key, value) for key, (_, value) in zip(keys, given, strict=True)]
    written = [(key, value) for key, value in found if isinstance(key, str)]
    return written if len(written) == len(found) else None
