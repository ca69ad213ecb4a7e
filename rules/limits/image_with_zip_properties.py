"""A function that is a container image has a handler, a runtime or layers, too.

## Why this matters

The image says by itself what it runs: its base image is the runtime, its `CMD`
(or `ImageConfig`) names the handler, and what a layer would hold is copied in
when it is built. A function with `PackageType: Image` and any of the three is
refused when the template is deployed, also where they come from `Globals`.

## Example

```yaml title="template.yaml"
Resources:
  Resize:
    Type: AWS::Serverless::Function
    Properties:
      PackageType: Image
      ImageUri: 123456789012.dkr.ecr.eu-west-1.amazonaws.com/resize:1.4
      Runtime: python3.13
      Handler: app.handler
```

## Use instead

```yaml title="template.yaml"
Resources:
  Resize:
    Type: AWS::Serverless::Function
    Properties:
      PackageType: Image
      ImageUri: 123456789012.dkr.ecr.eu-west-1.amazonaws.com/resize:1.4
```

## Fix safety

Safe: with the property the function cannot be deployed at all, and the image
has never used it. There is no fix for what several functions inherit: only
its author knows which of them are images (SAM has `IgnoreGlobals` for those).

## References

- https://docs.aws.amazon.com/lambda/latest/dg/images-create.html
- https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html
"""

from __future__ import annotations

from collections.abc import Iterator

from lamlint.model import Function, Layer
from lamlint.project import Project
from lamlint.rule import ERROR, rule
from lamlint.text import Finding, Fix, Safety


@rule(severity=ERROR, since="0.1.0", fix=Safety.SAFE)
def check(function: Function, _project: Project) -> Iterator[Finding]:
    """Look for what only zip archives have at a function that surely is an image."""
    if not function.package_type.is_in(["Image"]):
        return
    for value, what in ((function.runtime, "runtime"), (function.handler, "handler")):
        if value.choices:
            yield value.finding(
                _said(f"a {what}"),
                fix=value.remove(f"Remove the {what}"),
                cause=value.choices[0].span.path,
            )
    if function.layers:
        yield _of_layers(function, function.layers[0])


def _of_layers(function: Function, first: Layer) -> Finding:
    removal = function.layers_removal
    fix = Fix("Remove the layers", Safety.SAFE, (removal,)) if removal is not None else None
    return Finding(
        _said("layers"), first.span, fix=fix, subjects=(function.name,), cause=first.span.path
    )


def _said(what: str) -> str:
    return (
        f"a container image has {what}, which Lambda refuses, so the deployment fails: "
        "remove what is for zip archives only"
    )
