"""The memory that the system's allocator keeps for LibCST when a text is parsed.

LibCST's parser takes some 300 bytes for each character, and gives all of them back to an
allocator that keeps them for the next text.
"""

from __future__ import annotations

import contextlib


def give_back() -> None:
    """Let the system have what the allocator keeps unused, where it is one that can be asked."""
    import ctypes

    with contextlib.suppress(OSError, TypeError, AttributeError):  # it is another one
        ctypes.CDLL(None).malloc_trim(0)
