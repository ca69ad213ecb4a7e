"""Whatever a project holds, lamlint ends with findings: no traceback, and no byte changed."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lamlint.engine.fix import repair
from lamlint.text import INTERNAL_ERROR, Safety
from tests.checking import reader
from tests.fixture_cases import contents

TEMPLATE = """\
Transform: AWS::Serverless-2016-10-31
Globals:
  Function: {Runtime: python3.9, Timeout: 1000}
Parameters:
  Size: {Type: Number, Default: 64}
Conditions:
  Large: !Equals [!Ref AWS::Region, eu-west-1]
Resources:
  One: &one
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: src/
      Handler: app.handler
      MemorySize: !If [Large, !Ref Size, 20000]
      Environment: {Variables: {TABLE: !Ref Table, NAME: !Sub "${AWS::StackName}-x"}}
      Events:
        Upload: {Type: S3, Properties: {Bucket: !Ref Bucket, Events: "s3:ObjectCreated:*"}}
  Two:
    Type: AWS::Lambda::Function
    Properties:
      Role: !GetAtt Role.Arn
      Runtime: python3.13
      Handler: index.handler
      Code:
        ZipFile: |
          import boto3
          def handler(event, context):
              return boto3.client("s3").list_buckets()
  Bucket: {Type: AWS::S3::Bucket}
