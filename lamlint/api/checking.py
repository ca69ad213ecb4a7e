"""Checking as a function: its arguments are those of `lamlint check`."""

from __future__ import annotations

import os
import warnings
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timezone
from typing import TYPE_CHECKING, TypeAlias

from lamlint import registry
from lamlint.api.report import Report, plain
from lamlint.config.reading import layer
from lamlint.engine import pipeline
from lamlint.engine.bench import SILENT, Bench, Watch, here
from lamlint.engine.scope import Request, UsageError
from lamlint.rule import Rule
from lamlint.text import Severity

if TYPE_CHECKING:
    from concurrent.futures import Executor

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
    jobs: int | None = 1,
    executor: Executor | None = None,
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
    The work is done in this process, by so many processes as `jobs` says (None: as many as are
    worth it), or by the calls of an `executor`, whose workers have lamlint, the folders of own
    rules and the project's files where they are here. The report is the same.

    Raises a LamlintError: UsageError for a path that does not exist and for arguments that do
    not go together, ConfigError for a configuration or a word that means nothing, BaselineError
    for a baseline and RegistryError for rules that cannot be used; a plain one for an `executor`
    that does nothing.
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
        outcomes = run(request, known, bench(jobs, executor))
    working = os.path.abspath(root)
    return plain(pipeline.report_on(outcomes, known, unsafe=False, written=False, working=working))


def run(
    request: Request, rules: Mapping[str, Rule], bench: Bench = here, watch: Watch = SILENT
) -> tuple[pipeline.Outcome, ...]:
    """What a check is made from: for the command line and its like, which also mend and write.

    What this takes and gives is the engine's, and not as stable as the rest.
    """
    return pipeline.run(request, rules, bench, watch)


def bench(jobs: int | None = 1, executor: Executor | None = None) -> Bench:
    """Where the work is done, as for `check`. Raises UsageError."""
    if executor is not None:
        from lamlint.engine.workers.lent import Lent

        if jobs not in (1, None):
            raise UsageError("jobs are processes of lamlint: an executor has its own workers")
        return Lent(executor)
    if jobs is not None and jobs < 1:
        raise UsageError(f"jobs must be at least 1, and are {jobs}")
    if jobs == 1:
        return here
    from lamlint.engine.workers.pool import Pool

    return Pool(jobs)


def _file(root: Path, name: Path) -> str:
    """The path of a file that may be named; empty for none."""
    return os.path.join(root, name) if os.fspath(name) else ""
