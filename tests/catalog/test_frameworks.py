"""The table of frameworks: whole, with its sources, and without doubles."""

from __future__ import annotations

from collections import Counter

import pytest

from lamlint.catalog import load_table
from lamlint.catalog.frameworks import Moment, frameworks

ROWS = [(kind, row) for kind, rows in load_table("frameworks").items() for row in rows]


@pytest.mark.parametrize(("kind", "row"), ROWS, ids=[str(row["source"]) for _, row in ROWS])
def test_a_row_says_where_it_was_read(kind: str, row: dict[str, object]) -> None:
    assert str(row["source"]).startswith("https://")
    assert row["bases" if kind == "view" else "names"]


def test_nothing_is_described_twice() -> None:
    applications = Counter(name for one in frameworks().applications for name in one.names)
    assert [name for name, times in applications.items() if times > 1] == []


@pytest.mark.parametrize(
    ("name", "calls"),
    [
        ("fastapi.FastAPI", "FastAPI"),
        ("aws_lambda_powertools.event_handler.api_gateway.Router", "Powertools"),
        ("aws_lambda_powertools.event_handler.depends.Depends", None),
        ("aws_lambda_powertools.Logger", None),
        ("boto3.client", None),
    ],
)
def test_an_application_is_found_by_what_makes_it(name: str, calls: str | None) -> None:
    found = frameworks().application(name)
    assert (found.calls if found is not None else None) == calls


@pytest.mark.parametrize(
    ("name", "serves"),
    [
        ("mangum.Mangum.__call__", True),
        ("mangum.Mangum", False),
        ("aws_lambda_powertools.event_handler.ALBResolver.resolve", True),
        ("aws_lambda_powertools.event_handler.ALBResolver.get", False),
        ("django.core.wsgi.get_wsgi_application.__call__", True),
        ("django.core.wsgi.get_wsgi_application", False),
        ("flask.Blueprint.__call__", False),
    ],
)
def test_a_server_is_found_by_what_is_called(name: str, serves: bool) -> None:
    assert (frameworks().server(name) is not None) is serves


def test_an_application_says_when_it_calls() -> None:
    fastapi = frameworks().application("fastapi.FastAPI")
    assert fastapi is not None
    assert fastapi.moment("on_event") is Moment.STARTUP
    assert fastapi.moment("get") is Moment.INVOCATION
    assert fastapi.moment("exception_handler") is Moment.ERROR


@pytest.mark.parametrize(
    ("text", "found"), [("import fastapi\n", True), ("import boto3\n", False), ("", False)]
)
def test_a_module_may_have_to_do_with_one_by_its_text(text: str, found: bool) -> None:
    assert frameworks().spoken_of(text) is found
