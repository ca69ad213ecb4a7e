"""Where code begins to run for a handler: with each invocation, and once when it is imported."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property, partial
from typing import TYPE_CHECKING

from lamlint.catalog.frameworks import frameworks
from lamlint.model.batch import most_records
from lamlint.python.codebase.outline import surely_imported
from lamlint.python.reach.django import SETTINGS, named_modules
from lamlint.python.reach.flow import server_calls
from lamlint.python.reach.reach import Reach
from lamlint.python.reach.run import Run
from lamlint.python.reach.set_in_code import may_set
from lamlint.python.reach.variables import environments, variable
from lamlint.python.values.evaluation import Evaluation
from lamlint.text import Related
from lamlint.text.dataclass import dataclass

if TYPE_CHECKING:
    from lamlint.model import Function
    from lamlint.python.codebase.codebase import Codebase
    from lamlint.python.module.module import Module
    from lamlint.python.reach.entry import Entry
    from lamlint.python.values.analysis import Analysis
    from lamlint.python.values.objects import Frame


@dataclass(frozen=True)
class Beginning:
    """What a handler is, and the modules that are imported with it: all that its runs need."""

    codebase: Codebase
    entry: Entry
    functions: Sequence[Function]
    imported: Callable[[], tuple[Module, ...]]
    give_up: Callable[[], None]

    def invocation(self) -> Run:
        """What each invocation runs."""
        # Routes are found in the modules that the handler imports, and in no other.
        imported = self.imported()
        routed = self._routed(imported) if any(map(is_routed, imported)) else ()
        analysis = self._analysis()
        things = tuple(self.entry.things(analysis))
        chosen = not self.entry.is_function and len(things) > 1
        declared = bool(self.functions)
        reach = Reach(analysis, things, routed=routed, chosen=chosen, declared=declared)
        return Run(analysis, reach, self._begins)

    def importing(self) -> Run:
        """What runs once an environment, before its first invocation.

        It has an analysis of its own: what import gives to a function is not what
        invocations give to it.
        """
        analysis = self._analysis()
        modules = surely_imported(self.codebase, (self.entry.module,))
        imported = [analysis.module_frame(module) for module in modules]
        return Run(analysis, Reach(analysis, (), imported), self._imports, at_import=True)

    def _analysis(self) -> Analysis:
        known = partial(variable, self.functions)
        configured = environments(self.functions, self._may_set)
        return Evaluation(
            self.codebase, self.give_up, known, self.imported, configured, self._records()
        )

    def _records(self) -> int | None:
        """How many records one event has at most, whichever of the functions is given it."""
        most = [most_records(function.events) for function in self.functions]
        known = [one for one in most if one is not None]
        return max(known) if known and len(known) == len(most) else None

    def _may_set(self, name: str, declared: bool) -> bool:
        """Whether the code that is imported may set a variable, be it declared or not."""
        return may_set(self.imported(), name, self.codebase.tree, declared=declared)

    def _routed(self, imported: tuple[Module, ...]) -> tuple[Module, ...]:
        """The modules in which routes may be: those that are imported, or that settings name."""
        value = variable(self.functions, SETTINGS) if self.functions else None
        settings = value.only if value is not None and value.known else None
        return (*imported, *named_modules(self.codebase, imported, settings))

    @cached_property
    def _started(self) -> str:
        """How an invocation begins, as the way to what it reaches tells it."""
        if self.entry.is_function:
            return f"each invocation runs {self.entry.name}"
        return server_calls(self.entry.module, self.entry.name)

    def _begins(self, _frame: Frame) -> Related:
        return Related(self.entry.module.span(self.entry.node), self._started)

    def _imports(self, frame: Frame) -> Related:
        own = self.entry.module
        what = "its code" if frame.module is own else frame.module.name
        return Related(frame.module.source.span(0, 0), f"importing {own.name} runs {what}")


def is_routed(module: Module) -> bool:
    """Whether a module speaks of a framework."""
    source = module.source
    return source.once(is_routed, lambda: frameworks().spoken_of(source.text))
