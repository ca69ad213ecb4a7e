"""What a project declares can be sent to another process."""

from __future__ import annotations

import dataclasses
import pickle
from pathlib import Path

import pytest

from lamlint.dialects.dialect import Declared
from lamlint.dialects.reading import read
from lamlint.files.disk import DiskTree
from lamlint.model import Function
from lamlint.text import Safety, Source
from tests.memory import MemoryTree

FIXTURES = Path(__file__).parents[2] / "fixtures"
PROJECTS = sorted(path for path in (FIXTURES / "projects").iterdir() if path.is_dir())


def without_inline(functions: tuple[Function, ...]) -> list[Function]:
    """The functions without the one thing of theirs that is not compared by what it says."""
    return [
        dataclasses.replace(one, code=dataclasses.replace(one.code, inline=None))
        for one in functions
    ]


def texts(functions: tuple[Function, ...]) -> list[str | None]:
    return [one.code.inline.text if one.code.inline else None for one in functions]


def sent(declared: Declared) -> Declared:
    received: Declared = pickle.loads(pickle.dumps(declared))  # noqa: S301  it is our own
    return received


@pytest.mark.parametrize("project", PROJECTS, ids=lambda path: path.name)
def test_what_arrives_is_what_was_sent(project: Path) -> None:
    declared = read(DiskTree(str(project)), ())
    received = sent(declared)
    assert declared.functions
    assert without_inline(received.functions) == without_inline(declared.functions)
    assert texts(received.functions) == texts(declared.functions)
    assert received.roles == declared.roles
    assert received.problems == declared.problems
    assert received.left_out == declared.left_out


INLINE = """\
Resources:
  F:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.13
      Handler: index.handler
      InlineCode: |
        def handler(event, context):
            return 1
"""


def test_code_in_a_template_keeps_its_places() -> None:
    (function,) = sent(read(MemoryTree({"template.yaml": INLINE}), ())).functions
    code = function.code.inline
    assert code is not None
    start = code.text.index("return")
    span = code.span(start, start + len("return"))
    assert INLINE[span.start : span.end] == "return"


def test_what_arrives_can_be_changed() -> None:
    (function,) = sent(read(MemoryTree({"template.yaml": INLINE}), ())).functions
    for value, new in ((function.timeout, 9), (function.architectures, "arm64")):
        fix = value.change(new, "change", Safety.SAFE)
        assert fix is not None
        assert str(new) in fix.edits[0].text


def test_what_is_made_of_a_text_is_not_sent_along() -> None:
    source = Source("a.py", "x = 1\n")
    before = len(pickle.dumps(source))
    source.once("tree", lambda: ["made"] * 1_000)
    assert len(pickle.dumps(source)) == before
