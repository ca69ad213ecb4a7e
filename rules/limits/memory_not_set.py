"""No memory is set, so the function has 128 MB and the share of a processor that goes with it.

## Why this matters

Where a template says nothing, a function gets 128 MB. Lambda gives processor
time in proportion to memory (one full processor at 1,769 MB), so such a
function has about a fourteenth of one: importing boto3 alone takes longer
than a second. As time is what is billed, a larger function is often no more
expensive, and always faster; the smallest is right only where it was measured.

## Example

```yaml title="template.yaml"
Resources:
  Report:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.13
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
      MemorySize: 256
```

## Fix safety

Unsafe: the fix writes 256 MB (the option `megabytes`), which is a guess at
what the function needs, and changes what it costs.

## References

- https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html
- https://docs.aws.amazon.com/lambda/latest/operatorguide/computing-power.html
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lamlint.model import Function
from lamlint.project import Project
from lamlint.rule import INFORMATION, Tier, rule
from lamlint.text import Finding, Safety


@dataclass(frozen=True)
class Options:
    """`[tool.lamlint.rules.memory-not-set]`."""

    megabytes: int = 256
    """The memory that the fix writes."""

    def __post_init__(self) -> None:
        """Raise ValueError for an amount that Lambda refuses."""
        if not 128 <= self.megabytes <= 10_240:
            raise ValueError("megabytes is an amount that Lambda takes: from 128 to 10240")


@rule(
    severity=INFORMATION,
    since="0.1.0",
    tier=Tier.STRICT,
    fix=Safety.UNSAFE,
    options=Options(),
)
def check(function: Function, project: Project, options: Options) -> Iterator[Finding]:
    """Look for an amount anywhere; one that is not known, or a tool's own default, is one."""
    default = project.catalog.quotas["memory"].default
    if not function.memory.absent or not function.memory.is_in([default]):
        return
    title = f"Set the memory to {options.megabytes:,} MB"
    yield function.memory.finding(
        f"no memory is set: the function has {default} MB, and little processor time with it; "
        "set as much as its work needs",
        fix=function.memory.change(options.megabytes, title, Safety.UNSAFE),
    )
