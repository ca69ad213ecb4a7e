"""How triggers invoke, what of the function, and what becomes of events that are not taken."""

from __future__ import annotations

from datetime import date

import pytest

from lamlint.catalog import Catalog
from lamlint.model import EventKind, EventSource, Function, Invocation
from lamlint.project import Project, build
from tests.memory import MemoryTree

PLAIN = """\
Resources:
  Fn:
    Type: AWS::Lambda::Function
    Properties: {Handler: index.handler, Runtime: python3.13, Code: {ZipFile: ""}}
  Live:
    Type: AWS::Lambda::Alias
    Properties: {FunctionName: !Ref Fn, Name: live, FunctionVersion: "1"}
  Jobs: {Type: AWS::SQS::Queue, Properties: {QueueName: jobs}}
  Lost: {Type: AWS::SQS::Queue}
"""
SAM = """\
Resources:
  Fn:
    Type: AWS::Serverless::Function
    Properties: {Handler: index.handler, Runtime: python3.13, InlineCode: "", %s}
"""


def project(template: str) -> Project:
    return build(MemoryTree({"template.yaml": template}), (), Catalog(), date(2026, 11, 23))


def function(template: str) -> Function:
    (found,) = project(template).functions
    return found


def declared(resource: str) -> EventSource:
    (event,) = function(f"{PLAIN}  It: {resource}\n").events
    return event


def of_sam(event: str, more: str = "") -> EventSource:
    (found,) = function(SAM % f"{more} Events: {{It: {event}}}").events
    return found


FUNCTION = "!GetAtt Fn.Arn"
URI = "arn:aws:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${Fn.Arn}%s/invocations"


@pytest.mark.parametrize(
    ("resource", "kind", "invocation"),
    [
        (
            f"{{Type: AWS::IoT::TopicRule, Properties: {{TopicRulePayload: "
            f"{{Actions: [{{Lambda: {{FunctionArn: {FUNCTION}}}}}]}}}}}}",
            EventKind.IOT,
            Invocation.ASYNCHRONOUS,
        ),
        (
            f"{{Type: AWS::SES::ReceiptRule, Properties: {{Rule: {{Actions: "
            f"[{{LambdaAction: {{FunctionArn: {FUNCTION}}}}}]}}}}}}",
            EventKind.SES,
            Invocation.ASYNCHRONOUS,
        ),
        (
            f"{{Type: AWS::SES::ReceiptRule, Properties: {{Rule: {{Actions: [{{LambdaAction: "
            f"{{FunctionArn: {FUNCTION}, InvocationType: RequestResponse}}}}]}}}}}}",
            EventKind.SES,
            Invocation.SYNCHRONOUS,
        ),
        (
            f"{{Type: AWS::Pipes::Pipe, Properties: {{Source: !GetAtt Jobs.Arn, "
            f"Target: {FUNCTION}}}}}",
            EventKind.PIPE,
            Invocation.SYNCHRONOUS,
        ),
        (
            f"{{Type: AWS::Pipes::Pipe, Properties: {{Target: {FUNCTION}, TargetParameters: "
            "{LambdaFunctionParameters: {InvocationType: FIRE_AND_FORGET}}}}",
            EventKind.PIPE,
            Invocation.ASYNCHRONOUS,
        ),
        (
            f"{{Type: AWS::Cognito::UserPool, Properties: {{LambdaConfig: {{PreSignUp: "
            f"{FUNCTION}}}}}}}",
            EventKind.COGNITO,
            Invocation.SYNCHRONOUS,
        ),
        (
            "{Type: Custom::S3BucketNotifications, Properties: {NotificationConfiguration: "
            f"{{LambdaFunctionConfigurations: [{{LambdaFunctionArn: {FUNCTION}}}]}}}}}}",
            EventKind.S3,
            Invocation.ASYNCHRONOUS,
        ),
        (
            "{Type: AWS::ApiGateway::Method, Properties: {Integration: {Type: AWS_PROXY, "
            f'Uri: !Sub "{URI % ""}"}}}}}}',
            EventKind.API,
            Invocation.SYNCHRONOUS,
        ),
        (
            f"{{Type: AWS::ApiGatewayV2::Integration, Properties: {{IntegrationType: AWS_PROXY, "
            f"IntegrationUri: {FUNCTION}}}}}",
            EventKind.HTTP_API,
            Invocation.SYNCHRONOUS,
        ),
        (
            f"{{Type: AWS::ElasticLoadBalancingV2::TargetGroup, Properties: {{TargetType: lambda, "
            f"Targets: [{{Id: {FUNCTION}}}]}}}}",
            EventKind.ALB,
            Invocation.SYNCHRONOUS,
        ),
        (
            f"{{Type: AWS::Lambda::EventSourceMapping, Properties: {{FunctionName: {FUNCTION}, "
            "EventSourceArn: !GetAtt Jobs.Arn}}",
            EventKind.SQS,
            Invocation.POLLED,
        ),
        (
            f"{{Type: AWS::Events::Rule, Properties: {{EventPattern: {{source: [a]}}, "
            f"Targets: [{{Arn: {FUNCTION}}}]}}}}",
            EventKind.EVENTBRIDGE,
            Invocation.ASYNCHRONOUS,
        ),
    ],
)
def test_how_a_trigger_invokes(resource: str, kind: EventKind, invocation: Invocation) -> None:
    event = declared(resource)
    assert (event.kind, event.invocation) == (kind, invocation)


