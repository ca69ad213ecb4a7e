"""Choices of several values are judged together only where they can be made together."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from lamlint.catalog import Catalog
from lamlint.model import Choice, Function, Value
from lamlint.model.condition import ALWAYS, IN_ANY, Case, Fact, both, cases, meet, possible
from lamlint.project import build
from lamlint.text import Span
from tests.memory import MemoryTree


def case(*facts: str) -> Case:
    """Facts as they are read: `stage=prod`, `stage!=prod`."""
    return frozenset(
        Fact(subject.removesuffix("!"), value, not subject.endswith("!"))
        for subject, _, value in (fact.partition("=") for fact in facts)
    )


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ((), True),
        (("stage=prod",), True),
        (("stage=prod", "size=large"), True),
        (("stage=prod", "stage=dev"), False),
        (("stage=prod", "stage!=prod"), False),
        (("stage=prod", "stage!=dev"), True),
        (("stage!=prod", "stage!=dev"), True),
    ],
)
def test_what_can_be_so_at_once(facts: tuple[str, ...], expected: bool) -> None:
    assert possible(case(*facts)) is expected


def test_cases_meet_where_two_of_them_can_be_at_once() -> None:
    prod, dev, large = case("stage=prod"), case("stage=dev"), case("size=large")
    assert meet([prod], [large])
    assert meet([prod, dev], [dev])
    assert not meet([prod], [dev])
    assert meet(ALWAYS, [prod])


def test_one_of_many_cases_is_any() -> None:
    prod, dev = case("stage=prod"), case("stage=dev")
    assert cases([prod, dev, prod]) == (prod, dev)
    assert cases([prod, IN_ANY]) == ALWAYS
    assert cases(case(f"stage={number}") for number in range(100)) == ALWAYS


def test_of_a_case_of_too_much_nothing_is_known() -> None:
    many = case(*(f"p{number}=x" for number in range(30)))
    assert both(many, case("a=x")) == many | case("a=x")
    assert both(many, case("a=x", "b=x", "c=x")) == IN_ANY


PLACE = Span("template.yaml", 0, 0)


def value(*choices: tuple[int, Case]) -> Value[int]:
    return Value(tuple(Choice(number, PLACE, when=(when,)) for number, when in choices), PLACE)


def test_what_a_value_can_be_where_another_is_a_choice() -> None:
    prod, dev = case("stage=prod"), case("stage!=prod")
    other, (first, second) = value((1, prod), (2, dev)), value((3, prod), (4, dev)).choices
    assert (other.where(first).only, other.where(second).only) == (1, 2)
    assert other.where(Choice(5, PLACE)) == other


def test_a_value_that_cannot_be_anything_there_is_unknown() -> None:
    (choice,) = value((3, case("stage=prod"))).choices
    left = value((1, case("stage=dev"))).where(choice)
    assert not left.choices
    assert left.reason
    assert not left.is_in([1])


HEAD = """\
Transform: AWS::Serverless-2016-10-31
Parameters:
  Stage: {Type: String, AllowedValues: [dev, prod]}
  Size: {Type: String, Default: small}
Mappings: {M: {dev: {t: 1}, prod: {t: 2}}}
Conditions:
  Prod: !Equals [!Ref Stage, prod]
  Dev: !Equals [dev, !Ref Stage]
  Not: !Not [!Condition Prod]
  Both: !And [!Condition Prod, !Equals [!Ref Size, large]]
  Either: !Or [!Condition Prod, !Equals [!Ref Size, large]]
  Loop: !Not [!Condition Loop]
  Other: !Equals [!Ref AWS::Region, eu-west-1]
Resources:
  F:
    Type: AWS::Serverless::Function
    Properties:
"""


def pairs(timeout: str, memory: str) -> Iterator[tuple[object, object]]:
    """What timeout and memory can be together."""
    text = f"{HEAD}      Timeout: {timeout}\n      MemorySize: {memory}\n"
    (function,) = build(MemoryTree({"t.yaml": text}), (), Catalog(), date(2026, 11, 23)).functions
    return _pairs(function)


def _pairs(function: Function) -> Iterator[tuple[object, object]]:
    for choice in function.timeout.choices:
        for other in function.memory.where(choice).choices:
            yield choice.value, other.value


ONE_TO_ONE = [(1, 1), (2, 2)]
FREE = [(1, 1), (1, 2), (2, 1), (2, 2)]


@pytest.mark.parametrize(
    ("timeout", "memory", "expected"),
    [
        ("!If [Prod, 1, 2]", "!If [Prod, 1, 2]", ONE_TO_ONE),
        ("!If [Prod, 1, 2]", "!If [Not, 2, 1]", ONE_TO_ONE),
        ("!If [Prod, 1, 2]", "!If [Dev, 2, 1]", [(1, 1), (2, 2), (2, 1)]),
        ("!If [Prod, 1, 2]", "!If [Other, 1, 2]", FREE),
        ("!If [Loop, 1, 2]", "!If [Loop, 1, 2]", ONE_TO_ONE),
        ("!If [Undeclared, 1, 2]", "!If [Undeclared, 1, 2]", ONE_TO_ONE),
        ("!If [Both, 1, 2]", "!If [Prod, 1, 2]", [(1, 1), (2, 1), (2, 2)]),
        ("!If [Either, 1, 2]", "!If [Prod, 1, 2]", [(1, 1), (1, 2), (2, 2)]),
        ("!FindInMap [M, !Ref Stage, t]", "!If [Dev, 1, 2]", ONE_TO_ONE),
        ("!FindInMap [M, !Ref Stage, t]", "!FindInMap [M, !Ref Stage, t]", ONE_TO_ONE),
        ("!Select [0, !If [Prod, [1], [2]]]", "!If [Prod, 1, 2]", []),
        ("!Select [!If [Prod, 0, 1], [1, 2]]", "!If [Prod, 1, 2]", ONE_TO_ONE),
        ("!If [Prod, 1, !If [Other, 1, 2]]", "!If [Prod, 1, 2]", [(1, 1), (1, 2), (2, 2)]),
        ("!If [Prod, 1, !Ref AWS::NoValue]", "!If [Prod, 1, 2]", [(1, 1), (3, 2)]),
        ("!If [Prod, 1, 2]", "3", [(1, 3), (2, 3)]),
    ],
)
def test_what_values_of_a_template_can_be_together(
    timeout: str, memory: str, expected: list[tuple[object, object]]
) -> None:
    assert sorted(pairs(timeout, memory), key=str) == sorted(expected, key=str)


REACHED = """\
Transform: AWS::Serverless-2016-10-31
Parameters:
  Stage: {Type: String, Default: dev, AllowedValues: [dev, test]}
  Only: {Type: String, Default: x, AllowedValues: [x]}
  Open: {Type: String, Default: dev}
Conditions:
  Prod: !Equals [!Ref Stage, prod]
  Test: !Equals [test, !Ref Stage]
  NotX: !Not [!Equals [!Ref Only, x]]
  Free: !Equals [!Ref Open, prod]
  ProdAndFree: !And [!Condition Free, !Condition Prod]
  TestOrProd: !Or [!Condition Test, !Condition Prod]
Resources:
  F:
    Type: AWS::Serverless::Function
    Properties:
"""


@pytest.mark.parametrize(
    ("condition", "reached"),
    [
        ("Prod", [2]),
        ("Test", [1, 2]),
        ("NotX", [2]),
        ("Free", [1, 2]),
        ("ProdAndFree", [2]),
        ("TestOrProd", [1, 2]),
    ],
)
def test_a_branch_is_reached_by_what_parameters_allow(condition: str, reached: list[int]) -> None:
    text = f"{REACHED}      Timeout: !If [{condition}, 1, 2]\n"
    (function,) = build(MemoryTree({"t.yaml": text}), (), Catalog(), date(2026, 11, 23)).functions
    assert [one.value for one in function.timeout.choices if one.possible] == reached


def test_what_a_nested_stack_is_given_decides_its_conditions() -> None:
    outer = (
        "Transform: AWS::Serverless-2016-10-31\nResources:\n  Inner:\n"
        "    Type: AWS::Serverless::Application\n"
        "    Properties: {Location: t.yaml, Parameters: {Open: dev}}\n"
    )
    text = f"{REACHED}      Timeout: !If [Free, 1, 2]\n"
    tree = MemoryTree({"template.yaml": outer, "t.yaml": text})
    (function,) = build(tree, (), Catalog(), date(2026, 11, 23)).functions
    assert [one.value for one in function.timeout.choices if one.possible] == [2]


def test_conditions_made_of_conditions_without_end_are_bounded() -> None:
    chain = "".join(
        f"  C{n}: !And [!Condition C{n - 1}, !Condition C{n - 1}, !Equals [!Ref Stage, s{n}]]\n"
        for n in range(1, 300)
    )
    text = HEAD.replace("Resources:", f"  C0: !Equals [!Ref Stage, dev]\n{chain}Resources:")
    text += "      Timeout: !If [C299, 1, 2]\n      MemorySize: !If [C299, 1, 2]\n"
    (function,) = build(MemoryTree({"t.yaml": text}), (), Catalog(), date(2026, 11, 23)).functions
    assert list(_pairs(function)) == ONE_TO_ONE
