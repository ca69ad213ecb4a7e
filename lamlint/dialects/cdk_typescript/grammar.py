"""TypeScript and JavaScript by tree-sitter, which an extra brings: imported where some is there."""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING

from lamlint.text import Source, Span
from lamlint.text.regex import Regex

if TYPE_CHECKING:
    from tree_sitter import Node

_LONE_RETURN = Regex(r"\r(?!\n)")


def is_here() -> bool:
    """Whether the parser is installed."""
    return all(find_spec(name) is not None for name in ("tree_sitter", "tree_sitter_typescript"))


def program(source: Source) -> Node | None:
    """The tree of a text; None where its lines would be counted otherwise."""
    from tree_sitter import Language, Parser
    from tree_sitter_typescript import language_tsx, language_typescript

    if _LONE_RETURN.search(source.text):
        return None
    # JavaScript may hold JSX, and has no assertions (`<T>x`) that it could be taken for.
    grammar = language_typescript() if source.path.endswith(".ts") else language_tsx()
    parser = Parser(Language(grammar))
    return parser.parse(source.text.encode("utf-8", "surrogatepass")).root_node


def text(node: Node | None) -> str:
    """How a node is written; nothing for none."""
    written = node.text if node is not None else None
    return written.decode("utf-8", "replace") if written is not None else ""


def named(node: Node | None) -> list[Node]:
    """The parts of a node that are no marks and no comments."""
    parts = node.named_children if node is not None else ()
    return [one for one in parts if one.type != "comment"]


def broken(root: Node) -> Node | None:
    """The first part of a tree that the grammar does not have."""
    waiting = [root] if root.has_error else []
    while waiting:
        node = waiting.pop()
        if node.is_error or node.is_missing:
            return node
        waiting += [one for one in reversed(node.children) if one.has_error]
    return None


def span(node: Node, source: Source) -> Span:
    """Where a node stands: from its start to the end of that line."""
    line = min(node.start_point[0] + 1, source.line_count)
    before = source.line(line).encode("utf-8", "surrogatepass")[: node.start_point[1]]
    start = source.offset(line) + len(before.decode("utf-8", "ignore"))
    return source.span(start, max(start, source.end(line)))