@pytest.mark.parametrize(
    ("named", "qualifier"),
    [
        ("!Ref Fn", "$LATEST"),
        ("!GetAtt Fn.Arn", "$LATEST"),
        ("!Ref Live", "live"),
        ('!Sub "${Fn.Arn}:live"', "live"),
        ('!Join [":", [!GetAtt Fn.Arn, "7"]]', "7"),
    ],
)
def test_what_of_a_function_is_invoked(named: str, qualifier: str) -> None:
    event = declared(
        f"{{Type: AWS::Lambda::EventSourceMapping, Properties: {{FunctionName: {named}, "
        "EventSourceArn: !GetAtt Jobs.Arn}}"
    )
    assert event.qualifier is not None
    assert event.qualifier.only == qualifier


def test_an_api_may_name_an_alias_inside_its_address() -> None:
    event = declared(
        "{Type: AWS::ApiGateway::Method, Properties: {Integration: {Type: AWS_PROXY, "
        f'TimeoutInMillis: 5000, Uri: !Sub "{URI % ":live"}"}}}}}}'
    )
    assert event.qualifier is not None
    assert event.integration_timeout is not None
    assert (event.qualifier.only, event.integration_timeout.only) == ("live", 5000)


def test_the_events_of_sam_invoke_the_alias_that_it_publishes() -> None:
    event = of_sam("{Type: Api, Properties: {Path: /, Method: get}}", "AutoPublishAlias: live,")
    assert event.qualifier is not None
    assert event.qualifier.only == "live"


def test_a_queue_between_topic_and_function_is_polled() -> None:
    written = "{Type: SNS, Properties: {Topic: arn:aws:sns:eu-west-1:1:t, SqsSubscription: %s}}"
    assert of_sam(written % "true").invocation is Invocation.POLLED
    assert of_sam(written.replace(", SqsSubscription: %s", "")).invocation is (
        Invocation.ASYNCHRONOUS
    )


def test_what_a_mapping_says() -> None:
    event = of_sam(
        "{Type: Kinesis, Properties: {Stream: arn:aws:kinesis:eu-west-1:1:stream/s, "
        "StartingPosition: LATEST, BatchSize: 5, BisectBatchOnFunctionError: true, "
        "FunctionResponseTypes: [ReportBatchItemFailures], Enabled: false, "
        "DestinationConfig: {OnFailure: {Type: SQS}}, FilterCriteria: {Filters: [{}, {}]}}}"
    )
    polling = event.polling
    assert polling is not None
    assert event.switched_off
    assert (polling.batch_size.only, polling.starting_position.only) == (5, "LATEST")
    assert polling.bisect.is_in([True])
    assert polling.reports_failures.is_in([True])
    assert polling.retries.absent
    assert polling.on_failure.reason == "SAM makes it"
    assert polling.filters == 2


