"""What a project declares, in whatever dialects, as one."""

from __future__ import annotations

from collections.abc import Sequence

from lamlint.dialects.dialect import DIALECTS, Declared
from lamlint.text import Tree


def read(tree: Tree, targets: Sequence[str]) -> Declared:
    """What the files of a project declare that concern some paths (all, without any)."""
    there = [dialect for dialect in DIALECTS if any(map(dialect.claims, tree.sources()))]
    found = [dialect.read(tree, targets) for dialect in there]
    return Declared(
        functions=tuple(function for one in found for function in one.functions),
        roles=tuple(role for one in found for role in one.roles),
        problems=tuple(problem for one in found for problem in one.problems),
        left_out=frozenset(path for one in found for path in one.left_out),
    )
