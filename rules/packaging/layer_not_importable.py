"""Nothing of a layer can be imported, as its content does not lie in a folder `python`.

Lambda unpacks layers into `/opt`, and Python imports from `/opt/python` and
`/opt/python/lib/python3.x/site-packages` alone. A layer whose modules lie at its top brings
nothing. SAM packs a layer without a `BuildMethod` as it lies; so do `aws cloudformation package`,
the Serverless Framework, `archive_file` of Terraform and `Code.from_asset` of the CDK.

It is an error where a function surely imports a module that only such a layer has, and a
warning where none is known to. Silent where something may make the folder: a `BuildMethod`, a
bundling, a script, a Makefile or an ignored folder of the project that is called `python`;
where a function that has the layer uses a path in `/opt`, in its code or its environment
(`PYTHONPATH: /opt`); and for layers that hold no Python.

## Why this matters
Everything deploys, and each invocation of a function that needs the layer fails with
`Runtime.ImportModuleError: No module named …`. Where the import is tried and passed over, the
function runs for good on what was to stand in for it.

## Example
```yaml title="template.yaml"
Resources:
  Shared:
    Type: AWS::Serverless::LayerVersion
    Properties:
      ContentUri: layers/shared/
  Orders:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: orders/
      Handler: app.handler
      Runtime: python3.13
      Layers:
        - !Ref Shared
```
```python title="orders/app.py"
import prices


def handler(event, context):
    return prices.of(event["item"])
```
```python title="layers/shared/prices.py"
def of(item):
    return 10
```

## Use instead
```yaml title="template.yaml"
Resources:
  Shared:
    Type: AWS::Serverless::LayerVersion
    Properties:
      ContentUri: layers/shared/
  Orders:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: orders/
      Handler: app.handler
      Runtime: python3.13
      Layers:
        - !Ref Shared
```
```python title="orders/app.py"
import prices


def handler(event, context):
    return prices.of(event["item"])
```
```python title="layers/shared/python/prices.py"
def of(item):
    return 10
```

## Fix safety
There is no fix: files would have to be moved, and others may name them where they lie.

## References
- https://docs.aws.amazon.com/lambda/latest/dg/packaging-layers.html
- https://docs.aws.amazon.com/lambda/latest/dg/python-layers.html
- https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/building-layers.html
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from lamlint.model import CodeKind
from lamlint.project import OffPath, Project
from lamlint.rule import ERROR, WARNING, rule
from lamlint.text import Finding, Related

_MOST_NAMED = 3


@rule(severity=ERROR, since="0.1.0")
def check(project: Project) -> Iterator[Finding]:
    """Tell each layer that brings nothing, and which functions need it."""
    for one in project.off_path:
        if project.is_test(one.content.span.path) or not (one.lacking or one.holds):
            continue
        yield Finding(
            f"{_what(one)}, {_cost(one)}: {_cure(one)}",
            one.content.span,
            related=tuple(
                Related(each.span, f"{each.function.name} imports {each.module} here")
                for each in one.lacking
            ),
            severity=ERROR if one.lacking else WARNING,
            subjects=tuple(each.name for each in one.functions),
        )


def _what(one: OffPath) -> str:
    name = f"the layer {one.layer.name}" if one.layer.name else "the layer"
    return f"{name} has no folder python, from which alone Python imports"


def _cost(one: OffPath) -> str:
    names = list(dict.fromkeys(each.function.name for each in one.lacking))
    if not names:
        return "so nothing in it can be imported"
    shown = ", ".join(names[:_MOST_NAMED])
    more = len(names) - _MOST_NAMED
    told = f"{shown} and {more} more" if more > 0 else shown
    modules = list(dict.fromkeys(each.module for each in one.lacking))
    return f"so every invocation of {told} fails at the import of {modules[0]}"


def _cure(one: OffPath) -> str:
    path = one.content.path
    if one.content.kind is CodeKind.FOLDER and posixpath.basename(path) != "python":
        return f"move its modules into {posixpath.join(path, 'python', one.inside).rstrip('/')}"
    if one.content.kind in (CodeKind.FOLDER, CodeKind.BUILT):
        return f"name the folder above instead of {path}, so that python is packed with it"
    return "name the modules python/… in the archive"
