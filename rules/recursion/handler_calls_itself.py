"""The handler is called again by the code it runs.

## Why this matters

A handler that runs itself works through the whole frame of an invocation
again (parsing, validation, logging, metrics, decorators that open traces)
inside one timeout and one memory limit, and a condition that never becomes
false ends in a RecursionError or in the timeout. Lambda retries such an
invocation, so that it fails several times. Work that repeats is a function
of its own.

A function that no template names, and that calls itself with nothing but a part of its event
(`work(json.loads(record["body"]), context)`), is left alone: an event has an end. So is a
handler that takes a batch apart: it calls itself for each of several records, with that one alone,
where `len(records) > 1`.
It is information where nothing is known to deploy the handler, which lies beside those that are
deployed, or where people put what they deploy no more.

## Example

```python title="src/app.py"
def handler(event, context):
    page = event["page"]
    if page < 3:
        handler({"page": page + 1}, context)
```

```yaml title="template.yaml"
Resources:
  Crawl:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.13
      Handler: app.handler
      CodeUri: src/
```

## Use instead

```python title="src/app.py"
def fetch(page):
    print(page)


def handler(event, context):
    for page in range(event["page"], 4):
        fetch(page)
```

```yaml title="template.yaml"
Resources:
  Crawl:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.13
      Handler: app.handler
      CodeUri: src/
```

## References

- https://docs.aws.amazon.com/lambda/latest/dg/best-practices.html
- https://docs.aws.amazon.com/lambda/latest/dg/invocation-recursion.html
"""

from __future__ import annotations

from collections.abc import Iterator

from lamlint.project import Project, is_idle
from lamlint.python import Handler, When
from lamlint.rule import INFORMATION, WARNING, rule
from lamlint.text import Finding, Related


@rule(severity=WARNING, since="0.1.0")
def check(handler: Handler, project: Project) -> Iterator[Finding]:
    """Ask for a way from the handler back to itself."""
    found = handler.way_back
    if found is None:
        return
    place = found.span
    end = (
        "only its own conditions end that"
        if found.when is not When.ALWAYS
        else "nothing ends that before the timeout or a RecursionError"
    )
    flow = (
        Related(handler.span, f"each invocation runs {handler.name}"),
        *found.flow,
        Related(place, f"{found.caller} calls {handler.name} again"),
    )
    yield Finding(
        f"the handler {handler.name} is run again inside its own run, and {end}: "
        "move what repeats into a function of its own",
        place,
        flow=flow,
        severity=INFORMATION if is_idle(handler, project) else None,
    )
