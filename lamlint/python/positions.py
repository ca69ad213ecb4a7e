"""Where nodes stand: one pass of LibCST's own code generation that counts characters."""

from __future__ import annotations

from types import TracebackType

import libcst as cst
from libcst._nodes.internal import CodegenState

from lamlint.python.parse import deep

Offsets = dict[int, tuple[int, int]]


def offsets(tree: cst.Module, text: str) -> Offsets:
    """The start and end of every node in a text by identity, without surrounding white space."""
    state = _Positions(tree.default_indent, tree.default_newline)
    try:
        tree._codegen(state)  # noqa: SLF001  the hook that LibCST's own providers use
    except RecursionError:
        state = _Positions(tree.default_indent, tree.default_newline)
        deep(lambda: tree._codegen(state))  # noqa: SLF001
    return state.found if is_whole(tree, text) else _moved(state.found, tree.code, text)


def is_whole(tree: cst.Module, text: str) -> bool:
    """Whether a tree holds all of its text: LibCST loses form feeds at the start of lines."""
    return "\f" not in text or tree.code == text


def _moved(found: Offsets, code: str, text: str) -> Offsets:
    """Offsets in a text, by those in the same text without some of its form feeds."""
    places: list[int] = []
    place = 0
    for character in code:
        while text[place] != character and text[place] == "\f":
            place += 1
        places.append(place)
        place += 1
    places.append(len(text))
    return {
        node: (places[start], places[end - 1] + 1 if end > start else places[start])
        for node, (start, end) in found.items()
    }


class _Positions(CodegenState):
    """Counts what LibCST would write, and notes where each node starts and ends."""

    __slots__ = ("found", "indents", "last", "offset", "recorded", "starts")

    def __init__(self, indent: str, newline: str) -> None:
        super().__init__(indent, newline)
        self.found: Offsets = {}
        self.recorded: set[int] = set()
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
        state: _Positions,
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
        found = self.state.found
        start = self.start if self.start_node is None else found[id(self.start_node)][0]
        end = self.state.offset if self.end_node is None else found[id(self.end_node)][1]
        found[id(self.node)] = (start, end)
