"""Fixes change what they mean to, and nothing else of a service."""

from __future__ import annotations

import pickle
from collections.abc import Mapping

import pytest

from lamlint.model import Function, Value
from lamlint.text import Fix, Safety
from tests.dialects.serverless.reading import PATH, functions, told

SERVICE = """\
# a shop
service: shop
provider:
  name: aws
  runtime: python3.13
  memorySize: 512 # for all
  environment: &all
    A: a
custom:
  seconds: 7
  by: {dev: 3, prod: 4}
functions:
  one:
    handler: src/app.one
    timeout: ${self:custom.seconds} # seconds
    tracing: true
  two:
    handler: src/app.two
    timeout: ${self:custom.by.${sls:stage}}
    environment:
      <<: *all
      B: b
  three: {handler: src/app.three, timeout: "${opt:seconds, 5}"}
  four:
    handler: src/app.four
    snapStart: false
    runtime: ${file(part.yml):runtime}
"""
PART = "runtime: 'python3.12'\n"
FILES = {PATH: SERVICE, "part.yml": PART}


def mended(fix: Fix | None) -> Mapping[str, str]:
    """The files of the service after a fix."""
    assert fix is not None
    files = dict(FILES)
    for edit in sorted(fix.edits, key=lambda edit: edit.span, reverse=True):
        text = files[edit.span.path]
        files[edit.span.path] = text[: edit.span.start] + edit.text + text[edit.span.end :]
    return files


def facts(function: Function) -> dict[str, object]:
    values = {name: value for name, value in vars(function).items() if isinstance(value, Value)} | {
        f"env {name}": value for name, value in function.environment.variables.items()
    }
    return {
        name: list(dict.fromkeys(found)) if isinstance(found := told(value), list) else found
        for name, value in values.items()
    }


CHANGES = [
    ("one", "timeout", 30, {"one"}, Safety.UNSAFE),
    ("one", "memory", 1024, {"one", "two", "three", "four"}, Safety.UNSAFE),
    ("one", "tracing", "PassThrough", {"one"}, Safety.SAFE),
    ("one", "handler", "src/app.other", {"one"}, Safety.SAFE),
    ("two", "timeout", 30, {"two"}, Safety.UNSAFE),
    ("three", "timeout", 30, {"three"}, Safety.SAFE),
    ("four", "timeout", 30, {"four"}, Safety.SAFE),
    ("four", "snap_start", "PublishedVersions", {"four"}, Safety.SAFE),
    ("four", "runtime", "python3.13", {"four"}, Safety.UNSAFE),
    ("three", "ephemeral_storage", 1024, {"three"}, Safety.SAFE),
]


@pytest.mark.parametrize(("name", "what", "new", "changed", "safety"), CHANGES)
def test_a_fix_changes_one_value(
    name: str, what: str, new: object, changed: set[str], safety: Safety
) -> None:
    before = functions(FILES)
    fix = getattr(before[name], what).change(new, "Change it", Safety.SAFE)
    after = functions(mended(fix))
    assert fix.safety is safety
    for each, function in before.items():
        expected = facts(function)
        if each in changed:
            expected[what] = [new]
        assert facts(after[each]) == expected


def test_functions_can_be_sent_to_another_process() -> None:
    found = functions(FILES)
    assert pickle.loads(pickle.dumps(found)) == found  # noqa: S301  it is our own


@pytest.mark.parametrize("name", ["one", "two", "three", "four"])
def test_a_variable_is_added_to_one_function(name: str) -> None:
    before = functions(FILES)
    room = before[name].environment.room
    assert room is not None
    edit = room.edit({"NEW": "new"})
    after = functions(mended(Fix("Add it", Safety.SAFE, (edit,))))
    for each, function in before.items():
        expected = facts(function) | ({"env NEW": ["new"]} if each == name else {})
        assert facts(after[each]) == expected


@pytest.mark.parametrize(
    "written", ["${file(part.yml):x}", "${self:custom}", "${ssm:/all}", "!Ref Other"]
)
def test_there_is_no_room_in_what_stands_elsewhere(written: str) -> None:
    text = f"""\
service: shop
provider: {{name: aws}}
functions:
  f:
    handler: a.b
    environment: {written}
"""
    assert functions(text)["f"].environment.room is None
