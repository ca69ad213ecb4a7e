"""How often a function runs that is a task of a state machine: as often as that is started."""

from __future__ import annotations

from datetime import date

import pytest

from lamlint import project
from lamlint.catalog import Catalog
from lamlint.model import Function, Often, frequency
from tests.memory import MemoryTree

CODE = "def handler(event, context):\n    print(event['a'])\n"


def functions(files: dict[str, str]) -> dict[str, Function]:
    tree = MemoryTree({"src/app.py": CODE, **files})
    built = project.build(tree, (), Catalog(), date(2026, 11, 29))
    assert not built.problems
    return {one.name: one for one in built.functions}


def often(files: dict[str, str], name: str = "Fn") -> Often:
    return frequency(functions(files)[name], Catalog().rare_events).often


# --- templates

FN = """\
Transform: AWS::Serverless-2016-10-31
Parameters: {When: {Type: String}}
Resources:
  Fn:
    Type: AWS::Serverless::Function
    Properties: {Runtime: python3.13, Handler: app.handler, CodeUri: src}
"""
DIRECT = '{"StartAt": "A", "States": {"A": {"Type": "Task", "Resource": "${FnArn}", "End": true}}}'
INVOKE = (
    '{"StartAt": "A", "States": {"A": {"Type": "Task", "End": true,'
    ' "Resource": "arn:aws:states:::lambda:invoke",'
    ' "Parameters": {"FunctionName": "${FnArn}:$LATEST", "Payload.$": "$"}}}}'
)
EACH = f'{{"States": {{"M": {{"Type": "Map", "End": true, "ItemProcessor": {DIRECT}}}}}}}'
BRANCHES = f'{{"States": {{"P": {{"Type": "Parallel", "Branches": [{DIRECT}]}}}}}}'
ROUND = (
    '{"StartAt": "W", "States": {"W": {"Type": "Wait", "Seconds": 30, "Next": "A"},'
    ' "A": {"Type": "Task", "Resource": "${FnArn}", "Next": "C"},'
    ' "C": {"Type": "Choice", "Choices": [{"Next": "W"}], "Default": "D"}, "D": {"Type": "Succeed"}}}'
)
NAMES = "DefinitionSubstitutions: {FnArn: !GetAtt Fn.Arn}"


def sam(events: str = "", definition: str = "DefinitionUri: m.asl.json", names: str = NAMES) -> str:
    given = f"{{{definition}, {names}, Events: {{{events}}}}}"
    return f"{FN}  Machine: {{Type: AWS::Serverless::StateMachine, Properties: {given}}}\n"


def schedule(expression: str, more: str = "") -> str:
    return f"S: {{Type: Schedule, Properties: {{Schedule: {expression}{more}}}}}"


def plain(definition: str, more: str) -> str:
    given = f"{{DefinitionString: {definition}}}"
    machine = f"  Machine: {{Type: AWS::StepFunctions::StateMachine, Properties: {given}}}\n"
    return f"{FN}{machine}{more}"


def rule(given: str, target: str = "!Ref Machine") -> str:
    whole = f"{given}, Targets: [{{Id: it, Arn: {target}}}]"
    return f"  Rule: {{Type: AWS::Events::Rule, Properties: {{{whole}}}}}\n"


def in_states(number: int) -> str:
    """A definition with so many states that run the function, one after the other."""
    states = (f'"A{n}": {{"Resource": "${{FnArn}}", "Next": "A{n + 1}"}}' for n in range(number))
    return f'{{"States": {{{", ".join(states)}}}}}'


