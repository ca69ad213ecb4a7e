"""What functions, the stack and other services say of each other."""

from __future__ import annotations

import pytest

from lamlint.dialects import reading
from lamlint.model import EventKind, Function, Value
from tests.dialects.serverless.reading import PATH, functions, service, told
from tests.memory import MemoryTree

HEAD = "service: shop\nprovider: {name: aws, runtime: python3.13}\n"

SAME = [
    ("s3: photos", "photos"),
    ("s3: photos", "!Ref S3BucketPhotos"),
    ("s3: my-photos", "!Ref S3BucketMyphotos"),
    ("s3: {bucket: photos, existing: true}", "photos"),
    ("s3: ${self:custom.name}", "${self:custom.name}"),
    ("s3: ${self:service}-${sls:stage}", "${self:service}-${opt:stage, 'dev'}"),
    ("s3: ${self:custom.by.${sls:stage}}", "${self:custom.by.${sls:stage}}"),
    ("s3: ${self:custom.alias}", "${self:custom.by.${sls:stage}}"),
    ("s3: ${ssm:/bucket}", "${ssm:/bucket}"),
    ("s3: {bucket: listed}", "really"),
    ("sns: topic", "!Ref SNSTopicTopic"),
    ("sns: arn:aws:sns:eu-west-1:1:topic", "arn:aws:sns:eu-west-1:1:topic"),
    ("sns: {arn: !Ref Topic, topicName: x}", "!Ref Topic"),
    ("sqs: !GetAtt Jobs.Arn", "!Ref Jobs"),
    ("sqs: {arn: {Fn::GetAtt: [Jobs, Arn]}}", "{Ref: Jobs}"),
    ("sqs: {arn: {Fn::GetAtt: ['${self:custom.logical}', Arn]}}", "!Ref Jobs"),
    ("sqs: !GetAtt Jobs.Arn", "shop-dev-jobs"),
    ("sqs: 'arn:aws:sqs:#{AWS::Region}:#{AWS::AccountId}:shop-dev-jobs'", "!Ref Jobs"),
    ("sqs: !Sub 'arn:aws:sqs:${AWS::Region}:${AWS::AccountId}:${self:service}-dev-jobs'",
     "!Ref Jobs"),
    ("stream: !GetAtt Table.StreamArn", "!Ref Table"),
    ("stream: {type: kinesis, arn: !GetAtt Stream.Arn}", "!Ref Stream"),
]  # fmt: skip
OTHERS = [
    ("s3: photos", "videos"),
    ("s3: ${self:custom.by.${sls:stage}}", "${self:custom.other.${sls:stage}}"),
    ("s3: ${ssm:/bucket}", "${ssm:/other}"),
    ("sqs: !GetAtt Jobs.Arn", "!Ref Others"),
]
MORE = """\
custom:
  name: shop-photos
  logical: Jobs
  by: {dev: photos-1, prod: photos-2}
  other: {dev: photos-3, prod: photos-4}
  alias: ${self:custom.by.${sls:stage}}
resources:
  - Resources:
      Jobs:
        Type: AWS::SQS::Queue
        Properties: {QueueName: "${self:service}-${sls:stage}-jobs"}
      Others: {Type: "AWS::SQS::Queue"}
  - Resources:
      Topic: {Type: "AWS::SNS::Topic"}
      Table: {Type: "AWS::DynamoDB::Table"}
      Stream: {Type: "AWS::Kinesis::Stream"}
"""


def source_and_variable(event: str, variable: str) -> tuple[Value[str], Value[str]]:
    text = f"""\
service: shop
provider: {{name: aws, runtime: python3.13, s3: {{listed: {{name: really}}}}}}
functions:
  f:
    handler: a.b
    environment:
      NAME: {variable}
    events:
      - {event}
{MORE}"""
    function = functions(text)["f"]
    (one,) = function.events
    return one.source, function.environment.variables["NAME"]


@pytest.mark.parametrize(("event", "variable"), SAME)
def test_what_means_the_same_meets(event: str, variable: str) -> None:
    source, named = source_and_variable(event, variable)
    assert source.targets & named.targets


@pytest.mark.parametrize(("event", "variable"), OTHERS)
def test_what_means_another_does_not_meet(event: str, variable: str) -> None:
    source, named = source_and_variable(event, variable)
    assert not source.targets & named.targets


