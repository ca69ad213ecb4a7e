"""What an expression may be: the few kinds of things that the analysis knows.

A frame is a function as it is run: which module, which function, and which
calls lead to it. Parameters get their meaning from those calls.
"""

from __future__ import annotations

from dataclasses import field
from enum import IntEnum
from typing import TYPE_CHECKING, TypeAlias

from lamlint.text.dataclass import dataclass

if TYPE_CHECKING:
    from lamlint.python.module import cst
    from lamlint.python.module.module import Module


class When(IntEnum):
    """How sure it is that a call runs when its handler runs."""

    ALWAYS = 0
    CONDITIONAL = 1
    """In a branch, a case, or behind a choice of functions."""
    ERROR = 2
    """Only where something went wrong: an except handler, or a branch that raises."""


class Passing(IntEnum):
    """How a call hands its arguments to the function that it leads to."""

    CALL = 0
    """As written."""
    SHIFTED = 1
    """As written, less the first one: `submit(function, …)`."""
    ELEMENTS = 2
    """Each element of the arguments that follow: `map(function, items)`."""
    THREAD = 3
    """`args` and `kwargs` of `Thread(target=function, …)`."""
    ANY = 4
    """Anything made of the arguments."""
    NOTHING = 5
    REQUEST = 6
    """What a framework makes of an event; `provided` holds what it gives by name."""


@dataclass(eq=False, slots=True)
class Frame:
    """A function as run through some calls, or a module as imported (`node` is its tree)."""

    module: Module
    node: cst.CSTNode
    closure: Frame | None
    depth: int = 0
    edges: list[Edge] = field(default_factory=list)

    @property
    def is_module(self) -> bool:
        """Whether this is a module's own code, which runs once, at import."""
        return self.closure is None


@dataclass(frozen=True, slots=True)
class Step:
    """What a sentence tells of a way that no call in the code shows: a route, a server.

    One that is told anew is the same as before, and so is the edge that it is told of.
    """

    module: Module
    node: cst.CSTNode
    words: str


@dataclass(frozen=True, slots=True)
class Edge:
    """One way into a frame: the call (or other place) in the frame of its caller."""

    caller: Frame | None
    site: cst.CSTNode | None
    passing: Passing = Passing.CALL
    receiver: Thing | None = None
    leading: tuple[Thing, ...] = ()
    when: When = When.ALWAYS
    cached: bool = False
    """Whether the function keeps its result: `lru_cache` and its like."""
    star: tuple[Thing, ...] = ()
    """What `*args` of the function holds beyond what is written."""
    aside: bool = False
    """Whether the function is run in a thread or process of its own."""
    provided: tuple[tuple[str, Thing | None], ...] = ()
    """What a framework gives to parameters by their names, beside what it makes of the event;
    None where it is not known, but not made of the event."""
    step: Step | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Library:
    """Something outside the codebase by its full name; `receiver` if it is an object's method."""

    name: str
    receiver: Instance | None = None


@dataclass(frozen=True, slots=True)
class Namespace:
    """A module of the codebase."""

    module: Module


@dataclass(frozen=True, slots=True)
class Routine:
    """A function of the codebase, with the frame it was defined in."""

    module: Module
    node: cst.FunctionDef | cst.Lambda
    closure: Frame
    receiver: Thing | None = None
    leading: tuple[Thing, ...] = ()
    cached: bool = False
    guessed: bool = False
    """Whether it is one of many that a name that is made up at run time may mean."""


@dataclass(frozen=True, slots=True)
class Class:
    """A class of the codebase."""

    module: Module
    node: cst.ClassDef
    closure: Frame


@dataclass(frozen=True, slots=True)
class Own:
    """An object of a class of the codebase, and the call that built it."""

    of: Class
    call: cst.Call | None
    frame: Frame | None
    leading: tuple[Thing, ...] = ()


@dataclass(frozen=True, slots=True)
class Subclasses:
    """The method of a class that lists those that derive from it."""

    of: Class


@dataclass(frozen=True, slots=True)
class Super:
    """`super()` in a method of a class."""

    of: Class
    receiver: Thing


