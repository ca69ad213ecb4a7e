"""The function sends what failed, or what it gave, where Lambda can send nothing.

## Why this matters

The dead-letter target of a function and the destinations of its asynchronous
invocations have to be standard queues and topics: Lambda has no message group
to give, so nothing ever arrives in one of FIFO, and all that is seen of it is
the metric `DestinationDeliveryFailures` or `DeadLetterErrors`. S3 takes what
failed only, and no results of what succeeded.

A queue that is polled may be FIFO, and so may (and must) its own redrive target.

## Example

```yaml title="template.yaml"
Resources:
  Resize:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.13
      Handler: app.handler
      InlineCode: "def handler(event, context): ..."
      DeadLetterQueue: {Type: SQS, TargetArn: !GetAtt Failed.Arn}
  Failed:
    Type: AWS::SQS::Queue
    Properties:
      FifoQueue: true
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
      DeadLetterQueue: {Type: SQS, TargetArn: !GetAtt Failed.Arn}
  Failed:
    Type: AWS::SQS::Queue
```

## References

- https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html
- https://docs.aws.amazon.com/lambda/latest/api/API_DeadLetterConfig.html
- https://docs.aws.amazon.com/lambda/latest/api/API_OnSuccess.html
"""

from __future__ import annotations

from collections.abc import Iterator

from lamlint.model import Bucket, Function, Queue, Resource, Topic, Value
from lamlint.project import Project
from lamlint.rule import ERROR, rule
from lamlint.text import Finding, Related

_BUCKET = ":s3:::"


@rule(severity=ERROR, since="0.1.0")
def check(function: Function, project: Project) -> Iterator[Finding]:
    """Look at where the function's failures and results are sent."""
    failures = [function.dead_letter, *(one.on_failure for one in function.asynchronous)]
    results = [one.on_success for one in function.asynchronous]
    for place in (*failures, *results):
        if _is_fifo(place, project):
            what = "results" if any(place is one for one in results) else "failures"
            yield place.finding(
                f"the function sends its {what} to a queue or topic of FIFO, where Lambda "
                "delivers nothing: name a standard one",
                related=_declared(place, project),
            )
    for place in results:
        if project.named(place, Bucket) or place.all(lambda arn: _BUCKET in arn):
            yield place.finding(
                "the function sends its results to S3, which takes failures only, so the "
                "deployment fails: name a queue, a topic, a bus or a function",
                related=_declared(place, project),
            )


def _is_fifo(place: Value[str], project: Project) -> bool:
    queue, topic = project.queue(place), project.named(place, Topic)
    fifo = [one.fifo for one in (queue, topic) if one is not None]
    return place.all(lambda arn: arn.endswith(".fifo")) or any(one.is_in([True]) for one in fifo)


def _declared(place: Value[str], project: Project) -> tuple[Related, ...]:
    kinds: tuple[type[Resource], ...] = (Queue, Topic, Bucket)
    found = (project.named(place, kind) for kind in kinds)
    return tuple(Related(one.span, f"{one.name} is declared here") for one in found if one)
