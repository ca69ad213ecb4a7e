"""Finds the configuration file that is in force, and reads it."""

from __future__ import annotations

import dataclasses
import os
import posixpath
import re
import typing
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from lamlint.config.chain import chain, place
from lamlint.config.config import MOST_FILE_SIZE, Config, ConfigError, Ignore, Override
from lamlint.config.selection import DEFAULT, Layer, means, nearest, words
from lamlint.config.settings import laid_over
from lamlint.config.table import LARGEST, Table, parse
from lamlint.files import asking, opening
from lamlint.files.boundary import Boundary, below
from lamlint.files.disk import DiskTree
from lamlint.files.git import repository
from lamlint.files.gitignore import LONGEST, Globs
from lamlint.formats import FORMATS
from lamlint.rule import Rule
from lamlint.text.regex import Regex

NAMES = ("lamlint.toml", ".lamlint.toml", "pyproject.toml")
KEYS = (
    "extend",
    "select",
    "extend-select",
    "ignore",
    "extend-ignore",
    "exclude",
    "severity",
    "fail-on",
    "output-format",
    "baseline",
    "max-file-size",
    "rules",
    "overrides",
)
_TOOL_TABLE = Regex(r"^[ \t]*\[+[ \t]*tool[ \t]*\.[ \t]*[\"']?lamlint\b", re.MULTILINE)


def find(folder: str) -> tuple[str, str]:
    """The project's root for a folder, and its configuration file or nothing.

    The nearest folder upward with a configuration, else the git root, else
    the working directory if the folder lies in it, else the folder itself.
    The search ends at the git root: what lies above it belongs to somebody else.
    """
    folder = os.path.abspath(folder)
    git = repository(folder)
    current = folder
    while True:
        if file := configuration_in(current):
            return current, file
        parent = os.path.dirname(current)
        if current in (git, parent):
            return git or _working_directory(folder), ""
        current = parent


def _working_directory(folder: str) -> str:
    """The working directory where it holds a folder and is a project's, else the folder.

    Nobody's home is a project, nor is the root of a disk: all below would be listed.
    """
    working = os.getcwd()
    home = os.path.expanduser("~")
    far = below(home, working)
    return working if below(folder, working) and not far else folder


def configuration_in(folder: str) -> str:
    """The configuration file of a folder, or nothing.

    What has the name and is no file is told when it is read: to pass it over
    would be to check by other rules than those that somebody wrote.
    """
    for name in NAMES:
        file = os.path.join(folder, name)
        if _configures(file) if name == "pyproject.toml" else asking.lexists(file):
            return file
    return ""


def projects_below(disk: DiskTree) -> Iterator[str]:
    """The folders of a project, its root aside, that have a configuration of their own."""
    folders = (posixpath.split(path) for path in disk.sources())
    for folder in dict.fromkeys(folder for folder, name in folders if folder and name in NAMES):
        if configuration_in(disk.absolute(folder)):
            yield folder


def _configures(pyproject: str) -> bool:
    if not asking.is_file(pyproject):
        return False
    try:
        text = opening.read(pyproject, LARGEST).decode("utf-8", "replace")
    except opening.ReadError:
        return True  # nobody knows, so it is told
    if "lamlint" not in text:
        return False
    try:
        return parse(pyproject, ("tool", "lamlint")) is not None
    except ConfigError:
        # Broken TOML is our matter only when it is meant for us.
        return bool(_TOOL_TABLE.search(text))


def boundary_of(root: str) -> Boundary:
    """What no path of a project leads out of."""
    return Boundary(repository(root) or root)


def read(file: str, rules: Mapping[str, Rule], boundary: Boundary | None = None) -> Config:
    """The configuration that a file holds, what it extends included. Raises ConfigError.

    No path in a file of the project leads out of the boundary.
    """
    boundary = boundary or boundary_of(os.path.dirname(os.path.abspath(file)))
    tables = chain(file, boundary)
    extends = tuple(table.file for table in reversed(tables[:-1]))
    config = Config(file=file, extends=extends, layers=(DEFAULT,))
    options: dict[str, dict[str, tuple[Any, Table]]] = {}
    for table in tables:
        table.know(KEYS)
        config = _apply(config, table, rules, boundary)
        for name, keys in _option_tables(table, rules).items():
            options.setdefault(name, {}).update(keys)
    filled = {name: _fill(rules[name], keys) for name, keys in options.items()}
    return dataclasses.replace(config, options=filled)


def _apply(config: Config, table: Table, rules: Mapping[str, Rule], boundary: Boundary) -> Config:
    """A configuration with what one file says laid over it."""
    known = words(rules)
    layers = config.layers
    if _ignored_words(table, known):
        # As `select` does, `ignore` says anew what the files say that this one extends.
        layers = tuple(dataclasses.replace(layer, ignore=()) for layer in layers)
    new: dict[str, Any] = {
        "layers": (*layers, _layer(table, known)),
        "overrides": (
            *config.overrides,
            *(_override(each, known) for each in table.tables("overrides")),
        ),
        "ignores": (
            *config.ignores,
            *(_ignore(each, rules) for each in table.tables("ignore", beside=str)),
        ),
    }
    if "exclude" in table.values:
        new["exclude"] = _globs(table, "exclude")
    for key in ("severity", "fail-on"):
        if (severity := table.severity(key)) is not None:
            new[key.replace("-", "_")] = severity
    if name := table.one("output-format", str):
        table.among("output-format", FORMATS, "format")
        new["output_format"] = name
    if file := place(table, "baseline", boundary):
        new["baseline"] = file
    if (size := _max_file_size(table)) is not None:
        new["max_file_size"] = size
    return dataclasses.replace(config, **new, settings=laid_over(config.settings, table))


