"""What the expressions of a stack's code come out as, without any of it being run."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from dataclasses import field
from typing import TypeAlias

from lamlint.dialects.cdk.place import Place
from lamlint.dialects.cdk.program import Program
from lamlint.model.condition import IN_ANY, Case
from lamlint.text.dataclass import dataclass

Primitive: TypeAlias = "str | int | float | bool | None"
SYNTHESIZED = "it is computed when the stack is synthesized"
"""Why nothing is known of what the machine gives on which that is done."""


@dataclass(frozen=True, slots=True, eq=False)
class Plain:
    """A text, number or truth. `written`: it stands at its place as a literal."""

    value: Primitive
    at: Place
    written: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Text:
    """A text of which parts are known only when the stack is deployed."""

    parts: tuple[Thing, ...]
    at: Place


@dataclass(slots=True, eq=False)
class Items:
    """A list, tuple or set; all that is in it is known where it is `whole`."""

    values: list[Thing]
    at: Place
    whole: bool = True


@dataclass(frozen=True, slots=True, eq=False)
class Member:
    """What stands under a key, and where the key is written."""

    key: Place
    value: Thing


@dataclass(slots=True, eq=False)
class Keyed:
    """A dictionary; all its keys are known where it is `whole`.

    `last` is the last value of a literal, or its beginning; None for any other.
    """

    members: dict[Primitive, Member]
    at: Place
    whole: bool = True
    last: Place | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Library:
    """A name of a library, from its top on: `aws_cdk.aws_lambda.Runtime.PYTHON_3_13`."""

    name: str
    at: Place


@dataclass(frozen=True, slots=True, eq=False)
class Folder:
    """A path of the project, relative to its root, as `pathlib` or `os.path` gives it."""

    path: str
    at: Place


@dataclass(slots=True, eq=False)
class Made:
    """A call of a library: what it makes, or does to its `receiver`.

    `name` is that of the class or function from its library on, or of the method alone. `at` is
    the whole call, `site` that of the project's own class which is one of the library's. `whole`
    is false where arguments are given that cannot be known. `case` is what holds where the call
    is made, `node` the call in the code. `options` is the object that the named arguments are
    from, in a language that has none.
    """

    name: str
    positional: tuple[Thing, ...]
    named: dict[str, Member]
    at: Place
    node: ast.AST
    whole: bool = True
    receiver: Thing | None = None
    case: Case = frozenset()
    site: Place | None = None
    options: Keyed | None = None

    @property
    def block(self) -> Place:
        """Where an author makes it."""
        return self.site or self.at


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """An attribute of what a library made, or of anything else that is not looked into."""

    of: Thing
    name: str
    at: Place


@dataclass(frozen=True, slots=True, eq=False)
class Closure:
    """A function of the project, with what is around it, and what it is bound to."""

    node: ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda
    frame: Frame
    at: Place
    bound: Thing | None = None
    owner: Class | None = None


@dataclass(slots=True, eq=False)
class Class:
    """A class of the project."""

    name: str
    bases: tuple[Thing, ...]
    frame: Frame
    node: ast.ClassDef
    at: Place
    members: dict[str, Thing] = field(default_factory=dict)

    def ancestors(self) -> Iterator[Class]:
        """It and the classes of the project that it inherits from, the nearest first."""
        seen: set[int] = set()
        waiting: list[Thing] = [self]
        while waiting:
            one = waiting.pop(0)
            if isinstance(one, Class) and id(one) not in seen:
                seen.add(id(one))
                yield one
                waiting.extend(one.bases)

    @property
    def library(self) -> Library | None:
        """The class of a library that it is one of."""
        found = (base for one in self.ancestors() for base in one.bases)
        return next((base for base in found if isinstance(base, Library)), None)


@dataclass(slots=True, eq=False)
class Instance:
    """An object of a class of the project; `base` is what its library makes of it."""

    of: Class
    at: Place
    attributes: dict[str, Thing] = field(default_factory=dict)
    base: Made | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Super:
    """What `super()` gives in a method of a class: the object, seen as one of the classes above."""

    me: Instance
    owner: Class
    at: Place


@dataclass(frozen=True, slots=True, eq=False)
class ModuleOf:
    """A module of the project."""

    frame: Frame
    at: Place


@dataclass(frozen=True, slots=True, eq=False)
class Imported:
    """What an import takes from a module: looked up when it is used, and never where it is not.

    Without a `member` it is the module itself.
    """

    module: str
    member: str
    program: Program
    at: Place


@dataclass(frozen=True, slots=True, eq=False)
class Native:
    """A function of Python that is known: what it makes of its arguments."""

    apply: Callable[[Made], Thing]
    at: Place


@dataclass(frozen=True, slots=True, eq=False)
class Either:
    """One of several things, each with what holds where it is that."""

    choices: tuple[tuple[Thing, Case], ...]
    at: Place


@dataclass(frozen=True, slots=True, eq=False)
class Nothing:
    """What is not there: no value is written."""

    at: Place


@dataclass(frozen=True, slots=True, eq=False)
class Unknown:
    """What cannot be known, and why, as the end of a sentence."""

    reason: str
    at: Place


@dataclass(eq=False)
class Frame:
    """The names of a module, class or function as it is run.

    `case` is what holds where the statement that is run is reached. `owner` is the class
    of a method, `me` what the method is called on. `found` are the results of a function.
    """

    program: Program
    outer: Frame | None = None
    case: Case = IN_ANY
    owner: Class | None = None
    me: Thing | None = None
    names: dict[str, Thing] = field(default_factory=dict)
    found: list[tuple[Thing, Case]] = field(default_factory=list)

    @property
    def module(self) -> Frame:
        """The names of the module that it lies in."""
        return self if self.outer is None else self.outer.module


Thing: TypeAlias = (
    "Plain | Text | Items | Keyed | Library | Folder | Made | Part | Closure | Class | Instance"
    " | Super | ModuleOf | Imported | Native | Either | Nothing | Unknown"
)


def construct(thing: Thing) -> Thing:
    """What a library knows of a thing: of an object of the project, what it inherits."""
    return thing.base if isinstance(thing, Instance) and thing.base is not None else thing
