"""Checking as a function: its arguments are those of `lamlint check`."""

from __future__ import annotations

import os
import warnings
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timezone
from typing import TypeAlias

from lamlint import registry
from lamlint.api.report import Report, plain
from lamlint.config.reading import layer
from lamlint.engine import pipeline
from lamlint.engine.scope import Request, UsageError
from lamlint.rule import Rule
from lamlint.text import Severity

Path: TypeAlias = "str | os.PathLike[str]"


def check(
    paths: Path | Iterable[Path] = ".",
    *,
    root: Path = "",
    config: Path = "",
    isolated: bool = False,
    select: Iterable[str] | None = None,
    extend_select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    severity: Severity | None = None,
    baseline: Path = "",
    rules: Iterable[Path] = (),
    force_exclude: bool = False,
    max_file_size: int | None = None,
    today: date | None = None,
) -> Report:
    """Check some files and folders; nothing is written.

    `paths` limit what is reported, not what is read: the project around them is. All paths are
    counted from `root`, the current folder by default, and the report tells them from there.
    Settings that are not given are those of the project's configuration, or of the file that
    `config` names; `isolated` reads none. `select`, `extend_select` and `ignore` hold the names
    of rules, families or tiers; `severity` is the least that is told. `baseline` is a file of
    known findings. `rules` are folders of own rules: they are code, and are run.
    `force_exclude` leaves out what the configuration excludes also where `paths` names it.
    `today` is the day on which a runtime may be deprecated or a suppression may have ended.

    Raises a LamlintError: UsageError for a path that does not exist and for arguments that do
    not go together, ConfigError for a configuration or a word that means nothing, BaselineError
    for a baseline and RegistryError for rules that cannot be used.
    """
    if max_file_size is not None and max_file_size < 1:
        raise UsageError(f"max_file_size must be at least 1, and is {max_file_size}")
    known = registry.load(tuple(os.path.join(root, folder) for folder in rules))
    given = [paths] if isinstance(paths, (str, os.PathLike)) else paths
    request = Request(
        paths=tuple(os.path.join(root, path) for path in given),
        today=today or datetime.now(timezone.utc).date(),
        layer=layer(known, select, extend_select, ignore),
        severity=severity,
        config=_file(root, config),
        isolated=isolated,
        force_exclude=force_exclude,
        baseline=_file(root, baseline),
        max_file_size=max_file_size,
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what Python says of the code that is read quotes it
        outcomes = run(request, known)
    working = os.path.abspath(root)
    return plain(pipeline.report_on(outcomes, known, unsafe=False, written=False, working=working))


def run(request: Request, rules: Mapping[str, Rule]) -> tuple[pipeline.Outcome, ...]:
    """What a check is made from: for the command line and its like, which also mend and write.

    What this takes and gives is the engine's, and not as stable as the rest.
    """
    return pipeline.run(request, rules)


def _file(root: Path, name: Path) -> str:
    """The path of a file that may be named; empty for none."""
    return os.path.join(root, name) if os.fspath(name) else ""
