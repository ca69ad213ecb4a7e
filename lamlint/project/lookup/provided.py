"""Which imports something else than the project provides: Python, the runtime, requirements."""

from __future__ import annotations

import posixpath
import re
import sys
from collections.abc import Iterator
from dataclasses import field

from lamlint.packages.builds import upward
from lamlint.packages.installed import ENVIRONMENTS
from lamlint.packages.requirements import brought, read_toml
from lamlint.python.codebase.codebase import LIBRARIES
from lamlint.text import Source, Tree
from lamlint.text.dataclass import dataclass
from lamlint.text.regex import Regex

_OF_THE_RUNTIME = frozenset(
    {
        "awslambdaric", "bootstrap", "boto3", "botocore", "dateutil", "jmespath", "pip",
        "pkg_resources", "s3transfer", "setuptools", "simplejson", "six", "snapshot_restore_py",
        "urllib3",
    }
)  # fmt: skip
"""What Lambda's own Python has beside the standard library."""
_GONE = frozenset(
    {"asynchat", "asyncore", "cgi", "distutils", "imp", "pipes", "smtpd", "telnetlib"}
)
"""What the standard library once had."""
_FILES = ("requirements.txt", "requirements.in", "requirements-lambda.txt", "Pipfile")
_LINE = Regex(r"^[\"']?([A-Za-z0-9][\w.-]*)[\"']?[ \t]{0,9}(?![\w.-]|[ \t]{0,9}@|/)", re.MULTILINE)
_NAME = Regex(r"^[A-Za-z0-9][\w.-]*")
_ENVIRONMENTS = tuple(
    f"{name}/lib/python3.{minor}/site-packages" for name in ENVIRONMENTS for minor in range(8, 16)
)
_LOCAL = Regex(r"@\s*(?:file:|\.)|\bpath\s*=|\bworkspace\s*=")
_SEPARATOR = Regex(r"[-_.]+")


def of_the_runtime(top: str) -> bool:
    """Whether Python or Lambda's runtime has what is imported by a first name, or once had."""
    return top in sys.stdlib_module_names or top in _GONE or top in _OF_THE_RUNTIME


@dataclass(frozen=True)
class Provided:
    """Answers for the files of a project; what each folder asks for is read once."""

    tree: Tree
    _asked: dict[str, frozenset[str]] = field(default_factory=dict)

    def holds(self, top: str, folder: str) -> bool:
        """Whether what is imported by a first name in a folder is no code of the project."""
        return of_the_runtime(top) or top in LIBRARIES or self._is_required(top, folder)

    def is_installed(self, top: str, folder: str) -> bool:
        """Whether a virtual environment around a folder has something of a first name."""
        return any(
            self.tree.is_folder(path) or self.tree.is_file(f"{path}.py")
            for above in upward(folder)
            if any(self._is_environment(above, name) for name in ENVIRONMENTS)
            for path in (posixpath.join(above, one, top) for one in _ENVIRONMENTS)
        )

    def _is_environment(self, folder: str, name: str) -> bool:
        return self.tree.is_file(posixpath.join(folder, name, "pyvenv.cfg"))

    def _is_required(self, top: str, folder: str) -> bool:
        name = _normal(top)
        spelled = {name, f"py{name}", f"python-{name}", f"{name}-python", f"{name}-binary"}
        return any(not spelled.isdisjoint(self._of(one)) for one in upward(folder))

    def _of(self, folder: str) -> frozenset[str]:
        """The distributions that the files of a folder ask for, those of the project aside."""
        if folder not in self._asked:
            self._asked[folder] = frozenset(map(_normal, self._read(folder)))
        return self._asked[folder]

    def _read(self, folder: str) -> Iterator[str]:
        for name in _FILES:
            path = posixpath.join(folder, name)
            source = self.tree.read(path) if self.tree.is_file(path) else None
            if isinstance(source, Source):
                yield from _LINE.findall(source.text)
        yield from brought(self.tree, folder)
        table = read_toml(self.tree, posixpath.join(folder, "pyproject.toml"))
        if table is not None:
            yield from _of_project(table)


def _of_project(table: object) -> Iterator[str]:
    """The distributions that a pyproject.toml asks for, and not from the project itself."""
    project, tool = _get(table, "project"), _get(table, "tool")
    local = {
        _normal(name) for name, told in _items(_get(_get(tool, "uv"), "sources")) if _is_local(told)
    }
    listed = _get(project, "dependencies")
    for one in listed if isinstance(listed, list) else ():
        hit = _NAME.match(str(one))
        if hit and not _LOCAL.search(str(one)) and _normal(hit[0]) not in local:
            yield hit[0]
    poetry = _get(tool, "poetry")
    groups = [_get(group, "dependencies") for _, group in _items(_get(poetry, "group"))]
    for group in (_get(poetry, "dependencies"), *groups):
        yield from (name for name, told in _items(group) if not _is_local(told))


def _is_local(told: object) -> bool:
    return isinstance(told, dict) and ("path" in told or "workspace" in told)


def _get(table: object, key: str) -> object:
    return table.get(key) if isinstance(table, dict) else None


def _items(table: object) -> list[tuple[str, object]]:
    return [(str(key), told) for key, told in table.items()] if isinstance(table, dict) else []


def _normal(name: str) -> str:
    return _SEPARATOR.sub("-", name).lower()