RESOURCES = """\
functions:
  hello-world: {handler: a.b}
resources:
  Resources:
    Jobs: {Type: "AWS::SQS::Queue"}
    Mapping:
      Type: AWS::Lambda::EventSourceMapping
      Properties: {EventSourceArn: !GetAtt Jobs.Arn, FunctionName: !Ref HelloDashworldLambdaFunction}
    Rule:
      Type: AWS::Events::Rule
      Properties:
        ScheduleExpression: rate(1 hour)
        Targets: [{Arn: !GetAtt HelloDashworldLambdaFunction.Arn, Id: x}]
    Allowed:
      Type: AWS::Lambda::Permission
      Properties: {FunctionName: shop-dev-hello-world, Action: "lambda:InvokeFunction", Principal: s3.amazonaws.com}
    Logs:
      Type: AWS::Logs::LogGroup
      Properties: {LogGroupName: /aws/lambda/shop-dev-hello-world, RetentionInDays: 7}
"""


def test_the_stack_speaks_of_functions() -> None:
    function = functions(HEAD + RESOURCES)["hello-world"]
    assert [event.kind for event in function.events] == [EventKind.SQS, EventKind.SCHEDULE]
    assert [one.principal.only for one in function.invoke_permissions] == ["s3.amazonaws.com"]
    assert function.log_retention.only == 7


@pytest.mark.parametrize(
    "section",
    [
        "resources:\n  extensions:\n    FLambdaFunction: {Properties: {MemorySize: 64, Environment: {Variables: {A: b}}}}",
        "resources:\n  Resources:\n    FLambdaFunction:\n      Type: AWS::Lambda::Function\n      Properties: {MemorySize: 64, Environment: {Variables: {A: b}}}",
    ],
)
def test_the_stack_changes_functions(section: str) -> None:
    declared = service(f"{HEAD}functions: {{f: {{handler: a.b, memorySize: 512}}}}\n{section}\n")
    (function,) = declared.functions
    assert told(function.memory) == [64]
    assert list(function.environment.variables) == ["A"]


def configured(more: str) -> Function:
    return functions(
        f"{HEAD}functions:\n  f:\n    handler: a.b\n    {more}\n  g: {{handler: a.c}}\n"
    )["f"]


@pytest.mark.parametrize(
    ("more", "auth", "mode", "cors"),
    [
        ("url: true", ["NONE"], ["BUFFERED"], None),
        ("url: {authorizer: aws_iam}", ["AWS_IAM"], ["BUFFERED"], None),
        ("url: {cors: true}", ["NONE"], ["BUFFERED"], ["*"]),
        ("url: {cors: {allowedOrigins: [https://a.b]}, invokeMode: RESPONSE_STREAM}", ["NONE"],
         ["RESPONSE_STREAM"], ["https://a.b"]),
        ("url: ${ssm:/x}", "it is not set", ["BUFFERED"], None),
    ],
)  # fmt: skip
def test_urls(more: str, auth: object, mode: object, cors: object) -> None:
    (url,) = configured(more).urls
    assert (told(url.auth), told(url.invoke_mode)) == (auth, mode)
    assert (None if url.cors is None else [one.only for one in url.cors.origins]) == cors


def test_no_url() -> None:
    assert not configured("url: false").urls
    assert not configured("timeout: 3").urls


def test_what_becomes_of_asynchronous_calls() -> None:
    found = configured(
        "maximumRetryAttempts: 1\n    maximumEventAge: 60\n"
        "    destinations: {onSuccess: g, onFailure: {type: sqs, arn: !GetAtt Q.Arn}}\n"
        "    onError: arn:aws:sns:eu-west-1:1:dead"
    )
    (one,) = found.asynchronous
    assert (one.retries.only, one.maximum_age.only) == (1, 60)
    assert f"{PATH}#GLambdaFunction" in one.on_success.targets
    assert f"{PATH}#Q" in one.on_failure.targets
    assert found.dead_letter.only == "arn:aws:sns:eu-west-1:1:dead"


def test_layers_of_the_service() -> None:
    text = f"""{HEAD}
layers:
  shared-code: {{path: layer}}
functions:
  f: {{handler: a.b, layers: [!Ref SharedDashcodeLambdaLayer, "arn:aws:lambda:x:1:layer:y:1"]}}
"""
    first, second = functions({PATH: text, "layer/python/x.py": ""})["f"].layers
    assert first.content is not None
    assert first.content.path == "layer"
    assert second.content is None


