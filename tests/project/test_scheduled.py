"""Which functions scripts, workflows and DAGs of a project run on a schedule."""

from __future__ import annotations

import pytest

from lamlint.engine import check
from lamlint.rule import INFORMATION, WARNING
from lamlint.text import Finding
from tests.checking import rules
from tests.project.scheduling import (
    DAG,
    FLOW,
    SCHEDULER,
    SCRIPT,
    SETUP,
    WORKDAYS,
    WORKFLOW,
    built,
    scheduled,
)


def told(path: str, text: str) -> Finding:
    found = check.check(built(path, text), [rules()["connection-in-handler"]])
    (one,) = (each for each in found if each.span.path == "src/app.py")
    return one


PUT = """\
#!/bin/bash
NAME="acme-fetch"
RULE=${RULE:-each-night}
aws events put-rule --name "$RULE" --schedule-expression "cron(0 3 * * ? *)"
aws events put-targets --rule $RULE \\
  --targets "Id"="1","Arn"="arn:aws:lambda:eu-west-1:$ACCOUNT:function:$NAME"
"""
CREATE = """\
ARN=$(aws lambda get-function --function-name acme-fetch \\
  --query Configuration.FunctionArn --output text)
aws --region eu-west-1 scheduler create-schedule --name night --schedule-expression 'rate(1 day)' \\
  --target '{"Arn": "'$ARN'", "RoleArn": "arn:aws:iam::123456789012:role/run"}' || exit 1
"""
BOTO3 = """\
import boto3
REGION = "eu-west-1"
account = boto3.client("sts").get_caller_identity()["Account"]
def schedule():
    events = boto3.client("events")
    arn = f"arn:aws:lambda:{REGION}:{account}:function:acme-fetch"
    events.put_rule(Name="night", ScheduleExpression="cron(0 3 * * ? *)", State="ENABLED")
    events.put_targets(Rule="night", Targets=[{"Id": "1", "Arn": arn}])
"""
TASKS = """\
from airflow import DAG
from airflow.providers.amazon.aws.operators.lambda_function import LambdaInvokeFunctionOperator
with DAG(dag_id="fetch", schedule="@weekly") as dag:
    LambdaInvokeFunctionOperator(task_id="fetch", function_name="acme-fetch")
"""
MADE = """\
from airflow import DAG
from airflow.providers.amazon.aws.operators.lambda_function import LambdaInvokeFunctionOperator
def kebab(name):
    return name.replace("_", "-")
def task(task_id, more=None):
    return LambdaInvokeFunctionOperator(task_id=task_id, function_name=kebab(task_id))
with DAG("fetch", schedule_interval="0 10 * * 1-5") as dag:
    task("acme_fetch") >> task(task_id="acme_other")
"""
CALLABLE = """\
import boto3
from airflow import DAG
from airflow.operators.python import PythonOperator
def fetch():
    boto3.client("lambda").invoke(FunctionName="acme-fetch")
dag = DAG("fetch", schedule="@daily")
PythonOperator(task_id="fetch", python_callable=fetch, dag=dag)
"""
SURELY = {
    "a workflow": (FLOW, WORKFLOW, WORKDAYS),
    "a workflow, by a variable": (
        FLOW, WORKFLOW.replace("name acme-fetch", "name ${{ env.FUNCTION }}"), WORKDAYS,
    ),
    "a workflow, by an ARN": (
        FLOW, WORKFLOW.replace("name acme-f", "name arn:aws:lambda:eu-west-1:1:function:acme-f"),
        WORKDAYS,
    ),
    "a rule of a script": (SCRIPT, PUT, "cron(0 3 * * ? *)"),
    "a schedule of a script": (SCRIPT, CREATE, "rate(1 day)"),
    "a rule behind one on the same line": (
        SCRIPT, PUT.replace("\naws events put-targets", "; aws events put-targets"), "cron(0 3 * * ? *)",
    ),
    "a rule behind a quote that is left open": (
        SCRIPT, "aws events put-rule --name \"x\n" + CREATE.replace('"', ""), "rate(1 day)",
    ),
    "a schedule in what another command takes": (
        SCRIPT, f"{CREATE.partition('aws --')[0]}aws events list-rules --name-prefix $(aws --"
        + CREATE.partition("aws --")[2].replace(" || exit 1\n", ")\n"), "rate(1 day)",
    ),
    "a rule of a Makefile": ("Makefile", "plan:\n\t" + PUT.partition("night}\n")[2].replace(
        "$NAME", "acme-fetch").replace("$RULE", "night").replace("\n", "\n\t"), "cron(0 3 * * ? *)",
    ),
    "a rule by boto3": (SETUP, BOTO3, "cron(0 3 * * ? *)"),
    "a schedule by boto3": (SETUP, SCHEDULER, "rate(1 day)"),
    "a DAG": (DAG, TASKS, "cron(0 0 ? * 1 *)"),
    "a DAG whose tasks a function makes": (DAG, MADE, WORKDAYS),
    "a DAG that calls boto3": (DAG, CALLABLE, "cron(0 0 * * ? *)"),
}  # fmt: skip
UNSURE = {
    "a workflow that is started by hand": (FLOW, WORKFLOW.replace("    - cron", "    # - cron")),
    "a workflow with a condition": (
        FLOW, WORKFLOW.replace("      - run:", "      - if: github.event_name == 'push'\n        run:"),
    ),
    "a workflow that does so in a loop": (
        FLOW, WORKFLOW.replace("          aws", "          for one in 1 2 3; do\n          aws"),
    ),
    "a workflow of several jobs alike": (
        FLOW, WORKFLOW.replace("    steps:", "    strategy:\n      matrix: {one: [1, 2]}\n    steps:"),
    ),
    "a workflow that does so twice": (FLOW, WORKFLOW + WORKFLOW.partition("steps:\n")[2]),
    "a workflow whose function is not known": (FLOW, WORKFLOW.replace("acme-fetch \\", "$NAME \\")),
    "a workflow that says so": (FLOW, WORKFLOW.replace("          aws", "          echo aws")),
    "a workflow elsewhere": ("docs/fetch.yml", WORKFLOW),
    "a rule that is switched off": (SCRIPT, PUT.replace("--name", "--state DISABLED --name")),
    "a rule for events, too": (SCRIPT, PUT.replace("--name", "--event-pattern '{}' --name")),
    "a rule without the target": (SCRIPT, PUT.replace("--rule $RULE", "--rule other")),
    "a rule that is commented out": (SCRIPT, PUT.replace("\naws", "\n# aws")),
    "a rule behind a comment on its line": (
        SCRIPT, PUT.replace("\naws events put-targets", "; x # no: aws events put-targets"),
    ),
    "a rule behind what is only said": (
        SCRIPT, PUT.replace("\naws events put-targets", "; echo aws events put-targets"),
    ),
    "a rule whose schedule is not known": (SCRIPT, PUT.replace('"cron(0 3 * * ? *)"', "$WHEN")),
    "a rule whose schedule is none": (SCRIPT, PUT.replace("* * ? *", "* * * *")),
    "a rule with a name that changes": (SCRIPT, PUT.replace("\nRULE", "\nNAME=other\nRULE")),
    "a rule of documentation": ("docs/schedule.sh", PUT),
    "a rule of a queue": (SCRIPT, PUT.replace(":lambda:", ":sqs:").replace(":function:", ":")),
    "another function": (SCRIPT, PUT.replace("acme-fetch", "acme-fetches")),
    "a name that may be any": (SCRIPT, PUT.replace("$NAME", "$OTHER")),
    "a rule by boto3 that is switched off": (SETUP, BOTO3.replace("ENABLED", "DISABLED")),
    "a rule by boto3, whose target is another": (SETUP, BOTO3.replace("acme-fetch", "other")),
    "rules by boto3 in a loop": (
        SETUP, SCHEDULER.replace('boto3.client("s', 'for one in PREFIX:\n  boto3.client("s'),
    ),
    "a schedule by boto3 that is put together": (
        SETUP, SCHEDULER.replace('"rate(1 day)"', 'f"rate({DAYS} days)"'),
    ),
    "a DAG without a schedule": (DAG, TASKS.replace('"@weekly"', "None")),
    "one of two DAGs": (DAG, TASKS + 'DAG("other", schedule="@daily")\n'),
    "a DAG with tasks in a loop": (DAG, TASKS.replace("    Lambda", "    for one in ALL: Lambda")),
    "a DAG that does so twice": (DAG, TASKS + TASKS.rpartition("dag:\n")[2]),
    "a DAG of a function that is not known": (DAG, TASKS.replace('"acme-fetch"', "NAME")),
}  # fmt: skip


