"""The timeout is the longest that Lambda accepts.

## Why this matters

A timeout at its limit is rarely one that was chosen. Work that takes nearly as
long fails once there is a little more of it, and there is no way left to give
it more time; work that takes seconds is billed for a quarter of an hour each
time it hangs. Work of that length belongs into smaller pieces (Step Functions,
a queue, a durable function) or into a container; all other work has a timeout a
little longer than its slowest good run.

It is an opinion: a function that works until little time is left, and then
hands on what remains, is right to have all there is.

## Example

```yaml title="template.yaml"
Resources:
  Export:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.13
      Handler: app.handler
      InlineCode: "def handler(event, context): ..."
      Timeout: 900
```

## Use instead

```yaml title="template.yaml"
Resources:
  Export:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.13
      Handler: app.handler
      InlineCode: "def handler(event, context): ..."
      Timeout: 120
```

## References

- https://docs.aws.amazon.com/lambda/latest/dg/configuration-timeout.html
- https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
"""

from __future__ import annotations

from collections.abc import Iterator

from lamlint.model import Function, limits_where
from lamlint.project import Project
from lamlint.rule import INFORMATION, Tier, rule
from lamlint.text import Finding


@rule(severity=INFORMATION, since="0.1.0", tier=Tier.STRICT)
def check(function: Function, project: Project) -> Iterator[Finding]:
    """Compare every timeout that the function may have with the longest for it."""
    quota = project.catalog.quotas["timeout"]
    for choice in function.timeout.choices:
        most = limits_where(function, quota, choice).most
        if choice.value == most and not choice.offered:
            yield Finding(
                f"the timeout is {most:,} seconds, the longest that there is: "
                "set as many as the slowest run needs, or build the work of smaller pieces",
                choice.span,
                subjects=(function.name,),
                cause=choice.span.path,
            )
