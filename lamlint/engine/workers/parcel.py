"""How the work of a check is sent to another process: once, as bytes.

Whoever reads a parcel trusts whoever made it: both are this run.
"""

from __future__ import annotations

import io
import pickle
from collections.abc import Callable
from typing import Any

from lamlint import registry
from lamlint.engine.jobs import Work
from lamlint.rule import Rule


class _Packer(pickle.Pickler):
    """Sends rules by their places: those of a folder are not found by the name of a module."""

    def reducer_override(self, thing: object) -> Any:
        if isinstance(thing, Rule):
            read: Callable[[str, str], Rule] = registry.reload
            return read, registry.place_of(thing)
        return NotImplemented


def packed(work: Work) -> bytes:
    """Some work as bytes."""
    data = io.BytesIO()
    _Packer(data, pickle.HIGHEST_PROTOCOL).dump(work)
    return data.getvalue()


def unpacked(parcel: bytes) -> Work:
    """The work that was packed."""
    work: Work = pickle.loads(parcel)  # noqa: S301  made by this very run
    return work
