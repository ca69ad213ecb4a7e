"""Which broken files are told of."""

from __future__ import annotations

import pytest

from lamlint.dialects.reading import read
from lamlint.text import Source
from tests.memory import MemoryTree

BROKEN = """\
Resources:
  Fn:
    Type: AWS::Serverless::Function
    Properties:
      Handler: app.handler
     Runtime: python3.13
"""


def told(path: str, text: str) -> list[int]:
    tree = MemoryTree({path: text})
    found = []
    for problem in read(tree, ()).problems:
        source = tree.read(path)
        assert isinstance(source, Source)
        found.append(source.position(problem.span.start).line)
    return found


def test_a_broken_template_is_told_at_its_line() -> None:
    assert told("template.yaml", BROKEN) == [6]


@pytest.mark.parametrize(
    "text",
    [
        "{% if x %}\n" + BROKEN,
        BROKEN.replace("app.handler", "{{ cookiecutter.handler }}"),
        BROKEN.replace("app.handler", "%handler%"),
        "Type: AWS::Serverless::Function\n  x: [",
    ],
)
def test_files_of_other_tools_are_not(text: str) -> None:
    assert told("template.yaml", text) == []


def test_built_templates_are_not_read() -> None:
    assert told(".aws-sam/build/template.yaml", BROKEN) == []
    assert told("packaged.yaml", BROKEN) == []


JSON = '{"Resources": {"Fn": {"Type": "AWS::Lambda::Function", "Properties": {"Handler": "app.handler",,}}}}'


@pytest.mark.parametrize("ahead", ["", "\n  "])
def test_a_broken_template_of_json_is_told(ahead: str) -> None:
    assert len(told("template.json", ahead + JSON)) == 1


def test_what_a_tool_printed_ahead_of_a_template_makes_it_none() -> None:
    printed = f"Deploying stacks\nStacks to be deployed:\n  1. Data-dev\n{JSON.replace(',,', '')}\n"
    assert told("data-stack.json", printed) == []
