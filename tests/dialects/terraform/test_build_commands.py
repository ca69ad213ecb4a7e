"""What commands copy or zip leads from what they make to the code that they make it of."""

from __future__ import annotations

import pytest

from lamlint.dialects.terraform.build_commands import steps
from lamlint.model import CodeKind
from tests.dialects.terraform.declaring import declared


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("cp -r ../src/*.py build/", [("infra/build", ("src",))]),
        ("cp a.py b.py out", [("infra/out", ("infra/a.py", "infra/b.py"))]),
        ("rsync -a --delete ../src/ package/", [("infra/package", ("src",))]),
        ("cd ../src && zip -r ../infra/code.zip . -x tests", [("infra/code.zip", ("src",))]),
        ("cd ../src\nzip -qr ../code.zip app.py", [("code.zip", ("src",))]),
        ("(cd ../src; zip -r9 ../code *)", [("code.zip", ("src",))]),
        ("\t@cp -r $(CURDIR)/../src out", [("infra/out", ("src",))]),
        ("cp a \\\n  out", [("infra/out", ("infra/a",))]),
        ("echo cp a b", []),
        ("cp 'a", []),
        ("# cp a b", []),
        ("cp a", []),
        ("zip", []),
        ("", []),
    ],
)
def test_commands_that_copy_or_zip(text: str, expected: list[tuple[str, tuple[str, ...]]]) -> None:
    found = [(step.target, step.sources) for step in steps(text, "infra")]
    assert [one for one in found if one[0] != "infra"] == expected


FILES = {"src/app.py": "", "other/app.py": "", "infra/x.txt": ""}
FUNCTION = (
    'resource "aws_lambda_function" "f" {\n  handler = "app.handler"\n  filename = "code.zip"\n}\n'
)
ARCHIVE = 'data "archive_file" "z" {\n  source_dir = "${path.module}/package"\n  output_path = "code.zip"\n}\n'
LOCAL = 'resource "null_resource" "n" {{\n  provisioner "local-exec" {{\n    command = <<-EOT\n{}\n    EOT\n  }}\n}}\n'


@pytest.mark.parametrize(
    "files",
    [
        {"infra/build.sh": "cd ../src && zip -r ../infra/code.zip .\n"},
        {"Makefile": "build:\n\tcd src && zip -r ../infra/code.zip .\n"},
        {"scripts/pack.sh": "cp src/app.py infra/package/\ncd infra/package\nzip -r ../code.zip .\n"},
        {"infra/main.tf": FUNCTION + LOCAL.format("cd ${path.module}/../src && zip -r ../infra/code.zip .")},
        {"infra/main.tf": FUNCTION + ARCHIVE + LOCAL.format("cp ${path.module}/../src/*.py ${path.module}/package/")},
    ],
)  # fmt: skip
def test_the_code_is_what_the_archive_is_made_of(files: dict[str, str]) -> None:
    (only,) = declared({**FILES, "infra/main.tf": FUNCTION, **files}).functions
    assert (only.code.kind, only.code.path) == (CodeKind.FOLDER, "src")
    assert only.code.filled in ("infra/code.zip", "infra/package")


@pytest.mark.parametrize(
    "files",
    [
        {},
        {"infra/build.sh": "cd ../none && zip -r ../infra/code.zip .\n"},
        {"infra/build.sh": "cd ../src && zip -r ../infra/other.zip . # code.zip\n"},
        {"infra/build.sh": "cd $SRC && zip -r ../infra/code.zip .\n"},
    ],
)
def test_what_makes_an_archive_may_not_be_known(files: dict[str, str]) -> None:
    (only,) = declared({**FILES, "infra/main.tf": FUNCTION, **files}).functions
    assert (only.code.kind, only.code.path) == (CodeKind.BUILT, "infra/code.zip")


def test_an_archive_beside_the_code_is_of_that_code() -> None:
    files = {"infra/main.tf": FUNCTION.replace("code.zip", "../src/code.zip"), "src/app.py": ""}
    (only,) = declared(files).functions
    assert (only.code.kind, only.code.path) == (CodeKind.FOLDER, "src")


