"""Statements on roles, and on what is logged, measured and traced."""

from __future__ import annotations

from tests.statements.statement import (
    DOCS,
    GUIDE,
    Files,
    Statement,
    enforced,
    later,
    sam,
)

LOGS = f"{GUIDE}monitoring-cloudwatchlogs.html"
TRACING = f"{GUIDE}services-xray.html"
METRICS = f"{GUIDE}monitoring-metrics.html"


def policy(*lines: str) -> Files:
    """A function whose role has a policy of its own."""
    return sam("Policies:\n" + "".join(f"  {line}\n" for line in lines))


STATEMENTS: list[Statement] = [
    enforced(
        6,
        "CloudWatch keeps what a function logs, and keeps it for ever unless told otherwise.",
        LOGS,
        sam(told="log-retention-not-set"),
        silent=sam(
            "LoggingConfig: {LogGroup: !Ref Log}",
            "Log:\n  Type: AWS::Logs::LogGroup\n  Properties: {RetentionInDays: 30}",
        ),
    ),
    enforced(
        19,
        "A statement has a Resource, which is an ARN of six fields; letters of actions have no case.",
        f"{DOCS}IAM/latest/UserGuide/reference_policies_elements.html",
        policy(
            "- Statement:",
            "    - Effect: Allow",
            "      Action: [logs:CreatelogGroup]",
            "      Resources: arn:aws:logs:us-east-2:123123123  # expect: malformed-policy",
        ),
        policy(
            "- Statement:",
            "    - Effect: Allow",
            "      Action: [logs:CreatelogGroup]",
            "      Resource: arn:aws:logs:us-east-2:123123123  # expect: malformed-policy",
        ),
        policy(
            '- Version: "2012-10-18"  # expect: malformed-policy',
            "  Statement:",
            "    - {Effect: Allow, Action: logs:CreateLogGroup, Resource: '*'}",
        ),
        silent=policy(
            '- Version: "2012-10-17"',
            "  Statement:",
            "    - Effect: Allow",
            "      Action: [logs:CreatelogGroup]",
            "      Resource: arn:aws:logs:us-east-2:123456789012:*",
        ),
    ),
    later(
        24,
        "A function has a role, which Lambda may assume, and which allows what the code does.",
        f"{GUIDE}lambda-intro-execution-role.html",
        "missing-permission",
    ),
    later(
        32,
        "Who invokes a function that is throttled gets 429, as TooManyRequestsException.",
        f"{DOCS}lambda/latest/api/API_Invoke.html",
        "nonexistent-exception",
    ),
    enforced(
        37,
        "What is logged goes to CloudWatch Logs; levels are for logs in JSON only.",
        f"{GUIDE}monitoring-cloudwatchlogs-log-level.html",
        sam(
            "LoggingConfig: {LogFormat: Text, ApplicationLogLevel: DEBUG}"
            "  # expect: ineffective-log-level"
        ),
        silent=sam("LoggingConfig: {LogFormat: JSON, ApplicationLogLevel: DEBUG}"),
    ),
    later(
        38,
        "Metrics are in CloudWatch; those of one's own are in a namespace of one's own.",
        METRICS,
        "reserved-metric-namespace",
    ),
    enforced(
        39,
        "X-Ray traces what runs where tracing is active.",
        TRACING,
        sam(told="tracing-not-active"),
        silent=sam("Tracing: Active"),
    ),
    later(
        40,
        "Code that traces uses Powertools or OpenTelemetry, and a function that is traced.",
        f"{GUIDE}python-tracing.html",
        "tracer-without-tracing",
    ),
]
