"""What the runner of GitHub Actions takes for a command in a log, and how a log says it."""

from __future__ import annotations

_OLD, _OLD_INERT = "##[", "##\N{LIGHT LEFT TORTOISE SHELL BRACKET ORNAMENT}"
"""Taken for a command wherever it stands in a line; the sign in its place is as wide."""


def inert(line: str) -> str:
    """A line that the runner does not take for a command."""
    line = line.replace(_OLD, _OLD_INERT)
    return line.replace("::", ": :", 1) if line.lstrip().startswith("::") else line
