"""An app's code, read as it would be run: its entry, and what of it nothing enters."""

from __future__ import annotations

import ast
from collections.abc import Collection, Sequence
from typing import TypeVar

from lamlint.dialects.budget import Budget
from lamlint.dialects.cdk.apps import App
from lamlint.dialects.cdk.calls import call
from lamlint.dialects.cdk.expressions import evaluate
from lamlint.dialects.cdk.imports import imported, load
from lamlint.dialects.cdk.machine import Machine
from lamlint.dialects.cdk.objects import Class, Closure, Frame, Instance, Made, Plain, Unknown
from lamlint.dialects.cdk.place import Place
from lamlint.dialects.cdk.statements import execute
from lamlint.dialects.cdk.template import IDS
from lamlint.dialects.cdk.uncalled import is_uncalled
from lamlint.text import Tree
from lamlint.text.dataclass import replace
from lamlint.text.regex import Regex

T = TypeVar("T", Class, Closure)

_CONSTRUCTS = ("aws_cdk", "aws_solutions_constructs", "constructs")
"""The libraries whose classes are constructs."""
_STARTS = (b"App(",)
"""What a module holds that is run by itself."""
_FUNCTION = Regex(r"Function\(|lambda_function_props")
"""What the text of a function holds that makes one of Lambda."""


def run(app: App, tree: Tree, modules: Sequence[str], entered: Collection[ast.AST]) -> Machine:
    """Read an app, and of some modules the constructs that nothing makes.

    `entered` are the classes and functions that other apps entered.
    """
    machine = Machine(app.root, tree, Budget.of(), app.context, evaluate, execute, call, imported)
    machine.loose = bool(app.started)
    machine.entered.update(entered)
    starts = starting(modules, tree) if not app.entry else []
    for path in [app.entry, *starts] if app.entry else starts:
        load(path, machine, main=True)
    for path in modules:
        load(path, machine)
    unentered(machine)
    return machine


def starting(modules: Sequence[str], tree: Tree) -> list[str]:
    """The modules that are run by themselves."""
    return [path for path in modules if tree.mentions(path, _STARTS)]


def unentered(machine: Machine) -> None:
    """Make constructs that nothing makes, and run functions with constructs that nothing calls."""
    machine.alone = len(machine.calls)
    frames = [one for one in machine.modules.values() if one is not None]
    classes = [(one, frame) for frame in frames for one in _own(frame, Class)]
    made = {one for one, _ in classes if one.node in machine.entered and _is_construct(one)}
    for one, frame in classes:
        if one.node not in machine.entered and _is_construct(one):
            _alone(one, frame, machine)
    functions = [(one, frame, None) for frame in frames for one in _own(frame, Closure)]
    methods = [
        (method, frame, Instance(one, one.at))
        for one, frame in classes
        for method in one.members.values()
        if isinstance(method, Closure)
    ]
    for function, frame, me in [*functions, *methods]:
        if function.node in machine.entered or not _FUNCTION.search(function.at.text):
            continue
        # Another project may call what it makes itself; what this one makes, it would call.
        if me is None or me.of not in made or not is_uncalled(function, me.of, machine.tree):
            bound = replace(function, bound=me)
            machine.call(bound, _unknown(function.at), frame, machine)


def _own(frame: Frame, kind: type[T]) -> list[T]:
    """The classes or functions that a module defines itself."""
    things = frame.names.values()
    return [one for one in things if isinstance(one, kind) and one.frame is frame]


def _is_construct(one: Class) -> bool:
    library = one.library
    return library is not None and library.name.partition(".")[0] in _CONSTRUCTS


def _unknown(at: Place) -> Made:
    """A call of which nothing is known."""
    return Made("", (), {}, at, ast.Pass(), whole=False)


def _alone(one: Class, frame: Frame, machine: Machine) -> None:
    """Make a construct of which nothing is known but that it has an id: the name of its class."""
    made = _unknown(one.at)
    start = one.members.get("__init__")
    if isinstance(start, Closure):
        parameters = [each.arg for each in start.node.args.args[1:3]]
        if len(parameters) == 2 and parameters[1] in IDS:
            named = Plain(one.name, one.at)
            made.positional = (Unknown("nothing makes it", one.at), named)
    machine.call(one, made, frame, machine)
