"""Statements on what a function may be: time, memory, environment, network, layers."""

from __future__ import annotations

from tests.statements.statement import (
    GUIDE,
    Statement,
    enforced,
    no_matter,
    obsolete,
    sam,
)

LIMITS = f"{GUIDE}gettingstarted-limits.html"
VARIABLES = f"{GUIDE}configuration-envvars.html"
MEMORY = f"{GUIDE}configuration-memory.html"
STORAGE = f"{GUIDE}configuration-ephemeral-storage.html"
CONCURRENCY = f"{GUIDE}configuration-concurrency.html"

_MANY = [f"\n    NAME_{number:03}: {'x' * 19}" for number in range(140)]
"""Variables whose names and values alone are less than the limit, and as JSON are more."""

_LAYERS = [
    f"\n  - arn:aws:lambda:eu-west-1:123456789012:layer:part{number}:1" for number in range(6)
]

_NO_TIMEOUT = """\
Transform: AWS::Serverless-2016-10-31
Resources:
  Orders:  # expect: timeout-not-set
    Type: AWS::Serverless::Function
    Properties: {Runtime: python3.13, Handler: app.handler, CodeUri: src/}
"""
_WRITES = """\
import boto3

s3 = boto3.client("s3")


def handler(event, context):
    s3.put_object(Bucket=event["bucket"], Key="k", Body=b"")
"""

