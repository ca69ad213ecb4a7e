"""What variables have from the parameters of a service: `${param:table}`, in each stage."""

from __future__ import annotations

from collections.abc import Iterator

from lamlint.dialects.outcome import Outcome, plain
from lamlint.dialects.serverless.addresses import COMMON
from lamlint.dialects.serverless.syntax import Reference, plain_text
from lamlint.dialects.serverless.variables import Answer, Missing, Place, in_stage
from lamlint.dialects.tree.node import MappingNode, Node, ScalarNode
from lamlint.model.condition import IN_ANY, Case, both


def parameter(reference: Reference, place: Place) -> Iterator[Answer]:
    """A parameter, as each stage has it that says so."""
    name = plain_text(reference.address)
    given = place.variables.given.get(name) if place.variables.given is not None else None
    if given is not None:
        yield _composed(given, place)
        return
    values: dict[str, Node] = {}
    for named, parameters in _parameters(place):
        value = parameters.get(name)
        if value is not None:
            values.setdefault(named, value)
    common = values.pop(COMMON, None)
    others: Case = IN_ANY
    for named, value in values.items():
        own = in_stage(named, place.scope)
        yield from (one.inherited().under(own) for one in place.scope.outcomes(value))
        others = both(others, in_stage(named, place.scope, holds=False))
    if common is None:
        yield Missing(f"the parameter {name} is not set here", others)
    else:
        yield from (one.inherited().under(others) for one in place.scope.outcomes(common))


def _composed(given: Node, place: Place) -> Outcome:
    """A parameter that is given from outside: it may be made of what other services put out."""
    if isinstance(given, ScalarNode) and "${" not in given.text:
        return plain(given, place.scope).inherited()
    return place.unknown("it is given to the service where several are deployed together")


def _parameters(place: Place) -> Iterator[tuple[str, MappingNode]]:
    """The parameters of each stage: those below `stages` count before those below `params`."""
    for section, below in (("stages", ("params",)), ("params", ())):
        node = place.variables.root.get(section)
        for one in place.scope.outcomes(node) if node is not None else ():
            for entry in one.node if isinstance(one.node, MappingNode) else ():
                inner = _inside(entry.value, below, place)
                if inner is not None:
                    yield entry.name, inner


def _inside(node: Node, path: tuple[str, ...], place: Place) -> MappingNode | None:
    (found, *others) = place.scope.outcomes(node)
    if others or not isinstance(found.node, MappingNode):
        return None
    if not path:
        return found.node
    inner = found.node.get(path[0])
    return None if inner is None else _inside(inner, path[1:], place)
