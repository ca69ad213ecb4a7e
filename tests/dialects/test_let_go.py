"""What a dialect has parsed is let go once it is declared: what is declared is small and plain."""

from __future__ import annotations

import ast
import gc
from collections.abc import Iterator, Mapping
from types import FunctionType, MethodType, ModuleType

import pytest
from tree_sitter import Node

from lamlint.dialects.reading import read
from lamlint.dialects.tree import hcl
from lamlint.text import Source
from tests.memory import MemoryTree

PYTHON = """\
from aws_cdk import App, Duration, Stack, aws_lambda as lambda_, aws_sqs as sqs
from aws_cdk.aws_lambda_event_sources import SqsEventSource

class Photos(Stack):
    def __init__(self, scope, id):
        super().__init__(scope, id)
        given = {"STAGE": f"é-{id}"}
        fn = lambda_.Function(self, "Resize", runtime=lambda_.Runtime.PYTHON_3_12,
            handler="app.handler", code=lambda_.Code.from_asset("src"),
            timeout=Duration.seconds(30), environment=given)
        fn.add_event_source(SqsEventSource(sqs.Queue(self, "Work")))

Photos(App(), "Photos")
"""
TYPESCRIPT = """\
import * as cdk from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';

class Photos extends cdk.Stack {
  constructor(scope: cdk.App, id: string) {
    super(scope, id);
    const stages = ['é', 'b'].map(one => `${one}-${id}`);
    const fn = new lambda.Function(this, 'Resize', {
      runtime: lambda.Runtime.PYTHON_3_12, handler: 'app.handler',
      code: lambda.Code.fromAsset('src'), timeout: cdk.Duration.seconds(30),
      environment: { STAGE: stages[0] },
    });
    fn.addToRolePolicy(new cdk.aws_iam.PolicyStatement({ actions: ['s3:*'], resources: ['*'] }));
  }
}
new Photos(new cdk.App(), 'Photos');
"""
TERRAFORM = """\
resource "aws_lambda_function" "resize" {
  function_name = "resize-${var.stage}"
  handler       = "app.handler"
  runtime       = "python3.12"
  filename      = "src.zip"
  role          = aws_iam_role.of_it.arn
  environment {
    variables = { STAGE = "é-${var.stage}" }
  }
}
resource "aws_iam_role" "of_it" {
  assume_role_policy = jsonencode({})
}
variable "stage" {}
"""
APP = {"src/app.py": "def handler(event, context): ...\n"}
PROJECTS: dict[str, Mapping[str, str]] = {
    "python": {"cdk.json": '{"app": "python app.py"}', "app.py": PYTHON, **APP},
    "typescript": {"cdk.json": '{"app": "npx ts-node app.ts"}', "app.ts": TYPESCRIPT, **APP},
    "terraform": {"main.tf": TERRAFORM, **APP},
}


def inside(thing: object) -> Iterator[object]:
    """A part of a thing after the other; what is made of a text stays with the text."""
    seen: set[int] = set()
    waiting: list[object] = [thing]
    while waiting:
        one = waiting.pop()
        if id(one) in seen or isinstance(one, (type, ModuleType, Source)):
            continue
        seen.add(id(one))
        yield one
        match one:
            case FunctionType():
                waiting += one.__closure__ or ()
            case MethodType():
                waiting.append(one.__self__)
            case _:
                waiting += gc.get_referents(one)


@pytest.mark.parametrize("files", PROJECTS.values(), ids=PROJECTS)
def test_nothing_that_is_declared_holds_a_tree(files: Mapping[str, str]) -> None:
    declared = read(MemoryTree(files), ())
    assert [one.name for one in declared.functions if "esize" in one.name]
    parts = list(inside(declared))
    assert len(parts) > 100
    assert not [one for one in parts if isinstance(one, (ast.AST, Node))]


def test_a_block_that_was_read_holds_no_tree() -> None:
    block, *_ = hcl.parse(Source("main.tf", TERRAFORM)).blocks
    assert any(isinstance(one, Node) for one in inside(block)), "it is read when it is asked for"
    assert block.body.get("handler") is not None
    assert not any(isinstance(one, Node) for one in inside(block))
