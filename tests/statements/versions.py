"""Statements on versions, aliases, the edge, and functions that run in circles."""

from __future__ import annotations

from tests.statements.statement import (
    DOCS,
    GUIDE,
    Statement,
    cloudformation,
    code,
    enforced,
    no_matter,
    obsolete,
    sam,
)

VERSIONS = f"{GUIDE}configuration-versions.html"
ALIASES = f"{GUIDE}configuration-aliases.html"
ROUTING = f"{GUIDE}configuring-alias-routing.html"
RECURSION = f"{GUIDE}invocation-recursion.html"
EDGE = f"{DOCS}AmazonCloudFront/latest/DeveloperGuide/lambda-at-edge-function-restrictions.html"

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


def alias(properties: str, marked: str = "") -> str:
    """A function with an alias."""
    lines = "".join(f"    {line}\n" for line in properties.splitlines())
    head = (
        f"Live:{marked}\n  Type: AWS::Lambda::Alias\n  Properties:\n    FunctionName: !Ref Orders\n"
    )
    return f"{_FUNCTION}{head}{lines}"


_CALLS_ITSELF = """\
import os

import boto3

client = boto3.client("lambda")


def handler(event, context):
    client.invoke(FunctionName=os.environ["AWS_LAMBDA_FUNCTION_NAME"], InvocationType="Event")  # expect: self-invocation
"""
_AT_THE_EDGE = """\
Role:
  Type: AWS::IAM::Role
  Properties:
    AssumeRolePolicyDocument:
      Version: "2012-10-17"
      Statement:
        - Effect: Allow
          Action: sts:AssumeRole
          Principal: {Service: [lambda.amazonaws.com, edgelambda.amazonaws.com]}
Distribution:
  Type: AWS::CloudFront::Distribution
  Properties:
    DistributionConfig:
      DefaultCacheBehavior:
        LambdaFunctionAssociations:
          - EventType: viewer-request
            LambdaFunctionARN: !Ref Orders.Version
"""
_PUBLISHED = "AutoPublishAlias: live\nRole: !GetAtt Role.Arn\nTimeout: 20"

STATEMENTS: list[Statement] = [
    enforced(
        14,
        "An alias shares invocations out by weights, between at most two versions.",
        ROUTING,
        cloudformation(
            alias(
                "Name: live\n"
                'FunctionVersion: "1"\n'
                "RoutingConfig:\n"
                "  AdditionalVersionWeights:\n"
                '    - {FunctionVersion: "2", FunctionWeight: 0.1}\n'
                '    - {FunctionVersion: "3", FunctionWeight: 0.1}',
                "  # expect: alias-routing-invalid",
            )
        ),
        silent=cloudformation(
            alias(
                "Name: live\n"
                'FunctionVersion: "1"\n'
                "RoutingConfig:\n"
                "  AdditionalVersionWeights:\n"
                '    - {FunctionVersion: "2", FunctionWeight: 0.1}'
            )
        ),
    ),
    enforced(
        49,
        "$LATEST is what is not published: no concurrency can be provisioned for it.",
        VERSIONS,
        sam(
            "ProvisionedConcurrencyConfig:\n"
            "  ProvisionedConcurrentExecutions: 10  # expect: provisioned-on-latest"
        ),
        silent=sam(
            "AutoPublishAlias: live\n"
            "ProvisionedConcurrencyConfig: {ProvisionedConcurrentExecutions: 10}"
        ),
    ),
    no_matter(50, "A version does not change.", VERSIONS, "Lambda sees to it"),
    no_matter(51, "Versions are counted up from 1.", VERSIONS, "Lambda gives the numbers"),
    no_matter(52, "A version has an ARN of its own.", VERSIONS, "Lambda gives it"),
    no_matter(
        53,
        "A version is the code and most of the configuration.",
        VERSIONS,
        "it says what Lambda keeps",
    ),
    no_matter(54, "Each version can be invoked.", VERSIONS, "it says what callers may do"),
    enforced(
        55,
        "An alias points at a version, and shares nothing with what is not published.",
        ALIASES,
        cloudformation(
            alias(
                "Name: live\n"
                "FunctionVersion: $LATEST\n"
                "RoutingConfig:\n"
                "  AdditionalVersionWeights:\n"
                '    - {FunctionVersion: "2", FunctionWeight: 0.1}',
                "  # expect: alias-routing-invalid",
            )
        ),
        silent=cloudformation(alias("Name: dev\nFunctionVersion: $LATEST")),
    ),
    enforced(
        56,
        "Aliases are named after stages, such as dev and prod, and not by digits alone.",
        ALIASES,
        cloudformation(
            alias('Name: "2026"  # expect: alias-routing-invalid\nFunctionVersion: "1"')
        ),
        silent=cloudformation(alias('Name: prod\nFunctionVersion: "1"')),
    ),
    no_matter(57, "Aliases may be changed.", ALIASES, "it says what may be done"),
    enforced(
        58,
        "The weights that move callers from one version to the next are shares from 0 to 1.",
        ROUTING,
        cloudformation(
            alias(
                "Name: live\n"
                'FunctionVersion: "1"\n'
                "RoutingConfig:\n"
                "  AdditionalVersionWeights:\n"
                '    - FunctionVersion: "2"\n'
                "      FunctionWeight: 10  # expect: alias-routing-invalid"
            )
        ),
    ),
    obsolete(
        60,
        "An alias needs a name and a version; a description it need not have.",
        f"{GUIDE}configuration-aliases.html",
        cloudformation(alias('Name: live\nFunctionVersion: "1"')),
    ),
    enforced(
        74,
        "A function never calls itself.",
        RECURSION,
        code(_CALLS_ITSELF),
        sam("RecursiveLoop: Allow  # expect: recursion-detection-disabled"),
        silent=code(
            _CALLS_ITSELF.partition("  #")[0].replace("AWS_LAMBDA_FUNCTION_NAME", "NEXT") + "\n",
            "CodeUri: src/\nEnvironment: {Variables: {NEXT: bills}}",
        ),
    ),
    enforced(
        75,
        "Lambda@Edge runs a function at CloudFront's places, with nothing but its code.",
        EDGE,
        sam(
            f"{_PUBLISHED}\n"
            "Environment:\n"
            "  Variables: {TARGET: example.org}  # expect: edge-restriction",
            _AT_THE_EDGE,
        ),
        silent=sam(_PUBLISHED, _AT_THE_EDGE),
    ),
    enforced(
        76,
        "CloudFront names the version by its number, and the function may run for 30 seconds.",
        EDGE,
        sam(f"{_PUBLISHED.replace('20', '60  # expect: timeout-over-limit')}", _AT_THE_EDGE),
        sam(
            _PUBLISHED,
            _AT_THE_EDGE.replace(
                "viewer-request", "viewer-request  # expect: edge-restriction"
            ).replace("!Ref Orders.Version", "!GetAtt Orders.Arn"),
        ),
    ),
]
