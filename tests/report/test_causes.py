"""What one cause makes wrong many times is one finding that lists them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from lamlint.config.selection import Layer
from lamlint.engine.fix import repair
from lamlint.engine.pipeline import report_on, run
from lamlint.engine.scope import Request
from lamlint.report import render
from lamlint.text import Edit, Fix, Safety, Span, together
from tests.checking import TODAY, reader, rules

FUNCTION = """\
  {name}:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: {runtime}
      Handler: {handler}.handler
      CodeUri: {code}
      Timeout: 10
"""
READING = 'import os\n\nTABLE = os.environ["{name}"]\n\n\ndef handler(event, context):\n    return TABLE\n'
MANY = 17


def function(number: int, **more: str) -> str:
    given = {"runtime": "python3.13", "handler": f"app{number}", "code": "src", **more}
    return FUNCTION.format(name=f"Fn{number:02}", **given)


def template(*functions: str) -> str:
    return f"Transform: AWS::Serverless-2016-10-31\nResources:\n{''.join(functions)}"


def told(folder: Path, files: Mapping[str, str], rule: str) -> list[dict[str, object]]:
    """The findings of a rule as the JSON report tells them."""
    for path, text in {"lamlint.toml": "", **files}.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text)
    request = Request(paths=(str(folder),), today=TODAY, layer=Layer(select=(rule,)))
    outcomes = run(request, rules())
    whole = report_on(outcomes, rules(), unsafe=False, written=False)
    found = json.loads(render("json", whole))["findings"]
    assert isinstance(found, list)
    return found


def modules(name: str = "TABLE") -> dict[str, str]:
    return {f"src/app{n}.py": READING.format(name=name) for n in range(MANY)}


UNDEFINED = "undefined-environment-variable"
NAMES = [f"Fn{n:02}" for n in range(MANY)]


def test_a_variable_that_many_functions_lack(tmp_path: Path) -> None:
    files = {"template.yaml": template(*map(function, range(MANY))), **modules()}
    (one,) = told(tmp_path, files, UNDEFINED)
    assert one["functions"] == NAMES
    related = one["related"]
    assert isinstance(related, list)
    assert {each["path"].rpartition("/")[2] for each in related} >= {
        f"app{n}.py" for n in range(1, MANY)
    }


def test_its_fix_is_that_of_all(tmp_path: Path) -> None:
    files = {"template.yaml": template(*map(function, range(MANY))), **modules()}
    (one,) = told(tmp_path, files, UNDEFINED)
    fix = one["fix"]
    assert isinstance(fix, dict)
    assert len(fix["edits"]) == MANY
    done = repair(reader(tmp_path, UNDEFINED), Safety.UNSAFE)
    assert done.texts["template.yaml"].count("TABLE: change-me") == MANY
    assert not done.reading.findings


def test_a_module_that_many_share(tmp_path: Path) -> None:
    shared = {"src/app.py": READING.format(name="TABLE")}
    many = [function(n, handler="app") for n in range(MANY)]
    (one,) = told(tmp_path, {"template.yaml": template(*many), **shared}, UNDEFINED)
    assert one["functions"] == NAMES
    done = repair(reader(tmp_path, UNDEFINED), Safety.UNSAFE)
    assert done.texts["template.yaml"].count("TABLE: change-me") == MANY


def test_one_function_that_reads_it_in_many_places(tmp_path: Path) -> None:
    code = READING.format(name="TABLE").replace("return TABLE", 'return TABLE, os.environ["TABLE"]')
    code = code.replace("TABLE = ", 'FIRST = os.environ["TABLE"]\nTABLE = ')
    files = {"template.yaml": template(function(0)), "src/app0.py": code}
    assert [one["line"] for one in told(tmp_path, files, UNDEFINED)] == [3]


APART = {
    "other variables": {
        "template.yaml": template(function(0), function(1)),
        "src/app0.py": READING.format(name="TABLE"),
        "src/app1.py": READING.format(name="QUEUE"),
    },
    "other templates": {
        "a/template.yaml": template(function(0, code="../src")),
        "b/template.yaml": template(function(1, code="../src")),
        **modules(),
    },
}


@pytest.mark.parametrize("files", APART.values(), ids=APART)
def test_other_causes_are_told_apart(tmp_path: Path, files: dict[str, str]) -> None:
    assert [one["functions"] for one in told(tmp_path, files, UNDEFINED)] == [["Fn00"], ["Fn01"]]


def test_a_runtime_that_many_have(tmp_path: Path) -> None:
    old = [function(n, runtime="python3.8") for n in range(3)]
    older = [function(n, runtime="python3.7") for n in range(3, 5)]
    files = {"template.yaml": template(*old, *older), **modules()}
    found = told(tmp_path, files, "deprecated-runtime")
    assert [(one["line"], one["functions"]) for one in found] == [
        (6, ["Fn00", "Fn01", "Fn02"]),
        (27, ["Fn03", "Fn04"]),
    ]


def test_a_folder_that_many_miss(tmp_path: Path) -> None:
    many = [function(n, code="handlers") for n in range(3)]
    (one,) = told(tmp_path, {"template.yaml": template(*many)}, "code-uri-missing")
    assert one["functions"] == ["Fn00", "Fn01", "Fn02"]


def test_a_timeout_that_many_lack(tmp_path: Path) -> None:
    many = [function(n).replace("      Timeout: 10\n", "") for n in range(3)]
    (one,) = told(tmp_path, {"template.yaml": template(*many, function(3))}, "timeout-not-set")
    assert one["functions"] == ["Fn00", "Fn01", "Fn02"]
    done = repair(reader(tmp_path, "timeout-not-set"), Safety.UNSAFE)
    assert done.texts["template.yaml"].count("Timeout: 30") == 3
    assert not done.reading.findings


def test_a_timeout_that_one_of_many_lacks_by_its_own_ignore(tmp_path: Path) -> None:
    many = [function(n).replace("      Timeout: 10\n", "") for n in range(3)]
    many[1] = many[1].replace("Fn01:", "Fn01:  # lamlint: ignore[timeout-not-set] it is quick")
    (one,) = told(tmp_path, {"template.yaml": template(*many)}, "timeout-not-set")
    assert one["functions"] == ["Fn00", "Fn02"]


SHARED_QUEUE = """import aws_cdk as cdk
from aws_cdk import aws_apigateway as api, aws_lambda as fn, aws_sqs as sqs


