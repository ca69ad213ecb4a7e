"""What is said beside the report: errors as sentences, notes on the error stream."""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
from collections.abc import Iterator

import click

from lamlint.report import Style, style_for
from lamlint.streams import let_go


@contextlib.contextmanager
def as_usage_error() -> Iterator[None]:
    """Turn what a user can mend into one sentence and exit code 2."""
    from lamlint.baseline import BaselineError
    from lamlint.config import ConfigError
    from lamlint.registry import RegistryError
    from lamlint.run import UsageError

    try:
        yield
    except (BaselineError, ConfigError, RegistryError, UsageError) as error:
        say(f"lamlint: {error}")
        raise click.exceptions.Exit(2) from None


def say(text: str) -> None:
    """One line on the error stream."""
    click.echo(printable(text), err=True)


def printable(text: str) -> str:
    """Text that any stream takes: names of files may hold bytes that are no text."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def show(text: str) -> None:
    """A report on the standard output, as it is; the run ends as it would if nobody reads it."""
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    safe = printable(text).encode(encoding, "backslashreplace").decode(encoding)
    try:
        sys.stdout.write(safe)
        sys.stdout.flush()
    except BrokenPipeError:
        let_go()


def stdout_style(colour: str = "auto") -> Style:
    """How the standard output may look."""
    return style_for(
        terminal=sys.stdout.isatty(),
        environment=os.environ,
        colour=colour,
        width=shutil.get_terminal_size((120, 24)).columns,
    )
