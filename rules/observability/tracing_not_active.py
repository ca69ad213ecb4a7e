"""The function does not trace its invocations.

## Why this matters

With `Active`, Lambda samples invocations and records in X-Ray how long each part
took: the cold start, the handler, and with a tracer in the code each call of
another service. With `PassThrough`, the default, only what a caller samples is
traced, so that invocations by queues, schedules and streams are not seen.

Traces cost money, and who watches functions otherwise needs none. So it has to be selected.

## Example

```yaml title="template.yaml"
Resources:
  Orders:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.13
      Handler: app.handler
      InlineCode: "def handler(event, context): ..."
```

## Use instead

```yaml title="template.yaml"
Resources:
  Orders:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.13
      Handler: app.handler
      InlineCode: "def handler(event, context): ..."
      Tracing: Active
```

## Fix safety

Unsafe: the role needs `xray:PutTraceSegments` and `xray:PutTelemetryRecords`,
which SAM and others add and CloudFormation does not, and traces are billed.

## References

- https://docs.aws.amazon.com/lambda/latest/dg/services-xray.html
- https://docs.aws.amazon.com/lambda/latest/dg/python-tracing.html
"""

from __future__ import annotations

from collections.abc import Iterator

from lamlint.model import Function
from lamlint.project import Project
from lamlint.rule import INFORMATION, Tier, rule
from lamlint.text import Finding, Safety


@rule(severity=INFORMATION, since="0.1.0", tier=Tier.STRICT, fix=Safety.UNSAFE)
def check(function: Function, _project: Project) -> Iterator[Finding]:
    """Look at the mode; functions at the edge have none."""
    tracing = function.tracing
    if tracing.is_in(["PassThrough", "Disabled"]) and function.edge.is_in([False]):
        yield tracing.finding(
            "invocations are traced only where a caller says so, so nothing tells where their "
            "time goes: set tracing to Active",
            fix=tracing.change("Active", "Trace invocations", Safety.UNSAFE),
            cause=function.template,
        )
