"""Shows what would be written, as a difference, and writes nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from lamlint.report import diff
from lamlint.sentences import give, in_log, stdout_style
from lamlint.text import Source
from lamlint.text.visible import visible
from lamlint.toml_table import shown

Changes = Mapping[str, tuple[Source, str]]
"""The files that would change, by absolute path: how they are held, and their new text."""


def show_changes(changes: Changes, secrets: Iterable[str], colour: str) -> bool:
    """Print the difference that some changes make; whether there is any."""
    known = frozenset(secrets)
    text = ""
    for path in sorted(changes, key=shown):
        source, new = changes[path]
        name = visible(shown(path))
        patch = diff.render({name: new}, {name: source}, known)
        text += diff.shown(patch, named=name == shown(path), log=in_log())
    give(diff.painted(text, stdout_style(colour)))
    return bool(text)
