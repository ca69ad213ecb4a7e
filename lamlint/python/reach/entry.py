"""What Lambda calls: a function, or anything else that a name of a module stands for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from lamlint.text.dataclass import dataclass

if TYPE_CHECKING:
    from lamlint.python.module import cst
    from lamlint.python.module.module import Module
    from lamlint.python.module.scope import Binding
    from lamlint.python.values.analysis import Analysis
    from lamlint.python.values.objects import Thing


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """What Lambda calls: a function, or whatever a name of a module stands for.

    `node` is the place to show. `definition` is the function, if it is one.
    """

    module: Module
    name: str
    node: cst.CSTNode
    definition: cst.FunctionDef | None = None

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
