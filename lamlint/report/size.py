"""What the packages of a project are made of: a table with bars for people, JSON for machines."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from lamlint.packages.measurement import Measurement, Part, megabytes, several
from lamlint.report.json_text import json_text
from lamlint.report.terminal.cells import width_of
from lamlint.report.terminal.style import Style
from lamlint.report.terminal.table import table
from lamlint.secrets.redaction import mask
from lamlint.text.dataclass import dataclass
from lamlint.text.visible import visible

if TYPE_CHECKING:
    from lamlint.catalog.packages import PackageFacts
    from lamlint.packages import Package

VERSION = 1
_BAR = 24
_NAMED = 10
_WORTH_NAMING = 0.01
_FULL, _PARTIAL = "█", "▏▎▍▌▋▊▉"


@dataclass(frozen=True)
class Row:
    """The package of a function, and where its template declares it, for the reader's folder.

    `cover` gives a text of the project with the secrets in it covered.
    """

    package: Package
    template: str
    line: int
    cover: Callable[[str], str] = mask

    @property
    def name(self) -> str:
        """The function's name."""
        return self.cover(self.package.name)

    def told(self, text: str) -> str:
        """A text of the project for people."""
        return visible(self.cover(text))


def render_table(rows: Sequence[Row], facts: PackageFacts, style: Style) -> str:
    """Every function, the largest first, then what fills the large ones and what is not known.

    A full bar is Lambda's limit.
    """
    if not rows:
        return "no template declares a function\n"
    limit = facts.unzipped_limit
    ranked = sorted(rows, key=lambda row: -_size(row))
    headings = ("Function", "Unpacked", f"Of {megabytes(limit)}", "", "Declared")
    sections = [table(headings, [_cells(row, limit) for row in ranked], style)]
    for row in ranked:
        measured = row.package.measured
        if measured is not None and measured.size >= _WORTH_NAMING * limit:
            sections.append("".join(f"{line}\n" for line in _block(row, measured, limit, style)))
    if unknown := list(_unknown(ranked)):
        heading = style.paint("Not counted", "bold")
        sections.append("".join(f"{line}\n" for line in (heading, *unknown)))
    return "\n".join(sections)


def _size(row: Row) -> int:
    return row.package.measured.size if row.package.measured is not None else -1


def _cells(row: Row, limit: int) -> tuple[str, ...]:
    declared = f"{row.template}:{row.line}"
    measured = row.package.measured
    if measured is None:
        return row.name, "image" if row.package.image else "?", "", "", declared
    share = measured.size / limit
    percent = f"{share:.0%}" if share >= 0.005 else "<1%"
    return row.name, measured.amount, percent, bar(measured.size, limit), declared


def _block(row: Row, measured: Measurement, limit: int, style: Style) -> Iterator[str]:
    yield f"{style.paint(visible(row.name), 'bold')}: {row.told(measured.how)}"
    worth = [part for part in measured.largest if part.size >= _WORTH_NAMING * measured.size]
    shown = worth[:_NAMED]
    rest = measured.largest[len(shown) :]
    rows = [(row.told(part.title), part.size) for part in shown]
    if rest:
        rows.append((f"{len(rest):,} more", sum(part.size for part in rest)))
    width = max(width_of(title) for title, _ in rows)
    for title, size in rows:
        gap = " " * (width - width_of(title))
        yield f"  {title}{gap}  {megabytes(size):>10}  {bar(size, limit)}".rstrip()


def _unknown(rows: Sequence[Row]) -> Iterator[str]:
    """What has no size, by the reason, and for whom."""
    causes: dict[str, dict[str, list[str]]] = {}
    for row in rows:
        for missing in row.package.missing:
            cause, what = row.cover(missing.cause), row.cover(missing.what)
            causes.setdefault(cause, {}).setdefault(what, []).append(row.name)
    for cause, found in causes.items():
        yield f"  {visible(cause)}"
        lines = [
            f"    {visible(several(names))}{': ' if what else ''}{visible(what)}"
            for what, names in found.items()
        ]
        yield from lines[:_NAMED]
        if len(lines) > _NAMED:
            yield f"    {len(lines) - _NAMED:,} more"


def bar(size: int, limit: int) -> str:
    """A bar that is full at the limit, in eighths of a cell."""
    eighths = min(round(size / limit * _BAR * 8), _BAR * 8)
    part = _PARTIAL[eighths % 8 - 1] if eighths % 8 else ""
    return _FULL * (eighths // 8) + part


def render_json(rows: Sequence[Row], facts: PackageFacts) -> str:
    """The same for machines; sizes in bytes, every key in every record."""
    document = {
        "version": VERSION,
        "limit": facts.unzipped_limit,
        "image_limit": facts.image_limit,
        "functions": [_record(row) for row in rows],
    }
    return json_text(document)


def _record(row: Row) -> dict[str, object]:
    package, measured = row.package, row.package.measured
    return {
        "name": row.name,
        "template": row.template,
        "template_line": row.line,
        "image": package.image,
        "size": measured.size if measured else None,
        "least": measured.least if measured else None,
        "complete": measured is not None and measured.complete,
        "method": measured.method.name.lower() if measured else None,
        "measured": row.cover(measured.place) if measured else None,
        "parts": [_part(part, row) for part in measured.largest] if measured else [],
        "missing": [row.cover(missing.text) for missing in package.missing],
    }


def _part(part: Part, row: Row) -> dict[str, object]:
    return {
        "name": row.cover(part.name),
        "size": part.size,
        "least": part.least,
        "layer": row.cover(part.layer) or None,
    }