def _max_file_size(table: Table) -> int | None:
    size = table.one("max-file-size", int)
    if size is not None and size <= 0:
        raise table.wrong("max-file-size", "max-file-size must be more than 0 bytes")
    if size is not None and size > MOST_FILE_SIZE:
        most = f"here max-file-size is {MOST_FILE_SIZE} bytes at most"
        raise table.wrong("max-file-size", f"{most}; the option --max-file-size takes more")
    return size


def _layer(table: Table, known: frozenset[str]) -> Layer:
    selected = table.among("select", known, "rule, family or tier")
    more = table.among("extend-ignore", known, "rule, family or tier")
    return Layer(
        selected if "select" in table.values else None,
        table.among("extend-select", known, "rule, family or tier"),
        (*_ignored_words(table, known), *more),
    )


def _ignored_words(table: Table, known: frozenset[str]) -> tuple[str, ...]:
    """The words of `ignore`, which may also hold tables: those suppress single findings."""
    table.tables("ignore", beside=str)
    value = table.values.get("ignore", [])
    words = [item for item in value if isinstance(item, str)] if isinstance(value, list) else value
    only_words = dataclasses.replace(table, values={"ignore": words})
    return only_words.among("ignore", known, "rule, family or tier")


def _override(table: Table, known: frozenset[str]) -> Override:
    known_keys = ("path", "select", "extend-select", "ignore", "extend-ignore", "severity")
    table.know(known_keys, "option of an override")
    if not table.strings("path"):
        raise table.wrong("path", "an override needs a path")
    return Override(_globs(table, "path"), _layer(table, known), table.severity("severity"))


def _ignore(table: Table, rules: Mapping[str, Rule]) -> Ignore:
    table.know(("rule", "path", "function", "reason", "expires"), "option of an ignore")
    rule = table.string("rule")
    if not rule:
        raise table.wrong("rule", "an ignore needs a rule")
    table.among("rule", rules, "rule")
    if not table.strings("path") and not table.string("function"):
        raise table.wrong(
            "path", f"an ignore needs a path or a function; else write {rule!r} alone"
        )
    return Ignore(
        rule,
        _globs(table, "path"),
        table.string("function"),
        table.string("reason"),
        table.date("expires"),
        table.file,
        table.line("rule"),
    )


def _globs(table: Table, key: str) -> Globs:
    globs = Globs.of(table.strings(key))
    if not globs.patterns.whole:
        raise table.wrong(
            key, f"the wildcards of {key} are longer than {LONGEST:,} characters together"
        )
    return globs


def _option_tables(
    table: Table, rules: Mapping[str, Rule]
) -> Mapping[str, dict[str, tuple[Any, Table]]]:
    found: dict[str, dict[str, tuple[Any, Table]]] = {}
    tables = table.table("rules")
    tables.know(rules, "rule")
    for name in tables.values:
        own = tables.table(name)
        fields = _fields(rules[name])
        if own.values and not fields:
            raise tables.wrong(name, f"the rule {name} has no options")
        own.know(fields, f"option of {name}")
        found[name] = {key: (_value(own, key, fields[key]), own) for key in own.values}
    return found


def _fields(rule: Rule) -> Mapping[str, object]:
    """The options of a rule as they are written, each with its type."""
    if rule.options is None:
        return {}
    hints = typing.get_type_hints(type(rule.options))
    return {
        each.name.replace("_", "-"): hints[each.name] for each in dataclasses.fields(rule.options)
    }


def _value(table: Table, key: str, kind: object) -> object:
    if isinstance(kind, type) and kind in (bool, int, float, str):
        value: object = table.one(key, kind)
        return value
    if typing.get_origin(kind) in (tuple, frozenset):
        return typing.get_origin(kind)(table.strings(key))  # type: ignore[misc]
    return table.values[key]


def _fill(rule: Rule, keys: Mapping[str, tuple[Any, Table]]) -> object:
    changes = {key.replace("-", "_"): value for key, (value, _) in keys.items()}
    try:
        return dataclasses.replace(rule.options, **changes) if changes else rule.options
    except (TypeError, ValueError) as error:
        key, (_, table) = next(iter(keys.items()))
        raise table.wrong(key, f"the options of {rule.name}: {error}") from None


def known_word(word: str, rules: Mapping[str, Rule]) -> str:
    """A word of the command line that selects. Raises ConfigError for one that means nothing."""
    known = words(rules)
    if word not in known:
        raise ConfigError(f"there is no rule, family or tier {word!r}{nearest(word, known)}")
    return word


def layer(
    rules: Mapping[str, Rule],
    select: Iterable[str] | None,
    extend_select: Iterable[str],
    ignore: Iterable[str],
) -> Layer:
    """What words say of rules. Raises ConfigError for one that means nothing."""

    def known(given: Iterable[str]) -> tuple[str, ...]:
        listed = (given,) if isinstance(given, str) else given
        return tuple(known_word(word, rules) for word in listed)

    return Layer(None if select is None else known(select), known(extend_select), known(ignore))


def named(words: Sequence[str], rules: Mapping[str, Rule]) -> tuple[Rule, ...]:
    """The rules that some words mean, each once; all without any. Raises ConfigError."""
    meant = [known_word(word, rules) for word in words]
    return tuple(rule for rule in rules.values() if not meant or means(meant, rule))
