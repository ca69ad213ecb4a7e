"""Where nodes stand: LibCST's own code generation, counting characters in place of writing them.

It goes statement by statement and only as far as it is asked for: what stands
behind the last node that anybody asks for costs nothing.
"""

from __future__ import annotations

from types import TracebackType

from lamlint.python.module import cst
from lamlint.python.module.stack import deep

Offsets = dict[int, tuple[int, int]]


class Positions:
    """Where the nodes of a tree start and end in its text, without surrounding white space."""

    def __init__(self, tree: cst.Module, text: str) -> None:
        self._tree = tree
        self._length = len(text)
        self._counted = _Counted(tree.default_indent, tree.default_newline)
        self._left = [*reversed([*tree.header, *tree.body, *tree.footer])]
        self._places = None if is_whole(tree, text) else _places(tree.code, text)

    def of(self, node: cst.CSTNode) -> tuple[int, int]:
        """The offsets of a node of the tree in its text."""
        if node is self._tree:
            return 0, self._length
        found = self._counted.found
        while id(node) not in found:
            self._count(self._left[-1])
            self._left.pop()
        start, end = found[id(node)]
        if self._places is None:
            return start, end
        moved = self._places[start]
        return moved, self._places[end - 1] + 1 if end > start else moved

    def _count(self, line: cst.CSTNode) -> None:
        """Count one statement or line of the module."""
        counted = self._counted
        offset, last = counted.offset, counted.last

        def count() -> None:
            counted.offset, counted.last = offset, last
            counted.starts.clear()
            counted.indent_tokens.clear()
            line._codegen(counted)  # noqa: SLF001  the hook that LibCST's own providers use

        try:
            count()
        except RecursionError:
            deep(count)


def within(node: cst.CSTNode, offset: int, newline: str) -> Offsets:
    """Where an expression and all in it stands, by identity, if its code starts at an offset."""
    counted = _Counted("", newline)
    counted.offset = offset
    node._codegen(counted)  # noqa: SLF001  the hook that LibCST's own providers use
    return counted.found


def is_whole(tree: cst.Module, text: str) -> bool:
    """Whether a tree holds all of its text: LibCST loses form feeds at the start of lines."""
    return "\f" not in text or tree.code == text


def _places(code: str, text: str) -> list[int]:
    """The place in a text of each character of the same text without some of its form feeds."""
    places: list[int] = []
    place = 0
    for character in code:
        while text[place] != character and text[place] == "\f":
            place += 1
        places.append(place)
        place += 1
    places.append(len(text))
    return places


class _Counted(cst.CodegenState):
    """Counts what LibCST would write, and notes where each node starts and ends."""

    __slots__ = ("found", "indents", "last", "offset", "starts")

    def __init__(self, indent: str, newline: str) -> None:
        super().__init__(indent, newline)
        self.found: Offsets = {}
        self.starts: list[int] = []
        self.offset = 0
        self.last = 0

    def add_indent_tokens(self) -> None:
        for token in self.indent_tokens:
            self.offset += len(token)

    def add_token(self, value: str) -> None:
        if not self.tokens:
            self.tokens.append("")
        self.last = len(value)
        self.offset += self.last

    def pop_trailing_newline(self) -> None:
        self.offset -= self.last

    def before_codegen(self, node: cst.CSTNode) -> None:  # noqa: ARG002
        self.starts.append(self.offset)

    def after_codegen(self, node: cst.CSTNode) -> None:
        start = self.starts.pop()
        self.found.setdefault(id(node), (start, self.offset))

    def record_syntactic_position(  # type: ignore[override]
        self,
        node: cst.CSTNode,
        *,
        start_node: cst.CSTNode | None = None,
        end_node: cst.CSTNode | None = None,
    ) -> _Recorder:
        return _Recorder(self, node, start_node, end_node)


class _Recorder:
    """Notes a node's extent without the white space that it owns."""

    __slots__ = ("end_node", "node", "start", "start_node", "state")

    def __init__(
        self,
        state: _Counted,
        node: cst.CSTNode,
        start_node: cst.CSTNode | None,
        end_node: cst.CSTNode | None,
    ) -> None:
        self.state = state
        self.node = node
        self.start_node = start_node
        self.end_node = end_node
        self.start = state.offset

    def __enter__(self) -> None:
        return None

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if kind is not None:
            return
        found = self.state.found
        start = self.start if self.start_node is None else found[id(self.start_node)][0]
        end = self.state.offset if self.end_node is None else found[id(self.end_node)][1]
        found[id(self.node)] = (start, end)
