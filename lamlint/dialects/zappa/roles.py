"""The role that Zappa makes for a stage, of a policy in a file and of further statements."""

from __future__ import annotations

import posixpath

from lamlint.dialects import values
from lamlint.dialects.cloudformation.roles import Allowed, of_one
from lamlint.dialects.settings.policies import policy
from lamlint.dialects.tree.node import SequenceNode
from lamlint.dialects.zappa.stages import Stage
from lamlint.model import NOT_SET, Role, Supplied
from lamlint.text import Tree
from lamlint.text.dataclass import replace

_SUPPLIED = Supplied(
    "Zappa",
    "attach_policy",
    frozenset({"dynamodb:*", "kinesis:*", "logs:*", "route53:*", "s3:*", "sns:*", "sqs:*"}),
)
"""The wildcards of Zappa's own policy, each on all resources of its service."""


def made(stage: Stage, identity: str, tree: Tree) -> Role | None:
    """The role of a stage; None where somebody else makes it, or nothing is said of it.

    Without a file Zappa attaches a policy of its own, which is no author's: `ATTACH_POLICY` in
    https://github.com/zappa/Zappa/blob/master/zappa/core.py.
    """
    given = stage.given
    managed = given.value(("manage_roles",), values.truth, True)
    if not managed.is_in([True]) or given.text("role_arn").reason != NOT_SET:
        return None
    allowed = Allowed([], [])
    attached = given.text("attach_policy")
    if attached.known:
        allowed.document(*policy(posixpath.join(stage.folder, attached.only), tree))
    else:
        allowed.complete = False
    for one in given.outcomes("extra_permissions"):
        if isinstance(one.node, SequenceNode):
            allowed.listed(one.node.items, one.scope)
        elif not one.absent:
            allowed.complete = False
    if not allowed.statements:
        return None
    role = of_one(allowed, identity, stage.name, given.owner)
    return replace(role, supplied=_SUPPLIED) if attached.reason == NOT_SET else role
