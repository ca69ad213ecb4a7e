"""A handler that only a Dockerfile starts, while who takes the image starts something else."""

from __future__ import annotations

from datetime import date

import pytest

from lamlint import project
from lamlint.catalog import Catalog
from lamlint.engine.check import check
from lamlint.text import Severity
from tests.checking import rules
from tests.memory import MemoryTree

CODE = "import boto3\n\n\ndef handler(event, context):\n    event['headers']\n"
CODE += "    boto3.client('s3').list_buckets()\n"
DOCKERFILE = (
    'FROM public.ecr.aws/lambda/python:3.13\nCOPY . ${LAMBDA_TASK_ROOT}\nCMD ["app.handler"]\n'
)
FUNCTION = """\
Transform: AWS::Serverless-2016-10-31
Resources:
  Work:
    Type: AWS::Serverless::Function
    Properties:
      PackageType: Image
      %s
    Metadata: {DockerContext: ./service, Dockerfile: Dockerfile}
"""
COMMAND = "ImageConfig: {Command: [%s]}"
TASK = """\
Resources:
  Task:
    Type: AWS::ECS::TaskDefinition
    Properties:
      ContainerDefinitions:
        - Name: worker
          Image: !Sub "${AWS::AccountId}.dkr.ecr.eu-west-1.amazonaws.com/service:latest"
          %s
"""
OWN = 'Command: ["python", "worker.py"]'
FARGATE = """\
resource "aws_ecs_task_definition" "work" {
  family = "work"
  container_definitions = jsonencode([{ name = "work", image = var.image, command = ["python", "worker.py"] }])
}
"""
SECOND = {"other/Dockerfile": DOCKERFILE.replace("app.", "other."), "other/other.py": ""}


def weighed(files: dict[str, str]) -> tuple[Severity | None, bool]:
    """How bad it is what the handler builds that the Dockerfile starts, and whether it is told
    that nothing is known to deploy it.
    """
    whole = {
        "service/Dockerfile": DOCKERFILE,
        "service/app.py": CODE,
        "service/worker.py": "def handler(event, context): ...\n",
        **files,
    }
    built = project.build(MemoryTree(whole), (), Catalog(), date(2026, 11, 24))
    every = check(built, [rules()["connection-in-handler"]])
    (one,) = [one for one in every if one.span.path == "service/app.py"]
    return one.severity, "nothing is known to deploy it" in one.message


REPLACED = {
    "by a function": {"template.yaml": FUNCTION % (COMMAND % "worker.handler")},
    "by another start": {
        "template.yaml": FUNCTION % ("ImageConfig: {EntryPoint: [python], Command: [worker.py]}")
    },
    "by a task": {"template.yaml": TASK % OWN},
    "by a task that names the folder": {"template.yaml": TASK % OWN, **SECOND},
    "by a task of Terraform": {"main.tf": FARGATE},
}
RUN = {
    "by the function itself": {"template.yaml": FUNCTION % "Timeout: 30"},
    "by a function that says the same": {"template.yaml": FUNCTION % (COMMAND % "app.handler")},
    "by what a parameter says": {
        "template.yaml": "Parameters: {Start: {Type: String}}\n"
        + FUNCTION % (COMMAND % "!Ref Start")
    },
    "by a task that says nothing": {"template.yaml": TASK % "Essential: true"},
    "by a script": {
        "template.yaml": TASK % OWN,
        "deploy.sh": "aws lambda update-function-code --function-name f --image-uri $1\n",
    },
    "by a script that names it": {
        "template.yaml": FUNCTION % (COMMAND % "worker.handler"),
        "deploy.sh": "aws lambda update-function-configuration --image-config app.handler\n",
    },
    "by another Dockerfile": {
        "template.yaml": FUNCTION % (COMMAND % "worker.handler"),
        "service/second.Dockerfile": DOCKERFILE,
    },
    "by who knows whom": {},
    "by whoever has one of two images": {"main.tf": FARGATE, **SECOND},
}


@pytest.mark.parametrize("files", REPLACED.values(), ids=REPLACED)
def test_what_a_configuration_replaces_is_not_known_to_be_deployed(files: dict[str, str]) -> None:
    assert weighed(files) == (Severity.INFORMATION, True)


@pytest.mark.parametrize("files", RUN.values(), ids=RUN)
def test_what_may_be_run_is_told_as_it_is(files: dict[str, str]) -> None:
    assert weighed(files) == (Severity.WARNING, False)
