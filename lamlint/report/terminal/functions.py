"""The functions of a project as a table: a line for each, and below it what is not known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from lamlint.model.amount import with_unit
from lamlint.report.functions import Row, Unresolved
from lamlint.report.terminal.style import Style
from lamlint.report.terminal.table import table
from lamlint.text.visible import visible

_HEADINGS = (
    "Function",
    "Handler",
    "Runtime",
    "Timeout",
    "Memory",
    "Package",
    "Triggers",
    "Declared",
)
_SEVERAL = " or "
_NAMED = 3
"""How many variables that are unknown for one reason are named; JSON has them all."""
_UNKNOWN = "?"
_BY_SIGNATURE = "(by its signature)"


def render(rows: Iterable[Row], style: Style) -> str:
    """One function a line; below it what could not be known, and why."""
    found = list(rows)
    if not found:
        return "No functions found.\n"
    text = table(_HEADINGS, [_cells(each) for each in found], style)
    for title, lines in (
        ("Found by the handler", _tied(found)),
        ("Imports found elsewhere", _roots(found)),
        ("Imports not found", _missed(found)),
        ("Not known", _unknown(found)),
    ):
        told = "".join(f"{visible(line)}\n" for line in lines)
        text += f"\n{style.paint(title, 'bold')}\n{told}" if told else ""
    return text


def _tied(rows: Iterable[Row]) -> Iterator[str]:
    for each in rows:
        if each.code is not None:
            yield f"{each.name}: code: {each.code.path} ({each.code.reason})"


def _roots(rows: Iterable[Row]) -> Iterator[str]:
    for each in rows:
        for one in each.imports.roots:
            yield f"{_called(each)}: root: {one.path} ({one.reason})"


def _missed(rows: Iterable[Row]) -> Iterator[str]:
    for each in rows:
        for one in each.imports.not_found:
            yield f"{_called(each)}: {one.module}: {one.reason} ({one.path})"


def _called(row: Row) -> str:
    """The name of a function; of one that no template names, with its module."""
    return row.name if row.template else row.handler or row.name


def _unknown(rows: Iterable[Row]) -> Iterator[str]:
    for each in rows:
        for alike in _alike(each.unresolved):
            first, *others = alike
            names = [first.property, *(one.property.partition(" ")[2] for one in others)]
            where = f"{first.path}:{first.line}"
            yield f"{each.name}: {_some(names)}: {first.reason} ({where})"


def _some(names: list[str]) -> str:
    rest = len(names) - _NAMED
    return ", ".join(names[:_NAMED]) + (f" and {rest} more" if rest > 0 else "")


def _alike(values: Iterable[Unresolved]) -> Iterable[list[Unresolved]]:
    """Variables of one environment that are unknown for the same reason, and each other value."""
    found: dict[tuple[str, ...], list[Unresolved]] = {}
    for value in values:
        kind = value.property.partition(" ")[0]
        found.setdefault((kind, value.path, value.reason), []).append(value)
    return found.values()


def _cells(each: Row) -> tuple[str, ...]:
    handler = each.handler or _UNKNOWN
    if each.path:
        handler = f"{handler} ({each.path}:{each.line})"
    return (
        each.name,
        handler,
        _joined(each.runtime),
        _joined(each.timeout, "s"),
        _joined(each.memory, "MB"),
        each.package or _UNKNOWN,
        _counted(each.triggers),
        f"{each.template}:{each.template_line}" if each.template else _BY_SIGNATURE,
    )


def _counted(triggers: Iterable[str]) -> str:
    """Each trigger once, with how many there are of it: `sns Uploads, schedule (2)`."""
    counts = Counter(triggers).items()
    return ", ".join(f"{one} ({count})" if count > 1 else one for one, count in counts)


def _joined(choices: tuple[object, ...], unit: str = "") -> str:
    told = (with_unit(choice, unit) if unit else str(choice) for choice in choices)
    return _SEVERAL.join(told) or _UNKNOWN
