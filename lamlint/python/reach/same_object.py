"""Where else the object stands that an expression gives: under a name, as a result, as a parameter.

None wherever not all such places are seen.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, TypeAlias

from lamlint.python.hoist.view import View, view_of
from lamlint.python.module import cst
from lamlint.python.module.scope import Scope
from lamlint.python.values.arguments import from_edge
from lamlint.python.values.objects import Frame, Passing, Routine, Thing

if TYPE_CHECKING:
    from lamlint.catalog.constructors import Constructors
    from lamlint.python.values.analysis import Analysis

Stands: TypeAlias = "tuple[Frame, cst.CSTNode]"
_READING_ALL = ("eval", "exec", "locals", "vars")
"""What may read a variable that nothing names."""


def same(
    analysis: Analysis, constructors: Constructors, frame: Frame, node: cst.CSTNode
) -> list[Stands] | None:
    """Where else the same object stands; None when unknown."""
    above, view = frame.module.parent(node), view_of(frame.module, constructors)
    match above:
        case cst.Expr():
            return []
        case cst.IfExp() if above.test is not node:
            return [(frame, above)]
        case cst.BooleanOperation():  # `given or boto3.client("s3")` may be either
            return [(frame, above)]
        case _ if is_tested(node, above):
            return []
        case cst.Assign(targets=[cst.AssignTarget(target=cst.Name() as name)]):
            return _read(view, frame, name)
        case cst.AnnAssign(target=cst.Name() as name):
            return _read(view, frame, name)
        case cst.NamedExpr(target=cst.Name() as name):
            readers = _read(view, frame, name)
            return None if readers is None else [(frame, above), *readers]
        case cst.Return():
            callers = list(_callers(frame))
            return None if None in callers else [one for one in callers if one is not None]
        case cst.Arg(star=""):
            return _given(analysis, constructors, frame, above)
        case _:
            return None


def is_tested(node: cst.CSTNode, above: cst.CSTNode | None) -> bool:
    """Whether it is asked of an object whether there is one, and nothing else."""
    match above:
        case cst.If() | cst.IfExp():
            return above.test is node
        case cst.UnaryOperation(operator=cst.Not()):
            return True
        case cst.Comparison(
            left=left,
            comparisons=[cst.ComparisonTarget(cst.Is() | cst.IsNot(), cst.Name(value="None"))],
        ):
            return left is node
        case _:
            return False


def _given(
    analysis: Analysis, constructors: Constructors, frame: Frame, argument: cst.Arg
) -> list[Stands] | None:
    """Where functions of the project read what a call gives them, if it calls no others."""
    call = frame.module.parent(argument)
    called = analysis.things(call.func, frame) if isinstance(call, cst.Call) else ()
    found: list[Stands] = []
    for routine in called:
        inner = _entered(analysis, routine)
        name = "" if inner is None else _parameter(analysis, inner, frame, argument)
        if inner is None or not name:
            return None
        scope = inner.module.scopes.own(inner.node)
        readers = _readers(view_of(inner.module, constructors), inner, name, scope)
        if readers is None:
            return None
        found.extend(readers)
    return found if called else None


def _entered(analysis: Analysis, thing: Thing) -> Frame | None:
    """The frame of a function that a call runs."""
    if not isinstance(thing, Routine) or not isinstance(thing.node, cst.FunctionDef):
        return None
    return analysis.reached.get((id(thing.node), id(thing.closure)))


def _parameter(analysis: Analysis, inner: Frame, frame: Frame, argument: cst.Arg) -> str:
    """The parameter of a function that a call in a frame gives an argument to; else nothing."""
    function, call = inner.node, frame.module.parent(argument)
    if not isinstance(function, cst.FunctionDef):
        return ""
    params = function.params
    for edge in inner.edges:
        if edge.caller is frame and edge.site is call and edge.passing is Passing.CALL:
            for one in (*params.posonly_params, *params.params, *params.kwonly_params):
                supplied = from_edge(analysis, edge, function, one)
                if any(given.node is argument.value for given in supplied):
                    return one.name.value
    return ""


def _read(view: View, frame: Frame, name: cst.Name) -> list[Stands] | None:
    """Every place that reads a name of a function; None for one that others see."""
    scope, _ = view.module.scopes.find(name.value, view.module.scopes.of(name))
    return _readers(view, frame, name.value, scope)


def _readers(view: View, frame: Frame, name: str, scope: Scope) -> list[Stands] | None:
    if not isinstance(scope.node, cst.FunctionDef) or scope.node is not frame.node:
        return None
    if any(view.unresolved(other) and not _only_looked_into(view, other) for other in _READING_ALL):
        return None
    return [(frame, reader) for reader in view.readers(name, scope)]


def _only_looked_into(view: View, reading: str) -> bool:
    """Whether what reads all variables is only asked for one by name: `"x" in locals()`."""
    above = [view.module.parent(use) for use in view.uses(reading)]
    return all(
        isinstance(call, cst.Call)
        and isinstance(asked := view.module.parent(call), cst.ComparisonTarget)
        and isinstance(asked.operator, (cst.In, cst.NotIn))
        for call in above
    )


def _callers(frame: Frame) -> Iterator[Stands | None]:
    """The places whose value is what a function returns; None where that is not known."""
    node = frame.node
    if not isinstance(node, cst.FunctionDef) or node.asynchronous:
        yield None
        return
    for edge in frame.edges:
        by_call = isinstance(edge.site, cst.Call) and edge.passing is Passing.CALL
        plain = by_call and not node.decorators
        read = isinstance(edge.site, cst.Attribute) and _is_property(node)
        if edge.caller is not None and edge.site is not None and (plain or read):
            yield edge.caller, edge.site
        else:
            yield None


def _is_property(function: cst.FunctionDef) -> bool:
    """Whether reading an attribute runs a function anew each time."""
    match function.decorators:
        case [cst.Decorator(decorator=cst.Name(value="property"))]:
            return True
        case _:
            return False
