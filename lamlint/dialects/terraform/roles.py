"""Execution roles and what their policies allow."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field

from lamlint.dialects import policies as documents
from lamlint.dialects import values
from lamlint.dialects.cloudformation.roles import Allowed
from lamlint.dialects.embedded import as_json
from lamlint.dialects.outcome import Outcome
from lamlint.dialects.properties import Properties
from lamlint.dialects.terraform.uses import Resource
from lamlint.dialects.tree.node import MappingNode, SequenceNode
from lamlint.model import Document, Role, Statement, Value
from lamlint.text.dataclass import dataclass

ROLE = "aws_iam_role"
_BOUNDARY = "permissions_boundary"
KINDS = (
    "aws_iam_policy",
    "aws_iam_policy_attachment",
    "aws_iam_policy_document",
    "aws_iam_role_policy",
    "aws_iam_role_policy_attachment",
)
"""What says what a role may do."""


@dataclass(frozen=True)
class Names:
    """What the keys of a statement are called."""

    statements: str
    effect: str
    actions: str
    not_actions: str
    resources: str
    condition: str


_AS_JSON = Names("Statement", "Effect", "Action", "NotAction", "Resource", "Condition")
_AS_BLOCKS = Names("statement", "effect", "actions", "not_actions", "resources", "condition")


@dataclass
class Policies:
    """The policies of a root module, by identity and by the roles they are attached to."""

    documents: dict[str, Resource] = field(default_factory=dict)
    managed: dict[str, Resource] = field(default_factory=dict)
    inline: dict[str, list[Resource]] = field(default_factory=dict)
    attached: dict[str, list[Resource]] = field(default_factory=dict)
    read: dict[tuple[str, int], Allowed] = field(default_factory=dict)
    """What each policy and document allows, as far as it is followed: many roles may have it."""

    @classmethod
    def of(cls, resources: Sequence[Resource]) -> Policies:
        """The policies that some resources declare."""
        found = cls()
        for one in resources:
            found._add(one)
        return found

    def _add(self, one: Resource) -> None:
        given = one.properties
        match one.kind:
            case "aws_iam_policy_document":
                self.documents[one.identity] = one
            case "aws_iam_policy" if one.block_.kind == "resource":
                self.managed[one.identity] = one
            case "aws_iam_role_policy":
                for target in given.text("role").targets:
                    self.inline.setdefault(target, []).append(one)
            case "aws_iam_role_policy_attachment":
                for target in given.text("role").targets:
                    self.attached.setdefault(target, []).append(one)
            case "aws_iam_policy_attachment":
                for role in given.texts("roles"):
                    for target in role.targets:
                        self.attached.setdefault(target, []).append(one)
            case _:
                pass

    # --- what they allow

    def document(
        self, allowed: Allowed, found: Sequence[Outcome], given: Properties, depth: int = 0
    ) -> None:
        """Add the statements of a policy, in whichever way it is written."""
        for one in found:
            if one.absent:
                continue
            declared = [self.documents[t] for t in values.targets_of([one]) if t in self.documents]
            if declared and depth < _DEEPEST:
                allowed.add(self._declared(declared[0], depth))
            elif (inside := as_json(one, given)) is not None:
                allowed.documents.append(_written(one, inside, trust=False))
                _statements(allowed, inside, _AS_JSON)
            else:
                allowed.complete = False

    def _declared(self, document: Resource, depth: int) -> Allowed:
        known = document.identity, depth
        if known not in self.read:
            self.read[known] = Allowed([], [])
            self._follow(self.read[known], document, depth)
        return self.read[known]

    def _follow(self, allowed: Allowed, document: Resource, depth: int) -> None:
        given = document.properties
        _statements(allowed, given, _AS_BLOCKS)
        for name in ("source_policy_documents", "override_policy_documents"):
            found = given.outcomes(name)
            if not all(one.absent for one in found):
                items = list(given.items(name))
                for _, outcomes in items:
                    self.document(allowed, outcomes, given, depth + 1)
                allowed.complete = allowed.complete and bool(items)

    def attach(self, allowed: Allowed, arn: Value[str], given: Properties) -> None:
        """Add a managed policy: one of the project, or one that AWS has."""
        for target in arn.targets:
            if target in self.managed:
                allowed.add(self._managed(target))
                return
        allowed.managed_policy(arn, given.owner)

    def _managed(self, identity: str) -> Allowed:
        known = identity, 0
        if known not in self.read:
            self.read[known] = Allowed([], [])
            policy = self.managed[identity].properties
            self.document(self.read[known], policy.outcomes("policy"), policy)
        return self.read[known]

    def trusted(self, given: Properties, name: str) -> Iterator[str]:
        """The service principals of a trust policy."""
        for one in given.outcomes(name):
            declared = [self.documents[t] for t in values.targets_of([one]) if t in self.documents]
            if declared:
                for statement in declared[0].properties.mappings("statement"):
                    for principals in statement.mappings("principals"):
                        yield from _strings(principals, "identifiers")[0]
            elif (inside := as_json(one, given)) is not None:
                for statement in inside.mappings("Statement"):
                    principal = statement.child("Principal")
                    yield from _strings(principal, "Service")[0] if principal is not None else ()

    def trust(self, given: Properties, name: str) -> Iterator[Document]:
        """The trust policies that are written as JSON."""
        for one in given.outcomes(name):
            inside = None if one.absent else as_json(one, given)
            if inside is not None:
                yield _written(one, inside, trust=True)


_DEEPEST = 8
"""Documents that include others are followed so far."""


def role(resource: Resource, policies: Policies) -> Role:
    """A role with all that is attached to it."""
    given = resource.properties
    allowed = Allowed([], [])
    for name in ("inline_policy", "managed_policy_arns"):
        found = given.outcomes(name)
        known = all(one.absent or isinstance(one.node, MappingNode | SequenceNode) for one in found)
        allowed.complete = allowed.complete and bool(found) and known
    for policy in given.mappings("inline_policy"):
        policies.document(allowed, policy.outcomes("policy"), policy)
    for arn in given.texts("managed_policy_arns"):
        policies.attach(allowed, arn, given)
    for target in resource.identities:
        for one in policies.inline.get(target, ()):
            policies.document(allowed, one.properties.outcomes("policy"), one.properties)
        for one in policies.attached.get(target, ()):
            policies.attach(allowed, one.properties.text("policy_arn"), one.properties)
    allowed.documents += policies.trust(given, "assume_role_policy")
    return made(resource, allowed, tuple(policies.trusted(given, "assume_role_policy")))


def made(resource: Resource, allowed: Allowed, trusted: tuple[str, ...]) -> Role:
    """A role of what was read."""
    return Role(
        id=resource.identity,
        name=resource.name,
        statements=tuple(allowed.statements),
        managed=tuple(allowed.managed),
        trusted=trusted,
        functions=(),
        complete=allowed.complete,
        span=resource.span,
        block=resource.block,
        bounded=not resource.properties.has(_BOUNDARY).is_in([False]),
        documents=tuple(allowed.documents),
    )


def by_identity(resources: Sequence[Resource], policies: Policies) -> Mapping[str, Role]:
    """The roles that are declared, by all that they are known by."""
    found: dict[str, Role] = {}
    for one in resources:
        if one.kind == ROLE and one.block_.kind == "resource":
            declared = role(one, policies)
            found.update(dict.fromkeys(one.identities, declared))
    return found


# --- documents


def _written(one: Outcome, inside: Properties, *, trust: bool) -> Document:
    """A policy as it is written: in the language itself, or in a text of JSON."""
    own = isinstance(one.node, MappingNode)
    return documents.document(inside.mapping, inside.scope, trust=trust, writable=own)


def _statements(allowed: Allowed, given: Properties, named: Names) -> None:
    found = given.outcomes(named.statements)
    if not given.scope.whole(given.mapping):
        allowed.complete = False
    for one in found:
        if one.node is None and not one.absent:
            allowed.complete = False
    for statement in given.mappings(named.statements):
        made_of = _statement(statement, named)
        allowed.statements.append(made_of)
        allowed.complete = allowed.complete and made_of.complete


def _statement(given: Properties, named: Names) -> Statement:
    actions, sure = _strings(given, named.actions)
    denied, sure_not = _strings(given, named.not_actions)
    resources, _ = _strings(given, named.resources)
    effect = given.text(named.effect, default="Allow")
    return Statement(
        effect=effect.only if effect.known else "Allow",
        actions=actions,
        not_actions=denied,
        resources=resources,
        conditions=not given.has(named.condition).is_in((False,)),
        origin="inline",
        complete=sure and sure_not and effect.known,
        span=given.mapping.span,
        places=documents.places(given.outcomes(named.actions)),
    )


def _strings(given: Properties, name: str) -> tuple[tuple[str, ...], bool]:
    """The texts of an element that is one text or a list of them; unknown ones as written."""
    found: list[str] = []
    sure = True
    for one in given.outcomes(name):
        if one.absent:
            continue
        inner = [one]
        if isinstance(one.node, SequenceNode):
            inner = [each for item in one.node.items for each in one.scope.outcomes(item)]
        for text in inner:
            sure = sure and text.text is not None
            found.append(text.written or "*")
    return tuple(found), sure


def module_role(resource: Resource, policies: Policies, lists: Mapping[str, str]) -> Role:
    """The role that a module of the registry makes for its function."""
    given = resource.properties
    allowed = Allowed([], [])
    for name, kind in lists.items():
        found = given.outcomes(name)
        if all(one.absent for one in found):
            continue
        if kind == "statements":
            _given_statements(allowed, given, name)
        elif kind == "document":
            policies.document(allowed, found, given)
        else:
            listed = list(given.texts(name)) or [given.text(name)]
            for arn in listed:
                policies.attach(allowed, arn, given)
    return made(resource, allowed, ("lambda.amazonaws.com",))


def _given_statements(allowed: Allowed, given: Properties, name: str) -> None:
    """Statements in a map by their names, or in a list."""
    child = given.child(name)
    if child is None:
        statements = list(given.mappings(name))
        allowed.complete = allowed.complete and bool(statements)
    else:
        inside = ((entry, child.child(entry.name)) for entry in child.mapping)
        statements = [one for _, one in inside if one is not None]
        whole = child.scope.whole(child.mapping) and len(statements) == len(child.mapping.table)
        allowed.complete = allowed.complete and whole
    for one in statements:
        read = _statement(one, _AS_BLOCKS)
        allowed.statements.append(read)
        allowed.complete = allowed.complete and read.complete
