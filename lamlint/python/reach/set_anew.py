"""Variables of a module that each invocation sets before it asks for them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from lamlint.python.module import cst
from lamlint.python.module.scope import How
from lamlint.python.values.objects import Routine

if TYPE_CHECKING:
    from lamlint.python.module.module import Module
    from lamlint.python.values.analysis import Analysis
    from lamlint.python.values.objects import Frame

_IN_SOME_CASES = (
    cst.If, cst.IfExp, cst.BooleanOperation, cst.MatchCase, cst.For, cst.While, cst.ExceptHandler,
    cst.ExceptStarHandler, cst.Else, cst.Lambda, cst.FunctionDef, cst.ListComp, cst.SetComp,
    cst.DictComp, cst.GeneratorExp,
)  # fmt: skip
_DEEPEST = 4


def is_set_anew(analysis: Analysis, frame: Frame, name: cst.Name) -> bool:
    """Whether code sets a variable on each invocation ahead of where it is asked for.

    `init()` sets `REGION`: a test of what `look_up(REGION)` gives does not tell whether
    something was made before.
    """
    module = frame.module
    setting = module.syntax.once(("set anew", name.value), partial(_setting, module, name.value))
    return bool(setting) and all(_is_run_before(analysis, frame, name, one) for one in setting)


def _setting(module: Module, name: str) -> tuple[cst.FunctionDef, ...]:
    """The functions that set a variable of the module; none where one does so in some cases."""
    found: dict[int, cst.FunctionDef] = {}
    for binding in module.scopes.module.bindings.get(name, ()):
        function = module.enclosing_function(binding.node)
        if function is None:
            continue
        if binding.how is not How.VALUE or not _is_always_run(module, binding.node, function):
            return ()
        found[id(function)] = function
    return tuple(found.values())


def _is_run_before(
    analysis: Analysis, frame: Frame, node: cst.CSTNode, setting: cst.FunctionDef, steps: int = 0
) -> bool:
    """Whether every way to a node in a frame has run a function first."""
    module, function = frame.module, frame.node
    if steps > _DEEPEST or not isinstance(function, cst.FunctionDef):
        return False
    start = module.offsets(node)[0]
    for call in module.nodes(cst.Call):
        if module.enclosing_function(call) is not function or module.offsets(call)[1] > start:
            continue
        if _leads_to(analysis, frame, call, setting) and _is_always_run(module, call, function):
            return True
    callers = [(edge.caller, edge.site) for edge in frame.edges]
    return bool(callers) and all(
        caller is not None
        and site is not None
        and _is_run_before(analysis, caller, site, setting, steps + 1)
        for caller, site in callers
    )


def _leads_to(analysis: Analysis, frame: Frame, call: cst.Call, function: cst.FunctionDef) -> bool:
    things = analysis.things(call.func, frame)
    return bool(things) and all(
        isinstance(thing, Routine) and thing.node is function for thing in things
    )


def _is_always_run(module: Module, node: cst.CSTNode, function: cst.FunctionDef) -> bool:
    """Whether a node is run whenever its function is, as far as no error is raised."""
    for ancestor in module.ancestors(node):
        if ancestor is function:
            return True
        if isinstance(ancestor, _IN_SOME_CASES):
            return False
    return False
