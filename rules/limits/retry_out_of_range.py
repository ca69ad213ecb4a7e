"""Events that fail are retried, or kept, more or less than AWS accepts.

## Why this matters

An `EventInvokeConfig` says what becomes of asynchronous invocations that fail:
how often Lambda tries again (`MaximumRetryAttempts`, 0 to 2) and how long it
keeps an event that it could not hand over (`MaximumEventAgeInSeconds`, 60 to
21,600, which is six hours). Anything else is refused when the template is
deployed. A queue in front of the function is for who needs more patience.

A rule of EventBridge and a schedule say so of events that cannot be handed to
Lambda at all: up to 185 retries, and ages of 60 to 86,400 seconds.

## Example

```yaml title="template.yaml"
Resources:
  Resize:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.13
      Handler: app.handler
      InlineCode: "def handler(event, context): ..."
      EventInvokeConfig:
        MaximumRetryAttempts: 5
        MaximumEventAgeInSeconds: 86400
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
      EventInvokeConfig:
        MaximumRetryAttempts: 2
        MaximumEventAgeInSeconds: 21600
```

## Fix safety

Safe: what is written cannot be deployed at all, so nothing that works is
changed by the nearest number that can. Where several functions inherit the
value, the change is unsafe, since it is made for all of them. What is no
number has no fix.

## References

- https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-configuring.html
- https://docs.aws.amazon.com/lambda/latest/api/API_PutFunctionEventInvokeConfig.html
- https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_RetryPolicy.html
"""

from __future__ import annotations

from collections.abc import Iterator

from lamlint.model import EventKind, Function, out_of_range
from lamlint.project import Project
from lamlint.rule import ERROR, rule
from lamlint.text import Finding, Safety

_DELIVERED = frozenset({EventKind.SCHEDULE, EventKind.EVENTBRIDGE})
"""What hands its events over with a policy of its own for retries."""


@rule(severity=ERROR, since="0.1.0", fix=Safety.SAFE)
def check(function: Function, project: Project) -> Iterator[Finding]:
    """Compare both numbers of each qualifier, and of each rule and schedule, with their ranges."""
    retries, age = (project.catalog.quotas[name] for name in ("async-retries", "async-age"))
    for config in function.asynchronous:
        yield from out_of_range(function, config.retries, retries)
        yield from out_of_range(function, config.maximum_age, age)
    retries, age = (project.catalog.quotas[name] for name in ("delivery-retries", "delivery-age"))
    for event in function.events:
        if event.kind in _DELIVERED and event.delivery is not None:
            yield from out_of_range(function, event.delivery.retries, retries)
            yield from out_of_range(function, event.delivery.maximum_age, age)
