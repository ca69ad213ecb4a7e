"""No timeout is set, so Lambda stops the function after 3 seconds.

## Why this matters

Where a template says nothing, an invocation ends after 3 seconds (6 in a
service of the Serverless Framework), whatever it is doing. That is enough for
most runs of most functions, and too little for the first one after a
deployment, for a slow answer from another service, or for a retry inside the
SDK: the function then fails now and then, with `Task timed out after 3.00
seconds` and no error of its own.

A timeout that was chosen says how long the work may take: a little more than
the slowest good run, and less than whoever waits for the answer is ready to
wait (29 seconds behind a REST API).

The default is right, and nothing is reported, for a Python function that only
computes: all code that its handler can reach is known, and calls no service,
opens no file, sleeps nowhere and repeats nothing for an unknown time. A client
that is made at import, and that nothing of this ever names, sends nothing.

Six seconds are enough for one that only asks DynamoDB, queues, topics, EventBridge or the
connections of a WebSocket API beside, which answer at once: nothing is reported then, and
where it may do so in a loop it is information.

The functions of one template are one finding that lists them: where all need
about the same, `Globals` of SAM or `provider` of serverless.yml says it once.

## Example

```yaml title="template.yaml"
Resources:
  Report:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.13
      Handler: index.handler
      InlineCode: |
        import boto3

        def handler(event, context):
            return len(boto3.client("s3").list_buckets()["Buckets"])
```

## Use instead

```yaml title="template.yaml"
Resources:
  Report:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.13
      Handler: index.handler
      InlineCode: |
        import boto3

        def handler(event, context):
            return len(boto3.client("s3").list_buckets()["Buckets"])
      Timeout: 30
```

## Fix safety

Unsafe: the fix writes 30 seconds (the option `seconds`), or no more than the API of the
function waits (29 for a REST or WebSocket API), which is a guess at what the function needs; a
function that hangs is billed for longer.

## References

- https://docs.aws.amazon.com/lambda/latest/dg/configuration-timeout.html
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lamlint.model import Function
from lamlint.project import Project, asks_quickly, only_computes
from lamlint.rule import INFORMATION, WARNING, rule
from lamlint.text import Finding, Safety

_SHORT = range(7)
"""Lambda stops a function after 3 seconds, tools after 6 or after a time that is no surprise."""
_ROOMY = range(6, 7)
"""Time for many requests that are answered at once, a slow first one included."""
_IN_LOOPS = (
    "all that it asks answers at once, so set more only where its loops ask for more than a "
    "hundred things"
)
_SECOND = 1_000


@dataclass(frozen=True)
class Options:
    """`[tool.lamlint.rules.timeout-not-set]`."""

    seconds: int = 30
    """The timeout that the fix writes."""

    def __post_init__(self) -> None:
        """Raise ValueError for a timeout that Lambda refuses."""
        if not 1 <= self.seconds <= 900:
            raise ValueError("seconds is a timeout that Lambda takes: from 1 to 900")


@rule(severity=WARNING, since="0.1.0", fix=Safety.UNSAFE, options=Options())
def check(function: Function, project: Project, options: Options) -> Iterator[Finding]:
    """Look for a timeout anywhere; one that could not be read is a timeout."""
    if not function.timeout.absent or not function.timeout.is_in(_SHORT):
        return
    if only_computes(function, project) or _is_replaced(function, project):
        return
    default = function.timeout.choices[0].value
    quick = asks_quickly(function, project) if function.timeout.is_in(_ROOMY) else None
    loops = quick is not None and quick.asks_in_loops(project.catalog.computing)
    if quick is not None and not loops:
        return
    seconds = _seconds(function, project, options)
    yield function.timeout.finding(
        f"no timeout is set, so Lambda stops the function after {default} seconds: "
        f"{_IN_LOOPS if loops else 'set as many as its slowest run needs'}",
        fix=function.timeout.change(seconds, f"Set a timeout of {seconds} seconds", Safety.UNSAFE),
        severity=INFORMATION if loops else WARNING,
        cause=f"{function.template}{' quick' if loops else ''}",
    )


def _seconds(function: Function, project: Project, options: Options) -> int:
    """The timeout to write: not more than an API waits that the function answers."""
    apis = project.catalog.events.apis
    kinds = {event.kind.value for event in function.events}
    waits = (facts.waits // _SECOND for kind, facts in apis.items() if kind in kinds)
    return min((options.seconds, *waits))


def _is_replaced(function: Function, project: Project) -> bool:
    """Whether one is written, to no effect, as another of the same key stands behind it.

    `unreadable-template` tells of that.
    """
    own = ("Resources", function.name, "Properties")
    return any(
        one.template == function.template
        and one.name == "Timeout"
        and one.path[:-1] in (own, ("Globals", "Function"))
        for one in project.replaced
    )
