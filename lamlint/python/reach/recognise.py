"""Which handlers there are: what a handler string names, or what looks like one by itself."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from functools import partial
from typing import TYPE_CHECKING

from lamlint.files.kinds import is_test
from lamlint.python.reach.entry import Entry, bound_last, defined, entry_of, named
from lamlint.python.reach.handler import Handler
from lamlint.python.reach.signature import is_handler_name, taking_events
from lamlint.text.regex import Regex

if TYPE_CHECKING:
    from lamlint.model import Function
    from lamlint.python.codebase.codebase import Codebase
    from lamlint.python.module import cst
    from lamlint.python.module.module import Module

_APPLICATION = Regex(r"^app[ \t]*(?::[^=\n]+)?=", re.MULTILINE)
_ASSIGNED = Regex(r"^(?:lambda_?)?handler[ \t]*(?::[^=\n]+)?=", re.MULTILINE | re.IGNORECASE)


def handler_in(
    codebase: Codebase, module: Module, name: str, functions: tuple[Function, ...] = ()
) -> Handler | None:
    """The handler that a module's attribute is; None when it leads to no code of the codebase.

    The attribute may be a function, be imported from another module, or be an object that is
    called: `Mangum(app)`, `app.resolve`, an instance of a class.
    """
    try:
        entry = _entry(codebase, module, name)
    except RecursionError:
        return None
    return None if entry is None else Handler(codebase, entry, functions)


def _entry(codebase: Codebase, module: Module, name: str) -> Entry | None:
    sure = defined(module, name)
    if sure is not None:
        return sure
    from lamlint.python.module import cst
    from lamlint.python.reach.started import leads_to_code
    from lamlint.python.values.evaluation import Evaluation
    from lamlint.python.values.objects import Routine

    bindings = bound_last(module, name)
    found = bindings[-1].node if bindings else None
    if len(bindings) == 1 and isinstance(found, cst.FunctionDef):
        return Entry(module, name, True, partial(_given, found))
    analysis = Evaluation(codebase)
    things = tuple(named(analysis, module, name))
    (only,) = things if len(things) == 1 else (None,)
    if isinstance(only, Routine) and isinstance(only.node, cst.FunctionDef) and _is_bare(only):
        return Entry(only.module, only.node.name.value, True, partial(_given, only.node))
    if not any(leads_to_code(analysis, thing) for thing in things):
        return None
    return Entry(module, name, False, partial(_place, module, name, found))


def _given(node: cst.CSTNode) -> cst.CSTNode:
    """A node that is known already."""
    return node


def _is_bare(routine: object) -> bool:
    """Whether nothing is given to a function ahead: neither an object nor what it wraps."""
    from lamlint.python.values.objects import Routine

    return (
        isinstance(routine, Routine)
        and routine.receiver is None
        and not routine.leading
        and routine.closure.is_module
        and routine.module.enclosing_class(routine.node) is None
    )


def _place(module: Module, name: str, node: cst.CSTNode | None) -> cst.CSTNode:
    """Where a name is bound: the name itself."""
    from lamlint.python.module import cst

    if isinstance(node, (cst.FunctionDef, cst.ClassDef)):
        return node.name
    for target in node.targets if isinstance(node, cst.Assign) else ():
        if isinstance(target.target, cst.Name) and target.target.value == name:
            return target.target
    if isinstance(node, cst.AnnAssign):
        return node.target
    return module.tree if node is None else node


def recognised(
    codebase: Codebase, module: Module, named_here: Collection[str] = ()
) -> Iterator[Handler]:
    """The handlers of a module that no template names: by their signatures, or as what they are.

    `named_here` are those that a template names.
    """
    found = [entry_of(module, one) for one in taking_events(module, named_here)]
    for one in found:
        yield Handler(codebase, one)
    if is_test(module.path) or not may_assign_handler(module):
        return
    functions = {id(one.definition) for one in found}
    for name in _assigned(module):
        if name in named_here:
            continue
        entry = _recognised(codebase, module, name)
        if entry is not None and id(entry.definition) not in functions:
            yield Handler(codebase, entry)


def may_assign_handler(module: Module) -> bool:
    """Whether a module may assign an object that Lambda calls, by its text."""
    from lamlint.catalog.frameworks import frameworks

    text = module.source.text
    if "chalice" in text and _APPLICATION.search(text) is not None:
        return True  # of a class of the project's own, maybe
    return _ASSIGNED.search(text) is not None or any(
        library in text and maker in text for library, maker in frameworks().entries
    )


def _assigned(module: Module) -> Iterator[str]:
    """The names that a module assigns at its outermost level, and does not call itself.

    What it calls only as a script is a try.
    """
    from lamlint.python.module import cst
    from lamlint.python.module.running import of_script

    by_hand = of_script(module)
    functions = (call.func for call in module.nodes(cst.Call) if id(call) not in by_hand)
    called = {one.value for one in functions if isinstance(one, cst.Name)}
    for name, bindings in module.scopes.module.bindings.items():
        if isinstance(bindings[-1].node, (cst.Assign, cst.AnnAssign)) and name not in called:
            yield name


def _recognised(codebase: Codebase, module: Module, name: str) -> Entry | None:
    """The entry that an assigned name is, if it is plainly made for Lambda."""
    from lamlint.python.reach.started import is_made_for_lambda
    from lamlint.python.values.evaluation import Evaluation

    analysis = Evaluation(codebase)
    try:
        things = tuple(named(analysis, module, name))
        called = is_handler_name(name)
        if not any(is_made_for_lambda(analysis, thing, called=called) for thing in things):
            return None
        return _entry(codebase, module, name)
    except RecursionError:
        return None
