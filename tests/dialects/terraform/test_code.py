"""Where the code of a function lies: archives, files, folders, texts, images."""

from __future__ import annotations

import pytest

from lamlint.model import CodeKind
from lamlint.project.resolution import place
from tests.dialects.terraform.declaring import declared, functions
from tests.memory import MemoryTree

FILES = {"src/app.py": "", "src/job/main.py": "", "infra/own/app.py": "", "ready.zip": "PK"}
ARCHIVE = 'data "archive_file" "z" {{\n  type = "zip"\n  {}\n  output_path = "${{path.module}}/out/z.zip"\n}}\n'


def at(folder: str, main: str) -> tuple[CodeKind, str]:
    """The kind and the path of the code of the one function."""
    (only,) = declared({**FILES, f"{folder}main.tf": main}).functions
    return only.code.kind, only.code.path


def packed(source: str, filename: str = "filename = data.archive_file.z.output_path") -> str:
    return f'{ARCHIVE.format(source)}resource "aws_lambda_function" "f" {{\n  {filename}\n}}\n'


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('source_dir = "../src"', (CodeKind.FOLDER, "src")),
        ('source_dir = "${path.module}/../src/job/"', (CodeKind.FOLDER, "src/job")),
        ('source_dir = "${path.root}/../src"', (CodeKind.FOLDER, "src")),
        ('source_dir = "${path.cwd}/src"', (CodeKind.FOLDER, "src")),
        ('source_dir = "src"', (CodeKind.FOLDER, "src")),
        ('source_file = "infra/own/app.py"', (CodeKind.FILE, "infra/own/app.py")),
        ('source_dir = abspath("../src")', (CodeKind.FOLDER, "src")),
        ('source_file = "${path.module}/own/app.py"', (CodeKind.FILE, "infra/own/app.py")),
        ('source_dir = "${path.module}/none"', (CodeKind.MISSING, "infra/none")),
        ('source_dir = "${path.module}/dist"', (CodeKind.BUILT, "infra/dist")),
        ("source_dir = var.folder", (CodeKind.UNKNOWN, "")),
        ('source_dir = "/opt/src"', (CodeKind.UNKNOWN, "")),
        (
            'source {\n content = file("../src/app.py")\n filename = "app.py"\n}',
            (CodeKind.FILE, "src/app.py"),
        ),
    ],
)
def test_an_archive_is_made_of(source: str, expected: tuple[CodeKind, str]) -> None:
    assert at("infra/", packed(source)) == expected


@pytest.mark.parametrize(
    ("source", "handler", "found"),
    [
        ('source_file = "../src/app.py"', "app.handler", "src/app.py"),
        ('source_file = "../src/app.py"', "other.handler", None),
        ('source_file = "../src/app.py"', "job.main.handler", None),
        ('source_dir = "../src"', "other.handler", "src/other.py"),
    ],
)
def test_an_archive_of_one_file_holds_that_alone(
    source: str, handler: str, found: str | None
) -> None:
    given = f'filename = data.archive_file.z.output_path\n  handler = "{handler}"\n  runtime = "python3.13"'
    files = {**FILES, "src/other.py": "", "infra/main.tf": packed(source, given)}
    (only,) = declared(files).functions
    where = place(only, MemoryTree(files))
    assert (where.path if where is not None else None) == found


@pytest.mark.parametrize(
    "filename",
    [
        "filename = data.archive_file.z.output_path",
        'filename = "${data.archive_file.z.output_path}"',
        'filename = "${path.module}/out/z.zip"',
        'filename = "./out/z.zip"',
        'filename = "out/z.zip"',
        "filename = local.zip",
        'filename = "other.zip"\n source_code_hash = data.archive_file.z.output_base64sha256',
        'filename = "other.zip"\n source_code_hash = filebase64sha256(data.archive_file.z.output_path)',
        's3_bucket = "b"\n s3_key = aws_s3_object.o.key',
    ],
)
def test_a_function_names_its_archive(filename: str) -> None:
    around = 'locals {\n zip = data.archive_file.z.output_path\n}\nresource "aws_s3_object" "o" {\n key = "k"\n source = data.archive_file.z.output_path\n}\n'
    assert at("infra/", around + packed('source_dir = "../src"', filename)) == (
        CodeKind.FOLDER,
        "src",
    )


@pytest.mark.parametrize(
    ("filename", "expected"),
    [
        ('filename = "../ready.zip"', (CodeKind.ARCHIVE, "ready.zip")),
        ('filename = "../built.zip"', (CodeKind.BUILT, "built.zip")),
        ('s3_bucket = "b"\n s3_key = "k.zip"', (CodeKind.REMOTE, "")),
        ("filename = var.zip", (CodeKind.UNKNOWN, "")),
        ("", (CodeKind.UNKNOWN, "")),
        ('package_type = "Image"\n image_uri = var.image', (CodeKind.IMAGE, "")),
    ],
)
def test_without_an_archive_of_the_project(filename: str, expected: tuple[CodeKind, str]) -> None:
    assert at("infra/", f'resource "aws_lambda_function" "f" {{\n  {filename}\n}}\n') == expected


def test_code_in_a_heredoc_has_the_places_of_the_file() -> None:
    source = 'source {\n filename = "handlers/sign.py"\n content = <<-EOT\n    def handler(event, context):\n\n        return 1\n  EOT\n}'
    (only,) = declared(packed(source)).functions
    code = only.code
    assert (code.kind, code.module) == (CodeKind.INLINE, "handlers.sign")
    assert code.inline is not None
    assert code.inline.text == "def handler(event, context):\n\n    return 1\n"
    main = packed(source)
    for word in ("def", "return", "1"):
        span = code.inline.span(start := code.inline.text.index(word), start + len(word))
        assert main[span.start : span.end] == word


