"""Writes values of the model as a dialect has them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from lamlint.text.dataclass import dataclass


@dataclass(frozen=True)
class Writer:
    """Writes a value of the model as a dialect has it, in the syntax of the file."""

    convert: Callable[[Any], object]
    encode: Callable[[object], str]

    def __call__(self, new: object) -> str:
        """The text of a new value."""
        return self.encode(self.convert(new))
