"""A table of a TOML file whose errors name the file, the line and the nearest valid word."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Collection, Mapping
from typing import Any, TypeVar

from lamlint.config.config import ConfigError
from lamlint.config.lines import Key, line_of
from lamlint.config.selection import nearest
from lamlint.files.opening import MEGABYTE, ReadError, read
from lamlint.text import Severity
from lamlint.text.dataclass import dataclass
from lamlint.text.regex import Regex

T = TypeVar("T")
_FEW = 8

LARGEST = MEGABYTE
"""The largest configuration that is read, in bytes."""
_PLACE = Regex(r" \(at line (\d+), column \d+\)")

_KINDS: Mapping[type, str] = {
    bool: "true or false",
    int: "a whole number",
    float: "a number",
    str: "a string",
    dict: "a table",
}


@dataclass(frozen=True)
class Table:
    """One table. `path` is its place in the file, `file` the file's absolute path."""

    file: str
    text: str
    path: tuple[Key, ...]
    values: Mapping[str, Any]

    def line(self, key: str, value: str | None = None) -> int:
        """The line of a key, or of one of its values."""
        return line_of(self.text, (*self.path, key), value)

    def origin(self, key: str) -> str:
        """Where a key is written, as people are told it."""
        return f"{shown(self.file)}:{self.line(key)}"

    def wrong(self, key: str, message: str, value: str | None = None) -> ConfigError:
        """An error at a key, or at one of its values."""
        return ConfigError(message, shown(self.file), self.line(key, value))

    def know(self, keys: Collection[str], what: str = "option") -> None:
        """Raise for a key that is not one of these."""
        for key in self.values:
            if key not in keys:
                raise self.wrong(key, f"there is no {what} {key!r}{nearest(key, keys)}")

    def one(self, key: str, kind: type[T]) -> T | None:
        """A value of a type; None when absent."""
        value = self.values.get(key)
        if value is None:
            return None
        whole = kind is float and isinstance(value, int)
        if not (isinstance(value, kind) or whole) or (kind is not bool and isinstance(value, bool)):
            raise self.wrong(key, f"{key} must be {_KINDS[kind]}")
        return kind(value) if whole else value  # type: ignore[call-arg]

    def string(self, key: str) -> str:
        """A string, empty when absent."""
        return self.one(key, str) or ""

    def file_named(self, key: str) -> str:
        """The path of a file, empty when absent."""
        value = self.string(key)
        if "\0" in value:
            raise self.wrong(key, f"{key} must be a path, and no path holds a NUL character")
        return value

    def strings(self, key: str) -> tuple[str, ...]:
        """A list of strings, or one string."""
        value = self.values.get(key, [])
        value = [value] if isinstance(value, str) else value
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise self.wrong(key, f"{key} must be a list of strings")
        return tuple(value)

    def among(self, key: str, known: Collection[str], what: str) -> tuple[str, ...]:
        """Strings that must be known words."""
        for word in self.strings(key):
            if word not in known:
                hint = nearest(word, known) or _listed(known)
                raise self.wrong(key, f"there is no {what} {word!r}{hint}", word)
        return self.strings(key)

    def severity(self, key: str) -> Severity | None:
        """A severity by its name."""
        labels = {severity.label: severity for severity in Severity}
        name = self.one(key, str)
        if name is None:
            return None
        if name not in labels:
            raise self.wrong(
                key, f"{key} must be one of {', '.join(labels)}{nearest(name, labels)}"
            )
        return labels[name]

    def date(self, key: str) -> dt.date | None:
        """A date, written as a TOML date or as a string."""
        value = self.values.get(key)
        if isinstance(value, str):
            try:
                return dt.date.fromisoformat(value)
            except ValueError:
                value = ()
        if value is None or type(value) is dt.date:
            return value
        raise self.wrong(key, f"{key} must be a date such as 2027-03-01")

    def table(self, key: str) -> Table:
        """A table below this one, empty when absent."""
        return Table(self.file, self.text, (*self.path, key), self.one(key, dict) or {})

    def tables(self, key: str, *, beside: type[str] | None = None) -> tuple[Table, ...]:
        """The tables of an array. Strings may stand beside them where `beside` says so."""
        value = self.values.get(key, [])
        value = [value] if beside is not None and isinstance(value, beside) else value
        kinds = (dict,) if beside is None else (dict, beside)
        if not isinstance(value, list) or not all(isinstance(item, kinds) for item in value):
            also = "" if beside is None else "words in a list, or "
            raise self.wrong(key, f"{key} must be {also}tables that begin with [[{key}]]")
        return tuple(
            Table(self.file, self.text, (*self.path, key, number), item)
            for number, item in enumerate(item for item in value if isinstance(item, dict))
        )


def _listed(known: Collection[str]) -> str:
    """The words that there are, as the end of a sentence, where they are few."""
    return f"; write one of {', '.join(known)}" if len(known) <= _FEW else ""


def parse(file: str, inside: tuple[str, ...] = ()) -> Table | None:
    """A TOML file, or a table in it; None when it has no such table."""
    import tomli

    text = _text(file)
    try:
        values: Any = tomli.loads(text)
    except tomli.TOMLDecodeError as error:
        message = str(error)
        place = _PLACE.search(message)
        line = int(place.group(1)) if place else text.count("\n") + 1
        reason = (
            message.replace(place.group(), "") if place else message.split(" (at ", maxsplit=1)[0]
        )
        reason = reason[:1].lower() + reason[1:]
        raise ConfigError(f"this is no TOML: {reason}", shown(file), line) from None
    except RecursionError:
        raise ConfigError("this is nested too deep to be read", shown(file)) from None
    for name in inside:
        values = values.get(name)
        if not isinstance(values, dict):
            return None
    return Table(file, text, inside, values)


def _text(file: str) -> str:
    try:
        data = read(file, LARGEST)
    except ReadError as error:
        raise ConfigError(str(error), shown(file)) from None
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise ConfigError("this is not UTF-8 text", shown(file), line) from None


def shown(file: str) -> str:
    """A path as people are told it: relative to the working directory."""
    try:
        return os.path.relpath(file).replace(os.sep, "/")
    except ValueError:  # another drive
        return file
