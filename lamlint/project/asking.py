"""What the code of a function asks for, and that of its layers, as far as it names versions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import field
from functools import cached_property

from lamlint.model import Code, CodeKind, Function
from lamlint.packages.builds import upward
from lamlint.packages.poetry import poetry_pins
from lamlint.packages.requirements import Wanted, exported, required, required_by
from lamlint.project.made_for import layer_home
from lamlint.text import Tree
from lamlint.text.dataclass import dataclass
from lamlint.text.wildcards import Automaton

_FOLDERS = (CodeKind.FOLDER, CodeKind.MISSING, CodeKind.BUILT)
"""Code that is a folder, or becomes one when a script fills it."""

_ZAPPA = "zappa"
"""Both the dialect, and the distribution by which it deploys."""


@dataclass(frozen=True, eq=False)
class Asking:
    """Reads what code asks for, and each lock once."""

    tree: Tree
    _locks: dict[str, Wanted | None] = field(default_factory=dict)

    def of(self, function: Function, layers: Sequence[str]) -> Iterator[Wanted]:
        """What its own code asks for, and that of its layers that is here."""
        home = function.span.path.rpartition("/")[0]
        own = [self._wanted(code, home) for code in _codes(function)]
        if function.dialect == _ZAPPA and own[0] is None:
            own.append(self._installed(function.code))
        near = [required(self.tree, one) for layer in layers for one in (layer, layer_home(layer))]
        found = {wanted.path: wanted for wanted in (*own, *near) if wanted is not None}
        yield from found.values()

    def _wanted(self, code: Code, home: str) -> Wanted | None:
        """What code asks for; nothing is installed for a single file, whatever lies beside it."""
        if code.kind not in _FOLDERS:
            return None
        if code.by_poetry and (pins := self._pins(code.path)):
            return pins
        if code.asks_by:
            return required_by(self.tree, code.asks_by)
        if found := required(self.tree, code.path):
            return found
        if self._exported.matches(code.path or "."):
            places = dict.fromkeys((code.path, home))
            return next((pins for place in places if (pins := self._pins(place))), None)
        return None

    def _installed(self, code: Code) -> Wanted | None:
        """What Zappa packs, whose settings lie below: all of the environment that it runs in.

        That is known of a requirements.txt which asks for Zappa.
        """
        if code.kind not in _FOLDERS:
            return None
        above = (required(self.tree, one) for one in upward(code.path))
        return next((one for one in above if one is not None and _deploys(one)), None)

    def _pins(self, folder: str) -> Wanted | None:
        if folder not in self._locks:
            self._locks[folder] = poetry_pins(self.tree, folder)
        return self._locks[folder]

    @cached_property
    def _exported(self) -> Automaton:
        return exported(self.tree)


def _deploys(wanted: Wanted) -> bool:
    return any(one.name.lower() == _ZAPPA for one in wanted.requirements)


def _codes(function: Function) -> Iterator[Code]:
    """Its own code, and that of its layers that is here."""
    yield function.code
    yield from (layer.content for layer in function.layers if layer.content is not None)
