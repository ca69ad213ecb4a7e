"""What triggers a function, and what narrows the trigger."""

from __future__ import annotations

from datetime import date

import pytest

from lamlint.catalog import Catalog
from lamlint.model import EventKind, EventSource
from lamlint.project import build
from tests.memory import MemoryTree

HEAD = """\
Parameters:
  Prefix: {Type: String}
  Some: {Type: String, Default: "yes"}
Conditions:
  Narrow: !Equals [!Ref Some, "yes"]
Resources:
  Uploads: {Type: AWS::S3::Bucket}
  Fn:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.13
      Handler: app.handler
"""


def events(more: str) -> tuple[EventSource, ...]:
    tree = MemoryTree({"template.yaml": HEAD + more})
    (function,) = build(tree, (), Catalog(), date(2026, 11, 23)).functions
    return function.events


def event(kind: str, properties: str) -> EventSource:
    (found,) = events(f"      Events:\n        It: {{Type: {kind}, Properties: {properties}}}\n")
    return found


@pytest.mark.parametrize(
    ("written", "actions"),
    [
        ("s3:ObjectCreated:*", ["s3:ObjectCreated:*"]),
        (
            "[s3:ObjectCreated:Put, s3:ObjectRemoved:*]",
            ["s3:ObjectCreated:Put", "s3:ObjectRemoved:*"],
        ),
    ],
)
def test_a_buckets_event_types(written: str, actions: list[str]) -> None:
    found = event("S3", f"{{Bucket: !Ref Uploads, Events: {written}}}")
    assert [action.only for action in found.actions] == actions
    assert not found.filtered


def test_prefix_and_suffix() -> None:
    rules = "[{Name: prefix, Value: in/}, {Name: Suffix, Value: !Ref Prefix}]"
    found = event("S3", f"{{Bucket: !Ref Uploads, Filter: {{S3Key: {{Rules: {rules}}}}}}}")
    assert [(one.kind, one.value.known) for one in found.filters] == [
        ("prefix", True),
        ("suffix", False),
    ]


@pytest.mark.parametrize(
    "written",
    [
        "!If [Narrow, {S3Key: {Rules: [{Name: prefix, Value: in/}]}}, !Ref AWS::NoValue]",
        "{S3Key: {Rules: !Ref Rules}}",
        "{S3Key: {Rules: [!If [Narrow, {Name: prefix, Value: in/}, !Ref AWS::NoValue]]}}",
        "!ImportValue filter",
    ],
)
def test_a_filter_that_cannot_be_read_is_a_filter(written: str) -> None:
    found = event("S3", f"{{Bucket: !Ref Uploads, Filter: {written}}}")
    assert {one.kind for one in found.filters} == {"unknown"}


@pytest.mark.parametrize(
    ("kind", "properties"),
    [
        ("SQS", "{Queue: !GetAtt Jobs.Arn, FilterCriteria: {Filters: [{Pattern: '{}'}]}}"),
        ("SNS", "{Topic: !Ref News, FilterPolicy: {store: [a]}}"),
        ("SQS", "{Queue: !GetAtt Jobs.Arn, FilterCriteria: !If [Narrow, {}, !Ref AWS::NoValue]}"),
    ],
)
def test_criteria_and_policies_narrow(kind: str, properties: str) -> None:
    assert event(kind, properties).filtered


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("{source: [shop], detail-type: [a, b]}", {"source": ("shop",), "detail-type": ("a", "b")}),
        ("{source: [{prefix: shop}]}", {}),
        ("{source: [shop], detail: {state: [new]}}", {}),
        ("{source: !Ref Prefix}", {}),
        ("!If [Narrow, {source: [shop]}, {source: [other]}]", {}),
    ],
)
def test_event_patterns(pattern: str, expected: dict[str, tuple[str, ...]]) -> None:
    found = event("EventBridgeRule", f"{{Pattern: {pattern}}}")
    assert found.kind is EventKind.EVENTBRIDGE
    assert found.pattern == expected


def test_triggers_that_other_resources_declare() -> None:
    found = events(
        """\
  Jobs: {Type: AWS::SQS::Queue}
  Mapping:
    Type: AWS::Lambda::EventSourceMapping
    Properties: {FunctionName: !Ref Fn, EventSourceArn: !GetAtt Jobs.Arn}
  Rule:
    Type: AWS::Events::Rule
    Properties:
      EventBusName: !Ref Bus
      EventPattern: {source: [shop]}
      Targets: [{Id: it, Arn: !GetAtt Fn.Arn}]
  Bus: {Type: AWS::Events::EventBus, Properties: {Name: orders}}
"""
    )
    mapping, rule = found
    assert (mapping.kind, mapping.mapping, mapping.filtered) == (EventKind.SQS, True, False)
    assert "template.yaml#Jobs" in mapping.source.targets
    assert rule.pattern == {"source": ("shop",)}
    assert {"orders", "template.yaml#Bus"} <= rule.source.targets
