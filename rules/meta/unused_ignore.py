"""A suppression suppresses nothing.

## Why this matters

An ignore that does nothing is a promise about code that is not there any
more. Left in place it hides the next finding of its rule, for a reason that
nobody remembers. A misspelt one is worse: its author believes that it works.

Reported are comments, `Metadata` entries and `[[ignore]]` tables whose rule
ran and found nothing there; names that no rule has; comments without a name;
and those whose `until=` is over. Rules that were not selected in a run are
not judged by it.

## Example

```yaml title="template.yaml"
Transform: AWS::Serverless-2016-10-31
Resources:
  Report:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.13
      Handler: index.handler
      InlineCode: |
        def handler(event, context):
            return "ok"
      MemorySize: 512
      Timeout: 600  # lamlint: ignore[timeout-over-limit] a long report
```

## Use instead

```yaml title="template.yaml"
Transform: AWS::Serverless-2016-10-31
Resources:
  Report:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.13
      Handler: index.handler
      InlineCode: |
        def handler(event, context):
            return "ok"
      MemorySize: 512
      Timeout: 600
```

## Fix safety

Safe: a comment is removed, or a name in it, and it had no effect. What is
misspelt is only told, since it is not known what was meant.

## References

- https://github.com/lamlint/lamlint#suppress
"""

from __future__ import annotations

from lamlint.rule import WARNING, engine_rule
from lamlint.text import Safety

check = engine_rule(severity=WARNING, since="0.1.0", module=__name__, fix=Safety.SAFE)
