"""Inline code has the places of the template that holds it."""

from __future__ import annotations

import pytest

from lamlint.model import Function
from lamlint.text import Source
from tests.dialects.thin import read

HEAD = """\
Resources:
  Fn:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: python3.12
      Handler: index.handler
      Code:
"""

LITERAL = (
    HEAD
    + """\
        ZipFile: |
          import os

          def handler(event, context):
              return "größe"
"""
)
SUBSTITUTED = (
    HEAD
    + """\
        ZipFile: !Sub |
          import os
          def handler(event, context):
              return "${!name} ${AWS::Region} größe"
"""
)
LONG_FORM = (
    HEAD
    + """\
        ZipFile:
          Fn::Sub: |-
              import os
              def handler(event, context):
                  return "größe"
"""
)
FOLDED = (
    HEAD
    + """\
        ZipFile: >
          import os

          def handler(event, context): return "größe"
"""
)
SINGLE = (
    HEAD
    + """\
        ZipFile: 'import os

          def handler(event, context): return ''größe'''
"""
)
JSON = r"""{"Resources": {"Fn": {"Type": "AWS::Lambda::Function", "Properties": {
  "Runtime": "python3.12", "Handler": "index.handler",
  "Code": {"ZipFile": "import os\ndef handler(event, context):\n\treturn \"größe\"\n"}}}}}"""
JOINED = r"""{"Resources": {"Fn": {"Type": "AWS::Lambda::Function", "Properties": {
  "Runtime": "python3.12", "Handler": "index.handler",
  "Code": {"ZipFile": {"Fn::Join": ["\n", [
    "import os",
    "def handler(event, context):",
    "    return 'größe'"]]}}}}}}"""

ALL = (LITERAL, SUBSTITUTED, LONG_FORM, FOLDED, SINGLE, JSON, JOINED)


def source(template: str) -> Source:
    function: Function
    (function,) = read(template).functions
    assert function.code.inline is not None
    return function.code.inline


@pytest.mark.parametrize("template", [*ALL, LITERAL.replace("\n", "\r\n")])
@pytest.mark.parametrize("word", ["import os", "def handler", "return", "größe"])
def test_spans_are_those_of_the_template(template: str, word: str) -> None:
    inner = source(template)
    start = inner.text.index(word)
    span = inner.span(start, start + len(word))
    assert template[span.start : span.end] == word


def test_the_text_is_what_is_deployed() -> None:
    assert "${name} ${AWS::Region}" in source(SUBSTITUTED).text
    assert source(JSON).text.splitlines()[-1] == '\treturn "größe"'
    assert source(JOINED).text.splitlines()[-1] == "    return 'größe'"


def test_edits_keep_the_indent_of_the_template() -> None:
    inner = source(LITERAL)
    start = inner.text.index("def handler")
    edit = inner.edit(start, start, "client = 1\n\n\n")
    assert edit is not None
    changed = LITERAL[: edit.span.start] + edit.text + LITERAL[edit.span.end :]
    assert source(changed).text == inner.text[:start] + "client = 1\n\n\n" + inner.text[start:]


def test_quoted_code_cannot_be_edited_by_line() -> None:
    assert source(JSON).edit(0, 0, "x = 1\n") is None
