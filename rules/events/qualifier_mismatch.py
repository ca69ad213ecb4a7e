"""What is set for one qualifier of the function is of no use: its triggers invoke another.

## Why this matters

Retries, destinations and provisioned concurrency belong to one qualifier of a
function: an alias, a version, or `$LATEST`, which is what is meant where none is
named. A trigger that names the function alone invokes `$LATEST`, whatever its
aliases are set to: provisioned concurrency of `live` is then paid for and never
used, and events that fail are dropped though there is a destination.

Silent where what a trigger invokes is not known, and where one of them invokes
the qualifier, or a permission lets somebody do so.

## Example

```yaml title="template.yaml"
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      Role: arn:aws:iam::123456789012:role/orders
      Runtime: python3.13
      Handler: index.handler
      Code: {ZipFile: "def handler(event, context): ..."}
  Live:
    Type: AWS::Lambda::Alias
    Properties: {FunctionName: !Ref Orders, Name: live, FunctionVersion: "3"}
  Failures:
    Type: AWS::Lambda::EventInvokeConfig
    Properties:
      FunctionName: !Ref Orders
      Qualifier: live
      DestinationConfig:
        OnFailure: {Destination: arn:aws:sqs:eu-west-1:123456789012:failed}
  Nightly:
    Type: AWS::Events::Rule
    Properties:
      ScheduleExpression: rate(1 day)
      Targets: [{Id: orders, Arn: !GetAtt Orders.Arn}]
```

## Use instead

```yaml title="template.yaml"
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      Role: arn:aws:iam::123456789012:role/orders
      Runtime: python3.13
      Handler: index.handler
      Code: {ZipFile: "def handler(event, context): ..."}
  Live:
    Type: AWS::Lambda::Alias
    Properties: {FunctionName: !Ref Orders, Name: live, FunctionVersion: "3"}
  Failures:
    Type: AWS::Lambda::EventInvokeConfig
    Properties:
      FunctionName: !Ref Orders
      Qualifier: live
      DestinationConfig:
        OnFailure: {Destination: arn:aws:sqs:eu-west-1:123456789012:failed}
  Nightly:
    Type: AWS::Events::Rule
    Properties:
      ScheduleExpression: rate(1 day)
      Targets: [{Id: orders, Arn: !Ref Live}]
```

## References

- https://docs.aws.amazon.com/lambda/latest/dg/configuration-aliases.html
- https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-configuring.html
- https://docs.aws.amazon.com/lambda/latest/dg/provisioned-concurrency.html
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lamlint.model import Alias, AsyncConfig, Function, Invocation, Value
from lamlint.project import Project
from lamlint.rule import WARNING, rule
from lamlint.text import Finding, Related, Span


@rule(severity=WARNING, since="0.1.0")
def check(function: Function, _project: Project) -> Iterator[Finding]:
    """Compare what is set for a qualifier with what the triggers invoke."""
    events = [event for event in function.events if not event.switched_off]
    pushed = [event for event in events if event.invocation is Invocation.ASYNCHRONOUS]
    unknown = any(event.invocation is None for event in events)
    allowed = [permission.qualifier for permission in function.invoke_permissions]
    invoked = _known([*(event.qualifier for event in pushed), *allowed]) if pushed else frozenset()
    for config in function.asynchronous if invoked and not unknown else ():
        if _is_other(config.qualifier, invoked) and not _has_own(function, invoked):
            yield _finding(
                config.span,
                config.qualifier,
                invoked,
                _of_failures(config),
                [event.span for event in pushed],
            )
    used = [*(event.qualifier for event in events), *(url.qualifier for url in function.urls)]
    everything = _known([*used, *allowed])
    for alias in function.aliases if used and everything else ():
        if _is_provisioned(alias) and _is_other(alias.name, everything):
            yield _finding(
                alias.span,
                alias.name,
                everything,
                "the provisioned concurrency is paid for and never used",
                [event.span for event in events],
            )


def _known(qualifiers: Iterable[Value[str] | None]) -> frozenset[str]:
    """What triggers invoke; nothing where one of it is not known."""
    found: set[str] = set()
    for value in qualifiers:
        if value is None or not value.choices:
            return frozenset()
        found.update(choice.value for choice in value.choices)
    return frozenset(found)


def _is_other(qualifier: Value[str], invoked: frozenset[str]) -> bool:
    return qualifier.is_not_in(invoked)


def _has_own(function: Function, invoked: frozenset[str]) -> bool:
    """Whether what is invoked may have a configuration of its own."""
    return any(not _is_other(one.qualifier, invoked) for one in function.asynchronous)


def _is_provisioned(alias: Alias) -> bool:
    return bool(alias.provisioned.choices or alias.provisioned.targets)


def _of_failures(config: AsyncConfig) -> str:
    if config.on_failure.nowhere:
        return "these retries, ages and destinations are of no use"
    return "what fails is never sent to this destination"


def _finding(
    place: Span,
    qualifier: Value[str],
    invoked: frozenset[str],
    cost: str,
    triggers: Iterable[Span],
) -> Finding:
    named = " or ".join(dict.fromkeys(choice.value for choice in qualifier.choices))
    others = " and ".join(sorted(invoked))
    return Finding(
        f"this is for {named} of the function, and all of its triggers invoke {others}, so "
        f"{cost}: name {named} in the triggers, or set it for what they invoke",
        place,
        related=tuple(Related(span, f"this invokes {others}") for span in triggers),
    )
