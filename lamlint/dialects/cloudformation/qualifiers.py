"""What of a function a trigger invokes: an alias, a version, or what is not published."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from lamlint.dialects.cloudformation.invoked import Invoked
from lamlint.dialects.cloudformation.resource import Resource
from lamlint.model import UNPUBLISHED, Choice, Function, Value
from lamlint.text import Span

_VERSION = "it is the number of a version"


def qualifying(resources: Iterable[Resource]) -> Iterator[tuple[str, Value[str]]]:
    """The aliases and versions of some resources, by their identity."""
    for resource in resources:
        if resource.kind == "AWS::Lambda::Alias":
            yield resource.identity, resource.properties.text("Name")
        elif resource.kind == "AWS::Lambda::Version":
            yield resource.identity, Value((), resource.span, _VERSION)


def qualified(
    invoked: Invoked, function: Function, qualifiers: Mapping[str, Value[str]]
) -> Value[str] | None:
    """The qualifier that something invokes a function with; None where it is not known."""
    if invoked.qualifier is not None:
        return invoked.qualifier
    targets, place = invoked.function.targets, invoked.function.span
    if f"{function.id}.Alias" in targets:
        return function.aliases[0].name if function.aliases else None
    if f"{function.id}.Version" in targets:
        return Value((), place, _VERSION)
    named = [qualifiers[target] for target in targets if target in qualifiers]
    if named:
        return named[0]
    plain = function.id in targets or not targets.isdisjoint(function.physical_name.targets)
    return _unpublished(place) if plain else None


def _unpublished(place: Span) -> Value[str]:
    return Value((Choice(UNPUBLISHED, place),), place)
