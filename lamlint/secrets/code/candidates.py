"""The statements of a module that may hold a secret, by what `ast` says of them.

To take one too many costs its parsing; none that holds a secret is left out.
"""

from __future__ import annotations

import ast
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from lamlint.python.module.excerpt import blocks, excerpt
from lamlint.python.module.facts import tree
from lamlint.secrets.assignments import HINTS, lowered
from lamlint.secrets.calls import (
    AWS_KEYS,
    AWS_KEYWORDS,
    AWS_VARIABLES,
    KEYS,
    LOGIN_TUPLES,
    PASSWORDS,
    TOKENS,
)
from lamlint.secrets.names import names_secret
from lamlint.secrets.search import Match, find, shaped
from lamlint.text.comments import comments
from lamlint.text.regex import Regex

if TYPE_CHECKING:
    from lamlint.python import Module
    from lamlint.text import Source

_LIBRARIES = frozenset(name.partition(".")[0] for name in (*PASSWORDS, *KEYS, *TOKENS))
_METHODS = frozenset({"login", "compare_digest", "Session"})
_BEFORE_KEYS = max(AWS_KEYS.values())
_SPEAKS = Regex(r"(?i)pass|pw|secret|cred|token|jwt|key|conn|authorization")
"""What stands in every name of a secret."""
_NAMED = frozenset(AWS_KEYWORDS) | AWS_VARIABLES
_LEAVES = frozenset({ast.Name, ast.Constant, ast.Load, ast.Store, ast.alias})
"""The types of nodes that hold none that says anything."""
_QUOTES = 4
"""How many quotes two literals side by side have at least."""


def candidates(module: Module) -> Module | None:
    """The statements that may hold a secret, as a module of their own; None where there are none.

    The module itself where `ast` does not take its text, LibCST not the statements alone, or a
    comment may hold one.
    """
    return module.syntax.once(candidates, lambda: _candidates(module))


def _candidates(module: Module) -> Module | None:
    source = module.source
    found = shaped(source)
    parsed = tree(source)
    if parsed is None or _in_comment(source, found):
        return module
    lines = sorted(source.position(match.start).line for match in found)
    part = excerpt(module, parsed, _Statements(parsed, lines).may_hold)
    if part is None:
        return None
    return part if part.failure is None and part.syntax.unread is None else module


def _in_comment(source: Source, found: Sequence[Match]) -> bool:
    """Whether a comment holds something of the shape of a secret."""
    starts = sorted(match.start for match in found)
    return bool(starts) and any(_lies_in(starts, *comment) for comment in comments(source))


def _lies_in(places: Sequence[int], start: int, end: int) -> bool:
    """Whether one of some places, in their order, lies between two: the second is beyond."""
    first = bisect_left(places, start)
    return first < len(places) and places[first] < end


class _Statements:
    """What is known of a text when its statements are looked at."""

    def __init__(self, tree: ast.Module, shaped: Sequence[int]) -> None:
        self._shaped = shaped
        """The lines where something begins that has the shape of a secret, in their order."""
        self._libraries = _LIBRARIES.union(_imported(tree))

    def may_hold(self, one: ast.stmt) -> bool:
        """Whether a statement may hold a secret in what it says itself."""
        if isinstance(one, ast.Expr) and isinstance(one.value, ast.Constant):
            return False  # it is documentation
        nodes = _own(one)
        literals = [node for node in nodes if isinstance(node, ast.Constant) and _text(node)]
        return bool(literals) and (
            any(map(self._is_shaped, literals))
            or any(map(_is_secret, _names(nodes)))
            or any(_holds_pairs(_text(node)) for node in literals)
            or any(self._takes_secrets(node) for node in nodes if isinstance(node, ast.Call))
            or any(map(find, _joined(nodes)))
            or _sets_login(one)
        )

    def _is_shaped(self, node: ast.expr) -> bool:
        return _lies_in(self._shaped, node.lineno, (node.end_lineno or node.lineno) + 1)

    def _takes_secrets(self, call: ast.Call) -> bool:
        """Whether a call takes a secret by the place of an argument, or in a pair."""
        if len(call.args) > _BEFORE_KEYS or any(one.arg in LOGIN_TUPLES for one in call.keywords):
            return True
        name, *_ = names = [*_chain(call.func)] or [""]
        return name in _METHODS or names[-1] in self._libraries