IMAGE = (
    'resource "aws_lambda_function" "f" {\n  package_type = "Image"\n'
    '  image_uri = "${aws_ecr_repository.r.repository_url}:latest"\n}\n'
)


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        ("docker build -t ${aws_ecr_repository.r.repository_url}:latest ../src", ("src", "Dockerfile", "")),
        ("cd ${path.module}/.. && docker build -f docker/live.Dockerfile .", ("", "docker/live.Dockerfile", "")),
        ("docker buildx build --file=../src/Dockerfile --target live ../src", ("src", "Dockerfile", "live")),
        ("docker build $WHERE", (None, "Dockerfile", "")),
        ("docker build ../a\ndocker build ../b", (None, "Dockerfile", "")),
        ("docker push x", (None, "Dockerfile", "")),
    ],
)  # fmt: skip
def test_the_image_of_a_function_is_the_one_that_the_module_builds(
    command: str, expected: tuple[str | None, str, str]
) -> None:
    (only,) = declared({"infra/main.tf": IMAGE + LOCAL.format(command)}).functions
    image = only.code.image
    assert image is not None
    assert (image.context, image.dockerfile, image.stage) == expected


HAS = "def handler(event, context): ...\n"
LACKS = "def main(event, context): ...\nhandlers = {}\n"


@pytest.mark.parametrize(
    ("beside", "more", "is_beside"),
    [
        (HAS, {}, True),
        (HAS, {"apps/Makefile": "zip -r orders/code.zip .\n"}, True),
        ("from handlers import *\n", {"apps/src/orders/app.py": HAS}, True),
        (LACKS, {}, True),
        (LACKS, {"orders/Makefile": "zip code.zip app.py\n"}, True),
        (LACKS, {"apps/src/orders/app.py": LACKS}, True),
        (LACKS, {"apps/src/orders/other.py": HAS, "apps/src/others/app.py": HAS}, True),
        (LACKS, {"apps/Makefile": "zip -r orders/other.zip .\n"}, True),
        (LACKS, {".gitignore": "orders/code.zip\n"}, True),
        (LACKS, {"apps/src/orders/app.py": HAS}, False),
        (LACKS, {"apps/src/orders/app/__init__.py": HAS}, False),
        (LACKS, {"apps/Makefile": "build:\n\tcd out && zip -r ../orders/code.zip .\n"}, False),
        (LACKS, {"scripts/pack.sh": "zip -r orders/code.zip .\n"}, False),
    ],
)
def test_an_archive_that_is_elsewhere_made_is_not_what_lies_beside_it(
    beside: str, more: dict[str, str], *, is_beside: bool
) -> None:
    main = FUNCTION.replace("code.zip", "../../orders/code.zip")
    files = {"apps/infra/main.tf": main, "orders/app.py": beside, **more}
    (only,) = declared(files).functions
    expected = (CodeKind.FOLDER, "orders") if is_beside else (CodeKind.BUILT, "orders/code.zip")
    assert (only.code.kind, only.code.path) == expected


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"orders/code/app.py": "def handler(e, c): ..."}, (CodeKind.FOLDER, "orders/code")),
        (
            {
                "orders/code/app.py": "def handler(e, c): ...",
                "orders/app.py": "def handler(e, c): ...",
            },
            (CodeKind.FOLDER, "orders/code"),
        ),
        (
            {
                "orders/code/app.py": "def other(e, c): ...",
                "orders/app.py": "def handler(e, c): ...",
            },
            (CodeKind.FOLDER, "orders"),
        ),
        ({"orders/code/other.py": "def handler(e, c): ..."}, (CodeKind.BUILT, "orders/code.zip")),
    ],
)
def test_an_archive_is_of_the_folder_of_its_name_before_what_lies_beside_it(
    files: dict[str, str], expected: tuple[CodeKind, str]
) -> None:
    main = FUNCTION.replace("code.zip", "../orders/code.zip")
    (only,) = declared({"infra/main.tf": main, **files}).functions
    assert (only.code.kind, only.code.path) == expected
