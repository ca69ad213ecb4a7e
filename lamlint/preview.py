"""Shows what would be written, as a difference, and writes nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from lamlint.report import diff
from lamlint.report.diff_report import Changed, not_applied
from lamlint.secrets.covering import Words
from lamlint.sentences import give, in_log, say, stdout_style
from lamlint.text import Source
from lamlint.text.visible import visible
from lamlint.toml_table import shown

Changes = Mapping[str, tuple[Source, str]]
"""The files that would change, by absolute path: how they are held, and their new text."""


def show_changes(changes: Changes, secrets: Iterable[str], colour: str) -> bool:
    """Print the difference that some changes make; whether there is any."""
    files = differences(changes, Words.of(frozenset(secrets)))
    show_files(files, colour)
    for sentence in not_applied(files):
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
