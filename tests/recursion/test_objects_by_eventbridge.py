"""New objects that a bucket tells EventBridge of, whichever way the rule is written."""

from __future__ import annotations

from datetime import date

import pytest

from lamlint import project, registry
from lamlint.catalog import Catalog
from lamlint.engine import check
from tests.memory import MemoryTree

RULE = registry.load(plugins=False)["event-loop"]
FUNCTION = """\
Transform: AWS::Serverless-2016-10-31
Resources:
  Files:
    Type: AWS::S3::Bucket
    Properties:
      BucketName: my-files-123
      NotificationConfiguration: {EventBridgeConfiguration: {EventBridgeEnabled: true}}
  Work:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.13
      Handler: app.handler
      CodeUri: src/
      Environment: {Variables: {BUCKET: !Ref Files}}
"""
CODE = """\
import os
import boto3
s3 = boto3.client("s3")
def handler(event, context):
    s3.put_object(Bucket=os.environ["BUCKET"], Key="out/index.json", Body=b"")
"""
BACK = """\
import boto3
s3 = boto3.client("s3")
def handler(event, context):
    detail = event["detail"]
    s3.put_object(Bucket=detail["bucket"]["name"], Key=detail["object"]["key"], Body=b"")
"""
NAMED = "bucket: {name: [my-files-123]}"


def sam(detail: str, kind: str = "EventBridgeRule", types: str = '["Object Created"]') -> str:
    pattern = f"{{source: [aws.s3], detail-type: {types}, detail: {{{detail}}}}}"
    event = f"{{E: {{Type: {kind}, Properties: {{Pattern: {pattern}}}}}}}"
    return f"{FUNCTION}      Events: {event}\n"


def rule(detail: str) -> str:
    return by_pattern(
        f'{{source: [aws.s3], detail-type: ["Object Created"], detail: {{{detail}}}}}'
    )


def of_resources(arn: str, more: str = "") -> str:
    return by_pattern(
        f'{{source: [aws.s3], detail-type: ["Object Created"], resources: [{arn}]{more}}}'
    )


def by_pattern(pattern: str) -> str:
    return (
        f"{FUNCTION}  Rule:\n    Type: AWS::Events::Rule\n    Properties:\n"
        f"      EventPattern: {pattern}\n"
        "      Targets: [{Id: work, Arn: !GetAtt Work.Arn}]\n"
    )


def recorded(asked: str, calls: str = "PutObject", more: str = "") -> str:
    """A rule of what CloudTrail records."""
    detail = (
        f"eventSource: [s3.amazonaws.com], eventName: [{calls}], requestParameters: {{{asked}}}"
    )
    return sam(f"{detail}{more}", types='["AWS API Call via CloudTrail"]')


def called(template: str, name: str) -> str:
    """The same, where the bucket has another name, or none."""
    return template.replace("BucketName: my-files-123\n", f"{name}\n")


