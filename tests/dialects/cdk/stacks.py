"""Stacks in memory, put together around the lines that matter, and what is read of them."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from datetime import date

from lamlint.catalog import Catalog
from lamlint.model import Function
from lamlint.project import Project, build
from tests.memory import MemoryTree

MANIFEST = '{"app": "python3 app.py", "context": {"name": "album", "prod": true}}'
APP = """
import aws_cdk as cdk
from stacks.album import Album

app = cdk.App()
Album(app, "Album")
app.synth()
"""
TOP = """
import os
from pathlib import Path
import aws_cdk as cdk
from aws_cdk import Duration, Stack, aws_lambda as _lambda, aws_s3 as s3, aws_sqs as sqs
from aws_cdk import aws_dynamodb as dynamodb, aws_events as events, aws_iam as iam, aws_sns as sns
from aws_cdk import aws_events_targets as targets, aws_lambda_event_sources as sources
from aws_cdk import aws_s3_notifications as s3n, aws_sns_subscriptions as subscriptions
from aws_cdk import aws_logs as logs, aws_apigateway as apigateway

SMALL = 1
STAGE = "dev"
UNKNOWN = os.environ.get("UNKNOWN")
COMMON = {"LEVEL": "INFO"}


class Album(Stack):
    def __init__(self, scope, construct_id, **kwargs):
        super().__init__(scope, construct_id, **kwargs)
        bucket = s3.Bucket(self, "Photos")
"""


def stack(*lines: str, top: str = "") -> Mapping[str, str]:
    """A project whose stack has some lines in its constructor."""
    body = textwrap.indent("\n".join(lines), " " * 8)
    return {
        "cdk.json": MANIFEST,
        "app.py": APP,
        "stacks/__init__.py": "",
        "stacks/album.py": f"{TOP}{body}\n{top}",
        "src/app.py": "def handler(event, context):\n    return event\n",
    }


def project(files: Mapping[str, str | bytes]) -> Project:
    """What is read of some files."""
    return build(MemoryTree(files), (), Catalog(), date(2026, 11, 23))


def declared(files: Mapping[str, str | bytes]) -> tuple[Function, ...]:
    """The functions of some files."""
    return project(files).functions


def function(arguments: str, *lines: str) -> Function:
    """The one function of a stack, with some arguments more than it needs, and lines behind it."""
    made = (
        'fn = _lambda.Function(self, "Thumbs", runtime=_lambda.Runtime.PYTHON_3_13, '
        f'handler="app.handler", code=_lambda.Code.from_asset("src"), {arguments})'
    )
    (found,) = declared(stack(made, *lines))
    return found
