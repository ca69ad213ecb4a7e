"""Taking statements out of their blocks, and blocks out of their `with`, comments kept."""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping, Sequence
from typing import TYPE_CHECKING

from lamlint.python.module import cst
from lamlint.python.rewrite import Change

if TYPE_CHECKING:
    from lamlint.python.hoist.view import View

Lines = Sequence[cst.EmptyLine]


def removals(
    view: View,
    gone: Mapping[cst.SimpleStatementLine, Lines],
    others: Container[cst.CSTNode | None],
) -> dict[cst.CSTNode, Change] | None:
    """The changes that take lines out; None where a block would be left empty for no reason.

    Each line comes with the comments that it leaves behind. `others` are lines
    that further fixes take out: what follows them is where the block starts.
    """
    changes: dict[cst.CSTNode, Change] = {}
    for block in {view.module.parent(line) for line in gone}:
        if not isinstance(block, cst.IndentedBlock):
            return None
        left = [statement for statement in block.body if statement not in gone]
        if not left:
            if not isinstance(view.module.parent(block), cst.FunctionDef):
                return None
            first = block.body[0]
            staying = [line for statement in block.body for line in _left(gone, statement)]
            changes.update(dict.fromkeys(block.body, ()))
            changes[first] = cst.SimpleStatementLine([cst.Pass()], leading_lines=staying)
            continue
        changes.update(_closed_up(block, gone, others))
    return changes


def _left(
    gone: Mapping[cst.SimpleStatementLine, Lines], statement: cst.BaseStatement | cst.CSTNode
) -> Lines:
    return gone.get(statement, ()) if isinstance(statement, cst.SimpleStatementLine) else ()


def _closed_up(
    block: cst.IndentedBlock,
    gone: Mapping[cst.SimpleStatementLine, Lines],
    others: Container[cst.CSTNode | None],
) -> dict[cst.CSTNode, Change]:
    """The changes of one block: lines without the comments they take along, gaps as they were."""
    changes: dict[cst.CSTNode, Change] = {}
    gap: Lines | None = None
    staying: list[cst.EmptyLine] = []
    for place, statement in enumerate(block.body):
        lines: Lines = getattr(statement, "leading_lines", ())
        blank = [line for line in lines if line.comment is None]
        if statement in gone:
            changes[statement] = ()
            staying += _left(gone, statement)
            if gap is None or len(blank) > len(gap):
                gap = blank if gap is None or block.body[0] not in gone else gap
            continue
        if gap is not None:
            ahead = block.body[:place]
            first = all(before in gone or before in others for before in ahead)
            if statement in others and not first and _has_gap(block.body[place:], others):
                gap = ()
            ahead_of = [*gap, *staying, *lines] if staying else _spaced(lines, gap, first=first)
            changes[statement] = _led(ahead_of)
            gap = None
            staying = []
    if staying:
        changes[block] = lambda node: [_after(node, [*(gap or ()), *staying], "footer")]
    return changes


def _has_gap(rest: Sequence[cst.BaseStatement], others: Container[cst.CSTNode | None]) -> bool:
    """Whether there is a gap, or the end, behind the lines at the start that go as well."""
    for statement in rest:
        lines: Lines = getattr(statement, "leading_lines", ())
        if any(line.comment is None for line in lines[:1]):
            return True
        if statement not in others:
            return False
    return True


def _spaced(lines: Lines, gap: Lines, *, first: bool) -> Lines:
    """Leading lines after what stood before them is gone."""
    blanks = 0
    while blanks < len(lines) and lines[blanks].comment is None:
        blanks += 1
    ahead = gap if first or len(gap) > blanks else lines[:blanks]
    return [*ahead, *lines[blanks:]]


def _led(lines: Lines) -> Callable[[cst.CSTNode], Sequence[cst.CSTNode]]:
    return lambda node: [node.with_changes(leading_lines=lines)]


def without_item(
    view: View, statement: cst.With, item: cst.WithItem
) -> dict[cst.CSTNode, Change] | None:
    """The changes that take one item out of a `with`; the last one takes the `with` along."""
    if len(statement.items) > 1:
        return {statement: lambda node: [_fewer(node, statement.items.index(item))]}
    block = view.module.parent(statement)
    if not isinstance(block, cst.IndentedBlock):
        return None
    changes: dict[cst.CSTNode, Change] = {statement: _spliced}
    footer = statement.body.footer if isinstance(statement.body, cst.IndentedBlock) else ()
    if any(line.comment is not None for line in footer):
        place = block.body.index(statement) + 1
        if place < len(block.body):
            changes[block.body[place]] = lambda node: [_after(node, footer, "leading_lines")]
        else:
            changes[block] = lambda node: [_after(node, footer, "footer")]
    return changes


def _fewer(node: cst.CSTNode, place: int) -> cst.CSTNode:
    statement = cst.ensure_type(node, cst.With)
    items = [item for index, item in enumerate(statement.items) if index != place]
    items[-1] = items[-1].with_changes(comma=cst.MaybeSentinel.DEFAULT)
    return statement.with_changes(items=items)


def _after(node: cst.CSTNode, lines: Lines, where: str) -> cst.CSTNode:
    return node.with_changes(**{where: [*lines, *getattr(node, where)]})


def _spliced(node: cst.CSTNode) -> Sequence[cst.CSTNode]:
    """The body of a `with`, in its place."""
    statement = cst.ensure_type(node, cst.With)
    body = statement.body
    if isinstance(body, cst.SimpleStatementSuite):
        return [
            cst.SimpleStatementLine(
                body.body, statement.leading_lines, trailing_whitespace=body.trailing_whitespace
            )
        ]
    block = cst.ensure_type(body, cst.IndentedBlock)
    first, *others = block.body
    lines = list(statement.leading_lines)
    if block.header.comment is not None:
        lines.append(cst.EmptyLine(comment=block.header.comment))
    own: Lines = getattr(first, "leading_lines", ())
    return [first.with_changes(leading_lines=[*lines, *own]), *others]