CALLING = (
    '{"States": {"A": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke",'
    ' "Parameters": {"FunctionName": "other"}}}}'
)
CRON = schedule("cron(0 3 * * ? *)")
MINUTES, DAYS = schedule("rate(5 minutes)"), schedule("rate(1 day)")
SUB = f"!Sub '{DIRECT.replace('FnArn', 'Fn.Arn')}'"
SCHEDULER = (
    "  Sched: {Type: AWS::Scheduler::Schedule, Properties: {ScheduleExpression: rate(%s),"
    " Target: {Arn: !GetAtt Machine.Arn, RoleArn: r}}}\n"
)
INLINE = "Definition: {StartAt: A, States: {A: {Type: Task, Resource: !GetAtt Fn.Arn, End: true}}}"
TWO = (
    f"{FN}  Outer: {{Type: AWS::Serverless::StateMachine, Properties: {{Events: {{EVENTS}},"
    " Definition: {States: {A: {Type: Task, Resource: 'arn:aws:states:::states:startExecution.sync:2',"
    " Parameters: {StateMachineArn: !Ref Machine}}}}}}\n"
    f"  Machine: {{Type: AWS::Serverless::StateMachine, Properties: {{{INLINE}}}}}\n"
)
AN_API = "  Other: {Type: AWS::Serverless::Function, Properties: {Runtime: python3.13, Handler: x.y, CodeUri: s3://b/k, Environment: {Variables: {MACHINE: !Ref Machine}}, Events: {E: {Type: Api, Properties: {Path: /, Method: get}}}}}\n"

METHOD = (
    "  Get: {Type: AWS::ApiGateway::Method, Properties: {HttpMethod: POST, Integration: {Type: AWS,"
    " Uri: !Sub 'arn:aws:apigateway:${AWS::Region}:%s',"
    ' RequestTemplates: {application/json: !Sub \'{"stateMachineArn": "${Machine}"}\'}}}}\n'
)
INTEGRATION = (
    "  Get: {Type: AWS::ApiGatewayV2::Integration, Properties: {IntegrationType: AWS_PROXY,"
    " IntegrationSubtype: %s, RequestParameters: {StateMachineArn: !Ref Machine}}}\n"
)

TEMPLATES = {
    "SAM, a schedule of minutes": (Often.OFTEN, DIRECT, sam(MINUTES)),
    "SAM, a schedule of days": (Often.SELDOM, DIRECT, sam(DAYS)),
    "SAM, a schedule of a parameter": (Often.UNTOLD, DIRECT, sam(schedule("!Ref When"))),
    "SAM, two schedules of hours": (
        Often.SELDOM, DIRECT, sam(f"{DAYS}, {schedule('rate(7 days)').replace('S:', 'T:', 1)}"),
    ),
    "SAM, minutes that are switched off": (
        Often.UNTOLD, DIRECT, sam(schedule("rate(5 minutes)", ", Enabled: false")),
    ),
    "SAM, nothing that starts it": (Often.UNTOLD, DIRECT, sam()),
    "SAM, an API": (Often.OFTEN, DIRECT, sam("A: {Type: Api, Properties: {Path: /, Method: post}}")),
    "SAM, events": (
        Often.OFTEN, DIRECT,
        sam("E: {Type: EventBridgeRule, Properties: {Pattern: {source: [shop]}}}"),
    ),
    "SAM, by the service's own call": (Often.OFTEN, INVOKE, sam(MINUTES)),
    "SAM, by that call each day": (Often.SELDOM, INVOKE, sam(DAYS)),
    "SAM, a definition in the template": (Often.OFTEN, "", sam(MINUTES, INLINE)),
    "SAM, branches": (Often.SELDOM, BRANCHES, sam(DAYS)),
    "SAM, for each item, each day": (Often.OFTEN, EACH, sam(DAYS)),
    "SAM, for each item": (Often.OFTEN, EACH, sam()),
    "SAM, in a round, each day": (Often.OFTEN, ROUND, sam(DAYS)),
    "SAM, in two states, each day": (Often.UNTOLD, in_states(2), sam(CRON)),
    "SAM, in many states, every few minutes": (Often.OFTEN, in_states(4), sam(MINUTES)),
    "SAM, a call of a service that is called as the function is": (
        Often.UNTOLD, CALLING, sam(MINUTES).replace("CodeUri: src", "CodeUri: src, FunctionName: invoke"),
    ),
    "SAM, a definition of another function": (
        Often.UNTOLD, DIRECT, sam(MINUTES, names="DefinitionSubstitutions: {FnArn: 'arn:x'}"),
    ),
    "SAM, a broken definition": (Often.UNTOLD, "{", sam(MINUTES)),
    "SAM, no definition there": (Often.UNTOLD, DIRECT, sam(MINUTES, "DefinitionUri: other.json")),
    "a rule": (Often.OFTEN, "", plain(SUB, rule("ScheduleExpression: rate(1 minute)"))),
    "a rule of days": (Often.SELDOM, "", plain(SUB, rule("ScheduleExpression: rate(1 day)"))),
    "a rule for new objects": (
        Often.OFTEN, "", plain(SUB, rule("EventPattern: {source: [aws.s3]}")),
    ),
    "a rule for what is rare": (
        Often.SELDOM, "", plain(SUB, rule("EventPattern: {source: [aws.health]}")),
    ),
    "a rule of another machine": (
        Often.UNTOLD, "", plain(SUB, rule("ScheduleExpression: rate(1 minute)", "!Ref Else")),
    ),
    "a schedule of minutes": (Often.OFTEN, "", plain(SUB, SCHEDULER % "9 minutes")),
    "a schedule of days": (Often.SELDOM, "", plain(SUB, SCHEDULER % "9 days")),
    "a request": (
        Often.OFTEN, "", plain(SUB, METHOD % "states:action/StartExecution"),
    ),
    "a request for something else": (
        Often.UNTOLD, "", plain(SUB, METHOD % "states:action/DescribeExecution"),
    ),
    "a request of an HTTP API": (
        Often.OFTEN, "", plain(SUB, INTEGRATION % "StepFunctions-StartSyncExecution"),
    ),
    "a request of an HTTP API to end it": (
        Often.UNTOLD, "", plain(SUB, INTEGRATION % "StepFunctions-StopExecution"),
    ),
    "a machine that another starts": (Often.OFTEN, "", TWO.replace("EVENTS", MINUTES)),
    "a machine that another starts each day": (Often.SELDOM, "", TWO.replace("EVENTS", DAYS)),
}  # fmt: skip


