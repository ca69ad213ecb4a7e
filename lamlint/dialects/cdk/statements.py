"""What the statements of a stack's code do to the names around them."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping, Sequence

from lamlint.dialects.cdk import natives
from lamlint.dialects.cdk.additions import ATTRIBUTE
from lamlint.dialects.cdk.conditions import test
from lamlint.dialects.cdk.imports import is_foreign
from lamlint.dialects.cdk.machine import Machine, bind, mixed
from lamlint.dialects.cdk.objects import (
    Class,
    Closure,
    Either,
    Frame,
    Imported,
    Instance,
    Keyed,
    Library,
    Made,
    Member,
    Nothing,
    Part,
    Plain,
    Thing,
    Unknown,
)
from lamlint.dialects.cdk.program import Dotted
from lamlint.dialects.cdk.repeated import LONGEST_LOOP, assign
from lamlint.model.condition import Case, both


def execute(body: list[ast.stmt], frame: Frame, machine: Machine) -> bool:
    """Run statements; whether what follows them is surely not reached."""
    case = frame.case
    try:
        return any(_run(statement, frame, machine) for statement in body)
    finally:
        frame.case = case


def _run(statement: ast.stmt, frame: Frame, machine: Machine) -> bool:
    function = _KINDS.get(type(statement))
    if function is None or not machine.deeper():
        return False
    machine.depth += 1
    try:
        return bool(function(statement, frame, machine))
    finally:
        machine.depth -= 1


def _expression(node: ast.Expr, frame: Frame, machine: Machine) -> None:
    machine.evaluate(node.value, frame, machine)


def _assignment(node: ast.Assign, frame: Frame, machine: Machine) -> None:
    value = machine.evaluate(node.value, frame, machine)
    for target in node.targets:
        store(target, value, frame, machine)


def _annotated(node: ast.AnnAssign, frame: Frame, machine: Machine) -> None:
    if node.value is not None:
        store(node.target, machine.evaluate(node.value, frame, machine), frame, machine)


def _augmented(node: ast.AugAssign, frame: Frame, machine: Machine) -> None:
    combined = ast.copy_location(ast.BinOp(_loaded(node.target), node.op, node.value), node)
    store(node.target, machine.evaluate(combined, frame, machine), frame, machine)


def _loaded(target: ast.Name | ast.Attribute | ast.Subscript) -> ast.expr:
    """A target as an expression."""
    return target


def store(target: ast.expr, value: Thing, frame: Frame, machine: Machine) -> None:
    """Give a target a value."""
    match target:
        case ast.Attribute():
            whole = machine.evaluate(target.value, frame, machine)
            if isinstance(whole, Instance):
                bind(whole.attributes, target.attr, value, frame.case)
            elif isinstance(whole, Class):
                bind(whole.members, target.attr, value, frame.case)
            elif isinstance(whole, Keyed) and isinstance(target, Dotted):
                _put(whole, Plain(target.raw, frame.program.place(target)), value, frame)
            elif isinstance(whole, (Made, Part, Either)):
                _set(whole, target, value, frame, machine)
        case ast.Subscript():
            whole = machine.evaluate(target.value, frame, machine)
            key = machine.evaluate(target.slice, frame, machine)
            if isinstance(whole, Keyed):
                _put(whole, key, value, frame)
        case _:
            assign(target, value, frame)


def _set(whole: Thing, target: ast.Attribute, value: Thing, frame: Frame, machine: Machine) -> None:
    """Set an attribute of what a library made: noted as the call of a method would be."""
    at = frame.program.place(target)
    name = Plain(target.attr, at, written=True)
    made = Made("", (name, value), {}, at, target, case=frame.case)
    machine.call(Part(whole, ATTRIBUTE, at), made, frame, machine)


def _put(whole: Keyed, key: Thing, value: Thing, frame: Frame) -> None:
    if not isinstance(key, Plain):
        whole.whole = False
        return
    before = whole.members.get(key.value)
    old = before.value if before is not None else Nothing(key.at)
    whole.members[key.value] = Member(key.at, mixed(old, value, frame.case))


def _function(node: ast.FunctionDef | ast.AsyncFunctionDef, frame: Frame, _: Machine) -> None:
    bind(frame.names, node.name, Closure(node, frame, frame.program.place(node)), frame.case)


def _class(node: ast.ClassDef, frame: Frame, machine: Machine) -> None:
    bases = tuple(machine.evaluate(base, frame, machine) for base in node.bases)
    made = Class(node.name, bases, frame, node, frame.program.place(node))
    inner = Frame(frame.program, frame, frame.case)
    execute(node.body, inner, machine)
    for name, thing in inner.names.items():
        own = isinstance(thing, Closure) and thing.frame is inner
        made.members[name] = (
            Closure(thing.node, frame, thing.at, None, made)
            if own and isinstance(thing, Closure)
            else thing
        )
    bind(frame.names, node.name, made, frame.case)


def _if(node: ast.If, frame: Frame, machine: Machine) -> bool:
    tested = test(node.test, frame, machine)
    if tested.truth is not None:
        return execute(node.body if tested.truth else node.orelse, frame, machine)
    case = frame.case
    ended = _under(tested.met, node.body, frame, machine)
    frame.case = case
    otherwise = _under(tested.unmet, node.orelse, frame, machine)
    frame.case = case
    if ended and otherwise:
        return True
    if (ended and not _fails(node.body)) or (otherwise and not _fails(node.orelse)):
        frame.case = both(case, tested.unmet if ended else tested.met)
    return False


def _fails(body: list[ast.stmt]) -> bool:
    """Whether a branch ends the app: nothing is deployed then, and what follows holds always."""
    return isinstance(body[-1], ast.Raise)


def _under(case: Case, body: list[ast.stmt], frame: Frame, machine: Machine) -> bool:
    frame.case = both(frame.case, case)
    return execute(body, frame, machine)


def _for(node: ast.For | ast.AsyncFor, frame: Frame, machine: Machine) -> None:
    listed = machine.kept(machine.evaluate(node.iter, frame, machine))
    items: Sequence[Thing] | None = natives.iterated(listed)
    if items is None or len(items) > LONGEST_LOOP:
        items = [Unknown("the list is not known", frame.program.place(node.target))]
    for item in items:
        assign(node.target, item, frame)
        execute(node.body, frame, machine)
    execute(node.orelse, frame, machine)


def _while(node: ast.While, frame: Frame, machine: Machine) -> None:
    execute(node.body, frame, machine)


def _with(node: ast.With | ast.AsyncWith, frame: Frame, machine: Machine) -> bool:
    for item in node.items:
        value = machine.evaluate(item.context_expr, frame, machine)
        if item.optional_vars is not None:
            store(item.optional_vars, value, frame, machine)
    return execute(node.body, frame, machine)


def _try(node: ast.Try, frame: Frame, machine: Machine) -> bool:
    ended = execute(node.body, frame, machine) or execute(node.orelse, frame, machine)
    return execute(node.finalbody, frame, machine) or (ended and not node.handlers)


def _match(node: ast.Match, frame: Frame, machine: Machine) -> None:
    subject = machine.evaluate(node.subject, frame, machine)
    for case in node.cases:
        pattern = case.pattern
        if isinstance(pattern, ast.MatchValue) and isinstance(subject, Plain):
            wanted = machine.evaluate(pattern.value, frame, machine)
            if isinstance(wanted, Plain) and wanted.value != subject.value:
                continue
            execute(case.body, frame, machine)
            return
        execute(case.body, frame, machine)


def _return(node: ast.Return, frame: Frame, machine: Machine) -> bool:
    at = frame.program.place(node)
    value = machine.evaluate(node.value, frame, machine) if node.value else Plain(None, at)
    frame.found.append((value, frame.case))
    return True


def _ends(_node: ast.stmt, _frame: Frame, _machine: Machine) -> bool:
    return True


def _import(node: ast.Import, frame: Frame, _machine: Machine) -> None:
    for alias in node.names:
        at = frame.program.place(node)
        name = alias.name if alias.asname else alias.name.partition(".")[0]
        taken: Thing = Library(name, at)
        if not is_foreign(name):
            taken = Imported(name, "", frame.program, at)
        frame.names[alias.asname or name] = taken


def _import_from(node: ast.ImportFrom, frame: Frame, machine: Machine) -> None:
    name = "." * node.level + (node.module or "")
    for alias in node.names:
        at = frame.program.place(alias)
        if alias.name == "*":
            module = machine.imported(name, frame.program, machine)
            _star(module, frame)
            continue
        taken: Thing = Library(f"{name}.{alias.name}", at)
        if not is_foreign(name):
            taken = Imported(name, alias.name, frame.program, at)
        frame.names[alias.asname or alias.name] = taken


def _star(module: Frame | None, frame: Frame) -> None:
    """Take all public names of a module; what it has imported itself only where there is none."""
    for name, thing in module.names.items() if module is not None else ():
        if not name.startswith("_") and not (isinstance(thing, Imported) and name in frame.names):
            frame.names[name] = thing


_KINDS: Mapping[type[ast.stmt], Callable[..., bool | None]] = {
    ast.Expr: _expression,
    ast.Assign: _assignment,
    ast.AnnAssign: _annotated,
    ast.AugAssign: _augmented,
    ast.FunctionDef: _function,
    ast.AsyncFunctionDef: _function,
    ast.ClassDef: _class,
    ast.If: _if,
    ast.For: _for,
    ast.AsyncFor: _for,
    ast.While: _while,
    ast.With: _with,
    ast.AsyncWith: _with,
    ast.Try: _try,
    ast.Match: _match,
    ast.Return: _return,
    ast.Raise: _ends,
    ast.Continue: _ends,
    ast.Break: _ends,
    ast.Import: _import,
    ast.ImportFrom: _import_from,
}
"""How each kind of statement is run."""
