"""Lambda is told not to stop the function when it runs in a loop.

## Why this matters

When a function's output comes back to it as input, through SQS, SNS, S3 or
another function, Lambda notices after about sixteen rounds and stops the loop.
`RecursiveLoop: Allow` switches that off: a loop then runs, and is billed,
until somebody notices. Two functions that feed each other are enough, and a
loop that doubles its messages reaches the account's concurrency in minutes.

A function that has to call itself for a purpose, with an end that is certain,
is rare. Where it is so, say it beside the setting:
`# lamlint: ignore[recursion-detection-disabled] ends after the last page`.

## Example

```yaml title="template.yaml"
Resources:
  Crawl:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.13
      Handler: app.handler
      InlineCode: "def handler(event, context): ..."
      RecursiveLoop: Allow
```

## Use instead

```yaml title="template.yaml"
Resources:
  Crawl:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.13
      Handler: app.handler
      InlineCode: "def handler(event, context): ..."
      RecursiveLoop: Terminate
```

## References

- https://docs.aws.amazon.com/lambda/latest/dg/invocation-recursion.html
- https://docs.aws.amazon.com/lambda/latest/api/API_PutFunctionRecursionConfig.html
"""

from __future__ import annotations

from collections.abc import Iterator

from lamlint.model import Function
from lamlint.project import Project
from lamlint.rule import WARNING, rule
from lamlint.text import Finding


@rule(severity=WARNING, since="0.1.0")
def check(function: Function, _project: Project) -> Iterator[Finding]:
    """Look for the one value that switches the detection off."""
    if function.recursive_loop.is_in(["Allow"]):
        yield function.recursive_loop.finding(
            "Lambda's detection of loops is switched off, so a function that triggers itself runs, "
            "and is billed, without end: set RecursiveLoop to Terminate, or, where the loop is "
            "meant, say beside it what surely ends it"
        )