@pytest.mark.parametrize(("expected", "definition", "template"), TEMPLATES.values(), ids=TEMPLATES)
def test_a_task_runs_as_often_as_its_machine(
    expected: Often, definition: str, template: str
) -> None:
    assert often({"template.yaml": template, "m.asl.json": definition}) is expected


def test_a_definition_of_yaml_is_read() -> None:
    definition = (
        "StartAt: A\nStates:\n  A:\n    Type: Task\n    Resource: ${FnArn}\n    End: true\n"
    )
    uri = "DefinitionUri: m.asl.yaml"
    assert often({"template.yaml": sam(MINUTES, uri), "m.asl.yaml": definition}) is Often.OFTEN


def test_what_starts_a_machine_is_shown_with_its_task() -> None:
    (event,) = functions({"template.yaml": sam(MINUTES), "m.asl.json": DIRECT})["Fn"].events
    assert event.kind.value == "step-functions"
    assert [one.name for one in event.starts] == ["S"]


def test_a_machine_that_runs_itself_ends() -> None:
    itself = TWO.replace("EVENTS", "").replace("!Ref Machine", "!Ref Outer")
    assert often({"template.yaml": itself}) is Often.UNTOLD


MALFORMED = {
    "no object": "[1, 2]",
    "states in a list": '{"States": [{"Resource": "${FnArn}"}]}',
    "states that are none": '{"States": {"A": 3, "B": [1], "C": null, "D": "x"}}',
    "names that are none": '{"States": {"A": {"Next": ["A"], "Resource": ["x"], "Choices": [1, {}]}}}',
    "an empty map": '{"States": {"A": {"Type": "Map"}, "B": {"ItemProcessor": [], "Branches": [1]}}}',
    "expressions of JSONata": '{"States": {"A": {"Arguments": "{% $a %}", "Next": "{% $b %}"}}}',
    "what lamlint marks unknown parts with": '{"States": {"A": {"Resource": "\\ue000999999\\ue000"}}}',
    "an end that is missing": '{"States": {"A": {"Resource": "${FnArn}"',
    "tags that nobody knows": "States:\n  A: !Foo [1]\n  B: {Resource: !!python/name:os.system x}\n",
    "itself": "States: &s\n  A: {ItemProcessor: {States: *s}}\n",
}


@pytest.mark.parametrize("definition", MALFORMED.values(), ids=MALFORMED)
def test_a_malformed_definition_runs_nothing(definition: str) -> None:
    assert often({"template.yaml": sam(MINUTES), "m.asl.json": definition}) is Often.UNTOLD


