"""The roles of a service's functions: the one that they share, and those of their own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from lamlint.dialects import values
from lamlint.dialects.cloudformation.roles import Allowed
from lamlint.dialects.properties import Properties
from lamlint.dialects.serverless.functions import Declared, logical
from lamlint.dialects.serverless.service import Service
from lamlint.dialects.tree.node import ScalarNode, SequenceNode
from lamlint.model import Function, Role
from lamlint.text import Span
from lamlint.text.dataclass import dataclass

_SHARED = "IamRoleLambdaExecution"
_OWN = ("iamRoleStatements",)
_PLUGIN = "serverless-iam-roles-per-function"
_STATEMENTS = (("iam", "role", "statements"), ("iamRoleStatements",))
_MANAGED = (("iam", "role", "managedPolicies"), ("iamManagedPolicies",))


@dataclass(frozen=True)
class Roles:
    """The roles of the functions of some services, by the functions' ids."""

    declared: Mapping[str, Declared]
    shared: Mapping[str, Role]
    """The role that the framework makes for all functions of a service, by its path."""

    @classmethod
    def of(cls, declared: Iterable[Declared]) -> Roles:
        """The roles of some functions."""
        by_id = {one.identity: one for one in declared}
        services = {one.service.path: one.service for one in by_id.values()}
        return cls(by_id, {path: _shared(service) for path, service in services.items()})

    def __call__(self, function: Function, others: Mapping[str, Role]) -> Role | None:
        """The role of a function: its own, one that is named, or the one that all share."""
        declared = self.declared.get(function.id)
        if declared is None:
            return None
        own = _own(declared)
        if own is not None:
            return own
        for given, path in _named(declared):
            found = given.outcomes(*path)
            if all(one.absent for one in found):
                continue
            targets = sorted(values.targets_of(found))
            return next((others[target] for target in targets if target in others), None)
        return self.shared[declared.service.path] if declared.given.complete else None


def _named(declared: Declared) -> Iterable[tuple[Properties, tuple[str, ...]]]:
    """Where a function may name a role that is declared elsewhere, the nearest first."""
    provider = declared.service.provider
    yield declared.own, ("role",)
    if provider.child("iam", "role") is None or _is_reference(provider):
        yield provider, ("iam", "role")
    yield provider, ("role",)


def _is_reference(provider: Properties) -> bool:
    """Whether `iam.role` is the role of somebody else, and not what the framework's own has."""
    found = provider.only("iam", "role")
    return found is None or isinstance(found.node, ScalarNode)


def _shared(service: Service) -> Role:
    provider = service.provider
    allowed = Allowed([], [], complete=provider.complete)
    written = (path for path in _STATEMENTS if _has(provider, path))
    place = provider.place(*next(written, ()))
    allowed.basic(place)
    for path in _STATEMENTS:
        _add(allowed, provider, path)
    for path in _MANAGED:
        _add_managed(allowed, provider, path)
    return _role(allowed, service.scope.identity(_SHARED), _SHARED, place)


def _own(declared: Declared) -> Role | None:
    """The role of a function alone, where a plugin makes one of each function's statements."""
    paths = [path for path in (_OWN, ("iam", "role", "statements")) if _has(declared.own, path)]
    if not paths:
        return None
    allowed = Allowed([], [], complete=declared.own.complete)
    allowed.basic(declared.span)
    for path in paths:
        _add(allowed, declared.own, path)
    if _inherits(declared):
        for path in _STATEMENTS:
            _add(allowed, declared.service.provider, path)
    name = f"{logical(declared.name)}{_SHARED}"
    return _role(
        allowed, declared.service.scope.identity(name), name, declared.own.place(*paths[0])
    )


def _inherits(declared: Declared) -> bool:
    """Whether a function of its own role may do what the provider allows, too."""
    whole = declared.service.properties
    usual = whole.value(("custom", _PLUGIN, "defaultInherit"), values.truth, False)
    own = declared.own.value(("iamRoleStatementsInherit",), values.truth, False)
    return not (usual if own.absent else own).is_in([False])


def _has(given: Properties, path: tuple[str, ...]) -> bool:
    found = given.outcomes(*path)
    return not found or not all(one.absent for one in found)


def _add(allowed: Allowed, given: Properties, path: tuple[str, ...]) -> None:
    """Add the statements at a path."""
    found = given.outcomes(*path)
    allowed.complete = allowed.complete and bool(found)
    for one in found:
        if isinstance(one.node, SequenceNode):
            allowed.listed(one.node.items, one.scope)
        elif not one.absent:
            allowed.complete = False


def _add_managed(allowed: Allowed, given: Properties, path: tuple[str, ...]) -> None:
    for arn in given.texts(*path):
        allowed.managed_policy(arn, arn.span)
    found = given.outcomes(*path)
    listed = all(one.absent or isinstance(one.node, SequenceNode) for one in found)
    allowed.complete = allowed.complete and listed


def _role(allowed: Allowed, identity: str, name: str, place: Span) -> Role:
    return Role(
        id=identity,
        name=name,
        statements=tuple(allowed.statements),
        managed=tuple(allowed.managed),
        # The framework lets the edge assume it where a function runs there.
        trusted=("lambda.amazonaws.com", "edgelambda.amazonaws.com"),
        functions=(),
        complete=allowed.complete,
        span=place,
        block=place,
    )
