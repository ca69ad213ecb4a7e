"""Writes the files that the command line or the configuration names."""

from __future__ import annotations

import os
from collections.abc import Mapping

from lamlint.cli import streams
from lamlint.config.table import shown
from lamlint.engine.scope import UsageError
from lamlint.files.writing import Draft, write


def write_reports(texts: Mapping[str, str]) -> None:
    """Write reports into files, which take the place of what was there."""
    for file, text in texts.items():
        streams.take_down(streams.FILE, file, text)
        data = text.encode("utf-8", "backslashreplace")
        try:
            before = _present(file)
            if os.path.exists(file) and not os.path.isfile(file):
                with open(file, "wb") as opened:  # a pipe or a terminal takes the place of none
                    opened.write(data)
                continue
        except OSError as error:
            raise UsageError(f"it cannot be written: {error.strerror}", shown(file)) from None
        write_or_tell(Draft(file, data, before))


def _present(file: str) -> bytes | None:
    """What stands in a file that is to be replaced whatever it holds."""
    if not os.path.isfile(file):
        return None
    with open(file, "rb") as opened:
        return opened.read()


def write_or_tell(draft: Draft) -> None:
    """Write one file that is named by the user or the configuration."""
    for refused in write([draft]).refused:
        raise UsageError(f"it cannot be written: {refused.reason}", shown(refused.path))
