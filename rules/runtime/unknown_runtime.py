"""The function names a runtime that Lambda does not have.

## Why this matters

Lambda refuses a runtime it does not know when the template is deployed. The
identifiers are exact: `python3.13`, not `Python3.13`, `python3.13.1` or
`python313`; `nodejs22.x`, not `nodejs22`.

A runtime that AWS offers as a preview is told as information: it comes without
support, and may change. A version that is later than any that lamlint knows is
taken to exist.

## Example

```yaml title="template.yaml"
Resources:
  Report:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: Python3.13
      Handler: app.handler
      InlineCode: "def handler(event, context): ..."
```

## Use instead

```yaml title="template.yaml"
Resources:
  Report:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.13
      Handler: app.handler
      InlineCode: "def handler(event, context): ..."
```

## Fix safety

Unsafe: the fix is offered where only case or punctuation is wrong, so what was
meant is clear, but it is still a guess.

## References

- https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html#runtimes-supported
"""

from __future__ import annotations

from collections.abc import Iterator

from lamlint.catalog import CUSTOM
from lamlint.model import Function, Value
from lamlint.project import Project
from lamlint.rule import ERROR, INFORMATION, rule
from lamlint.text import Finding, Regex, Safety

_NAME = Regex(r"[A-Za-z][\w.\- ]*")
"""What is meant as a name; anything else may be a placeholder."""


@rule(severity=ERROR, since="0.1.0", fix=Safety.UNSAFE)
def check(function: Function, project: Project) -> Iterator[Finding]:
    """Look up every runtime the function may have; none may be known."""
    if function.package_type.is_in(["Image"]):
        return
    if function.runtime.all(lambda name: _unknown(name, project)):
        for choice in function.runtime.each():
            yield _finding(choice, project)
    elif function.runtime.all(lambda name: _preview(name, project)):
        as_of = project.catalog.runtimes.as_of
        yield function.runtime.finding(
            f"the runtime is a preview (as of {as_of}), comes without support and may change: "
            "keep it out of production",
            severity=INFORMATION,
        )


def _preview(name: str, project: Project) -> bool:
    runtime = project.catalog.runtimes.get(name)
    return runtime is not None and runtime.preview


def _unknown(name: str, project: Project) -> bool:
    runtimes = project.catalog.runtimes
    known = name == CUSTOM or runtimes.get(name) is not None or runtimes.newer(name)
    return not known and _NAME.fullmatch(name) is not None and any(map(str.isdigit, name))


def _finding(choice: Value[str], project: Project) -> Finding:
    name, runtimes = choice.only, project.catalog.runtimes
    meant = runtimes.meant(name)
    close = meant or runtimes.nearest(name, project.today)
    hint = f"did you mean {close.name}?" if close else "correct its name"
    fix = choice.change(meant.name, f"Write {meant.name}", Safety.UNSAFE) if meant else None
    return choice.finding(
        f"Lambda has no runtime {name}, so the deployment fails: {hint}",
        fix=fix,
        cause=choice.span.path,
    )
