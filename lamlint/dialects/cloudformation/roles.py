"""Execution roles and what their policies allow."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from functools import lru_cache

from lamlint.dialects import policies, values
from lamlint.dialects.cloudformation.resource import Resource
from lamlint.dialects.outcome import Outcome, Scope
from lamlint.dialects.properties import Properties
from lamlint.dialects.tree.node import MappingNode, Node, ScalarNode, SequenceNode
from lamlint.model import Document, Role, Statement, Value
from lamlint.text import Span
from lamlint.text.dataclass import dataclass

_ATTACHED = ("AWS::IAM::Policy", "AWS::IAM::RolePolicy", "AWS::IAM::ManagedPolicy")
_BASIC = "AWSLambdaBasicExecutionRole"


@lru_cache(maxsize=2)
def _actions(table: str) -> Mapping[str, tuple[str, ...]]:
    """The actions of known policies, by name."""
    from lamlint.catalog import load_table

    return {name: tuple(facts["actions"]) for name, facts in load_table(table).items()}


@dataclass
class Allowed:
    """What has been read of a role's policies so far."""

    statements: list[Statement]
    managed: list[Value[str]]
    complete: bool = True
    documents: list[Document] = field(default_factory=list)

    def add(self, other: Allowed) -> None:
        """Add what was read of further policies."""
        self.statements += other.statements
        self.managed += other.managed
        self.documents += other.documents
        self.complete = self.complete and other.complete

    def managed_policy(self, arn: Value[str], span: Span) -> None:
        """Add a policy by its ARN or name."""
        self.managed.append(arn)
        name = arn.only.rpartition("/")[2] if arn.known else ""
        actions = _actions("managed_policies").get(name)
        if actions is None:
            self.complete = False
            return
        self.statements.append(
            Statement("Allow", actions, (), ("*",), False, "managed", True, span)
        )

    def document(self, node: Node, scope: Scope) -> None:
        """Add the statements of a policy document."""
        if not isinstance(node, MappingNode):
            self.complete = False
            return
        self.documents.append(policies.document(node, scope, trust=False))
        listed = node.get("Statement")
        items: Sequence[Node] = listed.items if isinstance(listed, SequenceNode) else []
        if isinstance(listed, MappingNode):
            items = [listed]
        elif not isinstance(listed, SequenceNode):
            self.complete = False
        self.listed(items, scope)

    def basic(self, span: Span) -> None:
        """Add what a role has that is made for a function: to write its logs."""
        actions = _actions("managed_policies")[_BASIC]
        self.statements.append(
            Statement("Allow", actions, (), ("*",), False, "managed", True, span)
        )

    def listed(self, items: Sequence[Node], scope: Scope) -> None:
        """Add some statements."""
        for item in items:
            for one in scope.outcomes(item):
                if one.absent:
                    continue
                if isinstance(one.node, MappingNode):
                    self.statements.append(_statement(one.node, one.scope))
                else:
                    self.complete = False
        if any(not statement.complete for statement in self.statements):
            self.complete = False


def of_one(allowed: Allowed, function: str, name: str, place: Span) -> Role:
    """The role that a tool makes for one function, given its id and its name."""
    return Role(
        id=f"{function}:role",
        name=f"{name}_role",
        statements=tuple(allowed.statements),
        managed=tuple(allowed.managed),
        trusted=("lambda.amazonaws.com",),
        functions=(name,),
        complete=allowed.complete,
        span=place,
        block=place,
        documents=tuple(allowed.documents),
    )


def _statement(node: MappingNode, scope: Scope) -> Statement:
    actions, sure = _strings(node.get("Action"), scope)
    denied, sure_not = _strings(node.get("NotAction"), scope)
    resources, _ = _strings(node.get("Resource"), scope)
    effect, written = node.get("Effect"), node.get("Action")
    return Statement(
        effect=effect.text if isinstance(effect, ScalarNode) else "Allow",
        actions=actions,
        not_actions=denied,
        resources=resources,
        conditions=node.get("Condition") is not None,
        origin="inline",
        complete=sure and sure_not and isinstance(effect, ScalarNode),
        span=node.span,
        places=policies.places(scope.outcomes(written)) if written is not None else {},
    )


def _strings(node: Node | None, scope: Scope) -> tuple[tuple[str, ...], bool]:
    """The texts of an element that is one text or a list of them; unknown ones as written."""
    if node is None:
        return (), True
    found: list[str] = []
    sure = True
    for one in scope.outcomes(node):
        inner: list[Outcome] = [one]
        if isinstance(one.node, SequenceNode):
            inner = [i for item in one.node.items for i in one.scope.outcomes(item)]
        for text in inner:
            if text.absent:
                continue
            sure = sure and text.text is not None
            found.append(text.written or "*")
    return tuple(found), sure


