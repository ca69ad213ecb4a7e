"""Dataclasses as the standard library has them, for a fraction of the time.

The standard library compiles six methods for each class as soon as there is the class: for some
hundred classes this takes as long as to check a small project. Here a method is compiled when
it is first asked for, and classes share those that need not be written for each.
"""

from __future__ import annotations

import dataclasses
import inspect
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import MISSING, Field, FrozenInstanceError
from types import MemberDescriptorType
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

Class = TypeVar("Class", bound=type)
Text: TypeAlias = "Callable[[type], str]"
"""Writes a method of a class."""
_HEAVY = dataclasses.dataclass
_ORDER = (("__lt__", "<"), ("__le__", "<="), ("__gt__", ">"), ("__ge__", ">="))


def _dataclass(
    plain: Class | None = None,
    /,
    *,
    frozen: bool = False,
    slots: bool = False,
    eq: bool = True,
    order: bool = False,
    repr: bool = True,  # noqa: A002  the options are called as in the standard library
) -> Class | Callable[[Class], Class]:
    """Make a class a dataclass; it keeps the methods that it has."""

    def decorate(given: Class) -> Class:
        own = vars(given).copy()
        bare = _HEAVY(init=False, repr=False, eq=False, slots=slots)
        given.__doc__ = given.__doc__ or " "  # else how it is called is written there, at length
        made: Class = bare(given)  # type: ignore[assignment]
        methods: dict[str, Any] = {}
        init = _frozen_init if frozen else _init
        unwritten: dict[str, Text] = {"__init__": init, "__replace__": _replacing}
        if repr:
            methods["__repr__"] = _repr
        if eq:
            unwritten["__eq__"] = _comparing("__eq__", "==")
            methods["__hash__"] = None
        if eq and frozen:
            unwritten["__hash__"] = _hash
        if order:
            unwritten.update({name: _comparing(name, sign) for name, sign in _ORDER})
        methods.update({name: _Unwritten(made, name, text) for name, text in unwritten.items()})
        if frozen:
            methods.update(__setattr__=_refuse, __delattr__=_refuse)
        if frozen and slots:
            methods.update(__getstate__=_state, __setstate__=_set_state)
        for name, method in methods.items():
            if own.get(name) is None:  # Python itself lets `__hash__` be None
                setattr(made, name, method)
        return made

    return decorate if plain is None else decorate(plain)


def _replace(one: Any, /, **changes: Any) -> Any:
    """The same but for some fields: those that stay are taken over at once, and not one by one."""
    kind = type(one)
    held = getattr(one, "__dict__", None)
    if held is None and hasattr(kind, "__replace__"):
        return kind.__replace__(one, **changes)
    fields = kind.__dataclass_fields__
    looks = getattr(kind, "__post_init__", None)  # at what it is made from
    if not held or looks or not (held.keys() >= fields.keys() >= changes.keys()):
        return dataclasses.replace(one, **changes)
    made = object.__new__(kind)
    # What follows from the fields is kept beside them, and is not taken over.
    same = held if len(held) == len(fields) else {name: held[name] for name in fields}
    made.__dict__.update(same, **changes)
    return made


if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass  # noqa: PLC0414  checked as what it stands for
    from dataclasses import replace as replace  # noqa: PLC0414
else:
    dataclass, replace = _dataclass, _replace


@contextmanager
def made_lightly(package: str) -> Iterator[None]:
    """Let the dataclasses of a library be made so, if it is loaded meanwhile.

    Those of others, whom another thread may be loading, are made as ever, and so is one that asks
    for more than is known here. What inherits from a light one has to be light.
    """
    before = dataclasses.dataclass

    def either(plain: Class | None = None, /, **options: Any) -> Any:
        def decorate(given: Class) -> Any:
            meant = given.__module__.partition(".")[0] == package
            known = options.keys() <= (_dataclass.__kwdefaults__ or {}).keys()
            light = meant and known and not _takes_more(given)
            make: Any = _dataclass if light else before
            return make(**options)(given)

        return decorate if plain is None else decorate(plain)

    dataclasses.dataclass = either
    try:
        yield
    finally:
        dataclasses.dataclass = before


def _takes_more(given: type) -> bool:
    """Whether its constructor is given what it does not keep (`InitVar`)."""
    inherited = (getattr(base, "__dataclass_fields__", {}) for base in given.__mro__[1:])
    types = [*inspect.get_annotations(given).values()]
    types += [one.type for fields in inherited for one in fields.values()]
    return any("InitVar" in str(one) for one in types)


class _Unwritten:
    """Stands for a method of a class until somebody asks for it.

    Threads that ask at once write the same.
    """

    def __init__(self, made: type, name: str, text: Text) -> None:
        self._made = made
        self._name = name
        self._text = text
        self._method: Any = None

    def __get__(self, instance: object, owner: type) -> Any:
        for made in owner.__mro__:  # where slots are added, the class is made twice
            if vars(made).get(self._name) is self:
                self._write(made)
        if self._method is None:  # whoever asks has the method alone, and not by its class
            self._write(self._made)
        return self._method.__get__(instance, owner)

    def _write(self, made: type) -> None:
        self._method = _written(made, self._name, self._text(made))
        setattr(made, self._name, self._method)


