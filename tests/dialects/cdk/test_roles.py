"""What functions of stacks in Python may do, and what the CDK makes beside them."""

from __future__ import annotations

import pytest

from lamlint.model import Function, Role
from tests.dialects.cdk.stacks import declared, function, stack

PLAIN = "timeout=Duration.seconds(3)"
TABLE = 'table = dynamodb.Table(self, "D")'


def role(found: Function) -> Role:
    assert found.role is not None
    return found.role


def allowed(found: Function) -> set[str]:
    return {action for one in role(found).statements for action in one.actions}


@pytest.mark.parametrize(
    ("lines", "action"),
    [
        (("bucket.grant_read(fn)",), "s3:GetObject*"),
        (("bucket.grant_read_write(fn.role)",), "s3:PutObject*"),
        ((TABLE, "table.grant_write_data(fn)"), "dynamodb:PutItem"),
        ((TABLE, 'table.grant(fn, "dynamodb:Query")'), "dynamodb:Query"),
        (
            (
                "fn.add_to_role_policy(iam.PolicyStatement("
                'actions=["ses:SendEmail"], resources=["*"]))',
            ),
            "ses:SendEmail",
        ),
        (
            (
                "fn.role.add_managed_policy(iam.ManagedPolicy.from_aws_managed_policy_name("
                '"AmazonSQSFullAccess"))',
            ),
            "logs:PutLogEvents",
        ),
    ],
)
def test_what_a_role_is_granted(lines: tuple[str, ...], action: str) -> None:
    found = function(PLAIN, *lines)
    assert action in allowed(found)
    assert role(found).trusted == ("lambda.amazonaws.com", "edgelambda.amazonaws.com")


def test_a_role_of_the_authors_own() -> None:
    found = declared(
        stack(
            'role = iam.Role(self, "R", assumed_by=iam.ServicePrincipal("lambda.amazonaws.com"),',
            '    managed_policies=[iam.ManagedPolicy.from_aws_managed_policy_name("service-role/'
            'AWSLambdaBasicExecutionRole")],',
            '    inline_policies={"p": iam.PolicyDocument(statements=[iam.PolicyStatement(',
            '        actions=["sns:Publish"], resources=["*"])])})',
            '_lambda.Function(self, "F", runtime=_lambda.Runtime.PYTHON_3_13, handler="app.handler",',
            '    code=_lambda.Code.from_asset("src"), role=role)',
            "bucket.grant_read(role)",
        )
    )
    assert {"sns:Publish", "s3:GetObject*", "logs:PutLogEvents"} <= allowed(found[0])
    assert role(found[0]).complete


@pytest.mark.parametrize(
    "line",
    [
        "bucket.grant_everything(fn)",
        "fn.add_to_role_policy(UNKNOWN)",
        "fn.role.add_managed_policy(UNKNOWN)",
    ],
)
def test_a_right_that_is_not_known_leaves_a_role_open(line: str) -> None:
    assert not role(function(PLAIN, line)).complete


def test_a_url_an_alias_and_what_becomes_of_asynchronous_calls() -> None:
    found = function(
        "retry_attempts=1, max_event_age=Duration.minutes(2), "
        'on_failure=cdk.aws_lambda_destinations.SqsDestination(sqs.Queue(self, "Lost")), '
        "log_retention=logs.RetentionDays.ONE_WEEK",
        "fn.add_function_url(auth_type=_lambda.FunctionUrlAuthType.NONE)",
        'fn.add_alias("live", provisioned_concurrent_executions=2)',
    )
    assert found.urls[0].auth.only == "NONE"
    assert (found.aliases[0].name.only, found.aliases[0].provisioned.only) == ("live", 2)
    (calls,) = found.asynchronous
    assert (calls.retries.only, calls.maximum_age.only) == (1, 120)
    assert calls.on_failure.targets == {"cdk.json#Album/Lost"}
    assert found.log_retention.only == 7


@pytest.mark.parametrize(
    ("given", "call", "elements"),
    [
        ('actions=["ses:SendEmail"]', "add_all_resources()", ["Action", "Resource"]),
        ('actions=["ses:SendEmail"]', 'add_resources("*")', ["Action", "Resource"]),
        ('actions=["ses:SendEmail"]', 'add_not_resources("*")', ["Action", "NotResource"]),
        ('actions=["ses:SendEmail"], not_resources=["*"]', "sid", ["Action", "NotResource"]),
        ('resources=["*"]', 'add_actions("ses:SendEmail")', ["Action", "Resource"]),
        ('resources=["*"]', 'add_not_actions("iam:*")', ["NotAction", "Resource"]),
        ('actions=["ses:SendEmail"]', "sid", ["Action"]),
    ],
)
def test_what_a_statement_is_given_later(given: str, call: str, elements: list[str]) -> None:
    found = function(
        PLAIN,
        f"statement = iam.PolicyStatement({given})",
        f"statement.{call}",
        "fn.add_to_role_policy(statement)",
    )
    (block,) = [
        one for policy in role(found).documents if not policy.trust for one in policy.blocks
    ]
    assert sorted({*block.elements} - {"Effect"}) == sorted(elements)


def test_all_resources_are_what_a_star_is() -> None:
    found = function(
        PLAIN,
        'statement = iam.PolicyStatement(actions=["ses:SendEmail"])',
        "statement.add_all_resources()",
        "fn.add_to_role_policy(statement)",
    )
    assert {"*"} in [set(one.resources) for one in role(found).statements]
