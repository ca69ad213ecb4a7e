"""An event source mapping names a service that pushes, and that Lambda cannot poll.

## Why this matters

An event source mapping makes Lambda poll: queues of SQS, streams of Kinesis and
DynamoDB, Kafka, Amazon MQ and DocumentDB. S3, SNS, EventBridge and CloudWatch
Logs push their events by themselves, and are told so at their end: by a
notification of the bucket, a subscription, a rule or a subscription filter, and
a permission. A mapping that names one of these is refused when the template is
deployed.

## Example

```yaml title="template.yaml"
Resources:
  Resize:
    Type: AWS::Lambda::Function
    Properties:
      Role: arn:aws:iam::123456789012:role/resize
      Runtime: python3.13
      Handler: index.handler
      Code: {ZipFile: "def handler(event, context): ..."}
  Told:
    Type: AWS::Lambda::EventSourceMapping
    Properties:
      FunctionName: !Ref Resize
      EventSourceArn: !Ref News
  News:
    Type: AWS::SNS::Topic
```

## Use instead

```yaml title="template.yaml"
Resources:
  Resize:
    Type: AWS::Lambda::Function
    Properties:
      Role: arn:aws:iam::123456789012:role/resize
      Runtime: python3.13
      Handler: index.handler
      Code: {ZipFile: "def handler(event, context): ..."}
  Told:
    Type: AWS::SNS::Subscription
    Properties:
      Protocol: lambda
      Endpoint: !GetAtt Resize.Arn
      TopicArn: !Ref News
  Allowed:
    Type: AWS::Lambda::Permission
    Properties:
      Action: lambda:InvokeFunction
      FunctionName: !Ref Resize
      Principal: sns.amazonaws.com
      SourceArn: !Ref News
  News:
    Type: AWS::SNS::Topic
```

## References

- https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventsourcemapping.html
- https://docs.aws.amazon.com/lambda/latest/dg/lambda-services.html
"""

from __future__ import annotations

from collections.abc import Iterator

from lamlint.model import Bucket, EventKind, EventSource, Function, Topic
from lamlint.project import Project
from lamlint.rule import ERROR, rule
from lamlint.text import Finding, Related

_PUSHING = {
    EventKind.S3: ("S3", "a notification of the bucket"),
    EventKind.SNS: ("SNS", "a subscription to the topic"),
    EventKind.EVENTBRIDGE: ("EventBridge", "a rule whose target is the function"),
    EventKind.LOGS: ("CloudWatch Logs", "a subscription filter"),
}
"""The services that push, and what tells them to."""
_SERVICES = {
    "s3": EventKind.S3,
    "sns": EventKind.SNS,
    "events": EventKind.EVENTBRIDGE,
    "logs": EventKind.LOGS,
}


@rule(severity=ERROR, since="0.1.0")
def check(function: Function, project: Project) -> Iterator[Finding]:
    """Look at what each event source mapping polls."""
    for event in function.events:
        pushing = _pushing(event, project) if event.polling is not None else None
        if pushing is not None:
            service, instead = _PUSHING[pushing]
            yield event.source.finding(
                f"an event source mapping polls, and {service} pushes, so the deployment fails: "
                f"replace it by {instead}",
                related=(Related(function.span, f"{function.name} would be triggered"),),
            )


def _pushing(event: EventSource, project: Project) -> EventKind | None:
    """The service that pushes which a mapping names, whatever the mapping takes it for."""
    if event.kind in _PUSHING:
        return event.kind
    named = {_service(choice.value) for choice in event.source.choices}
    if len(named) == 1 and None not in named:
        return named.pop()
    if project.named(event.source, Topic):
        return EventKind.SNS
    return EventKind.S3 if project.named(event.source, Bucket) else None


def _service(arn: str) -> EventKind | None:
    """The service of an ARN, where it is one that pushes."""
    parts = arn.split(":")
    return _SERVICES.get(parts[2]) if len(parts) > 3 and parts[0] == "arn" else None
