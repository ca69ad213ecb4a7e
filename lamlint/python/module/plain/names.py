"""Names, alone and with dots."""

from __future__ import annotations

from typing import Any

from lamlint.python.module import cst
from lamlint.python.module.plain.make import maker
from lamlint.python.module.plain.reading import Unusual

_NAME = maker(cst.Name, "value")
ATTRIBUTE = maker(cst.Attribute, "value", "attr")
AS_NAME = maker(cst.AsName, "name")


def name(written: str) -> Any:
    """A name; CPython writes one that is not of ASCII in its own way."""
    if not written.isascii():
        raise Unusual
    return _NAME(written)


def dotted(written: str) -> Any:
    """The name of a module."""
    first, *others = written.split(".")
    made = name(first)
    for other in others:
        made = ATTRIBUTE(made, name(other))
    return made


def as_name(written: str | None) -> Any:
    """What stands behind `as`."""
    return None if written is None else AS_NAME(name(written))
