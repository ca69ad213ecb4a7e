"""A handler is missing only where nothing that is built beside the code may bring it."""

from __future__ import annotations

from datetime import date

import pytest

from lamlint import registry
from lamlint.catalog import Catalog
from lamlint.engine.check import check
from lamlint.project import build
from lamlint.text import Finding, Severity
from tests.memory import MemoryTree

TEMPLATE = """\
Transform: AWS::Serverless-2016-10-31
Resources:
  Fn:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: hello/
      Handler: mns.entry.handler
      Runtime: python3.13
      Layers: [!Ref Dep]
  Dep:
    Type: AWS::Serverless::LayerVersion
    {metadata}
    Properties: {{ContentUri: {content}}}
"""
NO_METHOD = "DeletionPolicy: Delete"
MAKEFILE = "Metadata: {BuildMethod: makefile}"
PYTHON = "Metadata: {BuildMethod: python3.13}"
AS_IS = "Metadata: {BuildMethod: python3.13, SkipBuild: true}"


def is_found_missing(files: dict[str, str], metadata: str, content: str = "layer/") -> bool:
    template = TEMPLATE.format(metadata=metadata, content=content)
    own = {"template.yaml": template, "hello/other.py": "X = 1\n", **files}
    built = build(MemoryTree(own), ("",), Catalog(), date(2026, 11, 23))
    return bool(check(built, [registry.load(plugins=False)["handler-not-found"]]))


MAY_BRING = [
    (MAKEFILE, {"layer/Makefile": "build-Dep:\n\tcp -r ../x $(ARTIFACTS_DIR)/python\n"}),
    (MAKEFILE, {"layer/requirements.txt": "other\n"}),
    (PYTHON, {"layer/requirements.txt": "mns\n"}),
    (PYTHON, {"layer/requirements.txt": "mns==1.2 ; python_version > '3.8'\n"}),
    (PYTHON, {"layer/requirements.txt": "../packages/anything\n"}),
    (PYTHON, {"layer/requirements.txt": "-e ../packages/anything\n"}),
    (PYTHON, {"layer/requirements.txt": "-r ../all.txt\n"}),
    (PYTHON, {"layer/requirements.txt": "git+https://example.com/acme/x.git\n"}),
    (PYTHON, {"layer/pyproject.toml": '[project]\ndependencies = ["mns"]\n'}),
    (NO_METHOD, {"layer/requirements.txt": "mns\n"}),
    (NO_METHOD, {"layer/python/requirements.txt": "mns\n"}),
    (NO_METHOD, {"layer/readme": "", "Makefile": "pip install mns -t layer/python\n"}),
    (NO_METHOD, {"layer/build.sh": "pip install -r all.txt -t python\n"}),
]
BRINGS_NOTHING = [
    (PYTHON, {"layer/requirements.txt": "requests\n"}),
    (PYTHON, {"layer/python/lib.py": ""}),
    (AS_IS, {"layer/requirements.txt": "mns\n"}),
    (NO_METHOD, {"layer/python/lib.py": ""}),
    (NO_METHOD, {"layer/python/lib.py": "", "Makefile": "test:\n\tpytest\n"}),
    (NO_METHOD, {"layer/python/lib.py": "", "elsewhere/requirements.txt": "mns\n"}),
]


@pytest.mark.parametrize(("metadata", "files"), MAY_BRING)
def test_a_layer_that_a_build_fills_may_bring_it(metadata: str, files: dict[str, str]) -> None:
    assert not is_found_missing(files, metadata)


@pytest.mark.parametrize(("metadata", "files"), BRINGS_NOTHING)
def test_a_layer_that_is_all_here_does_not(metadata: str, files: dict[str, str]) -> None:
    assert is_found_missing(files, metadata)


@pytest.mark.parametrize("metadata", [NO_METHOD, PYTHON, MAKEFILE])
def test_what_the_layer_holds_is_found(metadata: str) -> None:
    handler = {"layer/python/mns/entry.py": "def handler(event, context): ...\n"}
    assert not is_found_missing(handler, metadata)


CHOSEN = """\
Transform: AWS::Serverless-2016-10-31
Parameters:
  Kind: {Type: String, Default: a, AllowedValues: [a, b]}
  Name: {Type: String, Default: one.handler, AllowedValues: [one.handler, gone.handler]}
Mappings: {Names: {a: {h: one.handler}, b: {h: gone.handler}}}
Conditions: {B: !Equals [!Ref Kind, b], C: !Equals [!Ref Kind, c]}
Resources:
  Fn:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: app/
      Runtime: python3.13
      Handler: """


@pytest.mark.parametrize(
    ("handler", "found"),
    [
        ("!If [B, gone.handler, one.handler]", ["where Kind is b, app has no module gone"]),
        ("!If [B, one.gone, one.handler]", ["where Kind is b, app/one.py has no gone"]),
        ("!FindInMap [Names, !Ref Kind, h]", ["where Kind is b, app has no module gone"]),
        ("!If [C, gone.handler, one.handler]", []),
        ("!If [B, datadog_lambda.handler.handler, one.handler]", []),
        ("!Ref Name", []),
        ("!If [B, one.handler, one.handler]", []),
    ],
)
def test_each_choice_of_a_handler_is_looked_for(handler: str, found: list[str]) -> None:
    files = {"t.yaml": CHOSEN + handler, "app/one.py": "def handler(event, context):\n    pass\n"}
    built = build(MemoryTree(files), ("",), Catalog(), date(2026, 11, 23))
    findings = check(built, [registry.load(plugins=False)["handler-not-found"]])
    assert [one.message.partition(", so every")[0] for one in findings] == found
    assert {one.severity for one in findings} <= {Severity.WARNING}


TERRAFORM = """\
data "archive_file" "z" {{
  type        = "zip"
  {source}
  output_path = "z.zip"
}}
resource "aws_lambda_function" "f" {{
  function_name = "f"
  role          = "arn:aws:iam::123456789012:role/r"
  runtime       = "python3.13"
  handler       = "{handler}"
  filename      = data.archive_file.z.output_path
}}
"""
FILE = 'source_file = "code/app-test.py"'
FOLDER = 'source_dir = "code"'
CODE = "def handler(event, context):\n    return event\n"


def of_archive(source: str, handler: str) -> list[Finding]:
    files = {
        "main.tf": TERRAFORM.format(source=source, handler=handler),
        "code/app.py": CODE,
        "code/app-test.py": CODE,
        "code/pkg/__init__.py": CODE,
    }
    built = build(MemoryTree(files), ("",), Catalog(), date(2026, 11, 23))
    return list(check(built, [registry.load(plugins=False)["handler-not-found"]]))


@pytest.mark.parametrize("handler", ["app.handler", "pkg.handler", "code.app-test.handler"])
def test_an_archive_of_one_file_holds_nothing_that_lies_beside_it(handler: str) -> None:
    (one,) = of_archive(FILE, handler)
    start = f"the package is code/app-test.py alone, and has no module {handler[:-8]}, so every"
    assert one.message.startswith(start)
    assert all(note.span.path == "code/app-test.py" for note in one.related)


@pytest.mark.parametrize(
    ("source", "handler"),
    [(FILE, "app-test.handler"), (FOLDER, "app.handler"), (FOLDER, "pkg.handler")],
)
def test_an_archive_holds_its_file_and_a_folder_all_that_is_in_it(
    source: str, handler: str
) -> None:
    assert not of_archive(source, handler)
