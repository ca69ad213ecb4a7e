"""Statements on what invokes a function, and on what becomes of events that fail."""

from __future__ import annotations

from tests.statements.statement import (
    DOCS,
    GUIDE,
    Statement,
    cloudformation,
    enforced,
    sam,
)

ASYNCHRONOUS = f"{GUIDE}invocation-async-error-handling.html"
RETAINED = f"{GUIDE}invocation-async-retain-records.html"

_FUNCTION = """\
Orders:
  Type: AWS::Lambda::Function
  Properties:
    Role: arn:aws:iam::123456789012:role/orders
    Runtime: python3.13
    Handler: app.handler
    Timeout: 30
    Code: {S3Bucket: example-bucket, S3Key: orders.zip}
"""
_GROUP = """\
Allowed:
  Type: AWS::Lambda::Permission
  Properties:
    Action: lambda:InvokeFunction
    FunctionName: !Ref Orders
    Principal: elasticloadbalancing.amazonaws.com
Group:
  Type: AWS::ElasticLoadBalancingV2::TargetGroup
  DependsOn: Allowed
  Properties:
    TargetType: lambda
    Targets: [{Id: !GetAtt Orders.Arn}]
"""
_QUEUE = """\
Incoming:
  Type: AWS::SQS::Queue
  Properties:
    VisibilityTimeout: 180
    RedrivePolicy: {deadLetterTargetArn: !GetAtt Failed.Arn, maxReceiveCount: 5}
Failed:
  Type: AWS::SQS::Queue
"""
_MAPPING = """\
Taken:
  Type: AWS::Lambda::EventSourceMapping
  Properties:
    FunctionName: !Ref Orders
    EventSourceArn: !GetAtt Incoming.Arn
"""
_FIFO = """\
Failed:
  Type: AWS::SQS::Queue
  Properties: {FifoQueue: true}
"""
_STANDARD = "Failed:\n  Type: AWS::SQS::Queue\n"
_UPLOADS = "Uploads:\n  Type: AWS::S3::Bucket\n"
_FROM_S3 = """\
Events:
  Uploaded:
    Type: S3
    Properties: {Bucket: !Ref Uploads, Events: s3:ObjectCreated:*}
"""
_FROM_SNS = """\
Events:
  Told:
    Type: SNS
    Properties: {Topic: arn:aws:sns:eu-west-1:123456789012:news}
"""
_KEPT = "DeadLetterQueue: {Type: SQS, TargetArn: !GetAtt Failed.Arn}\n"


def nightly(schedule: str) -> str:
    """A function that runs on a schedule, and whose failures are kept."""
    return f"{_KEPT}Events:\n  Nightly:\n    Type: Schedule\n    Properties:\n      Schedule: {schedule}"


def asynchronous(properties: str) -> str:
    """A function that a bucket invokes, and how its events are kept."""
    return f"{_FROM_S3}EventInvokeConfig:\n{properties}"


_LIVE = """\
Live:
  Type: AWS::Lambda::Alias
  Properties:
    FunctionName: !Ref Orders
    Name: live
    FunctionVersion: "3"
    ProvisionedConcurrencyConfig: {ProvisionedConcurrentExecutions: 5}
"""

