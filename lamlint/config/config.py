"""The configuration: `lamlint.toml`, or `[tool.lamlint]` in pyproject.toml, as frozen data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import date
from typing import Any

from lamlint.config.selection import DEFAULT, Layer
from lamlint.errors import LamlintError
from lamlint.files.gitignore import NOTHING, Globs
from lamlint.text import Severity
from lamlint.text.dataclass import dataclass

MOST_FILE_SIZE = 5_000_000
"""What a configuration may set at most: it belongs to what is checked, and that may be anyone's."""


class ConfigError(LamlintError):
    """A configuration that cannot be used."""


@dataclass(frozen=True)
class Override:
    """What holds for some paths only."""

    paths: Globs
    layer: Layer
    severity: Severity | None


@dataclass(frozen=True)
class Ignore:
    """One `[[ignore]]`: a suppression for files that cannot hold comments.

    Empty parts match everything. `line` is where it stands in its file.
    """

    rule: str
    paths: Globs
    function: str
    reason: str
    expires: date | None
    file: str
    line: int


@dataclass(frozen=True)
class Setting:
    """A value in force, and where it comes from."""

    value: object
    origin: str


@dataclass(frozen=True)
class Config:
    """What is configured. `file` is the absolute path of the file in force, if any."""

    file: str = ""
    extends: tuple[str, ...] = ()
    """The absolute paths of what it extends, the nearest first."""
    layers: tuple[Layer, ...] = (DEFAULT,)
    exclude: Globs = NOTHING
    severity: Severity = Severity.INFORMATION
    fail_on: Severity = Severity.WARNING
    output_format: str = "full"
    baseline: str = ""
    """Absolute."""
    max_file_size: int = 1_000_000
    options: Mapping[str, Any] = field(default_factory=dict)
    """The filled option dataclass of each rule that is configured."""
    overrides: tuple[Override, ...] = ()
    ignores: tuple[Ignore, ...] = ()
    settings: Mapping[str, Setting] = field(default_factory=dict)
    """Every value as written and its origin, for `lamlint config`."""
