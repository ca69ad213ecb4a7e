"""Which comments go along with what moves to module level, and which stay in the function."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from lamlint.python.hoist.plan import Plan
from lamlint.python.hoist.planning import plans
from lamlint.python.module import cst
from lamlint.text.regex import Regex

if TYPE_CHECKING:
    from lamlint.python.hoist.view import View

_OF_THE_OBJECT = Regex(
    r"\b(boto3|botocore|clients?|resources?|sessions?|connections?|connect to|pools?|engines?"
    r"|initiali[sz]\w*|instantiat\w*|set(ting)? ?up)\b",
    re.IGNORECASE,
)


class Comments:
    """The comments on the lines that a plan moves."""

    def __init__(self, view: View, plan: Plan) -> None:
        self.view = view
        self.plan = plan

    def going(self, node: cst.CSTNode) -> Sequence[cst.EmptyLine]:
        """The comments above a statement that are about it alone."""
        line = self._line(node)
        lines = [] if line is None else _comments(line)
        text = " ".join(map(_text, lines))
        return [] if _OF_THE_OBJECT.search(text) is None and self._heads(node) else lines

    def staying(self, node: cst.CSTNode) -> Sequence[cst.EmptyLine]:
        """The comments that are left behind: those on other code.

        Of a line that goes since the module has the like, all that is not said there.
        """
        line = self._line(node)
        going = self.going(node)
        found = [] if line is None else [each for each in _comments(line) if each not in going]
        if line is None or node not in self.plan.kept:
            return found
        binding = self.view.module.scopes.module.bindings[self.plan.names[node]][0]
        said = _all(self._line(binding.node))
        trailing = line.trailing_whitespace.comment
        own = [cst.EmptyLine(comment=trailing)] if trailing is not None else []
        return [*found, *(each for each in [*going, *own] if _text(each) not in said)]

    def _line(self, node: cst.CSTNode) -> cst.SimpleStatementLine | None:
        line = self.view.module.parent(node)
        return line if isinstance(line, cst.SimpleStatementLine) else None

    def _heads(self, node: cst.CSTNode) -> bool:
        """Whether what follows without a gap stays in the function: a comment may be on that."""
        line = self._line(node)
        block = None if line is None else self.view.module.parent(line)
        if line is None or not isinstance(block, cst.IndentedBlock):
            return False
        going = {id(one) for one in self._moving()}
        for statement in block.body[block.body.index(line) + 1 :]:
            if getattr(statement, "leading_lines", ()):
                return False
            if id(statement) not in going:
                return True
        return False

    def _moving(self) -> Iterator[cst.CSTNode | None]:
        """The lines that some plan moves."""
        for plan in plans(self.view.module, self.view.constructors).values():
            for node in (*plan.needs.imports, *plan.names):
                yield self.view.module.parent(node)


def _comments(line: cst.SimpleStatementLine) -> list[cst.EmptyLine]:
    return [each for each in line.leading_lines if each.comment is not None]


def _text(line: cst.EmptyLine) -> str:
    return line.comment.value if line.comment is not None else ""


def _all(line: cst.SimpleStatementLine | None) -> frozenset[str]:
    """The texts of the comments above and behind a statement."""
    if line is None:
        return frozenset()
    trailing = line.trailing_whitespace.comment
    return frozenset([*map(_text, line.leading_lines), trailing.value if trailing else ""])
