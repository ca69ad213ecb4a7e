"""What a .gitignore file ignores, for folders that are in no git work tree."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Pattern:
    """One line of a .gitignore file; `regex` is matched against a path below its folder."""

    regex: re.Pattern[str]
    negated: bool
    folders_only: bool


@dataclass(frozen=True, slots=True)
class Ignored:
    """The .gitignore files from the root down to one folder, the deepest last."""

    levels: tuple[tuple[str, tuple[Pattern, ...]], ...] = ()

    def below(self, folder: str, text: str) -> Ignored:
        """The same with the .gitignore file of a folder further down."""
        return Ignored((*self.levels, (f"{folder}/" if folder else "", parse(text))))

    def matches(self, path: str, *, folder: bool) -> bool:
        """Whether a path is ignored; its folders are asked before, from the top down."""
        for prefix, patterns in reversed(self.levels):
            name = path[len(prefix) :]
            for pattern in reversed(patterns):
                if (folder or not pattern.folders_only) and pattern.regex.fullmatch(name):
                    return not pattern.negated
        return False


@dataclass(frozen=True)
class Globs:
    """Paths in the syntax of .gitignore, relative to the project's root."""

    written: tuple[str, ...] = ()
    patterns: tuple[Pattern, ...] = ()

    @classmethod
    def of(cls, written: tuple[str, ...]) -> Globs:
        """The globs that some lines mean."""
        return cls(written, parse("\n".join(written)))

    def matches(self, path: str) -> bool:
        """Whether a file, or a folder that holds it, is meant."""
        if not self.patterns:
            return False
        parts = path.split("/")
        folders = ("/".join(parts[:depth]) for depth in range(1, len(parts)))
        return any(self._last(folder, folder=True) for folder in folders) or self._last(
            path, folder=False
        )

    def _last(self, path: str, *, folder: bool) -> bool:
        for pattern in reversed(self.patterns):
            if (folder or not pattern.folders_only) and pattern.regex.fullmatch(path):
                return not pattern.negated
        return False


def parse(text: str) -> tuple[Pattern, ...]:
    """The patterns of a .gitignore file; a line that is no pattern is passed over."""
    patterns = (_pattern(line) for line in text.splitlines())
    return tuple(pattern for pattern in patterns if pattern is not None)


def _pattern(line: str) -> Pattern | None:
    line = re.sub(r"(?<!\\)[ \t]+$", "", line)
    if not line or line.startswith("#"):
        return None
    negated = line.startswith("!")
    line = line[negated:]
    folders_only = line.endswith("/")
    line = line.rstrip("/")
    if not line:
        return None
    anchored = "/" in line
    line = line.lstrip("/")
    if not anchored:
        line = f"**/{line}"
    try:
        return Pattern(re.compile(_regex(line)), negated, folders_only)
    except re.error:
        return None


_TOKEN = re.compile(
    r"""(?P<any_folders>(?:^|(?<=/))\*\*/)   # at the start or in the middle: no folder or several
      | (?P<everything>(?<=/)\*\*$)          # at the end: all that is inside
      | (?P<star>\*+)
      | (?P<one>\?)
      | \[(?P<set>[!^]?\]?[^\]]*)\]
      | \\(?P<escaped>.)
      | (?P<plain>.)
    """,
    re.VERBOSE | re.DOTALL,
)
_REGEX = {"any_folders": "(?:.*/)?", "everything": ".+", "star": "[^/]*", "one": "[^/]"}


def _regex(glob: str) -> str:
    parts = []
    for token in _TOKEN.finditer(glob):
        kind = token.lastgroup or ""
        if kind in _REGEX:
            parts.append(_REGEX[kind])
        elif kind == "set":
            negated = token["set"][:1] in {"!", "^"}
            members = token["set"][negated:].replace("\\", "\\\\").replace("[", "\\[")
            if members.startswith("]"):
                members = "\\" + members
            parts.append(f"(?!/)[{'^' if negated else ''}{members}]")
        else:
            parts.append(re.escape(token[kind]))
    return "".join(parts)


NOTHING = Globs()
"""Globs that mean no path."""
