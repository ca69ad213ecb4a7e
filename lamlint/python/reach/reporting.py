"""Whether a handler surely names no item of its batch that failed, in whatever it answers.

Lambda takes an answer without `batchItemFailures` for one in which nothing failed. What answers
are is known of dictionaries that are written out, also by a name that only stands for such, and
of functions of the project that are run for them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from lamlint.python.module import cst
from lamlint.python.module.scope import dotted
from lamlint.python.module.walk import children, descendants
from lamlint.python.reach.failing import WRITING, Failing
from lamlint.python.reach.swallowing import HANDING_ON

if TYPE_CHECKING:
    from lamlint.catalog.computing import Computing
    from lamlint.python.module.module import Module
    from lamlint.python.reach.handler import Handler

_FAILED = "batchItemFailures"
_ANSWERING = frozenset({"lambda_handler"})
"""What hands a function on, and may answer something else than it does."""
_MOST_FUNCTIONS = 200
_DEFINING = (cst.FunctionDef, cst.Lambda, cst.ClassDef)
_READING = frozenset({"copy", "get", "items", "keys", "values"})
"""What asks a dictionary something, and leaves it as it is."""
_SHOWING = frozenset({"json.dumps", "len", "print", "str"})


def names_no_failures(handler: Handler, facts: Computing) -> bool:
    """Whether all that a handler can answer says of no item that it failed."""
    function, failing = handler.entry.definition, Failing(handler.codebase, facts)
    waiting = [] if function is None else [(handler.module, function)]
    seen: set[int] = set()
    while waiting:
        module, function = waiting.pop()
        if id(function) in seen:
            continue
        seen.add(id(function))
        leads = _leads_to(failing, module, function)
        if leads is None or len(seen) > _MOST_FUNCTIONS:
            return False
        waiting.extend(leads)
    return bool(seen)


def _leads_to(
    failing: Failing, module: Module, function: cst.FunctionDef
) -> list[tuple[Module, cst.FunctionDef]] | None:
    """The functions whose answers a function hands on; None where it may name what failed."""
    if function.asynchronous or not all(map(_hands_on, function.decorators)):
        return None
    leads: list[tuple[Module, cst.FunctionDef]] = []
    names: set[str] = set()
    for node in _own(function.body):
        match node:
            case cst.Yield():
                return None
            case cst.Return(value=cst.Call(func=called)):
                found = failing.function(module, called)
                if found is None:
                    return None
                leads.append(found)
            case cst.Return(value=cst.BaseExpression() as value) if not _is_without(value):
                if not isinstance(value, cst.Name):
                    return None
                names.add(value.value)
            case _:
                pass
    return leads if _stand_for_such(module, function, names) else None


def _own(body: cst.BaseSuite) -> Iterator[cst.CSTNode]:
    """The nodes of a function without those of others that it defines."""
    waiting: list[cst.CSTNode] = [body]
    while waiting:
        node = waiting.pop()
        yield node
        waiting.extend(one for one in children(node) if not isinstance(one, _DEFINING))


def _is_without(node: cst.BaseExpression) -> bool:
    """Whether an expression is nothing, or a dictionary in which each key is another."""
    if isinstance(node, cst.Dict):
        keys = [one.key if isinstance(one, cst.DictElement) else None for one in node.elements]
        return all(_is_another(key) for key in keys)
    if isinstance(node, cst.IfExp):
        return _is_without(node.body) and _is_without(node.orelse)
    return isinstance(node, cst.Name) and node.value == "None"


def _is_another(key: cst.CSTNode | None) -> bool:
    return isinstance(key, cst.SimpleString) and key.evaluated_value != _FAILED


def _stand_for_such(module: Module, function: cst.FunctionDef, names: set[str]) -> bool:
    """Whether names of a function are only bound to such dictionaries, and those stay so."""
    bound: set[str] = set()
    for node in descendants(function) if names else ():
        if isinstance(node, cst.Name) and node.value in names:
            value = _bound_to(module, node)
            if value is None and not _only_reads(module, node):
                return False
            if value is not None and not _is_without(value):
                return False
            bound |= {node.value} if value is not None else set()
    return bound == names


def _bound_to(module: Module, node: cst.CSTNode) -> cst.BaseExpression | None:
    """What an assignment to nothing but a name gives it."""
    match [one for one, _ in zip(module.ancestors(node), range(2), strict=False)]:
        case [cst.AssignTarget(), cst.Assign(targets=[_], value=value)]:
            return value
        case [cst.AnnAssign(target=target, value=value), *_] if target is node:
            return value
        case _:
            return None


def _only_reads(module: Module, node: cst.CSTNode) -> bool:
    """Whether a mention of a dictionary leaves open nothing of whether it names what failed."""
    match [one for one, _ in zip(module.ancestors(node), range(2), strict=False)]:
        case [cst.Return() | cst.FormattedStringExpression(), *_]:
            return True
        case [cst.Subscript(slice=[cst.SubscriptElement(slice=cst.Index(value=key))]), *_]:
            return _is_another(key)
        case [cst.Attribute(attr=cst.Name(value=asked)), cst.Call()]:
            return asked in _READING
        case [cst.Arg(), cst.Call(func=called)]:
            name = dotted(called) or ""
            return name in _SHOWING or not WRITING.isdisjoint(name.split(".")[:-1])
        case _:
            return False


def _hands_on(decorator: cst.Decorator) -> bool:
    made = decorator.decorator
    written = made.func if isinstance(made, cst.Call) else made
    return (dotted(written) or "").rpartition(".")[2] in HANDING_ON - _ANSWERING