def test_services_import_what_others_export() -> None:
    one = f"""{HEAD}
functions: {{f: {{handler: a.b}}}}
resources:
  Resources: {{Jobs: {{Type: "AWS::SQS::Queue"}}}}
  Outputs: {{Jobs: {{Value: !GetAtt Jobs.Arn, Export: {{Name: "jobs-${{sls:stage}}"}}}}}}
"""
    other = f"""{HEAD}
functions:
  f:
    handler: a.b
    events: [{{sqs: !ImportValue "jobs-dev"}}]
"""
    declared = service({"a/serverless.yml": one, "b/serverless.yml": other})
    (event,) = next(f for f in declared.functions if f.template.startswith("b/")).events
    assert "a/serverless.yml#Jobs" in event.source.targets


@pytest.mark.parametrize(
    ("asked", "meets"),
    [
        ("${cf:shop-dev.JobsArn}", True),
        ("${cf:shop-${sls:stage}.JobsArn}", True),
        ("${cf(eu-west-1):shop-dev.JobsArn}", True),
        ("${cf.eu-west-1:shop-dev.JobsArn}", True),
        ("${cf:shop-dev.Other}", False),
        ("${cf:other-dev.JobsArn}", False),
    ],
)
def test_services_ask_for_what_others_put_out(asked: str, meets: bool) -> None:
    one = f"""{HEAD}
functions: {{f: {{handler: a.b}}}}
resources:
  Resources: {{Jobs: {{Type: "AWS::SQS::Queue"}}}}
  Outputs: {{JobsArn: {{Value: !GetAtt Jobs.Arn}}}}
"""
    other = f"""\
service: work
provider: {{name: aws}}
functions: {{f: {{handler: a.b, events: [{{sqs: "{asked}"}}]}}}}
"""
    declared = service({"a/serverless.yml": one, "b/serverless.yml": other})
    (event,) = next(f for f in declared.functions if f.template.startswith("b/")).events
    assert ("a/serverless.yml#Jobs" in event.source.targets) is meets


@pytest.mark.parametrize(
    ("targets", "templates"),
    [
        ((), ["a/serverless.yml", "b/serverless.yml", "infra/serverless.yml"]),
        (("a/src/app.py",), ["a/serverless.yml"]),
        (("a/serverless.yml",), ["a/serverless.yml"]),
        (("code/own.py",), ["infra/serverless.yml"]),
    ],
)
def test_what_concerns_some_paths(targets: tuple[str, ...], templates: list[str]) -> None:
    plain = f"{HEAD}functions: {{f: {{handler: src/app.handler}}}}\n"
    apart = (
        f"{HEAD}package: {{individually: true}}\n"
        "functions: {f: {handler: own.handler, module: ../code}}\n"
    )
    files = {
        "a/serverless.yml": plain,
        "b/serverless.yml": plain,
        "infra/serverless.yml": apart,
        "a/src/app.py": "",
        "code/own.py": "",
    }
    declared = reading.read(MemoryTree(files), targets)
    assert sorted(one.template for one in declared.functions) == templates


@pytest.mark.parametrize(
    ("path", "count"),
    [
        ("serverless.yml", 1),
        ("deep/serverless.yaml", 1),
        ("serverless.prod.yml", 1),
        ("serverless-api.yml", 1),
        ("my-serverless.yml", 0),
        ("serverless.ts", 0),
        (".serverless/serverless.yml", 0),
        ("node_modules/x/serverless.yml", 0),
    ],
)
def test_which_files_are_services(path: str, count: int) -> None:
    text = f"{HEAD}functions: {{f: {{handler: a.b}}}}\n"
    assert len(reading.read(MemoryTree({path: text}), ()).functions) == count


def test_a_template_of_sam_may_be_called_so() -> None:
    text = """\
Transform: AWS::Serverless-2016-10-31
Resources:
  F:
    Type: AWS::Serverless::Function
    Properties: {Handler: a.b, Runtime: python3.13, CodeUri: .}
"""
    (function,) = reading.read(MemoryTree({"serverless.yaml": text}), ()).functions
    assert function.dialect == "sam"
