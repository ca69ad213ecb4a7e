"""What a function asks for: requirements.txt, or the dependencies of a pyproject.toml."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from lamlint.packages.measurement import Missing
from lamlint.text import Source, Tree, Unread
from lamlint.text.dataclass import dataclass
from lamlint.text.regex import Regex
from lamlint.text.wildcards import Automaton, Tokens, in_bytes, path_tokens

if TYPE_CHECKING:
    from packaging.requirements import Requirement

_BROUGHT = {
    ".chalice/config.json": "chalice",
    "zappa_settings.json": "zappa",
    "zappa_settings.toml": "zappa",
    "zappa_settings.yaml": "zappa",
    "zappa_settings.yml": "zappa",
}
"""What a tool packs of its own with the code of a folder, by the file of its settings."""
_NAME = "requirements.txt"
_CONTINUED = Regex(r"\\\r?\n")
_COMMENT = Regex(r"(?:^|\s)#.*$")
_OPTIONS = Regex(r"\s--[a-z].*$")
_INCLUDE = Regex(r"^(?:-r|--requirement)[\s=]*(?P<file>\S+)")


_INDEX = Regex(
    r"^[^\S\n]*(?:-i|-f|--(?:extra-)?index-url|--find-links)\b(?![\s=]*https://pypi\.org/)",
    re.MULTILINE,
)
_EXPORT = Regex(
    r"\b(?:uv|poetry|pdm)\s+(?:[\w.=/-]+\s+){0,4}export\b|\bpip-compile\b|\buv\s+pip\s+compile\b"
)
_OUTPUT = Regex(
    r"""(?:\s-o|\s--output(?:-file)?|>)[\s=]*["']?(?P<folder>(?!=)[^\s"'>|;&]*/)?requirements\.txt\b"""
)
_REPLACED = Regex(
    r"""(?:\b(?:cp|mv|copy)\s{1,9}(?:-\w{1,9}\s{1,9}){0,4}["']?(?P<source>[^\s"'>|;&]{1,200})["']?\s{1,9}"""
    r"""|>[ \t]{0,9})["']?(?P<folder>(?!=)[^\s"'>|;&]{1,200}/)?requirements\.txt["']?"""
    r"""[ \t]{0,9}(?=$|[;&|)#])"""
)
"""What writes a requirements.txt, or puts another file in its place."""
_OF_ITSELF = Regex(r"\bpip3?\s(?:freeze|list)\b")
"""What writes down what is installed: the file that is here is such a list."""
_VARIABLE = Regex(r"\$(?:\{\w+\}|\w+)")
_SPECIAL = Regex(r"[*?\[\\]")
_SCRIPTS = (
    "Makefile", "makefile", "GNUmakefile", "justfile", "Justfile", "Taskfile.yml", "Taskfile.yaml",
    "tox.ini", "noxfile.py", "tasks.py", "pyproject.toml",
)  # fmt: skip
_SCRIPT = Regex(r"(?:^|/)buildspec[^/]*\.ya?ml$|(?:^|/)\.github/workflows/|\.sh$|\.gitlab-ci\.yml$")

_BY_PLACE = Missing("what requirements.txt asks for by a path or an address")
_MOST_FILES = 100
_TOO_MANY = Missing(f"what requirements.txt asks for in more than {_MOST_FILES} files")


@dataclass(frozen=True, slots=True)
class Wanted:
    """Some requirements and where they stand.

    `unread` says what else stands there and names no distribution. `closed`
    is true when everything that the requirements need in turn is among them.
    `project` is the name of the project that a pyproject.toml declares;
    `whole` is true for a lock file that stands for itself.
    """

    path: str
    requirements: tuple[Requirement, ...]
    unread: tuple[Missing, ...] = ()
    closed: bool = False
    project: str = ""
    whole: bool = False
    indexed: bool = False
    """Whether another index than the public one is asked, or a folder of archives."""
    files: tuple[str, ...] = ()
    """The files that they stand in: its own, and those that it includes."""


def required(tree: Tree, folder: str) -> Wanted | None:
    """What the requirements.txt of a folder asks for, if it has one."""
    return required_by(tree, posixpath.join(folder, _NAME))


def required_by(tree: Tree, path: str) -> Wanted | None:
    """What a file in the format of requirements.txt asks for, if it is there."""
    if not tree.is_file(path):
        return None
    lines = _Lines(tree)
    found = tuple(lines.of(path))
    unread = tuple(dict.fromkeys(one for one in found if isinstance(one, Missing)))
    kept = tuple(one for one in found if not isinstance(one, Missing))
    source = tree.read(path)
    # As soon as pip sees one hash it takes nothing that has none.
    text = source.text if isinstance(source, Source) else ""
    indexed = _INDEX.search(text) is not None
    hashed = "--hash=" in text
    return Wanted(path, kept, unread, closed=hashed, indexed=indexed, files=lines.files)


def project_in(tree: Tree, folder: str) -> Wanted | None:
    """What the project in a folder depends on, by its pyproject.toml."""
    path = posixpath.join(folder, "pyproject.toml")
    table = read_toml(tree, path)
    project = table.get("project") if table else None
    if not isinstance(project, dict):
        return None
    listed = project.get("dependencies", [])
    texts = [str(one) for one in listed] if isinstance(listed, list) else []
    found = [parsed(text) for text in texts]
    kept = tuple(one for one in found if one is not None)
    whole = len(kept) == len(found) and "dependencies" not in project.get("dynamic", ())
    unread = () if whole else (Missing(f"what {path} does not name plainly"),)
    return Wanted(path, kept, unread, project=str(project.get("name", "")))