class Orders(cdk.Stack):
    def __init__(self, scope, id):
        super().__init__(scope, id)
        failed = sqs.Queue(self, "Failed")
        for name in ("Ask", "Give", "Take"):
            made = fn.Function(
                self, name, runtime=fn.Runtime.PYTHON_3_13, handler="app.handler",
                code=fn.Code.from_asset("src"), dead_letter_queue=failed,
            )
            api.LambdaRestApi(self, f"{name}Api", handler=made)


Orders(cdk.App(), "Orders")
"""


def test_a_queue_that_many_share(tmp_path: Path) -> None:
    files = {"cdk.json": '{"app": "python app.py"}', "app.py": SHARED_QUEUE, "src/app.py": ""}
    (finding,) = told(tmp_path, files, "useless-failure-destination")
    assert finding["functions"] == ["Ask", "Give", "Take"]


PERMITTING = """variable "name" {}
data "archive_file" "code" {
  type        = "zip"
  source_dir  = "${path.module}/src"
  output_path = "out.zip"
}
resource "aws_lambda_function" "it" {
  function_name = var.name
  runtime       = "python3.13"
  handler       = "app.handler"
  role          = "arn:aws:iam::123456789012:role/it"
  filename      = data.archive_file.code.output_path
}
resource "aws_lambda_permission" "it" {
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.it.function_name
  principal     = "events.amazonaws.com"
}
"""
CALLS = "".join(
    f'module "{name}" {{\n  source = "./part"\n  name   = "{name}"\n}}\n'
    for name in ("ask", "give")
)


def test_a_permission_of_a_module_that_is_called_twice(tmp_path: Path) -> None:
    files = {"main.tf": CALLS, "part/main.tf": PERMITTING, "part/src/app.py": ""}
    (finding,) = told(tmp_path, files, "permission-without-source")
    assert finding["functions"] == ["ask.it", "give.it"]


def test_what_each_function_decides_for_itself_stays_apart(tmp_path: Path) -> None:
    many = [function(n) for n in range(3)]
    assert len(told(tmp_path, {"template.yaml": template(*many)}, "memory-not-set")) == 3


def test_what_is_suppressed_leaves_the_others(tmp_path: Path) -> None:
    files = {"template.yaml": template(*map(function, range(3))), **modules()}
    ignored = '"]  # lamlint: ignore[undefined-environment-variable] set by a script'
    files["src/app0.py"] = files["src/app0.py"].replace('"]', ignored)
    (one,) = told(tmp_path, files, UNDEFINED)
    assert one["functions"] == ["Fn01", "Fn02"]


def test_fixes_that_write_one_place_differently_are_not_put_together() -> None:
    fixes = [Fix("Add", Safety.SAFE, (Edit(Span("a", 0, 0), text),)) for text in "xy"]
    assert together(fixes) is None
    assert together(fixes[:1]) == fixes[0]
    assert together([]) is None


def test_fixes_put_together_are_as_safe_as_the_least() -> None:
    fixes = [
        Fix("Add x", Safety.SAFE, (Edit(Span("a", 0, 0), "x"),)),
        Fix("Add y", Safety.UNSAFE, (Edit(Span("b", 0, 0), "y"),)),
    ]
    whole = together(fixes)
    assert whole is not None
    assert (whole.safety, len(whole.edits)) == (Safety.UNSAFE, 2)
    assert whole.title == "Add x; and 1 more alike"


def notes(finding: Mapping[str, object]) -> list[str]:
    related = finding["related"]
    assert isinstance(related, list)
    return [each["message"] for each in related]


RESOLVED = "secret-resolved-at-deploy"
SECRET = "{{{{resolve:secretsmanager:orders:SecretString:{}}}}}"


def test_the_secrets_that_one_template_fills_in(tmp_path: Path) -> None:
    variables = "".join(f'          {name}: "{SECRET.format(name)}"\n' for name in ("KEY", "PIN"))
    filled = f"{function(0)}      Environment:\n        Variables:\n{variables}"
    (one,) = told(tmp_path, {"template.yaml": template(filled), **modules()}, RESOLVED)
    assert str(one["message"]).startswith("KEY is filled in from Secrets Manager")
    assert notes(one) == ["PIN is filled in from Secrets Manager (PIN of orders), too"]


def test_a_reviewed_one_of_them_stays_reviewed(tmp_path: Path) -> None:
    reviewed = f"  # lamlint: ignore[{RESOLVED}] of a test account"
    lines = [f'KEY: "{SECRET.format("KEY")}"{reviewed}', f'PIN: "{SECRET.format("PIN")}"']
    variables = "".join(f"          {line}\n" for line in lines)
    filled = f"{function(0)}      Environment:\n        Variables:\n{variables}"
    (one,) = told(tmp_path, {"template.yaml": template(filled), **modules()}, RESOLVED)
    assert str(one["message"]).startswith("PIN is filled in")
    assert notes(one) == []


def test_functions_that_need_something_else_before_they_move(tmp_path: Path) -> None:
    layer = "  {0}:\n    Type: AWS::Serverless::LayerVersion\n    Properties: {{ContentUri: {0}.zip, CompatibleRuntimes: [python3.9]}}\n"
    using = [
        function(n, runtime="python3.9") + f"      Layers: [!Ref {name}]\n"
        for n, name in enumerate(("La", "Lb"))
    ]
    layers = [layer.format(name) for name in ("La", "Lb")]
    files = {
        "template.yaml": template(*using, *layers, function(2, runtime="python3.9")),
        **modules(),
    }
    first, second = told(tmp_path, files, "deprecated-runtime")
    assert (first["functions"], second["functions"]) == (["Fn00", "Fn01"], ["Fn02"])
    assert "rebuild the layer La " in str(first["message"])
    said = "python3.9 is deprecated here, too: rebuild the layer Lb "
    assert any(note.startswith(said) for note in notes(first))


URL = (
    "      FunctionUrlConfig: {AuthType: NONE, Cors: {AllowOrigins: ['*'], AllowMethods: [POST]}}\n"
)
STREAM = "      Events: {S: {Type: Kinesis, Properties: {Stream: !GetAtt S.Arn, StartingPosition: LATEST}}}\n"
API = "      Events: {A: {Type: Api, Properties: {Path: /a%d, Method: get}}}\n"
DEAD = "      DeadLetterQueue: {Type: SQS, TargetArn: !GetAtt Q.Arn}\n"
POLICY = "      Policies: [{Statement: [{Effect: Allow, Action: '%s:*', Resource: '*'}]}]\n"
ALLOWED = """\
  P%d:
    Type: AWS::Lambda::Permission
    Properties: {FunctionName: !Ref Fn0%d, Action: lambda:InvokeFunction, Principal: ses.amazonaws.com}
