"""The functions of a service: a mapping, or a list of mappings, some of them in files."""

from __future__ import annotations

from collections.abc import Iterator

from lamlint.dialects.budget import READ
from lamlint.dialects.cloudformation.conditions import case
from lamlint.dialects.outcome import Outcome, Scope
from lamlint.dialects.properties import Properties
from lamlint.dialects.serverless.provided import inherited, merged
from lamlint.dialects.serverless.service import Service
from lamlint.dialects.tree.node import Entry, MappingNode, ScalarNode, SequenceNode
from lamlint.model.condition import IN_ANY, Case, both, possible
from lamlint.text import Span, Unread
from lamlint.text.dataclass import dataclass, replace

_UNREAD = "some of its functions are declared where lamlint does not read"
_WORDS = {"-": "Dash", "_": "Underscore"}


@dataclass(frozen=True)
class Declared:
    """A function of a service: its key, what it is given, and what it says itself."""

    entry: Entry
    given: Properties
    own: Properties
    service: Service
    beside: int = 0
    """How many others of its name there are, of which another stage or option has each."""

    @property
    def name(self) -> str:
        """What the service calls it."""
        return self.entry.name

    @property
    def identity(self) -> str:
        """Its identity in the project."""
        own = function_id(self.name, self.service.scope)
        return f"{own}/{self.beside}" if self.beside else own

    @property
    def changed(self) -> Properties | None:
        """What `resources` says of it in CloudFormation's words."""
        return self.service.changes.get(f"{logical(self.name)}LambdaFunction")

    @property
    def span(self) -> Span:
        """Its key."""
        return self.entry.key.span

    @property
    def block(self) -> Span:
        """The whole function."""
        return self.entry.key.source.span(self.entry.key.start, self.entry.end)


def logical(name: str) -> str:
    """A name as it is part of the logical ids of what the framework makes."""
    spelled = "".join(_WORDS.get(letter, letter) for letter in name)
    return spelled[:1].upper() + spelled[1:]


def function_id(name: str, scope: Scope) -> str:
    """The identity of the function that a service calls so, as its stack has it."""
    return scope.identity(f"{logical(name)}LambdaFunction")


def functions(service: Service) -> Iterator[Declared]:
    """The functions of a service, each with what its provider says."""
    shared = inherited(service.provider)
    found: dict[str, list[tuple[Entry, Outcome]]] = {}
    for one in _listed(service):
        if isinstance(one.node, MappingNode) and _affords(one.node, one):
            for entry in one.node:
                _put(found.setdefault(entry.name, []), entry, one)
        elif one.symbol is not None:
            service.scope.tree.unread.add(Unread(service.properties.place("functions"), _UNREAD))
    for of_one_name in found.values():
        for beside, (entry, holder) in enumerate(of_one_name):
            declared = _declared(entry, holder, shared, service)
            if declared is not None:
                yield replace(declared, beside=beside)


def _put(found: list[tuple[Entry, Outcome]], entry: Entry, holder: Outcome) -> None:
    """Add a function of one name: the last one counts of those that are there at once."""
    found[:] = [one for one in found if not possible(both(one[1].when, holder.when))]
    found.append((entry, holder))


def _affords(mapping: MappingNode, outcome: Outcome) -> bool:
    return outcome.scope.affords(nodes=len(mapping.entries) * READ)


def _listed(service: Service) -> Iterator[Outcome]:
    for one in service.properties.outcomes("functions"):
        if isinstance(one.node, SequenceNode):
            yield from (inner for item in one.node.items for inner in one.scope.outcomes(item))
        else:
            yield one


def _declared(
    entry: Entry, holder: Outcome, shared: tuple[Entry, ...], service: Service
) -> Declared | None:
    provider = service.provider
    (found, *others) = holder.scope.outcomes(entry.value)
    owner = entry.key.span
    if isinstance(found.node, MappingNode) and not others:
        own, whole = found.node, found.scope.whole(found.node)
    elif isinstance(found.node, SequenceNode):
        return None
    else:
        source = entry.key.source
        own = MappingNode(source, entry.key.end, entry.key.end, shared=True)
        whole = False
    when = both(holder.when, _when(own, service))
    mine = Properties(own, service.scope, owner, complete=whole, when=when)
    complete = whole and provider.complete and provider.scope.whole(provider.mapping)
    given = Properties(merged(own, shared), service.scope, owner, complete=complete, when=when)
    return Declared(entry, given, mine, service)


def _when(own: MappingNode, service: Service) -> Case:
    """What holds where a function is there at all."""
    named = own.get("condition")
    return case(named.text, True, service.scope) if isinstance(named, ScalarNode) else IN_ANY
