"""The function's memory is an amount that Lambda does not accept.

## Why this matters

Lambda takes whole numbers of megabytes from 128 to 10,240; for a function on
managed instances (one with a `CapacityProviderConfig`) up to 32,768. Anything
else is refused when the template is deployed. Every whole number in the range
will do: the steps of 64 MB, and the limits of 1,536 and 3,008 MB, are history.

Where a condition or a parameter decides, each choice is judged by what the
function is where that choice is made. Where only some of the choices are
refused, it is a warning.

## Example

```yaml title="template.yaml"
Resources:
  Resize:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.13
      Handler: app.handler
      InlineCode: "def handler(event, context): ..."
      MemorySize: 12288
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
      MemorySize: 10240
```

## Fix safety

Safe: what is written cannot be deployed at all, so nothing that works is
changed by the nearest amount that can. Where several functions inherit the
value, the change is unsafe, since it is made for all of them. What is no
number has no fix.

## References

- https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html
- https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
"""

from __future__ import annotations

from collections.abc import Iterator

from lamlint.model import Function, out_of_range
from lamlint.project import Project
from lamlint.rule import ERROR, rule
from lamlint.text import Finding, Safety


@rule(severity=ERROR, since="0.1.0", fix=Safety.SAFE)
def check(function: Function, project: Project) -> Iterator[Finding]:
    """Compare the memory with the range for the place where the function runs."""
    yield from out_of_range(function, function.memory, project.catalog.quotas["memory"])
