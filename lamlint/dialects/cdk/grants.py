"""The actions that the `grant…` methods of constructs allow."""

from __future__ import annotations

from collections.abc import Mapping

_S3_READ = ("s3:GetObject*", "s3:GetBucket*", "s3:List*")
_S3_PUT = ("s3:PutObject*", "s3:Abort*")
_S3_WRITE = ("s3:DeleteObject*", *_S3_PUT)
_DYNAMODB_READ = tuple(
    f"dynamodb:{name}"
    for name in (
        "BatchGetItem",
        "GetRecords",
        "GetShardIterator",
        "Query",
        "GetItem",
        "Scan",
        "ConditionCheckItem",
        "DescribeTable",
    )
)
_DYNAMODB_WRITE = tuple(
    f"dynamodb:{name}"
    for name in ("BatchWriteItem", "PutItem", "UpdateItem", "DeleteItem", "DescribeTable")
)
_DECRYPT = ("kms:Decrypt",)
_ENCRYPT = ("kms:Encrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*")
_KINESIS_READ = tuple(
    f"kinesis:{name}"
    for name in (
        "DescribeStreamSummary",
        "GetRecords",
        "GetShardIterator",
        "ListShards",
        "SubscribeToShard",
        "DescribeStream",
        "ListStreams",
        "DescribeStreamConsumer",
    )
)
_KINESIS_WRITE = ("kinesis:ListShards", "kinesis:PutRecord", "kinesis:PutRecords")

GRANTS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "aws_s3": {
        "grant_read": _S3_READ,
        "grant_write": _S3_WRITE,
        "grant_read_write": (*_S3_READ, *_S3_WRITE),
        "grant_put": _S3_PUT,
        "grant_put_acl": ("s3:PutObjectAcl", "s3:PutObjectVersionAcl"),
        "grant_delete": ("s3:DeleteObject*",),
    },
    "aws_dynamodb": {
        "grant_read_data": _DYNAMODB_READ,
        "grant_write_data": _DYNAMODB_WRITE,
        "grant_read_write_data": (*_DYNAMODB_READ, *_DYNAMODB_WRITE),
        "grant_full_access": ("dynamodb:*",),
        "grant_stream_read": (
            "dynamodb:ListStreams",
            "dynamodb:DescribeStream",
            "dynamodb:GetRecords",
            "dynamodb:GetShardIterator",
        ),
    },
    "aws_sqs": {
        "grant_send_messages": ("sqs:SendMessage", "sqs:GetQueueAttributes", "sqs:GetQueueUrl"),
        "grant_consume_messages": (
            "sqs:ReceiveMessage",
            "sqs:ChangeMessageVisibility",
            "sqs:GetQueueUrl",
            "sqs:DeleteMessage",
            "sqs:GetQueueAttributes",
        ),
        "grant_purge": ("sqs:PurgeQueue", "sqs:GetQueueAttributes", "sqs:GetQueueUrl"),
    },
    "aws_sns": {"grant_publish": ("sns:Publish",)},
    "aws_lambda": {
        "grant_invoke": ("lambda:InvokeFunction",),
        "grant_invoke_url": ("lambda:InvokeFunctionUrl",),
    },
    "aws_secretsmanager": {
        "grant_read": ("secretsmanager:GetSecretValue", "secretsmanager:DescribeSecret"),
        "grant_write": ("secretsmanager:PutSecretValue", "secretsmanager:UpdateSecret"),
    },
    "aws_ssm": {
        "grant_read": (
            "ssm:DescribeParameters",
            "ssm:GetParameters",
            "ssm:GetParameter",
            "ssm:GetParameterHistory",
        ),
        "grant_write": ("ssm:PutParameter",),
    },
    "aws_kms": {
        "grant_decrypt": _DECRYPT,
        "grant_encrypt": _ENCRYPT,
        "grant_encrypt_decrypt": (*_DECRYPT, *_ENCRYPT),
    },
    "aws_events": {"grant_put_events_to": ("events:PutEvents",)},
    "aws_stepfunctions": {
        "grant_start_execution": ("states:StartExecution",),
        "grant_start_sync_execution": ("states:StartSyncExecution",),
        "grant_task_response": (
            "states:SendTaskSuccess",
            "states:SendTaskFailure",
            "states:SendTaskHeartbeat",
        ),
    },
    "aws_kinesis": {
        "grant_read": _KINESIS_READ,
        "grant_write": _KINESIS_WRITE,
        "grant_read_write": (*_KINESIS_READ, *_KINESIS_WRITE),
    },
}
"""By the module of the construct, and the method."""
