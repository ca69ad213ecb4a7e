"""The modules that code imports by made-up names, without which registries stay empty.

A loop over the files of a package imports each, so that its decorators run; no statement does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from lamlint.python.codebase.outline import imported_modules
from lamlint.python.module import cst
from lamlint.python.values.applied import applied
from lamlint.python.values.arguments import argument
from lamlint.python.values.by_name import module as named_modules
from lamlint.python.values.evaluation import Evaluation
from lamlint.python.values.objects import Frame, Library

if TYPE_CHECKING:
    from lamlint.model.value import Value
    from lamlint.python.codebase.codebase import Codebase
    from lamlint.python.module.module import Module
    from lamlint.python.values.analysis import Analysis

_IMPORTING = frozenset({"importlib.import_module", "__import__"})
_WORDS = ("import_module", "__import__")


def with_loaded(
    codebase: Codebase,
    modules: tuple[Module, ...],
    variable: Callable[[str], Value[str] | None],
) -> tuple[Module, ...]:
    """Some modules, what they import by made-up names, and what that imports in its turn."""
    if not any(map(_may_load, modules)):
        return modules
    found = {module.path: module for module in modules}
    analysis = Evaluation(codebase, variable=variable, modules=lambda: modules)
    waiting = list(modules)
    for module in waiting:
        for loaded in _loaded(analysis, module) if _may_load(module) else ():
            for one in imported_modules(codebase, loaded):
                if one.path not in found:
                    found[one.path] = one
                    waiting.append(one)
    return tuple(found.values())


def _may_load(module: Module) -> bool:
    """Whether a module speaks of importing by name."""
    text = module.source.text
    return module.source.once(_may_load, lambda: any(word in text for word in _WORDS))


def _loaded(analysis: Analysis, module: Module) -> Iterator[Module]:
    for call in module.nodes(cst.Call):
        name = argument(call, 0)
        for frame in _frames(analysis, module, call) if name is not None else ():
            callees = analysis.things(call.func, frame)
            called = {one.name for one in callees if isinstance(one, Library)}
            if name is not None and called & _IMPORTING:
                package = argument(call, 1, "package") if "__import__" not in called else None
                for found in named_modules(analysis, name, frame, package):
                    yield found.module


def _frames(analysis: Analysis, module: Module, call: cst.Call) -> Iterator[Frame]:
    """The frames in which a call is run: of imports, or of what nothing is known that calls it."""
    function = module.enclosing_function(call)
    if function is None:
        yield analysis.module_frame(module)
        return
    yield analysis.static(module, function)
    yield from applied(analysis, module, function)