CALL = 'module "f" {{\n  source = "terraform-aws-modules/lambda/aws"\n  handler = "main.handler"\n  {}\n}}\n'


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('source_path = "src"', (CodeKind.FOLDER, "src")),
        ('source_path = "src/app.py"', (CodeKind.FILE, "src/app.py")),
        ('source_path = ["src"]', (CodeKind.FOLDER, "src")),
        ('source_path = [{ path = "src/job", patterns = ["!x"] }]', (CodeKind.FOLDER, "src/job")),
        ('source_path = ["src", { path = "src/job" }]', (CodeKind.FOLDER, "src/job")),
        ('source_path = [{ pip_requirements = "r.txt" }, "src"]', (CodeKind.FOLDER, "src")),
        ('source_path = [{ path = "src/job", prefix_in_zip = "job" }]', (CodeKind.FOLDER, "src")),
        ('source_path = [{ path = "src/job", prefix_in_zip = "other" }]', (CodeKind.UNKNOWN, "")),
        ('create_package = false\n local_existing_package = "ready.zip"', (CodeKind.ARCHIVE, "ready.zip")),
        ('create_package = false\n s3_existing_package = { bucket = "b", key = "k" }', (CodeKind.REMOTE, "")),
        ('create_package = false\n package_type = "Image"\n image_uri = "x"', (CodeKind.IMAGE, "")),
    ],
)  # fmt: skip
def test_what_the_module_of_the_registry_packs(source: str, expected: tuple[CodeKind, str]) -> None:
    assert at("", CALL.format(source)) == expected


@pytest.mark.parametrize(
    ("source", "read"),
    [
        ("terraform-aws-modules/lambda/aws", True),
        ("registry.terraform.io/terraform-aws-modules/lambda/aws", True),
        ("git::https://github.com/terraform-aws-modules/terraform-aws-lambda.git?ref=v8.1.0", True),
        ("terraform-aws-modules/lambda/aws//modules/alias", False),
        ("cloudposse/lambda-function/aws", False),
    ],
)
def test_which_modules_are_that_one(source: str, read: bool) -> None:
    main = CALL.format("").replace("terraform-aws-modules/lambda/aws", source)
    assert bool(functions(main)) is read


def test_a_call_that_makes_a_layer_is_no_function() -> None:
    assert functions(CALL.format('create_layer = true\n source_path = "src"')) == {}


def test_the_image_of_a_function_is_built_from_a_folder() -> None:
    main = (
        'module "image" {\n source = "terraform-aws-modules/lambda/aws//modules/docker-build"\n'
        ' source_path = "${path.module}/src"\n docker_file_path = "Dockerfile.live"\n}\n'
        'resource "aws_lambda_function" "f" {\n package_type = "Image"\n'
        ' image_uri = module.image.image_uri\n image_config {\n  command = ["app.handler"]\n }\n}\n'
    )
    (only,) = declared({**FILES, "main.tf": main}).functions
    image = only.code.image
    assert image is not None
    assert (image.context, image.dockerfile) == ("src", "Dockerfile.live")
    assert [word.only for word in image.command] == ["app.handler"]


def test_a_layer_of_the_project_has_its_content() -> None:
    main = packed('source_dir = "src"', "layers = [aws_lambda_layer_version.l.arn]") + (
        'resource "aws_lambda_layer_version" "l" {\n filename = data.archive_file.z.output_path\n}\n'
    )
    (only,) = declared({**FILES, "main.tf": main}).functions
    (layer,) = only.layers
    assert layer.content is not None
    assert layer.content.path == "src"
    assert only.layers_complete


@pytest.mark.parametrize(
    ("name", "module"),
    [("index.py", "index"), ("pkg/app.py", "pkg.app"), ("pkg/index.py", "pkg.index")],
)
def test_a_file_that_is_packed_under_another_name_is_found_by_that(name: str, module: str) -> None:
    source = f'source {{\n content = file("../src/app.py")\n filename = "{name}"\n}}'
    files = {**FILES, "src/app.py": "def handler(event, context): ...\n"}
    handler = f'handler = "{module}.handler"\n runtime = "python3.12"\n'
    filename = f"filename = data.archive_file.z.output_path\n {handler}"
    (only,) = declared({**files, "infra/main.tf": packed(source, filename)}).functions
    found = place(only, MemoryTree(files))
    assert found is not None
    assert (found.path, found.module, found.attribute) == ("src/app.py", module, "handler")
    # It is packed alone: what lies beside it in the project is not there.
    assert found.root == ""


@pytest.mark.parametrize("path", ["job/main.py", "${path.module}/job/main.py"])
@pytest.mark.parametrize(
    ("terragrunt", "source", "expected"),
    [
        ("live/terragrunt.hcl", "../infra", (CodeKind.FILE, "live/job/main.py")),
        ("none/terragrunt.hcl", "../infra", (CodeKind.MISSING, "none/job/main.py")),
        ("live/terragrunt.hcl", "git::https://example.org/a.git//b", (CodeKind.UNKNOWN, "")),
        ("infra/terragrunt.hcl", "", (CodeKind.MISSING, "infra/job/main.py")),
        ("live/other.hcl", "../infra", (CodeKind.MISSING, "infra/job/main.py")),
    ],
)
def test_terragrunt_brings_what_lies_beside_its_file(
    path: str, terragrunt: str, source: str, expected: tuple[CodeKind, str]
) -> None:
    named = f'terraform {{\n  source = "{source}"\n}}\n' if source else ""
    files = {
        "infra/main.tf": packed(f'source_file = "{path}"'),
        "live/job/main.py": "",
        terragrunt: named,
    }
    (only,) = declared(files).functions
    assert (only.code.kind, only.code.path) == expected
