"""Text to tree. The only place that calls LibCST's parser."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

from lamlint.python.failure import MAXIMUM_NESTING, Failure, explain, nesting
from lamlint.text import Source

if TYPE_CHECKING:
    import libcst as cst

T = TypeVar("T")

_LONG = 2_000
_STACK = 512 * 1024 * 1024
_DEEP_RECURSION = 200_000


def parse(source: Source) -> cst.Module | Failure:
    """The tree of a module, or why there is none. Never raises for any text."""
    import libcst as cst

    text = source.text
    if text.count("(") + text.count("[") + text.count("{") > MAXIMUM_NESTING:
        failure = _nested_too_deep(source)
        if failure:
            return failure
    try:
        with _unchecked():
            return (
                deep(lambda: cst.parse_module(text))
                if _may_be_deep(text)
                else cst.parse_module(text)
            )
    except cst.ParserSyntaxError as error:
        return _failure(source, error)
    except (RecursionError, ValueError, UnicodeError) as error:
        return _refused(source, error)


@contextmanager
def _unchecked() -> Iterator[None]:
    """Keep LibCST from checking each node that its own parser makes: a fifth of parsing.

    What code makes by hand is still checked.
    """
    from libcst import CSTNode

    checked = CSTNode.__post_init__
    CSTNode.__post_init__ = _nothing  # type: ignore[method-assign,assignment]
    try:
        yield
    finally:
        CSTNode.__post_init__ = checked  # type: ignore[method-assign]


def _nothing(_node: cst.CSTNode) -> None:
    """Check nothing."""


def _nested_too_deep(source: Source) -> Failure | None:
    """The failure of brackets deeper than CPython takes (LibCST would overflow its stack)."""
    if nesting(source.text) <= MAXIMUM_NESTING:
        return None
    try:
        deep(lambda: compile(source.text, "module", "exec", dont_inherit=True))
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        line = getattr(error, "lineno", 1) or 1
        return explain(source, line, 1, "brackets are nested too deep")
    return None


def _may_be_deep(text: str) -> bool:
    """Whether some expression may be so long that a parser's own stack overflows."""
    return text.count("\n") > _LONG or any(len(line) >= _LONG for line in text.split("\n"))


def deep(run: Callable[[], T]) -> T:
    """What `run` returns, on a stack that long chains of operators do not overflow."""
    results: list[T] = []
    errors: list[BaseException] = []

    def target() -> None:
        try:
            results.append(run())
        except BaseException as error:  # noqa: BLE001  raised again by the caller's thread
            errors.append(error)

    size = threading.stack_size(_STACK)
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(_DEEP_RECURSION)
    try:
        thread = threading.Thread(target=target)
        thread.start()
        thread.join()
    finally:
        sys.setrecursionlimit(limit)
        threading.stack_size(size)
    if errors:
        raise errors[0]
    return results[0]


def _failure(source: Source, error: cst.ParserSyntaxError) -> Failure:
    """The failure in CPython's words and at its place, as far as it refuses the text too."""
    import warnings

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            compile(source.text, "module", "exec", dont_inherit=True)
    except SyntaxError as other:
        words = other.msg.partition("(")[0].rstrip() or "invalid syntax"
        if other.lineno:
            return explain(source, other.lineno, other.offset or 1, words)
    except (ValueError, RecursionError, MemoryError):
        pass
    return explain(source, error.raw_line, error.raw_column + 1, "invalid syntax")


def _refused(source: Source, error: Exception) -> Failure:
    return explain(
        source,
        1,
        1,
        "it is nested too deep"
        if isinstance(error, RecursionError)
        else "it cannot be read as text",
    )
