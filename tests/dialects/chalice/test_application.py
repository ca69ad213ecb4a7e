"""The functions that the decorators of an application declare, and what triggers them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lamlint.dialects.chalice.dialect import read
from lamlint.model import EventKind, Function
from tests.memory import MemoryTree

HEAD = """\
import os
from chalice import Chalice, Blueprint, Rate, Cron
app = Chalice(app_name="album")
BUCKET = "originals"
"""


def read_all(files: dict[str, str], config: str = "{}") -> list[Function]:
    tree = MemoryTree({".chalice/config.json": config, **files})
    return list(read(tree, ()).functions)


def declared(code: str, config: str = "{}") -> list[Function]:
    return read_all({"app.py": HEAD + code}, config)


def decorated(decorator: str, config: str = "{}") -> Function:
    (function,) = declared(f"@app.{decorator}\ndef work(event): ...\n", config)
    return function


@pytest.mark.parametrize(
    ("decorator", "kind", "source", "mapping"),
    [
        ("on_s3_event(bucket='b')", EventKind.S3, "b", False),
        ("on_s3_event('b')", EventKind.S3, "b", False),
        ("on_s3_event(BUCKET)", EventKind.S3, "originals", False),
        ("on_s3_event(f'{BUCKET}-x')", EventKind.S3, "originals-x", False),
        ("on_s3_event(BUCKET + '-x')", EventKind.S3, "originals-x", False),
        ("on_sns_message(topic='t')", EventKind.SNS, "t", False),
        ("on_sqs_message(queue='q')", EventKind.SQS, "q", True),
        ("on_sqs_message(queue_arn='arn:aws:sqs:e:1:q')", EventKind.SQS, "arn:aws:sqs:e:1:q", True),
        ("on_kinesis_record(stream='s')", EventKind.KINESIS, "s", True),
        ("on_dynamodb_record(stream_arn='d')", EventKind.DYNAMODB, "d", True),
        ("on_s3_event(os.environ['B'])", EventKind.S3, "set", False),
        ("on_s3_event(os.environ.get('B', 'other'))", EventKind.S3, "set", False),
        ("on_s3_event(os.getenv('C', 'other'))", EventKind.S3, "other", False),
        ("on_s3_event(os.environ['C'])", EventKind.S3, None, False),
        ("on_s3_event(bucket())", EventKind.S3, None, False),
        ("on_ws_connect()", EventKind.WEBSOCKET, None, False),
        ("authorizer()", EventKind.API, None, False),
        ("on_cw_event({'source': ['aws.ec2']})", EventKind.EVENTBRIDGE, None, False),
    ],
)
def test_what_triggers(decorator: str, kind: EventKind, source: str | None, mapping: bool) -> None:
    (event,) = decorated(decorator, '{"environment_variables": {"B": "set"}}').events
    assert (event.kind, event.mapping) == (kind, mapping)
    assert [choice.value for choice in event.source.choices] == ([source] if source else [])


@pytest.mark.parametrize(
    ("written", "expression"),
    [
        ("'rate(5 minutes)'", "rate(5 minutes)"),
        ("Rate(5, unit=Rate.MINUTES)", "rate(5 minutes)"),
        ("Rate(1, Rate.HOURS)", "rate(1 hour)"),
        ("Rate(value=1, unit='DAYS')", "rate(1 day)"),
        ("Cron(0, 12, '*', '*', '?', '*')", "cron(0 12 * * ? *)"),
        ("Cron(minutes=0, hours=12, day_of_month='*', month='*', day_of_week='?', year='*')",
         "cron(0 12 * * ? *)"),
        ("Rate(how_often(), unit=Rate.MINUTES)", None),
        ("Rate(5)", None),
        ("Cron(*FIELDS)", None),
        ("WHEN", None),
    ],
)  # fmt: skip
def test_when_a_schedule_runs(written: str, expression: str | None) -> None:
    (event,) = decorated(f"schedule({written})").events
    assert event.expression is not None
    assert [c.value for c in event.expression.choices] == ([expression] if expression else [])


@pytest.mark.parametrize(
    ("written", "known"),
    [
        ("Rate(int(N), unit=Rate.HOURS)", ["rate(${?} hours)"]),
        ("Rate(how_often(), Rate.DAYS)", ["rate(${?} days)"]),
        ("Cron(5, N, '*', '*', '?', '*')", ["cron(5 ${?} * * ? *)"]),
        ("Rate(1, Rate.HOURS)", []),
        ("WHEN", []),
    ],
)
def test_what_is_known_of_when_a_schedule_runs(written: str, known: list[str]) -> None:
    (event,) = decorated(f"schedule({written})").events
    assert event.expression is not None
    assert [choice.value for choice in event.expression.partly] == known


def test_what_narrows_a_bucket() -> None:
    (event,) = decorated("on_s3_event('b', events=['s3:ObjectRemoved:*'], prefix='in/')").events
    assert [action.only for action in event.actions] == ["s3:ObjectRemoved:*"]
    assert [(one.kind, one.value.only) for one in event.filters] == [("prefix", "in/")]
    (usual,) = decorated("on_s3_event('b')").events
    assert [action.only for action in usual.actions] == ["s3:ObjectCreated:*"]
    assert not usual.filtered


def test_a_pattern() -> None:
    pattern = "{'source': ['aws.ec2'], 'detail': {'state': ['running']}}"
    (event,) = decorated(f"on_cw_event({pattern})").events
    assert event.listed == {"source": ("aws.ec2",), "detail.state": ("running",)}
    assert event.pattern == {}
    (plain,) = decorated("on_cw_event({'source': ['aws.ec2']})").events
    assert plain.pattern == {"source": ("aws.ec2",)}


def test_all_routes_are_one_function() -> None:
    code = "@app.route('/')\ndef index(): ...\n@app.route('/x', methods=['POST'])\ndef x(): ...\n"
    (function,) = declared(code)
    assert (function.name, function.handler.only) == ("api_handler", "app.app")
    assert [event.name for event in function.events] == ["/", "/x"]


@pytest.mark.parametrize(
    ("decorator", "name"),
    [
        ("lambda_function()", "work"),
        ("lambda_function(name='named')", "named"),
        ("schedule('rate(1 day)', name='daily')", "daily"),
        ("on_ws_connect(name='any')", "websocket_connect"),
        ("on_ws_message()", "websocket_message"),
        ("on_ws_disconnect()", "websocket_disconnect"),
    ],
)
def test_names(decorator: str, name: str) -> None:
    function = decorated(decorator)
    assert (function.name, function.handler.only) == (name, "app.work")
    assert function.span.path == "app.py"


PART = """\
from chalice import Blueprint
part = Blueprint(__name__)
@part.lambda_function()
def work(event, context): ...
"""


@pytest.mark.parametrize(
    ("imports", "registers", "name"),
    [
        ("from chalicelib.part import part", "part", "work"),
        ("from chalicelib.part import part as p", "p, name_prefix='x_'", "x_work"),
        ("import chalicelib.part as m", "m.part, 'y_'", "y_work"),
        ("import chalicelib.part", "chalicelib.part.part", "work"),
        ("from chalicelib import part", "part.part", "work"),
        ("from chalicelib.part import part", "(part if True else None)", "work"),
    ],
)
def test_blueprints_that_are_registered(imports: str, registers: str, name: str) -> None:
    code = f"{HEAD}{imports}\napp.register_blueprint({registers})\n"
    (function,) = read_all({"app.py": code, "chalicelib/part.py": PART})
    assert (function.name, function.handler.only) == (name, "chalicelib.part.work")


def test_a_blueprint_that_is_not_registered_has_no_functions() -> None:
    assert read_all({"app.py": HEAD, "chalicelib/part.py": PART}) == []


def test_an_application_of_a_class_of_the_project() -> None:
    code = "class Album(Chalice): ...\nmine = Album(app_name='x')\n"
    (function,) = declared(f"{code}@mine.lambda_function()\ndef work(event, context): ...\n")
    assert function.name == "work"


@pytest.mark.parametrize(
    "makes",
    [
        "def make():\n    return Chalice(app_name='x')\nmine = make()\n",
        "def make():\n    made = Chalice('x')\n    return made\nmine = make()\n",
        "from helpers import make\nmine = make()\n",
        "import helpers\nmine = helpers.make()\n",
    ],
)
def test_an_application_that_a_function_makes(makes: str) -> None:
    code = f"{HEAD}{makes}@mine.lambda_function()\ndef work(event, context): ...\n"
    helper = "from chalice import Chalice\ndef make():\n    return Chalice(app_name='x')\n"
    (function,) = read_all({"app.py": code, "chalicelib/helpers.py": helper})
    assert function.name == "work"


def test_what_chalice_deploys_is_an_application_whatever_makes_it() -> None:
    code = "from elsewhere import Server\napp = Server()\n@app.route('/')\ndef index(): ...\n"
    (function,) = read_all({"app.py": code})
    assert function.name == "api_handler"


@pytest.mark.parametrize(
    "code",
    [
        "@other.lambda_function()\ndef work(event, context): ...\n",
        "@app.unknown()\ndef work(event): ...\n",
        "@app.lambda_function\ndef work(event, context): ...\n",
        "def route(path): ...\n@route('/')\ndef work(): ...\n",
        "",
    ],
)
def test_what_declares_nothing(code: str) -> None:
    assert declared(code) == []


@pytest.mark.parametrize(
    "files",
    [
        {},
        {"app.py": "def broken(:\n"},
        {"app.py": HEAD, "chalicelib/bad.py": "\x00"},
        {"app.py": f"{HEAD}a = b\nb = a\n@a.route('/')\ndef x(): ..."},
        {"app.py": "from app import app\n@app.route('/')\ndef x(): ..."},
        {"app.py": f"{HEAD}x = {'(' * 5000}"},
    ],
)
def test_code_that_cannot_be_read_declares_nothing(files: dict[str, str]) -> None:
    assert read_all(files) == []


def test_columns_count_characters() -> None:
    (function,) = declared("@app.on_s3_event('b')\ndef work(event): ...\nÄ = 'é'; x = 'ü'\n")
    text = HEAD + "@app.on_s3_event('b')\ndef work(event): ...\n"
    assert text[function.span.start : function.span.end] == "work"


PIECES = st.sampled_from(
    ["app", "part", ".", "(", ")", "@", "\n", "def f(e): ...\n", "'x'", "=", "route", "Chalice",
     "import ", "from chalice import Chalice\n", "Blueprint(__name__)", "register_blueprint", "é"]
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(PIECES, max_size=25), st.text('{}[]":,adstgelmb_funcio 0123', max_size=40))
def test_nothing_raises(pieces: list[str], config: str) -> None:
    read_all({"app.py": HEAD + "".join(pieces)}, config)
