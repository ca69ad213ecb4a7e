"""State machines as templates declare them, of SAM or of CloudFormation itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lamlint.dialects.amazon_states import Reader, Written, substitutions, tasks
from lamlint.dialects.cloudformation import events
from lamlint.dialects.cloudformation.references import resource_targets
from lamlint.dialects.cloudformation.resource import Resource
from lamlint.dialects.machines import Machine

KINDS = frozenset({"AWS::Serverless::StateMachine", "AWS::StepFunctions::StateMachine"})
_WRITTEN = ("Definition", "DefinitionString")
_IN_FILES = ("DefinitionUri", "DefinitionS3Location")
"""What names a file, until a command uploads it and writes where it is."""


def machines(resources: Sequence[Resource]) -> Iterator[Machine]:
    """The state machines of templates that run something, with what they say starts them."""
    for resource in (one for one in resources if one.kind in KINDS):
        scope = resource.scope
        found = tuple(tasks(_definition(resource), scope, resource.span))
        if found:
            yield Machine(
                resource.name,
                resource_targets(resource.name, scope),
                found,
                resource.span,
                resource.block,
                tuple(events.of_function(resource)),
            )


def _definition(resource: Resource) -> Written:
    given, scope = resource.properties, resource.scope
    reader = Reader(scope, scope.tree, substitutions(given))
    for key in _WRITTEN:
        found = given.only(key) or next(iter(given.outcomes(key)), None)
        if found is not None and not found.absent:
            return reader.of(found)
    for key in _IN_FILES:
        path = given.text(key)
        if path.known:
            return reader.beside(path.only, resource.entry.key.source.path)
    return ()
