"""A trigger, a destination or a permission points at nothing, or two routes are one.

## Why this matters

A template that refers to a name under which it declares nothing is refused:
`Unresolved resource dependencies`. Mostly something was renamed, and one of
the lines that name it was not. Two functions with the same method and path in one API
are refused, too, or only one of them is ever called.

Names that SAM makes are known (`ServerlessRestApi`, `OrdersRole`,
`OrdersAliaslive`). Nothing is said of templates in which a macro, a loop or an
include may add names, nor of routes whose conditions exclude each other.

## Example

```yaml title="template.yaml"
AWSTemplateFormatVersion: "2010-09-09"
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      Role: arn:aws:iam::123456789012:role/orders
      Code: {S3Bucket: example-bucket, S3Key: orders.zip}
      Runtime: python3.13
      Handler: app.handler
  Work:
    Type: AWS::SQS::Queue
  Trigger:
    Type: AWS::Lambda::EventSourceMapping
    Properties:
      FunctionName: !Ref Orders
      EventSourceArn: !GetAtt WorkQueue.Arn
```

## Use instead

```yaml title="template.yaml"
AWSTemplateFormatVersion: "2010-09-09"
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      Role: arn:aws:iam::123456789012:role/orders
      Code: {S3Bucket: example-bucket, S3Key: orders.zip}
      Runtime: python3.13
      Handler: app.handler
  Work:
    Type: AWS::SQS::Queue
  Trigger:
    Type: AWS::Lambda::EventSourceMapping
    Properties:
      FunctionName: !Ref Orders
      EventSourceArn: !GetAtt Work.Arn
```

## References

- https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html
- https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification-generated-resources.html
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator

from lamlint.model import EventSource, Function
from lamlint.project import Project
from lamlint.rule import ERROR, WARNING, rule
from lamlint.text import Finding, Related


@rule(severity=ERROR, since="0.1.0")
def check(project: Project) -> Iterator[Finding]:
    """Tell each reference to nothing, and each route that another has before it."""
    for one in project.dangling:
        if not project.is_test(one.span.path):
            cure = f"did you mean {one.near}?" if one.near else "correct the name, or add it"
            yield Finding(
                f"{one.owner} refers to {one.name}, and nothing is declared under this name, so "
                f"the deployment fails: {cure}",
                one.span,
                subjects=(one.owner,),
                cause=f"{one.span.path} {one.name}",
                also=f"{one.owner} refers to {one.name}, too",
            )
    yield from _routes(project)


def _routes(project: Project) -> Iterator[Finding]:
    """The routes that are the same as an earlier one of the same API."""
    found: dict[Hashable, list[tuple[Function, EventSource]]] = {}
    for function in project.functions:
        for event in () if function.library else function.events:
            key = _key(function, event)
            if key is None or project.is_test(event.span.path):
                continue
            earlier = found.setdefault(key, [])
            twin = next((one for one in earlier if _meet(one[1], event)), None)
            earlier.append((function, event))
            if twin is not None and event.route is not None:
                first, other = twin
                yield Finding(
                    f"{event.route.only} leads to {first.name} already, so the deployment fails, "
                    "or one of the two is never called: remove one, or name another route",
                    event.span,
                    related=(Related(other.span, f"this leads to {first.name}"),),
                    severity=WARNING,
                    subjects=(function.name,),
                )


def _key(function: Function, event: EventSource) -> Hashable | None:
    """What two routes have in common that are the same; None where that is not known."""
    if event.route is None or not event.route.known:
        return None
    if not (event.source.missing or event.source.targets):
        return None
    return function.template, event.kind, event.source.targets, event.route.only


def _meet(one: EventSource, other: EventSource) -> bool:
    """Whether both routes can be there at once."""
    if one.route is None or other.route is None:
        return False
    return one.route.choices[0].meets(other.route.choices[0])
