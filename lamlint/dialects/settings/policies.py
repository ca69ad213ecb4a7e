"""Policies that lie in files of JSON beside the settings of a tool."""

from __future__ import annotations

from functools import partial

from lamlint.dialects.budget import Budget
from lamlint.dialects.settings.files import root_of
from lamlint.dialects.settings.scope import Settings
from lamlint.dialects.tree.node import MappingNode, Node, ScalarNode
from lamlint.files.paths import normal
from lamlint.text import Source, Tree


def policy(path: str, tree: Tree) -> tuple[Node, Settings]:
    """The policy in a file, and where its values are looked up; no mapping where none is read."""
    path = normal(path)
    source = tree.read(path) if tree.is_file(path) else None
    if not isinstance(source, Source):
        source = Source(path, "")
    root = source.once(policy, partial(root_of, source))
    node = root if isinstance(root, MappingNode) else ScalarNode(source, 0, 0, "")
    return node, Settings(path, Budget.of(len(source.text)))
