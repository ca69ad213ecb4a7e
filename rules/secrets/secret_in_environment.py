"""A literal secret is put into a function's environment variables.

## Why this matters
The template is in the repository, and so is the secret. Environment variables
are besides shown in the console and returned by
`lambda:GetFunctionConfiguration`, which many more people and tools may call
than may read a secret.

The value may stand at the function, in `Globals`, in a parameter's default or
in a `samconfig.toml`; it is reported where it stands. References, dynamic
references and placeholders are not reported. The secret is never printed.

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
          DB_PASSWORD: kT7-vQ2xw!9
```

## Use instead
Give the function the name of the secret, and let it read it, once, outside
the handler.

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
          DB_SECRET_ARN: !Ref DatabaseSecret
```

## Fix safety
There is no fix: which secret holds the value, or is to hold it, cannot be
known, and a reference to one that is not there fails the deployment.

## References
- https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html
- https://docs.aws.amazon.com/lambda/latest/dg/with-secrets-manager.html
- https://cwe.mitre.org/data/definitions/526.html
"""

from __future__ import annotations

from collections.abc import Iterator

from lamlint.model import Choice, Function
from lamlint.project import Project
from lamlint.rule import ERROR, INFORMATION, WARNING, rule
from lamlint.secrets.variable import in_variable
from lamlint.text import Finding, Related

_BESIDE = 40


@rule(severity=ERROR, since="0.1.0", security=7.5)
def check(function: Function, project: Project) -> Iterator[Finding]:
    """Look at every value that a variable can have."""
    for name, value in function.environment.variables.items():
        for choice in value.choices:
            found = in_variable(name, str(choice.value))
            if found is None:
                continue
            title, test = found
            severity = WARNING if test else ERROR
            yield Finding(
                f"{title} is in the environment variable {name}: whoever reads the template "
                "or the function's configuration has it",
                choice.span,
                related=_named(function, name, choice),
                severity=INFORMATION if project.is_sample(choice.span.path) else severity,
                subjects=(function.name,),
            )


def _named(function: Function, name: str, choice: Choice[str]) -> tuple[Related, ...]:
    """The variable, where the value stands elsewhere."""
    place = function.environment.names.get(name)
    if place is None:
        return ()
    same_file = place.path == choice.span.path
    if same_file and 0 <= choice.span.start - place.end < _BESIDE:
        return ()
    return (Related(place, f"the variable {name} takes its value from there"),)
