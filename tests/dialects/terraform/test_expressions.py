"""What expressions of HCL come out as, by the description of a function that has them."""

from __future__ import annotations

import pytest

from lamlint.model import Origin
from tests.dialects.terraform.declaring import choices, declared, function

AROUND = """
variable "stage" {
  default = "dev"
}
variable "given" {}
variable "nothing" {
  default = null
}
variable "none" {
  default = {}
}
locals {
  name  = "album"
  names = ["a", "b"]
  sizes = { small = 128, large = 1024 }
  deep  = { one = { two = ["x", "y"] } }
}
"""


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ('"plain"', ["plain"]),
        ('"a\\"b\\n$${c}"', ['a"b\n${c}']),
        ('"${local.name}-x"', ["album-x"]),
        ('"${var.stage}-x"', ["dev-x"]),
        ("local.names[1]", ["b"]),
        ("local.names.1", ["b"]),
        ('local.sizes["large"]', ["1024"]),
        ("local.sizes.small", ["128"]),
        ("local.deep.one.two[0]", ["x"]),
        ('join("-", local.names)', ["a-b"]),
        ('join(",", local.deep[*].one.two[0])', []),
        ('join(",", [for n in local.names : upper(n)])', ["A,B"]),
        ('join(",", [for n in local.names : n if n != "a"])', ["b"]),
        ('join(",", [for i, n in local.names : "${i}${n}"])', ["0a,1b"]),
        ('{ for n in local.names : n => "${n}!" }["b"]', ["b!"]),
        ('join(",", keys(local.sizes))', ["small,large"]),
        ('join(",", values(local.sizes))', ["128,1024"]),
        ('join(",", concat(local.names, ["c"]))', ["a,b,c"]),
        ('join(",", flatten([["a"], ["b", ["c"]]]))', ["a,b,c"]),
        ('join(",", compact(["a", "", null]))', ["a"]),
        ('format("%s-%03d%%", local.name, 7)', ["album-007%"]),
        ('replace("a-b", "-", "_")', ["a_b"]),
        ('lower(upper("a"))', ["a"]),
        ('trimsuffix("app.py", ".py")', ["app"]),
        ('basename("a/b.py")', ["b.py"]),
        ('dirname("a/b.py")', ["a"]),
        ('substr("album", 0, 2)', ["al"]),
        ('split(",", "a,b")[1]', ["b"]),
        ('element(["a", "b"], 3)', ["b"]),
        ("length(local.names)", ["2"]),
        ('lookup(local.sizes, "large", 1)', ["1024"]),
        ('lookup(local.sizes, "huge", 1)', ["1"]),
        ("merge(local.sizes, { small = 1 }).small", ["1"]),
        ('merge([{ a = "x" }, { b = "y" }]...).b', ["y"]),
        ('zipmap(["a"], ["x"]).a', ["x"]),
        ('coalesce(null, "", "x")', ["x"]),
        ('try(local.sizes.huge, "x")', ["x"]),
        ('try(local.sizes.large, "x")', ["1024"]),
        ('tostring("x")', ["x"]),
        ('contains(local.names, "a") ? "yes" : "no"', ["yes"]),
        ('jsondecode(jsonencode({ a = "x" })).a', ["x"]),
        ('yamldecode(file("data.yaml")).a[0]', ["x"]),
        ('jsondecode(file("${path.module}/data.json")).a', ["y"]),
        ('join(",", fileset("src", "**/*.py"))', ["app.py,in/b.py"]),
        ('templatefile("t.tpl", { who = local.name })', ["for album"]),
        ('file("t.tpl")', ["for ${who}"]),
        ("2 * 3 + 4", ["10"]),
        ("7 % 4 - 1", ["2"]),
        ("max(1, 5, 3)", ["5"]),
        ("!true", ["false"]),
        ("1 < 2 && 3 > 2", ["true"]),
        ("<<-EOT\n    a\n      b\n  EOT", ["a\n  b\n"]),
        ("<<EOT\n  a\nEOT", ["  a\n"]),
        ('var.stage == "prod" ? "a" : "b"', ["a", "b"]),
        ('var.stage != "prod" ? "a" : "b"', ["a", "b"]),
        ('local.name == "album" ? "a" : "b"', ["a"]),
        ('var.nothing == null ? "a" : "b"', ["a", "b"]),
        ("var.nothing", []),
        ("var.none.a", []),
        ('merge(var.none, { a = "x" }).a', ["x"]),
        ("null", [""]),
        ("var.given", []),
        ('"${var.given}-x"', []),
        ("local.none", []),
        ("aws_s3_bucket.b.arn", []),
        ('"a" == var.given', []),
        ('sha256("x")', []),
        ('file("../../outside")', []),
        ('"%{ if true }x%{ endif }"', []),
        ("provider::x::y(1)", []),
        ("{ for k, v in local.sizes : v => k... }[\"128\"]", []),
        ("1 / 0", []),
        ('substr("a")', []),
        ("range(100000000)[0]", []),
    ],
)  # fmt: skip
def test_what_is_written_comes_out_as(written: str, expected: list[str]) -> None:
    files = {"data.yaml": "a: [x]\n", "data.json": '{"a": "y"}', "t.tpl": "for ${who}",
             "src/app.py": "", "src/in/b.py": ""}  # fmt: skip
    main = f'{AROUND}\nresource "aws_lambda_function" "f" {{\n  description = {written}\n}}\n'
    (only,) = declared({"main.tf": main, **files}).functions
    assert choices(only.description) == expected