@pytest.mark.parametrize("mark", ["\\ue0000\\ue000", "\\ue0001\\ue000"])
def test_a_mark_that_somebody_writes_is_a_text(mark: str) -> None:
    written = f'{{"States": {{"B": {{"Resource": "{mark * 3000}"}}, {in_states(1)[12:]}'
    assert often({"template.yaml": sam(MINUTES), "m.asl.json": written}) is Often.OFTEN


def test_a_definition_that_substitutions_make_too_long_is_not_read() -> None:
    definition = f'{{"States": {{"A": {{"Resource": "{"${FnArn}" * 30_000}"}}}}}}'
    names = f"DefinitionSubstitutions: {{FnArn: '{'y' * 90_000}'}}"
    files = {"template.yaml": sam(MINUTES, names=names), "m.asl.json": definition}
    assert often(files) is Often.UNTOLD


@pytest.mark.parametrize(("more", "runs"), [(AN_API, {"Fn"}), ("", set())])
def test_what_a_function_starts_that_often_runs_is_started_often(more: str, runs: set[str]) -> None:
    files = {"template.yaml": sam() + more, "m.asl.json": DIRECT, "src/app.py": CODE}
    built = project.build(MemoryTree(files), (), Catalog(), date(2026, 11, 29))
    assert {one.partition("#")[2] for one in built.invoked_often} == runs


# --- Terraform

TF = """\
variable "stage" {}
resource "aws_lambda_function" "fn" {
  function_name = "${var.stage}-work"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "src.zip"
  role          = "r"
}
"""
ENCODED = 'jsonencode({ States = { A = { Type = "Task", Resource = %s } } })'
BY_NAME = '"arn:aws:lambda:eu-west-1:${data.aws_caller_identity.me.account_id}:function:${var.stage}-work"'


def terraform(definition: str, more: str) -> str:
    return (
        f'{TF}resource "aws_sfn_state_machine" "m" {{\n  name = "m"\n  definition = {definition}\n}}\n'
        f"{more}"
    )


def scheduler(expression: str) -> str:
    return (
        'resource "aws_scheduler_schedule" "s" {\n'
        f'  schedule_expression = "{expression}"\n'
        '  flexible_time_window { mode = "OFF" }\n'
        '  target {\n    arn = aws_sfn_state_machine.m.arn\n    role_arn = "r"\n  }\n}\n'
    )


def target(expression: str) -> str:
    return (
        f'resource "aws_cloudwatch_event_rule" "r" {{\n  schedule_expression = "{expression}"\n}}\n'
        'resource "aws_cloudwatch_event_target" "t" {\n  rule = aws_cloudwatch_event_rule.r.name\n'
        "  arn = aws_sfn_state_machine.m.arn\n}\n"
    )


REST = """\
resource "aws_api_gateway_integration" "i" {
  uri = "arn:aws:apigateway:${var.region}:states:action/StartExecution"
  request_templates = {
    "application/json" = "{\\"stateMachineArn\\": \\"${aws_sfn_state_machine.m.arn}\\"}"
  }
}
"""
HTTP = """\
resource "aws_apigatewayv2_integration" "i" {
  integration_subtype = "StepFunctions-StartExecution"
  request_parameters  = { StateMachineArn = aws_sfn_state_machine.m.arn }
}
"""
FILE = 'templatefile("${path.module}/m.json", { fn = aws_lambda_function.fn.arn })'
HEREDOC = (
    '<<EOF\n{"States": {"A": {"Type": "Task", "Resource": "${aws_lambda_function.fn.arn}"}}}\nEOF'
)
OWN = ENCODED % "aws_lambda_function.fn.arn"
MODULE = (
    'module "m" {\n  source = "terraform-aws-modules/step-functions/aws"\n  name = "m"\n'
    f"  definition = {OWN}\n}}\n"
    + TF
    + target("rate(5 minutes)").replace("aws_sfn_state_machine.m.arn", "module.m.state_machine_arn")
)
CONFIGURATIONS = {
    "a schedule of minutes": (Often.OFTEN, terraform(OWN, scheduler("cron(*/15 * * * ? *)"))),
    "a schedule of days": (Often.SELDOM, terraform(OWN, scheduler("rate(1 day)"))),
    "a rule of minutes": (Often.OFTEN, terraform(OWN, target("rate(5 minutes)"))),
    "a rule of days": (Often.SELDOM, terraform(OWN, target("rate(5 days)"))),
    "a request": (Often.OFTEN, terraform(OWN, REST)),
    "a request of an HTTP API": (Often.OFTEN, terraform(OWN, HTTP)),
    "a request that tells a queue": (
        Often.UNTOLD, terraform(OWN, HTTP.replace("StepFunctions-Start", "SQS-Send")),
    ),
    "a module of the registry": (Often.OFTEN, MODULE),
    "another module": (Often.UNTOLD, MODULE.replace("terraform-aws-modules/", "else/")),
    "a file with names": (Often.OFTEN, terraform(FILE, target("rate(5 minutes)"))),
    "a text": (Often.OFTEN, terraform(HEREDOC, target("rate(5 minutes)"))),
    "a name of unknown parts": (
        Often.OFTEN, terraform(ENCODED % BY_NAME, target("rate(5 minutes)")),
    ),
    "another function": (Often.UNTOLD, terraform(ENCODED % '"arn"', target("rate(5 minutes)"))),
    "nothing that starts it": (Often.UNTOLD, terraform(OWN, "")),
    "a file that is not there": (
        Often.UNTOLD, terraform('file("${path.module}/none")', target("rate(5 minutes)")),
    ),
}  # fmt: skip


