"""A record that always fails blocks its shard of the stream until it expires.

## Why this matters

Lambda reads a shard of a stream in order. Where a batch fails, it is tried
again, and nothing behind it is read meanwhile; unless something says when to
stop, that goes on for as long as the stream keeps the record. One record that
the code cannot handle stops all work of its shard for 24 hours of a DynamoDB
stream, and for 24 hours up to a year of Kinesis; records behind it may expire
unread, and every attempt is billed.

A number of retries or a maximum age ends that, an on-failure destination keeps
what was given up, and halving the batch (or reporting which items failed) finds
the one bad record. Silent where any of the first three is set, and where
the batch is halved: somebody has thought of it. So it is where the handler
catches every error, lets none out, and reports no items that failed: Lambda sees no
batch fail.

## Example

```yaml title="template.yaml"
Resources:
  Index:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.13
      Handler: app.handler
      InlineCode: "def handler(event, context): ..."
      Events:
        Changes:
          Type: DynamoDB
          Properties:
            Stream: !GetAtt Orders.StreamArn
            StartingPosition: LATEST
  Orders:
    Type: AWS::DynamoDB::Table
    Properties:
      StreamSpecification: {StreamViewType: NEW_IMAGE}
```

## Use instead

```yaml title="template.yaml"
Resources:
  Index:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.13
      Handler: app.handler
      InlineCode: "def handler(event, context): ..."
      Events:
        Changes:
          Type: DynamoDB
          Properties:
            Stream: !GetAtt Orders.StreamArn
            StartingPosition: LATEST
            MaximumRetryAttempts: 10
            BisectBatchOnFunctionError: true
            DestinationConfig: {OnFailure: {Destination: !GetAtt Failed.Arn}}
  Orders:
    Type: AWS::DynamoDB::Table
    Properties:
      StreamSpecification: {StreamViewType: NEW_IMAGE}
  Failed:
    Type: AWS::SQS::Queue
```

## Fix safety

Unsafe: the fix writes 10 retries (the option `retries`). What fails more often
is skipped then, and lost unless an on-failure destination is added.

## References

- https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-params.html
- https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-parameters.html
- https://docs.aws.amazon.com/lambda/latest/dg/kinesis-on-failure-destination.html
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lamlint.model import (
    EventKind,
    EventSource,
    Function,
    Polling,
    Scalar,
    Stream,
    Value,
    whole_number,
)
from lamlint.project import Project, reports_none
from lamlint.rule import WARNING, rule
from lamlint.text import Finding, Related, Safety

_STREAMS = frozenset({EventKind.DYNAMODB, EventKind.KINESIS})
_ENDLESS = -1


@dataclass(frozen=True)
class Options:
    """`[tool.lamlint.rules.unbounded-stream-retry]`."""

    retries: int = 10
    """How many retries the fix writes."""

    def __post_init__(self) -> None:
        """Raise ValueError for a number of retries that Lambda refuses."""
        if not 0 <= self.retries <= 10_000:
            raise ValueError("retries is a number that Lambda takes: from 0 to 10,000")


@rule(severity=WARNING, since="0.1.0", fix=Safety.UNSAFE, options=Options())
def check(function: Function, project: Project, options: Options) -> Iterator[Finding]:
    """Look for anything that ends the retries of a stream's mapping."""
    unbounded = [event for event in function.events if _may_block(event)]
    ended = _ended(function, unbounded, project)
    for event in unbounded:
        polling = event.polling
        if polling is None or event in ended:
            continue
        yield Finding(
            "a record that always fails is tried again until the stream drops it, and nothing "
            f"behind it in its shard is read for {_how_long(event, project)}: "
            "set a number of retries, and a destination for what is given up",
            event.span,
            related=(Related(function.span, f"{function.name} is handed its records"),),
            fix=polling.retries.change(
                options.retries, f"Set {options.retries} retries", Safety.UNSAFE
            ),
            subjects=(function.name,),
            cause=function.template,
        )


def _may_block(event: EventSource) -> bool:
    polling = event.polling
    return event.kind in _STREAMS and polling is not None and _is_unbounded(polling)


def _ended(
    function: Function, events: Sequence[EventSource], project: Project
) -> list[EventSource]:
    """The triggers whose handler catches all that fails in it, so that no batch is tried again."""
    if not events or not function.python:
        return []
    from lamlint.python import swallowed  # this needs LibCST

    ended: list[EventSource] = []
    for handler, triggers in project.triggered(function):
        found = swallowed(handler, project.catalog.computing)
        if found is not None and found.wholly:
            ended += (event for event in triggers if reports_none(handler, event, project))
    return ended


def _is_unbounded(polling: Polling) -> bool:
    endless = _is_endless(polling.retries) and _is_endless(polling.maximum_age)
    return endless and polling.bisect.is_in([False]) and polling.on_failure.nowhere


def _is_endless(value: Value[Scalar]) -> bool:
    return value.all(lambda written: whole_number(written) == _ENDLESS)


def _how_long(event: EventSource, project: Project) -> str:
    """For how long the stream keeps a record."""
    hours = project.catalog.events.mappings[event.kind.value].retention
    stream = project.named(event.source, Stream)
    if event.kind is EventKind.DYNAMODB:
        return f"{hours} hours"
    if stream is None:
        return f"as long as the stream keeps records ({hours} hours, or more where it says so)"
    kept = [whole_number(one.value) for one in stream.retention.taken.choices]
    longest = max((one for one in kept if one is not None), default=hours)
    return f"{longest:,} hours"