BEGINS = "bucket: {name: [{prefix: my-}]}"
PARTLY = "BucketName: !Sub 'my-${AWS::AccountId}'"
SILENT_BUCKET = "{EventBridgeConfiguration: {EventBridgeEnabled: false}}"
TELLING_BUCKET = "{EventBridgeConfiguration: {EventBridgeEnabled: true}}"
LOOPS = {
    "any bucket": (sam("object: {key: [{prefix: out/}]}"), CODE),
    "any bucket, by its source alone": (by_pattern("{source: [aws.s3]}"), CODE),
    "any bucket without a name": (called(sam("reason: [PutObject]"), "Tags: []"), CODE),
    "any bucket, back to where it came from": (sam("reason: [PutObject]"), BACK),
    "how the bucket's name begins": (sam(BEGINS), CODE),
    "how a name in part begins": (called(sam(BEGINS), PARTLY), CODE),
    "how either name begins": (
        called(sam(BEGINS), "BucketName: !If [Large, my-large, my-small]").replace(
            "Resources:",
            "Conditions: {Large: !Equals [!Ref AWS::Region, eu-west-1]}\nResources:",
            1,
        ),
        CODE,
    ),
    "how one of the names begins": (sam("bucket: {name: [{prefix: other-}, {prefix: my-}]}"), CODE),
    "how the ARN begins": (of_resources("{prefix: 'arn:aws:s3:::my-'}"), CODE),
    "how the name begins, back to where it came from": (sam(BEGINS), BACK),
    "recorded by CloudTrail": (recorded("bucketName: [my-files-123]"), CODE),
    "recorded by the logical id": (recorded("bucketName: [!Ref Files]"), CODE),
    "recorded with a prefix that is met": (
        recorded("bucketName: [!Ref Files], key: [{prefix: out/}]"),
        CODE,
    ),
    "recorded for several calls": (
        recorded("bucketName: [!Ref Files]", "PutObject, CopyObject"),
        CODE,
    ),
    "recorded, back to where it came from": (
        recorded("bucketName: [my-files-123]"),
        BACK.replace('detail = event["detail"]', "asked = event['detail']['requestParameters']")
        .replace('detail["bucket"]["name"]', 'asked["bucketName"]')
        .replace('detail["object"]["key"]', 'asked["key"]'),
    ),
    "the bucket by its name": (sam(NAMED), CODE),
    "the bucket by its logical id": (sam("bucket: {name: [!Ref Files]}"), CODE),
    "one bucket of several": (sam("bucket: {name: [other, !Ref Files]}"), CODE),
    "by the older name": (sam(NAMED, "CloudWatchEvent"), CODE),
    "a rule of its own": (rule(NAMED), CODE),
    "a rule of its own by logical id": (rule("bucket: {name: [!Ref Files]}"), CODE),
    "a rule that is a text of JSON": (
        by_pattern(
            """'{"source": ["aws.s3"], "detail": {"bucket": {"name": ["my-files-123"]}}}'"""
        ),
        CODE,
    ),
    "the bucket's ARN": (of_resources("arn:aws:s3:::my-files-123"), CODE),
    "the bucket's ARN by its logical id": (of_resources("!GetAtt Files.Arn"), CODE),
    "the bucket's ARN around its logical id": (of_resources("!Sub 'arn:aws:s3:::${Files}'"), CODE),
    "the bucket's ARN and a prefix that is met": (
        of_resources("!GetAtt Files.Arn", ", detail: {object: {key: [{prefix: out/}]}}"),
        CODE,
    ),
    "why it was written": (sam(f"{NAMED}, reason: [CopyObject, PutObject]"), CODE),
    "any type of events": (sam(NAMED, types='["Object Created", "Object Deleted"]'), CODE),
    "a prefix that is met": (sam(f"{NAMED}, object: {{key: [{{prefix: out/}}]}}"), CODE),
    "a suffix that is met": (sam(f"{NAMED}, object: {{key: [{{suffix: .json}}]}}"), CODE),
    "back to where it came from": (sam(NAMED), BACK),
    "by upload": (
        sam(NAMED),
        CODE.replace(
            'put_object(Bucket=os.environ["BUCKET"], Key="out/index.json", Body=b"")',
            'upload_file("/tmp/a", os.environ["BUCKET"], "out/a.json")',
        ),
    ),
}
OTHERS = {
    "any bucket, but none that tells": (
        sam("reason: [PutObject]").replace(TELLING_BUCKET, SILENT_BUCKET),
        CODE,
    ),
    "how the name of another begins": (sam("bucket: {name: [{prefix: other-}]}"), CODE),
    "how a name begins that is not known": (called(sam(BEGINS), "Tags: []"), CODE),
    "how a name may begin": (called(sam(BEGINS), "BucketName: !Sub '${AWS::Region}-my-'"), CODE),
    "how a name begins that tells nobody": (
        sam(BEGINS).replace(TELLING_BUCKET, SILENT_BUCKET),
        CODE,
    ),
    "how a name ends": (sam("bucket: {name: [{suffix: '-123'}]}"), CODE),
    "any name but": (sam("bucket: {name: [{anything-but: [other]}]}"), CODE),
    "recorded for another call": (recorded("bucketName: [!Ref Files]", "DeleteObject"), CODE),
    "recorded for copies": (recorded("bucketName: [!Ref Files]", "CopyObject"), CODE),
    "recorded in another bucket": (recorded("bucketName: [other]"), CODE),
    "recorded in any bucket": (recorded("key: [{prefix: out/}]"), CODE),
    "recorded with another prefix": (
        recorded("bucketName: [!Ref Files], key: [{prefix: in/}]"),
        CODE,
    ),
    "recorded for some users": (
        recorded("bucketName: [!Ref Files]", more=", userIdentity: {type: [Root]}"),
        CODE,
    ),
    "recorded of another service": (
        recorded("bucketName: [!Ref Files]").replace(
            "s3.amazonaws.com", "s3-outposts.amazonaws.com"
        ),
        CODE,
    ),
    "another bucket": (sam("bucket: {name: [other]}"), CODE),
    "deleted objects": (sam(NAMED, types='["Object Deleted"]'), CODE),
    "another prefix": (sam(f"{NAMED}, object: {{key: [{{prefix: in/}}]}}"), CODE),
    "one of several prefixes": (
        sam(f"{NAMED}, object: {{key: [{{prefix: in/}}, {{prefix: raw/}}]}}"),
        CODE,
    ),
    "anything but": (sam(f"{NAMED}, object: {{key: [{{anything-but: {{prefix: out/}}}}]}}"), CODE),
    "a pattern for the size": (sam(f"{NAMED}, object: {{size: [{{numeric: ['>', 9]}}]}}"), CODE),
    "why it was written": (sam(f"{NAMED}, reason: [CopyObject]"), CODE),
    "the ARN of another bucket": (of_resources("arn:aws:s3:::other"), CODE),
    "a text that is no JSON": (by_pattern("'{source'"), CODE),
    "an ARN and what is not told": (of_resources("!GetAtt Files.Arn", ", account: ['1']"), CODE),
    "an ARN and another prefix": (
        of_resources("!GetAtt Files.Arn", ", detail: {object: {key: [{prefix: in/}]}}"),
        CODE,
    ),
    "another source": (sam(NAMED).replace("aws.s3", "acme.files"), CODE),
    "a test of the key": (
        sam(NAMED),
        BACK.replace(
            "    s3.put",
            '    if detail["object"]["key"].startswith("out/"):\n        return\n    s3.put',
        ).replace('Key=detail["object"]', 'Key="out/" + detail["object"]'),
    ),
}


