"""Code that stands in a template, as a source whose places are the template's own."""

from __future__ import annotations

from collections.abc import Iterator

from lamlint.dialects.cloudformation.syntax import intrinsic
from lamlint.dialects.tree.node import Node, ScalarNode, SequenceNode
from lamlint.text import Host, Piece, Source
from lamlint.text.regex import Regex

_HEADER = Regex(r"[|>][-+0-9]*")
_LINE = Regex(r"([^\r\n]*)(\r\n|\n|\r|\Z)")
_FOLD = Regex(r"[ \t]*(?P<ends>(?:\r\n|\n|\r)(?:[ \t]*(?:\r\n|\n|\r))*[ \t]*)?")
"""Line ends with the blanks around them; without `ends` they are blanks and no fold."""
_LINE_END = Regex(r"\r\n|\n|\r")
_BLANKS = Regex(r"[ \t]+")
_ESCAPES = {"x": 4, "u": 6, "U": 10}
_LITERAL_VARIABLE = Regex(r"\$\{!([^{}]*)\}")


def inline(node: Node) -> Source | None:
    """The code that a node holds; None when it is put together from unknown parts.

    Variables of Fn::Sub stay as they are written, `${Name}`: most stand inside
    the code's own texts.
    """
    call = intrinsic(node)
    if call is None:
        return _whole(node) if isinstance(node, ScalarNode) else None
    name, argument = call
    if name == "Fn::Sub":
        if isinstance(argument, SequenceNode) and argument.items:
            argument = argument.items[0]
        return _whole(argument, substituted=True) if isinstance(argument, ScalarNode) else None
    if name == "Fn::Join" and isinstance(argument, SequenceNode) and len(argument.items) == 2:
        return _joined(*argument.items)
    return None


def _whole(node: ScalarNode, *, substituted: bool = False) -> Source:
    pieces = tuple(_pieces(node, 0))
    text = node.text
    if substituted and _LITERAL_VARIABLE.search(text):
        text, pieces = _unescaped(text, pieces)
    indent = _indent(node) if node.style == "|" else None
    return Source(node.source.path, text, host=Host(node.source, pieces or _nowhere(node), indent))


def _nowhere(node: ScalarNode) -> tuple[Piece, ...]:
    return (Piece(0, node.start, 0),)


def _joined(delimiter: Node, listed: Node) -> Source | None:
    """Lines joined by Fn::Join, each at its own place."""
    if not isinstance(delimiter, ScalarNode) or not isinstance(listed, SequenceNode):
        return None
    text = ""
    pieces: list[Piece] = []
    for number, item in enumerate(listed.items):
        text += delimiter.text if number else ""
        if isinstance(item, ScalarNode) and intrinsic(item) is None:
            pieces.extend(_pieces(item, len(text)))
            text += item.text
        else:
            text += "${Variable}"
    host = Host(listed.source, tuple(pieces) or (Piece(0, listed.start, 0),), None)
    return Source(listed.source.path, text, host=host)


def _unescaped(text: str, pieces: tuple[Piece, ...]) -> tuple[str, tuple[Piece, ...]]:
    """A text of Fn::Sub with `${!Name}` as the `${Name}` that it comes out as."""
    cuts = [match.start() + 2 for match in _LITERAL_VARIABLE.finditer(text)]
    moved: list[Piece] = []
    for piece in pieces:
        start = piece.inner
        end = piece.inner + piece.length
        for cut in [*(c for c in cuts if start <= c < end), end]:
            before = sum(1 for c in cuts if c < start)
            if cut > start:
                outer = piece.outer + start - piece.inner
                moved.append(Piece(start - before, outer, cut - start))
            start = cut + 1
    return _LITERAL_VARIABLE.sub(r"${\1}", text), tuple(moved)


def _pieces(node: ScalarNode, inner: int) -> Iterator[Piece]:
    if node.style in ("|", ">"):
        return _block_pieces(node, inner)
    return _quoted_pieces(node, inner)


def _indent(node: ScalarNode) -> str:
    """What stands before each line of a literal block."""
    for _, line in _lines(node):
        if line.strip():
            first = next((one for one in node.text.split("\n") if one.strip()), "")
            return line[: max(len(line) - len(first), 0)]
    return ""


def _lines(node: ScalarNode) -> Iterator[tuple[int, str]]:
    """The lines of a block scalar with their offsets."""
    text = node.source.text
    header = _HEADER.match(text, node.start)
    first = _LINE_END.search(text, header.end()) if header else None
    for line in _LINE.finditer(text, first.end()) if first else ():
        if line.start() >= node.end:
            return
        yield line.start(), line.group(1)


def _block_pieces(node: ScalarNode, inner: int) -> Iterator[Piece]:
    """The lines of a block scalar, found one behind the other in its value."""
    indent = len(_indent(node)) if node.style == "|" else None
    place = 0
    for offset, line in _lines(node):
        shown = line[indent:] if indent is not None else line.lstrip(" ")
        if node.style == "|":
            found = place if node.text.startswith(shown, place) else -1
            ends = 1
        else:
            found = node.text.find(shown, place) if shown else -1
            ends = 0
        if found < 0:
            continue
        start = offset + (len(line) - len(shown))
        length = min(len(shown) + ends, len(node.text) - found)
        yield Piece(inner + found, start, length)
        place = found + len(shown) + 1 if node.style == "|" else found + len(shown)


def _quoted_pieces(node: ScalarNode, inner: int) -> Iterator[Piece]:
    """The runs of a plain or quoted scalar between escapes and line folds."""
    written = node.source.text
    place = node.start + (1 if node.style else 0)
    begin, outer, shown = 0, place, 0
    while shown < len(node.text) and place < node.end:
        taken, made = _special(node, written, place, shown)
        if not taken:
            run = _plain_run(node, written, place)
            if not node.text.startswith(written[place : place + run], shown):
                break
            place, shown = place + run, shown + run
            continue
        if shown > begin:
            yield Piece(inner + begin, outer, shown - begin)
        place, shown = place + taken, shown + made
        begin, outer = shown, place
    if shown > begin:
        yield Piece(inner + begin, outer, shown - begin)


def _plain_run(node: ScalarNode, written: str, place: int) -> int:
    """How many characters from a place on stand for themselves: all blanks up to another one."""
    blanks = _BLANKS.match(written, place, node.end)
    return blanks.end() - place if blanks else 1


def _special(node: ScalarNode, written: str, place: int, shown: int) -> tuple[int, int]:
    """How much of the file an escape or a fold at a place takes, and how much text it makes."""
    mark = written[place]
    if node.style == '"' and mark == "\\":
        if written[place + 1] in "\r\n":
            fold = _FOLD.match(written, place + 1)
            return (1 + (len(fold.group()) if fold else 1)), 0
        length = _ESCAPES.get(written[place + 1], 2)
        pair = length == 6 and ord(node.text[shown]) > 0xFFFF
        return (12 if pair else length), 1
    if node.style == "'" and written.startswith("''", place):
        return 2, 1
    if mark in " \t\r\n" and (fold := _FOLD.match(written, place)) and fold["ends"]:
        ends = len(_LINE_END.findall(fold.group()))
        return len(fold.group()), max(ends - 1, 1)
    return 0, 0
