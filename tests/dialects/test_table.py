"""A table says where each property of the model is written; values are read and written by it."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from datetime import date

import pytest

from lamlint.catalog import Catalog
from lamlint.dialects import table
from lamlint.dialects.budget import Budget
from lamlint.dialects.outcome import Outcome, plain
from lamlint.dialects.properties import Properties
from lamlint.dialects.table import Declaration, Property, Table
from lamlint.dialects.tree.node import MappingNode, Node, ScalarNode, SequenceNode
from lamlint.dialects.tree.yaml import Broken, compose
from lamlint.model import Function, Scalar, Value
from lamlint.project import build
from lamlint.text import Safety, Source, Span
from tests.memory import MemoryTree


class Plain:
    """The names of a language without expressions: nothing but what is written."""

    template = "functions.yaml"
    beside = ("run",)

    def outcomes(self, node: Node) -> tuple[Outcome, ...]:
        return (plain(node, self) if isinstance(node, ScalarNode) else Outcome(node, self),)

    def items(self, node: Node) -> list[tuple[Outcome, ...]] | None:
        return [self.outcomes(i) for i in node.items] if isinstance(node, SequenceNode) else None

    def whole(self, mapping: MappingNode) -> bool:
        return mapping.merges

    def identity(self, name: str) -> str:
        return f"{self.template}:{name}"

    def affords(self, *, characters: int = 0, nodes: int = 0) -> bool:
        return Budget.of().affords(characters=characters, nodes=nodes)


def minutes(node: Node) -> Scalar | None:
    return int(node.text) * 60 if isinstance(node, ScalarNode) and node.text.isdigit() else None


def in_minutes(seconds: Scalar) -> object:
    return int(seconds) // 60


NOWHERE: Property[str] = table.text()
OTHER = Table(
    **{field.name: table.never() for field in dataclasses.fields(Table)}  # type: ignore[arg-type]
)
"""A language that can say nothing of a function."""
OTHER = dataclasses.replace(
    OTHER,
    runtime=table.text("run", "on"),
    handler=NOWHERE,
    timeout=Property(("minutes",), minutes, 300, in_minutes),
    memory=table.number("memory", default=512),
    architectures=table.first("machines", default="arm64"),
    vpc=table.presence("network"),
)
TEXT = "run: {on: python3.13}\nminutes: 2\nnetwork: {}\n"


def function(text: str) -> Function:
    documents = compose(Source("functions.yaml", text))
    assert not isinstance(documents, Broken)
    (document,) = documents
    assert isinstance(document, MappingNode)
    place = Span("functions.yaml", 0, 0)
    given = Properties(document, Plain(), place)
    return table.function(OTHER, given, Declaration("f", "f", "other", "f.yaml", place, place))


def test_a_language_is_a_table_over_its_paths() -> None:
    found = function(TEXT)
    assert found.runtime.only == "python3.13"
    assert (found.timeout.only, found.timeout.absent) == (120, False)
    assert (found.memory.only, found.memory.absent) == (512, True)
    assert (found.vpc.only, found.edge.only) == (True, False)
    assert not found.handler.choices


def test_of_what_a_table_does_not_hold_nothing_is_known() -> None:
    found = function(TEXT)
    assert not found.environment.complete
    assert not found.layers_complete
    assert (found.events, found.urls, found.role) == ((), (), None)


def changed(text: str, value: Callable[[Function], Value[object]], new: object) -> str:
    fix = value(function(text)).change(new, "change", Safety.SAFE)
    assert fix is not None
    (edit,) = fix.edits
    return text[: edit.span.start] + edit.text + text[edit.span.end :]


@pytest.mark.parametrize(
    ("text", "value", "new", "expected"),
    [
        ("minutes: 2\n", lambda f: f.timeout, 600, "minutes: 10\n"),
        ("memory: 1\n", lambda f: f.timeout, 600, "memory: 1\nminutes: 10\n"),
        ("minutes: 2\n", lambda f: f.memory, 256, "minutes: 2\nmemory: 256\n"),
        ("run: a\nvpc: b\n", lambda f: f.memory, 256, "run: a\nmemory: 256\nvpc: b\n"),
        ("machines: [arm64]\n", lambda f: f.architectures, "x86_64", "machines: [x86_64]\n"),
        (
            "minutes: 2\n",
            lambda f: f.architectures,
            "x86_64",
            'minutes: 2\nmachines: ["x86_64"]\n',
        ),
    ],
)
def test_a_value_is_written_as_it_is_read(
    text: str, value: Callable[[Function], Value[object]], new: object, expected: str
) -> None:
    assert changed(text, value, new) == expected


def resources(text: str) -> Iterator[Function]:
    head = "Transform: AWS::Serverless-2016-10-31\nResources:\n"
    tree = MemoryTree({"template.yaml": head + text})
    yield from build(tree, (), Catalog(), date(2026, 11, 23)).functions


@pytest.mark.parametrize(
    ("kind", "written", "value", "expected"),
    [
        ("Serverless", "Tracing: Active", lambda f: f.tracing, "Active"),
        ("Lambda", "TracingConfig: {Mode: Active}", lambda f: f.tracing, "Active"),
        ("Lambda", "Tracing: Active", lambda f: f.tracing, "PassThrough"),
        ("Serverless", "DeadLetterQueue: {TargetArn: q}", lambda f: f.dead_letter, "q"),
        ("Lambda", "DeadLetterConfig: {TargetArn: q}", lambda f: f.dead_letter, "q"),
        ("Lambda", "AcceleratorConfig: {}", lambda f: f.accelerated, True),
        ("Serverless", "Timeout: 9", lambda f: f.accelerated, False),
        ("Serverless", "Architectures: [arm64]", lambda f: f.architectures, "arm64"),
        ("Lambda", "Timeout: 9", lambda f: f.architectures, "x86_64"),
    ],
)
def test_cloudformation_and_sam(
    kind: str, written: str, value: Callable[[Function], Value[object]], expected: object
) -> None:
    (found,) = resources(f"  F: {{Type: AWS::{kind}::Function, Properties: {{{written}}}}}\n")
    assert value(found).only == expected


def test_what_a_permission_and_a_url_say() -> None:
    (found,) = resources(
        "  F: {Type: AWS::Serverless::Function, Properties: {Handler: app.handler}}\n"
        "  P:\n    Type: AWS::Lambda::Permission\n"
        "    Properties: {FunctionName: !Ref F, Principal: '*', Action: lambda:InvokeFunctionUrl,"
        " FunctionUrlAuthType: NONE, PrincipalOrgID: o-1}\n"
        "  U:\n    Type: AWS::Lambda::Url\n"
        "    Properties: {TargetFunctionArn: !Ref F, AuthType: NONE,"
        " Cors: {AllowOrigins: ['*'], MaxAge: 60}}\n"
    )
    (permission,), (url,) = found.invoke_permissions, found.urls
    assert (permission.url_auth.only, permission.organization.only) == ("NONE", "o-1")
    assert url.cors is not None
    assert [origin.only for origin in url.cors.origins] == ["*"]
    assert url.cors.maximum_age.only == 60