def found(template: str, code: str) -> int:
    tree = MemoryTree({"template.yaml": template, "src/app.py": code})
    return len(check.check(project.build(tree, (), Catalog(), date(2026, 11, 24)), [RULE]))


@pytest.mark.parametrize(("template", "code"), LOOPS.values(), ids=LOOPS)
def test_a_new_object_comes_back_by_the_rule(template: str, code: str) -> None:
    assert found(template, code) == 1


@pytest.mark.parametrize(("template", "code"), OTHERS.values(), ids=OTHERS)
def test_what_the_rule_may_leave_out_is_no_loop(template: str, code: str) -> None:
    assert found(template, code) == 0


TERRAFORM = """\
resource "aws_s3_bucket" "files" {{ {name} }}
resource "aws_s3_bucket_notification" "files" {{
  bucket      = aws_s3_bucket.files.id
  eventbridge = {tells}
}}
resource "aws_cloudwatch_event_rule" "files" {{
  event_pattern = jsonencode({{ source = ["aws.s3"], detail = {detail} }})
}}
resource "aws_cloudwatch_event_target" "files" {{
  rule = aws_cloudwatch_event_rule.files.name
  arn  = aws_lambda_function.work.arn
}}
data "archive_file" "work" {{
  type        = "zip"
  source_dir  = "src"
  output_path = "work.zip"
}}
resource "aws_lambda_function" "work" {{
  filename = data.archive_file.work.output_path
  handler  = "app.handler"
  runtime  = "python3.13"
  environment {{ variables = {{ BUCKET = aws_s3_bucket.files.id }} }}
}}
"""
ANY = '{ reason = ["PutObject"] }'
MY = '{ bucket = { name = [{ prefix = "my-" }] } }'


