"""What stands in a part of a template that another of the same key replaces."""

from __future__ import annotations

from lamlint.text.dataclass import dataclass


@dataclass(frozen=True)
class Replaced:
    """A key that is set in a template, and has no effect there.

    `path` leads to it: `("Globals", "Function", "Timeout")`.
    """

    template: str
    path: tuple[str, ...]

    @property
    def name(self) -> str:
        """The key itself."""
        return self.path[-1]
