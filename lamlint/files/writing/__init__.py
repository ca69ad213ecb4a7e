"""How files are written: staged beside their targets, compared with what was read, renamed last.

A run that is killed leaves each file as it was or as it was meant to be, and
never code that needs what its template lacks.
"""

from lamlint.files.writing.draft import Draft, Refused, Written
from lamlint.files.writing.staged import is_staged, sweep
from lamlint.files.writing.transaction import write

__all__ = ["Draft", "Refused", "Written", "is_staged", "sweep", "write"]
