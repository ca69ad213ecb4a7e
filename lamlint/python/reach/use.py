"""What becomes of what a handler builds: whether anything is asked of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lamlint.python.reach.construction import sends_nothing
from lamlint.text.dataclass import dataclass

if TYPE_CHECKING:
    from lamlint.catalog.constructors import Constructors
    from lamlint.python.reach.built import Built

_PLAIN = frozenset({"sdk", "http"})
"""The kinds of objects that do nothing as long as nothing is asked of them."""


@dataclass(frozen=True)
class Use:
    """What is asked of an object; all of it is false of what is used as it should be."""

    none: bool = False
    """It is never used."""
    in_vain: bool = False
    """So it is, and what uses it never runs, by the conditions there."""
    shown: bool = False
    """It is only written out."""
    local: bool = False
    """No request is sent by it."""
    idle: bool = False
    """An object keeps it, and nothing that then runs uses it."""

    @property
    def is_needless(self) -> bool:
        """Whether it is to be taken out."""
        return self.none or self.shown


def use_of(built: Built, catalog: Constructors) -> Use:
    """What is asked of what some branches build, where it is so of all of them."""
    from lamlint.python.reach.local_use import (  # these need LibCST
        never_used,
        only_shown,
        used_in_vain,
    )
    from lamlint.python.reach.unasked import never_asked

    branches, kind = built.branches, built.row.kind
    plain, sdk = kind in _PLAIN, kind == "sdk"
    none = plain and all(never_used(one, catalog) for one in branches)
    return Use(
        none=none,
        in_vain=none and any(used_in_vain(one, catalog) for one in branches),
        shown=plain and not none and all(only_shown(one, catalog) for one in branches),
        local=sdk and all(sends_nothing(built.handler, one, catalog) for one in branches),
        idle=sdk and not none and all(never_asked(built.handler, one) for one in branches),
    )
