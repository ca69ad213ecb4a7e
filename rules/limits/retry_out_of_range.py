"""Asynchronous invocations are retried, or kept, more or less than Lambda accepts.

## Why this matters

An `EventInvokeConfig` says what becomes of asynchronous invocations that fail:
how often Lambda tries again (`MaximumRetryAttempts`, 0 to 2) and how long it
keeps an event that it could not hand over (`MaximumEventAgeInSeconds`, 60 to
21,600, which is six hours). Anything else is refused when the template is
deployed. A queue in front of the function is for who needs more patience.

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
"""

from __future__ import annotations

from collections.abc import Iterator

from lamlint.model import Function, out_of_range
from lamlint.project import Project
from lamlint.rule import ERROR, rule
from lamlint.text import Finding, Safety


@rule(severity=ERROR, since="0.1.0", fix=Safety.SAFE)
def check(function: Function, project: Project) -> Iterator[Finding]:
    """Compare both numbers of each qualifier's configuration with their ranges."""
    retries, age = (project.catalog.quotas[name] for name in ("async-retries", "async-age"))
    for config in function.asynchronous:
        yield from out_of_range(function, config.retries, retries)
        yield from out_of_range(function, config.maximum_age, age)
