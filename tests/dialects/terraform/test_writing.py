"""What fixes write into HCL: only the value that is meant, in the layout of the file."""

from __future__ import annotations

import pytest

from lamlint.dialects.tree import slots
from lamlint.dialects.tree.node import MappingNode
from lamlint.dialects.tree.yaml import Broken, compose
from lamlint.model import Function, Room
from lamlint.text import Edit, Host, Piece, Safety, Source
from tests.dialects.terraform.declaring import choices, declared

HEAD = 'resource "aws_lambda_function" "f" {\n'


def one(main: str) -> Function:
    (only,) = declared(main).functions
    return only


def edited(main: str, *edits: Edit) -> str:
    for edit in sorted(edits, key=lambda edit: edit.span.start, reverse=True):
        main = main[: edit.span.start] + edit.text + main[edit.span.end :]
    return main


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("  timeout = 5\n}\n", "  timeout = 60\n}\n"),
        ("  timeout     = 5 # long\n}\n", "  timeout     = 60 # long\n}\n"),
        ('  timeout = "5"\n}\n', '  timeout = "60"\n}\n'),
        ("  timeout = 1 + 4\n}\n", "  timeout = 60\n}\n"),
        ('  timeout = var.x == 1 ? 5 : 6\n}\n', '  timeout = var.x == 1 ? 60 : 60\n}\n'),
        ("  handler = 1\n}\n", "  handler = 1\n  timeout = 60\n}\n"),
        ("  runtime       = 1\n\n  tags = {}\n}\n", "  runtime       = 1\n  timeout       = 60\n\n  tags = {}\n}\n"),
        ("  memory_size = 1 # small\n}\n", "  memory_size = 1 # small\n  timeout     = 60\n}\n"),
        ("    handler = 1\n}\n", "    handler = 1\n    timeout = 60\n}\n"),
        ("\tx = 1\n}\n", "\tx = 1\n\ttimeout = 60\n}\n"),
        ("}\n", "  timeout = 60\n}\n"),
        ("  x {\n    a = 1\n  }\n}\n", "  x {\n    a = 1\n  }\n  timeout = 60\n}\n"),
    ],
)  # fmt: skip
def test_a_timeout_is_written(body: str, expected: str) -> None:
    main = HEAD + body
    fix = one(main).timeout.change(60, "", Safety.SAFE)
    assert fix is not None
    after = edited(main, *fix.edits)
    assert after == HEAD + expected
    assert choices(one(after).timeout) == [60] * len(one(main).timeout.choices)


def test_line_ends_of_windows_stay() -> None:
    main = 'resource "aws_lambda_function" "f" {\r\n  handler = "a.b"\r\n}\r\n'
    fix = one(main).timeout.change(60, "", Safety.SAFE)
    assert fix is not None
    assert edited(main, *fix.edits) == main.replace('b"\r\n', 'b"\r\n  timeout = 60\r\n')


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("  handler = 1\n}\n", "  handler = 1\n  ephemeral_storage {\n    size = 1024\n  }\n}\n"),
        ("  ephemeral_storage {\n    size = 9\n  }\n}\n", "  ephemeral_storage {\n    size = 1024\n  }\n}\n"),
        ("  ephemeral_storage {\n  }\n}\n", "  ephemeral_storage {\n    size = 1024\n  }\n}\n"),
        ("  ephemeral_storage {}\n}\n", "  ephemeral_storage {\n    size = 1024\n  }\n}\n"),
    ],
)  # fmt: skip
def test_a_value_in_a_block_is_written(body: str, expected: str) -> None:
    main = HEAD + body
    fix = one(main).ephemeral_storage.change(1024, "", Safety.SAFE)
    assert fix is not None
    assert edited(main, *fix.edits) == HEAD + expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            "  environment {\n    variables = {\n      A = 1\n    }\n  }\n}\n",
            '  environment {\n    variables = {\n      A = 1\n      B = "x"\n      C = "$${y}"\n    }\n  }\n}\n',
        ),
        (
            "  environment {\n    variables = { A = 1 }\n  }\n}\n",
            '  environment {\n    variables = { A = 1, B = "x", C = "$${y}" }\n  }\n}\n',
        ),
        (
            "  environment {\n    variables = {}\n  }\n}\n",
            '  environment {\n    variables = { B = "x", C = "$${y}" }\n  }\n}\n',
        ),
        (
            "  handler = 1\n}\n",
            '  handler = 1\n  environment {\n    variables = {\n      B = "x"\n      C = "$${y}"\n    }\n  }\n}\n',
        ),
    ],
)
def test_variables_are_written(body: str, expected: str) -> None:
    main = HEAD + body
    room = one(main).environment.room
    assert isinstance(room, Room)
    after = edited(main, room.edit({"B": "x", "C": "${y}"}))
    assert after == HEAD + expected
    variables = one(after).environment.variables
    assert (variables["B"].only, variables["C"].only) == ("x", "${y}")


@pytest.mark.parametrize(
    "variables",
    ["merge(local.a, { B = 1 })", "local.a", "var.a", "{ for n in [] : n => n }"],
)
def test_there_is_no_room_where_variables_stand_elsewhere(variables: str) -> None:
    main = f"locals {{\n a = {{ A = 1 }}\n}}\n{HEAD}  environment {{\n    variables = {variables}\n  }}\n}}\n"
    assert one(main).environment.room is None


def test_what_several_functions_share_is_never_changed_safely() -> None:
    main = "locals {\n  t = 5\n}\n" + HEAD + "  timeout = local.t\n}\n"
    fix = one(main).timeout.change(60, "", Safety.SAFE)
    assert fix is not None
    assert fix.safety is Safety.UNSAFE
    assert edited(main, *fix.edits) == main.replace("t = 5", "t = 60")


def test_nothing_is_added_to_a_block_that_stands_for_several_functions() -> None:
    main = 'resource "aws_lambda_function" "f" {\n  for_each = toset(["a", "b"])\n  handler  = each.key\n}\n'
    for function in declared(main).functions:
        assert function.timeout.change(60, "", Safety.SAFE) is None
        assert function.environment.room is None


def test_json_inside_of_hcl_is_written_as_json() -> None:
    text = HEAD + '  policy = <<EOT\n{"a": "b"}\nEOT\n}\n'
    start = text.index("{", len(HEAD))
    host = Host(Source("main.tf", text), (Piece(0, start, 0),), None)
    documents = compose(Source("main.tf", '{"a": "b"}', host=host))
    assert not isinstance(documents, Broken)
    (root,) = documents
    assert isinstance(root, MappingNode)
    later = slots.insertion(root, ("${c}",))
    assert later is not None
    slot = later.slot
    assert slot.before + slot.encode("${d}") == ', "${c}": "${d}"'
    assert slots.of(root.table["a"].value).encode("${d}") == '"${d}"'
