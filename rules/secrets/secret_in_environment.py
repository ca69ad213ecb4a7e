"""A literal secret is put into a function's environment variables.

## Why this matters
The template is in the repository, and so is the secret. Environment variables
are besides shown in the console and returned by
`lambda:GetFunctionConfiguration`, which many more people and tools may call
than may read a secret.

The value may stand at the function, in `Globals`, in a parameter's default or
in a `samconfig.toml`; it is reported where it stands. It may be the whole value
or a part of a text: of dotenv lines, YAML, JSON, the options of a command, of
a URL whose host is a reference.
References, dynamic references and placeholders are not reported. A secret that
several stages or functions have is told once, with all its places; what only has
the name of a secret is information where the address beside it is that of the
service's sandbox, or the host is this machine. The secret is never printed.

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
from lamlint.rule import ERROR, INFORMATION, rule
from lamlint.secrets import (
    AGAIN,
    CURE,
    NAMED,
    Found,
    in_variable,
    lighter,
    redact,
    same,
    weight,
)
from lamlint.text import Finding, Related, Source, Span

_BESIDE = 40


@rule(severity=ERROR, since="0.1.0", security=7.5, sees_every_module=True, secret=True)
def check(function: Function, project: Project) -> Iterator[Finding]:
    """Look at every value that a variable can have."""
    for name, choice in function.environment.written:
        for found in in_variable(name, str(choice.value)):
            yield from _finding(function, project, name, choice, found)


def _finding(
    function: Function, project: Project, name: str, choice: Choice[str], found: Found
) -> Iterator[Finding]:
    secret = str(choice.value)[found.start : found.end]
    severity = weight(project, choice.span.path, found.kind, secret, test=found.test)
    if severity is None:
        return
    cure = CURE
    if found.kind == NAMED and (light := _lighter(project, choice.span, name)):
        severity, cure = INFORMATION, light
    yield Finding(
        f"{found.title} ({redact(secret)}) is in the environment variable {name}: whoever reads "
        f"the template or the function's configuration has it; {cure}",
        choice.span if secret == choice.value else _place(project, choice.span, secret),
        related=_named(function, name, choice),
        severity=severity,
        subjects=(function.name,),
        cause=same(secret),
        also=AGAIN,
    )


def _lighter(project: Project, span: Span, name: str) -> str:
    source = project.tree.read(span.path)
    return lighter(source.text, span.start, name) if isinstance(source, Source) else ""


def _place(project: Project, span: Span, secret: str) -> Span:
    """Where a part of a value stands; the whole of one that is written otherwise."""
    source = project.tree.read(span.path)
    if not isinstance(source, Source):
        return span
    start = source.text.find(secret, span.start, span.end)
    return Span(span.path, start, start + len(secret)) if start >= 0 else span


def _named(function: Function, name: str, choice: Choice[str]) -> tuple[Related, ...]:
    """The variable, where the value stands elsewhere."""
    place = function.environment.names.get(name)
    if place is None:
        return ()
    same_file = place.path == choice.span.path
    if same_file and 0 <= choice.span.start - place.end < _BESIDE:
        return ()
    return (Related(place, f"the variable {name} takes its value from there"),)
