"""Templates larger than other files are read, as long as they are templates of functions."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from lamlint.dialects.dialect import Declared
from lamlint.dialects.reading import read
from lamlint.files.disk import DiskTree
from lamlint.files.limits import Limits
from lamlint.files.opening import MEGABYTE
from lamlint.text import Source, Unreadable

LIMIT = 10_000
FUNCTION = (
    "  F{}:\n    Type: AWS::Serverless::Function\n    Properties: {{Timeout: 5, Tags: {{a: b}}}}\n"
)


def template(count: int, shared: str = "Runtime: python3.13") -> str:
    functions = "".join(FUNCTION.format(number) for number in range(count))
    return f"Globals:\n  Function: {{{shared}}}\nResources:\n{functions}"


def declared(folder: Path, name: str, text: str) -> tuple[DiskTree, Declared]:
    (folder / name).write_text(text)
    tree = DiskTree(str(folder), limits=Limits(source=LIMIT))
    return tree, read(tree, ())


def test_a_large_template_is_read(tmp_path: Path) -> None:
    text = template(300)
    assert LIMIT < len(text) < 5 * LIMIT
    tree, found = declared(tmp_path, "template.yaml", text)
    assert len(found.functions) == 300
    assert not found.left_out
    # Whoever asks from now on has it, too.
    assert isinstance(tree.read("template.yaml"), Source)
    assert not tree.unread


@pytest.mark.parametrize(
    ("name", "text", "limit"),
    [
        (
            "spec.json",
            json.dumps({"ResourceTypes": {"AWS::Lambda::Function": "x" * 2 * LIMIT}}),
            LIMIT,
        ),
        (
            "resources.yaml",
            "Resources:\n  Type: AWS::S3::Bucket\n  Other: AWS::Lambda::\n" + "#" * LIMIT,
            LIMIT,
        ),
        ("template.yaml", template(2_000), 5 * LIMIT),
    ],
)
def test_large_data_and_what_is_far_too_large_are_not(
    tmp_path: Path, name: str, text: str, limit: int
) -> None:
    tree, found = declared(tmp_path, name, text)
    assert not found.functions
    assert isinstance(tree.read(name), Unreadable)
    assert [(one.span.path, one.reason) for one in tree.unread] == [
        (name, f"it is larger than {limit} bytes")
    ]


@pytest.mark.parametrize(
    ("source", "worth"),
    [
        (100, 500),
        (MEGABYTE, 5 * MEGABYTE),
        (2 * MEGABYTE, 5 * MEGABYTE),
        (20 * MEGABYTE, 20 * MEGABYTE),
    ],
)
def test_how_large_a_template_may_be(source: int, worth: int) -> None:
    assert Limits(source=source).worth == worth


def test_what_a_large_template_shares_is_read_for_all_its_functions(tmp_path: Path) -> None:
    shared = f"Runtime: python3.13, Tags: {{{', '.join(f't{n}: x' for n in range(10))}}}"
    text = template(3_000, shared)
    (tmp_path / "template.yaml").write_text(text)
    found = read(DiskTree(str(tmp_path)), ())
    assert not found.left_out
    assert {len(one.tags) for one in found.functions} == {11}


def test_of_functions_for_which_too_much_is_shared_not_all_is_known(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("lamlint.dialects.budget.MOST_MADE", 10_000)
    shared = "Environment: {Variables: {A: a, B: b}}"
    own = template(20, shared).replace("Tags: {a: b}", "Environment: {Variables: {C: c}}")
    _, found = declared(tmp_path, "template.yaml", own)
    complete = [one for one in found.functions if one.environment.complete]
    assert 0 < len(complete) < 20
    assert {len(one.environment.variables) for one in complete} == {3}
    assert found.left_out == {"template.yaml"}
