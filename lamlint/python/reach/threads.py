"""Whether a call is made by threads or processes that a handler starts, each for itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from lamlint.python.module import cst
from lamlint.python.values.objects import Frame, Instance

_STARTING = frozenset(
    {
        "threading.Thread", "threading.Timer", "multiprocessing.Process", "asyncio.to_thread",
        "asgiref.sync.sync_to_async", "anyio.to_thread.run_sync", "joblib.delayed",
        # their `initializer`, which each thread or process of the pool runs once
        "concurrent.futures.ThreadPoolExecutor", "concurrent.futures.ProcessPoolExecutor",
        "concurrent.futures.thread.ThreadPoolExecutor", "multiprocessing.Pool",
        "multiprocessing.pool.Pool", "multiprocessing.pool.ThreadPool",
        "multiprocessing.dummy.Pool",
    }
)  # fmt: skip
_POOLED = frozenset(
    {
        "submit", "map", "imap", "imap_unordered", "starmap", "map_async", "starmap_async", "apply",
        "apply_async", "run_in_executor",
    }
)  # fmt: skip


def starts(name: str, node: cst.Call) -> bool:
    """Whether a call gives what it is given to a thread, or a process, of its own."""
    if name in _STARTING:
        return True
    if not isinstance(node.func, cst.Attribute) or node.func.attr.value not in _POOLED:
        return False
    return not name or "Pool" in name or "loop" in name


def in_thread(frames: Iterable[Frame]) -> bool:
    """Whether every way into some frames leads through the start of a thread."""
    waiting = list(frames)
    seen: set[int] = set()
    while waiting:
        frame = waiting.pop()
        if id(frame) in seen:
            continue
        seen.add(id(frame))
        for edge in frame.edges:
            if edge.aside:
                continue
            if edge.caller is None:
                return False
            waiting.append(edge.caller)
    return bool(seen)


def made_by_thread(
    name: str, receiver: Instance | None, of_one_thread: Callable[[str], bool]
) -> bool:
    """Whether what a thread makes is its own: it, or what it is made from, is for one thread."""
    while receiver is not None:
        if of_one_thread(receiver.constructor) and not receiver.frame.is_module:
            return True
        receiver = receiver.parent
    return of_one_thread(name)
