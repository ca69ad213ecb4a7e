"""The function writes to what triggers it.

## Why this matters

What the function writes comes back to it as the next event: it runs, and is
billed, round after round. Lambda notices such loops through S3, SQS and SNS
after about sixteen rounds and stops them, which drops the events; loops
through DynamoDB streams, Kinesis and EventBridge it does not notice at all.

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

from collections.abc import Iterator, Sequence
from functools import partial

from lamlint.catalog.writes import Given, Write
from lamlint.model import NOT_SET, EventKind, EventSource, Filter, Function
from lamlint.project import Project
from lamlint.project.identity import all_meet, where_set
from lamlint.python import (
    Asked,
    Call,
    EventField,
    Guard,
    Handler,
    Literal,
    Text,
    When,
)
from lamlint.rule import ERROR, WARNING, rule
from lamlint.text import Finding, Related
from lamlint.text.regex import Regex

KINDS = {
    "s3": EventKind.S3,
    "sqs": EventKind.SQS,
    "sns": EventKind.SNS,
    "dynamodb": EventKind.DYNAMODB,
    "kinesis": EventKind.KINESIS,
    "events": EventKind.EVENTBRIDGE,
}
UNNOTICED = frozenset({EventKind.DYNAMODB, EventKind.KINESIS, EventKind.EVENTBRIDGE})
OF_THE_TRIGGER = {
    EventKind.S3: frozenset(
        {
            ("Records", "*", "s3", "bucket", "name"),
            ("records", "*", "s3", "bucket", "name"),
            ("bucket_name",),
        }
    ),
    EventKind.SNS: frozenset(
        {("Records", "*", "Sns", "TopicArn"), ("records", "*", "sns", "topic_arn")}
    ),
    EventKind.KINESIS: frozenset({("Records", "*", "eventSourceARN")}),
}
"""Where an event names what triggers the function, in Powertools' words too."""
OWN_KEY = frozenset(
    {
        ("Records", "*", "s3", "object", "key"),
        ("records", "*", "s3", "get_object", "key"),
        ("object_key",),
    }
)
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
    """Compare what the handler writes to with each trigger of the function."""
    handler = project.handler_of(function) if function.events else None
    if handler is None:
        return
    for call in handler.calls(project.catalog.writes):
        service = call.receiver.service if call.receiver is not None else None
        write = project.catalog.writes.get(service, call.name)
        if write is None or call.when is When.ERROR:
            continue
        if write.condition and call.argument(None, write.condition) is not None:
            continue
        for event in function.events:
            if event.kind is KINDS[write.service]:
                yield from _loop(handler, call, write, event, function)


def _loop(
    handler: Handler, call: Call, write: Write, event: EventSource, function: Function
) -> Iterator[Finding]:
    if write.entries:
        if not _events_meet(handler, call, write, event, function):
            return
        target = None
    else:
        targets = _targets(handler, call, write.target)
        target = next((one for one in targets if _meets(one, event, function)), None)
        if target is None or not _passes(handler, call, write, event):
            return
    items = call.argument(None, write.items) if write.items else None
    if handler.guarded(call, items, partial(_stops, handler, call, write)):
        return
    sometimes = call.when is not When.ALWAYS or bool(handler.guards(call))
    if write.service == "dynamodb":
        sometimes = sometimes or not _surely_changes(handler, call)
    end = (
        "without end, as Lambda does not notice loops through this service"
        if event.kind in UNNOTICED
        else "until Lambda stops it after some rounds and drops the event"
    )
    sure = "what is written here can trigger" if sometimes else "what is written here triggers"
    yield Finding(
        f"{sure} the function again, which then runs, and is billed, {end}: "
        "write elsewhere, or let the trigger leave it out",
        call.span,
        related=(
            Related(event.span, "this triggers the function"),
            *(where_set(target, function, "what triggers the function") if target else ()),
        ),
        flow=call.flow,
        severity=WARNING if sometimes else ERROR,
        subjects=(function.name,),
    )


def _stops(handler: Handler, call: Call, write: Write, guard: Guard) -> bool:
    """Whether a test may keep out what is written, when that comes back as an event."""
    if not guard.on_event or (guard.fields and not guard.fields - HARMLESS):
        return False
    return guard.asked is None or not _is_met(handler, call, write, guard.asked)


