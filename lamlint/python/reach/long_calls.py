"""Calls that wait for a second or more: they sleep, run a program, ask a model, start a browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lamlint.catalog.waiting import waiting
from lamlint.python.module import cst
from lamlint.python.values.arguments import argument
from lamlint.python.values.known import number
from lamlint.python.values.objects import Instance, Library

if TYPE_CHECKING:
    from lamlint.python.module.module import Module
    from lamlint.python.values.analysis import Analysis
    from lamlint.python.values.objects import Frame, Thing

_SLEEPING = frozenset({"time.sleep", "asyncio.sleep"})
_SECONDS = 1
"""Beside this a connection takes little time; it is ten times what one costs."""
_RUNNING = frozenset(
    {"subprocess.run", "subprocess.call", "subprocess.check_call", "subprocess.check_output"}
)
_OPENED = "subprocess.Popen"
_QUICK = frozenset(
    {
        "basename", "cat", "chmod", "cp", "date", "df", "du", "echo", "env", "file", "find", "grep",
        "head", "hostname", "id", "kill", "ln", "ls", "mkdir", "mv", "printenv", "ps", "pwd",
        "readlink", "rm", "sed", "stat", "tail", "test", "touch", "true", "uname", "wc", "which",
        "whoami",
    }
)  # fmt: skip
"""Programs that are done in some milliseconds."""
_CLIENT = "boto3.client"
_WAITER = "boto3.client.get_waiter.wait"
_THERE = "_exists"
"""The end of the names of waiters for what may be there already, and mostly is."""
_UNTIL = "boto3.resource."
_PATIENT = 60
"""How many seconds the SDK waits for an answer by itself; who sets more expects to wait."""


def is_long(analysis: Analysis, frame: Frame, call: cst.Call, thing: Thing) -> bool:
    """Whether a call surely waits long, where what it calls is a thing of a library."""
    if isinstance(thing, Instance):
        named = f"{thing.kind}.__call__"
    elif isinstance(thing, Library):
        named = thing.name
    else:
        return False
    if named in _SLEEPING:
        return is_sleep(analysis, frame, call)
    if named in _RUNNING:
        return runs_program(frame.module, call)
    receiver = thing.receiver if isinstance(thing, Library) else None
    if receiver is not None and receiver.kind == _OPENED:
        return waiting().is_long(named) and _is_slow_program(receiver.call)
    if named == _WAITER:
        return receiver is not None and not _is_there(receiver.call)
    if waiting().is_long(named):
        return not _is_quick(frame, call)
    return receiver is not None and _is_patient(analysis, receiver, named)


def is_sleep(analysis: Analysis, frame: Frame, call: cst.Call) -> bool:
    """Whether a call sleeps for a second or more."""
    if len(call.args) != 1:
        return False
    made = analysis.things(call.func, frame)
    if not any(isinstance(one, Library) and one.name in _SLEEPING for one in made):
        return False
    known = number(analysis.value(call.args[0].value, frame)).choices
    return bool(known) and all(float(choice.value) >= _SECONDS for choice in known)


def runs_program(module: Module, call: cst.Call) -> bool:
    """Whether a call runs a program to its end that is named there, and takes its time."""
    return module.qualified(call) in _RUNNING and _is_slow_program(call)


def _is_slow_program(call: cst.Call) -> bool:
    if not call.args:
        return False
    match call.args[0].value:
        case cst.List(elements=[first, *_]) | cst.Tuple(elements=[first, *_]):
            named = first.value
        case other:
            named = other
    text = named.raw_value if isinstance(named, cst.SimpleString) else ""
    program = (text.split() or [""])[0].rpartition("/")[2]
    return bool(program) and program not in _QUICK


def _is_there(made: cst.Call) -> bool:
    """Whether a waiter is for what may be there already: `get_waiter("object_exists")`."""
    named = argument(made, 0, "waiter_name")
    return not isinstance(named, cst.SimpleString) or named.raw_value.endswith(_THERE)


def _is_quick(frame: Frame, call: cst.Call) -> bool:
    """Whether what is written says that the model gives no text: it embeds, or classifies."""
    own = frame.node.name.value if isinstance(frame.node, cst.FunctionDef) else ""
    written = " ".join([own, *(frame.module.code(one) for one in call.args)]).lower()
    return any(word in written for word in waiting().quick)


def _is_patient(analysis: Analysis, client: Instance, named: str) -> bool:
    """Whether a client of the SDK is asked that was told to wait for longer than by itself."""
    method = named.removeprefix(f"{_CLIENT}.")
    if client.kind != _CLIENT or "." in method or method in waiting().sends_nothing:
        return False
    given = argument(client.call, None, "config")
    made = analysis.things(given, client.frame) if given is not None else ()
    return bool(made) and all(_waits_for(analysis, one) for one in made)


def _waits_for(analysis: Analysis, config: Thing) -> bool:
    if not isinstance(config, Instance) or not config.constructor.endswith(".Config"):
        return False
    given = argument(config.call, None, "read_timeout")
    if given is None:
        return False
    known = number(analysis.value(given, config.frame)).choices
    return bool(known) and all(float(choice.value) > _PATIENT for choice in known)
