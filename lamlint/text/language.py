"""The languages that files are written in, by the endings of their names."""

from __future__ import annotations

from enum import Enum

from lamlint.text.source import Source


class Language(Enum):
    """A language whose comments and values are known; its value are the endings of its files."""

    PYTHON = (".py", ".pyi")
    TOML = (".toml",)
    YAML = (".yaml", ".yml", ".template")
    JSON = (".json",)
    HCL = (".tf", ".tofu", ".tfvars", ".hcl")
    TYPESCRIPT = (".ts", ".tsx", ".js", ".mjs", ".cjs")

    @property
    def endings(self) -> tuple[str, ...]:
        """What the names of its files end with."""
        endings: tuple[str, ...] = self.value
        return endings

    @classmethod
    def of(cls, path: str) -> Language | None:
        """The language of a file by its name alone."""
        lowered = path.lower()
        return next((one for one in cls if lowered.endswith(one.endings)), None)


COMMENTED = (
    *Language.PYTHON.endings,
    *Language.YAML.endings,
    *Language.TOML.endings,
    *Language.HCL.endings,
    ".ts",
    ".tsx",
)
"""The endings of files that may hold comments at the ends of lines.

JavaScript aside: it is plenty, and little of it declares functions.
"""


def language(source: Source) -> Language | None:
    """The language of a text: Python inside other files, and JSON whatever its file is called."""
    if source.host is not None:
        return Language.PYTHON
    named = Language.of(source.path)
    as_json = named is Language.YAML and source.text.lstrip()[:1] == "{"
    return Language.JSON if as_json else named


def mark(source: Source) -> str:
    """What begins a comment in a text."""
    return "//" if language(source) is Language.TYPESCRIPT else "#"
