"""Instances, modules with their arguments, and files of values for variables."""

from __future__ import annotations

import pytest

from tests.dialects.terraform.declaring import choices, declared, functions

JOB = """
variable "name" {}
variable "timeout" {
  default = 3
}
resource "aws_lambda_function" "this" {
  function_name = var.name
  timeout       = var.timeout
  filename      = "${path.module}/job.zip"
}
output "arn" {
  value = aws_lambda_function.this.arn
}
"""


def block(head: str, body: str = "") -> str:
    return f'resource "aws_lambda_function" "f" {{\n{head}\nfunction_name = "x"\n{body}\n}}\n'


@pytest.mark.parametrize(
    ("main", "names"),
    [
        (block(""), ["f"]),
        (block("count = 1"), ["f"]),
        (block("count = 0"), []),
        (block("count = 2"), ["f"]),
        (block("count = 2", "timeout = count.index"), ['f["0"]', 'f["1"]']),
        (block('for_each = toset(["a", "b"])'), ["f"]),
        (block('for_each = toset(["a", "b"])', "handler = each.key"), ['f["a"]', 'f["b"]']),
        (block("for_each = { a = 1, b = 2 }", "timeout = each.value"), ['f["a"]', 'f["b"]']),
        (block("for_each = var.x", "timeout = each.value"), ["f"]),
        ('variable "on" {\n default = false\n}\n' + block("count = var.on ? 1 : 0"), ["f"]),
        (block("for_each = {}", "timeout = each.value"), ["f"]),
        (block("count = 1000000000", "timeout = count.index"), ["f"]),
    ],
)
def test_a_block_is_so_many_functions(main: str, names: list[str]) -> None:
    assert list(functions(main)) == names


def test_each_instance_has_its_own_values() -> None:
    main = block("for_each = { a = 10, b = 20 }", "timeout = each.value\nhandler = each.key")
    assert {n: (f.timeout.only, f.handler.only) for n, f in functions(main).items()} == {
        'f["a"]': (10, "a"),
        'f["b"]': (20, "b"),
    }


def test_each_call_of_a_module_is_a_function_with_the_values_of_the_call() -> None:
    main = (
        'module "one" {\n source = "./job"\n name = "first"\n timeout = 10\n}\n'
        'module "two" {\n source = "./job"\n name = "second"\n}\n'
    )
    found = functions({"main.tf": main, "job/main.tf": JOB})
    assert {name: (one.physical_name.only, one.timeout.only) for name, one in found.items()} == {
        "one.this": ("first", 10),
        "two.this": ("second", 3),
    }
    assert {one.template for one in found.values()} == {"job/main.tf"}
    assert {one.timeout.choices[0].span.path for one in found.values()} == {
        "main.tf",
        "job/main.tf",
    }


def test_a_module_that_nobody_calls_is_read_with_its_defaults() -> None:
    found = functions({"job/main.tf": JOB})["this"]
    assert (choices(found.physical_name), found.timeout.only) == ([], 3)


@pytest.mark.parametrize("folder", ["examples/complete", "tests/fixture"])
def test_an_example_of_its_use_is_no_call_of_a_module(folder: str) -> None:
    example = 'module "m" {\n source = "../.."\n name = "made up"\n}\n'
    assert list(functions({"main.tf": JOB, f"{folder}/main.tf": example})) == ["this"]


def test_modules_that_call_each_other_are_read_once() -> None:
    a = 'module "b" {\n source = "../b"\n}\n' + block("")
    b = 'module "a" {\n source = "../a"\n}\n' + block("")
    assert sorted(functions({"a/main.tf": a, "b/main.tf": b})) == ["b.f", "f"]


def test_a_module_whose_calls_make_nothing_is_read_by_itself() -> None:
    main = 'module "m" {\n source = "./job"\n count = 0\n name = "x"\n}\n'
    assert list(functions({"main.tf": main, "job/main.tf": JOB})) == ["this"]


def test_an_output_of_a_module_names_what_it_is_of() -> None:
    main = (
        'module "one" {\n source = "./job"\n name = "first"\n}\n'
        'resource "aws_lambda_permission" "p" {\n function_name = module.one.arn\n'
        ' principal = "s3.amazonaws.com"\n}\n'
    )
    found = functions({"main.tf": main, "job/main.tf": JOB})["one.this"]
    assert [one.principal.only for one in found.invoke_permissions] == ["s3.amazonaws.com"]


