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
conditions.

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

from lamlint.model import ContextField, Literal, Part, Parts, Variable
from lamlint.project import Project, all_meet, context_fields, environment_names, where_set
from lamlint.python import Call, Handler, Text, When
from lamlint.rule import ERROR, WARNING, rule
from lamlint.text import Finding, Regex, Related

_GUARDED = (
    "the function invokes itself: Lambda stops such a chain after about 16 rounds, with whatever "
    "work is left, and where its own conditions fail, all of them are billed"
)
_ENDLESS = (
    "each invocation of the function starts another one, and that runs, and is billed, until "
    "Lambda or the account's concurrency stops it"
)
INVOKING = (
    "boto3.client.invoke",
    "boto3.client.invoke_async",
    "boto3.client.invoke_with_response_stream",
)
_LAST = "invoked_function_arn:-1"
"""The name, or the alias that is asked for: what is called a function's name, is no alias."""
OWN_FIELDS = frozenset({"function_name", "invoked_function_arn", "invoked_function_arn:6", _LAST})
OWN_VARIABLE = "AWS_LAMBDA_FUNCTION_NAME"
_PARTS = {
    "function_name": "<6>", "AWS_LAMBDA_FUNCTION_NAME": "<6>", "AWS_REGION": "<3>",
    "AWS_DEFAULT_REGION": "<3>", _LAST: "<6>",
} | {f"invoked_function_arn:{place}": f"<{place}>" for place in range(7)}  # fmt: skip
_OWN_ARN = Regex(r"(?:arn:(?:aws|<1>):(?:lambda|<2>):<3>:)?(?:<4>:(?:function|<5>):)?<6>(?::.*)?")
"""An ARN, or the end of one, that is put together of the function's own parts."""


@rule(severity=ERROR, since="0.1.0")
def check(handler: Handler, _project: Project) -> Iterator[Finding]:
    """Look at what the Lambda clients in reach are told to invoke."""
    for call in handler.calls(INVOKING):
        if call.service != "lambda" or "DryRun" in call.text("InvocationType").literals:
            continue
        name = call.text("FunctionName")
        if _is_own_by_context(name):
            yield _finding(handler, call)
            continue
        for function in handler.functions:
            if all_meet(name, function.physical_name.targets | {function.id}, function):
                related = where_set(name, function, "this very function")
                yield _finding(handler, call, related=related, subjects=(function.name,))


def _is_own_by_context(name: Text) -> bool:
    fields = context_fields(name)
    if fields is not None:
        return fields <= OWN_FIELDS
    if all(_OWN_ARN.fullmatch(_written(choice)) for choice in name.choices):
        return True
    return (
        name.known
        and environment_names(name) == (OWN_VARIABLE,)
        and all(len(choice) == 1 for choice in name.choices)
    )


def _written(choice: Parts) -> str:
    """A text with the places of its parts in the function's own ARN."""
    return "".join(map(_shown, choice))


def _shown(part: Part) -> str:
    if isinstance(part, Literal):
        return part.text
    given = part.taken_from
    return _PARTS.get(given.name, "<?>") if isinstance(given, (ContextField, Variable)) else "<?>"


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
