"""Expressions, loops, aliases and includes that multiply end at bounds, and say so."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable
from datetime import date

import pytest

from lamlint.catalog import Catalog
from lamlint.dialects.budget import NODE
from lamlint.dialects.cloudformation.expansion import MANY as MOST_ENTRIES
from lamlint.dialects.cloudformation.scope import MANY
from lamlint.dialects.outcome import LONG
from lamlint.model import Function, Value
from lamlint.project import build
from lamlint.text import Source, Unreadable
from tests.memory import MemoryTree

TODAY = date(2026, 11, 23)
HEAD = """\
Transform: [AWS::LanguageExtensions, AWS::Serverless-2016-10-31]
Parameters:
  P: {Type: String, Default: dev, AllowedValues: [dev, prod, test]}
  L: {Type: CommaDelimitedList, Default: "a,b"}
"""
FUNCTION = """\
Resources:
  Fn:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.13
      Handler: app.handler
      Timeout: 1000
"""


def functions(template: str, files: dict[str, str] | None = None) -> tuple[Function, ...]:
    tree = MemoryTree({"template.yaml": template, **(files or {})})
    return build(tree, (), Catalog(), TODAY).functions


def described(expression: str, before: str = "") -> Value[str]:
    (function,) = functions(f"{HEAD}{before}{FUNCTION}      Description: {expression}\n")
    # Whatever becomes of one value, the others of its function are known.
    assert function.timeout.only == 1000
    return function.description


def nested(shape: str, inner: str, depth: int) -> str:
    for _ in range(depth):
        inner = shape.replace("INNER", inner)
    return inner


def aliased(shape: str, start: str, count: int) -> str:
    """Values under anchors, each of which uses the one before it."""
    lines = [shape.replace("NEW", f"&a{n}").replace("OLD", f"*a{n - 1}") for n in range(1, count)]
    listed = "".join(f"  v{number}: {line}\n" for number, line in enumerate(lines))
    return f"Metadata:\n  v: &a0 {start}\n{listed}"


NESTED = {
    "sub": '!Sub ["${a}${a}", {a: INNER}]',
    "sub with text": '!Sub ["x${a}-${a}", {a: INNER}]',
    "join": '!Join ["", [!Sub ["${a}${a}", {a: INNER}]]]',
    "split and join": '!Join ["", !Split [",", !Sub ["${a},${a}", {a: INNER}]]]',
    "if": '!If [C, !Sub ["${a}a", {a: INNER}], !Sub ["${a}${a}", {a: x}]]',
}


@pytest.mark.parametrize("start", ["xyxyxyxyxy", "!Ref AWS::Region", "!GetAtt Queue.Arn"])
@pytest.mark.parametrize("shape", NESTED.values(), ids=NESTED)
def test_nested_expressions_that_double(shape: str, start: str) -> None:
    found = described(nested(shape, start, 25))
    assert all(len(choice.value) <= LONG for choice in found.choices)
    assert len(found.choices) <= MANY


ALIASED = {
    "join": "NEW !Join ['', [OLD, OLD]]",
    "join with a delimiter": "NEW !Join ['-', [x, OLD, OLD]]",
    "sub": "NEW !Sub ['${b}${b}', {b: OLD}]",
    "sub of two": "NEW !Sub ['${b}${c}', {b: OLD, c: OLD}]",
    "if": "NEW !If [C, !Sub ['${b}x', {b: OLD}], !Sub ['${b}y', {b: OLD}]]",
    "select": "NEW !Select [0, [!Join ['', [OLD, OLD]]]]",
    "split": "NEW !Join [',', !Split [',', !Join [',', [OLD, OLD]]]]",
    "lists": "NEW [OLD, OLD]",
    "mappings": "NEW {x: OLD, y: OLD}",
    "merge keys": "NEW {<<: [OLD, OLD], x: OLD}",
    "loops": "NEW {'Fn::ForEach::A': [V, [x, y], {'${V}': OLD}], x: OLD}",
    "lookups": "NEW !FindInMap [OLD, OLD, OLD]",
}


@pytest.mark.parametrize("start", ["xyxyxyxyxy", "!Ref AWS::Region"])
@pytest.mark.parametrize("shape", ALIASED.values(), ids=ALIASED)
def test_aliases_that_double(shape: str, start: str) -> None:
    found = described("*a39", aliased(shape, start, 40))
    assert not found.choices
    assert found.reason


def test_what_does_not_grow_far_is_known() -> None:
    assert described("*a5", aliased(ALIASED["join"], "ab", 6)).only == "ab" * 32
    assert described(nested(NESTED["sub"], "ab", 5)).only == "ab" * 32


@pytest.mark.parametrize(
    ("expression", "reason"),
    [
        (f"!Join ['{'x' * 60_000}', [a, b, c]]", "it is too long"),
        (f"!Sub '{'${AWS::Region}' * 30_000}'", "it is too long"),
        (f"!Join ['', [{', '.join(['!Ref P'] * 40)}]]", "it can be too many things"),
        (f"!Sub '{'${P}' * 40}'", "it can be too many things"),
        (nested("!If [C, a, !Sub ['b${a}', {a: INNER}]]", "x", 20), "it can be too many things"),
        (nested("!Sub ['${a}', {a: INNER}]", "x", 70), "it leads too deep into other expressions"),
        ("*nothing", "its alias stands for nothing, for what holds it, or for too much"),
    ],
)
def test_a_bound_that_is_reached_is_told(expression: str, reason: str) -> None:
    assert described(expression).reason == reason


def test_a_list_that_is_split_again_and_again_is_unknown_in_the_end(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("lamlint.dialects.budget.MOST_MADE", 200 * NODE)
    parameter = "  M: {Type: String, Default: 'x,x,x,x,x,x,x,x,x,x'}\n"
    again = ["!Select [1, !Split [',', !Ref M]]"]
    found = described(f"!Join ['', [{', '.join(again * 3)}]]", before=parameter)
    assert found.only == "xxx"
    found = described(f"!Join ['', [{', '.join(again * 50)}]]", before=parameter)
    assert found.reason == "the template makes too much of its expressions"


def loops(depth: int, items: int, size: int = 1) -> str:
    """Loops in each other, around one function."""
    variables = ", ".join(f"K{n}: '${{V0}}'" for n in range(size))
    name = "".join(f"${{V{n}}}" for n in range(depth))
    body = (
        f"{{'{name}': {{Type: AWS::Serverless::Function, Properties: "
        f"{{Runtime: python3.13, Environment: {{Variables: {{{variables}}}}}}}}}}}"
    )
    listed = ", ".join(f"n{n}" for n in range(items))
    for level in reversed(range(depth)):
        body = f"{{'Fn::ForEach::L{level}': [V{level}, [{listed}], {body}]}}"
    return f"{HEAD}Resources: {body}\n"


@pytest.mark.parametrize(("depth", "items", "count"), [(1, 40, 40), (2, 20, 400), (3, 5, 125)])
def test_loops_are_read(depth: int, items: int, count: int) -> None:
    assert len(functions(loops(depth, items))) == count


@pytest.mark.parametrize(
    ("depth", "items", "size"), [(1, 3_000, 1), (3, 200, 1), (5, 20, 1), (9, 4, 1), (1, 1_900, 500)]
)
def test_loops_that_make_too_much_stay_as_they_are_written(
    depth: int, items: int, size: int
) -> None:
    assert not functions(loops(depth, items, size))
    assert items**depth * max(size, 1) > MOST_ENTRIES


def shared(count: int, size: int) -> str:
    """Many functions that share many variables by Globals."""
    variables = ", ".join(f"K{n}: v" for n in range(size))
    each = "{Type: AWS::Serverless::Function, Properties: {Timeout: 1000, Handler: app.handler}}"
    listed = "".join(f"  F{n}: {each}\n" for n in range(count))
    return (
        f"{HEAD}Globals: {{Function: {{Environment: {{Variables: {{{variables}}}}}}}}}\n"
        f"Resources:\n{listed}"
    )


def test_globals_of_many_functions_end_at_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lamlint.dialects.budget.MOST_MADE", 100_000)
    found = functions(shared(50, 100))
    assert {one.timeout.only for one in found} == {1000}
    known = [one for one in found if one.environment.complete]
    assert len(found) == 50
    assert 0 < len(known) * 100 * NODE <= 100_000
    assert {len(one.environment.variables) for one in known} == {100}
    assert {one.runtime.reason for one in found if one not in known} == {
        "a part of the resource could not be read"
    }


SHARED = {
    "an alias": ("Metadata: {x: &x VALUE}", "*x"),
    "a mapping": ("Mappings: {M: {k: {v: VALUE}}}", "!FindInMap [M, k, v]"),
    "a choice": ("Metadata: {x: &x VALUE}", "!If [C, *x, *x]"),
}


@pytest.mark.parametrize(("place", "use"), SHARED.values(), ids=SHARED)
@pytest.mark.parametrize("count", [20, 300])
def test_what_many_functions_share_ends_at_a_bound(
    place: str, use: str, count: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lamlint.dialects.budget.MOST_MADE", 2_000_000)
    variables = "{" + ", ".join(f"K{n}: v" for n in range(150)) + "}"
    each = (
        "{Type: AWS::Serverless::Function, Properties: "
        f"{{Timeout: 1000, Environment: {{Variables: {use}}}}}}}"
    )
    listed = "".join(f"  F{n}: {each}\n" for n in range(count))
    found = functions(f"{HEAD}{place.replace('VALUE', variables)}\nResources:\n{listed}")
    known = [one for one in found if one.environment.complete]
    assert {one.timeout.only for one in found} == {1000}
    assert len(found) == count
    assert {len(one.environment.variables) for one in known} == {150}
    assert len(known) < 100
    assert (len(known) == count) == (count == 20)


class Counting(MemoryTree):
    """A tree that keeps the paths it was asked for, and what it read, as that on disk does."""

    def __init__(self, files: dict[str, str]) -> None:
        super().__init__(files)
        self.__dict__.update(reads=[], known={})

    reads: list[str]
    known: dict[str, Source | Unreadable]

    def read(self, path: str, worth: Callable[[Source], bool] | None = None) -> Source | Unreadable:
        self.reads.append(path)
        return self.known.setdefault(path, super().read(path, worth))


INCLUDE = "{{Fn::Transform: {{Name: AWS::Include, Parameters: {{Location: {0}}}}}}}"


def reads(files: dict[str, str]) -> tuple[tuple[Function, ...], list[str]]:
    tree = Counting(files)
    found = build(tree, (), Catalog(), TODAY).functions
    return found, tree.reads


def chain(names: Iterable[str], line: str) -> dict[str, str]:
    """Files of which each names the next one as a line says."""
    listed = [*names, "end.yaml"]
    return {one: line.replace("NEXT", following) for one, following in itertools.pairwise(listed)}


@pytest.mark.parametrize(
    "line",
    [
        "Timeout: 3\nFn::Transform: {Name: AWS::Include, Parameters: {Location: NEXT}}\n",
        "".join(
            f"'Fn::ForEach::L{n}': [V, [a, b, c], {INCLUDE.format('NEXT')}]\n" for n in range(9)
        ),
        f"Tags: {INCLUDE.format('NEXT')}\nEnvironment: {INCLUDE.format('NEXT')}\n",
    ],
)
def test_includes_of_includes_end(line: str) -> None:
    template = f"{HEAD}{FUNCTION}      Fn::Transform: {{Name: AWS::Include, Parameters: {{Location: i0.yaml}}}}\n"
    found, read = reads(
        {"template.yaml": template, **chain((f"i{n}.yaml" for n in range(40)), line)}
    )
    assert len(found) == 1
    assert len(read) < 2_000
    assert "i39.yaml" not in read


@pytest.mark.parametrize("count", [20, 3_000])
def test_files_of_parameters_that_name_further_ones_are_read_once(count: int) -> None:
    template = f"{HEAD}{FUNCTION}      Description: !Ref Q\n".replace(
        "  P:", "  Q: {Type: String, Default: own}\n  P:"
    )
    names = [f"p{n}.yaml" for n in range(count)]
    line = "$include: [NEXT, ./NEXT, NEXT]\nQ: given\n"
    config = '[default.deploy.parameters]\nparameter_overrides = "file://p0.yaml"\n'
    files = {"template.yaml": template, "samconfig.toml": config, **chain(names, line)}
    (function,), read = reads({**files, "end.yaml": "R: 1\n"})
    values = [path for path in read if path.startswith("p")]
    assert len(values) == min(count, 100)
    assert function.description.only == "given"


def test_names_in_a_long_text_of_values_are_placed_in_one_pass() -> None:
    values = " ".join(f"N{n}=v{n}" for n in range(20_000))
    template = f"{HEAD}{FUNCTION}      Description: !Ref P\n"
    config = f"[default.deploy.parameters]\nparameter_overrides = '{values} P=given'\n"
    (function,), _ = reads({"template.yaml": template, "samconfig.toml": config})
    (choice,) = function.description.choices
    assert choice.value == "given"
    assert config[choice.span.start : choice.span.end] == "given"


def stack(number: int, line: str) -> str:
    given = f"{{Type: AWS::Serverless::Application, Properties: {{Location: {number}.yaml, Parameters: {{P: {line}}}}}}}"
    return f"{HEAD}{FUNCTION}      Description: !Ref P\n  Nested: {given}\n"


@pytest.mark.parametrize("count", [5, 200])
@pytest.mark.parametrize("line", ["!Sub '${P}${P}'", "!Join ['', [!Ref P, !Ref P]]", "!Ref P"])
def test_stacks_in_stacks_hand_on_values_that_double(line: str, count: int) -> None:
    files = {f"{n}.yaml": stack(n + 1, line) for n in range(count)}
    found = functions(stack(0, line), files)
    assert len(found) == count + 1
    for one in found:
        assert one.timeout.only == 1000
        assert all(len(choice.value) <= LONG for choice in one.description.choices)


def test_exported_values_that_double() -> None:
    value = "!Join ['', [!ImportValue e{0}, !ImportValue e{0}]]"
    output = "Outputs: {{O: {{Value: " + value + ", Export: {{Name: e{1}}}}}}}\n"
    files = {
        f"{n}.yaml": f"{HEAD}{FUNCTION}      Description: !ImportValue e{n}\n"
        + output.format(n + 1, n)
        for n in range(60)
    }
    for one in functions(files["0.yaml"], files):
        assert all(len(choice.value) <= LONG for choice in one.description.choices)
