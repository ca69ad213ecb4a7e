"""The functions of a project: what was found out about each, and what could not be."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Iterator
from typing import TypeAlias

from lamlint.model import NOT_SET, CodeKind, EventSource, Function, Scalar, Value
from lamlint.report.json_text import json_text
from lamlint.report.places import Places
from lamlint.secrets.redaction import mask
from lamlint.text import Source, Span, Tree
from lamlint.text.dataclass import dataclass

VERSION = 1
Cover: TypeAlias = Callable[[str], str]
"""Gives a text with the secrets in it covered."""


@dataclass(frozen=True)
class Unresolved:
    """A value that could not be known, and why; `path` and `line` are where it is written."""

    property: str
    reason: str
    path: str
    line: int


@dataclass(frozen=True)
class Found:
    """The file that is the code of a function whose package is not here, and why it is that."""

    path: str
    reason: str


@dataclass(frozen=True)
class Missed:
    """An import that was not found: the module's name, the file that imports it, and why."""

    module: str
    path: str
    reason: str


@dataclass(frozen=True)
class Imports:
    """From where a function imports beyond its own code, and what of it was not found.

    The folders of `roots` are told with the reason why they are taken.
    """

    roots: tuple[Found, ...] = ()
    not_found: tuple[Missed, ...] = ()


_NO_IMPORTS = Imports()


@dataclass(frozen=True)
class Row:
    """One function as `lamlint functions` tells it. Paths are relative to the working directory.

    `runtime`, `timeout` and `memory` are None when unknown, and hold all
    choices when there are several; `path` and `line` are those of the handler.
    A handler that was recognised by its signature has no template. `code` is None
    where the template itself says where the code is.
    """

    name: str
    handler: str | None
    path: str | None
    line: int | None
    runtime: tuple[object, ...]
    timeout: tuple[object, ...]
    memory: tuple[object, ...]
    package: str | None
    triggers: tuple[str, ...]
    template: str | None
    template_line: int | None
    unresolved: tuple[Unresolved, ...]
    code: Found | None = None
    imports: Imports = Imports()


def recognised(
    name: str, handler: str, definition: Span, tree: Tree, places: Places, imports: Imports
) -> Row:
    """A handler that no template names: only where it is defined is known."""
    return Row(
        name=name,
        handler=handler,
        path=places.shown(definition.path),
        line=_line(definition, tree),
        runtime=(),
        timeout=(),
        memory=(),
        package=None,
        triggers=(),
        template=None,
        template_line=None,
        unresolved=(),
        imports=_shown(imports, places, mask),
    )


def row(
    function: Function,
    handler: Span | None,
    tree: Tree,
    places: Places,
    cover: Cover = mask,
    code: Found | None = None,
    imports: Imports = _NO_IMPORTS,
) -> Row:
    """What is known of a function; `handler` is where its handler is defined, if that is known.

    `code` and `imports` have their paths from the project's root.
    """
    return Row(
        name=cover(function.name),
        handler=cover(str(function.handler.only)) if function.handler.known else None,
        path=places.shown(handler.path) if handler else None,
        line=_line(handler, tree) if handler else None,
        runtime=_choices(function.runtime, cover),
        timeout=_choices(function.timeout, cover),
        memory=_choices(function.memory, cover),
        package=_package(function, places, cover),
        triggers=tuple(_trigger(event, cover) for event in function.events),
        template=places.shown(function.span.path),
        template_line=_line(function.span, tree),
        unresolved=tuple(_unresolved(function, tree, places, cover)),
        code=None if code is None else Found(places.shown(code.path), cover(code.reason)),
        imports=_shown(imports, places, cover),
    )


def _shown(imports: Imports, places: Places, cover: Cover) -> Imports:
    """The imports with their paths as a user has them."""
    return Imports(
        tuple(Found(_folder(one.path, places), cover(one.reason)) for one in imports.roots),
        tuple(
            Missed(cover(one.module), places.shown(one.path), cover(one.reason))
            for one in imports.not_found
        ),
    )


def _folder(path: str, places: Places) -> str:
    return f"{places.shown(path or '.').rstrip('/')}/"


def unknown(function: Function) -> Iterator[tuple[str, Value[str]]]:
    """The values of a function that could not be known, by name."""
    for name, value in _values(function):
        if not value.choices:
            yield name, value


def why(value: Value[str], cover: Cover = mask) -> str:
    """Why a value is not known."""
    return cover(value.reason) or "it could not be read"


def _unresolved(
    function: Function, tree: Tree, places: Places, cover: Cover
) -> Iterator[Unresolved]:
    for name, value in unknown(function):
        path = places.shown(value.span.path)
        yield Unresolved(cover(name), why(value, cover), path, _line(value.span, tree))


def _values(function: Function) -> Iterator[tuple[str, Value[str]]]:
    """The values a reader may ask about, by the names users know them by."""
    for name in ("handler", "runtime", "timeout", "memory", "architectures"):
        yield name, getattr(function, name).map(str)
    if function.code.kind is CodeKind.UNKNOWN:
        yield "code", function.code.uri.map(str)
    for name, value in function.environment.variables.items():
        if value.reason != NOT_SET:  # AWS::NoValue: the function has no such variable
            yield f"environment {name}", value.map(str)


def _choices(value: Value[str] | Value[Scalar], cover: Cover) -> tuple[object, ...]:
    found = (choice.value for choice in value.choices)
    return tuple(dict.fromkeys(cover(one) if isinstance(one, str) else one for one in found))


def _line(span: Span, tree: Tree) -> int:
    source = tree.read(span.path)
    return source.position(span.start).line if isinstance(source, Source) else 1


def _package(function: Function, places: Places, cover: Cover) -> str | None:
    code = function.code
    if code.path:
        return cover(places.shown(code.path))
    return None if code.kind is CodeKind.UNKNOWN else code.kind.value


def _trigger(event: EventSource, cover: Cover) -> str:
    source = f" {event.source.only}" if event.source.known else ""
    return cover(f"{event.kind.value}{source}")


def render_json(rows: Iterable[Row]) -> str:
    """`{"version": 1, "functions": […]}`; a value with several choices is a list."""
    document = {"version": VERSION, "functions": [_function(each) for each in rows]}
    return json_text(document)


def _function(each: Row) -> dict[str, object]:
    return {
        "name": each.name,
        "handler": each.handler,
        "path": each.path,
        "line": each.line,
        "runtime": _plain(each.runtime),
        "timeout": _plain(each.timeout),
        "memory": _plain(each.memory),
        "template": each.template,
        "template_line": each.template_line,
        "package": each.package,
        "code": None if each.code is None else dataclasses.asdict(each.code),
        "imports": {
            "roots": [dataclasses.asdict(one) for one in each.imports.roots],
            "not_found": [dataclasses.asdict(one) for one in each.imports.not_found],
        },
        "triggers": list(each.triggers),
        "unresolved": [dataclasses.asdict(value) for value in each.unresolved],
    }


def _plain(choices: tuple[object, ...]) -> object:
    match choices:
        case ():
            return None
        case (only,):
            return only
        case _:
            return list(choices)
