"""What a run writes: every text passes here, so that what is told can be told again."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

import click

OUT, ERROR, FILE, SUMMARY = "out", "error", "file", "summary"
"""The places that a run writes to: its streams, files of reports, and the summary of a job."""

_TAPE: ContextVar[list[tuple[str, str, str]] | None] = ContextVar("tape", default=None)


@contextmanager
def taping() -> Iterator[list[tuple[str, str, str]]]:
    """Take down what is written meanwhile: the kind of place, its name, and the text."""
    tape: list[tuple[str, str, str]] = []
    token = _TAPE.set(tape)
    try:
        yield tape
    finally:
        _TAPE.reset(token)


@contextmanager
def untaped() -> Iterator[None]:
    """Take down nothing meanwhile."""
    token = _TAPE.set(None)
    try:
        yield
    finally:
        _TAPE.reset(token)


def take_down(kind: str, name: str, text: str) -> None:
    """Tell what is written, and where to."""
    if (tape := _TAPE.get()) is not None:
        tape.append((kind, name, text))


def error(text: str) -> None:
    """Lines on the error stream."""
    take_down(ERROR, "", text)
    click.echo(text, err=True)


def out(text: str) -> None:
    """Text on the standard output, exactly as it is, whatever the stream can encode.

    The run ends as it would if nobody reads it.
    """
    take_down(OUT, "", text)
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    safe = text.encode("utf-8", "backslashreplace").decode("utf-8")
    try:
        sys.stdout.write(safe.encode(encoding, "backslashreplace").decode(encoding))
        sys.stdout.flush()
    except BrokenPipeError:
        let_go()


def width() -> int:
    """How many characters the terminal is wide; 0 where there is none."""
    try:
        return os.get_terminal_size(sys.__stdout__.fileno()).columns if sys.__stdout__ else 0
    except (OSError, ValueError, AttributeError):
        return 0


def let_go() -> None:
    """Let all further output go into nothing: its reader has gone, and that is no error."""
    with open(os.devnull, "wb") as nothing:
        os.dup2(nothing.fileno(), sys.stdout.fileno())
