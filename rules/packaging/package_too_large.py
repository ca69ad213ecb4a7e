"""The function's code and layers unpack to more than Lambda takes, or nearly so.

## Why this matters
Lambda refuses to create or update a function whose code and layers come to
more than 262,144,000 bytes (250 MB) when they are unpacked, and it says so
only at the end of a deployment. A package that is nearly there fails with the
next release of one of its dependencies, and a large one starts slowly.

How large a package is, is measured where it can be and estimated where it
cannot; the message says which:

1. what a build left in the project (`.aws-sam/build`, `.serverless`,
   `cdk.out`), or the archive that the template names, by its directory: nothing
   is unpacked;
2. else the source folder, and what its `requirements.txt` asks for by the sizes
   of the wheels in `pylock.toml` or `uv.lock`. Wheels are compressed: most
   unpack to about three times their size, and for some forty common ones the
   factor was measured. Only the low end of the estimate counts;
3. else the source folder, and its requirements as they are installed in a
   virtual environment of the project (`.venv`, `venv`).

`sam build` installs nothing but what a `requirements.txt` in the code's folder
says. So a project's lock counts for a function without one only where SAM
builds it by uv (`BuildMethod: python-uv`), or, as a warning, where a script of
the project exports the lock into that folder (`uv export -o src/requirements.txt`).
Where a script puts another file in the place of the `requirements.txt`
(`cp requirements-lambda.txt requirements.txt`), what that asks for is not known.

What stands in the project counts, and layers with local content do too. What
cannot be known (a layer that is only an ARN, a requirement without a size)
counts as nothing, and then the message says "at least" or "or more", and
`lamlint size` names it. Container images are not looked into. The limit of 50
MB for a zip is one of direct uploads, which neither SAM nor CloudFormation
makes.

`warning-share` is the share of the limit from which on a package is reported
as a warning.

## Example
```yaml title="template.yaml"
Resources:
  Report:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: src/
      Handler: app.handler
      Runtime: python3.13
```
```python title="src/app.py"
import pandas


def handler(event, context):
    return pandas.DataFrame(event["rows"]).sum().to_dict()
```
```text title="src/requirements.txt"
pandas
pyarrow
scikit-learn
```
```toml title="pylock.toml"
lock-version = "1.0"
created-by = "example"

[[packages]]
name = "pandas"
version = "2.3.0"

[[packages.wheels]]
url = "https://example.org/pandas-2.3.0-cp313-cp313-manylinux_2_17_x86_64.whl"
size = 62000000
hashes = {}

[[packages]]
name = "pyarrow"
version = "20.0.0"

[[packages.wheels]]
url = "https://example.org/pyarrow-20.0.0-cp313-cp313-manylinux_2_28_x86_64.whl"
size = 52000000
hashes = {}

[[packages]]
name = "scikit-learn"
version = "1.7.0"

[[packages.wheels]]
url = "https://example.org/scikit_learn-1.7.0-cp313-cp313-manylinux_2_17_x86_64.whl"
size = 23000000
hashes = {}
```

## Use instead
Leave out what the function does not need, split it by what its parts need, or
ship it as a container image, which may have 10 GB.

```yaml title="template.yaml"
Resources:
  Report:
    Type: AWS::Serverless::Function
    Metadata:
      Dockerfile: Dockerfile
      DockerContext: src
      DockerTag: report
    Properties:
      PackageType: Image
```

## Fix safety
There is no fix. SAM has no patterns to exclude files by, and which dependency
can go is not to be seen from its size.

## References
- https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
- https://docs.aws.amazon.com/lambda/latest/dg/python-package.html
- https://docs.aws.amazon.com/lambda/latest/dg/images-create.html
- https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/building-python-uv.html
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lamlint.model import CodeKind
from lamlint.packages import Measurement, Method, megabytes
from lamlint.rule import ERROR, WARNING, rule
from lamlint.text import Finding, Related, Span

if TYPE_CHECKING:
    from lamlint.packages import Package
    from lamlint.project import Project

_NAMED = 5
_WORTH_NAMING = 100_000


@dataclass(frozen=True)
class Options:
    """From which share of the limit on a package is reported."""

    warning_share: float = 0.9

    def __post_init__(self) -> None:
        """Raise ValueError for what is no share of a whole."""
        if not 0 < self.warning_share <= 1:
            raise ValueError("warning-share is a share of the limit: more than 0, at most 1 (0.8)")


@rule(severity=ERROR, since="0.1.0", options=Options())
def check(package: Package, project: Project, options: Options) -> Iterator[Finding]:
    """Weigh the package against the limit."""
    measured = package.measured
    if measured is None:
        return
    limit = project.catalog.packages.unzipped_limit
    if measured.least > limit or measured.least >= options.warning_share * limit:
        sure = measured.least > limit and measured.own
        yield Finding(
            _message(measured, limit),
            package.span,
            related=(*_layers(package, measured), *_asked(package, measured, project)),
            severity=ERROR if sure else WARNING,
        )


def _message(measured: Measurement, limit: int) -> str:
    layered = any(part.layer for part in measured.parts)
    size = f"the code {'and its layers unpack' if layered else 'unpacks'} to {_amount(measured)}"
    allowed = f"{megabytes(limit)} ({limit:,} bytes)"
    if measured.least > limit:
        cost = "it will not be deployed" if measured.own else "it cannot be deployed so"
        told = f"{size}, more than the {allowed} that Lambda takes: {cost}"
    elif measured.estimated:
        told = f"{size}, and Lambda takes {allowed}: it may be too much"
    else:
        share = f"{measured.size / limit:.0%} of the {allowed} that Lambda takes"
        told = f"{size}, {share}: the next version of a dependency may be too much"
    how = measured.how
    todo = "Leave out what the function does not need, or deploy a container image"
    return f"{told}. {how[0].upper()}{how[1:]}. The largest parts: {_parts(measured)}. {todo}"


def _amount(measured: Measurement) -> str:
    if measured.estimated:
        return f"{measured.amount} (not less than {megabytes(measured.least)})"
    return measured.amount


def _parts(measured: Measurement) -> str:
    named = [part for part in measured.largest[:_NAMED] if part.size >= _WORTH_NAMING]
    return ", ".join(f"{part.title} {megabytes(part.size)}" for part in named)


def _asked(package: Package, measured: Measurement, project: Project) -> Iterator[Related]:
    """The files that say what is packed beside the code."""
    code = package.function.code
    asked = posixpath.join(code.path, "requirements.txt")
    if code.kind is CodeKind.FOLDER and project.tree.is_file(asked):
        yield Related(Span(asked, 0, 0), "what the package asks for")
    if measured.method is Method.LOCK and measured.place != asked:
        yield Related(Span(measured.place, 0, 0), "what its sizes are taken from")


def _layers(package: Package, measured: Measurement) -> tuple[Related, ...]:
    """Where the layers are named that count."""
    sizes = {part.layer: 0 for part in measured.parts if part.layer}
    for part in measured.parts:
        if part.layer:
            sizes[part.layer] += part.size
    return tuple(
        Related(layer.span, f"the layer {layer.name} has {megabytes(sizes[layer.name])} of it")
        for layer in package.function.layers
        if layer.name in sizes
    )
