"""What a call in a stack's code gives: of the project's own functions and classes, of libraries."""

from __future__ import annotations

import ast
import sys

from lamlint.dialects.budget import TOO_MUCH
from lamlint.dialects.cdk import attributes, libraries
from lamlint.dialects.cdk.machine import Machine, either, size
from lamlint.dialects.cdk.objects import (
    SYNTHESIZED,
    Class,
    Closure,
    Either,
    Frame,
    Instance,
    Items,
    Keyed,
    Library,
    Made,
    Member,
    Native,
    Part,
    Plain,
    Primitive,
    Super,
    Thing,
    Unknown,
)
from lamlint.dialects.cdk.template import is_construct

_MOST_RETURNED = 3
"""How often a function may be in the middle of itself."""
_AGAIN = 60
"""For how many nodes a call counts that makes a construct again: a loop may make many resources."""
_SAID_AGAIN = 8
"""The same of a call that makes none: `Duration.seconds(…)` and `PolicyStatement(…)` are plenty."""
_COPIED = 10
"""How many items of a list that is only copied count as one."""


def call(function: Thing, made: Made, frame: Frame, machine: Machine) -> Thing:
    """What calling something with some arguments gives."""
    match function:
        case Closure():
            return _entered(function, made, machine)
        case Class():
            return _instance(function, made, frame, machine)
        case Native():
            return _applied(function, made, machine)
        case Library():
            return _library(function, made, frame, machine)
        case Part():
            return _method(function, made, machine)
        case Either():
            found = [(call(one, made, frame, machine), case) for one, case in function.choices]
            return either(found, made.at)
        case Unknown() if _asks_above(made.node):
            return _super(made, frame)
        case _:
            _noted(made, machine)  # it may change what it is given
            return Unknown("what is called is not known", made.at)


def _applied(function: Native, made: Made, machine: Machine) -> Thing:
    """What a function of Python gives, which may go through all that it is given."""
    if not machine.budget.spends(nodes=sum(map(size, made.positional))):
        return Unknown(TOO_MUCH, made.at)
    return machine.kept(function.apply(made))


def _asks_above(node: ast.AST) -> bool:
    """Whether a call is `super()`, which no module of the project defines."""
    function = node.func if isinstance(node, ast.Call) else None
    return isinstance(function, ast.Name) and function.id == "super"


def _super(made: Made, frame: Frame) -> Thing:
    around: Frame | None = frame
    while around is not None and around.owner is None:
        around = around.outer
    if around is None or around.owner is None or not isinstance(around.me, Instance):
        return Unknown("it is of no class", made.at)
    return Super(around.me, around.owner, made.at)


def _library(function: Library, made: Made, frame: Frame, machine: Machine) -> Thing:
    native = libraries.LIBRARIES.get(function.name)
    if native is not None:
        return _applied(Native(lambda given: native(given, machine), function.at), made, machine)
    if function.name.endswith(".__init__") and made.positional:
        return _explicit(function, made, frame, machine)
    if function.name.partition(".")[0] in sys.stdlib_module_names:
        return Unknown(SYNTHESIZED, made.at)
    made.name = function.name
    _noted(made, machine)
    return made


