"""How bad a connection in a handler is: little where the function nearly always starts cold."""

from __future__ import annotations

from datetime import date

import pytest

from lamlint import project
from lamlint.catalog import Catalog
from lamlint.engine import check
from lamlint.rule import ERROR, INFORMATION, WARNING
from lamlint.text import Finding, Severity
from tests.checking import rules
from tests.memory import MemoryTree

HEAD = """\
Resources:
  Fn:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.13
      Handler: app.handler
      CodeUri: src
"""
CODE = """\
import boto3


def handler(event, context):
    return boto3.client("s3").list_buckets()
"""


def found(more: str, code: str = CODE) -> list[Finding]:
    tree = MemoryTree({"template.yaml": HEAD + more, "src/app.py": code})
    built = project.build(tree, (), Catalog(), date(2026, 11, 24))
    return list(check.check(built, [rules()["connection-in-handler"]]))


def sam(*events: str) -> str:
    listed = "".join(f"        E{n}: {event}\n" for n, event in enumerate(events))
    return f"      Events:\n{listed}"


def schedule(expression: str) -> str:
    return f'{{Type: Schedule, Properties: {{Schedule: "{expression}"}}}}'


def chosen(one: str, other: str) -> str:
    return f'{{Type: Schedule, Properties: {{Schedule: !If [A, "{one}", "{other}"]}}}}'


def state(expression: str, enabled: str) -> str:
    return f'{{Type: Schedule, Properties: {{Schedule: "{expression}", Enabled: {enabled}}}}}'


PAIR = ("cron(30 9 ? * SAT *)", "cron(35 9 ? * SAT *)")
SELDOM = {
    "two each Saturday": PAIR,
    "pairs on three days": (*PAIR, "cron(0 9 ? * MON,TUE *)", "cron(5 9 ? * MON,TUE *)"),
    "two at once, each month": ("cron(0 5 1 * ? *)", "cron(0 5 1 * ? *)"),
    "over midnight": ("cron(50 23 ? * SAT *)", "cron(10 0 ? * SUN *)"),
    "a few times on one day": ("cron(0/15 8 ? * SUN *)",),
    "two rates of a week, which may meet": ("rate(7 days)", "rate(7 days)"),
    "a rate of an hour, and once a week": ("rate(1 hour)", "cron(0 5 ? * SUN *)"),
}


def other(kind: str, properties: str, name: str = "Other") -> str:
    return f"  {name}: {{Type: {kind}, Properties: {{{properties}}}}}\n"


def allowed(service: str) -> str:
    given = f"FunctionName: !Ref Fn, Action: lambda:InvokeFunction, Principal: {service}"
    return other("AWS::Lambda::Permission", given, "Allowed")


API = "{Type: Api, Properties: {Path: /, Method: get}}"
TARGET = "[{Id: it, Arn: !GetAtt Fn.Arn}]"
SERVICE = "ServiceToken: !GetAtt Fn.Arn"


def config_rule(more: str, source: str = "") -> str:
    given = f"Owner: CUSTOM_LAMBDA, SourceIdentifier: !GetAtt Fn.Arn{source}"
    return other("AWS::Config::ConfigRule", f"{more}Source: {{{given}}}", "Rule")


def details(*written: str) -> str:
    return (
        f", SourceDetails: [{', '.join(f'{{EventSource: aws.config, {one}}}' for one in written)}]"
    )


FROM_DEAD = "{Type: SQS, Properties: {Queue: !GetAtt Dead.Arn}}"
DEAD = other("AWS::SQS::Queue", "MessageRetentionPeriod: 60", "Dead")
LEAVING = other(
    "AWS::SQS::Queue",
    "RedrivePolicy: {deadLetterTargetArn: !GetAtt Dead.Arn, maxReceiveCount: 3}",
    "Work",
)


def rule_for(pattern: str, more: str = "") -> str:
    return other("AWS::Events::Rule", f"{more}EventPattern: {{{pattern}}}, Targets: {TARGET}")


def alarm(actions: str, kind: str = "Alarm") -> str:
    return other(f"AWS::CloudWatch::{kind}", actions, "High")


SCHEDULED = "MessageType: ScheduledNotification"
CHANGED = "MessageType: ConfigurationItemChangeNotification"
TOPIC = other("AWS::SNS::Topic", "DisplayName: alarms", "Alarms")
SUBSCRIBED = sam("{Type: SNS, Properties: {Topic: !Ref Alarms}}")
TELLING = alarm("AlarmActions: [!Ref Alarms]")

CALL = "detail-type: [AWS API Call via CloudTrail]"


def calls(source: str, *names: str, more: str = "") -> str:
    return rule_for(
        f"source: [{source}], {CALL}, detail: {{{more}eventName: [{', '.join(names)}]}}"
    )