"""


@pytest.mark.parametrize(
    ("rule", "parts"),
    [
        ("permissive-cors", [function(n) + URL for n in range(2)]),
        ("public-function-url", [function(n, handler="app") + URL for n in range(2)]),
        ("unbounded-stream-retry", [function(n) + STREAM for n in range(2)]),
        ("useless-failure-destination", [function(n) + API % n + DEAD for n in range(2)]),
        ("wildcard-permission", [function(0) + POLICY % "s3", function(1) + POLICY % "sns"]),
        ("permission-without-source", [function(n) + ALLOWED % (n, n) for n in range(2)]),
    ],
)
def test_what_one_habit_makes_wrong_in_a_template(
    rule: str, parts: list[str], tmp_path: Path
) -> None:
    handler = "def handler(event, context):\n    return 1\n"
    files = {"template.yaml": template(*parts), **modules(), "src/app.py": handler}
    (one,) = told(tmp_path, files, rule)
    assert one["functions"] == ["Fn00", "Fn01"]


def test_what_each_of_several_roles_may_do_is_told_of_it(tmp_path: Path) -> None:
    managed = "      Policies: [AmazonDynamoDBFullAccess, AmazonS3FullAccess]\n"
    parts = [function(0) + managed, function(1) + POLICY % "sns"]
    (one,) = told(tmp_path, {"template.yaml": template(*parts), **modules()}, "wildcard-permission")
    assert str(one["message"]).startswith("AmazonDynamoDBFullAccess allows")
    assert notes(one) == [
        "the role of Fn00 has AmazonS3FullAccess",
        "the role of Fn01 is allowed sns:*",
    ]


def polling(number: int, timeout: int = 10) -> str:
    """A function that reads a queue of its own."""
    event = f"{{Type: SQS, Properties: {{Queue: !GetAtt Q{number}.Arn, BatchSize: 1}}}}"
    made = function(number).replace("Timeout: 10", f"Timeout: {timeout}")
    return f"{made}      Events: {{In: {event}}}\n"


def queue(number: int, **given: object) -> str:
    properties = ", ".join(f"{name}: {value}" for name, value in given.items())
    return f"  Q{number}: {{Type: AWS::SQS::Queue, Properties: {{{properties}}}}}\n"


def test_queues_that_hide_a_message_too_short(tmp_path: Path) -> None:
    queues = [queue(0, VisibilityTimeout=30), queue(1, VisibilityTimeout=40)]
    files = {"template.yaml": template(polling(0), polling(1, 20), *queues)}
    (one,) = told(tmp_path, files, "visibility-timeout-too-short")
    assert one["functions"] == ["Fn00", "Fn01"]
    assert str(one["message"]).startswith("the queue hides a message for 30 seconds, and Fn00 may")
    assert notes(one)[-1] == (
        "here it is 40 seconds, and Fn01 may take 20: set 6 times the function's timeout, "
        "120 seconds"
    )
    done = repair(reader(tmp_path, "visibility-timeout-too-short"), Safety.UNSAFE)
    assert "VisibilityTimeout: 60" in done.texts["template.yaml"]
    assert "VisibilityTimeout: 120" in done.texts["template.yaml"]


def test_a_queue_that_cannot_be_deployed_is_told_beside_them(tmp_path: Path) -> None:
    queues = [queue(n, VisibilityTimeout=hidden) for n, hidden in enumerate((30, 5, 6))]
    files = {"template.yaml": template(*map(polling, range(3)), *queues)}
    found = told(tmp_path, files, "visibility-timeout-too-short")
    assert [one["severity"] for one in found] == ["warning", "error", "error"]


def test_queues_without_a_redrive_policy(tmp_path: Path) -> None:
    few = "{deadLetterTargetArn: !GetAtt Failed.Arn, maxReceiveCount: 1}"
    queues = [queue(n) for n in range(3)]
    queues += [queue(n, RedrivePolicy=few) for n in range(3, 5)]
    failed = "  Failed: {Type: AWS::SQS::Queue}\n"
    files = {"template.yaml": template(*map(polling, range(5)), *queues, failed)}
    none, once = told(tmp_path, files, "redrive-policy-missing")
    assert none["functions"] == ["Fn00", "Fn01", "Fn02"]
    assert notes(none)[-2:] == ["Q1 has none, either", "Q2 has none, either"]
    assert once["functions"] == ["Fn03", "Fn04"]
    assert notes(once)[-1] == "so is one of Q4"


OF_SESSIONS = """import boto3


