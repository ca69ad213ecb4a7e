"""The function's log is kept for ever.

## Why this matters

Where nothing is said, CloudWatch keeps each line for ever, and bills its
storage every month. A log group that Lambda makes on the first invocation also
stays behind when the stack is deleted. Declare the group, with the days that
somebody may want to look back.

It is an opinion, as some have to keep logs, or set the days for all groups of an
account elsewhere. So it has to be selected.

## Example

```yaml title="template.yaml"
Resources:
  Orders:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.13
      Handler: app.handler
      InlineCode: "def handler(event, context): ..."
  OrdersLog:
    Type: AWS::Logs::LogGroup
    Properties:
      LogGroupName: !Sub /aws/lambda/${Orders}
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
  OrdersLog:
    Type: AWS::Logs::LogGroup
    Properties:
      LogGroupName: !Sub /aws/lambda/${Orders}
      RetentionInDays: 30
```

## Fix safety

Unsafe: it writes 30 days (the option `days`) where a log group is declared, and
CloudWatch then deletes what is older. Where none is declared there is no fix: a
stack cannot make a group that Lambda has made already.

## References

- https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-loggroups.html
- https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-logs-loggroup.html
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass

from lamlint.model import Function
from lamlint.project import Project
from lamlint.rule import INFORMATION, Tier, rule
from lamlint.text import Finding, Safety


@dataclass(frozen=True)
class Options:
    """`[tool.lamlint.rules.log-retention-not-set]`."""

    days: int = 30
    """The days that the fix writes."""

    def __post_init__(self) -> None:
        """Raise ValueError for days that CloudWatch does not take."""
        if self.days not in _TAKEN:
            raise ValueError(f"days is one of {', '.join(map(str, _TAKEN))}")


_TAKEN = (
    1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922,
    3288, 3653,
)  # fmt: skip


@rule(
    severity=INFORMATION,
    since="0.1.0",
    tier=Tier.STRICT,
    fix=Safety.UNSAFE,
    options=Options(),
)
def check(function: Function, _project: Project, options: Options) -> Iterator[Finding]:
    """Look for a log group of the function; one of another name is somebody's own decision."""
    days = function.log_retention
    if not function.log_group.missing or not function.edge.is_in([False]):
        return
    if days.is_in([0]):
        title = f"Keep the log for {options.days} days"
        yield days.finding(
            "the log is kept for ever, and billed every month: set the days to keep it",
            fix=days.change(options.days, title, Safety.UNSAFE),
            cause=f"{function.template} kept",
        )
    elif days.missing:
        finding = function.finding(
            "no log group is declared, so Lambda makes one that keeps its lines for ever: "
            "add one with the days to keep them"
        )
        yield dataclasses.replace(finding, cause=f"{function.template} made")
