"""The environment variables of a function: those of its provider, and its own."""

from __future__ import annotations

from dataclasses import field

from lamlint.dialects.cloudformation.scope import Scope
from lamlint.dialects.outcome import Outcome
from lamlint.dialects.properties import Properties
from lamlint.dialects.serverless.functions import Declared
from lamlint.dialects.serverless.service import Service
from lamlint.dialects.serverless.stores import filled_in
from lamlint.dialects.tree import slots
from lamlint.dialects.tree.node import Entry, MappingNode, ScalarNode
from lamlint.model import Environment, Resolved, Room, Value
from lamlint.model.condition import both, possible
from lamlint.text import Span
from lamlint.text.dataclass import dataclass, replace

_NAME = "environment"
_PLUGINS = ("serverless-dotenv-plugin",)
"""Plugins that set variables of every function."""


def environment(declared: Declared) -> Environment:
    """The variables of a function; one that it sets to null it has not."""
    own, provider = declared.own, declared.service.provider
    found = _Found(own.complete and provider.complete, declared.service.scope)
    for given, shared in ((provider, True), (own, False)):
        for one in given.outcomes(_NAME):
            if possible(both(one.when, own.when)):
                found.add(one, shared=shared)
    for one in (
        declared.changed.outcomes("Environment", "Variables")
        if declared.changed is not None
        else ()
    ):
        found.add(one, shared=False)
    if not found.complete_lists(provider, own) or declared.service.once(_has_plugin):
        found.complete = False
    place = own.place(_NAME)
    room = _room(declared) if found.complete else None
    return Environment(
        found.variables, found.names, found.complete, place, room, resolved=found.stores
    )


@dataclass
class _Found:
    """The variables that were found so far, and whether there can be no others."""

    complete: bool
    scope: Scope
    variables: dict[str, Value[str]] = field(default_factory=dict)
    names: dict[str, Span] = field(default_factory=dict)
    stores: dict[str, tuple[Resolved, ...]] = field(default_factory=dict)

    def add(self, one: Outcome, *, shared: bool) -> None:
        """Add those of a mapping."""
        if one.absent or _is_null(one):
            return
        inside = None if one.node is None else Properties.of(one, one.node.span)
        if inside is None:
            self.complete = False
            return
        for entry in inside.mapping:
            self._set(entry, _shared(inside, shared=shared))
            found = one.scope.outcomes(entry.value)
            self.stores[entry.name] = filled_in(found, self.scope, entry.value.span)
        self.complete = self.complete and one.scope.whole(inside.mapping)

    def _set(self, entry: Entry, inside: Properties) -> None:
        value = entry.value
        if isinstance(value, ScalarNode) and value.value is None:
            self.variables.pop(entry.name, None)
            self.names.pop(entry.name, None)
            self.stores.pop(entry.name, None)
            return
        self.variables[entry.name] = inside.content(entry.name)
        self.names[entry.name] = entry.key.span

    def complete_lists(self, *given: Properties) -> bool:
        """Whether something is known of each place where variables may stand."""
        return all(one.outcomes(_NAME) for one in given)


def _shared(inside: Properties, *, shared: bool) -> Properties:
    return replace(inside, shared=inside.shared or shared)


def _is_null(one: Outcome) -> bool:
    return isinstance(one.node, ScalarNode) and one.node.value is None


def _has_plugin(service: Service) -> bool:
    """Whether a plugin sets variables of every function."""
    plugins = service.properties.texts("plugins")
    return any(one.is_in(_PLUGINS) for one in plugins)


def _room(declared: Declared) -> Room | None:
    """Where further variables would be written: at the function."""
    own = declared.own.mapping
    written = own.get(_NAME)
    if written is not None and not isinstance(written, MappingNode):
        return None
    return slots.room(own.written or own, (_NAME,), declared.service.scope.beside)
