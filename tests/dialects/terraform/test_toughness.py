"""What is broken, hostile, or not to be read, and what a run without Terraform never loads."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Collection, Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lamlint.dialects import budget
from lamlint.dialects.outcome import Outcome
from lamlint.dialects.terraform import dialect, uses
from lamlint.dialects.terraform.scope import Scope
from lamlint.dialects.tree import hcl
from lamlint.dialects.tree.hcl import Document
from lamlint.dialects.tree.node import Node
from lamlint.model import NOT_SET
from lamlint.text import Source
from tests.dialects.terraform.declaring import declared, functions
from tests.memory import MemoryTree

F = 'resource "aws_lambda_function" "f" {{\n  handler = "a.b"\n  {}\n}}\n'


def several(count: int, before: str, each: str) -> str:
    return before + "".join(each.format(last=n - 1, this=n) for n in range(1, count))


HOSTILE = {
    "text that doubles": several(60, 'l0 = "x"\n', 'l{this} = "${{local.l{last}}}${{local.l{last}}}"\n'),
    "list that doubles": several(60, 'l0 = ["x"]\n', "l{this} = concat(local.l{last}, local.l{last})\n"),
    "mapping that doubles": several(60, "l0 = {{ a = 1 }}\n".format(), "l{this} = {{ a = local.l{last}, b = local.l{last} }}\n"),
    "loops in loops": "l0 = range(1000)\nl59 = flatten([for x in local.l0 : [for y in local.l0 : [for z in local.l0 : x]]])\n",
    "product": "l0 = range(1000)\nl59 = setproduct(local.l0, local.l0, local.l0)\n",
    "circle": "l59 = [local.l59]\n",
    "steps": 'l0 = ["x"]\nl59 = local.l0{}\n'.format("[0]" * 5_000),
    "names": 'l0 = ["x"]\nl59 = local.l0{}\n'.format(".a" * 5_000),
    "splats": 'l0 = ["x"]\nl59 = local.l0{}\n'.format("[*]" * 5_000),
    "ways that lead nowhere": several(60, "l0 = {{}}\n".format(), "l{this} = {{ a = local.l{last}, b = local.l{last} }}\n")
    .replace("l59 =", "z =") + "l59 = [local.z{}]\n".format("[var.u]" * 59),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_what_grows_without_end_is_unknown(name: str) -> None:
    main = f"locals {{\n{HOSTILE[name]}}}\n" + F.format('description = join("", local.l59)')
    assert functions(main)["f"].description.choices == ()


GONE_THROUGH = {
    "a loop": "[for x in local.big : [for y in local.big : y]]",
    "a condition": "[for x in local.big : x if contains(local.big, x)]",
    "an item": "[for x in local.big : element(local.big, 5)]",
    "items": "[for x in local.big : local.big[*].name]",
    "a length": "[for x in local.big : length(local.big)]",
    "a part": "[for x in local.big : slice(local.big, 0, 1)]",
    "what has no such key": "[for x in local.big : lookup(local.map, x, 1)]",
    "arguments": "[for x in local.big : max(local.big...)]",
    "keys": "[for x in local.big : keys(local.map)[0]]",
    "a text": "[for x in local.big : jsonencode(local.big)]",
}


@pytest.mark.parametrize("name", GONE_THROUGH)
def test_what_is_gone_through_for_each_of_many_ends(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(budget, "MOST_MADE", 1_000_000)
    listed = ", ".join(f'"{n}"' for n in range(5_000))
    mapped = "\n".join(f"k{n} = {n}" for n in range(5_000))
    lines = f"big = [{listed}]\nmap = {{\n{mapped}\n}}\nl = flatten({GONE_THROUGH[name]})\n"
    main = f"locals {{\n{lines}}}\n" + F.format('description = join("", local.l)')
    looked: list[Node] = []
    real = Scope.outcomes

    def noting(scope: Scope, node: Node) -> tuple[Outcome, ...]:
        looked.append(node)
        return real(scope, node)

    monkeypatch.setattr(Scope, "outcomes", noting)
    assert functions(main)["f"].description.choices == ()
    assert len(looked) < 200_000


def test_a_function_of_very_many_arguments() -> None:
    given = "".join(f"var.v == {n % 2} ? 1 : 2, " for n in range(4_000))
    variable = 'variable "v" {\n  default = 1\n}\n'
    assert functions(variable + F.format(f"timeout = max({given}1)"))["f"].handler.only == "a.b"


@pytest.mark.parametrize(
    "written",
    [
        "(" * 5000 + "1" + ")" * 5000,
        "[" * 5000 + "]" * 5000,
        "var.x ? 1 : " * 3000 + "2",
        "-" * 5000 + "1",
        '"${' * 1000 + '"x"' + '}"' * 1000,
        "a" + ".b" * 10000,
        "f(" * 3000 + ")" * 3000,
    ],
    ids=["parentheses", "lists", "conditions", "signs", "templates", "steps", "calls"],
)
def test_what_is_nested_without_end_hides_nothing_else(written: str) -> None:
    found = functions(
        {"main.tf": F.format(f"timeout = {written}"), "b.tf": F.format("").replace('"f"', '"g"')}
    )
    assert "g" in found


def test_modules_that_double_end() -> None:
    files = {f"m{n}/main.tf": "".join(f'module "c{k}" {{\n source = "../m{n + 1}"\n}}\n' for k in range(10))
             for n in range(12)}  # fmt: skip
    result = declared({**files, "m12/main.tf": F.format("")})
    assert 0 < len(result.functions) < 10_000
    assert result.left_out


def test_a_block_with_a_mistake_says_nothing_of_what_is_absent() -> None:
    result = declared({"main.tf": F.format('timeout = = 5\n  runtime = "python3.13"')})
    assert [problem.rule for problem in result.problems] == ["unreadable-template"]
    assert all(not one.timeout.absent and one.memory.choices == () for one in result.functions)
    assert result.left_out == {"main.tf"}


def test_a_mistake_in_one_file_hides_no_function_of_another() -> None:
    assert "f" in functions({"main.tf": F.format(""), "broken.tf": 'resource "aws_s3_bucket" {{{'})


@pytest.mark.parametrize("path", ["tests/main.tf", "templates/{{cookiecutter.name}}/main.tf"])
def test_what_is_not_meant_for_terraform_is_only_told(path: str) -> None:
    tree = MemoryTree({path: F.format("timeout = {{ cookiecutter.timeout }} {{")})
    assert dialect.read(tree, ()).problems == ()
    assert [one.span.path for one in tree.unread] == [path]


def test_a_defect_in_one_root_module_hides_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    real = uses.resources

    def failing(scope: Scope, kinds: Collection[str]) -> Iterator[uses.Resource]:
        if scope.module.folder == "a":
            raise ZeroDivisionError
        return real(scope, kinds)

    monkeypatch.setattr(dialect, "resources", failing)
    result = declared({"a/main.tf": F.format(""), "b/main.tf": F.format("")})
    assert [one.template for one in result.functions] == ["b/main.tf"]
    assert [problem.span.path for problem in result.problems] == ["a/main.tf"]


def test_without_a_parser_it_is_told_that_nothing_was_read(monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(*_: object) -> None:
        raise ImportError

    monkeypatch.setattr(hcl, "_parser", absent)
    tree = MemoryTree({"a.tf": F.format(""), "b.tf": F.format(""), "c.tf": "locals {}\n"})
    result = dialect.read(tree, ())
    assert result.functions == ()
    assert [(one.span.path, "lamlint[terraform]" in one.reason) for one in tree.unread] == [
        ("a.tf", True)
    ]
    assert result.left_out == {"a.tf", "b.tf"}


def test_a_project_without_functions_of_terraform_never_loads_the_parser() -> None:
    program = (
        "import sys; from tests.memory import MemoryTree; from lamlint.dialects.reading import read;"
        "read(MemoryTree({'template.yaml': 'Resources: {}', 'main.tf': 'locals {}'}), ());"
        "assert not [name for name in sys.modules if name.startswith('tree_sitter')]"
    )
    subprocess.run([sys.executable, "-c", program], check=True)


def test_each_file_is_parsed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    parsed: list[str] = []
    real = hcl._parser

    def counting() -> object:
        parsed.append("")
        return real()

    monkeypatch.setattr(hcl, "_parser", counting)
    files = {f"m{n}/main.tf": F.format("") for n in range(20)}
    calls = "".join(
        f'module "c{n}_{k}" {{\n source = "./m{n}"\n}}\n' for n in range(20) for k in range(3)
    )
    assert len(declared({**files, "main.tf": calls}).functions) == 60
    assert len(parsed) == 21


def test_folders_that_have_nothing_to_do_with_functions_are_not_parsed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    parsed: list[str] = []
    real = hcl.parse

    def noting(source: Source) -> Document:
        parsed.append(source.path)
        return real(source)

    monkeypatch.setattr(hcl, "parse", noting)
    network = 'resource "aws_vpc" "v" {}\n'
    main = F.format("") + 'module "n" {\n source = "./network"\n}\n'
    declared({"main.tf": main, "network/main.tf": network, "other/main.tf": network})
    assert parsed == ["main.tf", "network/main.tf"]


@pytest.mark.parametrize(
    ("targets", "names"),
    [
        ((), ["f", "f"]),
        (("a",), ["f"]),
        (("a/main.tf",), ["f"]),
        (("src/job/app.py",), ["f"]),
        (("docs",), []),
        ((".",), ["f", "f"]),
    ],
)
def test_what_is_asked_for_decides_what_is_read(targets: tuple[str, ...], names: list[str]) -> None:
    archive = 'data "archive_file" "z" {\n source_dir = "../src/job"\n output_path = "z.zip"\n}\n'
    files = {"a/main.tf": archive + F.format("filename = data.archive_file.z.output_path"),
             "b/main.tf": F.format('filename = "b.zip"'), "src/job/app.py": ""}  # fmt: skip
    assert [one.name for one in dialect.read(MemoryTree(files), targets).functions] == names


WORDS = st.sampled_from(
    ["resource", '"aws_lambda_function"', '"f"', "{", "}", "=", "timeout", "1", '"x', "${", "var.", "local.a",
     "for", "in", ":", "=>", "...", "<<EOT\n", "EOT\n", "\n", "dynamic", "content", "for_each", "[", "]", "(", ")",
     "?", "merge(", "é", "\0", "#", "/*", "count", "module", "source", '"./m"', "variables", "environment"]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(WORDS, max_size=40).map(" ".join))
def test_no_text_breaks_the_reader(text: str) -> None:
    result = declared({"main.tf": F.format(text) + text, "m/main.tf": text + F.format("")})
    assert not [one for one in result.problems if one.rule != "unreadable-template"]


@settings(max_examples=100, deadline=None)
@given(
    st.recursive(
        st.sampled_from(["1", '"x"', "var.v", "local.l", "null", "true", "aws_s3_bucket.b.arn", "each.value"]),
        lambda inner: st.one_of(
            st.lists(inner, max_size=3).map(lambda items: f"[{', '.join(items)}]"),
            inner.map(lambda one: f"{{ a = {one} }}"),
            st.tuples(inner, inner, inner).map(lambda t: f"({t[0]} ? {t[1]} : {t[2]})"),
            st.tuples(st.sampled_from(["merge", "concat", "join", "format", "lookup", "try", "length", "keys",
                                       "flatten", "jsonencode", "lower", "element", "zipmap", "fileset"]),
                      st.lists(inner, max_size=3)).map(lambda t: f"{t[0]}({', '.join(t[1])})"),
            st.tuples(inner, inner).map(lambda t: f"[for k, v in {t[0]} : {t[1]}]"),
            inner.map(lambda one: f'"a-${{{one}}}"'),
            st.tuples(inner, st.sampled_from(["==", "+", "&&", "<", "%"]), inner).map(" ".join),
            inner.map(lambda one: f"({one}).a[0]"),
        ),
        max_leaves=12,
    )
)  # fmt: skip
def test_no_expression_breaks_the_reader(written: str) -> None:
    around = f'locals {{\n l = {written}\n}}\nvariable "v" {{\n default = 2\n}}\n'
    body = f"timeout = {written}\n environment {{\n variables = {written}\n }}\n layers = {written}"
    found = functions(around + F.format(body))
    assert found["f"].handler.only == "a.b"
    assert found["f"].runtime.reason == NOT_SET