def _noted(made: Made, machine: Machine) -> None:
    """Keep a call, with its arguments as they are now: a dictionary may be changed later."""
    given = (*made.positional, *(one.value for one in made.named.values()))
    costs = _AGAIN if is_construct(made) else _SAID_AGAIN
    again = costs if made.node in machine.noted else 0
    if not machine.budget.spends(nodes=again + sum(map(size, given)) // _COPIED):
        return
    machine.noted.add(made.node)
    made.positional = tuple(map(_as_it_is, made.positional))
    made.named = {name: Member(one.key, _as_it_is(one.value)) for name, one in made.named.items()}
    machine.calls.append(made)


def _as_it_is(thing: Thing) -> Thing:
    match thing:
        case Keyed():
            return Keyed(dict(thing.members), thing.at, thing.whole, thing.last)
        case Items():
            return Items(list(thing.values), thing.at, thing.whole)
        case _:
            return thing


def _explicit(function: Library, made: Made, frame: Frame, machine: Machine) -> Thing:
    """`Stack.__init__(self, …)`."""
    me, *others = made.positional
    made.positional = tuple(others)
    base = call(Library(function.name.removesuffix(".__init__"), function.at), made, frame, machine)
    if isinstance(me, Instance) and isinstance(base, Made):
        base.site = me.at
        me.base = base
    return Plain(None, made.at)


def _method(function: Part, made: Made, machine: Machine) -> Thing:
    """A method of what a library made."""
    if function.name in ("try_get_context", "get_context") and made.positional:
        key = made.positional[0]
        if isinstance(key, Plain) and str(key.value) in machine.context:
            return machine.context[str(key.value)]
        return Unknown("it is a value of the context that cdk.json does not give", made.at)
    made.name, made.receiver = function.name, function.of
    _noted(made, machine)
    return made


# --- functions and classes of the project


def _entered(function: Closure, made: Made, machine: Machine) -> Thing:
    node = function.node
    if machine.running.count(node) >= _MOST_RETURNED or not machine.deeper():
        return Unknown("it calls itself", made.at)
    machine.entered.add(node)
    frame = Frame(function.frame.program, function.frame, made.case, function.owner, function.bound)
    arguments = list(made.positional)
    if function.bound is not None:
        arguments.insert(0, function.bound)
    _bind(node.args, arguments, made, frame, machine)
    machine.running.append(node)
    machine.depth += 1
    try:
        if isinstance(node, ast.Lambda):
            return machine.evaluate(node.body, frame, machine)
        machine.execute(node.body, frame, machine)
    finally:
        machine.depth -= 1
        machine.running.pop()
    if not frame.found:
        return Plain(None, made.at)
    return either(frame.found, made.at)


def _bind(
    wanted: ast.arguments, given: list[Thing], made: Made, frame: Frame, machine: Machine
) -> None:
    """Give the parameters of a function their arguments, or their defaults."""
    named = dict(made.named)
    parameters = [*wanted.posonlyargs, *wanted.args]
    defaults: list[ast.expr | None] = [None] * (len(parameters) - len(wanted.defaults))
    defaults += wanted.defaults
    for place, (parameter, default) in enumerate(zip(parameters, defaults, strict=True)):
        own = given[place] if place < len(given) else None
        _give(parameter, own, default, named, made, frame, machine)
    for parameter, default in zip(wanted.kwonlyargs, wanted.kw_defaults, strict=True):
        _give(parameter, None, default, named, made, frame, machine)
    if wanted.vararg is not None:
        rest = given[len(parameters) :]
        frame.names[wanted.vararg.arg] = Items(list(rest), made.at, made.whole)
    if wanted.kwarg is not None:
        frame.names[wanted.kwarg.arg] = Keyed(
            dict[Primitive, Member](named.items()), made.at, made.whole
        )


def _give(
    parameter: ast.arg,
    own: Thing | None,
    default: ast.expr | None,
    named: dict[str, Member],
    made: Made,
    frame: Frame,
    machine: Machine,
) -> None:
    member = named.pop(parameter.arg, None)
    if own is None and member is not None:
        own = member.value
    if own is None and default is not None and made.whole:
        around = frame.outer or frame
        own = machine.evaluate(default, around, machine)
    if own is None:
        own = Unknown(f"the argument {parameter.arg} is not known", frame.program.place(parameter))
    frame.names[parameter.arg] = own


def _instance(of: Class, made: Made, frame: Frame, machine: Machine) -> Thing:
    """An object of a class of the project."""
    machine.entered.update(one.node for one in of.ancestors())
    me = Instance(of, made.at)
    members = (one.members.get("__init__") for one in of.ancestors())
    start = next((one for one in members if one is not None), None)
    library = of.library
    if isinstance(start, Closure):
        method = Closure(start.node, start.frame, start.at, me, start.owner)
        _entered(method, made, machine)
    elif library is not None and library.name.startswith("aws_cdk"):
        _based(me, library, made, frame, machine)
    else:
        _fields(me, made)
        ready = attributes.of(me, "__post_init__", made.at, frame, machine)
        if isinstance(ready, Closure):
            _entered(ready, Made("", (), {}, made.at, made.node, case=made.case), machine)
    if me.base is None and library is not None:
        _based(me, library, made, frame, machine)
    return me


def _based(me: Instance, library: Library, made: Made, frame: Frame, machine: Machine) -> None:
    base = call(library, made, frame, machine)
    if isinstance(base, Made):
        base.site = me.at
        me.base = base


def _fields(me: Instance, made: Made) -> None:
    """The fields of a class that says only what they are: a data class, a model, a named tuple."""
    names = [
        statement.target.id
        for one in reversed(list(me.of.ancestors()))
        for statement in one.node.body
        if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name)
    ]
    for name, value in zip(names, made.positional, strict=False):
        me.attributes[name] = value
    for name, member in made.named.items():
        me.attributes[name] = member.value
    for name in names:
        if name not in me.attributes and not made.whole:
            me.attributes[name] = Unknown("it may be given otherwise", made.at)