@pytest.mark.parametrize(("path", "text", "when"), SURELY.values(), ids=SURELY)
def test_a_function_has_what_surely_runs_it(path: str, text: str, when: str) -> None:
    assert scheduled(path, text) == {"Fetch": [when]}
    one = told(path, text)
    assert "nearly always starts cold" in one.message
    assert one.severity is INFORMATION
    assert any(note.span.path == path for note in one.related)


@pytest.mark.parametrize(("path", "text"), UNSURE.values(), ids=UNSURE)
def test_it_has_not_what_may_run_another_or_more_often(path: str, text: str) -> None:
    assert scheduled(path, text) == {}
    assert "how often the function runs is not known here" in told(path, text).message


def test_what_often_runs_is_warned_of() -> None:
    one = told(FLOW, WORKFLOW.replace("0 10 * * 1-5", "*/10 * * * *"))
    assert one.severity is WARNING


def test_a_name_that_is_known_in_part_is_the_one_that_fits() -> None:
    work = WORKFLOW.replace("name acme-fetch", "name acme-prod-work")
    assert scheduled(FLOW, work) == {"Work": [WORKDAYS]}


def test_all_that_a_workflow_says_is_read_in_time() -> None:
    doubled = "".join(
        f'A{n} = A{n - 1} + A{n - 1} + f"{{A{n - 1}}}{{A{n - 1}}}"\n' for n in range(1, 99)
    )
    assert scheduled(SETUP, f"{doubled}{SCHEDULER}") == {"Fetch": ["rate(1 day)"]}
