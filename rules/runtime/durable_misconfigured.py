"""The code and the configuration of a durable function disagree.

## Why this matters

A durable function has both: a handler that the decorator of the durable
execution SDK wraps, and a `DurableConfig`. The decorator without the
configuration fails each invocation, since Lambda hands over no execution to
continue; the configuration without the decorator fails it, too, as nobody
writes the checkpoints that Lambda asks for. `DurableConfig` cannot be added to a
function that is deployed: it has to be made anew.

Python has it from 3.13 on. What such a function gives up on goes to a dead-letter
queue only: destinations are not for it.

That each caller has to name a version, an alias or `$LATEST` is not looked at.

## Example

```python title="src/app.py"
from aws_durable_execution_sdk_python import DurableContext, durable_execution


@durable_execution
def handler(event, context: DurableContext):
    return context.step(lambda _: "done")
```

```yaml title="template.yaml"
Resources:
  Orders:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.14
      Handler: app.handler
      CodeUri: src/
```

## Use instead

```python title="src/app.py"
from aws_durable_execution_sdk_python import DurableContext, durable_execution


@durable_execution
def handler(event, context: DurableContext):
    return context.step(lambda _: "done")
```

```yaml title="template.yaml"
Resources:
  Orders:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.14
      Handler: app.handler
      CodeUri: src/
      DurableConfig: {ExecutionTimeout: 3600}
```

## References

- https://docs.aws.amazon.com/lambda/latest/dg/durable-functions.html
- https://docs.aws.amazon.com/lambda/latest/dg/durable-invoking.html
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import TYPE_CHECKING

from lamlint.model import Function
from lamlint.project import Project
from lamlint.rule import ERROR, Tier, rule
from lamlint.text import Finding, Regex, Related

if TYPE_CHECKING:
    from lamlint.python import Handler

_DECORATOR = Regex(r"@(?:\w+\.)*durable_execution\b")


@rule(severity=ERROR, since="0.1.0", tier=Tier.PREVIEW)
def check(function: Function, project: Project) -> Iterator[Finding]:
    """Compare what the code of a function is with what is configured."""
    handler = project.handler_of(function)
    decorated = handler is not None and _is_decorated(handler)
    if function.durable.is_in([False]) and decorated and handler is not None:
        yield function.finding(
            "the handler is durable and the function is not, so every invocation fails: "
            "add a DurableConfig, or remove the decorator",
            related=(Related(handler.span, "the handler is decorated here"),),
        )
    if function.durable.is_in([True]):
        yield from _configured(function, handler, project)


def _is_decorated(handler: Handler) -> bool:
    """Whether the decorator stands on a line of its own above the handler, in a file."""
    source = handler.module.source
    if source.host is not None:
        return False
    above = reversed(source.text[: handler.span.start].split("\n")[:-1])
    decorators = itertools.takewhile(lambda line: line.startswith("@"), above)
    return any(_DECORATOR.match(line) for line in decorators)


def _configured(function: Function, handler: Handler | None, project: Project) -> Iterator[Finding]:
    """What does not fit to a function that surely is durable."""
    on = Related(function.durable.span, "it is made durable here")
    if function.package_type.is_in(["Zip"]) and function.runtime.all(
        lambda name: _is_without(name, project)
    ):
        yield function.runtime.finding(
            f"{function.runtime.choices[0].value} has no durable functions, "
            "so the deployment fails: move to Python 3.13 or later",
            related=(on,),
        )
    if handler is not None and not _knows_the_library(function, project):
        yield function.durable.finding(
            "the function is durable and its handler is not, so every invocation fails: "
            "add the decorator of the durable execution SDK, or remove the configuration",
            related=(Related(handler.span, "this is the handler"),),
        )
    for config in function.asynchronous:
        for target in (config.on_success, config.on_failure):
            if target.certain:
                yield target.finding(
                    "a durable function has no destinations, so the deployment fails: "
                    "remove it, and add a dead-letter queue",
                    related=(on,),
                )


def _is_without(name: str, project: Project) -> bool:
    runtime = project.catalog.runtimes.get(name)
    return runtime is not None and runtime.durable is False


def _knows_the_library(function: Function, project: Project) -> bool:
    """Whether any code of the function that is known names the library, in whatever way."""
    library = project.catalog.accepted.durable_library
    return any(library in module.source.text for module in project.needed(function)) or (
        not function.runs_alone
    )
