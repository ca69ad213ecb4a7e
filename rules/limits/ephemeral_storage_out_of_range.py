"""The size of the function's /tmp is one that Lambda does not accept.

## Why this matters

The ephemeral storage of a function, its `/tmp`, can have from 512 to 10,240 MB
in steps of 1 MB. Anything else is refused when the template is deployed. (Up to
32,768 MB are for functions with an `AcceleratorConfig`.)

What has to be larger belongs on EFS, in S3, or should be read as a stream.

Where a condition or a parameter decides, each choice is judged by what the
function is where that choice is made. Where only some of the choices are
refused, it is a warning.

## Example

```yaml title="template.yaml"
Resources:
  Unpack:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.13
      Handler: app.handler
      InlineCode: "def handler(event, context): ..."
      EphemeralStorage:
        Size: 256
```

## Use instead

```yaml title="template.yaml"
Resources:
  Unpack:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.13
      Handler: app.handler
      InlineCode: "def handler(event, context): ..."
      EphemeralStorage:
        Size: 512
```

## Fix safety

Safe: what is written cannot be deployed at all, so nothing that works is
changed by the nearest size that can. Where several functions inherit the
value, the change is unsafe, since it is made for all of them. What is no
number has no fix.

## References

- https://docs.aws.amazon.com/lambda/latest/dg/configuration-ephemeral-storage.html
"""

from __future__ import annotations

from collections.abc import Iterator

from lamlint.model import Function, out_of_range
from lamlint.project import Project
from lamlint.rule import ERROR, rule
from lamlint.text import Finding, Safety


@rule(severity=ERROR, since="0.1.0", fix=Safety.SAFE)
def check(function: Function, project: Project) -> Iterator[Finding]:
    """Compare the size of /tmp with what Lambda has to give."""
    quota = project.catalog.quotas["ephemeral-storage"]
    yield from out_of_range(function, function.ephemeral_storage, quota)
