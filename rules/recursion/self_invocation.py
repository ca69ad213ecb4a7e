"""The function invokes itself.

## Why this matters

An invocation that starts the next one runs until something stops it: Lambda,
after about sixteen rounds where it can see them, the account's concurrency,
or the bill. Lambda sees rounds only of functions whose SDK passes the trace
header on, and not of those that set `RecursiveLoop: Allow`. One wrong
condition, or one retry that starts a second chain, is enough; a function that
waits for its own answer also pays for every waiting invocation.

A warning, instead of an error, is given where conditions decide whether the call
is made: work that goes on in a new invocation while there is any left, or
when the time runs out, is a known pattern. It still has no end but those
conditions. It is information where nothing is known to deploy the handler, which lies beside
those that are deployed, or where people put what they deploy no more.

Silent where the run that is started goes another way, by what it is given: a
handler that answers at once, and hands the work to a second run of itself
(`Payload=json.dumps({"action": "work"})`, where `if event.get("action") == "work":`
leaves sooner, or the call stands behind `if action is None:`, `if "httpMethod" in event:`
or the like, in whichever function). A test that the payload passes again ends nothing, nor
does one of something else than the event.

## Example

```python title="src/app.py"
import boto3

client = boto3.client("lambda")


def handler(event, context):
    client.invoke(FunctionName=context.function_name, InvocationType="Event", Payload=b"{}")
```

```yaml title="template.yaml"
Resources:
  Crawl:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.13
      Handler: app.handler
      CodeUri: src/
```

## Use instead

A queue or a Step Functions state machine holds what is left to do; both have
limits on rounds, retries and time.

```python title="src/app.py"
import os

import boto3

queue = boto3.client("sqs")


def handler(event, context):
    queue.send_message(QueueUrl=os.environ["PAGES_QUEUE_URL"], MessageBody="{}")
```

```yaml title="template.yaml"
Resources:
  Crawl:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.13
      Handler: app.handler
      CodeUri: src/
```

## References

- https://docs.aws.amazon.com/lambda/latest/dg/invocation-recursion.html
- https://docs.aws.amazon.com/lambda/latest/dg/best-practices.html
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from lamlint.project import Project, is_idle, self_invocations, where_set
from lamlint.python import Call, Handler, When
from lamlint.rule import ERROR, INFORMATION, WARNING, rule
from lamlint.text import Finding, Related

_GUARDED = (
    "the function invokes itself: Lambda stops such a chain after about 16 rounds, with whatever "
    "work is left, and where its own conditions fail, all of them are billed"
)
_ENDLESS = (
    "each invocation of the function starts another one, and that runs, and is billed, until "
    "Lambda or the account's concurrency stops it"
)


@rule(severity=ERROR, since="0.1.0")
def check(handler: Handler, project: Project) -> Iterator[Finding]:
    """Look at what the Lambda clients in reach are told to invoke."""
    for call, function in self_invocations(handler):
        if call.hands_over_once:
            continue
        if function is None:
            found = _finding(handler, call)
            idle = is_idle(handler, project)
            yield replace(found, severity=INFORMATION) if idle else found
            continue
        related = where_set(call.text("FunctionName"), function, "this very function")
        yield _finding(handler, call, related=related, subjects=(function.name,))


def _finding(
    handler: Handler,
    call: Call,
    *,
    related: tuple[Related, ...] = (),
    subjects: tuple[str, ...] = (),
) -> Finding:
    guarded = call.when is not When.ALWAYS or bool(handler.guards(call))
    return Finding(
        f"{_GUARDED if guarded else _ENDLESS}: leave what remains to a queue or to Step Functions",
        call.span,
        related=related,
        flow=call.flow,
        severity=WARNING if guarded else ERROR,
        subjects=subjects,
    )
