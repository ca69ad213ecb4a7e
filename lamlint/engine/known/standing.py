"""What stands for a part of the model: the same for equal parts, and in every process."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from functools import cache
from operator import attrgetter
from types import FunctionType
from typing import Any

from lamlint.files.overheard import standing_for, text_of
from lamlint.model import Later
from lamlint.text import Source, Span

_PLAIN = frozenset({type(None), bool, int, float})


def standing(thing: object, key: bytes) -> str:
    """What stands for a thing that is plain data. Raises TypeError for what is none."""
    told: list[str] = []
    _tell(thing, key, told)
    return standing_for("".join(told), key)


def _tell(thing: Any, key: bytes, told: list[str]) -> None:
    """Tell all that makes a thing what it is, so that no two are told alike."""
    kind = type(thing)
    if kind is str:
        told.append(f"{len(thing)}:{thing}")
    elif kind is tuple or kind is list:
        told.append(f"t{len(thing)};")
        for inner in thing:
            _tell(inner, key, told)
    elif kind in _PLAIN:
        told.append(f"{thing!r};")
    elif kind is Span:
        told.append(f"p{thing.start},{thing.end},{len(thing.path)}:{thing.path}")
    else:
        _tell_rare(thing, kind, key, told)


def _tell_rare(thing: Any, kind: type, key: bytes, told: list[str]) -> None:
    if isinstance(thing, Enum):
        told.append(f"e{kind.__qualname__}.{thing.name};")
    elif isinstance(thing, Source):
        told.append(f"x{len(thing.path)}:{thing.path}{text_of(thing, key)}")
        _tell(thing.host and (thing.host.source, *map(tuple, thing.host.pieces)), key, told)
    elif isinstance(thing, Later):
        _tell(thing.slot, key, told)
    elif isinstance(thing, Mapping):
        told.append(f"m{len(thing)};")
        for name, inner in thing.items():
            _tell(name, key, told)
            _tell(inner, key, told)
    elif isinstance(thing, (frozenset, set)):
        told.append(f"s{len(thing)};")
        told.extend(sorted(standing(one, key) for one in thing))
    elif isinstance(thing, date):
        told.append(f"{thing.isoformat()};")
    elif isinstance(thing, (FunctionType, type)):
        told.append(_name_of(thing))
    else:
        told.append(f"d{kind.__module__}.{kind.__qualname__};")
        for inner in _contents(kind)(thing):
            _tell(inner, key, told)


def _name_of(function: Callable[..., object]) -> str:
    """What stands for a function of a module; what is made on the way has none."""
    if "<" in function.__qualname__:
        raise TypeError(function.__qualname__)
    return f"f{function.__module__}.{function.__qualname__};"


@cache
def _contents(kind: type) -> Callable[[Any], Iterable[object]]:
    """What gives the contents of a dataclass."""
    if issubclass(kind, tuple):
        return iter
    if not is_dataclass(kind):
        raise TypeError(kind.__qualname__)
    names = tuple(one.name for one in fields(kind))
    if len(names) > 1:
        return attrgetter(*names)
    return lambda thing: [getattr(thing, name) for name in names]
