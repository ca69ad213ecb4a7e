"""AWS Chalice: all applications of a project, and what is wrong with their configuration."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Sequence

from lamlint.dialects.chalice import roles
from lamlint.dialects.chalice.application import APPLICATION, handlers, made_at
from lamlint.dialects.chalice.code import LIBRARY, Code, Module, parsed
from lamlint.dialects.chalice.configuration import Configuration
from lamlint.dialects.chalice.function import Application, function
from lamlint.dialects.chalice.stacks import completed
from lamlint.dialects.chalice.texts import Texts
from lamlint.dialects.dialect import CHALICE, Declared
from lamlint.dialects.nearness import concerns
from lamlint.dialects.settings.found import Found
from lamlint.files.paths import normal
from lamlint.model import Function
from lamlint.text import Source, Tree
from lamlint.text.dataclass import replace

_VENDORED = "vendor"
"""The folder whose content Chalice packs beside the application."""


def read(tree: Tree, targets: Sequence[str]) -> Declared:
    """What the applications of a project declare that concern some paths (all, without any)."""
    applications = {_folder(path): path for path in tree.sources() if CHALICE.claims(path)}
    found, by_others = Found(tree), completed(applications, tree)
    for folder, path in applications.items():
        if concerns(folder, targets):
            _add(found, path, complete=folder not in by_others)
        else:
            found.left_out.add(path)
    return found.declared


def _folder(path: str) -> str:
    """The folder of the application that a file configures."""
    return normal(posixpath.dirname(posixpath.dirname(path)))


def _add(found: Found, path: str, *, complete: bool) -> None:
    """Read the application that a file configures."""
    root = found.root(path)
    if root is None:
        return
    configuration = Configuration.of(root.source, root, found.tree, complete=complete)
    try:
        found.functions += _functions(configuration, found.tree)
    except Exception as error:  # noqa: BLE001  one application must not hide the others
        found.failed(path, error, root)
    if configuration.settings.budget.refused:
        found.left_out.add(path)


def _functions(configuration: Configuration, tree: Tree) -> list[Function]:
    code = Code({one.name: one for one in _modules(configuration.folder, tree)})
    texts = Texts(code, configuration.settings, configuration.variable)
    declared = list(handlers(code))
    vendored = posixpath.join(configuration.folder, _VENDORED)
    also = (vendored,) if tree.is_folder(vendored) else ()
    shared = Application(configuration, texts, made_at(code), also, len(declared) == 1)
    found = (function(one, shared) for one in declared)
    return [
        replace(one, role=roles.made(one, configuration, tree, alone=shared.alone)) for one in found
    ]


def _modules(folder: str, tree: Tree) -> Iterator[Module]:
    """The modules in which Chalice looks for functions: the application's own, and its library."""
    library = posixpath.join(folder, LIBRARY)
    paths = [posixpath.join(folder, f"{APPLICATION}.py")]
    paths += [path for path in tree.sources(library) if path.endswith(".py")]
    for path in paths:
        source = tree.read(path) if tree.is_file(path) else None
        inner = path.removeprefix(folder).lstrip("/").removesuffix(".py")
        name = inner.removesuffix("/__init__").replace("/", ".")
        module = parsed(name, source) if isinstance(source, Source) else None
        if module is not None:
            yield module
        elif isinstance(source, Source):
            from lamlint.python.module.parse import why_refused  # this needs LibCST

            tree.unread.add(why_refused(source))
