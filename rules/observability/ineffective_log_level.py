"""A log level is set that does nothing, as the log is written as text.

## Why this matters

`ApplicationLogLevel` and `SystemLogLevel` filter lines of the format JSON only.
With `Text`, which is the default, all lines of Lambda's own are kept, and the
level of the code's lines is that of its root logger: WARNING, unless the code
sets another. Who set `DEBUG` here misses the lines; who set `ERROR` pays for all.

## Example

```yaml title="template.yaml"
Resources:
  Orders:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.13
      Handler: app.handler
      InlineCode: "def handler(event, context): ..."
      LoggingConfig:
        ApplicationLogLevel: DEBUG
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
      LoggingConfig:
        ApplicationLogLevel: DEBUG
        LogFormat: JSON
```

## Fix safety

Unsafe: the log's lines become JSON objects, which filters and subscriptions that
read them as text do not expect.

## References

- https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-log-level.html
- https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-logformat.html
"""

from __future__ import annotations

from collections.abc import Iterator

from lamlint.model import Function
from lamlint.project import Project
from lamlint.rule import WARNING, rule
from lamlint.text import Finding, Safety


@rule(severity=WARNING, since="0.1.0", fix=Safety.UNSAFE)
def check(function: Function, _project: Project) -> Iterator[Finding]:
    """Look for levels beside the format Text; on managed instances it is always JSON."""
    layout = function.log_format
    if not layout.is_in(["Text"]) or not function.managed_instances.is_in([False]):
        return
    levels = (function.application_log_level, function.system_log_level)
    for level in [one for one in levels if one.choices]:
        yield level.finding(
            "the level does nothing, as it filters a log of the format JSON and this one is "
            "Text: set LogFormat to JSON, or remove the level",
            fix=layout.change("JSON", "Write the log as JSON", Safety.UNSAFE),
        )
