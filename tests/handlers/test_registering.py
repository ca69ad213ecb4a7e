"""Only calls that may register something with an application are looked at for routes."""

from __future__ import annotations

import pytest

from lamlint.catalog.frameworks import Application, frameworks
from lamlint.python.module.module import Module
from lamlint.python.reach.spoken import spoken
from lamlint.text import Source
from tests.counting import work
from tests.handlers.connections import reported

POWERTOOLS = """\
import boto3
from aws_lambda_powertools.event_handler import APIGatewayHttpResolver

app = APIGatewayHttpResolver()


@app.get("/orders")
def orders():
    return boto3.client("s3").list_buckets()


def handler(event, context):
    return app.resolve(event, context)


"""


def modules(*texts: str) -> list[Module]:
    return [Module(Source(f"m{n}.py", text), f"m{n}") for n, text in enumerate(texts)]


@pytest.mark.parametrize(
    ("texts", "method"),
    [
        (["from flask import Flask\n"], "register_blueprint"),
        (["import flask.app as web\napp = web.Flask(__name__)\n"], "add_url_rule"),
        (
            ["import flask_restx\n", "def made(web):\n    return web.Namespace('n')\n"],
            "add_resource",
        ),
        # The application itself may be made where nobody reads it.
        (["from flask_restx import Namespace\n"], "add_namespace"),
        (["from bottle import Bottle\n"], "get"),
        (["from slack_bolt import App\n"], "use"),
        (["from rest_framework import routers\n"], "register"),
        (["from aws_lambda_powertools.event_handler import APIGatewayRestResolver\n"], "use"),
    ],
)
def test_a_method_of_a_framework_that_is_spoken_of_registers(texts: list[str], method: str) -> None:
    assert method in spoken(modules(*texts)).methods


@pytest.mark.parametrize(
    ("text", "method"),
    [
        ("from flask import Flask\n", "get"),
        ("from aws_lambda_powertools import Logger\n", "use"),
        ("from fastapi import FastAPI\n", "register"),
        ("import boto3\n", "include_router"),
    ],
)
def test_that_of_another_one_does_not(text: str, method: str) -> None:
    assert method not in spoken(modules(text)).methods


NAMES = {name.removesuffix(".*"): row for row in frameworks().applications for name in row.names}


@pytest.mark.parametrize(("name", "row"), NAMES.items(), ids=NAMES)
def test_what_imports_an_application_names_it(name: str, row: Application) -> None:
    owner, _, last = name.rpartition(".")
    text = f"from {owner} import {last}\n"
    assert row.is_named_by({word for word in frameworks().naming if word in text})


def test_calls_of_methods_that_register_nothing_here_cost_no_more_than_any() -> None:
    def helpers(method: str) -> str:
        lines = "".join(f"    x{n} = row.{method}('k{n}', row)\n" for n in range(40))
        return "".join(f"def helper{n}(row):\n{lines}\n\n" for n in range(10))

    reported(POWERTOOLS)  # what is loaded once is loaded here
    registering = work(lambda: reported(POWERTOOLS + helpers("post")))  # as with Bottle
    assert registering < 1.2 * work(lambda: reported(POWERTOOLS + helpers("past")))
