"""The last names of full names: what code is written with that calls one of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeAlias

ANY = "*"
Ends: TypeAlias = Mapping[str, frozenset[str]]
"""Last names, by the first names of the libraries that have them. `ANY` for any last name, and
at the end of a first one for any that begins so."""


def ends(names: Iterable[str]) -> Ends | None:
    """The last names of some full ones: of `boto3.client` it is `client`, by `boto3`.

    None where a name is one of no library.
    """
    found: dict[str, set[str]] = {}
    for name in names:
        first, dot, rest = name.partition(".")
        last = rest.rpartition(".")[2]
        if not dot:
            return None
        begins, star, _ = first.partition("*")
        found.setdefault(begins + (ANY if star else ""), set()).add(ANY if "*" in last else last)
    return {first: frozenset(last) for first, last in found.items()}
