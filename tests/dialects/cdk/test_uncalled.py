"""A method of a stack that is made declares nothing where nothing in the project calls it."""

from __future__ import annotations

import pytest

from tests.dialects.cdk.stacks import project

TYPESCRIPT = """\
import * as cdk from 'aws-cdk-lib';
import {{ Code, Function, Runtime }} from 'aws-cdk-lib/aws-lambda';
{head}
export class Album extends cdk.Stack {{
  constructor(scope: cdk.App, id: string) {{
    super(scope, id);
    {start}
  }}
  {marks} addJob(name: string) {{
    return new Function(this, 'Job', {{
      runtime: Runtime.PYTHON_3_13, handler: 'app.handler', code: Code.fromAsset('src')
    }});
  }}
}}
new Album(new cdk.App(), 'Album');
"""
PYTHON = """\
import aws_cdk as cdk
from aws_cdk import aws_lambda
{head}
class Album(cdk.Stack):
    def __init__(self, scope, construct_id):
        super().__init__(scope, construct_id)
        {start}

    {marks}
    def add_job(self, name):
        return aws_lambda.Function(
            self, "Job", runtime=aws_lambda.Runtime.PYTHON_3_13, handler="app.handler",
            code=aws_lambda.Code.from_asset("src"),
        )

app = cdk.App()
Album(app, "Album")
app.synth()
"""
FILES = {
    "typescript": ("app.ts", '{"app": "npx ts-node app.ts"}', TYPESCRIPT),
    "javascript": ("app.js", '{"app": "node app.js"}', TYPESCRIPT),
    "python": ("app.py", '{"app": "python app.py"}', PYTHON),
}


def names(
    language: str, start: str, head: str = "", marks: str = "", files: dict[str, str] | None = None
) -> list[str]:
    """The functions of an app whose stack has a method, with some code in its constructor."""
    path, manifest, code = FILES[language]
    code = code.format(start=start, head=head, marks=marks)
    if language == "javascript":
        for type_ in (": cdk.App", ": string", "private"):
            code = code.replace(type_, "")
    src = {"src/app.py": "def handler(event, context):\n    return event\n"}
    read = project({"cdk.json": manifest, path: code, **src, **(files or {})})
    return [one.name for one in read.functions]


@pytest.mark.parametrize(
    ("language", "start"),
    [
        ("typescript", "// this.addJob('a');"),
        ("typescript", "// const job = this.addJob(\n    //   'a'\n    // );"),
        ("typescript", "/* this.addJob('a'); */"),
        ("typescript", ""),
        ("javascript", "// this.addJob('a');"),
        ("python", '# self.add_job("a")'),
        ("python", "pass"),
    ],
)
def test_a_method_whose_calls_are_all_comments(language: str, start: str) -> None:
    assert names(language, start) == []


@pytest.mark.parametrize("marks", ["private", "public async", "protected"])
def test_whatever_it_is_marked_with(marks: str) -> None:
    assert names("typescript", "// this.addJob('a');", marks=marks) == []


@pytest.mark.parametrize(
    ("language", "start"),
    [
        ("typescript", "this.addJob('a');"),
        ("typescript", "unknown(this.addJob);"),
        ("typescript", "unknown(() => unknown.each(name => this.addJob(name)));"),
        ("typescript", "this[unknown('add')]('a');"),
        ("typescript", "unknown(this, 'addJob');"),
        ("javascript", "unknown(this.addJob);"),
        ("python", "self.add_job('a')"),
        ("python", "unknown(self.add_job)"),
        ("python", "getattr(self, unknown)('a')"),
        ("python", "unknown(self, 'add_job')"),
    ],
)
def test_a_method_that_something_may_call(language: str, start: str) -> None:
    assert names(language, start) == ["Job"]


@pytest.mark.parametrize(
    ("language", "files"),
    [
        ("typescript", {"other.ts": "export const run = (one: any) => one.addJob('a');"}),
        ("typescript", {"tools/run.js": "module.exports = one => one.addJob('a');"}),
        ("python", {"other.py": "def run(one):\n    one.add_job('a')\n"}),
    ],
)
def test_a_method_that_another_file_speaks_of(language: str, files: dict[str, str]) -> None:
    assert names(language, "" if language == "typescript" else "pass", files=files) == ["Job"]


@pytest.mark.parametrize("own", ["synthesize", "prepare", "visit", "bind"])
def test_a_method_that_the_framework_calls(own: str) -> None:
    path, manifest, code = FILES["typescript"]
    written = code.format(start="", head="", marks="").replace("addJob", own)
    assert [one.name for one in project({"cdk.json": manifest, path: written}).functions] == ["Job"]


def test_a_method_of_a_class_that_others_make_or_call_from_above() -> None:
    path, manifest, code = FILES["typescript"]
    apart = code.format(start="", head="", marks="").replace("new Album(new cdk.App()", "void (1")
    above = code.format(start="", head="import { Base } from '@acme/base';", marks="")
    above = above.replace("extends cdk.Stack", "extends Base")
    for written in (apart, above):
        found = project({"cdk.json": manifest, path: written}).functions
        assert [one.name for one in found] == ["Job"]
