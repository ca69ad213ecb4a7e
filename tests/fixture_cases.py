"""Fixtures: small whole projects that say, by markers, what is to be found in them.

A case is a folder `fixtures/<rule>/<case>/` with a `lamlint.toml`, which may
be empty. A line of a Python, YAML or TOML file on which a finding starts ends
in `# expect: <rule>[, <rule>]`; files that have no comments have theirs in
`expected.txt`, a line each: `template.json:12: <rule>[, <rule>]`. `after/`
holds the files that fixes change, as they come out. What cannot be committed
is made by `recipe.py` beside them: `build(folder)` adds to the copied case,
`after(folder)` makes of it what fixing it would.

Only the rule that the folder is named after is selected, unless the case's
own configuration selects rules; the projects in `fixtures/projects/<name>/`
are looked at by all rules that are on by default.
"""

from __future__ import annotations

import importlib.util
import re
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures"
PROJECTS = "projects"
NOT_COPIED = ("after", "expected.txt", "recipe.py", "__pycache__")
MARKED = frozenset(
    {".py", ".pyi", ".yaml", ".yml", ".toml", ".tf", ".tfvars", ".hcl", ".cfg", ".env", ".txt"}
)

_NAMES = r"[a-z0-9-]+(?:[ \t]*,[ \t]*[a-z0-9-]+)*"
_MARKER = re.compile(rf"[ \t]*#[ \t]*expect:[ \t]*({_NAMES})[ \t]*(?=\r?$)".encode(), re.MULTILINE)
_EXPECTED = re.compile(rf"(.+?):(\d+):[ \t]*({_NAMES})")

_READ = 10_000_000
"""Fixtures for the size of packages have files of hundreds of megabytes without any content."""

Places = Counter[tuple[str, int, str]]
"""How many findings there are by path, line and rule."""


@dataclass(frozen=True)
class Case:
    """One fixture."""

    folder: Path

    @property
    def rule(self) -> str | None:
        """The rule under test; None for a project, which all rules look at."""
        parent = self.folder.parent.name
        return None if parent == PROJECTS else parent

    @property
    def name(self) -> str:
        """How test reports call it."""
        return f"{self.folder.parent.name}/{self.folder.name}"

    def lay_out(self, target: Path) -> Places:
        """Copy the case without its markers, lines kept, and tell what is to be found in it."""
        ignored = shutil.ignore_patterns("__pycache__")
        for entry in self.folder.iterdir():
            if entry.name in NOT_COPIED:
                continue
            if entry.is_dir() and not entry.is_symlink():
                shutil.copytree(entry, target / entry.name, symlinks=True, ignore=ignored)
            else:
                shutil.copy2(entry, target / entry.name, follow_symlinks=False)
        self._recipe("build", target)
        expected = Places(_listed(self.folder / "expected.txt"))
        for path in _files(target):
            if path.suffix in MARKED or path.name == ".env":
                expected.update(_strip(path, path.relative_to(target).as_posix()))
        return expected

    def lay_out_mended(self, target: Path) -> None:
        """Copy the case as it is to be after fixing."""
        self.lay_out(target)
        if (self.folder / "after").is_dir():
            shutil.copytree(self.folder / "after", target, dirs_exist_ok=True)
        self._recipe("after", target)

    @property
    def mends(self) -> bool:
        """Whether fixes change anything in it."""
        return (self.folder / "after").is_dir() or self._step("after") is not None

    def _step(self, name: str) -> Callable[[Path], None] | None:
        path = self.folder / "recipe.py"
        step: Callable[[Path], None] | None = (
            getattr(_module(path), name, None) if path.is_file() else None
        )
        return step

    def _recipe(self, step: str, target: Path) -> None:
        make = self._step(step)
        if make is not None:
            make(target)


def cases() -> list[Case]:
    """All fixtures, sorted."""
    folders = {path.parent for path in FIXTURES.glob("*/*/*") if path.name in _ROOT}
    return [Case(folder) for folder in sorted(folders)]


_ROOT = ("lamlint.toml", "pyproject.toml")


def contents(folder: Path) -> dict[str, bytes]:
    """The bytes of every file below a folder, by path; a file too large to be read has its size."""
    return {path.relative_to(folder).as_posix(): _content(path) for path in _files(folder)}


def _content(path: Path) -> bytes:
    size = path.stat().st_size
    return path.read_bytes() if size <= _READ else f"{size} bytes".encode()


def _files(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink() and ".git" not in path.parts:
            yield path


def _strip(path: Path, name: str) -> Places:
    """Take the markers out of a file; a line that held nothing else stays as an empty line."""
    data = path.read_bytes()
    found = Places()
    for match in _MARKER.finditer(data):
        line = data.count(b"\n", 0, match.start()) + 1
        found.update(_places(name, line, match.group(1).decode()))
    if found:
        path.write_bytes(_MARKER.sub(b"", data))
    return found


def _listed(path: Path) -> Places:
    found = Places()
    if path.is_file():
        for line in path.read_text(encoding="utf-8").splitlines():
            match = _EXPECTED.fullmatch(line.strip())
            assert match, f"{path}: {line!r} does not read as `path:line: rule`"
            found.update(_places(match.group(1), int(match.group(2)), match.group(3)))
    return found


def _places(name: str, line: int, rules: str) -> Places:
    return Places((name, line, rule.strip()) for rule in rules.split(","))


def _module(path: Path) -> ModuleType:
    specification = importlib.util.spec_from_file_location("recipe", path)
    assert specification is not None
    assert specification.loader is not None
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module
