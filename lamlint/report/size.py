"""What the packages of a project are made of: a table with bars for people, JSON for machines."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from lamlint.packages.measurement import Measurement, Part, megabytes
from lamlint.report.cells import visible, width_of

if TYPE_CHECKING:
    from lamlint.packages import Package

VERSION = 1
_BAR = 24
_NAMED = 10
_FULL, _PARTIAL = "█", "▏▎▍▌▋▊▉"
_UNKNOWN = "size unknown: the code is not in the project, or nothing says what it is packed with"


def table(packages: Sequence[Package], limit: int) -> str:
    """Each function with its parts, the largest first; a full bar is Lambda's limit."""
    blocks = ["\n".join(_block(package, limit)) for package in packages]
    if not blocks:
        return "no function has a package that could be measured\n"
    return "\n\n".join(blocks) + "\n"


def _block(package: Package, limit: int) -> Iterator[str]:
    measured = package.measured
    name = visible(package.name)
    if measured is None:
        yield f"{name}  {_UNKNOWN}"
        return
    share = f"{measured.size / limit:.0%} of {megabytes(limit)}"
    yield f"{name}  {amount(measured)}, {share}"
    yield f"  {measured.method.value}: {visible(measured.place)}"
    shown = measured.largest[:_NAMED]
    rest = measured.largest[_NAMED:]
    rows = [(visible(part.title), part.size) for part in shown]
    if rest:
        rows.append((f"{len(rest):,} more", sum(part.size for part in rest)))
    width = max((width_of(title) for title, _ in rows), default=0)
    for title, size in rows:
        gap = " " * (width - width_of(title))
        yield f"  {title}{gap}  {megabytes(size):>10}  {bar(size, limit)}".rstrip()


def amount(measured: Measurement) -> str:
    """A size with how sure it is."""
    least = "" if measured.complete else "at least "
    about = "about " if measured.estimated else ""
    return f"{least}{about}{megabytes(measured.size)}"


def bar(size: int, limit: int) -> str:
    """A bar that is full at the limit, in eighths of a cell."""
    eighths = min(round(size / limit * _BAR * 8), _BAR * 8)
    part = _PARTIAL[eighths % 8 - 1] if eighths % 8 else ""
    return _FULL * (eighths // 8) + part


def as_json(packages: Sequence[Package], limit: int) -> str:
    """The same for machines; sizes in bytes."""
    functions = [_record(package) for package in packages]
    return json.dumps({"version": VERSION, "limit": limit, "functions": functions}, indent=2) + "\n"


def _record(package: Package) -> dict[str, object]:
    record: dict[str, object] = {
        "name": package.name,
        "template": package.function.template,
        "size": None,
    }
    measured = package.measured
    if measured is not None:
        record |= {
            "size": measured.size,
            "least": measured.least,
            "complete": measured.complete,
            "method": measured.method.name.lower(),
            "measured": measured.place,
            "parts": [_part(part) for part in measured.largest],
        }
    return record


def _part(part: Part) -> dict[str, object]:
    record: dict[str, object] = {"name": part.name, "size": part.size, "least": part.least}
    return record | {"layer": part.layer} if part.layer else record
