"""State machines as Terraform declares them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lamlint.dialects.amazon_states import Reader, tasks
from lamlint.dialects.machines import Machine
from lamlint.dialects.terraform.uses import Resource

KIND = "aws_sfn_state_machine"


def machines(resources: Sequence[Resource]) -> Iterator[Machine]:
    """The state machines of a root module."""
    for one in resources:
        if one.kind != KIND or one.block_.kind != "resource":
            continue
        given = one.properties
        reader = Reader(one.scope, one.scope.use.tree, {})
        found = given.outcomes("definition")[:1]
        named = given.text("name").targets
        yield Machine(
            one.name,
            frozenset({*one.identities, *named}),
            tuple(each for way in found for each in tasks(reader.of(way), one.scope, one.span)),
            one.span,
            one.block,
        )
