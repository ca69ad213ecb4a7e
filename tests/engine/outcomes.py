"""Small projects on disk, and what a run over one has come to."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from lamlint.config.selection import Layer
from lamlint.engine import pipeline
from lamlint.engine.scope import Request
from lamlint.text import Safety
from tests.checking import TODAY, rules

Files = Mapping[str, str]


def outcome(
    folder: Path,
    paths: tuple[str, ...] = ("",),
    *,
    stdin: bytes | None = None,
    fix: Safety | None = None,
    select: tuple[str, ...] | None = None,
) -> pipeline.Outcome:
    request = Request(
        paths=tuple(str(folder / path) for path in paths),
        today=TODAY,
        layer=Layer(select=select),
        stdin=stdin,
        fix=fix,
    )
    return pipeline.run(request, rules())[0]


def lay_out(folder: Path, files: Files) -> None:
    for path, text in files.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode("latin-1"))