def _sets_login(one: ast.stmt) -> bool:
    """`session.auth = ("app", "…")`."""
    match one:
        case ast.Assign(targets=[ast.Attribute(attr=name)], value=ast.Tuple()):
            return name in LOGIN_TUPLES
        case _:
            return False


def _own(one: ast.stmt) -> Sequence[ast.AST]:
    """The nodes of a statement, each before those in it, without the statements in it."""
    inner = {id(each) for block in blocks(one) for each in block}
    found: list[ast.AST] = []
    waiting: list[ast.AST] = [one]
    while waiting:
        node = waiting.pop()
        found.append(node)
        if node.__class__ not in _LEAVES:
            waiting += [each for each in ast.iter_child_nodes(node) if id(each) not in inner]
    return found


def _imported(tree: ast.Module) -> frozenset[str]:
    """How a module calls what it imports of libraries that take secrets, and sessions of AWS."""
    found: set[str] = set()
    for node in _statements(tree):
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            base = node.module or "" if isinstance(node, ast.ImportFrom) else ""
            for one in node.names:
                full = f"{base}.{one.name}".lstrip(".")
                if full.partition(".")[0] in _LIBRARIES or full in AWS_KEYS:
                    found.add(one.asname or one.name.partition(".")[0])
        elif isinstance(node, ast.Assign) and not found.isdisjoint(_chain(node.value)):
            found.update(one.id for one in node.targets if isinstance(one, ast.Name))
    return frozenset(found)


def _statements(tree: ast.Module) -> list[ast.stmt]:
    """All statements of a module, those around others first."""
    found = list(tree.body)
    for one in found:  # grows meanwhile
        for block in blocks(one):
            found += block
    return found


def _chain(node: ast.expr) -> Iterator[str]:
    """The names of `a.b.c`, last first."""
    while isinstance(node, ast.Attribute):
        yield node.attr
        node = node.value
    if isinstance(node, ast.Name):
        yield node.id


def _names(nodes: Sequence[ast.AST]) -> Iterator[str]:
    """What may be the name of a literal: identifiers, and texts beside it."""
    for node in nodes:
        match node:
            case ast.Name():
                yield node.id
            case ast.Attribute():
                yield node.attr
            case ast.keyword() | ast.arg():
                yield node.arg or ""
            case ast.MatchClass():
                yield from node.kwd_attrs
            case ast.Constant():
                yield _text(node)
            case _:
                pass


def _is_secret(name: str) -> bool:
    """Whether a name is that of a secret, or of several."""
    if not _SPEAKS.search(name):
        return False
    if name in _NAMED or "authorization" in name.lower():
        return True
    last = name.rpartition("/")[2]
    return any(names_secret(one) for one in (name, name[:-1], last, last[:-1]))


def _holds_pairs(text: str) -> bool:
    """Whether a text may hold names and values of its own."""
    if "=" not in text and ":" not in text and "--" not in text:
        return False
    low = lowered(text)
    return any(word in low for word in HINTS)


def _joined(nodes: Sequence[ast.AST]) -> Iterator[str]:
    """The texts that are joined from several literals."""
    done: set[int] = set()
    for node in nodes:
        if isinstance(node, ast.Constant) and _is_several(node):
            yield _text(node)
        elif isinstance(node, (ast.BinOp, ast.JoinedStr)) and id(node) not in done:
            parts: list[str] = []
            waiting: list[ast.AST] = [node]
            while waiting:
                part = waiting.pop()
                done.add(id(part))
                if isinstance(part, ast.BinOp):
                    waiting += (part.right, part.left)
                elif isinstance(part, ast.JoinedStr):
                    waiting += reversed(part.values)
                elif isinstance(part, ast.Constant):
                    parts.append(_text(part))
            yield "".join(parts)


def _is_several(node: ast.Constant) -> bool:
    """Whether a literal may be written in several parts: it is longer than one part would be."""
    if node.end_lineno != node.lineno:
        return True
    return (node.end_col_offset or 0) - node.col_offset >= len(_text(node)) + _QUOTES


def _text(node: ast.Constant) -> str:
    if isinstance(node.value, bytes):
        return node.value.decode("latin-1")
    return node.value if isinstance(node.value, str) else ""
