"""Python code: parsed once, walked once, asked many times.

Importing this package does not import LibCST; asking for a tree does.
"""

from lamlint.python.failure import Failure
from lamlint.python.module import Module

__all__ = ["Failure", "Module"]
