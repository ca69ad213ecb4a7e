"""Where a function's imports are found that its own code does not hold."""

from lamlint.project.lookup.added import added_roots
from lamlint.project.lookup.imports import reached
from lamlint.project.lookup.search import Bound, Elsewhere, Lookup, NotFound, Search

__all__ = ["Bound", "Elsewhere", "Lookup", "NotFound", "Search", "added_roots", "reached"]