@pytest.mark.parametrize(
    ("written", "cases"),
    [
        ('var.stage == "prod" ? 1 : 2', [("prod", True), ("prod", False)]),
        ('var.stage != "prod" ? 1 : 2', [("prod", False), ("prod", True)]),
        ("var.loud ? 1 : 2", [("true", True), ("true", False)]),
    ],
)
def test_a_condition_says_where_each_branch_is_taken(
    written: str, cases: list[tuple[str, bool]]
) -> None:
    around = f'{AROUND}variable "loud" {{\n  default = true\n}}\n'
    found = function(f"timeout = {written}", around).timeout
    facts = [next(iter(choice.when[0])) for choice in found.choices]
    assert [(fact.value, fact.holds) for fact in facts] == cases


def test_two_values_that_hang_on_one_variable_are_judged_together() -> None:
    found = function(
        'timeout = var.stage == "prod" ? 1 : 2\nmemory_size = var.stage == "prod" ? 128 : 256',
        AROUND,
    )
    first, second = found.timeout.choices
    assert choices(found.memory.where(first)) == [128]
    assert choices(found.memory.where(second)) == [256]


@pytest.mark.parametrize(
    ("written", "origin"),
    [
        ("7", Origin.WRITTEN),
        ("3 + 4", Origin.WRITTEN),
        ("local.seven", Origin.INHERITED),
        ("var.seven", Origin.INHERITED),
    ],
)
def test_where_a_value_comes_from(written: str, origin: Origin) -> None:
    around = 'locals {\n seven = 7\n}\nvariable "seven" {\n default = 7\n}'
    (choice,) = function(f"timeout = {written}", around).timeout.choices
    assert (choice.value, choice.origin) == (7, origin)


def test_why_a_value_is_not_known_is_said() -> None:
    assert function("timeout = var.t", 'variable "t" {}').timeout.reason == (
        "the variable t has no value here"
    )
    assert function(
        "timeout = local.a", "locals {\n a = local.b\n b = local.a\n}"
    ).timeout.reason == ("it refers to itself")


def test_an_attribute_of_a_resource_keeps_its_identity_beside_its_name() -> None:
    table = 'resource "aws_dynamodb_table" "t" {\n  name = "albums"\n}'
    body = "environment {\n variables = {\n  A = aws_dynamodb_table.t.name\n  B = aws_dynamodb_table.t.arn\n }\n}"
    variables = function(body, table).environment.variables
    assert variables["A"].only == "albums"
    assert variables["A"].targets & variables["B"].targets == {"albums", ".#aws_dynamodb_table.t"}


AMONG = [
    ("coalesce(var.given, 7)", ["7"]),
    ("coalesce(var.nothing, 7)", ["7"]),
    ("coalesce(var.nothing, var.given, 7)", ["7"]),
    ("try(var.given.timeout, 7)", ["7"]),
    ('try(var.given["timeout"], null, 7)', ["7"]),
    ('lookup(var.given, "timeout", 7)', ["7"]),
    ('lookup(var.none, "timeout", 7)', ["7"]),
    ("var.given == 1 ? var.given : 7", ["7"]),
    ("coalesce(aws_sqs_queue.q.arn, 7)", []),
    ("try(aws_sqs_queue.q[0].arn, 7)", []),
    ("var.given", []),
]


@pytest.mark.parametrize(("written", "expected"), AMONG)
def test_what_an_unknown_value_is_in_some_cases_is_known(written: str, expected: list[str]) -> None:
    queue = 'resource "aws_sqs_queue" "q" {}\n'
    value = function(f"description = {written}", AROUND + queue).description
    assert (value.choices, [one.value for one in value.among]) == ((), expected)


BY_AN_UNKNOWN_KEY = [
    ("local.sizes[terraform.workspace]", ["128", "1024"]),
    ("local.sizes[var.given]", ["128", "1024"]),
    ("lookup(local.sizes, terraform.workspace, 7)", ["128", "1024", "7"]),
    ("lookup(local.sizes, var.given, 7)", ["128", "1024", "7"]),
    ("try(local.sizes[terraform.workspace], 7)", ["128", "1024", "7"]),
    ('try(local.sizes["small"], 7)', ["128"]),
    ("lookup(local.sizes, var.stage, 7)", ["7"]),
    ("lookup({ dev = 1, prod = 2 }, var.stage, 7)", ["1"]),
]


@pytest.mark.parametrize(("written", "expected"), BY_AN_UNKNOWN_KEY)
def test_an_item_under_an_unknown_key_may_be_any(written: str, expected: list[str]) -> None:
    assert choices(function(f"description = {written}", AROUND).description) == expected
