"""Which modules of a function's own folder the project's patterns keep out of its package."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lamlint.files.paths import below
from lamlint.model import Packing
from lamlint.packages.entries import packed
from lamlint.project import resolution
from lamlint.project.lookup import reached
from lamlint.text import Entry

if TYPE_CHECKING:
    from lamlint.model import Function
    from lamlint.python import Codebase, Module

_NOTHING_KNOWN = ((), ("!**",))
"""Patterns that say nothing: none, and what stands where they are not known."""


def left_out(codebase: Codebase, start: Module, function: Function) -> frozenset[str]:
    """The files that a handler's module would import, were they packed.

    The handler's own is not doubted, nor what lies in a layer.
    """
    root = resolution.root_of(function)
    packing = function.code.packing
    if root is None or packing.patterns in _NOTHING_KNOWN:
        return frozenset()
    apart = [one for one in resolution.layer_roots(function) if one != root]
    own = {
        path
        for path in reached(codebase, start)
        if path != start.path
        and (not root or below(path, root))
        and not any(below(path, one) for one in apart)
    }
    named = Packing(patterns=packing.patterns, start=packing.start)
    taken = packed((Entry(path, 0) for path in own), root, named)
    return frozenset(own - {entry.path for entry in taken})
