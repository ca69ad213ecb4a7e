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

## Fix safety

Unsafe: the folders are in the order in which they are written, which need not be
the one that was meant. There is a fix for `LAMBDA_TASK_ROOT`, `LAMBDA_RUNTIME_DIR`
and `PYTHONPATH`, which are one folder each; the others differ by runtime.

## References

- https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime
- https://docs.aws.amazon.com/lambda/latest/dg/packaging-layers.html#packaging-layers-paths
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lamlint.model import Function
from lamlint.project import Project
from lamlint.rule import WARNING, rule
from lamlint.text import Finding, Regex, Safety

_NAME = Regex(r"\$(?:([A-Za-z_]\w*)|\{([A-Za-z_]\w*)\})")


@rule(severity=WARNING, since="0.1.0", fix=Safety.UNSAFE)
def check(function: Function, project: Project) -> Iterator[Finding]:
    """Look for what a shell would expand in the variables that hold paths."""
    variables = project.catalog.accepted.environment
    for name in sorted(variables.paths):
        value = function.environment.configured.get(name)
        for choice in value.each() if value is not None else ():
            found = _NAME.search(choice.only)
            if found is not None:
                written = _written_out(choice.only, variables.folders)
                title = f"Write out what {name} holds"
                yield choice.finding(
                    f"{name} holds {found.group()}, which Lambda does not expand: what it would "
                    "have set by itself is lost; write its value out, or leave it to Lambda",
                    fix=choice.change(written, title, Safety.UNSAFE) if written else None,
                    cause=choice.span.path,
                )


def _written_out(path: str, folders: Mapping[str, str]) -> str:
    """A path with what its variables stand for; empty where one is unknown."""
    names = [match[1] or match[2] for match in _NAME.finditer(path)]
    if not all(name in folders for name in names):
        return ""
    return _NAME.sub(lambda match: folders[match[1] or match[2]], path)
