"""The environment variables are larger than Lambda accepts.

## Why this matters

All names and values of a function's variables together have 4,096 bytes, and
Lambda counts them as compact JSON: quotes, colons, commas and escapes too. More
is refused when the template is deployed, and often only once a value that comes
from elsewhere has grown.

What cannot be known counts as nothing, so that what is told is the least that
they can be. Tables, rules and long lists belong into a file of the package, or
in Parameter Store or AppConfig, from where the code reads them once.

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
          ROUTES: &routes >-
            orders=https://orders.example.org/v2/accept;returns=https://returns.example.org/v2/accept;
            invoices=https://invoices.example.org/v1/create;stock=https://stock.example.org/v3/reserve;
            shipping=https://shipping.example.org/v1/plan;letters=https://letters.example.org/v1/send
          ROUTES_02: *routes
          ROUTES_03: *routes
          ROUTES_04: *routes
          ROUTES_05: *routes
          ROUTES_06: *routes
          ROUTES_07: *routes
          ROUTES_08: *routes
          ROUTES_09: *routes
          ROUTES_10: *routes
          ROUTES_11: *routes
          ROUTES_12: *routes
          ROUTES_13: *routes
          ROUTES_14: *routes
          ROUTES_15: *routes
          ROUTES_16: *routes
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
          ROUTES_PARAMETER: /orders/routes
```

## References

- https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
- https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from lamlint.model import Environment, Function, Value
from lamlint.project import Project
from lamlint.rule import ERROR, rule
from lamlint.text import Finding


@rule(severity=ERROR, since="0.1.0")
def check(function: Function, project: Project) -> Iterator[Finding]:
    """Add up the least that each variable takes."""
    environment, most = function.environment, project.catalog.accepted.environment.bytes
    least = _least(environment)
    if least > most:
        known = environment.complete and all(one.known for one in environment.configured.values())
        said = f"{least:,} bytes" if known else f"at least {least:,} bytes"
        yield Finding(
            f"the environment variables take {said} and may have {most:,}, so the deployment "
            "fails: move what is long into a file of the package, or into Parameter Store",
            environment.span,
            subjects=(function.name,),
        )


def _least(environment: Environment) -> int:
    """How many bytes the variables have as compact JSON, where each is as short as it can be."""
    sizes = [
        _size(name) + len(":") + min(map(_size, _texts(value)))
        for name, value in environment.configured.items()
    ]
    return len("{}") + sum(sizes) + len(",") * max(len(sizes) - 1, 0)


def _texts(value: Value[str]) -> list[str]:
    """What a variable can be; nothing at all where that is not known."""
    return [choice.value for choice in value.choices] or [""]


def _size(text: str) -> int:
    return len(json.dumps(text, ensure_ascii=False).encode(errors="replace"))