@dataclass(frozen=True, slots=True)
class Container:
    """A list, tuple or dict written in the code."""

    node: cst.CSTNode
    frame: Frame


@dataclass(frozen=True, slots=True)
class Group:
    """Some things in no known order, each of which may be meant: the classes that derive from one,
    what a generator yields; or (`key`) what `*args` or `**kwargs` hold under a place or a name."""

    things: tuple[Thing, ...]
    key: str | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """The event, or the field of it that a path leads to."""

    path: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Context:
    """The context, or an attribute of it.

    `invoked_function_arn:` stands for the parts of the ARN, and with a number for one of them.
    """

    name: str = ""

    @property
    def is_constant(self) -> bool:
        """Whether it is the same on every invocation in one environment.

        Not so the alias at the end of the ARN: two of them may share an environment.
        """
        return self.name in _OF_THE_ENVIRONMENT


OWN_ARN = "invoked_function_arn"
OWN_SPLITS = frozenset(f"{OWN_ARN}.{method}" for method in ("split", "rsplit", "rpartition"))
OWN_PARTS = f"{OWN_ARN}:"
OWN_ENDS = f"{OWN_ARN}::"
"""The ARN in two: what comes ahead of the function's name (or of its alias), and that."""
_OF_THE_ENVIRONMENT = frozenset(
    {"function_name", "function_version", "memory_limit_in_mb", "log_group_name", "log_stream_name"}
    | {f"{OWN_PARTS}{place}" for place in range(7)}
)


@dataclass(frozen=True, slots=True)
class Instance:
    """An object that a library made: `constructor` is the full name of what was called.

    `service` is the AWS service of SDK clients, resources and all they make.
    `parent` is the object whose method made this one.
    """

    constructor: str
    call: cst.Call
    module: Module
    frame: Frame
    parent: Instance | None = None
    service: str | None = None
    _hash: int = field(init=False, repr=False, compare=False)
    """Kept, since whoever asks for it would go through all that each was made by, each time."""

    def __post_init__(self) -> None:
        made = (self.constructor, id(self.call), id(self.frame), self.parent, self.service)
        object.__setattr__(self, "_hash", hash(made))

    def __hash__(self) -> int:
        return self._hash

    @property
    def kind(self) -> str:
        """The name its methods start with: `boto3.client` for every client of the SDK."""
        return _KINDS.get(self.constructor, self.constructor)


_KINDS = {
    f"{session}.{method}": f"boto3.{made}"
    for session in (
        "boto3.Session",
        "boto3.session.Session",
        "boto3.DEFAULT_SESSION",
        "botocore.session.Session",
        "botocore.session.get_session",
        "boto3._get_default_session",
    )
    for method, made in (
        ("client", "client"),
        ("resource", "resource"),
        ("create_client", "client"),
    )
} | {"boto3.resource.meta.client": "boto3.client"}

Thing: TypeAlias = (
    "Library | Namespace | Routine | Class | Own | Super | Subclasses | Container | Group | Event"
    "| Context | Instance"
)


REQUEST = Event(("$request",))
"""What a framework makes of an event: of which field it is, is not known."""


def weight(thing: Thing | None) -> int:
    """How many things a thing is made of: it is compared with all that it is given ahead."""
    if isinstance(thing, Routine):
        return 1 + weight(thing.receiver) + sum(map(weight, thing.leading))
    return 1 + sum(map(weight, thing.leading)) if isinstance(thing, Own) else 1


@dataclass(frozen=True, slots=True)
class Held:
    """How `*args` or `**kwargs` hold an expression: under a place or a name, if that is known.

    One that is `spread` is itself such a tuple or dict, and all that it holds is held.
    """

    key: str | None = None
    spread: bool = False


@dataclass(frozen=True, slots=True)
class Supplied:
    """What a call gives to a parameter: an expression, an element of one, or a thing."""

    node: cst.CSTNode | None = None
    frame: Frame | None = None
    element: bool = False
    thing: Thing | None = None
    anything: bool = False
    """Made of the expression in some way; only what it depends on is known."""
    held: Held | None = None
    """How `*args` or `**kwargs` hold it, where that is known."""
