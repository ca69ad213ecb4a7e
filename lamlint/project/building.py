"""Reading a project: what its templates declare, with what its code and scripts say of that."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from lamlint.project.join import Project
from lamlint.python.module.syntax import Shelf
from lamlint.text import Tree

if TYPE_CHECKING:
    from lamlint.catalog import Catalog


def build(
    tree: Tree,
    targets: Sequence[str],
    catalog: Catalog,
    today: date,
    shelf: Shelf | None = None,
) -> Project:
    """Read a project.

    `targets` are the paths, relative to the root, that are to be reported on;
    templates above and below them are read.
    """
    from lamlint.dialects.reading import read
    from lamlint.project.awaited import without_placeholders
    from lamlint.project.in_python import with_python
    from lamlint.project.packaged import originals
    from lamlint.project.scheduled import with_schedules
    from lamlint.project.set_elsewhere import with_set_elsewhere

    declared = read(tree, targets)
    functions = with_python(without_placeholders(originals(declared.functions), tree), tree)
    return Project(
        tree=tree,
        catalog=catalog,
        today=today,
        functions=with_schedules(with_set_elsewhere(functions, tree), tree),
        roles=declared.roles,
        problems=declared.problems,
        targets=tuple(targets),
        dangling=declared.dangling,
        replaced=declared.replaced,
        left_out=declared.left_out,
        resources=declared.resources,
        shelf=shelf or Shelf(),
    )
