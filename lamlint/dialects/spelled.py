"""Functions by what they may be called, where an ARN is written out that names one.

A definition that was copied from the console, or out of another stage, names `shop-dev-worker`
where the function is `shop-${var.stage}-worker`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from lamlint.model import UNTOLD, Function, fits
from lamlint.text.dataclass import dataclass
from lamlint.text.regex import Regex

_OF_A_FUNCTION = ":function:"
_TELLING = Regex(r"[A-Za-z0-9]{3}")
_MOST = 200
"""So many names that are known in part are compared with those that are written out."""


@dataclass(frozen=True)
class Spelled:
    """The ids of functions by the names that are among several, and those known in part."""

    among: Mapping[str, frozenset[str]]
    partly: Sequence[tuple[Sequence[str], str]]

    @classmethod
    def of(cls, functions: Sequence[Function]) -> Spelled:
        among: dict[str, set[str]] = {}
        partly: dict[tuple[str, str], None] = {}
        for function in functions:
            name = function.physical_name
            for choice in name.ever:
                among.setdefault(choice.value, set()).add(function.id)
            partly.update(dict.fromkeys((choice.value, function.id) for choice in name.partly))
        telling = [(text.split(UNTOLD), one) for text, one in partly if _tells(text)]
        return cls(
            {name: frozenset(ids) for name, ids in among.items()},
            telling if len(telling) <= _MOST else (),
        )

    def find(self, targets: Collection[str]) -> set[str]:
        """The functions of which one is meant by an ARN among some targets."""
        names = {_named(one) for one in targets} - {""}
        found = {one for name in names for one in self.among.get(name, ())}
        return found | {one for name in names for parts, one in self.partly if fits(name, parts)}


def _named(target: str) -> str:
    """The name that is in the ARN of a function; empty in all else."""
    return target.partition(_OF_A_FUNCTION)[2] if target.startswith("arn:") else ""


def _tells(text: str) -> bool:
    """Whether what is known of a name tells one function from another."""
    return any(_TELLING.search(part) for part in text.split(UNTOLD))
