"""The schedule is written as EventBridge does not take it.

## Why this matters

The expressions of EventBridge are not those of cron elsewhere: there are six
fields, the last is the year; one of the two fields for days has to be `?`; days
of the week go from 1 (Sunday) to 7; and `rate(1 hour)` is singular where
`rate(2 hours)` is plural. Nothing is faster than a minute. What is wrong is
seen only when the template is deployed, and the deployment is rolled back.

## Example

```yaml title="template.yaml"
Resources:
  Report:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.13
      Handler: app.handler
      InlineCode: "def handler(event, context): ..."
      Events:
        Nightly:
          Type: Schedule
          Properties:
            Schedule: cron(0 3 * * * *)
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
      Events:
        Nightly:
          Type: Schedule
          Properties:
            Schedule: cron(0 3 * * ? *)
```

## Fix safety

Unsafe: what is written cannot be deployed, but what was meant is a guess. The
fix puts `?` for a day field that says nothing, adds the year that is missing
from a cron expression of five fields whose last is `*`, and makes the unit of a
rate singular or plural. Everything else has no fix.

## References

- https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html
- https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html
"""

from __future__ import annotations

from collections.abc import Iterator

from lamlint.model import EventKind, EventSource, Fault, Function, Value, fault
from lamlint.project import Project
from lamlint.rule import ERROR, WARNING, rule
from lamlint.text import Finding, Safety

_SHORT = 60
"""Longer expressions are not repeated in a message."""


@rule(severity=ERROR, since="0.1.0", fix=Safety.UNSAFE)
def check(function: Function, _project: Project) -> Iterator[Finding]:
    """Read the expression of each schedule as EventBridge does."""
    for event in function.events:
        if event.kind is EventKind.SCHEDULE and event.expression is not None:
            yield from _findings(event, event.expression.taken)


def _findings(event: EventSource, expression: Value[str]) -> Iterator[Finding]:
    """What is wrong with each expression that the schedule can have."""
    judged = [(one, fault(one.only, scheduler=event.scheduler)) for one in expression.each()]
    wrong = [(one, found) for one, found in judged if found is not None]
    for one, found in wrong:
        yield one.finding(
            f"{_named(one.only)} {found.reason}, so the deployment fails: write {_instead(found)}",
            fix=one.change(found.better, f"Write {found.better}", Safety.UNSAFE)
            if found.better
            else None,
            severity=None if len(wrong) == len(judged) else WARNING,
        )


def _instead(found: Fault) -> str:
    return found.better or "one like rate(5 minutes) or cron(0 12 * * ? *)"


def _named(expression: str) -> str:
    """A schedule as it is written, where that is short."""
    return expression.strip() if 0 < len(expression.strip()) <= _SHORT else "the schedule"
