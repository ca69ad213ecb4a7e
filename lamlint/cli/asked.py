"""What a command line asks for, read once: behind this there are no options, but plain data."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime, timezone
from typing import Any, BinaryIO

from lamlint import registry
from lamlint.cli.terminal import say
from lamlint.config.reading import layer
from lamlint.config.selection import Layer
from lamlint.config.table import shown
from lamlint.engine.scope import Request, UsageError
from lamlint.rule import Rule
from lamlint.text import Safety, Severity
from lamlint.text.dataclass import dataclass

Options = Mapping[str, Any]
"""The options of a command as click gives them, by the names of its parameters."""


@dataclass(frozen=True)
class Listing:
    """What `functions`, `size` and `config` are asked for; `form` is table or json."""

    request: Request
    rules: Mapping[str, Rule]
    form: str


@dataclass(frozen=True)
class Telling:
    """How `check` tells what it finds.

    An empty `form` leaves it to the configuration; `files` are pairs of a format and a file;
    `colour` is auto, always or never.
    """

    form: str
    files: tuple[tuple[str, str], ...]
    colour: str
    statistics: bool
    show_fixes: bool
    only_fixes: bool
    quiet: bool
    verbose: bool


@dataclass(frozen=True)
class Exit:
    """When `check` ends with another code than 0; None leaves the severity to the configuration."""

    severity: Severity | None
    never: bool
    after_fix: bool
    unless_read: bool


@dataclass(frozen=True)
class Asked:
    """What `check` is asked for.

    `reason` stands in the comments that accept what is found; None where none are to be added.
    With `diff` nothing is written, and what would be is shown. `unsafe` counts unsafe fixes
    among those that could be made. `jobs` processes do the work; None for as many as are worth it.
    """

    request: Request
    rules: Mapping[str, Rule]
    telling: Telling
    exit: Exit
    reason: str | None
    diff: bool
    unsafe: bool
    jobs: int | None = 1


def listing(options: Options, paths: tuple[str, ...], form: str = "table") -> Listing:
    """The options of `functions`, `size` and `config`."""
    request = Request(
        paths=paths or (".",),
        today=datetime.now(timezone.utc).date(),
        config=options["config"],
        isolated=options["isolated"],
        max_file_size=options["max_file_size"],
    )
    return Listing(request, registry.load(options["rule_folders"]), form)


def asked(options: Options, stdin: BinaryIO) -> Asked:
    """The options of `check`; raises UsageError for those that do not go together."""
    rules = registry.load(options["rule_folders"])
    _once_each([file for _, file in options["outputs"]])
    _one_thing_written(options)
    return Asked(
        request=_request(options, rules, stdin),
        rules=rules,
        telling=Telling(
            form=options["output_format"] or "",
            files=options["outputs"],
            colour=options["color"],
            statistics=options["statistics"],
            show_fixes=options["show_fixes"],
            only_fixes=options["fix_only"],
            quiet=options["quiet"],
            verbose=options["verbose"],
        ),
        exit=Exit(
            severity=_severity(options["fail_on"]),
            never=options["exit_zero"],
            after_fix=options["exit_non_zero_on_fix"],
            unless_read=options["require_read"],
        ),
        reason=options["add_ignore"],
        diff=options["diff"],
        unsafe=options["unsafe_fixes"],
        jobs=options["jobs"],
    )


def _once_each(files: Sequence[str]) -> None:
    """Two reports in one file would leave the last one only."""
    for file, count in Counter(map(os.path.abspath, files)).items():
        if count > 1:
            raise UsageError("two reports cannot go to one file", shown(file))


def _one_thing_written(options: Options) -> None:
    """Refuse what would write two things at a time, or report into files in a preview."""
    wanted = {
        "--fix": options["fix"] or options["fix_only"],
        "--add-ignore": options["add_ignore"] is not None,
        "--write-baseline": options["write_baseline"],
    }
    given = [name for name, is_wanted in wanted.items() if is_wanted]
    if len(given) > 1:
        raise UsageError(f"{' and '.join(given)} write on their own; run one after the other")
    if "-" in options["paths"] and given and given[0] != "--fix":
        raise UsageError(f"{given[0]} writes files, and - is none; name the file itself")
    for _, file in options["outputs"] if options["diff"] else ():
        say(f"{shown(file)}: no report is written, as --diff writes nothing")


def _request(options: Options, rules: Mapping[str, Rule], stdin: BinaryIO) -> Request:
    """What is to be read, checked and mended."""
    paths = options["paths"] or (".",)
    data = None
    if "-" in paths:
        if len(paths) > 1 or not options["stdin_filename"]:
            raise UsageError("- stands alone and needs --stdin-filename")
        paths, data = (options["stdin_filename"],), stdin.read()
    elif options["stdin_filename"]:
        raise UsageError("--stdin-filename needs - in place of the paths")
    return Request(
        paths=paths,
        today=datetime.now(timezone.utc).date(),
        layer=_layer(options, rules),
        severity=_severity(options["severity"]),
        config=options["config"],
        isolated=options["isolated"],
        force_exclude=options["force_exclude"],
        baseline=options["baseline"],
        max_file_size=options["max_file_size"],
        write_baseline=options["write_baseline"],
        fix=_fix(options),
        stdin=data,
    )


def _layer(options: Options, rules: Mapping[str, Rule]) -> Layer:
    """What the command line says of rules."""
    select, extend, ignore = (
        [word for words in options[key] for word in words]
        for key in ("select", "extend_select", "ignore")
    )
    return layer(rules, select or None, extend, ignore)


def _severity(name: str | None) -> Severity | None:
    return None if name is None else Severity[name.upper()]


def _fix(options: Options) -> Safety | None:
    accepts = options["add_ignore"] is not None or options["write_baseline"]
    if accepts or not (options["fix"] or options["fix_only"] or options["diff"]):
        return None
    return Safety.UNSAFE if options["unsafe_fixes"] else Safety.SAFE
