"""An event source mapping has a batch, a window or another number that Lambda refuses.

## Why this matters

What Lambda takes of an event source mapping depends on what it polls: a batch
of a queue has up to 10,000 messages, one of a queue of FIFO up to 10, and one
of more than 10 messages needs a batching window of at least a second. Retries,
ages of records, halving, tumbling windows and starting positions are for
streams, which in turn need a starting position. Whatever does not fit is seen
only when the template is deployed, and the deployment is rolled back.

## Example

```yaml title="template.yaml"
Resources:
  Resize:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.13
      Handler: app.handler
      InlineCode: "def handler(event, context): ..."
      Events:
        Uploads:
          Type: SQS
          Properties:
            Queue: arn:aws:sqs:eu-west-1:123456789012:uploads
            BatchSize: 20000
            MaximumBatchingWindowInSeconds: 5
```

## Use instead

```yaml title="template.yaml"
Resources:
  Resize:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.13
      Handler: app.handler
      InlineCode: "def handler(event, context): ..."
      Events:
        Uploads:
          Type: SQS
          Properties:
            Queue: arn:aws:sqs:eu-west-1:123456789012:uploads
            BatchSize: 10000
            MaximumBatchingWindowInSeconds: 5
```

## Fix safety

Safe: what is written cannot be deployed at all, so nothing that works is
changed by the nearest number that can, or by a window of one second for a
batch of more than 10. Where several functions inherit the value, the change is
unsafe, since it is made for all of them. What is no number, or has to be
removed or chosen, has no fix.

## References

- https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html
- https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
- https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-parameters.html
- https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-params.html
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping

from lamlint.catalog import EventFacts, MappingFacts
from lamlint.model import (
    EventKind,
    EventSource,
    Function,
    Polling,
    Scalar,
    Value,
    out_of_range,
    whole_number,
)
from lamlint.project import Project
from lamlint.rule import ERROR, rule
from lamlint.text import Finding, Safety

_ENDLESS = -1
_TIMESTAMP = "AT_TIMESTAMP"
_FAILS = "so the deployment fails"


@rule(severity=ERROR, since="0.1.0", fix=Safety.SAFE)
def check(function: Function, project: Project) -> Iterator[Finding]:
    """Compare each mapping with what Lambda takes of one that polls this kind of source."""
    every = project.catalog.events
    for event in function.events:
        fifo = event.kind is EventKind.SQS and _is_fifo(event, project)
        facts = every.mappings.get("sqs-fifo" if fifo else event.kind.value)
        if event.polling is None or facts is None:
            continue
        yield from _numbers(function, event.polling, facts)
        yield from _positions(event, event.polling, facts)
        yield from _filters(event, event.polling, every)
        if event.kind is EventKind.SQS:
            yield from _of_queue(event.polling, facts, every, fifo=fifo)


def _is_fifo(event: EventSource, project: Project) -> bool:
    queue = project.queue(event.source)
    named = event.source.all(lambda arn: arn.endswith(".fifo"))
    return named or (queue is not None and queue.fifo.is_in([True]))


def _by_name(polling: Polling) -> Mapping[str, Value[Scalar]]:
    """The numbers of a mapping by their names in the catalogue."""
    return {
        "batch-size": polling.batch_size,
        "window": polling.window,
        "maximum-concurrency": polling.maximum_concurrency,
        "retries": polling.retries,
        "maximum-age": polling.maximum_age,
        "parallelization": polling.parallelization,
        "tumbling-window": polling.tumbling_window,
    }


def _numbers(function: Function, polling: Polling, facts: MappingFacts) -> Iterator[Finding]:
    for name, value in _by_name(polling).items():
        quota = facts.quotas.get(name)
        if quota is not None and not value.absent:
            judged = _with_end(value) if name in facts.endless else value
            yield from out_of_range(function, judged, quota)


def _with_end(value: Value[Scalar]) -> Value[Scalar]:
    """A value without its choices that stand for no end at all."""
    left = tuple(one for one in value.choices if whole_number(one.value) != _ENDLESS)
    return dataclasses.replace(value, choices=left)


def _positions(event: EventSource, polling: Polling, facts: MappingFacts) -> Iterator[Finding]:
    """What is wrong with where reading starts."""
    position = polling.starting_position
    allowed = " or ".join(sorted(facts.positions))
    if event.kind is EventKind.SQS:
        if position.choices:
            yield position.finding(f"a queue has no starting position, {_FAILS}: remove it")
    elif not facts.positions:
        return
    elif position.missing:
        yield Finding(
            f"nothing says where to start reading the stream, {_FAILS}: "
            f"set a starting position, {allowed}",
            event.span,
        )
    elif position.is_not_in(facts.positions):
        written = " or ".join(one.value for one in position.choices)
        yield position.finding(
            f"a stream of this kind cannot be read from {written}, {_FAILS}: set {allowed}"
        )
    elif position.is_in([_TIMESTAMP]) and polling.starting_timestamp.nowhere:
        yield position.finding(f"{_TIMESTAMP} has no time to start from, {_FAILS}: add one")


def _filters(event: EventSource, polling: Polling, every: EventFacts) -> Iterator[Finding]:
    if polling.filters is not None and polling.filters > every.most_filters:
        yield Finding(
            f"the mapping has {polling.filters} filters, of {every.most_filters} that Lambda "
            f"takes, {_FAILS}: remove some, or name several values in one",
            event.span,
        )


def _of_queue(
    polling: Polling, facts: MappingFacts, every: EventFacts, *, fifo: bool
) -> Iterator[Finding]:
    """What a queue's mapping lacks, or has though it is for others."""
    batch, window = polling.batch_size, polling.window
    large = batch.all(lambda size: (whole_number(size) or 0) > every.plain_batch)
    if large and not fifo and window.all(lambda seconds: whole_number(seconds) == 0):
        yield batch.finding(
            f"a batch of more than {every.plain_batch} messages needs a batching window, and "
            f"there is none, {_FAILS}: set one of at least a second",
            fix=window.change(1, "Set a batching window of 1 second", Safety.SAFE),
        )
    for name, value in _by_name(polling).items():
        if name not in facts.quotas and not value.absent and value.is_not_in(_SAYS_NOTHING):
            of = "a queue of FIFO" if name == "window" else "a queue"
            yield value.finding(f"{of} takes no {_WORDS[name]}, {_FAILS}: remove it")
    if polling.bisect.is_in([True]):
        yield polling.bisect.finding(f"a batch of a queue is never halved, {_FAILS}: remove this")


_SAYS_NOTHING: tuple[Scalar, ...] = (-1, 0, 1)
_WORDS = {
    "window": "batching window",
    "retries": "number of retries, which its redrive policy says",
    "maximum-age": "maximum age of records",
    "parallelization": "parallelization factor",
    "tumbling-window": "tumbling window",
}
