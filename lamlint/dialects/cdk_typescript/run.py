"""Reads code of TypeScript as that of Python is read, where the two languages differ."""

from __future__ import annotations

import ast
import posixpath

from lamlint.dialects.budget import TOO_MUCH, Budget
from lamlint.dialects.cdk import attributes, calls, expressions
from lamlint.dialects.cdk.apps import App
from lamlint.dialects.cdk.machine import Machine, either
from lamlint.dialects.cdk.objects import (
    Class,
    Either,
    Folder,
    Frame,
    Items,
    Keyed,
    Library,
    Made,
    Part,
    Plain,
    Thing,
    Unknown,
)
from lamlint.dialects.cdk.objects import (
    Member as Given,
)
from lamlint.dialects.cdk.place import Place
from lamlint.dialects.cdk.program import Dotted, Program
from lamlint.dialects.cdk.run import unentered
from lamlint.dialects.cdk.statements import execute
from lamlint.dialects.cdk_typescript import grammar
from lamlint.dialects.cdk_typescript.imports import candidates
from lamlint.dialects.cdk_typescript.python_nodes import Module, pythonic
from lamlint.dialects.cdk_typescript.statements import translated
from lamlint.text import Source, Tree, Unread, Unreadable

_TAKES_FILTERS = frozenset(
    {
        "add_event_notification",
        "add_object_created_notification",
        "add_object_removed_notification",
    }
)
"""Methods whose last argument is an object in both languages."""
_STRUCTS = frozenset({"cors", "integration_options", "lambda_triggers"})
"""Options that are objects with options of their own."""
_PROCESS = "process"
"""What every module of Node has without importing it."""
_OF_PROCESS = frozenset({"chdir", "cwd"})


def run(app: App, tree: Tree, modules: list[str]) -> Machine:
    """Read an app, and of some modules the constructs that nothing in it makes."""
    machine = Machine(app.root, tree, Budget.of(), app.context, evaluate, execute, call, imported)
    machine.loose = app.file == app.entry
    for path in (app.entry, *modules):
        load(path, machine)
    unentered(machine)
    return machine


def load(path: str, machine: Machine) -> Frame | None:
    """The names of a module, which is run once."""
    if path in machine.modules:
        return machine.modules[path]
    source = machine.tree.read(path)
    machine.modules[path] = None
    program = None if isinstance(source, Unreadable) else _parsed(source, machine)
    if program is None:
        return None
    frame = Frame(program)
    at = Place.of(program.source, 0, 0)
    frame.names["__dirname"] = Folder(posixpath.dirname(path), at)
    frame.names["__filename"] = Folder(path, at)
    frame.names["#json"] = Library("json", at)
    machine.modules[path] = frame
    machine.execute(program.tree.body, frame, machine)
    return frame


def _parsed(source: Source, machine: Machine) -> Module | None:
    """A module as one of Python; nothing of the grammar's tree is kept."""
    root = grammar.program(source)
    if root is None:
        return None
    machine.budget.widen(len(source.text))
    if not machine.budget.affords(characters=len(source.text)):
        return None
    broken = grammar.broken(root)
    if broken is not None:
        kind = "TypeScript" if source.path.endswith((".ts", ".tsx")) else "JavaScript"
        machine.tree.unread.add(Unread(grammar.span(broken, source), f"it is no {kind} here"))
    return Module(source, translated(root))


def imported(name: str, asking: Program, machine: Machine) -> Frame | None:
    """The names of a module of the project that another one imports."""
    if not name.startswith("."):
        return None
    for path in candidates(name, asking.path):
        if machine.tree.is_file(path):
            return load(path, machine)
    return None


def evaluate(node: ast.expr, frame: Frame, machine: Machine) -> Thing:
    """What an expression comes out as."""
    if not isinstance(node, Dotted):
        return expressions.evaluate(node, frame, machine)
    at = frame.program.place(node)
    if not machine.deeper():
        return Unknown(TOO_MUCH, at)
    machine.depth += 1
    try:
        return _member(machine.evaluate(node.value, frame, machine), node, at, frame, machine)
    finally:
        machine.depth -= 1


def _member(whole: Thing, node: Dotted, at: Place, frame: Frame, machine: Machine) -> Thing:
    """An attribute: of an object that is written, what stands under the key."""
    match whole:
        case Either():
            found = [(_member(one, node, at, frame, machine), c) for one, c in whole.choices]
            return either(found, at)
        case Keyed():
            known = whole.members.get(node.raw)
            if known is not None:
                return known.value
            return Plain(None, at) if whole.whole else Unknown("it may be set elsewhere", at)
        case Items() if node.raw == "length" and whole.whole:
            return Plain(len(whole.values), at)
        case Library(name="os.path") if node.raw == "resolve":
            return Library("os.path.join", at)
        case Unknown() if node.raw in _OF_PROCESS and _is_process(node.value):
            return Library(f"{_PROCESS}.{node.raw}", at)
        case _:
            return attributes.of(whole, node.attr, at, frame, machine)


def _is_process(node: ast.expr) -> bool:
    return isinstance(node, ast.Name) and node.id == _PROCESS


def call(function: Thing, made: Made, frame: Frame, machine: Machine) -> Thing:
    """What a call gives: a library's options are an object here, named arguments in Python."""
    if _takes_options(function):
        with_options(made)
    return calls.call(function, made, frame, machine)


def _takes_options(function: Thing) -> bool:
    match function:
        case Library():
            return True
        case Part():
            return function.name not in _TAKES_FILTERS
        case Class():
            return not any("__init__" in one.members for one in function.ancestors())
        case _:
            return False


def with_options(made: Made) -> None:
    """Make named arguments of the object that stands last."""
    last = made.positional[-1] if made.positional else None
    if not isinstance(last, Keyed):
        return
    made.positional = made.positional[:-1]
    made.options = last
    made.whole = made.whole and last.whole
    made.named |= _named(last)


def _named(options: Keyed) -> dict[str, Given]:
    found: dict[str, Given] = {}
    for key, one in options.members.items():
        name = pythonic(str(key))
        value = one.value
        if name in _STRUCTS and isinstance(value, Keyed):
            value = Made("", (), _named(value), value.at, ast.Pass(), value.whole)
        found[name] = Given(one.key, value)
    return found
