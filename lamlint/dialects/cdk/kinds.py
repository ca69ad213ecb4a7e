"""Which constructs are functions, and which resources of CloudFormation others are."""

from __future__ import annotations

from collections.abc import Mapping

from lamlint.dialects.cdk.objects import Keyed, Made, Thing
from lamlint.dialects.cdk.template import given
from lamlint.text.dataclass import dataclass

PYTHON = "PythonFunction"
IMAGE = "DockerImageFunction"
EDGE = "EdgeFunction"
_FUNCTIONS = ("Function", IMAGE, PYTHON, "SingletonFunction", EDGE, "TriggerFunction")
_OWNERS = ("aws_lambda", "aws_lambda_python", "aws_lambda_python_alpha", "experimental", "triggers")
LOWER = ("aws_lambda.CfnFunction", "aws_sam.CfnFunction")

OTHER = "AWS::CDK::Construct"
"""The kind of what is no resource that anything asks for."""


@dataclass(frozen=True)
class Kind:
    """The resource that a construct is, and the properties that are its plain arguments."""

    name: str
    arguments: Mapping[str, str]


RESOURCES: Mapping[str, Kind] = {
    "aws_s3.Bucket": Kind("AWS::S3::Bucket", {"bucket_name": "BucketName"}),
    "aws_sqs.Queue": Kind("AWS::SQS::Queue", {"queue_name": "QueueName"}),
    "aws_sns.Topic": Kind("AWS::SNS::Topic", {"topic_name": "TopicName"}),
    "aws_dynamodb.Table": Kind("AWS::DynamoDB::Table", {"table_name": "TableName"}),
    "aws_dynamodb.TableV2": Kind("AWS::DynamoDB::GlobalTable", {"table_name": "TableName"}),
    "aws_kinesis.Stream": Kind("AWS::Kinesis::Stream", {"stream_name": "Name"}),
    "aws_events.EventBus": Kind("AWS::Events::EventBus", {"event_bus_name": "Name"}),
    "aws_logs.LogGroup": Kind("AWS::Logs::LogGroup", {"log_group_name": "LogGroupName"}),
    "aws_secretsmanager.Secret": Kind("AWS::SecretsManager::Secret", {"secret_name": "Name"}),
    "aws_ssm.StringParameter": Kind("AWS::SSM::Parameter", {"parameter_name": "Name"}),
    "aws_stepfunctions.StateMachine": Kind(
        "AWS::StepFunctions::StateMachine", {"state_machine_name": "StateMachineName"}
    ),
}
"""Constructs whose names their resources are known by."""

_SERVICES = {
    "aws_apigateway": "ApiGateway",
    "aws_apigatewayv2": "ApiGatewayV2",
    "aws_cloudwatch": "CloudWatch",
    "aws_cognito": "Cognito",
    "aws_config": "Config",
    "aws_dynamodb": "DynamoDB",
    "aws_events": "Events",
    "aws_iam": "IAM",
    "aws_kinesis": "Kinesis",
    "aws_lambda": "Lambda",
    "aws_logs": "Logs",
    "aws_s3": "S3",
    "aws_scheduler": "Scheduler",
    "aws_secretsmanager": "SecretsManager",
    "aws_sns": "SNS",
    "aws_sqs": "SQS",
    "aws_stepfunctions": "StepFunctions",
    "aws_sam": "Serverless",
}


def pair(made: Made) -> str:
    """The module and the class of a construct: `aws_s3.Bucket`."""
    return ".".join(made.name.split(".")[-2:])


def written_kind(made: Made) -> str | None:
    """The kind of a construct that is one resource as CloudFormation has it (`CfnBucket`)."""
    module, _, name = pair(made).partition(".")
    service = _SERVICES.get(module)
    if service is None or not name.startswith("Cfn"):
        return None
    return f"AWS::{service}::{name.removeprefix('Cfn')}"


def as_function(made: Made) -> Made | None:
    """The arguments of the function that a construct is, or makes; None for any other."""
    module, _, name = pair(made).partition(".")
    if name in _FUNCTIONS and module in _OWNERS:
        return made
    inner = given(made, "lambda_function_props")
    return None if inner is None else _props(made, inner)


def _props(made: Made, inner: Thing) -> Made:
    """The arguments in a struct of them."""
    named = inner.named if isinstance(inner, Made) else {}
    if isinstance(inner, Keyed):
        named = {snake(str(name)): one for name, one in inner.members.items()}
    whole = inner.whole if isinstance(inner, (Made, Keyed)) else False
    return Made(
        "aws_cdk.aws_lambda.Function", made.positional[:2], dict(named), made.at, made.node, whole
    )


def snake(name: str) -> str:
    """The name of an argument as Python has it (`memorySize` is `memory_size`)."""
    return "".join(f"_{each.lower()}" if each.isupper() else each for each in name).lstrip("_")


def pascal(name: str) -> str:
    """The name of an argument as CloudFormation has it (`memory_size` is `MemorySize`)."""
    return "".join(part[:1].upper() + part[1:] for part in name.split("_"))
