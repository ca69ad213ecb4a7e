"""Puts down the resources that the constructs of an app make."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Mapping, Sequence

from lamlint.dialects.cdk import companions, functions, lower_level, messaging, roles
from lamlint.dialects.cdk.additions import Additions, receivers
from lamlint.dialects.cdk.amounts import runtimes
from lamlint.dialects.cdk.code import AS_IS, BUNDLING, Home, last
from lamlint.dialects.cdk.companions import Companion
from lamlint.dialects.cdk.kinds import OTHER, PYTHON, RESOURCES, as_function, pair, written_kind
from lamlint.dialects.cdk.objects import Made, Thing
from lamlint.dialects.cdk.overrides import override
from lamlint.dialects.cdk.place import Place
from lamlint.dialects.cdk.template import Template, given, id_of, is_taken
from lamlint.dialects.cloudformation.function import PLAIN
from lamlint.dialects.tree.node import MappingNode, Node
from lamlint.text.dataclass import dataclass

_LAYER = "AWS::Lambda::LayerVersion"


@dataclass(frozen=True)
class Declaring:
    """What is needed to know what a construct makes.

    `grants` are calls of `grant…` methods, by the identity of who is granted something.
    """

    template: Template
    additions: Additions
    grants: Mapping[int, Sequence[Made]]
    home: Home

    def all(self, calls: Sequence[Made], constructs: Mapping[str, Made]) -> None:
        """Put down what all constructs and their methods make."""
        for name, made in constructs.items():
            self._one(name, made)
        for number, call in enumerate(calls):
            for made, one in companions.of_call(call, self.template):
                own = self.template.logical[id(made)]
                self._companion(f"{own}/{one.suffix}{number}", call, one)

    def _one(self, name: str, made: Made) -> None:
        arguments = as_function(made)
        if arguments is not None:
            self._function(name, made, arguments)
            return
        kind = written_kind(made)
        if kind is not None:
            self.add(name, made, kind, lower_level.properties(made, self.template))
            return
        known = _MADE.get(pair(made))
        if known is not None:
            known(self, name, made)
        else:
            self.named(name, made)

    def add(
        self,
        name: str,
        made: Made,
        kind: str,
        properties: MappingNode,
        asset: str = "",
        *,
        bundled: bool = False,
    ) -> None:
        """Put down the resource that a construct is."""
        overrides = self.additions.overrides.get(id(made), ())
        override(properties, overrides, self.template.lowering(made))
        self.template.add(name, key_of(made), made, kind, properties, asset, bundled=bundled)

    def _companion(self, name: str, made: Made, one: Companion) -> None:
        self.template.add(name, made.at, made, one.kind, one.properties)

    def _function(self, name: str, made: Made, arguments: Made) -> None:
        lowering = self.template.lowering(made)
        variables = self.additions.variables.get(id(made))
        found = functions.properties(arguments, variables, self.template)
        if pair(made).endswith(f".{PYTHON}"):
            functions.add_python_handler(found, arguments, lowering)
        role = given(arguments, "role")
        own = lowering.node(role) if role is not None else None
        if own is None:
            own = lowering.refer(made.at, roles.own_name(name))
            properties = roles.of_function(
                made, arguments, self.additions, self.grants.get(id(made), ()), self.template
            )
            self.template.add(roles.own_name(name), made.at, made, roles.ROLE, properties)
        found.entries.append(lowering.entry("Role", made.at, own))
        self.add(name, made, PLAIN, found)
        for one in companions.of_function(name, arguments, lowering):
            self._companion(f"{name}/{one.suffix}", made, one)

    def named(self, name: str, made: Made) -> None:
        """A resource of which only its name is asked for."""
        lowering = self.template.lowering(made)
        base, taken = pair(made), is_taken(made)
        kind = RESOURCES.get(".".join(made.name.split(".")[-3:-1]) if taken else base)
        entries: dict[str, Node | None] = {}
        for word, key in kind.arguments.items() if kind is not None else ():
            value = given(made, word, place=2) if taken else given(made, word)
            entries[key] = lowering.node(value) if value is not None else None
        found = lowering.mapping(made.at, entries)
        self.add(name, made, kind.name if kind is not None else OTHER, found)


def _role(put: Declaring, name: str, made: Made) -> None:
    properties = roles.of_construct(made, put.additions, put.grants.get(id(made), ()), put.template)
    put.add(name, made, roles.ROLE, properties)


def _layer(put: Declaring, name: str, made: Made) -> None:
    held = given(made, "code") if not pair(made).startswith("aws_lambda_python") else None
    folder: Thing | None = given(made, "entry")
    bundled = True
    if isinstance(held, Made):
        folder = given(held, "path", place=0)
        bundled = last(held) not in AS_IS or given(held, BUNDLING) is not None
        bundled = bundled or not held.whole
    path = put.home.path(folder) if folder is not None else None
    asset = posixpath.relpath(path or ".", put.home.root or ".") if path is not None else ""
    lowering = put.template.lowering(made)
    made_for = given(made, "compatible_runtimes")
    entries = {"CompatibleRuntimes": runtimes(made_for, lowering) if made_for is not None else None}
    put.add(name, made, _LAYER, lowering.mapping(made.at, entries), asset, bundled=bundled)


def _alias(put: Declaring, name: str, made: Made) -> None:
    version = given(made, "version")
    for function, _ in receivers(version):
        own = put.template.logical.get(id(function))
        if own is not None:
            one = companions.alias(own, made, put.template.lowering(made))
            put.add(name, made, one.kind, one.properties)
            return
    put.named(name, made)


def _version(put: Declaring, name: str, made: Made) -> None:
    lowering = put.template.lowering(made)
    function = given(made, "lambda_", "function")
    entries = {"FunctionName": lowering.node(function) if function is not None else None}
    put.add(name, made, "AWS::Lambda::Version", lowering.mapping(made.at, entries))


def _url(put: Declaring, name: str, made: Made) -> None:
    for function, _ in receivers(given(made, "function")):
        own = put.template.logical.get(id(function))
        if own is not None:
            one = companions.url(own, made, put.template.lowering(made))
            put.add(name, made, one.kind, one.properties)
            return
    put.named(name, made)


def _group(put: Declaring, name: str, made: Made) -> None:
    lowering = put.template.lowering(made)
    named, kept = given(made, "log_group_name"), given(made, "retention")
    entries = {
        "LogGroupName": lowering.node(named) if named is not None else None,
        "RetentionInDays": companions.days(kept, lowering) if kept is not None else None,
    }
    put.add(name, made, "AWS::Logs::LogGroup", lowering.mapping(made.at, entries))


def _queue(put: Declaring, name: str, made: Made) -> None:
    put.add(name, made, messaging.QUEUE, messaging.queue(made, put.template))


def _topic(put: Declaring, name: str, made: Made) -> None:
    put.add(name, made, messaging.TOPIC, messaging.topic(made, put.template))


def _stream(put: Declaring, name: str, made: Made) -> None:
    put.add(name, made, messaging.STREAM, messaging.stream(made, put.template))


def _bucket(put: Declaring, name: str, made: Made) -> None:
    put.add(name, made, messaging.BUCKET, messaging.bucket(made, put.template))


def key_of(made: Made) -> Place:
    """Where a construct is named."""
    named = id_of(made)
    return named.at if named is not None and made.block.holds(named.at) else made.block


_MADE: Mapping[str, Callable[[Declaring, str, Made], None]] = {
    "aws_iam.Role": _role,
    "aws_lambda.LayerVersion": _layer,
    "aws_lambda_python.PythonLayerVersion": _layer,
    "aws_lambda_python_alpha.PythonLayerVersion": _layer,
    "aws_lambda.Alias": _alias,
    "aws_lambda.Version": _version,
    "aws_lambda.FunctionUrl": _url,
    "aws_logs.LogGroup": _group,
    "aws_sns.Topic": _topic,
    "aws_sqs.Queue": _queue,
    "aws_kinesis.Stream": _stream,
    "aws_s3.Bucket": _bucket,
}
