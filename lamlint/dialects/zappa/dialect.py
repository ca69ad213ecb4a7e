"""Zappa: all files of settings of a project, and what is wrong with them."""

from __future__ import annotations

import posixpath
from collections.abc import Sequence

from lamlint.dialects.budget import Budget
from lamlint.dialects.dialect import ZAPPA, Declared
from lamlint.dialects.nearness import concerns
from lamlint.dialects.settings.found import Found
from lamlint.dialects.settings.scope import Settings
from lamlint.dialects.tree.node import MappingNode
from lamlint.dialects.zappa.function import function
from lamlint.dialects.zappa.stages import Stage, stages
from lamlint.text import Span, Tree

_BESIDE = ("memory_size", "timeout_seconds", "runtime", "project_name")


def read(tree: Tree, targets: Sequence[str]) -> Declared:
    """What the settings of a project declare that concern some paths (all, without any)."""
    found = Found(tree)
    for path in tree.sources():
        if not ZAPPA.claims(path):
            continue
        if concerns(posixpath.dirname(path), targets):
            _add(found, path)
        else:
            found.left_out.add(path)
    return found.declared


def _add(found: Found, path: str) -> None:
    """Read one file."""
    root = found.root(path)
    if root is None:
        return
    settings = Settings(path, Budget.of(len(root.source.text)), _BESIDE)
    try:
        for stage in stages(root, settings):
            found.functions.append(function(stage, path, _block(stage, root), found.tree))
    except Exception as error:  # noqa: BLE001  one file must not hide the others
        found.failed(path, error, root)
    if settings.budget.refused:
        found.left_out.add(path)


def _block(stage: Stage, root: MappingNode) -> Span:
    """A stage as it is written, its name and all its own settings."""
    entry = root.table[stage.name]
    return root.source.span(min(entry.key.start, entry.end), max(entry.key.start, entry.end))
