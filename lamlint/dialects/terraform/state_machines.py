"""State machines as Terraform declares them, in resources or by the module of the registry."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lamlint.dialects.amazon_states import Reader, tasks
from lamlint.dialects.machines import Machine
from lamlint.dialects.terraform import registry
from lamlint.dialects.terraform.uses import Resource
from lamlint.text.regex import Regex

KIND = "aws_sfn_state_machine"
_SOURCE = Regex(
    r"(?:registry\.(?:terraform\.io|opentofu\.org)/)?terraform-aws-modules/step-functions/aws/?"
    r"|(?:git::)?(?:https://|ssh://git@|git@)?github\.com[/:]terraform-aws-modules/"
    r"terraform-aws-step-functions(?:\.git)?(?:\?.{0,200})?"
)
_OUTPUT = ".state_machine"
"""What the outputs of the module are of: `state_machine_arn`, `state_machine_id`, …"""


def machines(resources: Sequence[Resource]) -> Iterator[Machine]:
    """The state machines of a root module."""
    for one in resources:
        identities = frozenset(_identities(one))
        if not identities:
            continue
        given = one.properties
        reader = Reader(one.scope, one.scope.use.tree, {})
        found = given.outcomes("definition")[:1]
        yield Machine(
            one.name,
            identities | given.text("name").targets,
            tuple(each for way in found for each in tasks(reader.of(way), one.scope, one.span)),
            one.span,
            one.block,
        )


def _identities(resource: Resource) -> Iterator[str]:
    """What a state machine is referred to by; nothing of what is none."""
    if resource.kind == KIND and resource.block_.kind == "resource":
        yield from resource.identities
    elif resource.kind == "module" and registry.is_module(resource, _SOURCE):
        yield f"{resource.identity}{_OUTPUT}"
