"""Terragrunt: which local modules its files deploy, and the values that they give them."""

from __future__ import annotations

import posixpath
from collections.abc import Collection, Iterator

from lamlint.dialects.terraform.module import Module, whole
from lamlint.dialects.terraform.scope import Scope, Use
from lamlint.dialects.tree.node import MappingNode, ScalarNode
from lamlint.files.paths import normal
from lamlint.text import Source, Tree
from lamlint.text.dataclass import dataclass

FILE = "terragrunt.hcl"
_NOT_HERE = ".terragrunt-cache/"


@dataclass(frozen=True, eq=False)
class Unit:
    """A file that deploys a module of the project, and the folder of that module."""

    path: str
    module: str
    own: Module
    inputs: MappingNode | None
    open: bool
    """Whether other files, which it includes, may give further values."""

    def scope(self, use: Use, module: Module) -> Scope:
        """The module with the values that the file gives its variables."""
        around = Scope(use, self.own, arguments={}, open=True)
        entries = [entry for entry in self.inputs or () if not entry.key.tag]
        return Scope(
            use,
            module,
            f"{self.own.folder}.",
            arguments={entry.name: (entry.value, around) for entry in entries},
            open=self.open,
        )


def units(tree: Tree, modules: Collection[str]) -> Iterator[Unit]:
    """The files of Terragrunt that deploy one of some modules."""
    for path in tree.sources():
        if posixpath.basename(path) != FILE or _NOT_HERE in path:
            continue
        source = tree.read(path)
        document = whole(source, tree) if isinstance(source, Source) else None
        if document is None:
            continue
        folder = posixpath.dirname(path)
        own = Module(folder, document.blocks)
        module = _module(own)
        if module is not None and module in modules:
            inputs = document.attributes.get("inputs")
            given = inputs if isinstance(inputs, MappingNode) else None
            known = given is not None and not any(e.key.tag for e in given.entries)
            alone = known and next(own.of("include"), None) is None
            yield Unit(path, module, own, given, not alone)


def runs_elsewhere(tree: Tree, folder: str) -> bool:
    """Whether Terragrunt may run a module with files of a folder that is not known.

    It copies what lies beside a file of its own over the module that the file names.
    """
    named = [path for path in tree.sources() if posixpath.basename(path) == FILE]
    return bool(named) and posixpath.join(folder, FILE) not in named


def _module(own: Module) -> str | None:
    """The folder of the module that a file deploys, as far as it is one of the project."""
    for block in own.of("terraform"):
        source = block.body.get("source")
        written = source.text if isinstance(source, ScalarNode) else ""
        if written.startswith(("./", "../")):
            return normal(posixpath.join(own.folder, written.partition("?")[0].replace("//", "/")))
    return None
