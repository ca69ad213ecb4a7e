"""Variables of a module that each invocation sets before it asks for them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from lamlint.python.module import cst
from lamlint.python.module.scope import How
from lamlint.python.module.walk import descendants
from lamlint.python.reach.places import names_in, names_written
from lamlint.python.values.contents import written_key
from lamlint.python.values.objects import Routine
from lamlint.text.dataclass import dataclass

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


@dataclass(frozen=True)
class _Setting:
    """Code that sets a place whenever its function is run."""

    target: cst.CSTNode
    value: cst.CSTNode
    function: cst.FunctionDef


def is_set_anew(analysis: Analysis, frame: Frame, name: cst.Name) -> bool:
    """Whether code sets what is asked for on each invocation, ahead of where it is asked for.

    `init()` sets `REGION`: a test of what `look_up(REGION)` gives does not tell whether
    something was made before. Nor does `if not stripe.api_key` below `stripe.api_key = key`.
    """
    module = frame.module
    for place in _places(module, name):
        setting = module.syntax.once(("set anew", place), partial(_setting, module, place))
        if any(
            _is_run_before(analysis, frame, name, one) and _is_clean(analysis, one, name.value)
            for one in setting
        ):
            return True
    return False


def _places(module: Module, name: cst.Name) -> Iterator[tuple[str, ...]]:
    """The variable asked for, and what is asked for on it: `a`, `a.b`, `a.b["c"]`."""
    node: cst.CSTNode = name
    yield (name.value,)
    above = module.parent(node)
    while (
        isinstance(above, (cst.Attribute, cst.Subscript))
        and above.value is node
        and (place := _place(above)) is not None
    ):
        yield place
        node, above = above, module.parent(above)
    if isinstance(above, cst.Call) and isinstance(node, cst.Attribute) and node.attr.value == "get":
        key = above.args[0].value if above.args else None
        held = _place(node.value)
        if held is not None and isinstance(key, cst.SimpleString):
            yield (*held, f"[{key.evaluated_value!r}]")


def _place(node: cst.CSTNode) -> tuple[str, ...] | None:
    """What an expression names: a variable, and the attributes and items that lead from it."""
    match node:
        case cst.Name():
            return (node.value,)
        case cst.Attribute():
            held = _place(node.value)
            return None if held is None else (*held, node.attr.value)
        case cst.Subscript():
            held, key = _place(node.value), written_key(node)
            return None if held is None or key is None else (*held, f"[{key!r}]")
        case _:
            return None


def _setting(module: Module, place: tuple[str, ...]) -> tuple[_Setting, ...]:
    """The code of functions that sets a place; none where some of it does so in some cases."""
    found = []
    for target, value in _targets(module, place):
        function = module.enclosing_function(target)
        if function is None:
            continue
        if value is None or not _is_always_run(module, target, function):
            return ()
        found.append(_Setting(target, value, function))
    return tuple(found)


def _targets(
    module: Module, place: tuple[str, ...]
) -> Iterator[tuple[cst.CSTNode, cst.CSTNode | None]]:
    """Where a place is set, and to what; None where that does not tell."""
    if len(place) == 1:
        for binding in module.scopes.module.bindings.get(place[0], ()):
            yield binding.node, binding.value if binding.how is How.VALUE else None
        return
    for statement in module.nodes(cst.Assign, cst.AnnAssign, cst.AugAssign):
        match statement:
            case cst.Assign(targets=targets, value=value):
                yield from ((t.target, value) for t in targets if _place(t.target) == place)
            case cst.AnnAssign(target=target, value=value) if _place(target) == place:
                yield target, value
            case cst.AugAssign(target=target) if _place(target) == place:
                yield target, None


def _is_clean(analysis: Analysis, setting: _Setting, root: str) -> bool:
    """Whether what a place is set to is no thing that code keeps: `conn = pool.get("conn")`."""
    frame = analysis.by_function.get(id(setting.function))
    return frame is not None and not _is_kept(analysis, frame, setting.value, root)


def _is_kept(
    analysis: Analysis, frame: Frame, value: cst.CSTNode, root: str, steps: int = 0
) -> bool:
    for name in names_in(value):
        if _keeps(frame.module, name.value, root):
            return True
        for binding, home in analysis.lookup(name.value, name, frame) if steps < 2 else ():
            if home is frame and binding.how is How.VALUE and binding.value is not None:
                if _is_kept(analysis, frame, binding.value, root, steps + 1):
                    return True
    return any(
        isinstance(thing, Routine)
        and any(_keeps(thing.module, one.value, root) for one in names_in(thing.node.body))
        for call in descendants(value)
        if isinstance(call, cst.Call)
        for thing in analysis.things(call.func, frame)
    )


def _keeps(module: Module, name: str, root: str) -> bool:
    """Whether a variable keeps what some invocation put into it: each sets `REGION`, and it none.

    `root` is the variable that is asked of: what it is set to may be what it was.
    """
    if name == root:
        return True
    written = module.syntax.once("names written", partial(names_written, module))
    if name not in written:
        return False
    return not module.syntax.once(("set anew", (name,)), partial(_setting, module, (name,)))


def _is_run_before(
    analysis: Analysis, frame: Frame, node: cst.CSTNode, setting: _Setting, steps: int = 0
) -> bool:
    """Whether every way to a node in a frame has set a place first."""
    module, function = frame.module, frame.node
    if steps > _DEEPEST or not isinstance(function, cst.FunctionDef):
        return False
    start = module.offsets(node)[0]
    if function is setting.function:
        return module.offsets(setting.target)[1] <= start
    for call in module.syntax.once("calls", partial(_calls, module)).get(function, ()):
        if module.offsets(call)[1] > start:
            continue
        if _leads_to(analysis, frame, call, setting.function):
            if _is_always_run(module, call, function):
                return True
    callers = [(edge.caller, edge.site) for edge in frame.edges]
    return bool(callers) and all(
        caller is not None
        and site is not None
        and _is_run_before(analysis, caller, site, setting, steps + 1)
        for caller, site in callers
    )


def _calls(module: Module) -> dict[cst.FunctionDef | None, list[cst.Call]]:
    """The calls of a module by the function that they stand in."""
    found: dict[cst.FunctionDef | None, list[cst.Call]] = {}
    for call in module.nodes(cst.Call):
        found.setdefault(module.enclosing_function(call), []).append(call)
    return found


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
