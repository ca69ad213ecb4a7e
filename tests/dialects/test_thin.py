"""Functions as SAM templates declare them."""

from __future__ import annotations

from datetime import date

from lamlint.catalog import Catalog
from lamlint.model import CodeKind, Origin
from lamlint.project import Project, build
from lamlint.text import Safety
from tests.memory import MemoryTree

TEMPLATE = """\
Transform: AWS::Serverless-2016-10-31
Globals:
  Function:
    Runtime: python3.12
    Timeout: 1000
Resources:
  Orders:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: src
      Handler: app.handler
"""


def read(template: str) -> Project:
    files = {"template.yaml": template, "src/app.py": ""}
    return build(MemoryTree(files), (), Catalog(), date(2026, 11, 23))


def test_globals_are_inherited() -> None:
    (function,) = read(TEMPLATE).functions
    assert function.timeout.only == 1000
    assert function.timeout.choices[0].origin is Origin.INHERITED
    assert function.code.kind is CodeKind.FOLDER
    assert function.code.path == "src"


def test_a_shared_value_is_changed_unsafely() -> None:
    (function,) = read(TEMPLATE).functions
    fix = function.timeout.change(900, "Set the limit", Safety.SAFE)
    assert fix is not None
    assert fix.safety is Safety.UNSAFE
    assert TEMPLATE[fix.edits[0].span.start : fix.edits[0].span.end] == "1000"


def test_an_absent_value_is_written_at_the_function() -> None:
    (function,) = read(TEMPLATE).functions
    fix = function.memory.change(256, "Set the memory", Safety.SAFE)
    assert fix is not None
    (edit,) = fix.edits
    changed = TEMPLATE[: edit.span.start] + edit.text + TEMPLATE[edit.span.end :]
    assert changed == TEMPLATE + "      MemorySize: 256\n"
