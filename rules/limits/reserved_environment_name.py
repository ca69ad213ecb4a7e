"""An environment variable has a name that Lambda keeps for itself.

## Why this matters

Lambda sets these variables by itself (`AWS_REGION`, `AWS_ACCESS_KEY_ID`,
`LAMBDA_TASK_ROOT`, …), and refuses a function whose configuration sets one:
the deployment fails. The code finds them in its environment anyway. What is to
be another value than Lambda's, such as the region of a bucket elsewhere, takes
another name.

A stage of Chalice or Zappa that is called `local` is not deployed where there is another.

`PATH`, `LD_LIBRARY_PATH`, `PYTHONPATH`, `LANG` and `TZ` are no such names: they
can be set.

## Example

```yaml title="template.yaml"
Resources:
  Orders:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.13
      Handler: app.handler
      InlineCode: "def handler(event, context): ..."
      Environment:
        Variables:
          AWS_REGION: eu-central-1
          TABLE_NAME: orders
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
      Environment:
        Variables:
          TABLE_NAME: orders
```

## References

- https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime
"""

from __future__ import annotations

from collections.abc import Iterator

from lamlint.model import Function
from lamlint.project import Project
from lamlint.rule import ERROR, rule
from lamlint.text import Finding


@rule(severity=ERROR, since="0.1.0")
def check(function: Function, project: Project) -> Iterator[Finding]:
    """Look for each name among those that Lambda reserves."""
    for name in function.environment.configured:
        if name in project.catalog.accepted.environment.reserved:
            place = function.environment.names[name]
            yield Finding(
                f"Lambda sets {name} itself and lets nobody else set it, so the deployment fails: "
                "remove it, or name it otherwise where it is to differ from Lambda's",
                place,
                subjects=(function.name,),
                cause=place.path,
            )
