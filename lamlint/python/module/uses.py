"""What the code of a module can lead to at most, by its names: without LibCST.

A call of `boto3.client` is written with the word `client`: in the call itself, or where the
function is taken to be called elsewhere. A function is run by no code in which its name does not
stand. So code that is without such words makes no such call, whatever its other names mean.
"""

from __future__ import annotations

from lamlint.text.dataclass import dataclass

ANY = "*"
"""Stands for an attribute of any name."""
FILLING = {
    "append": 0, "appendleft": 0, "add": 0, "insert": 1, "extend": 0, "update": 0,
    "setdefault": 1, "__setitem__": 1, "put": 0,
}  # fmt: skip
"""Methods that put something into a list or dict, with the place of what they put."""


@dataclass(frozen=True, slots=True)
class Body:
    """The last names that stand in some code: all of them, and `open` those of what it can call.

    That is what it calls or takes of modules and objects, or by an imported name.
    """

    name: str = ""
    """Of the function whose code it is, or of the class that it initialises; empty for what may
    run though nobody names it."""
    named: frozenset[str] = frozenset()
    open: frozenset[str] = frozenset()
    lasts: bool = False
    """Whether some of it may run after the call: it holds functions, or gives what it yields."""


@dataclass(frozen=True, slots=True)
class Uses:
    """What a module uses: its functions and methods, each with those in it, and its own code.

    `outer` is of the module's own code, which no invocation runs, less what that calls: `called`.
    `run` is what calls and decorators run anywhere, and of what that is taken; `run_by_module`
    the same of those that stand in no `def`, or at one. `filled` is what something is put into,
    by its last name, and `changed` are the attributes that are set or deleted; `ANY` for any.
    `variables` are the environment variables that a subscript asks for;
    None where that is not plain. With `made_up` nothing is sure: the code gets something by a
    name that it makes up.
    """

    outer: Body = Body()
    called: frozenset[str] = frozenset()
    run: frozenset[str] = frozenset()
    run_by_module: frozenset[str] = frozenset()
    filled: frozenset[str] = frozenset()
    changed: frozenset[str] = frozenset()
    bodies: tuple[Body, ...] = ()
    variables: frozenset[str] | None = frozenset()
    made_up: bool = False


NOTHING = Uses()