@pytest.mark.parametrize(("expected", "configuration"), CONFIGURATIONS.values(), ids=CONFIGURATIONS)
def test_terraform_says_it_likewise(expected: Often, configuration: str) -> None:
    asked = '{"States": {"A": {"Type": "Task", "Resource": "${fn}"}}}'
    assert often({"main.tf": configuration, "m.json": asked}, "fn") is expected


# --- the Serverless Framework

SERVICE = """\
service: shop
provider: {name: aws, runtime: python3.13}
functions:
  work: {handler: src/app.handler}
stepFunctions:
  stateMachines:
    nightly:
      events: [EVENTS]
      definition:
        StartAt: A
        States:
          A: {Type: Task, Resource: NAMED, End: true}
"""
SERVICES = {
    "minutes": (Often.OFTEN, "schedule: rate(5 minutes)", "!GetAtt WorkLambdaFunction.Arn"),
    "days": (Often.SELDOM, "schedule: rate(5 days)", "!GetAtt WorkLambdaFunction.Arn"),
    "a request": (
        Often.OFTEN, "http: {path: a, method: get}", "{'Fn::GetAtt': [WorkLambdaFunction, Arn]}",
    ),
    "the function's key": (Often.OFTEN, "schedule: rate(5 minutes)", "{'Fn::GetAtt': [work, Arn]}"),
    "its name": (
        Often.OFTEN, "schedule: rate(5 minutes)",
        "arn:aws:lambda:eu-west-1:1:function:shop-dev-work",
    ),
    "another function": (Often.UNTOLD, "schedule: rate(5 minutes)", "{'Fn::GetAtt': [x, Arn]}"),
}  # fmt: skip


@pytest.mark.parametrize(("expected", "event", "named"), SERVICES.values(), ids=SERVICES)
def test_the_plugin_of_the_serverless_framework_says_it_likewise(
    expected: Often, event: str, named: str
) -> None:
    service = SERVICE.replace("EVENTS", f"{{{event}}}").replace("NAMED", named)
    assert often({"serverless.yml": service}, "work") is expected


# --- the CDK

STACK = """\
from aws_cdk import App, Duration, Stack, aws_events as events, aws_events_targets as targets
from aws_cdk import aws_lambda as lambda_, aws_scheduler as scheduler, aws_scheduler_targets
from aws_cdk import aws_stepfunctions as sfn, aws_stepfunctions_tasks as tasks


class Shop(Stack):
    def __init__(self, scope, id):
        super().__init__(scope, id)
        fn = lambda_.Function(self, "Fn", runtime=lambda_.Runtime.PYTHON_3_13,
                              handler="app.handler", code=lambda_.Code.from_asset("src"))
        first = tasks.LambdaInvoke(self, "A", lambda_function=fn)
        other = sfn.Pass(self, "B")
        wait = sfn.Wait(self, "W", time=sfn.WaitTime.duration(Duration.seconds(9)))
BODY

app = App()
Shop(app, "Shop")
"""