COLD = {
    "a bucket is made": calls("aws.s3", "CreateBucket"),
    "a bucket is deleted": calls(
        "aws.s3", "DeleteBucket", more="eventSource: [s3.amazonaws.com], "
    ),
    "a bucket is opened": calls("aws.s3", "PutBucketPolicy", "PutBucketAcl", "DeleteBucketPolicy"),
    "a user is given a password": calls("aws.iam", "CreateLoginProfile", "DeactivateMFADevice"),
    "a user is made": calls("aws.iam", "CreateUser") + allowed("events.amazonaws.com"),
    "a role is given rights": calls("aws.iam", "AttachRolePolicy", "PutRolePolicy"),
    "a network is opened": calls("aws.ec2", "AuthorizeSecurityGroupIngress"),
    "a key is deleted": calls("aws.kms", "ScheduleKeyDeletion", "DisableKey"),
    "a trail is stopped": calls("aws.cloudtrail", "StopLogging", "DeleteTrail"),
    "calls of two services, each with its own": rule_for(
        f"source: [aws.s3], {CALL}, detail: {{eventName: [CreateBucket]}}"
    )
    + rule_for(f"source: [aws.iam], {CALL}, detail: {{eventName: [CreateUser]}}").replace(
        "Other:", "More:"
    ),
    "a call of a service that only the details name": rule_for(
        f"{CALL}, detail: {{eventSource: [iam.amazonaws.com], eventName: [CreateUser]}}"
    ),
    "a call by its name alone": rule_for(
        "source: [aws.s3], detail: {eventSource: [s3.amazonaws.com], eventName: [CreateBucket]}"
    ),
    "a call, narrowed": calls("aws.s3", "CreateBucket", more="errorCode: [{exists: false}], "),
    "a call in SAM": sam(
        "{Type: CloudWatchEvent, Properties: {Pattern: {source: [aws.iam], detail-type: "
        "[AWS API Call via CloudTrail], detail: {eventName: [DeleteUser]}}}}"
    ),
    "a rule of Config": config_rule("MaximumExecutionFrequency: TwentyFour_Hours, "),
    "each frequency that it has": config_rule("MaximumExecutionFrequency: One_Hour, "),
    "a rule on a schedule": config_rule("", details(SCHEDULED)),
    "a rule that says how often": config_rule(
        "", details(f"{SCHEDULED}, MaximumExecutionFrequency: Six_Hours")
    ),
    "a rule that says it above": config_rule(
        "MaximumExecutionFrequency: Three_Hours, ", details(SCHEDULED)
    ),
    "a rule that Config may invoke": config_rule("", details(SCHEDULED))
    + allowed("config.amazonaws.com"),
    "an alarm": alarm("AlarmActions: [!GetAtt Fn.Arn]")
    + allowed("lambda.alarms.cloudwatch.amazonaws.com"),
    "an alarm that is over": alarm("OKActions: [!GetAtt Fn.Arn]"),
    "an alarm of alarms": alarm("InsufficientDataActions: [!GetAtt Fn.Arn]", "CompositeAlarm"),
    "the topic of alarms": SUBSCRIBED + TOPIC + TELLING,
    "a subscription to the topic of alarms": TOPIC
    + TELLING
    + other(
        "AWS::SNS::Subscription",
        "Protocol: lambda, Endpoint: !GetAtt Fn.Arn, TopicArn: !Ref Alarms",
    )
    + allowed("sns.amazonaws.com"),
    "a topic of alarms that says whom it tells": TELLING
    + other(
        "AWS::SNS::Topic", "Subscription: [{Protocol: lambda, Endpoint: !GetAtt Fn.Arn}]", "Alarms"
    ),
    "a dead-letter queue": sam(FROM_DEAD) + DEAD + LEAVING,
    "a dead-letter queue of a topic's subscription": sam(FROM_DEAD)
    + DEAD
    + other(
        "AWS::SNS::Subscription",
        "Protocol: sqs, TopicArn: a, RedrivePolicy: {deadLetterTargetArn: !GetAtt Dead.Arn}",
    ),
    "a dead-letter queue of a function": sam(FROM_DEAD)
    + DEAD
    + other(
        "AWS::Lambda::Function",
        "Runtime: python3.13, Handler: a.b, DeadLetterConfig: {TargetArn: !GetAtt Dead.Arn}",
    ),
    "health": rule_for("source: [aws.health]") + allowed("events.amazonaws.com"),
    "health, narrowed": rule_for("source: [aws.health], detail: {service: [EC2]}"),
    "accounts": rule_for("source: [aws.organizations], detail: {eventName: [CreateAccountResult]}"),
    "accounts that are set up": rule_for(
        "source: [aws.controltower], detail: {eventName: [CreateManagedAccount]}"
    ),
    "alarms by a rule": rule_for(
        "source: [aws.cloudwatch], detail-type: [CloudWatch Alarm State Change]"
    ),
    "two sources that are rare": rule_for("source: [aws.health, aws.organizations]"),
    "the default bus by its name": rule_for("source: [aws.health]", "EventBusName: default, "),
    "health in SAM": sam("{Type: EventBridgeRule, Properties: {Pattern: {source: [aws.health]}}}"),
    "a macro": other("AWS::CloudFormation::Macro", "Name: It, FunctionName: !GetAtt Fn.Arn"),
    "an hour": sam(schedule("rate(1 hour)")),
    "each night": sam(schedule("cron(0 3 * * ? *)")),
    "two that are far apart": sam(
        schedule("cron(0 3 ? * MON-FRI *)"), schedule("cron(0 5 ? * SUN *)")
    ),
    "two that are half a day apart": sam(
        schedule("cron(0 6 * * ? *)"), schedule("cron(0 18 * * ? *)")
    ),
    "half a day apart by one expression": sam(schedule("cron(0 6,18 * * ? *)")),
    "half a day apart, by an event and a rule": sam(schedule("cron(0 6 * * ? *)"))
    + other("AWS::Events::Rule", f"ScheduleExpression: cron(0 18 * * ? *), Targets: {TARGET}")
    + allowed("events.amazonaws.com"),
    "half a day apart, either way": sam(
        chosen("cron(0 6 * * ? *)", "cron(0 18 * * ? *)"),
        chosen("cron(0 18 * * ? *)", "cron(0 6 * * ? *)"),
    ),
    "the scheduler": sam("{Type: ScheduleV2, Properties: {ScheduleExpression: rate(1 day)}}"),
    "a rule": other("AWS::Events::Rule", f"ScheduleExpression: rate(1 day), Targets: {TARGET}")
    + allowed("events.amazonaws.com"),
    "a schedule of its own": other(
        "AWS::Scheduler::Schedule",
        "ScheduleExpression: 'cron(0 3 * * ? *)', Target: {Arn: !GetAtt Fn.Arn}",
    ),
    "either way an hour": sam(
        "{Type: Schedule, Properties: {Schedule: !If [A, rate(1 day), rate(2 hours)]}}"
    ),
    "a custom resource": other("Custom::Seed", SERVICE),
    "a custom resource by its other name": other(
        "AWS::CloudFormation::CustomResource", "ServiceToken: !Sub '${Fn.Arn}'"
    ),
    "a provider of the CDK": other(
        "AWS::Lambda::Function",
        "Environment: {Variables: {USER_ON_EVENT_FUNCTION_ARN: !GetAtt Fn.Arn}}",
    ),
    "rotation": other("AWS::SecretsManager::RotationSchedule", "RotationLambdaARN: !GetAtt Fn.Arn")
    + allowed("secretsmanager.amazonaws.com"),
    "some hours": sam(schedule("").replace('""', "!Sub 'rate(${N} hours)'")),
    "some hour": sam(schedule("").replace('""', "!Sub 'cron(5 ${N} * * ? *)'")),
    "some days, or a day": sam(
        schedule("").replace('""', "!If [A, !Sub 'rate(${N} days)', rate(1 day)]")
    ),
    "a day, which may be switched off": sam(state("rate(1 day)", "!Ref On")),
    "a day, which is switched off": sam(state("rate(1 day)", "false")),
    "a schedule and a custom resource": sam(schedule("rate(1 day)"))
    + other("Custom::Seed", SERVICE),
}
WARM = {
    "pairs each day": sam(schedule("cron(50 22 * * ? *)"), schedule("cron(10 23 * * ? *)")),
    "pairs each day, over midnight": sam(
        schedule("cron(50 23 * * ? *)"), schedule("cron(10 0 * * ? *)")
    ),
    "the queue that has a dead-letter queue": sam(FROM_DEAD.replace("Dead", "Work"))
    + DEAD
    + LEAVING,
    "a dead-letter queue and its own": sam(FROM_DEAD, FROM_DEAD.replace("Dead", "Work"))
    + DEAD
    + LEAVING,
    "a queue that is only called so": sam(FROM_DEAD) + DEAD,
    "an object is put": calls("aws.s3", "PutObject"),
    "an object or a bucket": calls("aws.s3", "CreateBucket", "PutObject"),
    "a value is decrypted": calls("aws.kms", "Decrypt", "GenerateDataKey"),
    "a role is assumed": calls("aws.sts", "AssumeRole"),
    "instances are run": calls("aws.ec2", "RunInstances"),
    "a function is invoked": calls("aws.lambda", "Invoke"),
    "any call of a service": rule_for(f"source: [aws.s3], {CALL}"),
    "any call that starts so": calls("aws.iam", "{prefix: Create}"),
    "any call but one": calls("aws.iam", "{anything-but: [CreateUser]}"),
    "a call of elsewhere": calls("aws.iam", "!Ref Name"),
    "a call of another service": calls("aws.sqs", "CreateUser"),
    "calls of two services, of which one has it": rule_for(
        f"source: [aws.s3, aws.ec2], {CALL}, detail: {{eventName: [CreateBucket]}}"
    ),
    "a call of any service": rule_for(f"{CALL}, detail: {{eventName: [CreateUser]}}"),
    "another type of the service": rule_for(
        "source: [aws.s3], detail-type: [Object Created], detail: {eventName: [CreateBucket]}"
    ),
    "two rules, which may meet": config_rule("MaximumExecutionFrequency: One_Hour, ")
    + config_rule("MaximumExecutionFrequency: One_Hour, ").replace("Rule:", "Second:"),
    "an alarm and an API": sam(API) + alarm("AlarmActions: [!GetAtt Fn.Arn]"),
    "a topic that no alarm tells": SUBSCRIBED + TOPIC,
    "a topic of elsewhere": sam("{Type: SNS, Properties: {Topic: !ImportValue Alarms}}") + TELLING,
    "a topic that a function may publish to": "      Environment: {Variables: {TOPIC: !Ref Alarms}}\n"
    + SUBSCRIBED
    + TOPIC
    + TELLING,
    "a topic that a bucket tells, too": SUBSCRIBED
    + TOPIC
    + TELLING
    + other(
        "AWS::S3::Bucket",
        "NotificationConfiguration: {TopicConfigurations: "
        "[{Event: 's3:ObjectCreated:*', Topic: !Ref Alarms}]}",
    ),
    "a topic that is known by its name, too": SUBSCRIBED
    + other("AWS::SNS::Topic", "TopicName: high-load", "Alarms")
    + TELLING
    + other("AWS::Events::Rule", "Targets: [{Id: a, Arn: 'arn:aws:sns:eu-west-1:1:high-load'}]"),
    "a topic that is exported": SUBSCRIBED
    + TOPIC
    + TELLING
    + "Outputs: {Topic: {Value: !Ref Alarms}}\n",
    "all of CloudWatch": rule_for("source: [aws.cloudwatch]"),
    "one source of two is rare": rule_for("source: [aws.health, aws.s3]"),
    "one type of two is rare": rule_for(
        "source: [aws.cloudwatch], detail-type: [CloudWatch Alarm State Change, Other]"
    ),
    "instances, and objects that are put": rule_for("source: [aws.ec2, aws.s3]"),
    "instances, and an application's own": rule_for("source: [aws.ec2, shop.orders]"),
    "objects that are put": rule_for("source: [aws.s3], detail-type: [Object Created]"),
    "an application's own": rule_for("source: [shop.orders]"),
    "instances are run, by the call's name": rule_for(
        "source: [aws.ec2], detail: {eventName: [RunInstances]}"
    ),
    "calls among what happens to instances": rule_for(
        f"source: [aws.ec2], {CALL[:-1]}, EC2 Instance State-change Notification]"
    ),
    "instances, and an API": sam(API) + rule_for("source: [aws.ec2]"),
    "only a type": rule_for("detail-type: [AWS Health Event]"),
    "health, and a schedule of minutes": sam(schedule("rate(5 minutes)"))
    + rule_for("source: [aws.health]"),
    "minutes": sam(schedule("rate(5 minutes)")),
    "two that are half an hour apart": sam(
        schedule("cron(0 3 * * ? *)"), schedule("cron(30 3 * * ? *)")
    ),
    "a rate of an hour, and once a day": sam(
        schedule("rate(1 hour)"), schedule("cron(0 5 * * ? *)")
    ),
    "half an hour apart in one of two cases": sam(
        chosen("cron(0 6 * * ? *)", "cron(30 18 * * ? *)"), schedule("cron(0 18 * * ? *)")
    ),
    "two that are five minutes apart on most days": sam(
        schedule("cron(0 3 * * ? *)"),
        schedule("cron(5 3 ? * MON-SAT *)"),
        schedule("cron(10 3 ? * SUN *)"),
        schedule("cron(15 3 ? * SUN *)"),
    ),
    "some hours of one day, each few minutes": sam(schedule("cron(0/15 8-10 ? * SUN *)")),
    "pairs each week, and an API": sam(*(schedule(one) for one in PAIR), API),
    "a schedule and an API": sam(schedule("rate(1 day)"), API),
    "a custom resource and an API": sam(API) + other("Custom::Seed", SERVICE),
    "a custom resource and a URL": "      FunctionUrlConfig: {AuthType: AWS_IAM}\n"
    + other("Custom::Seed", SERVICE),
    "a permission for others": sam(schedule("rate(1 day)")) + allowed("apigateway.amazonaws.com"),
    "either way, one of them minutes": sam(
        "{Type: Schedule, Properties: {Schedule: !If [A, rate(1 day), rate(1 minute)]}}"
    ),
    "a rule with a pattern, too": other(
        "AWS::Events::Rule",
        f"ScheduleExpression: rate(1 day), EventPattern: {{source: [a]}}, Targets: {TARGET}",
    ),
    "kept warm": "      AutoPublishAlias: live\n      ProvisionedConcurrencyConfig: "
    "{ProvisionedConcurrentExecutions: 1}\n" + sam(schedule("rate(1 day)")),
}
UNTOLD = {
    "a rule on changes": config_rule("", details(CHANGED)),
    "a rule on changes, with a frequency": config_rule(
        "MaximumExecutionFrequency: One_Hour, ", details(CHANGED)
    ),
    "a rule on changes and a schedule": config_rule("", details(SCHEDULED, CHANGED)),
    "a rule that says nothing": config_rule(""),
    "a rule of an unknown frequency": config_rule("MaximumExecutionFrequency: !Ref Often, "),
    "a rule of a frequency that is none": config_rule("MaximumExecutionFrequency: Hourly, "),
    "a rule of another function": config_rule("MaximumExecutionFrequency: One_Hour, ").replace(
        "Fn.Arn", "Else.Arn"
    ),
    "a rule of every account": other(
        "AWS::Config::OrganizationConfigRule",
        "OrganizationCustomRuleMetadata: {LambdaFunctionArn: !GetAtt Fn.Arn, "
        "MaximumExecutionFrequency: One_Hour}",
    ),
    "a schedule, and rules of Config that are elsewhere": sam(schedule("rate(1 day)"))
    + allowed("config.amazonaws.com"),
    "the alarm of another": alarm("AlarmActions: [!GetAtt Else.Arn]"),
    "a source by its prefix": rule_for("source: [{prefix: aws.health}]"),
    "what happens to instances": rule_for("source: [aws.ec2]"),
    "instances that start": rule_for(
        "source: [aws.ec2], detail-type: [EC2 Instance State-change Notification], "
        "detail: {state: [running]}"
    ),
    "instances of a group": rule_for("source: [aws.autoscaling]"),
    "instances of a group, in SAM": sam(
        "{Type: EventBridgeRule, Properties: {Pattern: {source: [aws.autoscaling], detail-type: "
        "[EC2 Instance-terminate Lifecycle Action]}}}"
    ),
    "jobs": rule_for("source: [aws.batch], detail-type: [Batch Job State Change]"),
    "jobs of two services": rule_for("source: [aws.glue, aws.sagemaker]"),
    "pipelines and builds": rule_for("source: [aws.codepipeline]")
    + rule_for("source: [aws.codebuild]").replace("Other:", "More:"),
    "jobs, and a day": sam(schedule("rate(1 day)")) + rule_for("source: [aws.glue]"),
    "jobs, and health": rule_for("source: [aws.glue, aws.health]"),
    "sign-ins": rule_for("source: [aws.signin]"),
    "sign-ins that are recorded": rule_for(
        "source: [aws.signin], detail-type: [AWS Console Sign In via CloudTrail], "
        "detail: {eventName: [ConsoleLogin]}"
    ),
    "compliance of resources": rule_for(
        "source: [aws.config], detail-type: [Config Rules Compliance Change]"
    ),
    "health of many accounts": rule_for("source: [aws.health]", "EventBusName: !Ref Central, "),
    "two rates, which may meet": sam(schedule("rate(1 day)"), schedule("rate(1 day)")),
    "a rate and a time of the day, which may meet": sam(
        schedule("rate(12 hours)"), schedule("cron(0 6 * * ? *)")
    ),
    "nothing declared": "",
    "some minutes": sam(schedule("").replace('""', "!Sub 'rate(${N} minutes)'")),
    "some of something": sam(schedule("").replace('""', "!Sub 'rate(${N})'")),
    "some minutes of an hour": sam(schedule("").replace('""', "!Sub 'cron(${N} 5 * * ? *)'")),
    "some hours, or anything": sam(
        schedule("").replace('""', "!If [A, !Sub 'rate(${N} hours)', !Ref When]")
    ),
    "some hours, twice": sam(*[schedule("").replace('""', "!Sub 'rate(${N} hours)'")] * 2),
    "a schedule of minutes that may be switched off": sam(state("rate(5 minutes)", "!Ref On")),
    "a schedule of minutes that is switched off": sam(state("rate(5 minutes)", "false")),
    "an expression that is none": sam(schedule("daily")),
    "an expression of elsewhere": sam("{Type: Schedule, Properties: {Schedule: !Ref When}}"),
    "a permission for rules that are elsewhere": other("Custom::Seed", SERVICE)
    + allowed("events.amazonaws.com"),
    "the custom resource of another": other("Custom::Seed", "ServiceToken: !GetAtt Else.Arn"),
}


