"""What services put out of their stacks, for others that ask: `${cf:shop-dev.JobsArn}`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lamlint.dialects.cloudformation.scope import Scope
from lamlint.dialects.outcome import Outcome
from lamlint.dialects.serverless.syntax import Reference
from lamlint.dialects.serverless.variables import Answer, Place
from lamlint.dialects.tree.node import MappingNode

_AWAY = "it is an output of another stack"


def output(reference: Reference, place: Place) -> Iterator[Answer]:
    """An output of a stack, where a service of the repository makes it."""
    for one in place.variables.texts(reference.address, place):
        stack, _, name = (one.text or "").rpartition(".")
        value = _value(place.variables.stacks, stack, name)
        for found in value or [place.unknown(_AWAY, f"cf:{one.text}" if one.text else "")]:
            yield found.under(one.when)


def _value(stacks: Mapping[str, Scope], stack: str, name: str) -> list[Outcome]:
    scope = stacks.get(stack)
    outputs = scope.section("Outputs") if scope is not None else None
    told = outputs.get(name) if outputs is not None else None
    value = told.get("Value") if isinstance(told, MappingNode) else None
    if scope is None or value is None:
        return []
    return [one.inherited() for one in scope.outcomes(value)]
