"""Which function is around each node of a tree: looked for once for each block."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lamlint.python.module.cst import FunctionDef, IndentedBlock

if TYPE_CHECKING:
    from lamlint.python.module import cst


class Enclosing:
    """The functions around the nodes of a tree.

    What stands in a block asks for what is around the block, which many ask for.
    """

    def __init__(self, parents: dict[int, cst.CSTNode]) -> None:
        self._parents = parents
        self._of_block: dict[int, cst.FunctionDef | None] = {}

    def function(self, node: cst.CSTNode) -> cst.FunctionDef | None:
        """The innermost `def` around a node."""
        parents, known = self._parents, self._of_block
        passed: list[int] = []
        found = None
        above = parents.get(id(node))
        while above is not None:
            kind = above.__class__  # far faster than isinstance
            if kind is FunctionDef:
                found = above
                break
            if kind is IndentedBlock:
                if id(above) in known:
                    found = known[id(above)]
                    break
                passed.append(id(above))
            above = parents.get(id(above))
        for block in passed:
            known[block] = found  # type: ignore[assignment]  # a `def`, as asked above
        return found  # type: ignore[return-value]
