"""A function on managed instances does what they have none of, or shares a file by accident.

## Why this matters

On managed instances (a `CapacityProviderConfig`) several invocations run at once
in one environment, each in a process of its own, and all of them see the same
`/tmp`: a file with a fixed name is overwritten by one while another reads it.
A name of its own for each invocation keeps them apart (`tempfile`, the id of
the request).

They are there for Python from 3.13 on, write their logs as JSON only, and poll
neither Amazon MQ nor DocumentDB.

## Example

```python title="src/app.py"
def handler(event, context):
    with open("/tmp/report.csv", "w") as file:
        file.write(event["rows"])
```

```yaml title="template.yaml"
Resources:
  Report:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.14
      Handler: app.handler
      CodeUri: src/
      CapacityProviderConfig:
        LambdaManagedInstancesCapacityProviderConfig: {CapacityProviderArn: !ImportValue Fleet}
```

## Use instead

```python title="src/app.py"
import tempfile


def handler(event, context):
    with tempfile.TemporaryFile("w") as file:
        file.write(event["rows"])
```

```yaml title="template.yaml"
Resources:
  Report:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.14
      Handler: app.handler
      CodeUri: src/
      CapacityProviderConfig:
        LambdaManagedInstancesCapacityProviderConfig: {CapacityProviderArn: !ImportValue Fleet}
```

## References

- https://docs.aws.amazon.com/lambda/latest/dg/lambda-managed-instances.html
- https://docs.aws.amazon.com/lambda/latest/dg/lambda-managed-instances-python-runtime.html
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from lamlint.model import EventKind, Function
from lamlint.project import Project
from lamlint.rule import ERROR, WARNING, Tier, rule
from lamlint.text import Finding, Related

if TYPE_CHECKING:
    from lamlint.python import Call

_NOT_POLLED = {EventKind.MQ: "Amazon MQ", EventKind.DOCUMENTDB: "DocumentDB"}
_OPEN = frozenset({"open", "io.open"})
_WRITES = frozenset("wax+")
_TEMPORARY = "/tmp/"  # noqa: S108  it is what is looked for


@rule(severity=WARNING, since="0.1.0", tier=Tier.PREVIEW)
def check(function: Function, project: Project) -> Iterator[Finding]:
    """Look at the configuration, and at the files that the code writes."""
    if not function.managed_instances.is_in([True]):
        return
    on = Related(function.managed_instances.span, "it runs on managed instances by this")
    if function.runtime.all(lambda name: _is_without(name, project)):
        yield function.runtime.finding(
            f"{function.runtime.choices[0].value} does not run on managed instances, "
            "so the deployment fails: move to Python 3.13 or later",
            severity=ERROR,
            related=(on,),
        )
    if not function.log_format.absent and function.log_format.is_in(["Text"]):
        yield function.log_format.finding(
            "functions on managed instances write JSON only, so that this has no effect: remove it",
            related=(on,),
        )
    for event in function.events:
        if event.mapping and event.kind in _NOT_POLLED:
            yield Finding(
                f"functions on managed instances do not poll {_NOT_POLLED[event.kind]}, "
                "so the deployment fails: move the function off them",
                event.span,
                related=(on,),
                severity=ERROR,
            )
    handler = project.handler_of(function) if function.python else None
    for call in handler.calls(_OPEN) if handler is not None else ():
        if _writes_a_fixed_file(call):
            yield call.finding(
                "invocations on managed instances share /tmp, and this file has one name for all: "
                "name it by the invocation, or leave the name to tempfile"
            )


def _is_without(name: str, project: Project) -> bool:
    runtime = project.catalog.runtimes.get(name)
    return runtime is not None and runtime.managed_instances is False


def _writes_a_fixed_file(call: Call) -> bool:
    path, mode = call.text("file", 0).literal, call.text("mode", 1).literal
    written = mode is not None and not _WRITES.isdisjoint(mode)
    return path is not None and path.startswith(_TEMPORARY) and written
