"""A suppression suppresses nothing.

## Why this matters

An ignore that does nothing is a promise about code that is not there any
more. Left in place it hides the next finding of its rule, for a reason that
nobody remembers. A misspelt one is worse: its author believes that it works.

Reported are comments, `Metadata` entries and `[[ignore]]` tables whose rule
ran and found nothing there; names that no rule has, families among them;
comments that are written otherwise than `# lamlint: ignore[rule] reason`; those
whose `until=` is over, and those that suppress and seem to end, but say it
without `until=`.

A rule has to have been able to speak. Where something was not read that its
finding would need, nothing is reported, and no fix removes anything: a template
or a module that is broken, unreadable, too large, or a link that leads nowhere or
out of the project, a handler that is not found, a package of which not all is
known, a template that the paths of the run leave out, a rule that was not selected
or failed. So it is in a module that no import leads to, where its function imports
what is not here, or by names. Rules on secrets in files need that file alone;
`[[ignore]]` tables are judged when the whole project is read.

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

Safe: a comment is removed, or a name in it, and it had no effect, with all read
that it might have had an effect on. What is misspelt is only told, since it is
not known what was meant.

## References

- https://github.com/lamlint/lamlint#suppress
"""

from __future__ import annotations

from lamlint.rule import WARNING, engine_rule
from lamlint.text import Safety

check = engine_rule(severity=WARNING, since="0.1.0", module=__name__, fix=Safety.SAFE)
