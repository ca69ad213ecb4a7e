"""A text to its tree without white space."""

from __future__ import annotations

import ast
import warnings
from typing import TYPE_CHECKING

from lamlint.python.module.plain.blocks import COMPOUND, module
from lamlint.python.module.plain.expressions import EXPRESSIONS
from lamlint.python.module.plain.patterns import PATTERNS
from lamlint.python.module.plain.reading import Notes, Reading, Unusual
from lamlint.python.module.plain.statements import CLAUSES, STATEMENTS
from lamlint.text import Source
from lamlint.text.dataclass import dataclass

if TYPE_CHECKING:
    from lamlint.python.module import cst

_TURNS = {**EXPRESSIONS, **PATTERNS, **STATEMENTS, **CLAUSES, **COMPOUND}


@dataclass(frozen=True, slots=True, eq=False)
class Plain:
    """A tree without white space, and where its nodes stand."""

    tree: cst.Module
    notes: Notes


def plain(source: Source) -> Plain | None:
    """The tree of a text; None where CPython does not take it, or something in it is unusual."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            parsed = ast.parse(source.text)
        read = Reading(source, _TURNS)
        return Plain(module(read, parsed), read.notes)
    except (SyntaxError, ValueError, RecursionError, MemoryError, Unusual):
        return None
