"""Stacks of CDK that deploy applications of Chalice, and complete their configuration."""

from __future__ import annotations

import posixpath
from collections.abc import Collection, Iterator

from lamlint.text import Tree

_WORDS = (b"chalice.cdk", b"chalice import cdk")
"""What a module holds that imports Chalice's construct for CDK."""


def completed(folders: Collection[str], tree: Tree) -> frozenset[str]:
    """The applications, by their folders, to whose configuration a stack adds a stage.

    Which one a stack deploys is mostly computed from its own place, so it is taken for the
    nearest, or for all that are equally near.
    """
    found: set[str] = set()
    for stack in _stacks(tree) if folders else ():
        near = {folder: _shared(folder, posixpath.dirname(stack)) for folder in folders}
        nearest = max(near.values())
        found |= {folder for folder, shared in near.items() if shared == nearest}
    return frozenset(found)


def _stacks(tree: Tree) -> Iterator[str]:
    """The modules that import the construct."""
    for path in tree.sources():
        if path.endswith(".py") and tree.mentions(path, _WORDS):
            yield path


def _shared(folder: str, other: str) -> int:
    """How many folders two folders have in common, from the root of the project."""
    count = 0
    for one, two in zip(folder.split("/"), other.split("/"), strict=False):
        if one != two or not one:
            break
        count += 1
    return count
