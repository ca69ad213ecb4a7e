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
2. else the source folder, and its requirements by the sizes of their wheels in
   `pylock.toml` or `uv.lock`. A wheel unpacks to about three times its size, at
   the least 2.2 times; the finding is an error only when the least is over. A
   lock outside the code's folder counts for a function without requirements
   of its own only where a script of the project exports it;
3. else the source folder, and its requirements as they are installed in a
   virtual environment of the project (`.venv`, `venv`).

What stands in the project counts, and layers with local content do too. What
cannot be known (a layer that is only an ARN, a requirement without a size)
counts as nothing, and then the message says "at least". Container images are
not looked at.

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
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lamlint.packages.measurement import Measurement, Method, megabytes
from lamlint.rule import ERROR, WARNING, rule
from lamlint.text import Finding, Related

if TYPE_CHECKING:
    from lamlint.packages import Package
    from lamlint.project import Project

_NAMED = 5
_WORTH_NAMING = 1024


@dataclass(frozen=True)
class Options:
    """From which share of the limit on a package is reported."""

    warning_share: float = 0.9


@rule(severity=ERROR, since="0.1.0", options=Options())
def check(package: Package, project: Project, options: Options) -> Iterator[Finding]:
    """Weigh the package against the limit."""
    measured = package.measured
    if measured is None:
        return
    limit = project.catalog.packages.unzipped_limit
    sure = measured.least > limit and measured.own
    over = measured.size > limit
    if not over and measured.size < options.warning_share * limit:
        return
    yield Finding(
        _message(measured, limit, over=over),
        package.span,
        related=_layers(package, measured),
        severity=ERROR if sure else WARNING,
    )


def _message(measured: Measurement, limit: int, *, over: bool) -> str:
    about = "about " if measured.estimated else ""
    least = "" if measured.complete else "at least "
    size = f"The code unpacks to {least}{about}{megabytes(measured.size)}"
    allowed = f"{megabytes(limit)} ({limit:,} bytes)"
    if over:
        told = f"{size}, more than the {allowed} that Lambda takes: it will not be deployed"
        if measured.estimated or not measured.own:
            told = f"{size}, more than the {allowed} that Lambda takes: it cannot be deployed so"
    else:
        told = f"{size}, {measured.size / limit:.0%} of the {allowed} that Lambda takes"
    return f"{told}. {_how(measured)}. The largest parts: {_parts(measured)}"


def _how(measured: Measurement) -> str:
    place = measured.place
    match measured.method:
        case Method.BUILT:
            return f"Measured on the build in {place}"
        case Method.ARCHIVE:
            return f"Measured by the directory of {place}"
        case Method.SOURCE:
            return f"Measured on the source in {place}"
        case Method.LOCK:
            return f"Estimated from the sizes of the wheels in {place}"
        case Method.INSTALLED:
            return f"Measured on the source and on what is installed in {place}"


def _parts(measured: Measurement) -> str:
    named = [part for part in measured.largest[:_NAMED] if part.size >= _WORTH_NAMING]
    return ", ".join(f"{part.title} {megabytes(part.size)}" for part in named)


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
