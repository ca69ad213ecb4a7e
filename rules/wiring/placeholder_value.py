"""A value is still the one that a fix wrote in place of the real one.

## Why this matters

Where only you know a value, a fix writes `change-me`. The code starts with it,
and fails where the value is used: a login is refused, a table is not found, a
signature is wrong. Nothing in the template looks unfinished, and a deployment
takes it as it is.

Only this very value is reported, as the value of a variable or as the queue for
what fails: at the function or the queue that it polls, in `Globals`, in a
parameter's default or in a `samconfig.toml`. A
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

from lamlint.model import PLACEHOLDER, Function, Value
from lamlint.project import Project
from lamlint.rule import WARNING, rule
from lamlint.text import Finding


@rule(severity=WARNING, since="0.1.0")
def check(function: Function, project: Project) -> Iterator[Finding]:
    """Look at all that a fix may have written of a function, and of the queues that it polls."""
    for name, value in function.environment.variables.items():
        said = f"{name} is still {PLACEHOLDER}, which a fix wrote, so the code fails where it"
        yield from _still(function, value, f"{said} uses the value: write the real one")
    polled = (project.queue(event.source) for event in function.events if event.mapping)
    for value in (function.dead_letter, *(queue.redrive for queue in polled if queue is not None)):
        said = f"the queue for failures is still {PLACEHOLDER}, which a fix wrote, so the"
        yield from _still(function, value, f"{said} deployment fails: write the ARN of a queue")


def _still(function: Function, value: Value[str], message: str) -> Iterator[Finding]:
    """A finding for each choice of a value that is what a fix wrote."""
    for choice in value.choices:
        if choice.value == PLACEHOLDER:
            yield Finding(message, choice.span, subjects=(function.name,))
