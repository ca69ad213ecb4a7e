"""Messages call what a stack makes by its id, and show no more code than a few words."""

from __future__ import annotations

import pytest

from lamlint import registry
from lamlint.engine.check import check
from tests.dialects.cdk.stacks import project, stack

FUNCTION = (
    'fn = _lambda.Function(self, "F", runtime=_lambda.Runtime.PYTHON_3_13, '
    'handler="app.handler", code=_lambda.Code.from_asset("src"))'
)
TABLE = """dynamodb.Table(
    self, %s, table_name="Albums",
    partition_key=dynamodb.Attribute(name="Id", type=dynamodb.AttributeType.STRING),
    billing_mode=dynamodb.BillingMode.PAY_PER_REQUEST,
)"""
LONG = "settings.of(UNKNOWN, one='a long word', two='another long word', three='and one more')"
SPELLED = ".".join(["configuration"] * 8)


def allowed_on(*lines: str) -> str:
    """What a role is said to have all actions on."""
    rule = registry.load(plugins=False)["wildcard-permission"]
    (found,) = check(project(stack(FUNCTION, *lines)), [rule])
    return found.message.partition(" on ")[2].partition(",")[0]


def granted(resource: str) -> str:
    """A statement that allows everything that DynamoDB can do."""
    return f'fn.add_to_role_policy(iam.PolicyStatement(actions=["dynamodb:*"], resources=[{resource}]))'


@pytest.mark.parametrize(
    ("lines", "named"),
    [
        ((f"table = {TABLE % repr('Albums')}", "table.grant_full_access(fn)"), "${Albums}"),
        (
            (f"t = {TABLE % 'UNKNOWN + str(1)'}", "t.grant_full_access(fn)"),
            '${os.environ.get("UNKNOWN")}1',
        ),
        ((f"{TABLE % repr('Songs')}.grant_full_access(fn)",), "${Songs}"),
        ((f"self.t = {TABLE % repr('T')}", granted("self.t.table_arn")), "${self.t.table_arn}"),
        ((granted(f"{TABLE % repr('Here')}.table_arn"),), "${Here}"),
        ((granted("UNKNOWN['arn']"),), "${UNKNOWN['arn']}"),
        ((granted(LONG),), "${settings.of(…)}"),
        ((granted(SPELLED),), f"${{{SPELLED[:55]}…}}"),
    ],
)
def test_a_message_shows_no_code_beyond_a_few_words(lines: tuple[str, ...], named: str) -> None:
    assert allowed_on(*lines) == named
