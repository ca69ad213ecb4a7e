"""What is registered with an application, and how that is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lamlint.catalog.frameworks import Application, Moment
from lamlint.python.module import cst
from lamlint.python.reach.held import application_of
from lamlint.python.reach.prefixes import joined
from lamlint.python.values.objects import Class, Instance, Library, Own, Routine, Step, Thing
from lamlint.text.dataclass import dataclass, replace

if TYPE_CHECKING:
    from lamlint.python.module.module import Module

_VERBS = frozenset({"get", "post", "put", "patch", "delete", "head", "options"})
ROUTING = _VERBS | {"route", "api_route", "websocket"}


@dataclass(frozen=True, slots=True, eq=False)
class Registered:
    """Something that an application calls, when, and how that is told: for which `path`, too."""

    thing: Thing
    moment: Moment
    step: Step
    methods: tuple[str, ...]
    path: str = ""

    def under(self, prefix: str) -> Registered:
        """The same in a part of an application whose paths have a prefix."""
        words = self.step.words.replace(self.path, joined(prefix, self.path), 1)
        return replace(self, step=replace(self.step, words=words))

    def within(self, server: str) -> Step:
        """How its startup is told, of which one might think that it runs once an environment."""
        called = server.removesuffix(".__call__").rpartition(".")[2]
        return replace(self.step, words=f"within each call of {called}, {self.step.words}")


def owner_of(thing: Thing) -> tuple[Instance | None, str]:
    """The application that a thing is, or is a method of, and the method; None for any other."""
    if isinstance(thing, Library):
        current, name = thing.receiver, thing.name
    elif isinstance(thing, Instance):
        current, name = thing, thing.constructor
    else:
        return None, ""
    made = application_of(current)
    return made, "" if made is None else name.removeprefix(made.constructor).removeprefix(".")


def max_moment(one: Moment, other: Moment) -> Moment:
    """The one of two moments that is not simply each invocation."""
    return other if one is Moment.INVOCATION else one


def sentence(module: Module, expression: cst.CSTNode, name: str) -> str:
    """What a decorator says: `GET /orders runs read`."""
    if not isinstance(expression, cst.Call):
        return f"@{module.code(expression)} runs {name}"
    func = expression.func
    method = func.attr.value if isinstance(func, cst.Attribute) else ""
    path = path_of(expression)
    if path:
        return f"{method.upper()} {path} runs {name}" if method in _VERBS else f"{path} runs {name}"
    return f"@{module.code(func)} runs {name}"


def path_of(expression: cst.CSTNode) -> str:
    """The path of the route that a decorator says; empty where it says none."""
    func = expression.func if isinstance(expression, cst.Call) else None
    if not isinstance(expression, cst.Call) or not isinstance(func, cst.Attribute):
        return ""
    first = next((one.value for one in expression.args if one.keyword is None), None)
    path = first.evaluated_value if isinstance(first, cst.SimpleString) else None
    routed = isinstance(path, str) and path.startswith("/") and func.attr.value in ROUTING
    return path if routed and isinstance(path, str) else ""


def handed(row: Application, moment: Moment, thing: Thing) -> str:
    """What the registration by a call says."""
    what = "this"
    if isinstance(thing, Routine):
        what = thing.node.name.value if isinstance(thing.node, cst.FunctionDef) else "a lambda"
    elif isinstance(thing, Class):
        what = thing.node.name.value
    elif isinstance(thing, Own):
        what = thing.of.node.name.value
    if moment is Moment.STARTUP:
        return f"{row.calls} runs {what} when it starts"
    return f"{row.calls} calls {what} for an event"
