"""Which comments go along with what moves to module level, and which stay in the function."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import libcst as cst

from lamlint.python.hoist_plan import Form, Plan, first_of_name, plans

if TYPE_CHECKING:
    from lamlint.python.hoist_view import View

_OF_THE_OBJECT = re.compile(
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
        text = " ".join(_texts(lines))
        return [] if _OF_THE_OBJECT.search(text) is None and self._heads(node) else lines

    def staying(self, node: cst.CSTNode) -> Sequence[cst.EmptyLine]:
        """The comments that are left behind: those on other code, and what is said otherwise.

        Where several functions make one object, the comments of the first
        stand at module level.
        """
        line = self._line(node)
        if line is None:
            return ()
        going = self.going(node)
        if not going:
            found = _comments(line)
        elif node not in self.plan.names:
            return ()
        else:
            said = set(self._said(node))
            found = [each for each in going if each.comment and each.comment.value not in said]
        trailing = line.trailing_whitespace.comment
        if trailing is not None and not self._is_first(node):
            if trailing.value not in set(self._said(node)):
                found = [*found, cst.EmptyLine(comment=trailing)]
        return found

    def _said(self, node: cst.CSTNode) -> Iterator[str]:
        """The comments that stand, or will, with the object at module level."""
        name = self.plan.names[node]
        if node in self.plan.kept:
            binding = self.view.module.scopes.module.bindings[name][0]
            yield from _all(self._line(binding.node))
            return
        plan, first = first_of_name(self.view, name)
        yield from _texts(Comments(self.view, plan).going(first))
        line = self._line(first) if plan.form is Form.ASSIGNED or first is not plan.key else None
        if line is not None and line.trailing_whitespace.comment is not None:
            yield line.trailing_whitespace.comment.value

    def _is_first(self, node: cst.CSTNode) -> bool:
        name = self.plan.names.get(node)
        if name is None or node in self.plan.kept:
            return name is None
        return first_of_name(self.view, name)[1] is node

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


def _texts(lines: Sequence[cst.EmptyLine]) -> list[str]:
    return [each.comment.value for each in lines if each.comment is not None]


def _all(line: cst.SimpleStatementLine | None) -> Iterator[str]:
    if line is not None:
        yield from _texts(line.leading_lines)
        if line.trailing_whitespace.comment is not None:
            yield line.trailing_whitespace.comment.value
