"""What Lambda calls: a function, or anything else that a name of a module stands for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property, partial
from typing import TYPE_CHECKING, cast

from lamlint.python.module.facts import facts
from lamlint.text.dataclass import dataclass

if TYPE_CHECKING:
    from lamlint.python.module import cst
    from lamlint.python.module.defined import Defined
    from lamlint.python.module.module import Module
    from lamlint.python.module.scope import Binding
    from lamlint.python.values.analysis import Analysis
    from lamlint.python.values.objects import Thing


@dataclass(frozen=True, eq=False)
class Entry:
    """What Lambda calls: a function, or whatever a name of a module stands for.

    `found` gives the function, or else the place to show. It is asked when somebody wants to know:
    that a function is defined takes no tree.
    """

    module: Module
    name: str
    is_function: bool
    found: Callable[[], cst.CSTNode]

    @cached_property
    def definition(self) -> cst.FunctionDef | None:
        """The function, if it is one."""
        node = self.found() if self.is_function else None
        return cast("cst.FunctionDef | None", node)

    @cached_property
    def node(self) -> cst.CSTNode:
        """The place to show."""
        return self.found() if self.definition is None else self.definition.name

    def things(self, analysis: Analysis) -> Iterator[Thing]:
        """What it is: a function both as it is written and as its decorators make it."""
        from lamlint.python.values.decorators import decorated
        from lamlint.python.values.objects import Routine

        if self.definition is None:
            yield from named(analysis, self.module, self.name)
            return
        home = analysis.static(self.module, self.definition).closure
        plain = Routine(self.module, self.definition, home or analysis.module_frame(self.module))
        yield plain
        for thing in decorated(analysis, plain):
            if not isinstance(thing, Routine) or thing.node is not self.definition:
                yield thing


def defined(module: Module, name: str) -> Entry | None:
    """The function that a name surely is, by the facts of its module."""
    functions = facts(module.source).functions
    found = next((one for one in functions if one.name == name and one.sure), None)
    return None if found is None else entry_of(module, found)


def entry_of(module: Module, function: Defined) -> Entry:
    """A function that a module defines at its outermost level, as what Lambda calls."""
    return Entry(module, function.name, True, partial(node_of, module, function))


def node_of(module: Module, function: Defined) -> cst.FunctionDef:
    """The node of a function that a module defines at its outermost level."""
    from lamlint.python.module import cst

    return [line for line in module.tree.body if isinstance(line, cst.FunctionDef)][function.place]


def named(analysis: Analysis, module: Module, name: str) -> Iterator[Thing]:
    """What a name of a module stands for once the module is imported."""
    bindings = bound_last(module, name)
    if len(bindings) != 1:
        yield from analysis.member(module, name)
        return
    yield from analysis.bound(
        bindings[0], analysis.home(bindings[0], analysis.module_frame(module))
    )


def bound_last(module: Module, name: str) -> list[Binding]:
    """The binding of a name that is left at the end; all where a condition chooses."""
    bindings = module.scopes.module.bindings.get(name, [])
    return bindings[-1:] if bindings and _is_sure(module, bindings[-1].node) else bindings


def _is_sure(module: Module, node: cst.CSTNode) -> bool:
    from lamlint.python.module import cst

    choosing = (cst.If, cst.Try, cst.TryStar, cst.For, cst.While, cst.FunctionDef)
    return not any(isinstance(one, choosing) for one in module.ancestors(node))
