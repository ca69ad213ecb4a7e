"""A changed tree delivered as text edits: old module against new module, line by line."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Mapping, Sequence
from difflib import SequenceMatcher
from itertools import pairwise
from typing import TYPE_CHECKING, TypeVar

from lamlint.python.module import cst
from lamlint.python.module.positions import is_whole
from lamlint.text import Edit, Source
from lamlint.text.dataclass import dataclass
from lamlint.text.regex import Regex

if TYPE_CHECKING:
    from lamlint.python.module.module import Module

Change = cst.CSTNode | Sequence[cst.CSTNode] | Callable[[cst.CSTNode], Sequence[cst.CSTNode]]
"""What stands in the place of a node.

A node; in a list of statements or arguments, any number of them; or a
function that makes these of the node as its own changed parts leave it.
"""

Node = TypeVar("Node", bound=cst.CSTNode)
_LINES = Regex(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")


def replace(
    tree: Node,
    parent: Callable[[cst.CSTNode], cst.CSTNode | None],
    changes: Mapping[cst.CSTNode, Change],
) -> Node:
    """The tree with some nodes replaced; all that has no part in it stays the same object.

    Changes of nodes outside the tree are left alone.
    """
    touched: set[cst.CSTNode] = set()
    for node in changes:
        above = parent(node)
        while above is not None and above not in touched:
            touched.add(above)
            above = parent(above)
    (new,) = _replaced(tree, touched, changes)
    if not isinstance(new, type(tree)):
        raise TypeError("the root of a tree keeps its kind")
    return new


def _rebuilt(
    node: cst.CSTNode, touched: set[cst.CSTNode], changes: Mapping[cst.CSTNode, Change]
) -> cst.CSTNode:
    if node not in touched:
        return node
    new: dict[str, object] = {}
    for name in type(node).__dataclass_fields__:
        value = getattr(node, name)
        if isinstance(value, cst.CSTNode):
            (built,) = _replaced(value, touched, changes)
            if built is not value:
                new[name] = built
        elif isinstance(value, (list, tuple)):
            items = [item for old in value for item in _replaced(old, touched, changes)]
            if len(items) != len(value) or any(
                a is not b for a, b in zip(items, value, strict=True)
            ):
                new[name] = items
    return node.with_changes(**new) if new else node


def _replaced(
    node: cst.CSTNode, touched: set[cst.CSTNode], changes: Mapping[cst.CSTNode, Change]
) -> Sequence[cst.CSTNode]:
    change = changes.get(node)
    if change is None:
        return (_rebuilt(node, touched, changes),)
    if isinstance(change, cst.CSTNode):
        return (change,)
    if callable(change):
        return change(_rebuilt(node, touched, changes))
    return change


def edits(module: Module, new: cst.Module) -> tuple[Edit, ...] | None:
    """The edits of a module's text that turn its tree into the new one, line by line.

    Statements that are the same object in both trees are taken as unchanged: no
    code is written for them. None where the file that holds the text cannot
    take an edit.
    """
    source, old = module.source, module.tree
    if not is_whole(old, source.text):
        return None
    part = _smallest(_part(old.body, new.body, ()), old.default_indent)
    if part.indents:
        start, end = (_line(module, part.old[place]) for place in (part.first, part.last))
    else:
        start, end = _start(module, part.first), _start(module, part.last)
    text = _code(new, part.written, part.indents)
    if end == len(source.text) and not old.has_trailing_newline:
        text = text.removesuffix(new.default_newline)
    return _line_edits(source, start, end, text)


@dataclass(frozen=True, slots=True)
class _Part:
    """Statements of one block in the old tree, and what is written in the place of some.

    Those from `first` up to `last` go. `indents` is what leads each line.
    """

    old: Sequence[cst.CSTNode]
    first: int
    last: int
    written: Sequence[cst.CSTNode]
    indents: tuple[str, ...]


def _part(
    old: Sequence[cst.CSTNode], new: Sequence[cst.CSTNode], indents: tuple[str, ...]
) -> _Part:
    ahead = _leading(a is b for a, b in zip(old, new, strict=False))
    rest = zip(reversed(old[ahead:]), reversed(new[ahead:]), strict=False)
    behind = _leading(a is b for a, b in rest)
    return _Part(old, ahead, len(old) - behind, new[ahead : len(new) - behind], indents)


def _smallest(part: _Part, default: str) -> _Part:
    """The change in the innermost block that holds all of it, and a statement behind it."""
    gone = part.old[part.first : part.last]
    if len(gone) != 1 or len(part.written) != 1:
        return part
    (one,), (other,) = gone, part.written
    block, rewritten = getattr(one, "body", None), getattr(other, "body", None)
    if not isinstance(block, cst.IndentedBlock) or not isinstance(rewritten, cst.IndentedBlock):
        return part
    if not _alike(one, other) or not _alike(block, rewritten):
        return part
    indent = default if block.indent is None else block.indent
    inner = _part(block.body, rewritten.body, (*part.indents, indent))
    return part if inner.last == len(inner.old) else _smallest(inner, default)


def _alike(one: cst.CSTNode, other: cst.CSTNode) -> bool:
    """Whether two statements, or blocks, differ in their bodies only."""
    return type(one) is type(other) and all(
        name == "body" or getattr(one, name) is getattr(other, name)
        for name in type(one).__dataclass_fields__
    )


def insertions(
    module: Module,
    index: int,
    statements: Sequence[cst.BaseStatement],
    *,
    apart: bool = True,
    behind: int = 0,
) -> tuple[Edit, ...] | None:
    """The edits that put statements before the one at an index of the module's body.

    `behind` is a number of blank lines that are to follow them.

    One edit a statement, and (`apart`) one for the blank lines ahead of it: fixes that
    add the same statement then share it, and follow each other without gaps.
    None where the file cannot take them.
    """
    source, tree = module.source, module.tree
    if not is_whole(tree, source.text):
        return None
    place = _start(module, index, after_comment=True)
    if place == len(source.text) and not tree.has_trailing_newline:
        return None
    made: list[Edit | None] = []
    for statement in statements:
        code = tree.code_for_node(statement)
        text = code.lstrip("\r\n")
        if apart and text != code:
            made.append(source.edit(place, place, code[: len(code) - len(text)]))
        made.append(source.edit(place, place, text if apart else code))
    if behind:
        made.append(source.edit(place, place, source.newline * behind))
    found = tuple(edit for edit in made if edit is not None)
    return found if len(found) == len(made) else None


def _leading(matches: Iterable[bool]) -> int:
    """How many are true before the first that is not."""
    return sum(1 for _ in itertools.takewhile(bool, matches))


def comment_behind(tree: cst.Module, index: int) -> int:
    """How many lines of comment right behind a statement belong to it, not to the one at an index.

    They stand under it without a gap, and have one after them.
    """
    if not 0 < index < len(tree.body):
        return 0
    lines = _ahead(tree.body[index])
    count = _leading(getattr(line, "comment", None) is not None for line in lines)
    gap = count < len(lines) and isinstance(lines[count], cst.EmptyLine)
    return count if gap else 0


def _start(module: Module, index: int, *, after_comment: bool = False) -> int:
    """Where a statement of the module starts, with what leads it; after the last, where that ends.

    A node's own place is without the lines and decorators ahead of it.
    """
    tree = module.tree
    if index == len(tree.body):
        after = [line for line in tree.footer if module.offsets(line)[1] > module.offsets(line)[0]]
        return module.offsets(after[0])[0] if after else len(module.source.text)
    skipped = comment_behind(tree, index) if after_comment else 0
    return _first(module, tree.body[index], skipped)


def _first(module: Module, node: cst.CSTNode, skipped: int = 0) -> int:
    """Where a statement starts, with the lines and decorators that lead it, less some."""
    while ahead := _ahead(node)[skipped:]:
        node, skipped = ahead[0], 0
    return module.offsets(node)[0]


def _line(module: Module, node: cst.CSTNode) -> int:
    """Where the first line of a statement starts."""
    text, place = module.source.text, _first(module, node)
    return max(text.rfind("\n", 0, place), text.rfind("\r", 0, place)) + 1


def _ahead(node: cst.CSTNode) -> Sequence[cst.CSTNode]:
    """What leads a statement and is no part of its own place."""
    return (*getattr(node, "leading_lines", ()), *getattr(node, "decorators", ()))


def _code(tree: cst.Module, nodes: Sequence[cst.CSTNode], indents: Sequence[str]) -> str:
    state = cst.CodegenState(tree.default_indent, tree.default_newline)
    for indent in indents:
        state.increase_indent(indent)
    for node in nodes:
        node._codegen(state)  # noqa: SLF001  code_for_node knows no indentation
    return "".join(state.tokens)


def _line_edits(source: Source, start: int, end: int, text: str) -> tuple[Edit, ...] | None:
    """Put text in the place of a part, changing as few lines as can be.

    Each line that goes is an edit of its own: fixes that take out the same line share it.
    """
    old = _LINES.findall(source.text[start:end])
    new = _LINES.findall(text)
    ahead = _leading(a == b for a, b in zip(old, new, strict=False))
    rest = zip(reversed(old[ahead:]), reversed(new[ahead:]), strict=False)
    behind = _leading(a == b for a, b in rest)
    start += sum(map(len, old[:ahead]))
    old, new = old[ahead : len(old) - behind], new[ahead : len(new) - behind]
    places = [start]
    for line in old:
        places.append(places[-1] + len(line))
    made: list[Edit | None] = []
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for kind, first, last, new_first, new_last in matcher.get_opcodes():
        if kind == "delete":
            made.extend(source.edit(*pair, "") for pair in pairwise(places[first : last + 1]))
        elif kind != "equal":
            made.append(source.edit(places[first], places[last], "".join(new[new_first:new_last])))
    found = tuple(edit for edit in made if edit is not None)
    return found if len(found) == len(made) else None