def _written(made: type, name: str, text: str) -> Any:
    names: dict[str, Any] = {"_MISSING": MISSING, "_REPLACE": dataclasses.replace}
    for one in dataclasses.fields(made):
        names[f"_keep_{one.name}"] = getattr(_slot(made, one.name), "__set__", None)
        names[f"_type_{one.name}"] = one.type
        names[f"_default_{one.name}"] = one.default
        names[f"_make_{one.name}"] = one.default_factory
    code = compile(text, "<dataclass>", "exec", dont_inherit=True)
    exec(code, names)  # noqa: S102  the text is made from names of fields, and nothing else
    method = names[name]
    method.__module__ = made.__module__
    method.__qualname__ = f"{made.__qualname__}.{name}"
    return method


def _replacing(made: type) -> str:
    """Makes the same with other fields; the standard library goes over the fields each time."""
    fields = dataclasses.fields(made)
    if not all(one.init and not one.kw_only for one in fields) or _takes_more(made):
        return "def __replace__(self, /, **changes):\n return _REPLACE(self, **changes)"
    names = [one.name for one in fields]
    parameters = "".join(f", {name}=_MISSING" for name in names)
    kept = ", ".join(f"self.{name} if {name} is _MISSING else {name}" for name in names)
    return f"def __replace__(self, /, *{parameters}):\n return self.__class__({kept})"


def _slot(made: type, name: str) -> MemberDescriptorType | None:
    """The slot that holds a field; None where objects hold it in their dictionary."""
    there = (vars(one)[name] for one in made.__mro__ if name in vars(one))
    found = next(there, None)
    return found if isinstance(found, MemberDescriptorType) else None


def _init(
    made: type, keep: Callable[[str, str], str] = "self.{} = {}".format, first: Sequence[str] = ()
) -> str:
    fields = dataclasses.fields(made)
    placed = [_parameter(one) for one in fields if one.init and not one.kw_only]
    named = [_parameter(one) for one in fields if one.init and one.kw_only]
    parameters = ", ".join(["self", *placed, *(["*", *named] if named else [])])
    kept = [*first, *(keep(one.name, value) for one in fields if (value := _value(one)))]
    last = ["self.__post_init__()"] if "__post_init__" in dir(made) else []
    return "\n ".join([f"def __init__({parameters}) -> None:", *(kept + last or ["pass"])])


def _frozen_init(made: type) -> str:
    """Fills slots, or the dictionary, of an object: `object.__setattr__` takes twice as long."""
    slots = {one.name for one in dataclasses.fields(made) if _slot(made, one.name) is not None}

    def keep(name: str, value: str) -> str:
        return f"_keep_{name}(self, {value})" if name in slots else f"_held['{name}'] = {value}"

    held = len(slots) < len(dataclasses.fields(made))
    return _init(made, keep, ["_held = self.__dict__"] if held else [])


def _parameter(one: Field[Any]) -> str:
    parameter = f"{one.name}: _type_{one.name}"
    if one.default_factory is not MISSING:
        return f"{parameter} = _MISSING"
    return parameter if one.default is MISSING else f"{parameter} = _default_{one.name}"


def _value(one: Field[Any]) -> str:
    """What `__init__` sets a field to; nothing for one that is set elsewhere."""
    name = one.name
    if one.default_factory is not MISSING:
        made = f"_make_{name}()"
        return f"{made} if {name} is _MISSING else {name}" if one.init else made
    if one.init:
        return name
    return "" if one.default is MISSING else f"_default_{name}"


def _comparing(name: str, sign: str) -> Text:
    def text(made: type) -> str:
        compared = [one.name for one in dataclasses.fields(made) if one.compare]
        return (
            f"def {name}(self, other):\n"
            " if other.__class__ is self.__class__:\n"
            f"  return {_tuple('self', compared)} {sign} {_tuple('other', compared)}\n"
            " return NotImplemented"
        )

    return text


def _hash(made: type) -> str:
    fields = dataclasses.fields(made)
    hashed = [one.name for one in fields if (one.compare if one.hash is None else one.hash)]
    return f"def __hash__(self):\n return hash({_tuple('self', hashed)})"


def _tuple(of: str, names: Sequence[str]) -> str:
    return f"({''.join(f'{of}.{name}, ' for name in names)})"


def _repr(self: Any) -> str:
    shown = (one.name for one in dataclasses.fields(self) if one.repr)
    values = ", ".join(f"{name}={getattr(self, name)!r}" for name in shown)
    return f"{type(self).__qualname__}({values})"


def _refuse(_: object, name: str, *_value: object) -> None:
    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def _state(self: Any) -> list[object]:
    return [getattr(self, one.name) for one in dataclasses.fields(self)]


def _set_state(self: Any, state: list[object]) -> None:
    for one, value in zip(dataclasses.fields(self), state, strict=True):
        object.__setattr__(self, one.name, value)
