"""The fix of what a handler builds anew: it moves to module level, or is taken out."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lamlint.catalog.constructors import Constructors
    from lamlint.python.reach.built import Built
    from lamlint.python.reach.use import Use
    from lamlint.text import Fix


def mending(built: Built, use: Use, catalog: Constructors) -> Fix | None:
    """The fix of what some branches build; None where there is no sound way."""
    if use.is_needless:
        return _taken_out(built, catalog) if use.none and not use.in_vain else None
    return None if built.is_chosen else _hoisted(built, catalog)


def _hoisted(built: Built, catalog: Constructors) -> Fix | None:
    """The fix that moves the object with what it is made from; else only the latter."""
    beside = built.handler.imported_modules()
    fixes = (call.hoisted(catalog, beside) for call, _ in built.whole)
    return next((fix for fix in fixes if fix is not None), None)


def _taken_out(built: Built, catalog: Constructors) -> Fix | None:
    from lamlint.python.hoist.unused import take_out  # this needs LibCST

    name = built.row.thing.removeprefix("a ").removeprefix("an ")
    return take_out(built.call.module, built.call.node, catalog, name)
