"""How the face of a room hands on what is costly to load: when it is first asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module


def handing_on(face: str, rooms: Mapping[str, str]) -> Callable[[str], object]:
    """The `__getattr__` of a face, by the module that each name comes from."""

    def handed(name: str) -> object:
        module = rooms.get(name)
        if module is None:
            raise AttributeError(f"module {face!r} has no attribute {name!r}")
        return getattr(import_module(module), name)

    return handed
