"""The folders of the project that what a function requires lies in.

A requirements.txt names them by a path; a pyproject.toml by a path, or as members of its workspace.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from lamlint.files.paths import normal
from lamlint.packages.builds import upward
from lamlint.packages.requirements import read_toml
from lamlint.text import Source, Tree
from lamlint.text.regex import Regex

_LOCAL = Regex(
    r"^(?:(?:-e|--editable)[ \t=]+|[\w.-]+(?:\[[\w, -]*\])?[ \t]*@[ \t]*)?"
    r"(?:file:(?://)?)?(?P<path>\.{1,2}/[^\s\[;#]+)",
    re.MULTILINE,
)
"""A line of requirements.txt that names a folder."""
_IN_TEXT = Regex(r"@\s*(?:file:(?://)?)?(?P<path>\.{1,2}/[^\s\[;#]+)")
_NAME = Regex(r"^[A-Za-z0-9][\w.-]*")
_DECLARED = Regex(r"^[ \t]*name[ \t]*=[ \t]*[\"'](?P<name>[\w.-]+)[\"']", re.MULTILINE)
_SEPARATOR = Regex(r"[-_.]+")


def required_roots(root: str, tree: Tree) -> Iterator[str]:
    """The folders of the project from which a function imports what it requires of it.

    Pip takes the paths of a requirements.txt from where it is run: the folder of the function,
    or one above it. A project may keep its modules in `src`.
    """
    seen: set[str] = set()
    waiting = [*_of_requirements(root, tree), *_of_nearest_project(root, tree)]
    for folder in waiting:
        if folder in seen or folder.startswith(".."):
            continue
        seen.add(folder)
        waiting += _of_project(folder, tree)
        yield from (one for one in (f"{folder}/src", folder) if tree.is_folder(one))


def _of_requirements(root: str, tree: Tree) -> Iterator[str]:
    source = tree.read(posixpath.join(root, "requirements.txt"))
    for match in _LOCAL.finditer(source.text) if isinstance(source, Source) else ():
        folder = _upward(root, match["path"], tree)
        if folder is not None:
            yield folder


def _upward(start: str, path: str, tree: Tree) -> str | None:
    """The folder that a path leads to from a folder, or from the nearest one above it."""
    folder = posixpath.normpath(posixpath.join(start, path))
    if tree.is_folder(folder):
        return folder
    return None if start in ("", ".") else _upward(posixpath.dirname(start), path, tree)


def _of_nearest_project(root: str, tree: Tree) -> Iterator[str]:
    """What the project around a function requires: the nearest folder with a pyproject.toml."""
    for folder in upward(root):
        if tree.is_file(posixpath.join(folder, "pyproject.toml")):
            yield from _of_project(folder, tree)
            return


def _of_project(folder: str, tree: Tree) -> Iterator[str]:
    """The folders that the pyproject.toml of one requires."""
    path = posixpath.join(folder, "pyproject.toml")
    source = tree.read(path) if tree.is_file(path) else None
    if not isinstance(source, Source):
        return
    table = source.once(read_toml, lambda: read_toml(tree, path) or {})
    tool, project = _table(table, "tool"), _table(table, "project")
    listed = project.get("dependencies")
    lines = [str(one) for one in listed] if isinstance(listed, list) else []
    paths = [hit["path"] for line in lines if (hit := _IN_TEXT.search(line))]
    asked = {_normal(hit[0]) for line in lines if (hit := _NAME.match(line))}
    members: Mapping[str, Sequence[str]] | None = None
    for name, told in _table(_table(tool, "uv"), "sources").items():
        if isinstance(told, dict) and _normal(name) in asked:
            paths += [str(told["path"])] if "path" in told else []
            if told.get("workspace") is True:
                members = _members(tree) if members is None else members
                homes = members.get(_normal(name), ())
                yield from homes if len(homes) == 1 else ()
    poetry = _table(_table(tool, "poetry"), "dependencies").values()
    paths += [str(one["path"]) for one in poetry if isinstance(one, dict) and "path" in one]
    for path in paths:
        found = normal(posixpath.join(folder, path))
        if found and tree.is_folder(found):
            yield found


def _members(tree: Tree) -> Mapping[str, Sequence[str]]:
    """The folders of the project that declare a distribution, by its name."""
    found: dict[str, list[str]] = {}
    for path in _declaring(tree):
        found.setdefault(_normal(_declared(path, tree)), []).append(posixpath.dirname(path))
    return found


def _declaring(tree: Tree) -> Iterator[str]:
    return (path for path in tree.sources() if path.endswith("/pyproject.toml"))


def _declared(path: str, tree: Tree) -> str:
    source = tree.read(path)
    if not isinstance(source, Source):
        return ""
    hit = source.once(_DECLARED, partial(_DECLARED.search, source.text))
    return hit["name"] if hit is not None else ""


def _table(table: Mapping[str, object], key: str) -> Mapping[str, object]:
    found = table.get(key)
    return found if isinstance(found, dict) else {}


def _normal(name: str) -> str:
    return _SEPARATOR.sub("-", name).lower()
