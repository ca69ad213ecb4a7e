"""The package of a function: its code and its layers, measured in the order that is surest."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from lamlint.model import CodeKind, Function
from lamlint.packages.measure import Scales
from lamlint.packages.measurement import Measurement
from lamlint.packages.target import target_of

if TYPE_CHECKING:
    from lamlint.catalog import Catalog
    from lamlint.text import Span, Tree


@dataclass(frozen=True, eq=False)
class Package:
    """What Lambda unpacks for one function. Nothing is read until it is asked for."""

    function: Function
    scales: Scales

    @property
    def name(self) -> str:
        """The function's name."""
        return self.function.name

    @property
    def span(self) -> Span:
        """Where the template says what the code is."""
        return self.function.code.span

    @cached_property
    def measured(self) -> Measurement | None:
        """The unpacked size of code and layers; None when nothing is known of either."""
        layers = [self._layer(place) for place in range(len(self.function.layers))]
        known = [layer for layer in layers if layer is not None]
        code = self._code()
        if code is None and not known:
            return None
        parts = (code.parts if code else ()) + tuple(p for layer in known for p in layer.parts)
        whole = (code is not None or self._weightless) and self.function.layers_complete
        return Measurement(
            code.method if code else known[0].method,
            code.place if code else known[0].place,
            parts,
            complete=whole and len(known) == len(layers) and all(m.complete for m in known)
            and (code is None or code.complete),
            own=code is None or code.own,
        )  # fmt: skip

    @property
    def _weightless(self) -> bool:
        return self.function.code.kind is CodeKind.INLINE

    def _code(self) -> Measurement | None:
        function = self.function
        target = None
        if function.runtime.known:
            architecture = function.architectures
            machine = architecture.only if architecture.known else "x86_64"
            target = target_of(function.runtime.only, machine)
        return self.scales.code(
            function.code,
            function.name,
            function.template,
            target,
            layered=bool(function.layers) or not function.layers_complete,
        )

    def _layer(self, place: int) -> Measurement | None:
        layer = self.function.layers[place]
        if layer.content is None:
            return None
        measured = self.scales.layer(layer.content, layer.name, self.function.template)
        if measured is None:
            return None
        parts = tuple(dataclasses.replace(part, layer=layer.name) for part in measured.parts)
        return dataclasses.replace(measured, parts=parts)


def packages(functions: Sequence[Function], tree: Tree, catalog: Catalog) -> Iterator[Package]:
    """The package of each function that has one: images have none that could be seen."""
    scales = Scales(tree, catalog)
    for function in functions:
        if function.code.kind is not CodeKind.IMAGE:
            yield Package(function, scales)