def of_sam_function(resource: Resource) -> Role | None:
    """The role that SAM makes for a function; None when the function names one."""
    given = resource.properties
    if not all(one.absent for one in given.outcomes("Role")):
        return None
    allowed = Allowed([], [])
    allowed.basic(resource.span)
    for one in given.outcomes("Policies"):
        if one.absent:
            continue
        for item in one.node.items if isinstance(one.node, SequenceNode) else [one.node]:
            if item is None:
                allowed.complete = False
                continue
            for inner in one.scope.outcomes(item):
                _sam_policy(allowed, inner)
    return Role(
        id=f"{resource.identity}Role",
        name=f"{resource.name}Role",
        statements=tuple(allowed.statements),
        managed=tuple(allowed.managed),
        trusted=tuple(_trusted(given)) or ("lambda.amazonaws.com",),
        functions=(resource.name,),
        complete=allowed.complete,
        span=given.place("Policies"),
        block=resource.block,
        bounded=_is_bounded(given),
        documents=(*allowed.documents, *_trust(given)),
    )


def _sam_policy(allowed: Allowed, one: Outcome) -> None:
    """One entry of a SAM function's Policies: a name, a document, or a policy template."""
    node = one.node
    if one.absent:
        return
    if isinstance(node, ScalarNode):
        allowed.managed_policy(values.value((one,), node.span, values.text, None), node.span)
    elif isinstance(node, MappingNode) and "Statement" in node.table:
        allowed.document(node, one.scope)
    elif isinstance(node, MappingNode) and len(node.entries) == 1:
        name = node.entries[0].name
        actions = _actions("policy_templates").get(name)
        if actions is None:
            allowed.complete = False
            return
        allowed.statements.append(
            Statement("Allow", actions, (), (), False, f"template {name}", True, node.span)
        )
    else:
        allowed.complete = False


def declared(resources: Sequence[Resource]) -> Iterator[Role]:
    """The roles that a template declares, with the policies attached to them elsewhere."""
    policies = _Policies(resources)
    for resource in resources:
        if resource.kind == "AWS::IAM::Role":
            yield _role(resource, policies)


class _Policies:
    """The policies that are resources of their own, by identity and by the roles they name."""

    def __init__(self, resources: Sequence[Resource]) -> None:
        self.managed: dict[str, Resource] = {}
        self.attached: dict[str, list[Resource]] = {}
        for resource in resources:
            if resource.kind in _ATTACHED:
                self.managed[resource.identity] = resource
                given = resource.properties
                for name in (*given.texts("Roles"), given.text("RoleName")):
                    for target in name.targets:
                        self.attached.setdefault(target, []).append(resource)


def _role(resource: Resource, policies: _Policies) -> Role:
    given = resource.properties
    allowed = Allowed([], [])
    _attached(allowed, given, policies)
    _inline(allowed, given)
    for policy in policies.attached.get(resource.identity, ()):
        for one in policy.properties.outcomes("PolicyDocument"):
            _document(allowed, one)
    return Role(
        id=resource.identity,
        name=resource.name,
        statements=tuple(allowed.statements),
        managed=tuple(allowed.managed),
        trusted=tuple(_trusted(given)),
        functions=(),
        complete=allowed.complete,
        span=resource.span,
        block=resource.block,
        bounded=_is_bounded(given),
        documents=(*allowed.documents, *_trust(given)),
    )


def _attached(allowed: Allowed, given: Properties, policies: _Policies) -> None:
    """The managed policies of a role."""
    for node, found in given.items("ManagedPolicyArns"):
        arn = values.value(found, node.span, values.text, None)
        if not _local_policy(allowed, arn, policies):
            allowed.managed_policy(arn, node.span)
    allowed.complete = allowed.complete and _is_list(given, "ManagedPolicyArns")


def _inline(allowed: Allowed, given: Properties) -> None:
    """The policies that stand in the role itself."""
    for _, found in given.items("Policies"):
        for one in found:
            if isinstance(one.node, MappingNode) and (document := one.node.get("PolicyDocument")):
                for inner in one.scope.outcomes(document):
                    _document(allowed, inner)
            elif not one.absent:
                allowed.complete = False
    allowed.complete = allowed.complete and _is_list(given, "Policies")


def _is_list(given: Properties, name: str) -> bool:
    found = given.outcomes(name)
    return all(one.absent or isinstance(one.node, SequenceNode) for one in found)


def _document(allowed: Allowed, one: Outcome) -> None:
    if one.node is not None:
        allowed.document(one.node, one.scope)
    elif not one.absent:
        allowed.complete = False


def _local_policy(allowed: Allowed, arn: Value[str], policies: _Policies) -> bool:
    """Add the managed policy of the project that an ARN refers to."""
    for target in arn.targets:
        policy = policies.managed.get(target)
        if policy is not None:
            for inner in policy.properties.outcomes("PolicyDocument"):
                _document(allowed, inner)
            return True
    return False


def _is_bounded(given: Properties) -> bool:
    return not given.has("PermissionsBoundary").is_in([False])


def _trust(given: Properties) -> Iterator[Document]:
    """The policy that says who may assume the role."""
    for one in given.outcomes("AssumeRolePolicyDocument"):
        if isinstance(one.node, MappingNode):
            yield policies.document(one.node, one.scope, trust=True)


def _trusted(given: Properties) -> Iterator[str]:
    """The service principals of the trust policy."""
    document = given.child("AssumeRolePolicyDocument")
    for _, found in document.items("Statement") if document is not None else ():
        for one in found:
            if isinstance(one.node, MappingNode):
                principal = one.node.get("Principal")
                service = principal.get("Service") if isinstance(principal, MappingNode) else None
                yield from _strings(service, one.scope)[0]
