"""Texts made to hurt a regular expression, made of the expression itself.

Each repeat of it is a place to attack: what leads there, then what it repeats, over
and over, then what fails. The attack on many starts says the whole again and again.
"""

from __future__ import annotations

import itertools
import re
import sys
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

if sys.version_info >= (3, 11):
    from re import _compiler as compiler  # type: ignore[attr-defined]
    from re import _parser as parser  # type: ignore[attr-defined]
else:
    import sre_compile as compiler
    import sre_parse as parser

Node = tuple[Any, Any]

_LONG = 16
"""A repeat that ends sooner is no place to attack."""
_PUMPS = 6
_CHARACTERS = "a0A_ \n\t-.=\"'#:,/\\([{)]}<>*+%$&;!@|\r\x00é"
_ALWAYS = (
    " ", "\n", "\r\n", "\t", "a", "A", "0", "_", ".", "-", "=", "#", "'", '"', "\\", "/", ",", ":",
    "(", "[", "{", "]", ")", "}", "<", "%", "$", "&", "a ", " a", "a.", "a,", "a=", "=a", "a:",
    "'a'", '"a" ', "a\n", " \n", "\n ", "# ", "#\n", "aA", "Aa", "a0", "()", "[]", "{}", "\\\n",
)  # fmt: skip
_ENDS = ("", "\x00", "\n\x00")


class Attack(NamedTuple):
    """A text of any length: what is said once, what is said again and again, and the end."""

    first: str
    again: str
    last: str

    def text(self, length: int) -> str:
        """The text in about so many characters."""
        return self.first + self.again * max(1, length // len(self.again)) + self.last


def attacks(expression: re.Pattern[Any]) -> list[Attack]:
    """The attacks on an expression, each once."""
    written = expression.pattern
    text = written.decode("latin-1") if isinstance(written, bytes) else written
    flags = expression.flags & ~re.UNICODE if isinstance(written, bytes) else expression.flags
    parsed: Any = parser.parse(written, flags)
    tree: list[Node] = list(parsed)
    words = sorted(set(_literals(tree)) | set(re.findall(r"[A-Za-z]{2,}", text)))
    found = [Attack("", again, last) for again in (*_ALWAYS, *words) for last in ("", "\x00")]
    for before, body, after in _repeats(tree, flags, "", ""):
        pumps = [*dict.fromkeys(_variants(body, flags))][:_PUMPS]
        pairs = [one + other for one, other in itertools.permutations(pumps[:3], 2)]
        for again in (*pumps, *pairs):
            found += [Attack(before, again, last) for last in (*_ENDS, after + "\x00", after[:-1])]
            found += [Attack("", before + again, last) for last in ("", "\x00")]
        if before:
            found += [Attack(before, again, "\x00") for again in _ALWAYS if len(again) == 1]
            found.append(Attack("", before, "\x00"))
    return [one for one in dict.fromkeys(found) if one.again]


def _repeats(
    nodes: Iterable[Node], flags: int, before: str, after: str
) -> Iterator[tuple[str, list[Node], str]]:
    """The long repeats: a text that leads to each, what it repeats, and what would follow."""
    nodes = list(nodes)
    for place, (kind, value) in enumerate(nodes):
        rest = _sample(nodes[place + 1 :], flags) + after
        for inner in _inner(kind, value):
            yield from _repeats(inner, flags, before, rest)
        if kind in (parser.MAX_REPEAT, parser.MIN_REPEAT) and value[1] >= _LONG:
            yield before, list(value[2]), rest
        before += _sample([(kind, value)], flags)


def _inner(kind: Any, value: Any) -> list[list[Node]]:
    if kind in (parser.MAX_REPEAT, parser.MIN_REPEAT):
        return [list(value[2])]
    if kind == parser.SUBPATTERN:
        return [list(value[3])]
    if kind == parser.BRANCH:
        return [list(branch) for branch in value[1]]
    if kind in (parser.ASSERT, parser.ASSERT_NOT):
        return [list(value[1])]
    return []


def _literals(nodes: Iterable[Node]) -> Iterator[str]:
    """The runs of plain characters."""
    run = ""
    for kind, value in nodes:
        if kind == parser.LITERAL:
            run += chr(value)
            continue
        if run:
            yield run
        run = ""
        for inner in _inner(kind, value):
            yield from _literals(inner)
    if run:
        yield run


def _sample(nodes: Iterable[Node], flags: int) -> str:
    """The first short text that some nodes match, as far as that is easily told."""
    return next(iter(_variants(nodes, flags)), "")


def _variants(nodes: Iterable[Node], flags: int) -> Iterator[str]:
    """Short texts that some nodes match one behind the other."""
    choices = [_choices(kind, value, flags)[:_PUMPS] or [""] for kind, value in nodes]
    longest = max(map(len, choices), default=0)
    for number in range(longest):
        yield "".join(one[min(number, len(one) - 1)] for one in choices)


def _choices(kind: Any, value: Any, flags: int) -> list[str]:
    if kind in (parser.MAX_REPEAT, parser.MIN_REPEAT):
        least, _, body = value
        texts = list(_variants(body, flags))
        return [text * max(least, 1) for text in texts] + ([""] if least == 0 else [])
    if kind == parser.SUBPATTERN:
        return list(_variants(value[3], flags))
    if kind == parser.BRANCH:
        return [
            text for branch in value[1] for text in itertools.islice(_variants(branch, flags), 2)
        ]
    if kind in (parser.LITERAL, parser.NOT_LITERAL, parser.ANY, parser.IN):
        return _characters(kind, value, flags)
    if kind == parser.GROUPREF:
        return ['"']
    return [""]


def _characters(kind: Any, value: Any, flags: int) -> list[str]:
    """Characters of a class, those that other expressions look for first."""
    if kind == parser.LITERAL:
        return [chr(value)]
    state: Any = parser.State()
    state.flags, state.str = flags, ""
    one = parser.SubPattern(state, [(kind, value)])
    matches = compiler.compile(one, flags).fullmatch
    rest = map(chr, range(33, 127))
    return [c for c in dict.fromkeys((*_CHARACTERS, *rest)) if matches(c)]
