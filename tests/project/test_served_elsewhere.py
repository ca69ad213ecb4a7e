"""An application that images serve as a server does, and that is wrapped for Lambda beside that."""

from __future__ import annotations

from datetime import date

import pytest

from lamlint import project
from lamlint.catalog import Catalog
from lamlint.engine.check import check
from lamlint.text import Severity
from tests.checking import rules
from tests.memory import MemoryTree

CODE = """\
import boto3
from fastapi import FastAPI
from mangum import Mangum

app = FastAPI()


@app.get("/")
def root():
    return boto3.client("s3").list_buckets()


handler = Mangum(app)
"""
SERVER = 'FROM python:3.13\nWORKDIR /app\nCOPY app/ ./app/\nCMD ["%s", "app.main:app"]\n'
UVICORN = SERVER % "uvicorn"
BROKEN = (
    "FROM public.ecr.aws/lambda/python:3.13\nCOPY app/ ${LAMBDA_TASK_ROOT}/app/\n"
    'COPY lambda_function.py ${LAMBDA_TASK_ROOT}/\nCMD ["lambda_function.lambda_handler"]\n'
)
BUILD = "phases: {post_build: {commands: [\"printf '[]' > imagedefinitions.json\"]}}\n"
TASK = 'resource "aws_ecs_task_definition" "work" {\n  family = "work"\n}\n'
FUNCTION = """\
Transform: AWS::Serverless-2016-10-31
Resources:
  Work:
    Type: AWS::Serverless::Function
    Properties: {Runtime: nodejs22.x, Handler: index.handler, CodeUri: js}
"""


def weighed(files: dict[str, str]) -> tuple[Severity | None, bool]:
    """How bad it is what the application builds, and whether nothing is known to deploy it."""
    whole = {"app/__init__.py": "", "app/main.py": CODE, **files}
    built = project.build(MemoryTree(whole), (), Catalog(), date(2026, 11, 24))
    (one,) = check(built, [rules()["connection-in-handler"]])
    return one.severity, "nothing is known to deploy it" in one.message


ELSEWHERE = {
    "by a build": {"Dockerfile": UVICORN, "buildspec.yml": BUILD},
    "by another server": {"Dockerfile": SERVER % "gunicorn", "main.tf": TASK},
    "beside one that is broken": {
        "Dockerfile": BROKEN, "Dockerfile.ecs": UVICORN, "buildspec.yml": BUILD,
    },
    "beside one that builds": {
        "Dockerfile": UVICORN, "tools/Dockerfile": "FROM python\n", "main.tf": TASK,
    },
    "with what it asks for": {
        "Dockerfile": UVICORN, "main.tf": TASK, "requirements.txt": "mangum\naws-lambda-powertools\n",
    },
}  # fmt: skip
PERHAPS = {
    "without any image": {"buildspec.yml": BUILD},
    "where nobody says where the image goes": {"Dockerfile": UVICORN},
    "by an image that starts it": {
        "Dockerfile": BROKEN.replace("lambda_function.lambda_handler", "app.main.handler"),
        "Dockerfile.ecs": UVICORN, "buildspec.yml": BUILD,
    },
    "by an image with an adapter": {
        "Dockerfile": UVICORN + "COPY --from=public.ecr.aws/awsguru/aws-lambda-adapter:0.9.1 "
        "/lambda-adapter /opt/extensions/lambda-adapter\n",
        "main.tf": TASK,
    },
    "by an image of which nothing is known": {
        "Dockerfile": "FROM public.ecr.aws/lambda/python:3.13\nCOPY . .\n",
        "Dockerfile.ecs": UVICORN, "buildspec.yml": BUILD,
    },
    "where a handler of that name is elsewhere": {
        "Dockerfile": BROKEN, "Dockerfile.ecs": UVICORN, "buildspec.yml": BUILD,
        "other/lambda_function.py": "",
    },
    "by a script": {
        "Dockerfile": UVICORN, "main.tf": TASK,
        "deploy.sh": "aws lambda update-function-code --function-name f --zip-file $1\n",
    },
    "by people": {"Dockerfile": UVICORN, "main.tf": TASK, "README.md": "Runs on AWS Lambda.\n"},
    "beside a function": {"Dockerfile": UVICORN, "main.tf": TASK, "template.yaml": FUNCTION},
    "where another application is served": {
        "Dockerfile": UVICORN.replace("app.main", "app.other"), "app/other.py": "app = 1\n",
        "main.tf": TASK,
    },
}  # fmt: skip


@pytest.mark.parametrize("files", ELSEWHERE.values(), ids=ELSEWHERE)
def test_what_a_server_runs_elsewhere_is_not_known_to_be_deployed(files: dict[str, str]) -> None:
    assert weighed(files) == (Severity.INFORMATION, True)


@pytest.mark.parametrize("files", PERHAPS.values(), ids=PERHAPS)
def test_what_lambda_may_run_is_told_as_it_is(files: dict[str, str]) -> None:
    assert weighed(files) == (Severity.WARNING, False)
