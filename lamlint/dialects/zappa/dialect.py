"""Zappa: all files of settings of a project, and what is wrong with them."""

from __future__ import annotations

import posixpath
from collections.abc import Sequence
from dataclasses import field

from lamlint.dialects.budget import Budget
from lamlint.dialects.dialect import ZAPPA, Declared, failed
from lamlint.dialects.nearness import concerns
from lamlint.dialects.settings.files import root_of
from lamlint.dialects.settings.scope import Settings
from lamlint.dialects.tree.node import MappingNode
from lamlint.dialects.tree.yaml import Broken
from lamlint.dialects.unreadable import SETTINGS, told
from lamlint.dialects.zappa.function import function
from lamlint.dialects.zappa.stages import Stage, stages
from lamlint.model import Function
from lamlint.text import Finding, Span, Tree, Unreadable
from lamlint.text.dataclass import dataclass

_BESIDE = ("memory_size", "timeout_seconds", "runtime", "project_name")


def read(tree: Tree, targets: Sequence[str]) -> Declared:
    """What the settings of a project declare that concern some paths (all, without any)."""
    found = _Found(tree)
    for path in tree.sources():
        if not ZAPPA.claims(path):
            continue
        if concerns(posixpath.dirname(path), targets):
            found.add(path)
        else:
            found.left_out.add(path)
    return Declared(
        functions=tuple(found.functions),
        roles=tuple(one.role for one in found.functions if one.role is not None),
        problems=tuple(found.problems),
        left_out=frozenset(found.left_out),
    )


@dataclass
class _Found:
    """What the settings of a project declare, as far as they are read."""

    tree: Tree
    functions: list[Function] = field(default_factory=list)
    problems: list[Finding] = field(default_factory=list)
    left_out: set[str] = field(default_factory=set)

    def add(self, path: str) -> None:
        """Read one file."""
        source = self.tree.read(path)
        if isinstance(source, Unreadable):
            self.left_out.add(path)
            return
        root = root_of(source)
        if isinstance(root, Broken):
            self.left_out.add(path)
            self.problems += told(SETTINGS, source, root, self.tree)
            return
        settings = Settings(path, Budget.of(len(source.text)), _BESIDE)
        try:
            for stage in stages(root, settings):
                self.functions.append(function(stage, path, _block(stage, root), self.tree))
        except Exception as error:  # noqa: BLE001  one file must not hide the others
            self.problems.append(failed(path, error, root.span))
        if settings.budget.refused:
            self.left_out.add(path)


def _block(stage: Stage, root: MappingNode) -> Span:
    """A stage as it is written, its name and all its own settings."""
    entry = root.table[stage.name]
    return root.source.span(min(entry.key.start, entry.end), max(entry.key.start, entry.end))
