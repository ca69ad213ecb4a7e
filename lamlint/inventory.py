"""What lamlint knows of a project, for people who wonder: functions, sizes, settings."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Mapping
from datetime import datetime, timezone
from typing import Any

from lamlint import project, registry
from lamlint.catalog import Catalog
from lamlint.config import Config, Setting
from lamlint.model import Function, Value
from lamlint.project import Project
from lamlint.resolution import place
from lamlint.run import Request, Scope, scopes
from lamlint.text import Source, Span
from lamlint.toml_table import shown

Options = Mapping[str, Any]

_SCALARS = ("runtime", "handler", "timeout", "memory", "ephemeral_storage", "architectures")


def _projects(options: Options) -> Iterator[tuple[Scope, Project]]:
    today = datetime.now(timezone.utc).date()
    request = Request(
        paths=options["paths"] or (".",),
        today=today,
        config=options["config"],
        isolated=options["isolated"],
    )
    for scope in scopes(request, registry.load(options["rule_folders"])):
        yield scope, project.build(scope.tree, scope.targets, Catalog(), today)


def listed(options: Options) -> str:
    """Every function that is found, as a table or as JSON."""
    entries = [
        _entry(scope, built, function)
        for scope, built in _projects(options)
        for function in built.functions
    ]
    if options["output_format"] == "json":
        return json.dumps({"version": 1, "functions": entries}, indent=2, ensure_ascii=False)
    return _table(entries)


def sizes(options: Options) -> str:
    """What the packages of all functions are made of, as a table with bars or as JSON."""
    from lamlint.report import size

    packages = [package for _, built in _projects(options) for package in built.packages]
    render = size.as_json if options["output_format"] == "json" else size.table
    return render(packages, Catalog().packages.unzipped_limit)


def _entry(scope: Scope, built: Project, function: Function) -> dict[str, Any]:
    values: dict[str, Value[Any]] = {name: getattr(function, name) for name in _SCALARS}
    path, line = _handler(scope, built, function)
    return {
        "name": function.name,
        "handler": _plain(function.handler),
        "path": path,
        "line": line,
        "runtime": _plain(function.runtime),
        "timeout": _plain(function.timeout),
        "memory": _plain(function.memory),
        "template": shown(scope.disk.absolute(function.template)),
        "template_line": _line(built, function.span),
        "dialect": function.dialect,
        "package": _package(scope, function),
        "package_kind": function.code.kind.value,
        "triggers": [
            {"name": event.name, "kind": event.kind.value, "source": _plain(event.source)}
            for event in function.events
        ],
        "unresolved": {
            name: value.reason or "it could not be resolved"
            for name, value in values.items()
            if not value.choices
        },
    }


def _plain(value: Value[Any]) -> Any:
    """A value as JSON has it: several choices as a list, an unknown one as null."""
    if value.known:
        return value.only
    return [choice.value for choice in value.choices] or None


def _package(scope: Scope, function: Function) -> str | None:
    path = function.code.path
    return shown(scope.disk.absolute(path)) if path else None


def _line(built: Project, span: Span) -> int | None:
    source = built.tree.read(span.path)
    return source.position(span.start).line if isinstance(source, Source) else None


def _handler(scope: Scope, built: Project, function: Function) -> tuple[str | None, int | None]:
    """The file and line of a function's handler, where it can be found."""
    if not function.python:
        return None, None
    found = place(function, built.tree)
    source = None if found is None else found.source(built.tree)
    if found is None or not isinstance(source, Source):
        return None, None
    written = re.compile(
        rf"^(?:(?:async[ \t]+)?def[ \t]+|class[ \t]+)?{re.escape(found.attribute)}\b", re.MULTILINE
    )
    match = written.search(source.text)
    path = shown(scope.disk.absolute(found.path))
    if match is None:
        return path, None
    return path, _line(built, source.span(match.start(), match.end()))


def _table(entries: list[dict[str, Any]]) -> str:
    if not entries:
        return "No functions found."
    heads = ("NAME", "HANDLER", "RUNTIME", "TIMEOUT", "MEMORY", "PACKAGE", "TRIGGERS", "DECLARED")
    rows = [heads, *(_row(entry) for entry in entries)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(heads))]
    lines = [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]
    reasons = [
        f"{entry['name']}: {name} is not known: {reason}"
        for entry in entries
        for name, reason in entry["unresolved"].items()
    ]
    return "\n".join([*lines, *(["", *reasons] if reasons else [])])


def _row(entry: dict[str, Any]) -> tuple[str, ...]:
    place = f"{entry['path']}:{entry['line']}" if entry["path"] else _cell(entry["handler"])
    return (
        entry["name"],
        place,
        _cell(entry["runtime"]),
        _cell(entry["timeout"], " s"),
        _cell(entry["memory"], " MB"),
        _cell(entry["package"] or entry["package_kind"]),
        ", ".join(dict.fromkeys(trigger["kind"] for trigger in entry["triggers"])) or "-",
        f"{entry['template']}:{entry['template_line']}",
    )


def _cell(value: Any, unit: str = "") -> str:
    if value is None:
        return "?"
    if isinstance(value, list):
        return " or ".join(str(item) for item in value) + unit
    return f"{value}{unit}"


def settings(options: Options) -> str:
    """The configuration in force for a path, each value with its origin."""
    request = Request(
        paths=(options["path"],),
        today=datetime.now(timezone.utc).date(),
        config=options["config"],
        isolated=options["isolated"],
    )
    (scope,) = scopes(request, registry.load(options["rule_folders"]))
    config = scope.config
    head = [
        f"project        {shown(scope.root)}",
        f"configuration  {shown(config.file) if config.file else 'none'}",
        "",
    ]
    values = {**_defaults(), **config.settings}
    width = max(len(key) for key in values)
    lines = [
        f"{key.ljust(width)} = {json.dumps(each.value, default=str)}  # {each.origin}"
        for key, each in sorted(values.items())
    ]
    return "\n".join([*head, *lines])


def _defaults() -> dict[str, Setting]:
    config = Config()
    values: dict[str, object] = {
        "select": ["default"],
        "ignore": [],
        "exclude": [],
        "severity": config.severity.label,
        "fail-on": config.fail_on.label,
        "output-format": config.output_format,
        "baseline": os.fspath(config.baseline),
        "max-file-size": config.max_file_size,
    }
    return {key: Setting(value, "default") for key, value in values.items()}
