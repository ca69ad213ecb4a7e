"""The tests on the way to a call."""

from __future__ import annotations

import textwrap

import pytest

from lamlint.python import Codebase, Handler, handler_in
from lamlint.python.reach.guard import Guard
from tests.memory import MemoryTree

HEAD = """
import boto3
import os
s3 = boto3.client("s3")
"""


def handler_of(body: str) -> Handler:
    tree = MemoryTree({"app.py": HEAD + textwrap.dedent(body)})
    codebase = Codebase(tree, ("",))
    module = codebase.module("app")
    assert module is not None
    found = handler_in(codebase, module, "handler")
    assert found is not None
    return found


def guards_of(body: str) -> list[Guard]:
    handler = handler_of(body)
    (call,) = handler.calls({"boto3.client.put_object"})
    return list(handler.guards(call))


def code(guards: list[Guard]) -> list[str]:
    return [guard.module.source.text[slice(*_ends(guard))] for guard in guards]


def _ends(guard: Guard) -> tuple[int, int]:
    span = guard.module.span(guard.node)
    return span.start, span.end


def test_a_loop_over_records_is_no_guard() -> None:
    assert not guards_of(
        """
        def handler(event, context):
            for record in event["Records"]:
                s3.put_object(Bucket="b", Key="k")
        """
    )


@pytest.mark.parametrize(
    ("lines", "test"),
    [
        ("if event['go']:\n    s3.put_object()", "event['go']"),
        ("if event['go']:\n    pass\nelse:\n    s3.put_object()", "event['go']"),
        ("if not event['go']:\n    return\ns3.put_object()", "not event['go']"),
        ("if not event['go']:\n    raise ValueError\ns3.put_object()", "not event['go']"),
        ("x = s3.put_object() if event['go'] else None", "event['go']"),
        ("event['go'] and s3.put_object()", "event['go']"),
        ("while event['go']:\n    s3.put_object()", "event['go']"),
        ("assert event['go']\ns3.put_object()", "event['go']"),
        ("[s3.put_object() for r in event['all'] if r['go']]", "r['go']"),
        ("match event['go']:\n    case 1:\n        s3.put_object()", "event['go']"),
        (
            "for r in event['all']:\n    if r['go']:\n        continue\n    s3.put_object()",
            "r['go']",
        ),
        (
            "found = [r for r in event['all'] if r['go']]\nfor r in found:\n    s3.put_object()",
            "r['go']",
        ),
    ],
)
def test_what_decides_is_a_guard_that_depends_on_the_event(lines: str, test: str) -> None:
    body = "def handler(event, context):\n" + textwrap.indent(lines, "    ")
    guards = guards_of(body)
    assert code(guards) == [test]
    assert guards[0].on_event


def test_a_guard_in_a_caller_counts() -> None:
    guards = guards_of(
        """
        def store():
            s3.put_object()

        def handler(event, context):
            if event["go"]:
                store()
        """
    )
    assert code(guards) == ['event["go"]']


def test_a_function_that_raises_by_a_test_is_a_guard() -> None:
    guards = guards_of(
        """
        def refuse(event):
            if event["mine"]:
                raise ValueError

        def handler(event, context):
            refuse(event)
            s3.put_object()
        """
    )
    assert code(guards) == ["refuse(event)"]


def test_a_leave_of_an_inner_loop_is_no_guard() -> None:
    assert not guards_of(
        """
        def handler(event, context):
            for one in event["all"]:
                if one:
                    break
            s3.put_object()
        """
    )


def test_a_guard_tells_what_it_depends_on() -> None:
    on_time, on_variable = guards_of(
        """
        def handler(event, context):
            if context.get_remaining_time_in_millis() > 5:
                if os.environ["GO"]:
                    s3.put_object()
        """
    )[::-1]
    assert (on_time.on_event, on_time.on_context) == (False, True)
    assert (on_variable.on_event, on_variable.on_context) == (False, False)


def test_the_fields_of_a_guard_are_told() -> None:
    (guard,) = guards_of(
        """
        def handler(event, context):
            if "Records" in event:
                s3.put_object()
        """
    )
    assert guard.fields == {("Records",)}
