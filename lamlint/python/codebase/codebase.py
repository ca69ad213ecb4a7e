"""The modules that one function can import: its code root, then its layers. Parsed on demand."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from lamlint.files.layer_library import installed
from lamlint.python.module.module import Module
from lamlint.python.module.syntax import Shelf
from lamlint.text import Source, Tree, Unread

if TYPE_CHECKING:
    from lamlint.python.module import cst
    from lamlint.python.module.scope import Binding

LIBRARIES = frozenset(
    {
        "aioboto3", "aiobotocore", "aiohttp", "aiomysql", "anthropic", "asyncpg",
        "aws_lambda_powertools", "aws_xray_sdk", "boto3", "botocore", "cx_Oracle",
        "elasticsearch", "firebase_admin", "googleapiclient", "httpx", "mongoengine", "MySQLdb",
        "numpy", "openai", "opensearchpy", "oracledb", "pandas", "paramiko", "pg8000", "pika",
        "psycopg", "psycopg2", "psycopg_pool", "pymongo", "pymssql", "pymysql", "pynamodb",
        "pyodbc", "redis", "redshift_connector", "requests", "s3transfer", "simple_salesforce",
        "slack_bolt", "slack_sdk", "sqlalchemy", "sqlmodel", "urllib3",
    }
)  # fmt: skip
"""Never read as part of a codebase, even when a copy lies in the code root."""


class Codebase:
    """The modules below some roots, folders relative to the project's root, first match wins.

    `inline` holds modules that have no file of their own, by name. Codebases
    with the same `shelf` share what they parse. `elsewhere` are the folders in which the
    modules of some first names lie, out of the roots; `renamed` those that are packages of another
    name where the code runs; `left_out` are files that do not come along.
    """

    def __init__(
        self,
        tree: Tree,
        roots: Sequence[str],
        inline: Mapping[str, Source] | None = None,
        shelf: Shelf | None = None,
        elsewhere: Mapping[str, str] | None = None,
        renamed: Mapping[str, str] | None = None,
        left_out: frozenset[str] = frozenset(),
    ) -> None:
        self.tree = tree
        self.roots = tuple(roots)
        self._shelf = shelf or Shelf()
        self._inline = dict(inline or {})
        self._elsewhere = dict(elsewhere or {})
        self.renamed = dict(renamed or {})
        self.left_out = left_out
        self._modules: dict[str, Module | None] = {}
        self._by_path: dict[str, Module | None] = {}
        self._within: dict[str, tuple[str, ...]] = {}
        self._installed: dict[str, frozenset[str]] = {}
        self.imports: dict[Module, tuple[tuple[cst.CSTNode, tuple[Module, ...]], ...]] = {}

    def extended(self, elsewhere: Mapping[str, str]) -> Codebase:
        """This codebase and the modules of some first names, which lie in other folders."""
        if not elsewhere:
            return self
        return self._with(elsewhere, self.left_out)

    def without(self, left_out: frozenset[str]) -> Codebase:
        """This codebase less some files."""
        return self._with(self._elsewhere, left_out) if left_out else self

    def _with(self, elsewhere: Mapping[str, str], left_out: frozenset[str]) -> Codebase:
        return Codebase(
            self.tree, self.roots, self._inline, self._shelf, elsewhere, self.renamed, left_out
        )

    @property
    def given(self) -> tuple[tuple[str, ...], Mapping[str, Source], Mapping[str, str]]:
        """What it was made of, but for the tree: its roots, `inline` and `elsewhere`."""
        return self.roots, self._inline, self._elsewhere

    def module(self, name: str) -> Module | None:
        """The module of a dotted name; None when the codebase has none of that name."""
        if name not in self._modules:
            self._modules[name] = self._load(name)
        return self._modules[name]

    def within(self, package: str) -> tuple[str, ...]:
        """The names of the modules directly in a package, or in the roots."""
        if package not in self._within:
            self._within[package] = tuple(dict.fromkeys(self._listed(package)))
        return self._within[package]

    def _listed(self, package: str) -> Iterator[str]:
        for folder in self._places(package):
            for path in self.tree.sources(folder):
                name, _, rest = posixpath.relpath(path, folder).partition("/")
                if rest == "__init__.py":
                    yield name
                elif not rest and name.endswith(".py") and name != "__init__.py":
                    yield name.removesuffix(".py")

    def module_at(self, path: str) -> Module | None:
        """The module in a file, with the name that its first fitting root gives it."""
        path = posixpath.normpath(path)
        for top, home in self.renamed.items():
            if path.startswith(f"{home}/") and path.endswith(".py"):
                inner = path[len(home) : -3].removesuffix("/__init__").replace("/", ".")
                found = self.module(f"{top}{inner}")
                if found and found.path == path:
                    return found
        for root in self.roots:
            prefix = "" if root in ("", ".") else posixpath.normpath(root) + "/"
            if path.startswith(prefix) and path.endswith(".py"):
                dotted = path[len(prefix) : -3].replace("/", ".")
                name = dotted.removesuffix(".__init__")
                found = self.module(name)
                if found and found.path == path:
                    return found
        return self._read(path, posixpath.basename(path).removesuffix(".py"))

    def along(self, name: str) -> Iterator[Module]:
        """The modules that importing a dotted name imports: its packages, then itself."""
        parts = name.split(".")
        for length in range(1, len(parts) + 1):
            found = self.module(".".join(parts[:length]))
            if found is not None:
                yield found

    def forget(self) -> None:
        """Let go all modules; they are read again when they are asked for."""
        for module in (*self._modules.values(), *self._by_path.values()):
            if module is not None:
                module.forget()
        self._modules.clear()
        self._by_path.clear()
        self._within.clear()
        self.imports.clear()

    def leave_out(self, unread: Unread) -> None:
        """Note that something was not read, or not to its end."""
        self.tree.unread.add(unread)

    @property
    def loaded(self) -> Iterator[Module]:
        """The modules read so far."""
        for module in self._by_path.values():
            if module is not None:
                yield module

    def imported(self, module: Module, binding: Binding) -> Module | tuple[str, str] | None:
        """What an import binds: a module, (module, name) of a member, or None for a library's.

        A member of a module of the codebase that is no module itself comes as a pair.
        """
        name = module.absolute(binding.module)
        if binding.attribute is None:
            return self.module(name)
        submodule = self.module(f"{name}.{binding.attribute}" if name else binding.attribute)
        owner = self.module(name)
        if owner is not None and (submodule is None or _rebinds(owner, name, binding.attribute)):
            return (name, binding.attribute)
        return submodule

    def _load(self, name: str) -> Module | None:
        if name in self._inline:
            return Module(self._inline[name], name, syntax=self._shelf.of)
        top = name.partition(".")[0]
        if not name or top in LIBRARIES:
            return None
        for base in self._places(name):
            # A package hides a module of the same name, as Python's own finder has it.
            for path in (f"{base}/__init__.py", f"{base}.py"):
                if path not in self.left_out and self.tree.is_file(path):
                    return None if self._is_installed(path, name) else self._read(path, name)
        return None

    def _is_installed(self, path: str, name: str) -> bool:
        """Whether a file is of a distribution that was installed beside the code."""
        depth = name.count(".") + 1 + path.endswith("/__init__.py")
        root = "/".join(path.split("/")[:-depth])
        if root not in self._installed:
            inner = len(root) + 1 if root else 0
            beside = {one[inner:].partition("/")[0] for one in self.tree.sources(root)}
            # One of `.egg-info` lies beside what is developed in its folder, too.
            sure = (name for name in beside if not name.endswith(".egg-info"))
            self._installed[root] = installed(root, sure, self.tree.read)
        first = path[len(root) :].lstrip("/").partition("/")[0]
        return first in self._installed[root]

    def _places(self, name: str) -> Iterator[str]:
        """Where a module of a dotted name may lie, less its ending, the first that counts first."""
        top, _, rest = name.partition(".")
        relative = name.replace(".", "/")
        if top in self.renamed:
            yield posixpath.normpath(posixpath.join(self.renamed[top], rest.replace(".", "/")))
        other = self._elsewhere.get(top)
        for root in self.roots if other is None else (other, *self.roots):
            yield posixpath.normpath(posixpath.join(root, relative))

    def _read(self, path: str, name: str) -> Module | None:
        if path not in self._by_path:
            source = self.tree.read(path)
            package = posixpath.basename(path) == "__init__.py"
            self._by_path[path] = (
                Module(source, name, package=package, syntax=self._shelf.of)
                if isinstance(source, Source)
                else None
            )
        return self._by_path[path]


def _rebinds(package: Module, name: str, member: str) -> bool:
    """Whether a package gives the name of a submodule to something else than that submodule.

    `from . import worker` in the package itself does not.
    """
    return package.mentions(member) and any(
        one.attribute != member or package.absolute(one.module) != name
        for one in package.scopes.module.bindings.get(member, ())
    )
