"""Where code reads its environment variables."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from lamlint.python.codebase.imports import imports, is_tried
from lamlint.python.codebase.outline import surely_imported
from lamlint.python.module import cst
from lamlint.python.module.facts import facts
from lamlint.python.module.running import inside
from lamlint.python.reach.dead import dead
from lamlint.python.reach.missing import is_conditional, is_optional
from lamlint.python.reach.set_in_code import is_target
from lamlint.python.reach.set_in_code import written as written_in
from lamlint.python.values.arguments import argument
from lamlint.python.values.containers import constant
from lamlint.python.values.objects import Frame, Library
from lamlint.python.values.strings import READERS
from lamlint.text.dataclass import dataclass

if TYPE_CHECKING:
    from lamlint.python.codebase.codebase import Codebase
    from lamlint.python.module.module import Module
    from lamlint.python.reach.reach import Reach
    from lamlint.python.values.analysis import Analysis


@dataclass(frozen=True, slots=True, eq=False)
class EnvironmentRead:
    """A read of an environment variable; `name` is None when it is computed.

    `required` is true when the read fails without the variable: a subscript
    that may be run, and that no test, except clause or earlier assignment
    guards. `default` is the text that the read itself gives without the
    variable, where it is known; `computed` says that it gives something that
    is not. `optional` says that the code goes on where the variable is
    missing: not so a subscript in a branch that is about something else.
    """

    name: str | None
    module: Module
    node: cst.CSTNode
    at_import: bool
    required: bool
    default: str | None = None
    computed: bool = False
    optional: bool = True


_READING = frozenset({cst.Subscript, cst.Call, cst.Comparison})


def reads(
    analysis: Analysis, start: Module, possible: tuple[Module, ...], reach: Reach
) -> Iterator[EnvironmentRead]:
    """The reads in what is surely imported and in the functions that are reached, each once.

    `possible` are all modules that may be imported with the first: what they
    set counts as set.
    """
    codebase = analysis.codebase
    eager = surely_imported(codebase, (start,))
    at_import = {module.path for module in eager}
    later = [one for frame in reach.order for one in _imported_in(codebase, frame)]
    modules = (*eager, *surely_imported(codebase, tuple(later)))
    frames = [analysis.module_frame(module) for module in modules if _may_read(module)]
    frames.extend(frame for frame in reach.order if _may_read(frame.module))
    loaded = {*modules, *possible, *(frame.module for frame in reach.order)}
    written = set().union(*map(written_in, loaded))
    seen: set[int] = set()
    for frame in frames:
        for node in inside(frame.module, frame.node):
            if node.__class__ not in _READING or id(node) in seen:
                continue
            seen.add(id(node))
            for read in _read(analysis, frame, node, written):
                yield replace(read, at_import=read.at_import and read.module.path in at_import)


def _may_read(module: Module) -> bool:
    """Whether a module speaks of the environment, or is told of as one that nobody can read."""
    return module.mentions("environ", "getenv") or not facts(module.source).taken


def _read(
    analysis: Analysis, frame: Frame, node: cst.CSTNode, written: set[str]
) -> Iterator[EnvironmentRead]:
    if isinstance(node, cst.Subscript):
        if not _is_environment(analysis, node.value, frame) or is_target(frame.module, node):
            return
        if len(node.slice) != 1 or not isinstance(node.slice[0].slice, cst.Index):
            return
        name = constant(analysis, node.slice[0].slice.value, frame)
        optional = bool({name, "*"} & written) or is_optional(frame, node, name)
        required = not optional and not is_conditional(frame, node, name, frame.node)
        required = required and not dead(analysis, (frame,), node)
        at_import = frame.is_module
        yield EnvironmentRead(name, frame.module, node, at_import, required, optional=optional)
    elif isinstance(node, cst.Call):
        if any(
            isinstance(t, Library) and t.name in READERS for t in _callees(analysis, node, frame)
        ):
            given = argument(node, 0, "key")
            name = constant(analysis, given, frame) if given is not None else None
            other = argument(node, 1, "default")
            default = constant(analysis, other, frame) if other is not None else None
            computed = other is not None and default is None and not _is_none(other)
            yield EnvironmentRead(
                name, frame.module, node, frame.is_module, False, default, computed
            )
    elif isinstance(node, cst.Comparison) and isinstance(
        node.comparisons[0].operator, (cst.In, cst.NotIn)
    ):
        if _is_environment(analysis, node.comparisons[0].comparator, frame):
            name = constant(analysis, node.left, frame)
            yield EnvironmentRead(name, frame.module, node, frame.is_module, False)


def _is_none(node: cst.BaseExpression) -> bool:
    return isinstance(node, cst.Name) and node.value == "None"


def _callees(analysis: Analysis, node: cst.Call, frame: Frame) -> tuple[object, ...]:
    last = node.func.attr if isinstance(node.func, cst.Attribute) else node.func
    if not isinstance(last, cst.Name):
        return ()
    return analysis.things(node.func, frame)


def _is_environment(analysis: Analysis, node: cst.CSTNode, frame: Frame) -> bool:
    return any(
        isinstance(t, Library) and t.name == "os.environ" for t in analysis.things(node, frame)
    )


def _imported_in(codebase: Codebase, frame: Frame) -> Iterator[Module]:
    """The modules that running a function imports, if all of it is run."""
    wanted = {id(node) for node in inside(frame.module, frame.node)}
    yield from imports(
        codebase,
        frame.module,
        lambda module, node: id(node) in wanted and not is_tried(module, node),
    )
