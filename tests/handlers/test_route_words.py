"""The path of a route is told as callers ask for it: with the prefixes that it stands under."""

from __future__ import annotations

from datetime import date

import pytest

from lamlint import project, registry
from lamlint.catalog import Catalog
from lamlint.engine import check
from tests.memory import MemoryTree

TEMPLATE = """\
Transform: AWS::Serverless-2016-10-31
Resources:
  F:
    Type: AWS::Serverless::Function
    Properties: {Runtime: python3.13, Handler: app.handler, CodeUri: src/, Environment: {}}
"""
FLASK = """\
import boto3
from apig_wsgi import make_lambda_handler
from flask import Blueprint, Flask
app = Flask(__name__)
bp = Blueprint("fees", __name__MADE)
@bp.route("PATH")
def read():
    return boto3.client("s3").list_buckets()
app.register_blueprint(bpGIVEN)
handler = make_lambda_handler(app)
"""
FASTAPI = """\
import boto3
from fastapi import APIRouter, FastAPI
from mangum import Mangum
BASE = "/base"
app = FastAPI()
router = APIRouter(MADE)
@router.get("PATH")
def read():
    return boto3.client("s3").list_buckets()
app.include_router(routerGIVEN)
handler = Mangum(app)
"""
POWERTOOLS = """\
import boto3
from aws_lambda_powertools.event_handler import APIGatewayRestResolver
from aws_lambda_powertools.event_handler.api_gateway import Router
app = APIGatewayRestResolver()
router = Router(MADE)
@router.get("PATH")
def read():
    return boto3.client("s3").list_buckets()
app.include_router(routerGIVEN)
def handler(event, context):
    return app.resolve(event, context)
"""
NESTED = """\
import boto3
from fastapi import APIRouter, FastAPI
from mangum import Mangum
app = FastAPI()
inner, outer = APIRouter(prefix="/inner"), APIRouter(prefix="/outer")
@inner.get("/x")
def read():
    return boto3.client("s3").list_buckets()
outer.include_router(inner, prefix="/between")
app.include_router(outer, prefix="/api/")
handler = Mangum(app)
"""
MOUNTED = """\
import boto3
from fastapi import FastAPI
from mangum import Mangum
app, part = FastAPI(), FastAPI()
@part.get("/x")
def read():
    return boto3.client("s3").list_buckets()
app.mount("/v1", part)
handler = Mangum(app)
"""


def way(text: str) -> list[str]:
    """What leads to the client, in words."""
    tree = MemoryTree({"template.yaml": TEMPLATE, "src/app.py": text})
    built = project.build(tree, (), Catalog(), date(2026, 11, 23))
    (found,) = check.check(built, [registry.load(plugins=False)["connection-in-handler"]])
    return [one.message for one in found.flow]


def written(text: str, path: str, made: str, given: str) -> str:
    return text.replace("PATH", path).replace("MADE", made).replace("GIVEN", given)


@pytest.mark.parametrize(
    ("text", "path", "made", "given", "told"),
    [
        (FLASK, "/x", "", "", "/x"),
        (FLASK, "/x", ", url_prefix='/fee'", "", "/fee/x"),
        (FLASK, "/", ", url_prefix='/fee'", "", "/fee"),
        (FLASK, "/x", ", url_prefix='/fee'", ", url_prefix='/v2/fee'", "/v2/fee/x"),
        (FLASK, "/x", ", url_prefix=None", ", url_prefix='/fee/'", "/fee/x"),
        (FLASK, "/x", "", ", url_prefix=app.config['BASE']", "…/x"),
        (FASTAPI, "/x", "", "", "GET /x"),
        (FASTAPI, "/x", "tags=['/a'], prefix='/fee'", "", "GET /fee/x"),
        (FASTAPI, "/x", "prefix='/fee'", ", prefix=BASE", "GET /base/fee/x"),
        (FASTAPI, "/x", "", ", prefix=BASE + '/v1'", "GET /base/v1/x"),
        (POWERTOOLS, "/x", "", "", "GET /x"),
        (POWERTOOLS, "/x", "", ", prefix='/fee'", "GET /fee/x"),
        (POWERTOOLS, "/", "", ", prefix='/fee'", "GET /fee"),
    ],
)
def test_a_route_is_told_with_its_prefix(
    text: str, path: str, made: str, given: str, told: str
) -> None:
    assert f"{told} runs read" in way(written(text, path, made, given))


@pytest.mark.parametrize(
    ("text", "told"),
    [(NESTED, "GET /api/outer/between/inner/x"), (MOUNTED, "GET /v1/x")],
)
def test_prefixes_stand_one_behind_the_other(text: str, told: str) -> None:
    assert f"{told} runs read" in way(text)