def stack(
    definition: str, expression: str, target: str = "targets.SfnStateMachine(machine)"
) -> str:
    body = f"""\
machine = sfn.StateMachine(self, "M", {definition})
events.Rule(self, "R", schedule=events.Schedule.expression("{expression}"), targets=[{target}])
"""
    return STACK.replace("BODY", "".join(f"        {one}\n" for one in body.splitlines()))


CHAIN = "definition_body=sfn.DefinitionBody.from_chainable({})".format
POLLING = (
    'wait.next(first).next(sfn.Choice(self, "C").when(sfn.Condition.is_null("$.a"), wait)'
    ".otherwise(other))"
)
STACKS = {
    "a task alone": (Often.OFTEN, stack(CHAIN("first"), "rate(5 minutes)")),
    "a task of days": (Often.SELDOM, stack(CHAIN("first"), "rate(5 days)")),
    "an older definition": (Often.OFTEN, stack("definition=first", "rate(5 minutes)")),
    "a chain": (Often.OFTEN, stack(CHAIN("other.next(wait).next(first)"), "rate(5 minutes)")),
    "a chain of days": (Often.SELDOM, stack(CHAIN("other.next(first)"), "rate(5 days)")),
    "a chain that is started": (
        Often.OFTEN, stack(CHAIN("sfn.Chain.start(other).next(first)"), "rate(5 minutes)"),
    ),
    "a choice": (
        Often.SELDOM,
        stack(CHAIN('sfn.Choice(self, "C").otherwise(first)'), "rate(5 days)"),
    ),
    "branches": (
        Often.SELDOM, stack(CHAIN('sfn.Parallel(self, "P").branch(other, first)'), "rate(5 days)"),
    ),
    "each item": (
        Often.OFTEN, stack(CHAIN('sfn.Map(self, "E").item_processor(first)'), "rate(5 days)"),
    ),
    "a round": (Often.OFTEN, stack(CHAIN(POLLING), "rate(5 days)")),
    "a task that no machine has": (Often.UNTOLD, stack(CHAIN("other"), "rate(5 minutes)")),
    "no target": (Often.UNTOLD, stack(CHAIN("first"), "rate(5 minutes)", "")),
    "a file": (
        Often.OFTEN,
        stack(
            'definition_body=sfn.DefinitionBody.from_file("m.json"),'
            ' definition_substitutions={"FnArn": fn.function_arn}', "rate(5 minutes)",
        ),
    ),
    "a file without names": (
        Often.UNTOLD,
        stack('definition_body=sfn.DefinitionBody.from_file("m.json")', "rate(5 minutes)"),
    ),
}  # fmt: skip


def test_maps_that_are_in_each_other_are_read_once() -> None:
    maps = [f'm{one} = sfn.Map(self, "M{one}")' for one in range(12)]
    inside = [f"m{one}.item_processor(m{other})" for one in range(12) for other in range(12)]
    lines = [*maps, *inside, "m0.item_processor(first)", "machine = "]
    code = stack(CHAIN("m0"), "rate(5 days)").replace("machine = ", "\n        ".join(lines))
    assert often({"app.py": code, "cdk.json": '{"app": "python app.py"}'}) is Often.OFTEN


