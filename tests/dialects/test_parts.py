"""The parts of a text that a template puts together, and where each of them stands."""

from __future__ import annotations

import pytest

from lamlint.dialects.cloudformation.intrinsics import evaluate
from lamlint.dialects.cloudformation.scope import Scope
from lamlint.dialects.outcome import Outcome, together, unknown
from lamlint.dialects.tree.node import MappingNode
from lamlint.dialects.tree.yaml import Broken, compose
from lamlint.model.parts import Literal, Part, Symbol
from lamlint.text import Source
from tests.memory import MemoryTree

HEAD = """\
Parameters:
  Stage: {Type: String, Default: dev}
  Name: {Type: String}
Resources:
  Table: {Type: AWS::DynamoDB::Table}
Value: """


def scope_of(text: str) -> Scope:
    documents = compose(Source("template.yaml", text))
    assert not isinstance(documents, Broken)
    (root,) = documents
    assert isinstance(root, MappingNode)
    return Scope("template.yaml", root, MemoryTree({"template.yaml": text}), evaluate)


def outcome(text: str) -> Outcome:
    scope = scope_of(text)
    node = scope.root.get("Value")
    assert node is not None
    (found,) = scope.outcomes(node)
    return found


def at(text: str, part: Part) -> str:
    """What stands in a text at the place of a part."""
    assert part.place is not None
    span = part.place.span
    return text[span.start : span.end]


@pytest.mark.parametrize(
    ("expression", "parts"),
    [
        ("orders", [("orders", "orders")]),
        ("'orders'", [("orders", "'orders'")]),
        ("!Ref Name", [("${Name}", "Name")]),
        ("!Sub 'a-${Name}-z'", [("a-", "a-"), ("${Name}", "${Name}"), ("-z", "-z")]),
        ("!Sub ${Name}${Table.Arn}", [("${Name}", "${Name}"), ("${Table.Arn}", "${Table.Arn}")]),
        ('!Sub "a-${Name}"', [("a-", "a-"), ("${Name}", "${Name}")]),
        ("!Sub ['a-${X}', {X: !Ref Name}]", [("a-", "a-"), ("${Name}", "Name")]),
        ("!Join ['-', [a, !Ref Name]]", [("a-", "['-', [a, !Ref Name]]"), ("${Name}", "Name")]),
        ("!Join [':', [!Ref Name, !Ref Table]]",
         [("${Name}", "Name"), (":", "':'"), ("${Table}", "Table")]),
        ("!Ref Stage", [("dev", "dev")]),
        ("!Sub '${Stage}-x-${Name}'", [("dev-x-", "'${Stage}-x-${Name}'"), ("${Name}", "${Name}")]),
        ("!Select [!Ref Name, [a]]", [("${!Select [!Ref Name, [a]]}", "[!Ref Name, [a]]")]),
        ('!Sub "\\x61-${Name}"', [("a-", '"\\x61-${Name}"'), ("${Name}", '"\\x61-${Name}"')]),
        ("!Sub |-\n  a\n  ${Name}",
         [("a\n", "|-\n  a\n  ${Name}"), ("${Name}", "|-\n  a\n  ${Name}")]),
        ("'a{{resolve:ssm:x}}'",
         [("a", "'a{{resolve:ssm:x}}'"), ("{{resolve:ssm:x}}", "'a{{resolve:ssm:x}}'")]),
    ],
)  # fmt: skip
def test_each_part_stands_where_it_is_written(
    expression: str, parts: list[tuple[str, str]]
) -> None:
    text = f"{HEAD}{expression}\n"
    found = outcome(text)
    assert [(part.text, at(text, part)) for part in found.parts] == parts


def test_a_text_is_put_together_of_parts_and_of_plain_text() -> None:
    text = f"{HEAD}here\n"
    scope = scope_of(text)
    node = scope.root.get("Value")
    assert node is not None
    symbol = Symbol("${var.stage}", "it is given at the deployment", frozenset({"main.tf#stage"}))
    found = together(node, scope, [["a", "-"], [symbol, ""], [""], ["z"]])
    assert found.parts == (Literal("a-"), symbol, Literal("z"))
    assert (found.text, found.written, found.symbol) == (None, "a-${var.stage}z", symbol)
    assert [at(text, part) for part in found.parts] == ["here"] * 3
    known = together(node, scope, [["a"], ["b"]])
    assert (known.text, known.symbol) == ("ab", None)
    assert [at(text, part) for part in known.parts] == ["here"]
    assert together(node, scope, []).parts == (Literal(""),)


def test_what_cannot_be_evaluated_stands_where_it_is_written() -> None:
    text = f"{HEAD}here\n"
    scope = scope_of(text)
    node = scope.root.get("Value")
    assert node is not None
    (part,) = unknown(node, scope, "nobody knows").parts
    assert (part, at(text, part)) == (Symbol("${here}", "nobody knows"), "here")


def test_the_same_parts_are_equal_wherever_they_stand() -> None:
    one, other = outcome(f"{HEAD}!Sub 'a-${{Name}}'\n"), outcome(f"\n{HEAD}!Sub 'a-${{Name}}'\n")
    assert one.parts == other.parts
    assert hash(one.parts) == hash(other.parts)
    assert one.parts != outcome(f"{HEAD}!Sub 'b-${{Name}}'\n").parts