@pytest.mark.parametrize(
    ("name", "tells", "detail", "count"),
    [
        ('bucket_prefix = "my-files-"', "true", MY, 1),
        ('bucket = "my-${terraform.workspace}"', "true", MY, 1),
        ("", "true", ANY, 1),
        ('bucket_prefix = "other-"', "true", MY, 0),
        ('bucket = "${terraform.workspace}-my-"', "true", MY, 0),
        ("", "true", MY, 0),
        ("", "false", ANY, 0),
    ],
)
def test_buckets_of_terraform(name: str, tells: str, detail: str, count: int) -> None:
    main = TERRAFORM.format(name=name, tells=tells, detail=detail)
    tree = MemoryTree({"main.tf": main, "src/app.py": CODE})
    built = project.build(tree, (), Catalog(), date(2026, 11, 24))
    assert len(check.check(built, [RULE])) == count


PYTHON = """\
import aws_cdk as cdk
from aws_cdk import aws_events as events, aws_events_targets as targets, aws_lambda, aws_s3 as s3

class Stack(cdk.Stack):
    def __init__(self, scope, id):
        super().__init__(scope, id)
        bucket = s3.Bucket(self, "B", BUCKET)
        fn = aws_lambda.Function(self, "F", runtime=aws_lambda.Runtime.PYTHON_3_13,
            handler="app.handler", code=aws_lambda.Code.from_asset("src"),
            environment={"BUCKET": bucket.bucket_name})
        pattern = events.EventPattern(source=["aws.s3"], detail=DETAIL)
        events.Rule(self, "R", event_pattern=pattern, targets=[targets.LambdaFunction(fn)])
        LATER

app = cdk.App()
Stack(app, "S")
"""
TYPESCRIPT = """\
import * as cdk from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
class Stack extends cdk.Stack {
  constructor(scope: cdk.App, id: string) {
    super(scope, id);
    const bucket = new s3.Bucket(this, 'B', { BUCKET });
    const fn = new lambda.Function(this, 'F', {
      runtime: lambda.Runtime.PYTHON_3_13, handler: 'app.handler',
      code: lambda.Code.fromAsset('src'), environment: { BUCKET: bucket.bucketName },
    });
    new events.Rule(this, 'R', {
      eventPattern: { source: ['aws.s3'], detailType: ['Object Created'], detail: DETAIL },
      targets: [new targets.LambdaFunction(fn)],
    });
    LATER
  }
}
const app = new cdk.App();
new Stack(app, 'S');
"""
ON, OFF = "event_bridge_enabled=True", "versioned=True"
PREFIX = 'bucket_name=f"my-{self.account}"'
CDK = [
    ("app.py", ON, '{"reason": ["PutObject"]}', "", 1),
    ("app.py", f"{ON}, {PREFIX}", '{"bucket": {"name": events.Match.prefix("my-")}}', "", 1),
    ("app.py", OFF, '{"reason": ["PutObject"]}', "bucket.enable_event_bridge_notification()", 1),
    ("app.py", ON, '{"object": {"key": events.Match.suffix(".json")}}', "", 1),
    ("app.py", ON, '{"object": {"key": events.Match.suffix(".csv")}}', "", 0),
    ("app.py", ON, '{"bucket": {"name": events.Match.prefix("my-")}}', "", 0),
    ("app.py", OFF, '{"reason": ["PutObject"]}', "", 0),
    ("app.ts", "eventBridgeEnabled: true", "{ reason: ['PutObject'] }", "", 1),
    ("app.ts", "", "{ reason: ['PutObject'] }", "bucket.enableEventBridgeNotification();", 1),
    ("app.ts", "", "{ reason: ['PutObject'] }", "", 0),
]


@pytest.mark.parametrize(("path", "bucket", "detail", "later", "count"), CDK)
def test_buckets_of_the_cdk(path: str, bucket: str, detail: str, later: str, count: int) -> None:
    text = TYPESCRIPT if path.endswith(".ts") else PYTHON
    started = "npx ts-node app.ts" if path.endswith(".ts") else "python3 app.py"
    written = text.replace("{ BUCKET }", f"{{ {bucket} }}").replace("BUCKET)", f"{bucket})")
    files = {
        "cdk.json": f'{{"app": "{started}"}}',
        path: written.replace("DETAIL", detail).replace("LATER", later),
        "src/app.py": CODE,
    }
    built = project.build(MemoryTree(files), (), Catalog(), date(2026, 11, 24))
    assert len(check.check(built, [RULE])) == count
