"""A stack that is deep enough for all that is let through to the analysis."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from contextvars import copy_context
from typing import TypeVar

T = TypeVar("T")

_ONE = threading.Lock()
"""One at a time: what is set here holds for all threads of the interpreter."""
_STACK = 512 * 1024 * 1024
_DEEPEST = 60_000
"""Calls in each other: a text nests 640 deep at most, and each level costs the analysis some ten
calls; a chain of functions costs as many for each. They fit into the stack by far."""


class _Deep(threading.Thread):
    """A thread with a large stack."""


def deep(run: Callable[[], T]) -> T:
    """What `run` returns, on a deep stack; one that runs on it already stays there."""
    if isinstance(threading.current_thread(), _Deep):
        return run()
    with _ONE:
        return _on_a_deep_stack(run)


def _on_a_deep_stack(run: Callable[[], T]) -> T:
    results: list[T] = []
    errors: list[BaseException] = []

    def target() -> None:
        try:
            results.append(run())
        except BaseException as error:  # noqa: BLE001  raised again by the caller's thread
            errors.append(error)

    limit = sys.getrecursionlimit()
    size = threading.stack_size(_STACK)
    sys.setrecursionlimit(_DEEPEST)
    try:
        # Not waited for when the run is interrupted.
        thread = _Deep(target=copy_context().run, args=(target,), daemon=True)
        try:
            thread.start()
        except RuntimeError:  # a machine that gives no such stack
            sys.setrecursionlimit(limit)
            return run()
        thread.join()
    finally:
        sys.setrecursionlimit(limit)
        threading.stack_size(size)
    if errors:
        raise errors[0]
    return results[0]
