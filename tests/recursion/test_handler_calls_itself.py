"""A handler that runs again inside its own run is found, and what only looks so is not."""

from __future__ import annotations

from datetime import date

import pytest

from lamlint import project, registry
from lamlint.catalog import Catalog
from lamlint.engine import check
from lamlint.text import Finding
from tests.memory import MemoryTree

TEMPLATE = """\
Resources:
  Work:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: python3.13
      Handler: app.handler
      Role: arn:aws:iam::123456789012:role/work
      Code: src/
"""
CALLS: dict[str, str] = {
    "direct": """\
def handler(event, context):
    return handler(event, context)
""",
    "through helper": """\
def retry(event, context):
    return handler(event, context)
def handler(event, context):
    try:
        return event["x"]
    except KeyError:
        return retry({"x": 1}, context)
""",
    "conditional": """\
def handler(event, context):
    if isinstance(event, list):
        return [handler(one, context) for one in event]
    return event["id"]
""",
    "method": """\
class App:
    def run(self, event, context):
        return handler(event, context)
app = App()
def handler(event, context):
    return app.run(event, context)
""",
    "module attribute": """\
import app
def handler(event, context):
    return app.handler(event, context)
""",
    "none context": """\
import json
def handler(event, context):
    if "Records" in event:
        for record in event["Records"]:
            handler(json.loads(record["body"]), None)
        return
    print(event)
""",
}
OTHERS: dict[str, str] = {
    "same name of another": """\
import logging
def handler(event, context):
    handler = logging.StreamHandler()
    logging.getLogger().addHandler(handler)
    return 1
""",
    "method of that name": """\
class Service:
    def handler(self, event, context):
        return 1
def handler(event, context):
    return Service().handler(event, context)
""",
    "decorated": """\
import functools
def wrap(f):
    @functools.wraps(f)
    def inner(event, context):
        return f(event, context)
    return inner
@wrap
def handler(event, context):
    return 1
""",
    "main": """\
def handler(event, context):
    return 1
if __name__ == "__main__":
    handler({}, None)
""",
    "helper recursion": """\
def walk(node):
    return [walk(child) for child in node]
def handler(event, context):
    return walk(event)
""",
    "passed on": """\
import functools
def handler(event, context):
    return functools.partial(print, "x")()
""",
    "parameter": """\
def run(handler):
    return handler()
def handler(event, context):
    return run(lambda: 1)
""",
}


RULE = registry.load(plugins=False)["handler-calls-itself"]


def found(code: str) -> tuple[Finding, ...]:
    tree = MemoryTree({"template.yaml": TEMPLATE, "src/app.py": code})
    return check.check(project.build(tree, (), Catalog(), date(2026, 11, 24)), [RULE])


@pytest.mark.parametrize("name", CALLS)
def test_a_handler_that_calls_itself_is_found(name: str) -> None:
    assert len(found(CALLS[name])) == 1


@pytest.mark.parametrize("name", OTHERS)
def test_what_only_looks_so_is_left_alone(name: str) -> None:
    assert found(OTHERS[name]) == ()


UNWRAPPING = {
    "messages": """\
import json
def lambda_handler(event, context):
    return work(event, context)
def work(event, context):
    for record in event.get("Records", []):
        if record.get("eventSource") == "aws:sqs":
            work(json.loads(record["body"]), context)
        else:
            print(record["s3"])
""",
    "elements": """\
def work(event, context):
    if isinstance(event, list):
        return [work(one, context) for one in event]
    return event["id"]
""",
    "a field": """\
def work(event, context):
    if "detail" in event:
        return work(event["detail"], context)
    return event["id"]
""",
    "fields under another name": """\
import json
def work(event, context):
    for record in event.get("Records"):
        work({"detail": json.loads(record["Sns"]["Message"])}, context)
    return event
""",
    "a field by a helper": """\
def inner(event, context):
    return work(event["detail"], context)
def work(event, context):
    if "detail" in event:
        return inner(event, context)
    return 1
""",
}
AGAIN = {
    "all of the event": """\
def work(event, context):
    if event.get("again"):
        return work(event, context)
    return 1
""",
    "a part of the event, or all of it": """\
def work(event, context):
    return work(event.get("detail", event), context)
""",
    "a part of the event, or all of it by or": """\
def work(event, context):
    return work(event.get("detail") or event, context)
""",
    "made of a part of the event": """\
def work(event, context):
    return work({"Records": event["Records"][1:]}, context)
""",
}


def found_by_signature(code: str) -> tuple[Finding, ...]:
    built = project.build(MemoryTree({"app.py": code}), (), Catalog(), date(2026, 11, 24))
    return check.check(built, [RULE])


@pytest.mark.parametrize("code", UNWRAPPING.values(), ids=UNWRAPPING)
def test_a_function_may_go_down_into_its_event(code: str) -> None:
    assert found_by_signature(code) == ()


@pytest.mark.parametrize("code", AGAIN.values(), ids=AGAIN)
def test_a_function_that_only_looks_like_a_handler_is_found(code: str) -> None:
    assert len(found_by_signature(code)) == 1


APART = """\
def handler(event, context):
    records = event.get("Records") if isinstance(event, dict) else None
    if records and len(records) > 1:
        for one in records:
            handler({"Records": [one]}, context)
        return
    print(event)
"""
SHORT = """\
def handler(event, context):
    if len(event["Records"]) >= 2:
        return [handler({"Records": [one]}, context) for one in event["Records"]]
    return event
"""


@pytest.mark.parametrize(
    "code",
    [
        APART,
        SHORT,
        APART.replace(" if isinstance(event, dict) else None", " or []"),
        APART.replace("> 1", "!= 1"),
    ],
)
def test_a_batch_that_is_taken_apart_has_an_end(code: str) -> None:
    assert found(code) == ()


@pytest.mark.parametrize(
    "code",
    [
        APART.replace("> 1", "> 0"),
        APART.replace(" and len(records) > 1", ""),
        APART.replace("[one]", "[one, one]"),
        APART.replace("[one]", "[event]"),
        APART.replace('{"Records"', '{"records"'),
        APART.replace("for one in records", "for one in other(records)"),
        APART.replace("records and len(", "records or len("),
        APART.replace(
            "        return\n", "        return\n    else:\n        handler(event, context)\n"
        ),
        APART.replace("    print(event)", '    handler({"Records": []}, context)'),
        APART.replace("    if records", "    records = records * 2\n    if records"),
        SHORT.replace('len(event["Records"])', "len(event)"),
    ],
)
def test_what_may_have_none_is_told(code: str) -> None:
    assert len(found(code)) == 1