"""

MODULE = '''\
"""A handler as there are many."""
import os
import boto3
from functools import lru_cache

TABLE = os.environ["TABLE"]

@lru_cache
def client(name: str):
    return boto3.client(name)

def handler(event, context):
    table = boto3.resource("dynamodb").Table(TABLE)  # one per call
    for record in event["Records"]:
        with open(f"/tmp/{record['id']}", "w") as file:
            file.write(record["body"])
    boto3.client("lambda").invoke(FunctionName=context.function_name)
    return {"n": [table.get_item(Key={"id": r}) for r in event]}
'''

AS_JSON = json.dumps(
    {
        "Resources": {
            "One": {
                "Type": "AWS::Lambda::Function",
                "Properties": {
                    "Handler": "app.handler",
                    "Runtime": "python3.8",
                    "Timeout": 1000,
                    "Code": {"ZipFile": "def handler(event, context): ..."},
                },
            }
        }
    },
    indent=1,
)

quick = settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)

PIECES = st.sampled_from(
    [
        *"{}[]:\n\t#'|>()\r\x00\ufeff\u2028é\\@~",
        *('"', "- ", "&a ", "*a", "!Ref ", "!Sub ${", "Fn::If", "<<: *one\n", "null", "1:30"),
        *("\r\n", "\U0001f600", "0x1F", "def ", "lambda: ", "f'{", "yield ", "await ", "    "),
    ]
)


@st.composite
def mutated(draw: st.DrawFn, text: str) -> str:
    """A text with some parts taken out, doubled, or replaced."""
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(text)))
        end = draw(st.integers(start, min(len(text), start + draw(st.sampled_from([0, 1, 5, 60])))))
        middle = draw(PIECES | st.just(text[start:end] * 2) | st.text(max_size=5))
        text = text[:start] + middle + text[end:]
    return text


def judge(folder: Path, *, mend: bool = True) -> set[str]:
    """Check a folder with every rule; the rules that found something."""
    before = contents(folder)
    read = reader(folder, None)
    reading = read({})
    broken = [finding.message for finding in reading.findings if finding.rule == INTERNAL_ERROR]
    assert broken == []
    if mend:
        done = repair(read, Safety.UNSAFE, reading)
        assert not [found for found in done.reading.findings if found.rule == INTERNAL_ERROR]
    assert contents(folder) == before
    return {finding.rule for finding in reading.findings}


def lay_out(folder: Path, **changes: str) -> None:
    """The project above, with some of its files written otherwise."""
    texts = {"template.yaml": TEMPLATE, "src/app.py": MODULE, "other/template.json": AS_JSON}
    for name, text in {**texts, **changes}.items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(text.encode("utf-8", "surrogatepass"))
    (folder / "lamlint.toml").touch()


def test_the_project_itself_has_findings(tmp_path: Path) -> None:
    lay_out(tmp_path)
    assert {"timeout-over-limit", "deprecated-runtime"} <= judge(tmp_path)


@quick
@given(mutated(TEMPLATE))
def test_any_yaml(tmp_path: Path, text: str) -> None:
    lay_out(tmp_path, **{"template.yaml": text})
    judge(tmp_path)


@quick
@given(mutated(AS_JSON))
def test_any_json(tmp_path: Path, text: str) -> None:
    lay_out(tmp_path, **{"other/template.json": text})
    judge(tmp_path)


@quick
@given(mutated(MODULE))
def test_any_python(tmp_path: Path, text: str) -> None:
    lay_out(tmp_path, **{"src/app.py": text})
    judge(tmp_path)


HARD: dict[str, tuple[str, Callable[[], bytes]]] = {
    "empty template": ("template.yaml", lambda: b""),
    "null bytes in yaml": ("template.yaml", lambda: TEMPLATE.encode() + b"\0"),
    "null bytes in python": ("src/app.py", lambda: MODULE.encode() + b"\0"),
    "latin without a cookie": ("src/app.py", lambda: MODULE.encode() + b"# \xe9\n"),
    "unknown cookie": ("src/app.py", lambda: b"# coding: klingon\n" + MODULE.encode()),
    "wide template": ("template.yaml", lambda: TEMPLATE.encode("utf-16")),
    "deep yaml": ("template.yaml", lambda: TEMPLATE.encode() + b"x: " + b"[" * 5_000),
    "deep json": ("other/template.json", lambda: b'{"Resources": ' + b"[" * 20_000),
    "deep python": ("src/app.py", lambda: b"x = " + b"(" * 5_000 + b")" * 5_000),
    "long sum": ("src/app.py", lambda: MODULE.encode() + b"x = 1" + b" + 1" * 1_000 + b"\n"),
    "deep blocks": (
        "src/app.py",
        lambda: "".join(f"{' ' * n}if x:\n" for n in range(150)).encode() + b" " * 150 + b"pass\n",
    ),
    "huge line": ("src/app.py", lambda: MODULE.encode() + b"x = '" + b"y" * 500_000 + b"'\n"),
    "many laughs": (
        "template.yaml",
        lambda: (
            TEMPLATE.encode()
            + b"a0: &a0 [x, x]\n"
            + "".join(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]\n" for n in range(1, 40)).encode()
        ),
    ),
    "anchor in itself": ("template.yaml", lambda: TEMPLATE.encode() + b"a: &a {b: *a}\n"),
    "merge of itself": ("template.yaml", lambda: TEMPLATE.encode() + b"a: &a {<<: *a}\n"),
    "surrogates": ("other/template.json", lambda: AS_JSON.replace("app", "\\ud800").encode()),
    "huge number": ("template.yaml", lambda: TEMPLATE.replace("1000", "9" * 5_000).encode()),
    "not a number": ("template.yaml", lambda: TEMPLATE.replace("1000", ".nan").encode()),
    "without end": ("template.yaml", lambda: TEMPLATE.replace("1000", "-.inf").encode()),
    "parameter of itself": (
        "template.yaml",
        lambda: TEMPLATE.replace("Default: 64", "Default: !Ref Size").encode(),
    ),
}


@pytest.mark.parametrize("name", HARD)
def test_hard_files(name: str, tmp_path: Path) -> None:
    lay_out(tmp_path)
    path, content = HARD[name]
    (tmp_path / path).write_bytes(content())
    judge(tmp_path)


def test_imports_in_a_circle(tmp_path: Path) -> None:
    lay_out(tmp_path)
    (tmp_path / "src/app.py").write_text("from b import *\ndef handler(event, context): f(event)\n")
    (tmp_path / "src/b.py").write_text("from c import *\nfrom app import handler\n")
    (tmp_path / "src/c.py").write_text("import b\nfrom b import f as f\n\ndef g(): return g()\n")
    judge(tmp_path)


def test_links_in_a_circle(tmp_path: Path) -> None:
    lay_out(tmp_path)
    os.symlink("..", tmp_path / "src" / "up")
    os.symlink("loop", tmp_path / "loop")
    os.symlink(tmp_path.parent, tmp_path / "outside")
    assert "timeout-over-limit" in judge(tmp_path)


def test_a_folder_that_cannot_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lay_out(tmp_path)
    real = os.scandir

    def scandir(path: str) -> object:
        if str(path).endswith("src"):
            raise PermissionError(13, "Permission denied", path)
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)
    assert "timeout-over-limit" in judge(tmp_path)


def test_a_file_that_vanishes(tmp_path: Path) -> None:
    lay_out(tmp_path)
    read = reader(tmp_path, None)
    read({})
    (tmp_path / "src/app.py").unlink()
    assert not [found for found in read({}).findings if found.rule == INTERNAL_ERROR]
