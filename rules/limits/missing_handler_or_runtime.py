"""A function of a zip archive has no handler, or no runtime.

## Why this matters

Lambda has to know what runs the code and where it begins. A function without
a handler or a runtime is refused when the template is deployed, unless it is
a container image, which says both by itself.

## Example

```yaml title="template.yaml"
Resources:
  Resize:
    Type: AWS::Serverless::Function
    Properties:
      InlineCode: "def handler(event, context): ..."
      Handler: index.handler
```

## Use instead

```yaml title="template.yaml"
Resources:
  Resize:
    Type: AWS::Serverless::Function
    Properties:
      InlineCode: "def handler(event, context): ..."
      Handler: index.handler
      Runtime: python3.13
```

## References

- https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html
- https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-function.html
"""

from __future__ import annotations

from collections.abc import Iterator

from lamlint.model import NOT_SET, CodeKind, Function
from lamlint.project import Project
from lamlint.rule import ERROR, rule
from lamlint.text import Finding


@rule(severity=ERROR, since="0.1.0")
def check(function: Function, _project: Project) -> Iterator[Finding]:
    """Look for what is surely written nowhere, of a function that is surely no image."""
    if not function.package_type.is_in(["Zip"]) or function.code.kind is CodeKind.IMAGE:
        return
    given = (("runtime", function.runtime), ("handler", function.handler))
    lacking = [what for what, value in given if not value.choices and value.reason == NOT_SET]
    if lacking:
        named = " and no ".join(lacking)
        yield function.finding(
            f"the function has no {named} and is no container image, so the deployment fails: "
            f"set its {' and its '.join(lacking)}"
        )
