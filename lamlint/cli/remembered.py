"""Answers a run from what the last one told, where it would see the same."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from lamlint.cli import streams
from lamlint.cli.streams import ERROR, FILE, OUT, SUMMARY

if TYPE_CHECKING:
    from lamlint.cache.drawer import Drawer

_ACTING = (
    "fix",
    "fix_only",
    "diff",
    "write_baseline",
    "stdin_filename",
    "verbose",
)
"""The options of runs that do more than to tell what is found."""
_ALIKE = ("cache_dir", "jobs")
"""The options that change nothing of what is told."""
LOOKS = ("CLICOLOR_FORCE", "COLUMNS", "FORCE_COLOR", "NO_COLOR", "TERM")
"""The variables that decide how a report looks."""


def remembered(options: Mapping[str, Any], run: Callable[[Drawer | None], int]) -> int:
    """Tell again what such a run told before; else run, and remember it. The exit code.

    A run is given the place where it is kept what comes of its jobs, if there is one.
    """
    if options["no_cache"] or _acts(options):
        return run(None)
    from lamlint.cache.memory import Memory, Told, memory
    from lamlint.cache.program import installed
    from lamlint.files.asking import noting

    paths = options["paths"] or (".",)
    found = memory(options["cache_dir"], paths, _request(options))
    if not isinstance(found, Memory):
        if options["cache_dir"]:
            _tell_unused(options["cache_dir"], found)
        return run(None)
    if (told := found.recall()) is not None:
        _tell_again(told.said)
        return told.code
    noted = found.noted
    with noting(noted), streams.taping() as said:
        installed()
        code = run(found.drawer(noted))
    if code in (0, 1):  # 2 tells of a defect, or of what may be over soon
        found.keep(Told(said, code), noted)
    return code


def _acts(options: Mapping[str, Any]) -> bool:
    given = any(options[name] for name in _ACTING) or "-" in options["paths"]
    return given or options["add_ignore"] is not None


def _request(options: Mapping[str, Any]) -> Mapping[str, object]:
    """What is asked for, and how what is told may look."""
    return {
        **{name: value for name, value in options.items() if name not in _ALIKE},
        "terminal": sys.stdout.isatty(),
        "width": streams.width(),
        "looks": {name: os.environ.get(name) for name in LOOKS},
    }


def _tell_again(said: Any) -> None:
    for kind, name, text in said:
        if kind == OUT:
            streams.out(text)
        elif kind == ERROR:
            streams.error(text)
        else:
            _write_again(kind, name, text)


def _write_again(kind: str, name: str, text: str) -> None:
    """Write once more what goes elsewhere than to the streams."""
    if kind == SUMMARY:
        from lamlint.cli.job_summary import add

        if problem := add(text):
            from lamlint.cli.terminal import say

            say(problem)
    elif kind == FILE:
        from lamlint.cli.report_files import write_reports
        from lamlint.cli.terminal import as_usage_error

        with as_usage_error():
            write_reports({name: text})


def forget(folder: str) -> str:
    """Remove the cache in a folder, or the user's own; the sentence that tells it."""
    from lamlint.cache import own, place
    from lamlint.config.table import shown
    from lamlint.engine.scope import UsageError

    folder = os.path.abspath(folder) if folder else place.usual()
    try:
        freed = own.clean(folder) if folder else 0
    except OSError as error:
        why = (error.strerror or "unknown").lower()
        raise UsageError(f"the cache cannot be removed: {why}", shown(folder)) from None
    if not freed:
        return "nothing is remembered"
    return f"{shown(folder)}: {freed / 1_000_000:.1f} MB removed"


def _tell_unused(folder: str, why: str) -> None:
    from lamlint.cli.terminal import say
    from lamlint.config.table import shown

    say(f"{shown(folder)}: nothing is remembered there: {why}")
