"""The function writes to what triggers it.

## Why this matters

What the function writes comes back to it as the next event: it runs, and is
billed, round after round. Lambda notices such loops through S3, SQS and SNS
after about sixteen rounds and stops them, which drops the events; loops
through DynamoDB streams, Kinesis and EventBridge it does not notice at all.

A rule of EventBridge may be of new objects in a bucket: one that it names, one
whose name surely begins as the rule says, or any bucket that is known to tell
EventBridge; or of the calls that CloudTrail records for a bucket that it names.

Silent where a filter of the trigger (a prefix, a suffix, a pattern) may leave
out what is written, where the handler looks at the event before it writes, or
at each record before it takes something of it into what it writes later (a test
that what is written surely passes when it comes back ends nothing), and where
it is not certain that the target is the trigger's own. A write to a
DynamoDB table whose item may already be as it is written is a warning: a write
that changes nothing puts nothing on the stream.

## Example

```python title="src/app.py"
import boto3

s3 = boto3.client("s3")


def handler(event, context):
    for record in event["Records"]:
        bucket = record["s3"]["bucket"]["name"]
        s3.put_object(Bucket=bucket, Key="index.json", Body=b"{}")
```

```yaml title="template.yaml"
Resources:
  Index:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.13
      Handler: app.handler
      CodeUri: src/
      Events:
        Uploaded:
          Type: S3
          Properties:
            Bucket: !Ref Files
            Events: s3:ObjectCreated:*
  Files:
    Type: AWS::S3::Bucket
```

## Use instead

Write elsewhere: to another bucket, table, queue or topic. Or let the trigger
leave out what is written: a prefix or suffix of the key for S3, a filter policy
for SNS, a pattern for EventBridge, `FilterCriteria` of the event source mapping
for queues and streams.

```python title="src/app.py"
import boto3

s3 = boto3.client("s3")


def handler(event, context):
    for record in event["Records"]:
        bucket = record["s3"]["bucket"]["name"]
        s3.put_object(Bucket=bucket, Key="index.json", Body=b"{}")
```

```yaml title="template.yaml"
Resources:
  Index:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.13
      Handler: app.handler
      CodeUri: src/
      Events:
        Uploaded:
          Type: S3
          Properties:
            Bucket: !Ref Files
            Events: s3:ObjectCreated:*
            Filter:
              S3Key:
                Rules:
                  - Name: prefix
                    Value: incoming/
  Files:
    Type: AWS::S3::Bucket
```

## References

- https://docs.aws.amazon.com/lambda/latest/dg/invocation-recursion.html
- https://docs.aws.amazon.com/lambda/latest/dg/with-s3.html
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from lamlint.model import EventKind, Function
from lamlint.project import OWN_KEY, Edge, Project, set_off, where_set
from lamlint.python import Asked, Guard, Text, When
from lamlint.rule import ERROR, WARNING, rule
from lamlint.text import Finding, Regex, Related

UNNOTICED = frozenset({EventKind.DYNAMODB, EventKind.KINESIS, EventKind.EVENTBRIDGE})
EVER_NEW = frozenset(
    {
        "time.time", "time.time_ns", "time.monotonic", "datetime.datetime.now",
        "datetime.datetime.utcnow", "datetime.datetime.today", "uuid.uuid1", "uuid.uuid4",
        "uuid.uuid6", "uuid.uuid7", "secrets.token_hex", "secrets.token_urlsafe", "random.random",
    }
)  # fmt: skip
"""What gives another value each time."""
_COUNTING = Regex(r"(?:^|[\s=,(])[#A-Za-z][\w.\[\]]*\s*[+-]\s*:|\)\s*[+-]\s*:|\blist_append\s*\(")
"""An update that makes something of what is there: an `ADD` to a set may change nothing."""
_ITEM = tuple(("Records", "*", "dynamodb", image) for image in ("Keys", "NewImage"))
"""The fields of an item as it is written, ahead of its attributes."""
HARMLESS = frozenset({(), ("Records",), ("Records", "*"), ("Records", "*", "eventSource")})
"""Fields of the event that are the same for every event of the trigger."""


@rule(severity=ERROR, since="0.1.0")
def check(function: Function, project: Project) -> Iterator[Finding]:
    """Compare what runs for each trigger of the function with what it writes to."""
    for handler, events in project.triggered(function) if function.events else ():
        buckets = project.resources.buckets
        for edge in set_off(function, handler, project.catalog.writes, events, buckets):
            items = edge.call.argument(None, edge.write.items) if edge.write.items else None
            if not handler.guarded(edge.call, items, partial(_stops, edge)):
                yield _finding(edge)


def _finding(edge: Edge) -> Finding:
    call, function, handler = edge.call, edge.function, edge.handler
    sometimes = call.when is not When.ALWAYS or bool(handler.guards(call))
    if edge.write.service == "dynamodb":
        sometimes = sometimes or not _surely_changes(edge)
    end = (
        "without end, as Lambda does not notice loops through this service"
        if edge.event.kind in UNNOTICED
        else "until Lambda stops it after some rounds and drops the event"
    )
    sure = "what is written here can trigger" if sometimes else "what is written here triggers"
    trigger = "what triggers the function"
    return Finding(
        f"{sure} the function again, which then runs, and is billed, {end}: "
        "write elsewhere, or let the trigger leave it out",
        call.span,
        related=(
            Related(edge.event.span, "this triggers the function"),
            *(where_set(edge.target, function, trigger) if edge.target else ()),
        ),
        flow=call.flow,
        severity=WARNING if sometimes else ERROR,
        subjects=(function.name,),
    )


def _stops(edge: Edge, guard: Guard) -> bool:
    """Whether a test may keep out what is written, when that comes back as an event."""
    if not guard.on_event or (guard.fields and not guard.fields - HARMLESS):
        return False
    return guard.asked is None or not _is_met(edge, guard.asked)


def _is_met(edge: Edge, asked: Asked) -> bool:
    """Whether what is written surely has the field that a test asks for, as it wants it."""
    texts = tuple(_written(edge, asked.field))
    return bool(texts) and all(
        asked.holds(choice) is asked.wanted for text in texts for choice in text.choices
    )


def _written(edge: Edge, field: tuple[str, ...]) -> Iterator[Text]:
    """What a field of the event will be, when what is written comes back."""
    call, write = edge.call, edge.write
    if edge.key is not None and field in OWN_KEY:
        yield edge.key
    elif write.service == "dynamodb" and not write.items and field[:4] in _ITEM:
        path = field[4:5] if call.name.startswith("boto3.resource") else field[4:]
        for keyword in ("Key", "Item"):
            yield from edge.handler.inner(call, call.argument(None, keyword), path)


def _surely_changes(edge: Edge) -> bool:
    """Whether an item differs each time: a write that changes nothing triggers nothing."""
    handler, call = edge.handler, edge.call
    update = call.text("UpdateExpression").literal
    if update is not None and _COUNTING.search(update):
        return True
    return any(
        not handler.origins(call, argument.value).isdisjoint(EVER_NEW)
        for argument in call.node.args
    )
