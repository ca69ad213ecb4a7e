"""What reaches a stream: reports, and errors and notes beside them as sentences.

Nothing else makes what `streams` writes. It is made visible here once more,
so that no text of a project steers a terminal or the runner of a workflow.
"""

from __future__ import annotations

import contextlib
import io
import os
import sys
from collections.abc import Iterator, Mapping

import click

from lamlint.cli import job_summary, streams
from lamlint.errors import LamlintError
from lamlint.report import PLAIN, Style, style_for
from lamlint.report.runner import command, inert
from lamlint.text.regex import Regex
from lamlint.text.visible import visible


@contextlib.contextmanager
def as_usage_error(*, annotate: bool = False) -> Iterator[None]:
    """Turn what a user can mend into one sentence and exit code 2.

    A workflow is told by an annotation too: where one runs, or `annotate` says so.
    """
    try:
        yield
    except LamlintError as error:
        say(f"lamlint: {error}")
        if annotate or in_log():
            _annotate(str(error))
        raise click.exceptions.Exit(2) from None


def say(text: str) -> None:
    """One line on the error stream: a line end in it belongs to some name that it tells."""
    tell(visible(text))


def tell(text: str, style: Style = PLAIN) -> None:
    """Lines on the error stream."""
    streams.error(_inert(style.sealed(text)))


def refuse(error: click.ClickException) -> None:
    """Tell what is wrong with a command line, which may quote it."""
    told = io.StringIO()
    error.show(told)
    message = error.format_message()
    if not isinstance(error, click.MissingParameter):  # that lists the choices, a line each
        message = visible(message)
    tell(told.getvalue().replace(error.format_message(), message).rstrip("\n"))
    if in_log():
        _annotate(message)


_PLACE = Regex(r"(?P<file>[^\n]+?):(?P<line>\d+): ")


def _annotate(message: str) -> None:
    """Tell a workflow why it was stopped: at the place of a mistake, and in the job's summary."""
    from lamlint.report.summary import render_error

    message = visible(message)
    properties = {"title": "lamlint"}
    if place := _PLACE.match(message):
        workspace = os.environ.get("GITHUB_WORKSPACE") or os.getcwd()
        file = os.path.relpath(os.path.abspath(place["file"]), workspace).replace(os.sep, "/")
        properties |= {"file": file, "line": place["line"], "endLine": place["line"]}
    click.echo(command("error", message, **properties), err=True)
    if problem := job_summary.add(render_error(message)):
        say(problem)


def show(text: str, style: Style = PLAIN, *, commands: bool = False) -> None:
    """A report on the standard output. `commands` are those it has for the runner itself."""
    text = style.sealed(text)
    give(_inert(text) if in_log() and not commands else text)


def give(text: str) -> None:
    """Text for a program on the standard output, exactly as it is."""
    streams.out(text)


def flash(line: str) -> None:
    """A line on the terminal of the error stream, in place of the last one; empty for none."""
    width = _columns(80) - 1
    with contextlib.suppress(OSError, ValueError):
        sys.stderr.write(f"\r{visible(line)[:width]}\x1b[K")
        sys.stderr.flush()


def is_watched(environment: Mapping[str, str]) -> bool:
    """Whether the error stream is a terminal at which somebody may sit."""
    dull = environment.get("TERM") == "dumb" or environment.get("CI")
    return sys.stderr.isatty() and not dull and not in_log()


def in_log() -> bool:
    """Whether the runner of GitHub Actions reads what is written."""
    return bool(os.environ.get("GITHUB_ACTIONS"))


def _inert(text: str) -> str:
    return "\n".join(map(inert, text.split("\n")))


def stdout_style(colour: str = "auto") -> Style:
    """How the standard output may look."""
    return style_for(
        terminal=sys.stdout.isatty(),
        environment=os.environ,
        colour=colour,
        width=_columns(120),
    )


def _columns(usual: int) -> int:
    """How wide lines may be: as COLUMNS says, as the terminal is, or as is usual."""
    try:
        wanted = int(os.environ.get("COLUMNS", ""))
    except ValueError:
        wanted = 0
    return max(wanted, 0) or streams.width() or usual
