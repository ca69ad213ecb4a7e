"""Services that track errors: who is told of what fails in a function, beside its log."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lamlint.project.made_for import layer_name
from lamlint.project.resolution import TRACKING
from lamlint.text.regex import Regex

if TYPE_CHECKING:
    from lamlint.model import Function
    from lamlint.text import Span

_LAYERS = Regex(r"(?i)datadog|epsagon|lumigo|new-?relic|sentry|thundra")
"""Layers that put the service's handler in front of the function's own."""


def tracked(function: Function) -> Span | None:
    """Where the configuration has a service track the errors of a function, if it does."""
    for name, value in function.environment.variables.items():
        if name in TRACKING:
            return value.span
    for layer in function.layers:
        if layer.content is None and _LAYERS.search(layer_name(layer)) is not None:
            return layer.span
    return None
