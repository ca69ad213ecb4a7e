"""The Serverless Framework: all services of a project, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import field

from lamlint.dialects.cloudformation import function as plain
from lamlint.dialects.cloudformation import links, messaging
from lamlint.dialects.cloudformation.nested import export
from lamlint.dialects.cloudformation.resource import Resource, resources
from lamlint.dialects.dialect import Declared, failed
from lamlint.dialects.machines import Machine
from lamlint.dialects.nearness import Nearness, concerned
from lamlint.dialects.serverless import discovery
from lamlint.dialects.serverless.data_files import DataFiles
from lamlint.dialects.serverless.deployed import tell
from lamlint.dialects.serverless.function import function
from lamlint.dialects.serverless.functions import Declared as DeclaredFunction
from lamlint.dialects.serverless.functions import functions
from lamlint.dialects.serverless.implied import imply
from lamlint.dialects.serverless.layers import layers
from lamlint.dialects.serverless.roles import Roles
from lamlint.dialects.serverless.service import Service
from lamlint.dialects.serverless.state_machines import machines
from lamlint.dialects.tree.node import MappingNode, Node
from lamlint.dialects.tree.yaml import Broken, composed
from lamlint.dialects.unreadable import TEMPLATE, told
from lamlint.model import Code, Function, Role
from lamlint.text import Finding, Source, Tree, Unreadable
from lamlint.text.dataclass import dataclass


def read(tree: Tree, targets: Sequence[str]) -> Declared:
    """What the services of a project declare that concern some paths (all, without any)."""
    reading = _Reading(tree, targets)
    services = list(reading.services())
    export([service.scope for service, _ in services])
    tell(service for service, _ in services)
    found = [one for service, near in services for one in reading.content(service, near)]
    linked, roles = reading.linked(found)
    refused = {one.service.path for one in found if one.service.scope.budget.refused}
    return Declared(
        tuple(linked),
        tuple(roles),
        tuple(reading.problems),
        frozenset(reading.left_out | refused),
        frozenset(path for one in found for path in one.service.parts),
        resources=messaging.declared(resource for one in found for resource in one.resources),
    )


@dataclass(frozen=True)
class _Content:
    """What one service declares."""

    service: Service
    declared: Sequence[DeclaredFunction]
    functions: Sequence[Function]
    resources: Sequence[Resource]
    layers: Sequence[tuple[str, Code]]
    machines: Sequence[Machine]


@dataclass
class _Reading:
    """The services of a project as they are read, and what is wrong with them so far."""

    tree: Tree
    targets: Sequence[str]
    problems: list[Finding] = field(default_factory=list)
    left_out: set[str] = field(default_factory=set)

    def services(self) -> Iterator[tuple[Service, Nearness]]:
        """The services that may concern the paths given."""
        data_files = DataFiles(self.tree)
        pending: set[Node] = set()
        for path, near in discovery.services(self.tree, self.targets):
            source = self.tree.read(path, discovery.clearly_meant)
            if near is Nearness.FAR or isinstance(source, Unreadable):
                self.left_out.add(path)
                continue
            documents = composed(source)
            if isinstance(documents, Broken):
                self._broken(source, documents, near)
                continue
            for root in documents:
                if isinstance(root, MappingNode) and discovery.is_service(root):
                    yield Service.of(path, root, data_files, pending), near

    def content(self, service: Service, near: Nearness) -> Iterator[_Content]:
        """What a service declares, if it is on AWS, concerns the paths given and can be read."""
        try:
            found = _content(service) if service.is_on_aws else None
        except Exception as error:  # noqa: BLE001  one service must not hide the others
            self._failed(service, error)
            return
        if found is None:
            return
        if near is Nearness.NAMED or concerned(found.functions, self.targets):
            yield found
        else:
            self.left_out.add(service.path)

    def linked(self, found: Sequence[_Content]) -> tuple[Sequence[Function], Sequence[Role]]:
        """The functions with all that others say of them, without the services where that fails."""
        try:
            return _linked(found)
        except Exception:  # noqa: BLE001  one service must not hide the others
            each = [(one, self._linked_alone(one)) for one in found]
        sound = [one for one, alone in each if alone]
        broken = [function for one, alone in each if not alone for function in one.functions]
        linked, roles = _linked(sound)
        return (*linked, *broken), roles

    def _linked_alone(self, one: _Content) -> bool:
        try:
            _linked([one])
        except Exception as error:  # noqa: BLE001  each is told of
            self._failed(one.service, error)
            return False
        return True

    def _failed(self, service: Service, error: Exception) -> None:
        self.problems.append(failed(service.path, error, service.root.span))

    def _broken(self, source: Source, documents: Broken, near: Nearness) -> None:
        self.left_out.add(source.path)
        meant = near is Nearness.NAMED and discovery.clearly_meant(source)
        self.problems += told(TEMPLATE, source, documents, self.tree, meant=meant)


def _content(service: Service) -> _Content:
    declared = list(functions(service))
    imply(service, declared)
    own = {one.identity for one in declared}
    inside = [one for one in resources(service.scope) if one.identity not in own]
    return _Content(
        service,
        declared,
        (
            *map(function, declared),
            *(plain.function(one) for one in inside if one.kind in plain.KINDS),
        ),
        inside,
        list(layers(service)),
        list(machines(service)),
    )


def _linked(found: Sequence[_Content]) -> tuple[tuple[Function, ...], tuple[Role, ...]]:
    return links.link(
        [function for one in found for function in one.functions],
        [resource for one in found for resource in one.resources],
        Roles.of(declared for one in found for declared in one.declared),
        {identity: code for one in found for identity, code in one.layers},
        further=[machine for one in found for machine in one.machines],
    )
