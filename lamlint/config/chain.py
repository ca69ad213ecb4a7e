"""A configuration file and those that it extends, and where the paths in them lead."""

from __future__ import annotations

import os

from lamlint.config.config import ConfigError
from lamlint.config.table import Table, parse, shown
from lamlint.files import asking
from lamlint.files.boundary import Boundary

LONGEST = 16
"""Files of which each extends the next."""


def chain(file: str, boundary: Boundary) -> list[Table]:
    """The tables of a file and of what it extends, the furthest first. Raises ConfigError."""
    tables = [_table(os.path.abspath(file))]
    seen = {asking.real(file)}
    while base := place(tables[0], "extend", boundary):
        table, written = tables[0], tables[0].string("extend")
        if asking.real(base) in seen:
            raise table.wrong("extend", f"{written} extends this file again")
        if not asking.exists(base):
            raise table.wrong("extend", f"there is no file {written}")
        if len(tables) == LONGEST:
            raise table.wrong("extend", f"more than {LONGEST} files extend each other")
        seen.add(asking.real(base))
        tables.insert(0, _table(base))
    return tables


def _table(file: str) -> Table:
    """What a file configures."""
    inside = ("tool", "lamlint") if file.endswith("pyproject.toml") else ()
    table = parse(file, inside)
    if table is None:
        raise ConfigError("there is no table [tool.lamlint] here", shown(file))
    if not inside and "tool" in table.values:
        raise table.wrong(
            "tool", "[tool.lamlint] is for pyproject.toml: here its options stand without it"
        )
    return table


def place(table: Table, key: str, boundary: Boundary) -> str:
    """The absolute path of the file that a key names, counted from the file it stands in.

    What a file of the project names lies in the boundary too. A file that
    lies elsewhere was named on the command line, and names what it likes.
    """
    written = table.file_named(key)
    if not written:
        return ""
    absolute = os.path.normpath(os.path.join(os.path.dirname(table.file), written))
    if boundary.holds(table.file) and not boundary.holds(absolute):
        outside = f"{written} lies outside the project"
        raise table.wrong(key, f"{outside}, and only the command line may name such a file")
    return absolute
