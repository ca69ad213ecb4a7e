"""The execution roles of an app's functions, and what their policies allow."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lamlint.dialects.cdk.additions import Additions, holders, receivers
from lamlint.dialects.cdk.grants import GRANTS
from lamlint.dialects.cdk.nodes import Lowering
from lamlint.dialects.cdk.objects import Items, Keyed, Library, Made, Plain, Thing, construct
from lamlint.dialects.cdk.place import Place
from lamlint.dialects.cdk.template import Template, given, scalar
from lamlint.dialects.tree.node import MappingNode, Node

ROLE = "AWS::IAM::Role"
_EDGE = "edgelambda.amazonaws.com"
_BASIC = "service-role/AWSLambdaBasicExecutionRole"
_IN_VPC = "service-role/AWSLambdaVPCAccessExecutionRole"
_VERSION = "2012-10-17"
_MANAGED = ("from_aws_managed_policy_name",)
_WORDS = {
    "actions": "Action",
    "not_actions": "NotAction",
    "resources": "Resource",
    "not_resources": "NotResource",
}
"""What the CDK and IAM call the parts of a statement."""


def own_name(function: str) -> str:
    """The logical id of the role that the CDK makes for a function."""
    return f"{function}/ServiceRole"


def granted(calls: Sequence[Made]) -> Iterator[tuple[Made, Made]]:
    """The calls of `grant…` methods, each with who is granted something."""
    for call in calls:
        if call.receiver is not None and call.name.startswith("grant"):
            to = given(call, "grantee", "identity", place=0)
            for holder, _ in holders(to):
                yield call, holder


def of_function(
    made: Made, arguments: Made, additions: Additions, grants: Sequence[Made], template: Template
) -> MappingNode:
    """The role that the CDK makes for a function."""
    lowering = template.lowering(made)
    managed = [scalar(made.at, _BASIC)]
    if given(arguments, "vpc") is not None:
        managed.append(scalar(made.at, _IN_VPC))
    listed = given(arguments, "initial_policy")
    first = _listed(listed)
    return _role(
        made,
        [*managed, *(_policy(one, lowering) for one in additions.policies.get(id(made), ()))],
        [*first, *additions.statements.get(id(made), ())],
        grants,
        ["lambda.amazonaws.com"],
        lowering,
    )


def of_construct(
    made: Made, additions: Additions, grants: Sequence[Made], template: Template
) -> MappingNode:
    """A role that an author declares."""
    lowering = template.lowering(made)
    policies = [*_listed(given(made, "managed_policies")), *additions.policies.get(id(made), ())]
    statements: list[Thing] = []
    inline = given(made, "inline_policies")
    if isinstance(inline, Keyed):
        for member in inline.members.values():
            statements.extend(_inside(member.value))
    elif inline is not None:
        statements.append(inline)
    return _role(
        made,
        [_policy(one, lowering) for one in policies],
        [*statements, *additions.statements.get(id(made), ())],
        grants,
        list(_principals(given(made, "assumed_by"))),
        lowering,
    )


def _inside(document: Thing) -> list[Thing]:
    """The statements of a policy document; the document itself where they are not known."""
    listed = given(document, "statements") if isinstance(document, Made) else None
    written = given(document, "obj", place=0) if isinstance(document, Made) else None
    if isinstance(written, Keyed) and (member := written.members.get("Statement")) is not None:
        listed = member.value
    return _listed(listed) if listed is not None else [document]


def _listed(thing: Thing | None) -> list[Thing]:
    """The items of a list; the thing itself where it is none."""
    if thing is None:
        return []
    return list(thing.values) if isinstance(thing, Items) and thing.whole else [thing]


def _principals(thing: Thing | None) -> Iterator[str]:
    if isinstance(thing, Made) and thing.name.endswith("ServicePrincipal"):
        named = given(thing, "service", place=0)
        if isinstance(named, Plain):
            yield str(named.value)
    elif isinstance(thing, Made) and thing.name.endswith("CompositePrincipal"):
        for one in thing.positional:
            yield from _principals(one)


def _role(
    made: Made,
    managed: list[Node],
    statements: Sequence[Thing],
    grants: Sequence[Made],
    trusted: list[str],
    lowering: Lowering,
) -> MappingNode:
    at = made.at
    listed = [_statement(one, lowering) for one in statements]
    listed += [_grant(call, lowering) for call in grants]
    document = lowering.mapping(
        at, {"Version": scalar(at, _VERSION), "Statement": lowering.listed(at, listed)}
    )
    policy = lowering.mapping(at, {"PolicyDocument": document})
    # The CDK lets the edge assume the role of a function that runs there, whoever declared it.
    services = lowering.listed(at, [scalar(at, one) for one in (*trusted, _EDGE)])
    trust = lowering.mapping(
        at,
        {
            "Effect": scalar(at, "Allow"),
            "Action": scalar(at, "sts:AssumeRole"),
            "Principal": lowering.mapping(at, {"Service": services}),
        },
    )
    found = lowering.mapping(
        at,
        {
            "ManagedPolicyArns": lowering.listed(at, managed),
            "Policies": lowering.listed(at, [policy]) if listed else None,
            "AssumeRolePolicyDocument": lowering.mapping(
                at, {"Statement": lowering.listed(at, [trust])}
            ),
        },
    )
    if not made.whole:
        found.entries.append(lowering.more(at))
    return found


def _policy(thing: Thing, lowering: Lowering) -> Node:
    """A managed policy by its name."""
    if isinstance(thing, Made) and thing.name.endswith(_MANAGED):
        named = given(thing, "managed_policy_name", place=0)
        return lowering.node(named) if named is not None else lowering.node(thing)
    return lowering.node(thing)


def _statement(thing: Thing, lowering: Lowering) -> Node:
    """A statement of a policy."""
    known = construct(thing)
    if not isinstance(known, Made) or not known.name.endswith("PolicyStatement"):
        inner = given(known, "obj", place=0) if isinstance(known, Made) else known
        return lowering.node(inner if isinstance(inner, Keyed) else thing)
    entries: dict[str, Node | None] = {"Effect": _effect(given(known, "effect"), known.at)}
    for name, key in _WORDS.items():
        value = given(known, name)
        entries[key] = lowering.node(value) if value is not None else None
    conditions = given(known, "conditions")
    entries["Condition"] = lowering.node(conditions) if conditions is not None else None
    return lowering.mapping(known.at, entries)


def _effect(thing: Thing | None, at: Place) -> Node:
    denies = isinstance(thing, Library) and thing.name.endswith(".DENY")
    return scalar(at, "Deny" if denies else "Allow")


def _grant(call: Made, lowering: Lowering) -> Node:
    """What a `grant…` method allows."""
    for made, _ in receivers(call.receiver):
        module = made.name.split(".")[-2] if "." in made.name else ""
        known = GRANTS.get(module, {}).get(call.name)
        names: list[Node] = [scalar(call.at, one) for one in known or ()]
        if call.name == "grant":
            names = [lowering.node(one) for one in call.positional[1:]]
        if names:
            return lowering.mapping(
                call.at,
                {
                    "Effect": scalar(call.at, "Allow"),
                    "Action": lowering.listed(call.at, names),
                    "Resource": lowering.node(made),
                },
            )
    return lowering.unknown(call.at, f"what {call.name} allows is not known")
