"""What lamlint knows of a project, for people who wonder: functions, sizes, settings."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from lamlint import project
from lamlint.catalog import shared_catalog
from lamlint.cli.asked import Listing
from lamlint.cli.terminal import say
from lamlint.config.settings import in_force
from lamlint.config.table import shown
from lamlint.engine import check
from lamlint.engine.scope import Scope, scopes, unanswered
from lamlint.engine.unknown.unread import unread
from lamlint.model import Function
from lamlint.project import Project
from lamlint.project.lookup import Lookup
from lamlint.python.module.stack import deep
from lamlint.report import Places, Style, functions
from lamlint.report.mask import Mask, is_secret
from lamlint.report.terminal import functions as functions_table
from lamlint.secrets.redaction import mask
from lamlint.text import Source, Span
from lamlint.text.regex import Regex
from lamlint.text.visible import visible

if TYPE_CHECKING:
    from lamlint.report import size

_AT_START = Regex(r"^(?:class[ \t]+)?(\w+)", re.MULTILINE)


def functions_of(asked: Listing, style: Style) -> str:
    """Every function that is found, as a table or as JSON."""
    rows = deep(lambda: [row for scope, built in _projects(asked) for row in _rows(scope, built)])
    if asked.form == "json":
        return functions.render_json(rows)
    return functions_table.render(rows, style)


def sizes(asked: Listing, style: Style) -> str:
    """What the packages of functions are made of, as a table with bars or as JSON."""
    from lamlint.report import size

    rows = [row for scope, built in _projects(asked) for row in _packages(scope, built)]
    facts = shared_catalog().packages
    if asked.form == "json":
        return size.render_json(rows, facts)
    return size.render_table(rows, facts, style)


def _packages(scope: Scope, built: Project) -> Iterator[size.Row]:
    """The packages of the functions that are declared, or have code, below the paths asked for."""
    from lamlint.report import size

    places, cover = Places(scope.root, os.getcwd()), _cover(scope, built)
    for package in built.packages:
        function = package.function
        declared = function.span.path
        asked_for = (function.template, declared, function.code.path)
        if any(path and scope.holds(path) for path in asked_for):
            source = built.tree.read(declared)
            line = 1
            if isinstance(source, Source):
                line = source.position(function.span.start).line
            yield size.Row(package, places.shown(declared), line, cover)


def settings(asked: Listing) -> str:
    """The configuration in force for a path, each value with its origin."""
    scope, *_ = scopes(asked.request, asked.rules)
    config = scope.config
    values = in_force(config, scope.rules)
    head = [
        f"project        {shown(scope.root)}",
        f"configuration  {shown(config.file) if config.file else 'none'}",
        *(f"extends        {shown(file)}" for file in config.extends),
        "",
    ]
    width = max(len(key) for key in values)
    lines = [
        f"{key.ljust(width)} = {mask(json.dumps(each.value, default=_written))}  # {each.origin}"
        for key, each in values.items()
    ]
    return "".join(f"{visible(line)}\n" for line in [*head, *lines])


def _written(value: object) -> object:
    """A value that JSON does not know: some rule's own, or a date."""
    return sorted(value) if isinstance(value, frozenset) else str(value)


def _projects(asked: Listing) -> Iterator[tuple[Scope, Project]]:
    found = scopes(asked.request, asked.rules)
    for scope in found:
        built = project.build(scope.tree, scope.targets, shared_catalog(), asked.request.today)
        yield scope, built
        for one in unread(scope, built):
            say(f"not read {shown(scope.disk.absolute(one.span.path))}: {one.reason}")
    for sentence in unanswered(found):
        say(sentence)


def _cover(scope: Scope, built: Project) -> functions.Cover:
    """What covers in a text the secrets that the rules find in the project, as in a report."""
    looking = [rule for rule in scope.rules.values() if is_secret(rule)]
    found = check.check(built, looking, scope.config.options)
    return Mask.of(found, scope.rules, built.tree.read).text


def _rows(scope: Scope, built: Project) -> Iterator[functions.Row]:
    """The functions that templates declare, then the handlers that no template names."""
    places, cover = Places(scope.root, os.getcwd()), _cover(scope, built)
    for function in built.functions:
        tie = built.ties.get(function.id)
        code = None if tie is None else functions.Found(tie.place.path, tie.why)
        definition = _definition(function, built)
        imports = _imports(built.lookup_of(function))
        yield functions.row(function, definition, built.tree, places, cover, code, imports)
    for handler in built.handlers:
        if handler.by_signature and scope.holds(handler.span.path):
            name = f"{handler.module.name}.{handler.name}"
            imports = _imports(built.lookup_in(handler.span.path))
            yield functions.recognised(
                handler.name, name, handler.span, built.tree, places, imports
            )


def _imports(lookup: Lookup) -> functions.Imports:
    """What was looked up, folder by folder, each with the first reason why it is taken."""
    roots: dict[str, str] = {}
    for one in lookup.elsewhere.values():
        roots.setdefault(one.folder, one.why)
    return functions.Imports(
        tuple(functions.Found(folder, why) for folder, why in roots.items()),
        tuple(functions.Missed(one.module, one.path, one.reason) for one in lookup.not_found),
    )


def _definition(function: Function, built: Project) -> Span | None:
    """Where a function's handler is defined; one that is no function, where it is assigned."""
    handler = built.handler_of(function)
    if handler is not None:
        return handler.span
    place = built.place_of(function)
    source = None if place is None else place.source(built.tree)
    if place is None or not isinstance(source, Source):
        return None
    written = source.once(_line_starts, lambda: _line_starts(source.text)).get(place.attribute)
    return None if written is None else source.span(written, written + len(place.attribute))


def _line_starts(text: str) -> Mapping[str, int]:
    """Where each name first begins a line, or a class on it."""
    return {hit[1]: hit.start(1) for hit in reversed([*_AT_START.finditer(text)])}
