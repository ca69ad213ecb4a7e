"""One construction that can move to module level: the plan that all who move it read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from enum import Enum

from lamlint.catalog.constructors import Constructor
from lamlint.python.hoist.needs import Needs
from lamlint.python.module import cst
from lamlint.python.module.scope import Binding, Scope
from lamlint.text.dataclass import dataclass

Names = Mapping[cst.CSTNode, str]


class Form(Enum):
    """How the construction stands in its function."""

    ASSIGNED = "assigned"
    ENTERED = "entered"
    """In a `with` that closes it at the end."""
    INLINE = "inline"


@dataclass(frozen=True, eq=False)
class Plan:
    """One construction, the expression that moves, and the names it and its values will have."""

    call: cst.Call
    row: Constructor
    expression: cst.BaseExpression
    form: Form
    scope: Scope
    binding: Binding | None
    needs: Needs
    names: Names = field(default_factory=dict)
    """The module-level name of each moved statement or, inline, of the expression."""
    kept: frozenset[cst.CSTNode] = frozenset()
    """Those that the module already has, under that name."""

    @property
    def key(self) -> cst.CSTNode:
        """What the name of the object is of: the statement that binds it, or the expression."""
        return self.expression if self.binding is None else self.binding.node