VARIABLE = 'variable "t" {\n  default = 1\n}\n' + block("timeout = var.t")


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({}, {1: []}),
        ({"terraform.tfvars": "t = 2"}, {2: []}),
        ({"a.auto.tfvars": "t = 3", "terraform.tfvars": "t = 2"}, {3: []}),
        ({"b.auto.tfvars.json": '{"t": 4}'}, {4: []}),
        ({"dev.tfvars": "t = 5", "prod.tfvars": "t = 6"}, {5: ["dev.tfvars"], 6: ["prod.tfvars"]}),
        ({"env/dev.tfvars": "t = 5", "env/prod.tfvars": "x = 6"}, {5: ["dev.tfvars"], 1: ["prod.tfvars"]}),
        ({"dev.tfvars": "x = 5"}, {1: []}),
        ({"other/dev.tfvars": "t = 5"}, {1: []}),
        ({"dev.tfvars": "t = = 5"}, {1: []}),
    ],
)  # fmt: skip
def test_files_set_variables(files: dict[str, str], expected: dict[int, list[str]]) -> None:
    found = functions({"main.tf": VARIABLE, **files})["f"].timeout
    told = {
        choice.value: [fact.value for fact in choice.when[0] if "file" in fact.subject]
        for choice in found.choices
    }
    assert told == expected


def test_a_file_of_values_says_nothing_of_modules_that_are_called() -> None:
    main = 'module "m" {\n source = "./job"\n name = "x"\n}\n'
    files = {"main.tf": main, "job/main.tf": JOB, "job/terraform.tfvars": "timeout = 99"}
    assert functions(files)["m.this"].timeout.only == 3


def test_json_is_read_as_the_other_syntax_is() -> None:
    json = """{
      "variable": {"t": {"default": 7}},
      "locals": {"name": "x"},
      "resource": {"aws_lambda_function": {"f": [{
        "function_name": "${local.name}-${upper(\\"a\\")}",
        "timeout": "${var.t}",
        "environment": [{"variables": {"A": "b", "C": "${aws_s3_bucket.c.id}"}}]
      }]}}
    }"""
    found = functions({"main.tf.json": json})["f"]
    assert (found.physical_name.only, found.timeout.only) == ("x-A", 7)
    assert found.environment.variables["A"].only == "b"
    assert found.environment.variables["C"].targets == {".#aws_s3_bucket.c"}
    assert found.environment.complete


def test_opentofu_has_files_of_its_own() -> None:
    assert list(functions({"main.tofu": block("")})) == ["f"]


def test_what_terraform_fetched_is_nobodys_own() -> None:
    assert declared({".terraform/modules/m/main.tf": block("")}).functions == ()


DEPLOYED = 'terraform {\n  source = "../../job"\n}\n'


@pytest.mark.parametrize(
    ("written", "timeout", "name"),
    [
        (f'{DEPLOYED}inputs = {{\n  name = "x"\n  timeout = 7\n}}\n', [7], ["x"]),
        (f'{DEPLOYED}inputs = {{\n  name = "x"\n}}\n', [3], ["x"]),
        (f'{DEPLOYED}locals {{\n  n = "y"\n}}\ninputs = {{\n  name = local.n\n}}\n', [3], ["y"]),
        (f'{DEPLOYED}include "root" {{\n  path = find_in_parent_folders()\n}}\ninputs = {{\n  name = "x"\n}}\n', [], ["x"]),
        (f"{DEPLOYED}inputs = {{\n  name = dependency.other.outputs.name\n}}\n", [3], []),
        (f"{DEPLOYED}inputs = read_terragrunt_config(find_in_parent_folders())\n", [], []),
    ],
)  # fmt: skip
def test_terragrunt_gives_a_module_its_values(
    written: str, timeout: list[int], name: list[str]
) -> None:
    files = {"job/main.tf": JOB, "live/job/terragrunt.hcl": written}
    (only,) = declared(files).functions
    assert (choices(only.timeout), choices(only.physical_name)) == (timeout, name)


def test_each_file_of_terragrunt_deploys_functions_of_its_own() -> None:
    files = {f"{stage}/job/terragrunt.hcl": f'{DEPLOYED}inputs = {{ name = "{stage}" }}\n'
             for stage in ("dev", "live")}  # fmt: skip
    found = declared({"job/main.tf": JOB, **files}).functions
    assert [choices(one.physical_name) for one in found] == [["dev"], ["live"]]
    assert len({one.id for one in found}) == 2


def test_a_file_of_terragrunt_for_what_is_elsewhere_declares_nothing() -> None:
    far = 'terraform {\n  source = "git::https://example.org/modules.git//job"\n}\n'
    (only,) = declared({"job/main.tf": JOB, "live/terragrunt.hcl": far}).functions
    assert only.name == "this"
