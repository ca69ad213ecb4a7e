"""A function has more layers than Lambda accepts, or one that names no version.

## Why this matters

A function has at most five layers, those from `Globals` among them, and each is
the ARN of one version of a layer, with its number at the end. Anything else is
refused when the template is deployed. Several small layers that always go
together may be built into one.

## Example

```yaml title="template.yaml"
Resources:
  Orders:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.13
      Handler: app.handler
      InlineCode: "def handler(event, context): ..."
      Layers:
        - arn:aws:lambda:eu-west-1:123456789012:layer:shared
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
      Layers:
        - arn:aws:lambda:eu-west-1:123456789012:layer:shared:7
```

## References

- https://docs.aws.amazon.com/lambda/latest/dg/adding-layers.html
- https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
"""

from __future__ import annotations

from collections.abc import Iterator

from lamlint.catalog import LAYER
from lamlint.model import Function, Layer, Literal, is_filled_in
from lamlint.project import Project
from lamlint.rule import ERROR, rule
from lamlint.text import Finding, Regex

_NO_VERSION = Regex(r":layer:[a-zA-Z0-9_-]+\Z")


@rule(severity=ERROR, since="0.1.0")
def check(function: Function, project: Project) -> Iterator[Finding]:
    """Count the layers that are surely there, and look at the form of their ARNs."""
    if not function.package_type.is_in(["Zip"]):
        return
    layers = [layer for layer in function.layers if layer.arn.certain]
    most = project.catalog.accepted.layers
    if len(layers) > most:
        yield Finding(
            f"the function has {len(layers)} layers and may have {most}, so the deployment fails: "
            "remove those that it can do without, or build several as one",
            layers[most].span,
            subjects=(function.name,),
            cause=function.template,
        )
    for layer in layers:
        wrong = _wrong(layer)
        if wrong:
            yield Finding(
                f"{wrong}, so the deployment fails: write the ARN of one of the layer's versions",
                layer.span,
                subjects=(function.name,),
                cause=layer.span.path,
            )


def _wrong(layer: Layer) -> str:
    """What Lambda refuses of the ARN of a layer; nothing where it may be right."""
    last = layer.parts[-1] if layer.parts else None
    written = last.text if isinstance(last, Literal) and not is_filled_in(last.text) else ""
    if _NO_VERSION.search(written):
        return "the layer has no version behind its name"
    if layer.arn.all(_is_no_layer):
        return "what stands for a layer is no ARN of one"
    return ""


def _is_no_layer(arn: str) -> bool:
    """Whether an ARN, all of which is written, is surely none of a layer's version."""
    written = arn.startswith("arn:") and not is_filled_in(arn)
    return written and LAYER.fullmatch(arn) is None
