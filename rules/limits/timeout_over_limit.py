"""The function's timeout is one that Lambda does not accept.

## Why this matters

Lambda stops an invocation after at most 900 seconds (15 minutes). A template
with a longer timeout is refused when it is deployed, so a mistake in it (often
a number of milliseconds, or a hope for a longer run) is seen only then, and
the deployment is rolled back.

The limit is another one in two cases: 5,400 seconds for a function on managed
instances (one with a `CapacityProviderConfig`), and 30 seconds for a function
at the edge of CloudFront. A timeout of 0, below 0, or that is no whole number
is refused as well.

Work that takes longer belongs in Step Functions, in a durable function, in
AWS Batch or on Fargate; or it can be cut into parts that a queue hands out.

Where a condition or a parameter decides, each choice is judged by what the
function is where that choice is made. Where only some of the choices are
refused, it is a warning.

## Example

```yaml title="template.yaml"
Resources:
  Export:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.13
      Handler: app.handler
      InlineCode: "def handler(event, context): ..."
      Timeout: 1800
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
      Timeout: 900
```

## Fix safety

Safe: a longer timeout cannot be deployed at all, so nothing that works is
changed by the longest one. Where several functions inherit the value, the
change is unsafe, since it is made for all of them. A timeout that is too small
or no number has no fix: what was meant is not known.

## References

- https://docs.aws.amazon.com/lambda/latest/dg/configuration-timeout.html
- https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
- https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html#limits-lambda-at-edge
"""

from __future__ import annotations

from collections.abc import Iterator

from lamlint.model import Function, out_of_range
from lamlint.project import Project
from lamlint.rule import ERROR, rule
from lamlint.text import Finding, Safety


@rule(severity=ERROR, since="0.1.0", fix=Safety.SAFE)
def check(function: Function, project: Project) -> Iterator[Finding]:
    """Compare the timeout with the limit for the place where the function runs."""
    quota = project.catalog.quotas["timeout"]
    yield from out_of_range(function, function.timeout, quota, only_lowered=True)