@pytest.mark.parametrize("more", COLD.values(), ids=COLD)
def test_a_function_that_nearly_always_starts_cold(more: str) -> None:
    (one,) = found(more)
    assert one.severity is INFORMATION
    assert any("nearly always starts cold" in note.message for note in one.related)


@pytest.mark.parametrize("more", WARM.values(), ids=WARM)
def test_a_function_that_may_be_kept_warm(more: str) -> None:
    (one,) = found(more)
    assert one.severity is WARNING
    assert not any("cold" in note.message for note in one.related)


@pytest.mark.parametrize("more", UNTOLD.values(), ids=UNTOLD)
def test_a_function_of_which_nothing_tells_how_often_it_runs(more: str) -> None:
    (one,) = found(more)
    assert one.severity is INFORMATION
    assert "; how often the function runs is not known here: " in one.message
    assert one.message.endswith(": build it once, and keep it, if it runs often")
    assert not any("cold" in note.message for note in one.related)


@pytest.mark.parametrize("written", SELDOM.values(), ids=SELDOM)
@pytest.mark.parametrize("enabled", ["true", "!Ref On", "false"])
def test_a_function_that_is_seldom_kept_for_another_run(
    written: tuple[str, ...], enabled: str
) -> None:
    (one,) = found(sam(*(state(each, enabled) for each in written)))
    assert one.severity is INFORMATION
    assert "; little is lost while the function runs so seldom: " in one.message
    assert any("less than one run a day" in note.message for note in one.related)


