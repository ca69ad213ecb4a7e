"""Variables that surely hold something, though what it is is known only after the deployment."""

from __future__ import annotations

import pytest

from tests.handlers.configured import GIVEN, SAM, TERRAFORM, count

UNLESS_SET = """\
JOBS = os.environ.get("JOBS", "")
def address():
    if JOBS:
        return JOBS
    account = boto3.client("sts").get_caller_identity()["Account"]
    return f"https://sqs.eu-west-1.amazonaws.com/{account}/jobs"
def handler(event, context):
    return address()
"""
UNLESS_EMPTY = """\
def handler(event, context):
    if os.environ["JOBS"] == "" or os.getenv("JOBS") is None:
        boto3.client("s3").list_buckets()
"""
IF_ONE_OF_ITS_OWN = """\
def handler(event, context):
    if os.environ["JOBS"] == "https://example.com/jobs":
        boto3.client("s3").list_buckets()
"""
QUEUES = SAM + GIVEN + """\
  Jobs: {Type: AWS::SQS::Queue}
  Made: {Type: Custom::Queue, Properties: {ServiceToken: !Ref Name}}
  Nested: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: !Ref Name}}
"""  # fmt: skip
HCL = (
    TERRAFORM.replace('PROVIDER = "mock"', "JOBS = %s").replace("[%s]", "[]")
    + """\
variable "given" {}
resource "aws_sqs_queue" "jobs" {}
resource "aws_sqs_queue" "some" {
  count = var.given ? 1 : 0
}
module "one" {
  source = "./jobs"
  address = aws_sqs_queue.jobs.url
}
module "some" {
  source = "./jobs"
  count = var.given ? 1 : 0
  address = aws_sqs_queue.jobs.url
}
locals {
  jobs = aws_sqs_queue.jobs.url
}
"""
)
MODULE = """\
variable "address" {}
variable "other" { default = null }
output "address" { value = var.address }
output "other" { value = var.other }
"""


@pytest.mark.parametrize("code", [UNLESS_SET, UNLESS_EMPTY])
@pytest.mark.parametrize(
    "written",
    [
        "!Ref Jobs",
        "!GetAtt Jobs.Arn",
        "!Sub '${Jobs.QueueUrl}'",
        "!Sub 'jobs-${AWS::Region}'",
        "!If [Real, !Ref Jobs, none]",
        "!Ref AWS::StackName",
    ],
)
def test_what_a_template_fills(written: str, code: str) -> None:
    """A resource is called something by AWS, and a text with something written is not empty."""
    assert count(QUEUES % f'JOBS: "{written}"'.replace('"', ""), code) == 0


@pytest.mark.parametrize(
    "written",
    [
        "!Ref Name",
        "!GetAtt Made.Address",
        "!GetAtt Nested.Outputs.Url",
        "!Sub '${Name}'",
        "!If [Real, !Ref Jobs, '']",
        "!If [Real, !Ref Jobs, !Ref AWS::NoValue]",
        "!If [Real, !Ref Jobs, !Ref Named]",
        "!ImportValue jobs",
        "!Ref Elsewhere",
    ],
)
def test_what_a_template_may_leave_empty(written: str) -> None:
    """Somebody else says what it is: a parameter, a custom resource, a branch."""
    template = (QUEUES % f"JOBS: {written}").replace(
        "{Name: {Type: String, Default: mock}}",
        "{Name: {Type: String}, Named: {Type: String, Default: mock}}",
    )
    assert count(template, UNLESS_SET) == 1


def test_what_it_is_stays_unknown() -> None:
    """It may be any text that is not empty."""
    assert count(QUEUES % "JOBS: !Ref Jobs", IF_ONE_OF_ITS_OWN) == 1


@pytest.mark.parametrize(
    "written",
    [
        "aws_sqs_queue.jobs.url",
        '"${aws_sqs_queue.jobs.id}"',
        '"jobs-${var.given}"',
        "local.jobs",
        "module.one.address",
        'try(aws_sqs_queue.jobs.url, "")',
    ],
)
def test_what_a_module_fills(written: str) -> None:
    """What is handed on through locals, modules and functions is what it was."""
    assert count(HCL % written, UNLESS_SET, "main.tf", jobs__main_dot_tf=MODULE) == 0


@pytest.mark.parametrize(
    "written",
    [
        "var.given",
        "one(aws_sqs_queue.some[*].url)",
        'join("", aws_sqs_queue.some[*].url)',
        'try(aws_sqs_queue.some[0].url, "")',
        'var.given ? aws_sqs_queue.jobs.url : ""',
        "one(module.some[*].address)",
        "module.one.other",
        "aws_sqs_queue.jobs.kms_master_key_id",
        "data.aws_sqs_queue.jobs.url",
        '"${var.given}"',
    ],
)
def test_what_a_module_may_leave_empty(written: str) -> None:
    """A variable, what there may be none of, an attribute that need not be set."""
    assert count(HCL % written, UNLESS_SET, "main.tf", jobs__main_dot_tf=MODULE) == 1


CDK = """\
import aws_cdk as cdk
from aws_cdk import aws_lambda as lambda_, aws_sqs as sqs
class Shop(cdk.Stack):
    def __init__(self, scope, name):
        super().__init__(scope, name)
        given = cdk.CfnParameter(self, "Given")
        jobs = sqs.Queue(self, "Jobs")
        work = lambda_.Function(
            self, "Orders", runtime=lambda_.Runtime.PYTHON_3_13, handler="app.handler",
            code=lambda_.Code.from_asset("src"), environment={"JOBS": %s},
        )
        work.add_function_url()
app = cdk.App()
Shop(app, "Shop")
"""


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("jobs.queue_url", 0),
        ("jobs.queue_arn", 0),
        ('f"x-{given.value_as_string}"', 0),
        ("given.value_as_string", 1),
        ("given.ref", 1),
        ("unknown(jobs)", 1),
    ],
)
def test_what_a_stack_fills(written: str, told: int) -> None:
    """An attribute by which AWS calls a construct is there, a parameter may be empty."""
    files = {"cdk_dot_json": '{"app": "python3 cdk_app.py"}'}
    assert count(CDK % written, UNLESS_SET, "cdk_app.py", **files) == told
