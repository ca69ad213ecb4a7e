"""A path of the environment holds a `$NAME`, which Lambda does not expand.

## Why this matters

Lambda hands a variable to the function as it is written. `PYTHONPATH` with the
value `/opt/lib:$PYTHONPATH` has a folder called `$PYTHONPATH` in it, and has
lost what Lambda would have set: `PATH` no longer leads to the system's
programs, `LD_LIBRARY_PATH` no longer to its libraries, and imports fail. Nothing
complains when it is deployed.

Layers are found without any of this: Lambda looks below `/opt` by itself
(`/opt/python`, `/opt/bin`, `/opt/lib`). Otherwise the default values are to be
written out, as Lambda's documentation lists them.

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
          PYTHONPATH: "/opt/shared:$PYTHONPATH"
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
          PYTHONPATH: "/opt/shared:/var/runtime"
```

## References

- https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime
- https://docs.aws.amazon.com/lambda/latest/dg/packaging-layers.html#packaging-layers-paths
"""

from __future__ import annotations

from collections.abc import Iterator

from lamlint.model import Function
from lamlint.project import Project
from lamlint.rule import WARNING, rule
from lamlint.text import Finding, Regex

_NAME = Regex(r"\$(?:[A-Za-z_]\w*|\{[A-Za-z_]\w*\})")


@rule(severity=WARNING, since="0.1.0")
def check(function: Function, project: Project) -> Iterator[Finding]:
    """Look for what a shell would expand in the variables that hold paths."""
    for name in sorted(project.catalog.accepted.environment.paths):
        value = function.environment.configured.get(name)
        for choice in value.each() if value is not None else ():
            found = _NAME.search(choice.only)
            if found is not None:
                yield choice.finding(
                    f"{name} holds {found.group()}, which Lambda does not expand: what it would "
                    "have set by itself is lost; write its value out, or leave it to Lambda",
                    cause=choice.span.path,
                )