def test_what_only_some_of_few_runs_build_stays_there() -> None:
    code = CODE.replace("    return", "    if event['refresh']:\n        return")
    assert found(sam(*(schedule(one) for one in PAIR)), code) == []


LOOPS = {
    "for": "    for name in event['names']:\n        boto3.client('s3').head_bucket(Bucket=name)\n",
    "while": "    while event:\n        boto3.client('s3').list_buckets()\n",
    "a comprehension": "    return [boto3.client('s3').head_bucket(Bucket=b) for b in event['b']]\n",
    "a helper that a loop calls": "    for name in event['names']:\n        head(name)\n\n\n"
    "def head(name):\n    return boto3.client('s3').head_bucket(Bucket=name)\n",
    "a helper that is mapped": "    return list(map(head, event['names']))\n\n\n"
    "def head(name):\n    return boto3.client('s3').head_bucket(Bucket=name)\n",
}
NO_LOOPS = {
    "what the loop goes over": "    for one in boto3.client('s3').list_buckets()['Buckets']:\n"
    "        print(one)\n",
    "what a comprehension goes over": "    return [b for b in boto3.client('s3').list_buckets()]\n",
    "behind the loop": "    for one in event:\n        print(one)\n"
    "    return boto3.client('s3').list_buckets()\n",
    "the else of a loop": "    while event.pop():\n        pass\n    else:\n"
    "        boto3.client('s3').list_buckets()\n",
}