ASKING = (
    'apigateway.AwsIntegration(service="states", action="{action}", '
    "options=apigateway.IntegrationOptions(request_templates={{'application/json': {template}}}))"
)
TEMPLATE = 'json.dumps({"input": "$input", "stateMachineArn": machine.state_machine_arn})'
WITHOUT_RULE = stack(CHAIN("first"), "rate(5 days)", "")
STARTED = {
    "a schedule of minutes": (
        Often.OFTEN,
        'scheduler.Schedule(self, "S", schedule=scheduler.ScheduleExpression.rate('
        "Duration.minutes(5)), target=aws_scheduler_targets.StepFunctionsStartExecution(machine))",
    ),
    "a schedule of unknown days": (
        Often.SELDOM,
        'scheduler.Schedule(self, "S", schedule=scheduler.ScheduleExpression.rate('
        "Duration.days(id.days)), target=aws_scheduler_targets.StepFunctionsStartExecution(machine))",
    ),
    "a REST API": (
        Often.OFTEN, 'apigateway.StepFunctionsRestApi(self, "A", state_machine=machine)',
    ),
    "a route": (
        Often.OFTEN,
        'apigateway.RestApi(self, "A").root.add_method("POST", '
        "apigateway.StepFunctionsIntegration.start_execution(machine))",
    ),
    "a request for its service": (
        Often.OFTEN, ASKING.format(action="StartExecution", template=TEMPLATE),
    ),
    "a request whose template is changed": (
        Often.OFTEN,
        ASKING.format(action="StartSyncExecution", template=f"{TEMPLATE}.replace('in', 'out')"),
    ),
    "a request that is written out": (
        Often.OFTEN,
        ASKING.format(action="StartExecution", template="f'{machine.state_machine_arn}'").replace(
            "f'{machine", "f'a {machine"
        ),
    ),
    "a request to end it": (
        Often.UNTOLD, ASKING.format(action="StopExecution", template=TEMPLATE),
    ),
    "a request that may be for any machine": (
        Often.UNTOLD, ASKING.format(action="StartExecution", template="json.dumps(id)"),
    ),
    "a schedule beside a request": (
        Often.OFTEN,
        'events.Rule(self, "S", schedule=events.Schedule.rate(Duration.days(1)),'
        " targets=[targets.SfnStateMachine(machine)]); "
        + ASKING.format(action="StartExecution", template=TEMPLATE),
    ),
    "another machine": (
        Often.UNTOLD,
        'sfn.StateMachine(self, "O", definition=tasks.StepFunctionsStartExecution('
        'self, "X", state_machine=machine))',
    ),
}  # fmt: skip


@pytest.mark.parametrize(("expected", "line"), STARTED.values(), ids=STARTED)
def test_what_else_starts_a_machine_of_the_cdk(expected: Often, line: str) -> None:
    code = WITHOUT_RULE.replace("\n\napp = App()", f"\n        {line}\n\napp = App()")
    code = code.replace(
        "aws_scheduler_targets\n", "aws_scheduler_targets, aws_apigateway as apigateway\n"
    )
    files = {"app.py": f"import json\n{code}", "cdk.json": '{"app": "python app.py"}'}
    assert often(files) is expected


@pytest.mark.parametrize(("expected", "code"), STACKS.values(), ids=STACKS)
def test_the_cdk_says_it_likewise(expected: Often, code: str) -> None:
    files = {"app.py": code, "cdk.json": '{"app": "python app.py"}', "m.json": INVOKE}
    assert often(files) is expected


TYPESCRIPT = """\
import * as cdk from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import * as tasks from 'aws-cdk-lib/aws-stepfunctions-tasks';

export class Shop extends cdk.Stack {
  constructor(scope: cdk.App, id: string) {
    super(scope, id);
    const fn = new lambda.Function(this, 'Fn', {
      runtime: lambda.Runtime.PYTHON_3_13, handler: 'app.handler',
      code: lambda.Code.fromAsset('src'),
    });
    const one = new tasks.LambdaInvoke(this, 'A', { lambdaFunction: fn });
    const each = new sfn.Map(this, 'E', {});
    PREPARED
    const machine = new sfn.StateMachine(this, 'M', {
      definitionBody: sfn.DefinitionBody.fromChainable(DEFINED),
    });
    const rule = new events.Rule(this, 'R', { schedule: events.Schedule.expression('WHEN') });
    rule.addTarget(new targets.SfnStateMachine(machine, { input: undefined }));
  }
}

new Shop(new cdk.App(), 'Shop');
"""


@pytest.mark.parametrize(
    ("prepared", "defined", "when", "expected"),
    [
        ("", "one", "rate(5 minutes)", Often.OFTEN),
        ("", "new sfn.Pass(this, 'B').next(one)", "rate(5 days)", Often.SELDOM),
        ("each.itemProcessor(one);", "each", "rate(5 days)", Often.OFTEN),
        ("", "new sfn.Pass(this, 'B')", "rate(5 minutes)", Often.UNTOLD),
    ],
)
def test_so_does_the_cdk_in_typescript(
    prepared: str, defined: str, when: str, expected: Often
) -> None:
    code = TYPESCRIPT.replace("PREPARED", prepared).replace("DEFINED", defined)
    files = {
        "bin/app.ts": code.replace("WHEN", when),
        "cdk.json": '{"app": "npx ts-node bin/app.ts"}',
    }
    assert often(files) is expected
