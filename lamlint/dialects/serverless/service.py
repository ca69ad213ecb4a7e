"""One service: its configuration, its variables, and the stack that it is deployed as."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import field
from functools import cached_property
from typing import Any, TypeVar

from lamlint.dialects.budget import Budget
from lamlint.dialects.cloudformation.scope import Evaluate, Scope
from lamlint.dialects.outcome import Outcome, together
from lamlint.dialects.properties import Properties
from lamlint.dialects.serverless.calls import evaluated
from lamlint.dialects.serverless.composed import parameters
from lamlint.dialects.serverless.data_files import DataFiles
from lamlint.dialects.serverless.sources import ask
from lamlint.dialects.serverless.stack import changes, template
from lamlint.dialects.serverless.variables import Variables, has_variables
from lamlint.dialects.tree.node import MappingNode, Node, ScalarNode
from lamlint.text.dataclass import dataclass

T = TypeVar("T")
_AWS = "aws"
_PREFIX = "${self:service}-${sls:stage}-"
"""With what the names of functions begin that have none of their own."""
_BESIDE = ("timeout", "memorySize", "runtime", "handler", "image", "name")


@dataclass(eq=False)
class Service:
    """A service that is deployed to AWS.

    In its scope the names are those of CloudFormation: what `resources` declares.
    """

    path: str
    root: MappingNode
    scope: Scope
    variables: Variables
    _told: dict[Hashable, Any] = field(default_factory=dict)

    @classmethod
    def of(cls, path: str, root: MappingNode, data_files: DataFiles, pending: set[Node]) -> Service:
        """The service of a configuration; `pending` are the nodes that are being evaluated."""
        variables = Variables(root, ask, data_files, parameters(path, data_files.tree))
        scope = Scope(
            path,
            MappingNode(root.source, root.start, root.end),
            data_files.tree,
            _evaluator(variables),
            pending=pending,
            budget=Budget.of(len(root.source.text)),
            beside=_BESIDE,
            by_commas=False,
        )
        service = cls(path, root, scope, variables)
        scope.root = template(service.properties, root)
        return service

    @property
    def properties(self) -> Properties:
        """All that the configuration says."""
        return Properties(self.root, self.scope, self.root.span)

    @cached_property
    def provider(self) -> Properties:
        """What holds for all functions that do not say otherwise."""
        found = self.properties.child("provider")
        if found is not None:
            return found
        node = self.root.get("provider")
        known = node is None or (isinstance(node, ScalarNode) and not has_variables(node))
        empty = MappingNode(self.root.source, self.root.start, self.root.start)
        return Properties(empty, self.scope, self.root.span, complete=known, shared=True)

    @cached_property
    def changes(self) -> Mapping[str, Properties]:
        """What `resources` says of what the framework makes, by its logical id."""
        found: dict[str, Properties] = {}
        for entry in changes(self.properties):
            if isinstance(entry.value, MappingNode):
                whole = Properties(entry.value, self.scope, entry.key.span)
                given = whole.child("Properties")
                if given is not None:
                    found[entry.name] = given
        return found

    @property
    def parts(self) -> Iterator[str]:
        """The files whose resources are those of its stack."""
        for entry in self.scope.section("Resources") or ():
            if entry.value.source.path != self.path:
                yield entry.value.source.path

    @property
    def is_on_aws(self) -> bool:
        """Whether it is deployed to AWS, as far as is known."""
        written = self.properties.text("provider")
        name = written if written.known else self.provider.text("name", default=_AWS)
        return not name.choices or not name.is_not_in((_AWS,))

    def once(self, ask: Callable[[Service], T]) -> T:
        """What a question comes to that is about the whole service: it is asked once."""
        if ask not in self._told:
            self._told[ask] = ask(self)
        told: T = self._told[ask]
        return told

    @cached_property
    def prefix(self) -> tuple[Outcome, ...]:
        """With what the names of its functions begin."""
        place = self.root
        usual = ScalarNode(place.source, place.start, place.start, _PREFIX, computed=True)
        return self.scope.outcomes(usual)

    def named(self, name: str, place: ScalarNode) -> tuple[Outcome, ...]:
        """What a function is deployed as that has no name of its own."""
        return tuple(
            together(place, self.scope, (one.parts, (name,)), one.when) for one in self.prefix
        )


def _evaluator(variables: Variables) -> Evaluate:
    def evaluate(node: Node, scope: Scope) -> Iterable[Outcome]:
        return evaluated(node, scope, variables)

    return evaluate
