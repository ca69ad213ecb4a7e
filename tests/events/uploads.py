"""What is told of a handler of uploads."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from lamlint import project, registry
from lamlint.catalog import Catalog
from lamlint.engine import check
from lamlint.text import Finding
from tests.memory import MemoryTree

RULES = registry.load(plugins=False)
UPLOADED = """\
Transform: AWS::Serverless-2016-10-31
Resources:
  Resize:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.13
      Handler: app.handler
      CodeUri: src/
      Events:
        Up: {Type: SNS, Properties: {Topic: arn:aws:sns:eu-west-1:123456789012:up}}
"""
TRY = "    try:\n        work(event)\n"
LOGGED = "    except Exception as error:\n        logger.exception('no', exc_info=error)\n"


def told_of_uploads(body: str, above: str = "", **beside: str) -> Sequence[Finding]:
    code = (
        "import boto3, json, logging, os, requests, traceback\nfrom contextlib import suppress\n"
        "logger = logging.getLogger()\nsns = boto3.client('sns')\nsession = requests.Session()\n"
        f"{above}def handler(event, context):\n{body}"
    )
    modules = {f"src/{name}.py": text for name, text in beside.items()}
    tree = MemoryTree({"template.yaml": UPLOADED, "src/app.py": code, **modules})
    built = project.build(tree, (), Catalog(), date(2026, 11, 23))
    return check.check(built, [RULES["missing-failure-destination"]])
