"""The folder or file that should hold the function's code is not there.

Nothing seems to build it either: neither a build folder's name, nor a Makefile,
script or workflow of the project, nor SAM's build method speaks of it. Layers
with local content are looked at in the same way. Terragrunt copies what lies beside
a `terragrunt.hcl` over the module that it names, so the code may lie there; where no
such file of the project names the module, nothing is said of its paths.

Files that no function runs and that have what the handler names are told, too, where they
are few: the code may have moved there. So a hook that is given only what was moved tells it.

## Why this matters
`sam build`, `sam package` and `aws cloudformation package` stop at a path that
does not exist, so the function cannot be deployed. `CodeUri` is relative to the
template that names it, not to the folder from which the command is run.

## Example
```yaml title="template.yaml"
Resources:
  Orders:
    Type: AWS::Serverless::Function
    Properties:
      Handler: app.handler
      Runtime: python3.13
      CodeUri: order/
```
```python title="orders/app.py"
def handler(event, context):
    return event
```

## Use instead
```yaml title="template.yaml"
Resources:
  Orders:
    Type: AWS::Serverless::Function
    Properties:
      Handler: app.handler
      Runtime: python3.13
      CodeUri: orders/
```
```python title="orders/app.py"
def handler(event, context):
    return event
```

## Fix safety
There is no fix: which folder was meant cannot be known.

## References
- https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-resource-function.html
"""

from __future__ import annotations

from collections.abc import Iterator

from lamlint.model import Code, CodeKind, Function
from lamlint.project import Project
from lamlint.rule import ERROR, rule
from lamlint.text import Finding, Related, Span


@rule(severity=ERROR, since="0.1.0")
def check(function: Function, project: Project) -> Iterator[Finding]:
    if function.code.kind is CodeKind.MISSING:
        yield _missing(function.code, "the function cannot be packaged", _moved(function, project))
    for layer in function.layers:
        if layer.content is not None and layer.content.kind is CodeKind.MISSING:
            yield _missing(layer.content, "the layer cannot be packaged")


def _moved(function: Function, project: Project) -> tuple[Related, ...]:
    """Where the code may lie now: who renames its folder changes nothing else."""
    why = "the code may have moved here: the handler names it"
    paths = project.moved(function) if function.python else ()
    return tuple(Related(Span(path, 0, 0), why) for path in paths)


def _missing(code: Code, cost: str, related: tuple[Related, ...] = ()) -> Finding:
    what = f"{code.path} does not exist and nothing here builds it"
    message = f"{what}, so {cost}: correct the path, or add what it names"
    return Finding(message, code.span, related=related, cause=code.span.path)