def severities(body: str) -> list[object]:
    code = f"import boto3\n\n\ndef handler(event, context):\n{body}"
    return [one.severity for one in found(sam(schedule("rate(1 day)")), code)]


@pytest.mark.parametrize("body", LOOPS.values(), ids=LOOPS)
def test_a_loop_builds_many_in_one_run(body: str) -> None:
    assert severities(body) == [WARNING]


@pytest.mark.parametrize("body", NO_LOOPS.values(), ids=NO_LOOPS)
def test_beside_a_loop_one_is_built(body: str) -> None:
    assert severities(body) == [INFORMATION]


SOMETIMES = {
    "on creation": "    if event['RequestType'] == 'Create':\n        boto3.client('s3').list_buckets()\n",
    "in another branch": "    if event['RequestType'] == 'Delete':\n        return None\n    else:\n"
    "        boto3.client('s3').list_buckets()\n",
    "behind a return": "    if event['RequestType'] != 'Delete':\n        return None\n"
    "    return boto3.client('s3').list_buckets()\n",
    "behind a raise": "    try:\n        if event['RequestType'] == 'Delete':\n"
    "            raise ValueError('nothing to do')\n        boto3.client('s3').list_buckets()\n"
    "    except ValueError:\n        return None\n",
    "in a helper that a branch calls": "    if event['RequestType'] == 'Create':\n        made()\n\n\n"
    "def made():\n    boto3.client('s3').list_buckets()\n",
    "in one of several functions": "    return {'Create': made, 'Delete': gone}[event['RequestType']]()\n"
    "\n\ndef made():\n    boto3.client('s3').list_buckets()\n\n\ndef gone():\n    return None\n",
    "either of two": "    if event['RequestType'] == 'Create':\n        s3 = boto3.client('s3')\n    else:\n"
    "        s3 = boto3.client('s3', region_name='eu-west-1')\n    return s3.list_buckets()\n",
    "a session and a client": "    if event['RequestType'] == 'Create':\n"
    "        return boto3.Session().client('s3').list_buckets()\n",
}
CREATE = "    if event['RequestType'] == 'Create':\n        for one in event['names']:\n"
CREATE += "            boto3.client('s3').head_bucket(Bucket=one)\n"


