"""The reserved concurrency of a function contradicts what else is said of it.

## Why this matters

Reserved concurrency is how many invocations of a function run at once, at most.
Less than its provisioned concurrency is refused when the template is deployed. Less
than what the mapping of a queue may use at once makes Lambda fetch messages
that the function has no room for: they are throttled, come back, and end in
the dead-letter queue without ever having been looked at. Zero stops every
invocation, which is meant to be a switch for an emergency.

The mappings of several queues share what is reserved, so their `MaximumConcurrency`
counts together. One together with a queue whose mapping has none is told as
information: messages are handled one after the other, and a few of them may be
throttled. Some mean exactly that; a `MaximumConcurrency`, which is at least 2,
throttles nothing where as much is reserved.

## Example

```yaml title="template.yaml"
Resources:
  Orders:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.13
      Handler: app.handler
      InlineCode: "def handler(event, context): ..."
      AutoPublishAlias: live
      ReservedConcurrentExecutions: 5
      ProvisionedConcurrencyConfig:
        ProvisionedConcurrentExecutions: 10
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
      ReservedConcurrentExecutions: 20
      ProvisionedConcurrencyConfig:
        ProvisionedConcurrentExecutions: 10
```

## References

- https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html
- https://docs.aws.amazon.com/lambda/latest/dg/provisioned-concurrency.html
- https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html
"""

from __future__ import annotations

from collections.abc import Iterator

from lamlint.model import EventKind, Function, Scalar, Value, whole_number
from lamlint.project import Project
from lamlint.rule import ERROR, INFORMATION, WARNING, rule
from lamlint.text import Finding


@rule(severity=ERROR, since="0.1.0")
def check(function: Function, _project: Project) -> Iterator[Finding]:
    """Compare the most that may be reserved with the least of what it is needed for."""
    reserved = function.reserved_concurrency
    numbers = _numbers(reserved)
    if not numbers or min(numbers) < 0:  # Terraform's way to reserve nothing is -1
        return
    most, provisioned, polled = max(numbers), _provisioned(function), _polled(function)
    if most == 0:
        yield reserved.finding(
            "the reserved concurrency is 0, so every invocation is throttled: "
            "remove it where the function is to run",
            severity=WARNING,
            cause=reserved.choices[0].span.path,
        )
    elif most < provisioned:
        yield reserved.finding(
            f"the reserved concurrency is {most:,} and {provisioned:,} are provisioned, "
            f"so the deployment fails: set at least {provisioned:,}, or provision fewer"
        )
    elif most < polled:
        yield reserved.finding(
            f"the reserved concurrency is {most:,} and queues may use {polled:,} at once, so "
            "messages are fetched that are throttled, and end in the dead-letter queue unread: "
            f"set at least {polled:,}, or lower the maximum concurrency of the mapping"
        )
    elif most == 1 and any(event.kind is EventKind.SQS for event in function.events):
        yield reserved.finding(
            "one invocation runs at once, and a queue triggers: messages that are fetched in "
            "between are throttled, and may end in the dead-letter queue; "
            "leave it where they have to be handled one after the other",
            severity=INFORMATION,
        )


def _provisioned(function: Function) -> int:
    """The least that is provisioned, at the function itself or at all its aliases together."""
    aliases = sum(min(_numbers(alias.provisioned), default=0) for alias in function.aliases)
    return max(aliases, min(_numbers(function.provisioned_concurrency), default=0))


def _polled(function: Function) -> int:
    """The least that the mappings of queues which are switched on may use, all together."""
    return sum(
        min(_numbers(event.polling.maximum_concurrency), default=0)
        for event in function.events
        if event.polling is not None and event.enabled is not None and event.enabled.is_in([True])
    )


def _numbers(value: Value[Scalar]) -> list[int]:
    """The numbers that a value can be; nothing where one of them is not known."""
    numbers = [whole_number(choice.value) for choice in value.choices]
    known = [number for number in numbers if number is not None]
    return known if len(known) == len(numbers) else []
