"""The memory that is not needed any more, and who would keep it.

LibCST's parser takes some 300 bytes for each character, and gives all of them back to an
allocator that keeps them for the next text. What refers to itself in a ring (an analysis, the
app of a stack) stays until Python looks for it, which it seldom does here.
"""

from __future__ import annotations

import contextlib
import gc

_FEW = 100_000
"""How many objects are not worth a look: some ten megabytes."""


def let_go() -> None:
    """Let go what refers to itself and nobody else does, of all that was made since the last time.

    What was there then is not looked at again: this takes time for what is new alone.
    """
    made, looks, _ = gc.get_count()
    if made > _FEW or looks:
        gc.collect(1)


def give_back() -> None:
    """Let the system have what the allocator keeps unused, where it is one that can be asked."""
    import ctypes

    with contextlib.suppress(OSError, TypeError, AttributeError):  # it is another one
        ctypes.CDLL(None).malloc_trim(0)
