"""Shows what would be written, as a difference, and writes nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from lamlint.cli.terminal import give, in_log, say, show, stdout_style
from lamlint.config.table import shown
from lamlint.report import diff
from lamlint.report.diff_report import (
    Accepted,
    Changed,
    not_applied,
    render_accepted_json,
    would_accept,
)
from lamlint.report.report import Note
from lamlint.secrets.covering import Words
from lamlint.text import Source
from lamlint.text.dataclass import dataclass
from lamlint.text.visible import visible

Changes = Mapping[str, tuple[Source, str]]
"""The files that would change, by absolute path: how they are held, and their new text."""


@dataclass(frozen=True)
class Manner:
    """How a difference is shown: in a format, in colours, and with what was not read."""

    form: str
    colour: str
    unread: tuple[Note, ...]
    quiet: bool = False


def show_accepted(
    changes: Changes,
    count: int,
    refused: Iterable[str],
    secrets: Iterable[str],
    manner: Manner,
    verb: str,
) -> bool:
    """Print what accepting some findings would write; whether that is anything.

    `verb` is what is done with them.
    """
    files = differences(changes, Words.of(frozenset(secrets)))
    accepted = Accepted(files, count, tuple(refused), manner.unread)
    if manner.form == "json":
        show(render_accepted_json(accepted))
    else:
        show_files(files, manner.colour)
    end = () if manner.quiet else (would_accept(accepted, verb),)
    for sentence in (*accepted.refused, *not_applied(files), *end):
        say(sentence)
    return bool(files)


def differences(changes: Changes, secrets: Words) -> tuple[Changed, ...]:
    """The difference of each file, in the order of their names."""
    files = []
    for path in sorted(changes, key=shown):
        source, new = changes[path]
        name = visible(shown(path))
        patch = diff.patch(name, source, new, secrets)
        files.append(Changed(shown(path), patch, named=name == shown(path)))
    return tuple(file for file in files if file.patch.text)


def show_files(files: Sequence[Changed], colour: str) -> None:
    """Print some differences as one."""
    log = in_log()
    texts = [diff.shown(file.patch.text, named=file.named, log=log) for file in files]
    give(diff.painted("".join(texts), stdout_style(colour)))
