"""An environment variable still has the value that a fix wrote in place of the real one.

## Why this matters

Where only you know a value, a fix writes `change-me`. The code starts with it,
and fails where the value is used: a login is refused, a table is not found, a
signature is wrong. Nothing in the template looks unfinished, and a deployment
takes it as it is.

Only this very value is reported, where a variable of a function has it: at the
function, in `Globals`, in a parameter's default or in a `samconfig.toml`. A
parameter that another file or the deployment gives a value is reported as
well where that cannot be known; a default that nobody should deploy with is
better left out.

## Example

```yaml title="template.yaml"
Resources:
  Orders:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.13
      Handler: index.handler
      InlineCode: "def handler(event, context): ..."
      Environment:
        Variables:
          TABLE_NAME: change-me
```

## Use instead

```yaml title="template.yaml"
Resources:
  Orders:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.13
      Handler: index.handler
      InlineCode: "def handler(event, context): ..."
      Environment:
        Variables:
          TABLE_NAME: !Ref OrdersTable
```

For a secret, give the function the name of one in Secrets Manager or the
Parameter Store, never the secret itself.

## Fix safety

There is no fix: what belongs there is what the first fix did not know.

## References

- https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html
"""

from __future__ import annotations

from collections.abc import Iterator

from lamlint.model import PLACEHOLDER, Function
from lamlint.project import Project
from lamlint.rule import WARNING, rule
from lamlint.text import Finding


@rule(severity=WARNING, since="0.1.0")
def check(function: Function, _project: Project) -> Iterator[Finding]:
    """Look at every value that a variable can have."""
    for name, value in function.environment.variables.items():
        for choice in value.choices:
            if choice.value == PLACEHOLDER:
                yield Finding(
                    f"{name} is still {PLACEHOLDER}, which a fix wrote, so the code fails where "
                    "it uses the value: write the real one",
                    choice.span,
                    subjects=(function.name,),
                )
