"""What any module that is read does to what names and attributes hold, by their names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lamlint.python.module.looks import is_only_looked_at, set_from_outside

if TYPE_CHECKING:
    from lamlint.python.values.analysis import Analysis


def may_be_filled(analysis: Analysis, name: str) -> bool:
    """Whether something is put into what a name or attribute holds, anywhere."""
    loaded = tuple(analysis.codebase.loaded)
    return not all(is_only_looked_at(module, name) for module in loaded)


def may_be_set(analysis: Analysis, name: str) -> bool:
    """Whether an attribute of this name is set from outside of its object, anywhere."""
    loaded = tuple(analysis.codebase.loaded)
    return any(
        module.may_set(name) and not set_from_outside(module).isdisjoint({name, "*"})
        for module in loaded
    )
