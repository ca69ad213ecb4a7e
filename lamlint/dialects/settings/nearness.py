"""Which applications concern the paths given."""

from __future__ import annotations

from collections.abc import Sequence

from lamlint.files.paths import below

_HERE = ("", ".")


def concerns(folder: str, targets: Sequence[str]) -> bool:
    """Whether a folder holds one of some paths, or lies in one; any does without paths."""
    return not targets or folder in _HERE or any(_meet(folder, target) for target in targets)


def _meet(folder: str, target: str) -> bool:
    return target in _HERE or below(folder, target) or below(target, folder)