@pytest.mark.parametrize("body", SOMETIMES.values(), ids=SOMETIMES)
def test_what_only_some_cold_starts_build_stays_there(body: str) -> None:
    code = f"import boto3\n\n\ndef handler(event, context):\n{body}"
    assert found(other("Custom::Seed", SERVICE), code) == []
    assert found(sam(schedule("rate(1 day)")), code) == []
    (one,) = found(sam(API), code)
    assert one.severity is WARNING


SEVERAL = {
    "twice in a row": "    if event['RequestType'] == 'Create':\n        made('a')\n        made('b')\n",
    "in two branches, of which both may run": "    if event['a']:\n        made('a')\n"
    "    if event['b']:\n        made('b')\n",
}
EITHER = {
    "in two branches of one choice": "    if event['a']:\n        made('a')\n    elif event['b']:\n"
    "        made('b')\n",
    "in two cases": "    match event['a']:\n        case 1:\n            made('a')\n        case 2:\n"
    "            made('b')\n",
}
FEW = {
    "over a list that is written there": "    if event['a']:\n        for name in ['a', 'b']:\n"
    "            made(name)\n",
    "over a list under a name": "    names = [f'{event}-a', f'{event}-b']\n    if event['a']:\n"
    "        for name in names:\n            made(name)\n",
    "a few times": "    if event['a']:\n        for n in range(5):\n            made(n)\n",
    "over a tuple, in a helper": "    if event['a']:\n        all_of_them()\n\n\n"
    "def all_of_them():\n    for name in ('a', 'b'):\n        made(name)\n",
}
MANY = {
    "over what the event has": "    for name in event['names']:\n        made(name)\n",
    "over a list that grows": "    names = ['a']\n    names.append('b')\n    for name in names:\n"
    "        made(name)\n",
    "over a list with others in it": "    for name in ['a', *event['names']]:\n        made(name)\n",
    "over one of two lists": "    names = ['a']\n    if event['b']:\n        names = event['b']\n"
    "    for name in names:\n        made(name)\n",
    "over a list that is handed out": "    names = ['a']\n    fill(names)\n    for name in names:\n"
    "        made(name)\n\n\ndef fill(names):\n    names += ['b']\n",
    "many times": "    for n in range(1000):\n        made(n)\n",
    "as often as the event says": "    for n in range(event['n']):\n        made(n)\n",
    "from one number to another": "    for n in range(1, 1000):\n        made(n)\n",
    "few in each of many rounds": "    for name in event['names']:\n        for n in range(3):\n"
    "            made(n)\n",
    "as long as there is more": "    while event['more']:\n        made('a')\n",
}
MADE = "\n\ndef made(name):\n    boto3.client('s3').head_bucket(Bucket=name)\n"


@pytest.mark.parametrize(
    "body",
    [*SEVERAL.values(), *EITHER.values(), *FEW.values()],
    ids=[*SEVERAL, *EITHER, *FEW],
)
def test_what_it_builds_few_of_in_some_cases_stays_there(body: str) -> None:
    code = f"import boto3\n\n\ndef handler(event, context):\n{body}{MADE}"
    assert found(other("Custom::Seed", SERVICE), code) == []


@pytest.mark.parametrize("body", MANY.values(), ids=MANY)
def test_a_loop_that_may_build_many_stays_a_warning(body: str) -> None:
    code = f"import boto3\n\n\ndef handler(event, context):\n{body}{MADE}"
    (one,) = found(other("Custom::Seed", SERVICE), code)
    assert one.severity is WARNING
    assert "nearly always" not in one.message


