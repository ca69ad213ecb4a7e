"""What the configuration that deploys the code says of environment variables."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

from lamlint.python.values.kinds import Kind, Values, agreed, union
from lamlint.text.dataclass import dataclass

Fixed: TypeAlias = "frozenset[str | Kind | None]"
"""All that a variable may be, as the configuration fixes it; None where it is not set.

Of what is known only once it is deployed, it is known that it is there.
"""


@dataclass(frozen=True, eq=False)
class Configured:
    """Functions, by their names, with the same variables; of one that may be anything, None."""

    functions: tuple[str, ...]
    variable: Callable[[str], Fixed | None]


class Variables:
    """The variables of some environments; `differs` once one was asked for that is not the same."""

    def __init__(self, environments: Sequence[Configured]) -> None:
        self._environments = environments
        self.differs = False

    def fixed(self, name: object) -> Values | None:
        """All that a variable is in any of the environments; None where that is open."""
        if not isinstance(name, str):
            return None
        found = [one.variable(name) for one in self._environments]
        self.differs = self.differs or any(one != found[0] for one in found)
        known = [frozenset[object](one) for one in found if one is not None]
        return union(known) if known and len(known) == len(found) else None

    def has(self, names: Values) -> bool | None:
        """Whether the environment has some variables, by their names: `"URL" in os.environ`."""
        found = [self.fixed(name) for name in names]
        return agreed(None if one is None else agreed(v is not None for v in one) for one in found)