def declares(tree: Tree, folder: str) -> str | None:
    """The file of a folder, other than requirements.txt, that says what the code depends on."""
    path = posixpath.join(folder, "pyproject.toml")
    table = read_toml(tree, path) or {}
    tool = table.get("tool")
    poetry = tool.get("poetry") if isinstance(tool, dict) else None
    for project in (table.get("project"), poetry):
        listed = project.get("dependencies") if isinstance(project, dict) else None
        if isinstance(listed, (list, dict)) and {*map(str, listed)} - {"python"}:
            return path
    for name in ("pylock.toml", "Pipfile"):
        if tree.is_file(path := posixpath.join(folder, name)):
            return path
    return None


def brought(tree: Tree, folder: str) -> Iterator[str]:
    """The distributions that a tool packs with the code of a folder, whatever that asks for."""
    for name, tool in _BROUGHT.items():
        if tree.is_file(posixpath.join(folder, name)):
            yield tool


def exported(tree: Tree) -> Automaton:
    """Patterns of the folders that scripts put a requirements.txt into, made of a lock.

    They are as the scripts write them: `is_one` knows what a variable in them stands for.
    """
    found: set[str] = set()
    for path, text in build_scripts(tree):
        for line in _CONTINUED.sub(" ", text).splitlines():
            if _EXPORT.search(line) and (to := _OUTPUT.search(line)):
                # A script runs where it stands or in the root.
                for start in (posixpath.dirname(path), ""):
                    found.add(posixpath.normpath(posixpath.join(start, to["folder"] or "")))
    return Automaton.of(tokens for folder in sorted(found) if (tokens := _any_variable(folder)))


def replaced(tree: Tree) -> Automaton:
    """Patterns of the folders whose requirements.txt scripts make, or put another file in place of.

    What they ask for is not known then: `cp requirements-lambda.txt requirements.txt`.
    """
    found: set[str] = set()
    for path, text in build_scripts(tree):
        for line in _CONTINUED.sub(" ", text).splitlines() if _NAME in text else ():
            to = _REPLACED.search(line) if _NAME in line else None
            if to is None or _EXPORT.search(line) or _OF_ITSELF.search(line):
                continue
            for start in (posixpath.dirname(path), ""):  # it runs where it stands or in the root
                source = to["source"] and posixpath.normpath(posixpath.join(start, to["source"]))
                if not source or "$" in source or tree.is_file(source):
                    found.add(posixpath.normpath(posixpath.join(start, to["folder"] or "")))
    return Automaton.of(tokens for folder in sorted(found) if (tokens := _any_variable(folder)))


def build_scripts(tree: Tree) -> Iterator[tuple[str, str]]:
    """The scripts of a project that may build what is deployed, each with its text."""
    for path in tree.sources():
        if posixpath.basename(path) in _SCRIPTS or _SCRIPT.search(path):
            source = tree.read(path)
            if isinstance(source, Source):
                yield path, source.text


def _any_variable(folder: str) -> Tokens | None:
    """The folders that a folder with variables of a shell in its path may be."""
    return path_tokens(_VARIABLE.sub("?*", _SPECIAL.sub(r"\\\g<0>", in_bytes(folder))))


class _Lines:
    """Reads what a file asks for, and the files that it includes; each of them once."""

    def __init__(self, tree: Tree) -> None:
        self._tree = tree
        self._seen: dict[str, None] = {}

    @property
    def files(self) -> tuple[str, ...]:
        """The files that were read, in their order."""
        return tuple(self._seen)

    def of(self, path: str, *within: str) -> Iterator[Requirement | Missing]:
        """Each requirement, and what else is asked for in a way that tells no distribution."""
        if path in self._seen:
            # pip refuses a file that includes itself.
            yield from [_BY_PLACE] if path in within else []
            return
        self._seen[path] = None
        source = self._tree.read(path) if len(self._seen) <= _MOST_FILES else None
        if not isinstance(source, Source):
            yield _TOO_MANY if source is None else _BY_PLACE
            return
        for line in _CONTINUED.sub(" ", source.text).splitlines():
            text = _COMMENT.sub("", line).strip()
            if include := _INCLUDE.match(text):
                other = posixpath.join(posixpath.dirname(path), include["file"])
                yield from self.of(posixpath.normpath(other), *within, path)
            elif text.startswith(("-e", "--editable", ".", "/")):
                yield _BY_PLACE
            elif text and not text.startswith("-"):
                yield parsed(_OPTIONS.sub("", text)) or _BY_PLACE


def parsed(text: str) -> Requirement | None:
    """A requirement; None when it cannot be read."""
    from packaging.requirements import InvalidRequirement, Requirement

    try:
        return Requirement(text)
    except InvalidRequirement:
        return None


def read_toml(tree: Tree, path: str) -> Mapping[str, object] | None:
    """A TOML file; None when it is missing or cannot be read."""
    import tomli

    if not tree.is_file(path):
        return None
    source = tree.read(path)
    if not isinstance(source, Source):
        return None
    try:
        return tomli.loads(source.text)
    except (tomli.TOMLDecodeError, RecursionError):
        tree.unread.add(Unread(source.span(0, 0), "it is no TOML"))
        return None