def test_a_few_rounds_on_every_start_are_information() -> None:
    body = "    for name in ('a', 'b'):\n        made(name)\n"
    code = f"import boto3\n\n\ndef handler(event, context):\n{body}{MADE}"
    (one,) = found(other("Custom::Seed", SERVICE), code)
    assert one.severity is INFORMATION
    assert "again in each round of a loop: " in one.message
    assert "; little is lost, as the function seldom runs and the rounds are few: " in one.message


def test_it_is_said_that_little_is_lost() -> None:
    (one,) = found(sam(schedule("rate(1 day)")))
    assert "; little is lost while the function nearly always starts cold: " in one.message
    assert one.message.endswith(": build it once, and keep it, before it runs more often")
    (one,) = found(sam(API))
    assert "little is lost" not in one.message


def test_a_loop_builds_many_on_a_branch_too() -> None:
    code = f"import boto3\n\n\ndef handler(event, context):\n{CREATE}"
    (one,) = found(other("Custom::Seed", SERVICE), code)
    assert one.severity is WARNING
    assert "runs, in a loop: " in one.message


def test_one_of_two_functions_that_is_kept_warm_is_enough() -> None:
    second = HEAD.partition("\n")[2].replace("Fn:", "Second:") + sam(API)
    (one,) = found(sam(schedule("rate(1 day)")) + second)
    assert one.severity is WARNING
    assert one.subjects == ("Fn", "Second")


def test_what_fails_on_a_second_run_does_not_where_there_is_none() -> None:
    code = "import firebase_admin\n\n\ndef handler(event, context):\n    firebase_admin.initialize_app()\n"
    assert [one.severity for one in found("", code)] == [ERROR]
    assert [one.severity for one in found(other("Custom::Seed", SERVICE), code)] == [INFORMATION]
    pair = sam(*(schedule(one) for one in PAIR))
    assert [one.severity for one in found(pair, code)] == [ERROR]


ANSWERING = {
    "cfnresponse": "import boto3\nimport cfnresponse\n",
    "crhelper": "import boto3\nfrom crhelper import CfnResource\n",
    "where to answer": "import boto3\nFIELD = 'ResponseURL'\n",
    "what a provider is told": "import boto3\nFIELDS = 'RequestType', 'PhysicalResourceId'\n",
    "what Powertools makes of the event": "import boto3\nfrom aws_lambda_powertools.utilities.data_classes "
    "import CloudFormationCustomResourceEvent\n",
    "what it is to make": "import boto3\nFIELDS = 'RequestType', 'ResourceProperties'\n",
}
NOT_ANSWERING = {
    "a word in a comment": "import boto3\n# unlike cfnresponse, it needs no ResponseURL\n",
    "a field of stacks": "import boto3\nFIELD = 'PhysicalResourceId'\n",
    "one field that others have, too": "import boto3\nFIELD = 'RequestType'\n",
    "durable functions, which run again and again": "import boto3\n"
    "from aws_durable_execution_sdk_python import durable_execution\n",
}


COLD_WORDS = "; little is lost while the function nearly always starts cold: "
UNTOLD_WORDS = "; how often the function runs is not known here: "


def said(one: Finding) -> str:
    """What a finding says of how often its function runs; nothing where that is often."""
    words = next((each for each in (COLD_WORDS, UNTOLD_WORDS) if each in one.message), "")
    assert one.severity is (INFORMATION if words else WARNING)
    return words


def answering(files: dict[str, str], more: str = "") -> set[str]:
    """What is said of how often it runs where other modules say who calls the function."""
    tree = MemoryTree(
        {"template.yaml": HEAD + more, **{f"src/{name}.py": text for name, text in files.items()}}
    )
    built = project.build(tree, (), Catalog(), date(2026, 11, 24))
    found = check.check(built, [rules()["connection-in-handler"]])
    return {said(one) for one in found}


USING = "import boto3\nimport answer\n\n\ndef handler(event, context):\n    boto3.client('s3')"
USING += ".list_buckets()\n"
SEND = "    answer.send(event)\n"
REACHED = {
    "a helper that uses cfnresponse": "import cfnresponse\n\n\ndef send(event):\n"
    "    cfnresponse.send(event, None, 'SUCCESS', {})\n",
    "a helper that uses a part of it": "from cfnresponse import send as tell\n\n\n"
    "def send(event):\n    tell(event, None, 'SUCCESS', {})\n",
    "an object of crhelper": "from crhelper import CfnResource\n\nhelper = CfnResource()\n\n\n"
    "def send(event):\n    helper(event, None)\n",
    "where to answer": "import urllib3\n\n\ndef send(event):\n"
    "    urllib3.request('PUT', event['ResponseURL'])\n",
    "what a provider is told": "def send(event):\n"
    "    return event['RequestType'], event.get('PhysicalResourceId')\n",
    "a class": "class Answer:\n    def __init__(self, event):\n        self.kind = event['RequestType']\n"
    "        self.given = event['ResourceProperties']\n\n\ndef send(event):\n    return Answer(event)\n",
    "two functions, each a field": "def send(event):\n    return event['RequestType'], given(event)\n"
    "\n\ndef given(event):\n    return event['ResourceProperties']\n",
}
NOT_REACHED = {
    "a helper that is not called": "import cfnresponse\n\n\ndef send(event):\n    return None\n\n\n"
    "def other(event):\n    cfnresponse.send(event, None, 'SUCCESS', {}, event['ResponseURL'])\n",
    "one field that others have, too": "def send(event):\n    return event['RequestType']\n",
    "words in a text": "def send(event):\n    print('no ResponseURL, no RequestType')\n",
}


