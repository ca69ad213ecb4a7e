"""SnapStart is on together with what excludes it, or where it has no effect.

## Why this matters

SnapStart starts a function from a snapshot of its memory that was made when a
version was published. It excludes provisioned concurrency, file systems, a
`/tmp` larger than 512 MB and isolation by tenants, and is there for Python from
3.12 on, for Java from 11 on and for .NET from 8 on: with anything else the
deployment fails.

It works for published versions only. A function of which none is published
starts as slowly as ever, which is a warning, since something outside of the
template may publish one.

Container images, arm64 and X-Ray were excluded once, and are no longer.

## Example

```yaml title="template.yaml"
Resources:
  Orders:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.11
      Handler: app.handler
      InlineCode: "def handler(event, context): ..."
      AutoPublishAlias: live
      SnapStart: {ApplyOn: PublishedVersions}
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
      AutoPublishAlias: live
      SnapStart: {ApplyOn: PublishedVersions}
```

## References

- https://docs.aws.amazon.com/lambda/latest/dg/snapstart.html
"""

from __future__ import annotations

from collections.abc import Iterator

from lamlint.model import Function, Scalar, Value, whole_number
from lamlint.project import Project
from lamlint.rule import ERROR, WARNING, rule
from lamlint.text import Finding, Related, Span

_ON = "PublishedVersions"


@rule(severity=ERROR, since="0.1.0")
def check(function: Function, project: Project) -> Iterator[Finding]:
    """Look for each of what excludes it, at a function that surely has it."""
    if not function.snap_start.is_in([_ON]):
        return
    on = Related(function.snap_start.choices[0].span, "SnapStart is on here")
    for place, what in _conflicts(function, project):
        yield Finding(
            f"{what} and SnapStart exclude each other, so the deployment fails: "
            "remove one of the two",
            place,
            related=(on,),
            subjects=(function.name,),
        )
    if function.runtime.all(lambda name: _is_without(name, project)):
        yield function.runtime.finding(
            f"SnapStart is not for {function.runtime.choices[0].value}, so the deployment fails: "
            "move to a runtime that has it, or remove it",
            related=(on,),
        )
    elif function.published.is_in([False]) and not function.aliases:
        yield function.snap_start.finding(
            "SnapStart is for published versions and none is published, so it has no effect: "
            "add an alias that publishes them, or remove it",
            severity=WARNING,
        )


def _conflicts(function: Function, project: Project) -> Iterator[tuple[Span, str]]:
    """Where something is that excludes SnapStart, and what that is."""
    most = project.catalog.accepted.snap_start.ephemeral_storage
    if function.mounts:
        yield function.mounts[0].span, "a file system"
    if function.ephemeral_storage.all(lambda size: _is_over(size, most)):
        yield function.ephemeral_storage.choices[0].span, f"a /tmp over {most} MB"
    for value in _provisioned(function):
        if value.certain:
            yield value.span, "provisioned concurrency"
    if function.tenant_isolation.is_in([True]):
        yield function.tenant_isolation.span, "isolation by tenants"


def _provisioned(function: Function) -> Iterator[Value[Scalar]]:
    """What is provisioned at the function and at its aliases, each place once."""
    listed = (function.provisioned_concurrency, *(alias.provisioned for alias in function.aliases))
    yield from {value.span: value for value in listed}.values()


def _is_over(size: Scalar, most: int) -> bool:
    number = whole_number(size)
    return number is not None and number > most


def _is_without(name: str, project: Project) -> bool:
    """Whether a runtime is known, and known not to have SnapStart."""
    runtime = project.catalog.runtimes.get(name)
    families = project.catalog.accepted.snap_start.families_without
    return runtime is not None and (runtime.snap_start is False or name.startswith(families))
