"""The package of a function: its code and its layers, measured in the order that is surest."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from lamlint.model import Code, CodeKind, Function, Layer
from lamlint.packages.measure import Scales, Weight
from lamlint.packages.measurement import Measurement, Missing, Unmeasured
from lamlint.packages.target import Target, target_of
from lamlint.text.dataclass import dataclass

if TYPE_CHECKING:
    from lamlint.catalog import Catalog
    from lamlint.text import Entry, Span, Tree

_SOME_PYTHON = "python3.13"
"""For sizes the version matters little: it counts where one is not known."""


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

    @property
    def image(self) -> bool:
        """Whether it is a container image, which has a limit of its own."""
        return self.function.code.kind is CodeKind.IMAGE

    @property
    def measured(self) -> Measurement | None:
        """The unpacked size of code and layers; None when nothing is known of either."""
        return self._weight if isinstance(self._weight, Measurement) else None

    @property
    def missing(self) -> tuple[Missing, ...]:
        """What has no size, or why nothing has."""
        weight = self._weight
        return weight.missing if isinstance(weight, Measurement) else (Missing(weight.reason),)

    def files(self, code: Code) -> tuple[Entry, ...]:
        """The files of the function's code or of a layer's content, where that is a folder."""
        return (
            self.scales.sources.files(code.path, code.packing)
            if code.kind is CodeKind.FOLDER
            else ()
        )

    @cached_property
    def _weight(self) -> Weight:
        code = self._code()
        layers = [self._layer(place) for place in range(len(self.function.layers))]
        known = [one for one in (code, *layers) if isinstance(one, Measurement)]
        if not known or self.image:
            return code
        missing = [Missing(code.reason)] if isinstance(code, Unmeasured) else []
        for one in (code, *layers):
            if isinstance(one, Measurement):
                missing.extend(one.missing)
        for layer, weight in zip(self.function.layers, layers, strict=True):
            if isinstance(weight, Unmeasured):
                missing.append(Missing(weight.reason, _called(layer)))
        if not self.function.layers_complete:
            missing.append(Missing("layers that the template does not name plainly"))
        return Measurement(
            known[0].method,
            known[0].place,
            tuple(part for one in known for part in one.parts),
            tuple(dict.fromkeys(missing)),
            own=all(one.own for one in known),
        )

    @property
    def _target(self) -> Target | None:
        function = self.function
        if not function.runtime.known and not function.always_python:
            return None
        architecture = function.architectures
        machine = architecture.only if architecture.known else "x86_64"
        runtime = function.runtime.only if function.runtime.known else _SOME_PYTHON
        return target_of(runtime, machine)

    def _code(self) -> Weight:
        function = self.function
        return self.scales.code(
            function.code,
            function.name,
            function.template,
            self._target,
            layered=bool(function.layers) or not function.layers_complete,
        )

    def _layer(self, place: int) -> Weight:
        layer = self.function.layers[place]
        if layer.content is None:
            return Unmeasured("the content of the layer is not in the project")
        template = self.function.template
        weight = self.scales.layer(layer.content, layer.name, template, self._target)
        if isinstance(weight, Unmeasured):
            return weight
        parts = tuple(dataclasses.replace(part, layer=layer.name) for part in weight.parts)
        return dataclasses.replace(weight, parts=parts)


def _called(layer: Layer) -> str:
    return f"the layer {layer.name}" if layer.name else "a layer"


def packages(functions: Sequence[Function], tree: Tree, catalog: Catalog) -> Iterator[Package]:
    """The package of each function."""
    scales = Scales(tree, catalog)
    for function in functions:
        yield Package(function, scales)