@pytest.mark.parametrize("helper", REACHED.values(), ids=REACHED)
def test_what_the_handler_reaches_says_who_calls_it(helper: str) -> None:
    files = {"app": USING + SEND, "answer": helper}
    assert answering(files) == {COLD_WORDS}
    assert answering(files, allowed("cloudformation.amazonaws.com")) == {COLD_WORDS}
    assert answering(files, sam(API)) == {""}
    assert answering(files, allowed("events.amazonaws.com")) == {UNTOLD_WORDS}


@pytest.mark.parametrize("helper", NOT_REACHED.values(), ids=NOT_REACHED)
def test_what_it_does_not_reach_says_nothing(helper: str) -> None:
    assert answering({"app": USING + SEND, "answer": helper}) == {UNTOLD_WORDS}


def by_code(head: str, more: str = "") -> list[str]:
    return [said(one) for one in found(more, CODE.replace("import boto3\n", head))]


@pytest.mark.parametrize("head", ANSWERING.values(), ids=ANSWERING)
def test_code_that_answers_cloudformation_says_who_calls_it(head: str) -> None:
    assert by_code(head) == [COLD_WORDS]
    assert by_code(head, sam(API)) == [""]


@pytest.mark.parametrize("head", NOT_ANSWERING.values(), ids=NOT_ANSWERING)
def test_code_that_only_has_words_of_it_does_not(head: str) -> None:
    assert by_code(head) == [UNTOLD_WORDS]


def test_a_durable_function_is_looked_at() -> None:
    code = (
        "import boto3\nfrom aws_durable_execution_sdk_python import durable_execution\n\n\n"
        "@durable_execution\ndef handler(event, context):\n"
        "    return boto3.client('s3').list_buckets()\n"
    )
    assert [one.severity for one in found("", code)] == [WARNING]


def test_what_a_second_handler_reaches_too_is_told_once() -> None:
    second = HEAD.partition("\n")[2].replace("Fn:", "Second:").replace("app.handler", "app.other")
    second += sam(API)
    code = CODE.replace("return boto3", "return listed()\n\n\ndef listed():\n    return boto3")
    code += "\n\ndef other(event, context):\n    return listed()\n"
    (one,) = found(sam(schedule("rate(1 day)")) + second, code)
    assert (one.severity, one.subjects) == (WARNING, ("Fn", "Second"))


AWAY = HEAD.replace("CodeUri: src", "CodeUri: s3://bucket/key.zip")


@pytest.mark.parametrize(
    ("events", "severity"),
    [
        (sam(schedule("rate(7 days)")), INFORMATION),
        (sam(schedule("rate(5 minutes)")), WARNING),
        ("", INFORMATION),
    ],
)
def test_a_copy_runs_as_rarely_as_what_may_run_it(events: str, severity: Severity) -> None:
    files = {"template.yaml": AWAY + events, "app.py": CODE, "old/app.py": CODE}
    built = project.build(MemoryTree(files), (), Catalog(), date(2026, 11, 24))
    told = check.check(built, [rules()["connection-in-handler"]])
    assert told
    assert {one.severity for one in told} == {severity}


@pytest.mark.parametrize(
    ("path", "severity"),
    [
        ("scripts/seed.py", INFORMATION),
        ("ops/tools/seed.py", INFORMATION),
        ("src/app.py", WARNING),
        ("descriptions/seed.py", WARNING),
    ],
)
def test_what_people_start_by_hand_is_little(path: str, severity: Severity) -> None:
    code = CODE.replace("    return", "    print(event['headers'])\n    return")
    built = project.build(MemoryTree({path: code}), (), Catalog(), date(2026, 11, 24))
    (one,) = check.check(built, [rules()["connection-in-handler"]])
    assert one.severity is severity


def test_a_hook_of_codedeploy_runs_when_something_is_deployed() -> None:
    code = CODE.replace(
        "    return",
        "    boto3.client('codedeploy').put_lifecycle_event_hook_execution_status(status='a')\n    return",
    )
    told = found("", code)
    assert [one.severity for one in told] == [INFORMATION] * 2
    assert any("CodeDeploy calls it" in note.message for note in told[0].related)
    (_, other_) = found(sam(API), code)
    assert other_.severity is WARNING


FAN_OUT = """\
import boto3

client = boto3.client("lambda")


def handler(event, context):
    if event.get("name"):
        return boto3.client("logs").delete_log_group(logGroupName=event["name"])
    client.invoke(FunctionName={name}, InvocationType="Event", Payload=b'{{"name": "a"}}')
"""


@pytest.mark.parametrize("name", ["context.invoked_function_arn", "context.function_name"])
def test_one_rare_run_of_a_function_that_invokes_itself_makes_many(name: str) -> None:
    (one,) = found(sam(schedule("rate(1 hour)")), FAN_OUT.format(name=name))
    assert one.severity is WARNING


def test_a_function_that_invokes_another_is_as_rare_as_its_trigger() -> None:
    assert found(sam(schedule("rate(1 hour)")), FAN_OUT.format(name='"other"')) == []