@pytest.mark.parametrize(
    ("event", "off"),
    [
        ("{Type: Schedule, Properties: {Schedule: rate(1 day), Enabled: false}}", True),
        (
            "{Type: ScheduleV2, Properties: {ScheduleExpression: rate(1 day), State: DISABLED}}",
            True,
        ),
        ("{Type: Schedule, Properties: {Schedule: rate(1 day), Enabled: !Ref On}}", False),
        ("{Type: EventBridgeRule, Properties: {Pattern: {source: [a]}}}", False),
    ],
)
def test_triggers_that_are_switched_off(event: str, off: bool) -> None:
    assert of_sam(event).switched_off is off


def test_what_becomes_of_events_that_are_not_taken() -> None:
    event = declared(
        f"{{Type: AWS::Events::Rule, Properties: {{ScheduleExpression: rate(1 day), Targets: [{{"
        f"Arn: {FUNCTION}, RetryPolicy: {{MaximumRetryAttempts: 3}}, "
        "DeadLetterConfig: {Arn: !GetAtt Lost.Arn}}]}}"
    )
    assert event.delivery is not None
    assert event.delivery.retries.only == 3
    assert "template.yaml#Lost" in event.delivery.dead_letter.targets


def test_queues_are_found_by_whatever_names_them() -> None:
    more = """\
  Poll:
    Type: AWS::Lambda::EventSourceMapping
    Properties: {FunctionName: !Ref Fn, EventSourceArn: !Sub "arn:aws:sqs:eu-west-1:1:jobs"}
  Fed:
    Type: AWS::SQS::Queue
    Properties:
      FifoQueue: true
      VisibilityTimeout: 90
      RedrivePolicy: {deadLetterTargetArn: !GetAtt Lost.Arn, maxReceiveCount: 4}
"""
    found = project(PLAIN + more)
    (event,) = found.functions[0].events
    named = found.queue(event.source)
    assert named is not None
    assert (named.name, named.visibility_timeout.only, named.fifo.only) == ("Jobs", 30, False)
    (fed,) = (one for one in found.queues if one.name == "Fed")
    assert (fed.visibility_timeout.only, fed.receives.only, fed.fifo.only) == (90, 4, True)
    lost = found.queue(fed.redrive)
    assert lost is not None
    assert lost.name == "Lost"
    assert named.redrive.nowhere


NAMED = """\
Parameters: {Name: {Type: String}}
Resources:
  Fn:
    Type: AWS::Lambda::Function
    Properties:
      {FunctionName: !Ref Name, Handler: index.handler, Runtime: python3.13, Code: {ZipFile: ""}}
  Jobs: {Type: AWS::SQS::Queue, Properties: {QueueName: !Ref Name}}
  Machine: {Type: AWS::StepFunctions::StateMachine, Properties: {StateMachineName: !Ref Name}}
  It:
    Type: AWS::Events::Rule
    Properties: {EventPattern: {source: [aws.s3]}, Targets: [{Id: a, Arn: %s}]}
"""


@pytest.mark.parametrize("named", ["!GetAtt Jobs.Arn", "!GetAtt Machine.Arn", "!Ref Machine"])
def test_what_is_called_as_a_function_is_none(named: str) -> None:
    assert function(NAMED % named).events == ()


@pytest.mark.parametrize(
    "named",
    ["!GetAtt Fn.Arn", '!Sub "arn:aws:lambda:eu-west-1:123456789012:function:${Name}"'],
)
def test_a_function_is_known_beside_what_is_called_so(named: str) -> None:
    (event,) = function(NAMED % named).events
    assert event.kind is EventKind.EVENTBRIDGE