STATEMENTS: list[Statement] = [
    no_matter(
        1,
        "There are no servers to look after, but for functions on managed instances.",
        f"{GUIDE}lambda-managed-instances.html",
        "it says what Lambda is",
    ),
    enforced(
        2,
        "An invocation is short: 15 minutes, and 90 on managed instances.",
        LIMITS,
        sam("Timeout: 1200  # expect: timeout-over-limit"),
        silent=sam(
            "Timeout: 1200\n"
            "CapacityProviderConfig:\n"
            "  LambdaManagedInstancesCapacityProviderConfig:\n"
            "    CapacityProviderArn: arn:aws:lambda:eu-west-1:123456789012:capacity-provider:one"
        ),
    ),
    no_matter(
        3, "A function runs when it is invoked.", f"{GUIDE}welcome.html", "it says what Lambda is"
    ),
    no_matter(
        4,
        "Lambda adds environments by itself, 1,000 each ten seconds.",
        f"{GUIDE}lambda-concurrency.html",
        "the service does it, whatever is configured",
    ),
    no_matter(
        5,
        "A million requests and 400,000 GB-seconds a month cost nothing.",
        "https://aws.amazon.com/lambda/pricing/",
        "what is used is billed, and no file says how much that is",
    ),
    obsolete(
        7,
        "A function has 10,240 MB at most; 3 GB was the limit once.",
        MEMORY,
        sam("MemorySize: 4096"),
        found=sam("MemorySize: 10241  # expect: memory-out-of-range"),
    ),
    enforced(
        11,
        "A function has at most five layers, each by the ARN of a version.",
        f"{GUIDE}chapter-layers.html",
        sam(f"Layers:{''.join(_LAYERS)}  # expect: layer-limit"),
        sam("Layers: ['arn:aws:lambda:eu-west-1:123456789012:layer:part']  # expect: layer-limit"),
        silent=sam(f"Layers:{''.join(_LAYERS[:5])}"),
    ),
    enforced(
        13,
        "All variables together are at most 4,096 bytes, as JSON.",
        VARIABLES,
        sam(
            f"Environment:\n  Variables:{_MANY[0]}  # expect: environment-too-large"
            + "".join(_MANY[1:])
        ),
        silent=sam("Environment:\n  Variables:" + "".join(_MANY[:100])),
    ),
    enforced(
        20,
        "The timeout is 3 seconds where none is set, and 900 at most.",
        f"{GUIDE}configuration-timeout.html",
        sam("Timeout: 901  # expect: timeout-over-limit"),
        {"template.yaml": _NO_TIMEOUT, "src/app.py": _WRITES},
        silent=sam("Timeout: 900"),
    ),
    enforced(
        21,
        "A function has variables, whose names have a form, and some of which are Lambda's own.",
        VARIABLES,
        sam("Environment:\n  Variables:\n    bad-name: x  # expect: invalid-environment-name"),
        sam("Environment:\n  Variables:\n    AWS_REGION: x  # expect: reserved-environment-name"),
        silent=sam("Environment:\n  Variables:\n    GOOD_NAME: x\n    TZ: Europe/Berlin"),
    ),
    obsolete(
        22,
        "Memory goes from 128 to 10,240 MB, not from 128 MB to 3 GB.",
        MEMORY,
        sam("MemorySize: 8192"),
        found=sam("MemorySize: 64  # expect: memory-out-of-range"),
    ),
    enforced(
        23,
        "A function is put into a VPC with at most 16 subnets and 5 security groups.",
        f"{GUIDE}configuration-vpc.html",
        sam(
            "VpcConfig:\n"
            "  SecurityGroupIds: [sg-1, sg-2, sg-3, sg-4, sg-5, sg-6]  # expect: invalid-function-property\n"
            "  SubnetIds: [subnet-0a1b2c3d]"
        ),
        silent=sam("VpcConfig:\n  SubnetIds: [subnet-0a1b2c3d]\n  SecurityGroupIds: [sg-0a1b2c3d]"),
    ),
    no_matter(
        29,
        "An account runs 1,000 invocations at once, unless its quota is raised; new ones fewer.",
        LIMITS,
        "it is a quota of the account",
    ),
    enforced(
        30,
        "Concurrency is reserved by function; none is left for it where that is zero.",
        CONCURRENCY,
        sam("ReservedConcurrentExecutions: 0  # expect: concurrency-contradiction"),
        sam(
            "AutoPublishAlias: live\n"
            "ProvisionedConcurrencyConfig: {ProvisionedConcurrentExecutions: 10}\n"
            "ReservedConcurrentExecutions: 5  # expect: concurrency-contradiction"
        ),
        silent=sam("ReservedConcurrentExecutions: 5"),
    ),
    no_matter(
        31,
        "What is over the limit is throttled.",
        CONCURRENCY,
        "it says what Lambda does, whatever is configured",
    ),
    obsolete(
        41,
        "Memory goes in steps of 1 MB, no longer of 64, up to 10,240 MB.",
        MEMORY,
        sam("MemorySize: 1000"),
        found=sam("MemorySize: 1000.5  # expect: memory-out-of-range"),
    ),
    obsolete(
        42,
        "The longest timeout is 900 seconds, no longer 300.",
        LIMITS,
        sam("Timeout: 600"),
        found=sam("Timeout: 1200  # expect: timeout-over-limit"),
    ),
    obsolete(
        43,
        "/tmp is 512 MB where nothing is said, and up to 10,240.",
        STORAGE,
        sam("EphemeralStorage: {Size: 4096}"),
        found=sam("EphemeralStorage: {Size: 256}  # expect: ephemeral-storage-out-of-range"),
    ),
    no_matter(44, "1,000 invocations run at once.", LIMITS, "it is a quota of the account"),
    enforced(
        48,
        "Variables are limited to 4 KB.",
        LIMITS,
        sam(f"Environment:\n  Variables: {{TEXT: {'x' * 4100}}}  # expect: environment-too-large"),
        silent=sam(f"Environment:\n  Variables: {{TEXT: {'x' * 4000}}}"),
    ),
    obsolete(
        68,
        "/tmp may be more than 512 MB.",
        STORAGE,
        sam("EphemeralStorage: {Size: 10240}"),
        found=sam("EphemeralStorage: {Size: 10241}  # expect: ephemeral-storage-out-of-range"),
    ),
    enforced(
        70,
        "What is to stay is kept in S3, or in a file system that is mounted below /mnt.",
        f"{GUIDE}configuration-filesystem.html",
        sam(
            "VpcConfig: {SubnetIds: [subnet-0a1b2c3d], SecurityGroupIds: [sg-0a1b2c3d]}\n"
            "FileSystemConfigs:\n"
            "  - Arn: arn:aws:elasticfilesystem:eu-west-1:123456789012:access-point/fsap-0a1b2c3d\n"
            "    LocalMountPath: /data  # expect: invalid-function-property"
        ),
    ),
    enforced(
        72,
        "Variables hold settings; passwords belong into Secrets Manager.",
        VARIABLES,
        sam(
            "Environment:\n  Variables:\n    DB_PASSWORD: kT7-vQ2xw!9pL  # expect: secret-in-environment"
        ),
        silent=sam(
            "Environment:\n"
            "  Variables:\n"
            "    TABLE: orders\n"
            "    SECRET_ARN: arn:aws:secretsmanager:eu-west-1:123456789012:secret:orders-AbC123"
        ),
    ),
]