STATEMENTS: list[Statement] = [
    enforced(
        8,
        "A load balancer reaches a function by a target group of its own, without a port.",
        f"{DOCS}elasticloadbalancing/latest/application/lambda-functions.html",
        cloudformation(f"{_FUNCTION}{_GROUP}    Port: 80  # expect: target-group-misuse\n"),
        silent=cloudformation(f"{_FUNCTION}{_GROUP}"),
    ),
    enforced(
        9,
        "Lambda polls queues and streams by mappings; S3, SNS and EventBridge push.",
        f"{GUIDE}invocation-eventsourcemapping.html",
        cloudformation(
            f"{_FUNCTION}News:\n  Type: AWS::SNS::Topic\n"
            + _MAPPING.replace(
                "!GetAtt Incoming.Arn", "!Ref News  # expect: unsupported-event-source"
            )
        ),
        silent=cloudformation(f"{_FUNCTION}{_QUEUE}{_MAPPING}"),
    ),
    enforced(
        10,
        "A destination gets what an asynchronous invocation gave: a queue or topic, none of FIFO.",
        RETAINED,
        sam(
            asynchronous(
                "  DestinationConfig:\n"
                "    OnFailure: {Type: SQS, Destination: !GetAtt Failed.Arn}  # expect: fifo-destination"
            ),
            f"{_UPLOADS}{_FIFO}",
        ),
        silent=sam(
            asynchronous(
                "  DestinationConfig:\n    OnFailure: {Type: SQS, Destination: !GetAtt Failed.Arn}"
            ),
            f"{_UPLOADS}{_STANDARD}",
        ),
    ),
    enforced(
        18,
        "EventBridge runs a function by cron of six fields, one of the two for days a question mark.",
        f"{DOCS}eventbridge/latest/userguide/eb-scheduled-rule-pattern.html",
        sam(nightly("cron(0 3 * * * *)  # expect: invalid-schedule"), _STANDARD),
        sam(nightly("rate(1 days)  # expect: invalid-schedule"), _STANDARD),
        silent=sam(nightly("cron(0 3 * * ? *)"), _STANDARD),
    ),
    enforced(
        33,
        "An event that is throttled is tried again for six hours, and kept only where a place is set.",
        ASYNCHRONOUS,
        sam(_FROM_SNS, told="missing-failure-destination"),
        silent=sam(f"{_FROM_SNS}{_KEPT}", _STANDARD),
    ),
    enforced(
        34,
        "An event that fails is tried twice more, or less where that is set.",
        f"{GUIDE}invocation-async-configuring.html",
        sam(
            f"{_KEPT}" + asynchronous("  MaximumRetryAttempts: 3  # expect: retry-out-of-range"),
            f"{_UPLOADS}{_STANDARD}",
        ),
        silent=sam(
            f"{_KEPT}" + asynchronous("  MaximumRetryAttempts: 0"), f"{_UPLOADS}{_STANDARD}"
        ),
    ),
    enforced(
        35,
        "An event that still fails is dropped, unless there is a queue for failures.",
        ASYNCHRONOUS,
        sam(_FROM_S3, _UPLOADS, told="missing-failure-destination"),
        silent=sam(f"{_FROM_S3}{_KEPT}", f"{_UPLOADS}{_STANDARD}"),
    ),
    enforced(
        36,
        "A dead-letter queue is a standard one of SQS or SNS, and for asynchronous events.",
        f"{RETAINED}#invocation-dlq",
        sam(
            f"{_FROM_S3}DeadLetterQueue:\n"
            "  Type: SQS\n"
            "  TargetArn: !GetAtt Failed.Arn  # expect: fifo-destination",
            f"{_UPLOADS}{_FIFO}",
        ),
        sam(
            "DeadLetterQueue:\n"
            "  Type: SQS\n"
            "  TargetArn: !GetAtt Failed.Arn  # expect: useless-failure-destination\n"
            "Events:\n"
            "  Taken: {Type: SQS, Properties: {Queue: !GetAtt Incoming.Arn}}",
            _QUEUE,
        ),
        silent=sam(f"{_FROM_S3}{_KEPT}", f"{_UPLOADS}{_STANDARD}"),
    ),
    enforced(
        59,
        "An alias has an ARN of its own, and what is set for it holds for who names it.",
        f"{GUIDE}configuration-aliases.html",
        cloudformation(
            f"{_FUNCTION}{_LIVE}{_QUEUE}{_MAPPING}".replace(
                "Live:", "Live:  # expect: qualifier-mismatch"
            )
        ),
        silent=cloudformation(
            f"{_FUNCTION}{_LIVE}{_QUEUE}" + _MAPPING.replace("!Ref Orders", "!Ref Live")
        ),
    ),
]
