"""What the runner of GitHub Actions takes for a command: how one is given, and how none is."""

from __future__ import annotations

_OLD, _OLD_INERT = "##[", "##\N{LIGHT LEFT TORTOISE SHELL BRACKET ORNAMENT}"
"""Taken for a command wherever it stands in a line; the sign in its place is as wide."""


def inert(line: str) -> str:
    """A line that the runner does not take for a command."""
    line = line.replace(_OLD, _OLD_INERT)
    return line.replace("::", ": :", 1) if line.lstrip().startswith("::") else line


def command(name: str, message: str, **properties: str) -> str:
    """A command for the runner, with a message and properties of any text."""
    given = ",".join(f"{key}={_escape_property(value)}" for key, value in properties.items())
    return f"::{name} {given}::{_escape(message)}"


def _escape(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _escape_property(text: str) -> str:
    return _escape(text).replace(":", "%3A").replace(",", "%2C")