def _is_met(handler: Handler, call: Call, write: Write, asked: Asked) -> bool:
    """Whether what is written surely has the field that a test asks for, as it wants it."""
    texts = tuple(_written(handler, call, write, asked.field))
    return bool(texts) and all(
        asked.holds(choice) is asked.wanted for text in texts for choice in text.choices
    )


def _written(handler: Handler, call: Call, write: Write, field: tuple[str, ...]) -> Iterator[Text]:
    """What a field of the event will be, when what is written comes back."""
    if write.key is not None and field in OWN_KEY:
        yield _given(handler, call, write.key)
    elif write.service == "dynamodb" and not write.items and field[:4] in _ITEM:
        path = field[4:5] if call.name.startswith("boto3.resource") else field[4:]
        for keyword in ("Key", "Item"):
            yield from handler.inner(call, call.argument(None, keyword), path)


def _surely_changes(handler: Handler, call: Call) -> bool:
    """Whether an item differs each time: a write that changes nothing triggers nothing."""
    update = handler.value(call, call.argument(None, "UpdateExpression")).literal
    if update is not None and _COUNTING.search(update):
        return True
    return any(
        not handler.origins(call, argument.value).isdisjoint(EVER_NEW)
        for argument in call.node.args
    )


def _targets(handler: Handler, call: Call, given: Given) -> tuple[Text, ...]:
    node = call.argument(None, given.keywords[0])
    if given.keys_to:
        return handler.inner(call, node, given.keys_to, keys=True)
    if given.within:
        return tuple(text for path in given.within for text in handler.inner(call, node, path))
    return (_given(handler, call, given),)


def _given(handler: Handler, call: Call, given: Given) -> Text:
    made = call.receiver
    for _ in range(given.up - 1):
        made = made.parent if made is not None else None
    keywords = (
        given.keywords if given.up else tuple(k for k in given.keywords if call.argument(None, k))
    )
    for keyword in keywords or given.keywords[:1]:
        if not given.up:
            return handler.value(call, call.argument(given.place, keyword))
        if made is not None:
            return handler.made_with(made, given.place, keyword)
    return handler.value(call, None)


def _meets(target: Text, event: EventSource, function: Function) -> bool:
    own = OF_THE_TRIGGER.get(event.kind, frozenset())
    if all(_is_field(choice, own) for choice in target.choices):
        return True
    return all_meet(target, event.source.targets, function)


def _is_field(choice: Sequence[object], paths: frozenset[tuple[str, ...]]) -> bool:
    """Whether a text is one field of the event, and nothing else."""
    return len(choice) == 1 and isinstance(choice[0], EventField) and choice[0].path in paths


def _passes(handler: Handler, call: Call, write: Write, event: EventSource) -> bool:
    """Whether what narrows the trigger surely lets the write through."""
    if event.kind is not EventKind.S3:
        return not event.filtered
    created = {"s3:ObjectCreated:*", f"s3:ObjectCreated:{write.action or '*'}"}
    if not any(action.is_in(created) for action in event.actions) or write.key is None:
        return False
    key = _given(handler, call, write.key)
    return all(_lets_through(one, key) for one in event.filters)


def _lets_through(narrowing: Filter, key: Text) -> bool:
    if not narrowing.value.known or narrowing.kind not in ("prefix", "suffix"):
        return False
    wanted = narrowing.value.only
    for choice in key.choices:
        end = choice[0] if narrowing.kind == "prefix" else choice[-1]
        if _is_field((end,), OWN_KEY):
            continue
        if not isinstance(end, Literal):
            return False
        fits = end.text.startswith if narrowing.kind == "prefix" else end.text.endswith
        if not fits(wanted):
            return False
    return True


def _events_meet(
    handler: Handler, call: Call, write: Write, event: EventSource, function: Function
) -> bool:
    """Whether an event that is put surely matches the rule's pattern, on the rule's bus."""
    if not event.pattern or not event.pattern.keys() <= {"source", "detail-type"}:
        return False
    default = not event.source.targets and event.source.reason == NOT_SET
    for record in handler.records(call, call.argument(None, write.entries)):
        bus = record.get("EventBusName")
        if bus is None or bus.literal == "default":
            on_bus = default or "default" in event.source.targets
        else:
            on_bus = all_meet(bus, event.source.targets, function)
        given = {"source": record.get("Source"), "detail-type": record.get("DetailType")}
        if on_bus and all(
            text is not None and text.literal is not None and text.literal in event.pattern[name]
            for name, text in given.items()
            if name in event.pattern
        ):
            return True
    return False
