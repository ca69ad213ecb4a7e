"""The lines of a TOML file's keys, which its parser does not tell."""

from __future__ import annotations

from lamlint.text.regex import Regex

Key = str | int

_HEADER = Regex(r"\s*(\[\[?)(.+?)\]\]?\s*(?:#.*)?$")
_BEHIND = Regex(r"[\"']?\s{0,80}[.=]")
_QUOTES = ("'", '"')
_MARKS = ".{,"
_PART = Regex(r"\"([^\"]*)\"|'([^']*)'|([^.\s]+)")


def line_of(text: str, path: tuple[Key, ...], value: str | None = None) -> int:
    """The line of a key (numbers stand for the tables of an array), or of a value of it.

    What cannot be found is told at the nearest thing around it that can.
    """
    lines = text.splitlines()
    start, end, rest = _table(lines, path)
    line = max(start, 0)
    for key in rest:
        if isinstance(key, int):
            continue
        found = next((n for n in range(line, end) if _holds(lines[n], key)), None)
        if found is None:
            return line + 1
        line = found
    if value is not None:
        quoted = (f'"{value}"', f"'{value}'")
        line = next((n for n in range(line, end) if any(q in lines[n] for q in quoted)), line)
    return line + 1


def _holds(line: str, key: str) -> bool:
    """Whether a line has a key: it stands first or behind a mark, and before an equals sign."""
    place = line.find(key)
    while place >= 0:
        before = line[max(place - 2, 0) : place]
        bare = before[:-1] if before[-1:] in _QUOTES else before
        if _BEHIND.match(line, place + len(key)) and any(
            not one or one[-1] in _MARKS or one[-1].isspace() for one in (before, bare)
        ):
            return True
        place = line.find(key, place + 1)
    return False


def _table(lines: list[str], path: tuple[Key, ...]) -> tuple[int, int, tuple[Key, ...]]:
    """The lines of the longest table whose name begins the path, and what is left of the path."""
    best: tuple[int, int, int] = (-1, len(lines), 0)
    first = next((n for n, line in enumerate(lines) if _HEADER.match(line)), len(lines))
    best = (-1, first, 0)
    seen: dict[tuple[str, ...], int] = {}
    for number, line in enumerate(lines):
        if not (header := _HEADER.match(line)):
            continue
        name = tuple("".join(part) for part in _PART.findall(header.group(2)))
        own: tuple[Key, ...] = name
        if header.group(1) == "[[":
            seen[name] = seen.get(name, -1) + 1
            own = (*name, seen[name])
        if own == path[: len(own)] and len(own) > best[2]:
            after = range(number + 1, len(lines))
            end = next((n for n in after if _HEADER.match(lines[n])), len(lines))
            best = (number, end, len(own))
    return best[0], best[1], path[best[2] :]
