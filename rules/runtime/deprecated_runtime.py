"""The function runs on a runtime that AWS no longer supports.

## Why this matters

From the day a runtime is deprecated, AWS gives it no more security patches and
no support. Some weeks or months later no new function can be made on it, and
then none can be updated: a stack that still names it cannot be deployed again,
not even to repair something else.

The finding is a warning from the day of deprecation on, and an error from the
day on which functions can no longer be created. AWS has often moved days that
were still to come, mostly to a later one; so those are called projected here.

For a function that the AWS CDK adds to a synthesized template for its own
resources (a provider of custom resources, `LogRetention`, `BucketDeployment`,
…) it is information: the template is not the place to mend it, and a newer
aws-cdk-lib brings a newer runtime. No other rule looks at such functions.

## Example

```yaml title="template.yaml"
Resources:
  Report:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.8
      Handler: app.handler
      InlineCode: "def handler(event, context): ..."
```

## Use instead

```yaml title="template.yaml"
Resources:
  Report:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.12
      Handler: app.handler
      InlineCode: "def handler(event, context): ..."
```

## Fix safety

Unsafe: the fix names the next runtime of the same language that AWS supports
for at least another year. The code, and compiled dependencies, may need
changes to run there.

## References

- https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html#runtimes-deprecated
- https://docs.aws.amazon.com/lambda/latest/dg/runtimes-update.html
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from lamlint.catalog.runtimes import Runtime
from lamlint.model import Function, Value
from lamlint.project import Project
from lamlint.rule import ERROR, INFORMATION, WARNING, rule
from lamlint.text import Finding, Safety, Severity


@rule(severity=WARNING, since="0.1.0", fix=Safety.UNSAFE, libraries=True)
def check(function: Function, project: Project) -> Iterator[Finding]:
    """Look up every runtime the function may have; all have to be deprecated."""
    if function.package_type.is_in(["Image"]):
        return
    if function.runtime.all(lambda name: _deprecated(name, project) is not None):
        for choice in function.runtime.each():
            if function.library:
                yield from _of_a_library(choice, function.library, project)
            else:
                yield from _finding(choice, project)


def _deprecated(name: str, project: Project) -> Runtime | None:
    runtime = project.catalog.runtimes.get(name)
    if runtime is None or runtime.deprecated is None or runtime.deprecated > project.today:
        return None
    return runtime


def _finding(choice: Value[str], project: Project) -> Iterator[Finding]:
    runtime = _deprecated(choice.only, project)
    if runtime is None:
        return
    severity, consequence = _consequence(runtime, project.today)
    successor = project.catalog.runtimes.successor(runtime, project.today)
    fix = None
    if successor is not None:
        fix = choice.change(successor.name, f"Move to {successor.name}", Safety.UNSAFE)
    target = successor.name if successor is not None else "a runtime that is supported"
    yield choice.finding(
        f"{runtime.name} is deprecated since {runtime.deprecated}, and {consequence}: "
        f"move to {target}",
        fix=fix,
        severity=severity,
        cause=choice.span.path,
    )


def _of_a_library(choice: Value[str], library: str, project: Project) -> Iterator[Finding]:
    """What to do where the next synthesis would undo what is changed in the template."""
    runtime = _deprecated(choice.only, project)
    if runtime is not None:
        yield choice.finding(
            f"{runtime.name} is deprecated since {runtime.deprecated}, and this function is one "
            f"that {library} adds: a newer {library} brings one on a newer runtime",
            severity=INFORMATION,
            cause=choice.span.path,
        )


def _consequence(runtime: Runtime, today: date) -> tuple[Severity, str]:
    """How bad it is by now, and what it means."""
    create, update = runtime.create_blocked, runtime.update_blocked
    if update is not None and update <= today:
        return ERROR, f"functions on it can be neither created nor updated since {update}"
    later = f", and projected that none can be updated from {update}" if update else ""
    if create is not None and create <= today:
        return ERROR, f"no function can be created on it since {create}{later}"
    if create is not None:
        return WARNING, (
            "gets no security patches; "
            f"it is projected that no function can be created on it from {create}"
            + (f" and none updated from {update}" if update else "")
        )
    return WARNING, "gets no security patches"
