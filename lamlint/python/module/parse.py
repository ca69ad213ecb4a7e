"""Text to tree. The only place that calls LibCST's parser."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from lamlint.python.module.facts import depth, facts
from lamlint.python.module.failure import Failure, explain, refusal
from lamlint.python.module.heap import give_back
from lamlint.python.module.stack import deep
from lamlint.text import Source, Unread

if TYPE_CHECKING:
    from lamlint.python.module import cst
    from lamlint.python.module.plain.tree import Plain

TOO_DEEP = "it nests too deep; nothing in it is checked"
NO_PYTHON = "it is no Python that can be read"
_SHALLOW = 100
"""A text that nests no deeper is parsed on any stack."""
_LONG = 30_000
"""How many characters LibCST takes some ten megabytes for, which it does not need any more then."""


def parse(source: Source) -> cst.Module | Failure | Unread:
    """The tree of a module, or why there is none. Never raises for any text."""
    from lamlint.python.module import cst

    text = source.text
    measured = depth(source)
    if measured.too_deep is not None:
        place = source.span(measured.too_deep, measured.too_deep + 1)
        return Unread(place, TOO_DEEP)
    null = text.find("\0")
    if null >= 0:  # as inline code may hold; LibCST takes it, no Python does
        line, column = text.count("\n", 0, null) + 1, null - text.rfind("\n", 0, null)
        return explain(source, line, column, "source code cannot contain null bytes")
    try:
        with _unchecked(), _let_go(text):
            if measured.depth <= _SHALLOW:
                tree = cst.parse_module(text)
            else:
                tree = deep(lambda: cst.parse_module(text))
    except cst.ParserSyntaxError as error:
        return _failure(source, error)
    except RecursionError:
        return Unread(source.span(0, 0), TOO_DEEP)
    except (ValueError, UnicodeError):
        return explain(source, 1, 1, "it cannot be read as text")
    if facts(source).refusal is None:
        return tree
    return _valueless(source, tree) or tree  # else it is written for a newer Python


def why_refused(source: Source) -> Unread:
    """Why a text is not read that the running interpreter does not take, and where."""
    tree = parse(source)
    if isinstance(tree, Unread):
        return tree
    if isinstance(tree, Failure):
        return Unread(source.span(0, 0), NO_PYTHON)
    known = facts(source).refusal
    at = source.offset(min(known.line, source.line_count)) if known is not None else 0
    running = ".".join(map(str, sys.version_info[:2]))
    return Unread(
        source.span(at, at), f"it is written for a newer Python than this one ({running})"
    )


def plain(source: Source) -> Plain | None:
    """The tree of a module without its white space, where it can be had for less than LibCST's."""
    from lamlint.python.module.plain import tree

    measured = depth(source)
    if measured.too_deep is not None:
        return None
    with _unchecked():
        if measured.depth <= _SHALLOW:
            return tree.plain(source)
        return deep(lambda: tree.plain(source))


@contextmanager
def _let_go(text: str) -> Iterator[None]:
    """Let the system have again what a parser took for a long text."""
    yield
    if len(text) > _LONG:
        give_back()


@contextmanager
def _unchecked() -> Iterator[None]:
    """Keep LibCST from checking each node that its own parser makes: a fifth of parsing.

    What code makes by hand is still checked.
    """
    from lamlint.python.module.cst import CSTNode

    checked = CSTNode.__post_init__
    CSTNode.__post_init__ = _nothing  # type: ignore[method-assign,assignment]
    try:
        yield
    finally:
        CSTNode.__post_init__ = checked  # type: ignore[method-assign]


def _nothing(_node: cst.CSTNode) -> None:
    """Check nothing."""


def _valueless(source: Source, tree: cst.Module) -> Failure | None:
    """That a literal of a tree has no value in any Python, which LibCST does not look for."""
    from lamlint.python.module.literals import without_value
    from lamlint.python.module.positions import Positions

    found = without_value(tree)
    if found is None:
        return None
    literal, why, cure = found
    place = source.span(*Positions(tree, source.text).of(literal))
    return Failure(
        f"this literal is not valid Python ({why}): the module cannot be imported; {cure}", place
    )


def _failure(source: Source, error: cst.ParserSyntaxError) -> Failure | Unread:
    """The failure in CPython's words and at its place, as far as it refuses the text too."""
    known = facts(source)
    if known.refusal is not None:
        return refusal(source, known.refusal)
    if known.taken:
        at = source.offset(min(max(error.raw_line, 1), source.line_count))
        return Unread(
            source.span(at, at), "LibCST does not know its syntax; nothing in it is checked"
        )
    return explain(source, error.raw_line, error.raw_column + 1, "invalid syntax")