class Store:
    def __init__(self):
        self.session = session = boto3.Session()
        self.s3 = session.client("s3")
        self.sqs = session.client("sqs")
        other = boto3.Session(region_name="us-east-1")
        self.ses = other.client("ses")
        self.iam = other.client("iam")


def handler(event, context):
    store = Store()
    store.s3.list_buckets()
    store.sqs.list_queues()
    store.ses.list_identities()
    store.iam.list_users()
"""


def test_clients_that_one_session_makes(tmp_path: Path) -> None:
    files = {"template.yaml": template(function(0, handler="app")), "src/app.py": OF_SESSIONS}
    found = told(tmp_path, files, "connection-in-handler")
    assert [one["line"] for one in found] == [7, 10]
    made = [note for one in found for note in notes(one) if note.endswith("the same session")]
    assert made == [
        "a boto3 client for sqs is made here from the same session",
        "a boto3 client for iam is made here from the same session",
    ]


OF_SESSIONS_ANEW = """\
import boto3


def session():
    return boto3.Session(profile_name="shop")


def handler(event, context):
    session().client("s3").list_buckets()
    return session().client("sqs").list_queues()
"""


def test_a_session_that_is_made_for_each_client_is_not_the_same(tmp_path: Path) -> None:
    files = {"template.yaml": template(function(0, handler="app")), "src/app.py": OF_SESSIONS_ANEW}
    (one,) = told(tmp_path, files, "connection-in-handler")
    assert "a boto3 client for sqs is made here from a session of its own" in notes(one)
