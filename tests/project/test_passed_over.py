"""What lies beside a handler that is deployed, and nothing names."""

from __future__ import annotations

from datetime import date

import pytest

from lamlint import project
from lamlint.catalog import Catalog
from lamlint.engine.check import check
from lamlint.project.passed_over import PassedOver
from lamlint.text import Finding, Severity
from tests.checking import rules
from tests.memory import MemoryTree

CODE = "import boto3\n\n\ndef lambda_handler(event, context):\n    event['headers']\n"
CODE += "    for one in event['names']:\n        boto3.client('s3').head_bucket(Bucket=one)\n"
TEMPLATE = """\
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: python3.13
      Handler: orders_function.lambda_handler
      Code: {S3Bucket: releases, S3Key: orders.zip}
"""
FILES = {
    "template.yaml": TEMPLATE,
    "src/orders_function.py": CODE,
    "src/lambda_function.py": CODE,
    "deploy.sh": "cp src/orders_function.py build && aws lambda update-function-code\n",
}
TOLD = "; nothing is known to deploy it, as it does what lies beside it: "


class Counted(MemoryTree):
    """A tree that counts how often it is asked for words."""

    asked = 0

    def mentions(self, path: str, words: tuple[bytes, ...]) -> bool:
        self.asked += 1
        return super().mentions(path, words)


def found(files: dict[str, str]) -> Finding:
    """What is found in the file of which it is asked whether it is deployed."""
    built = project.build(MemoryTree(files), (), Catalog(), date(2026, 11, 24))
    every = check(built, [rules()["connection-in-handler"]])
    (one,) = [one for one in every if one.span.path.endswith("lambda_function.py")]
    return one


def test_of_what_nothing_names_beside_what_is_deployed_it_is_said_so() -> None:
    one = found(FILES)
    assert (one.severity, TOLD in one.message) == (Severity.INFORMATION, True)


BESIDE_A_FOLDER = {
    "template.yaml": TEMPLATE.replace("orders_function.lam", "handler.lam").replace(
        "{S3Bucket: releases, S3Key: orders.zip}", "src/a_lambda_function/"
    ),
    "src/a_lambda_function/handler.py": "def lambda_handler(event, context): ...\n",
    "src/a_lambda_function.py": CODE,
    "deploy.sh": "sam deploy --parameter-overrides Name=a_lambda_function\n",
}


def test_so_it_is_beside_the_folder_of_its_own_name() -> None:
    one = found(BESIDE_A_FOLDER)
    assert (one.severity, TOLD in one.message) == (Severity.INFORMATION, True)


def test_beside_that_folder_it_may_be_deployed_where_something_names_the_file() -> None:
    one = found({**BESIDE_A_FOLDER, "build.sh": "zip a.zip src/a_lambda_function.py\n"})
    assert TOLD not in one.message


def test_beside_such_folders_files_are_looked_for_in_all_at_once() -> None:
    def asked(n: int) -> int:
        flat = {f"src/f{i}x.py": CODE for i in range(n)}
        deployed = {f"src/f{i}x/app.py": "def handler(e, c): ...\n" for i in range(n)}
        tree = Counted({**flat, **deployed, "README.md": "Deploy `f0x.py`.\n"})
        passed = PassedOver(tree, frozenset(deployed))
        assert [passed.holds(path) for path in flat] == [False, *[True] * (n - 1)]
        return tree.asked

    assert asked(80) <= 2 * asked(40) + 1


NAMED = {
    "a script": {"deploy.sh": "zip a.zip src/orders_function.py src/lambda_function.py\n"},
    "a workflow": {".github/workflows/ci.yml": "run: zip a.zip lambda_function.py\n"},
    "a handler string": {"infra/main.tf": 'handler = "lambda_function.lambda_handler"\n'},
    "a page": {"README.md": "Paste `lambda_function.py` into the console.\n"},
    "a module": {"src/other.py": "import lambda_function\n"},
    "another folder": {"payments/lambda_function.py": CODE, "src/lambda_function.py": ""},
}


@pytest.mark.parametrize("files", NAMED.values(), ids=NAMED)
def test_what_something_names_or_lies_elsewhere_may_be_deployed(files: dict[str, str]) -> None:
    one = found({**FILES, **files})
    assert (one.severity, TOLD in one.message) == (Severity.WARNING, False)


def test_what_a_function_may_run_whose_code_is_not_known_is_not_passed_over() -> None:
    second = TEMPLATE.partition("Resources:\n")[2].replace("orders_function", "lambda_function")
    other = second.replace("Orders:", "Other:").replace("orders.zip", "other.zip")
    one = found({**FILES, "template.yaml": TEMPLATE + other})
    assert TOLD not in one.message


MANY = {f"src/other{number}.py": "x = 1\n" for number in range(50)}


def test_among_many_it_is_looked_for_in_all_at_once() -> None:
    assert TOLD in found({**FILES, **MANY, "deploy.sh": "zip a.zip my_lambda_function.py"}).message
    assert TOLD in found({**FILES, **MANY, "a.txt": b"\xff\xfe\x00"}).message  # type: ignore[dict-item]


@pytest.mark.parametrize(
    "files",
    [
        *(files for name, files in NAMED.items() if name != "another folder"),
        {"a.txt": b"\xff lambda_function"},
        {f"src/more{number}.py": "x = 1\n" for number in range(2_000)},
    ],
)
def test_so_is_what_may_be_deployed_among_many(files: dict[str, str]) -> None:
    assert TOLD not in found({**FILES, **MANY, **files}).message


IN_FOLDERS = """\
Transform: AWS::Serverless-2016-10-31
Resources:
  Orders:
    Type: AWS::Serverless::Function
    Properties: {Runtime: python3.13, Handler: lambda_function.lambda_handler, CodeUri: functions/orders/}
  Users:
    Type: AWS::Serverless::Function
    Properties: {Runtime: python3.13, Handler: lambda_function.lambda_handler, CodeUri: functions/users/}
"""
SILENT = "def lambda_handler(event, context): ..."
BESIDE = {
    "template.yaml": IN_FOLDERS,
    "functions/orders/lambda_function.py": SILENT,
    "functions/users/lambda_function.py": SILENT,
    "functions/report/lambda_function.py": CODE,
    "functions/report/README.md": "How to run functions/report by hand.\n",
    "README.md": "We report what the functions did: see lambda_function.py.\n",
    "functions/orders/model.py": "report = 1\n",
    "tests/test_report.py": "from functions.report import lambda_function\n",
}


def test_so_it_is_in_a_folder_of_its_own_beside_those_that_are_deployed() -> None:
    one = found(BESIDE)
    assert (one.severity, TOLD in one.message) == (Severity.INFORMATION, True)


def test_so_it_is_where_the_code_lies_deeper() -> None:
    deeper = {path.replace("/lambda_", "/src/lambda_"): text for path, text in BESIDE.items()}
    deeper["template.yaml"] = IN_FOLDERS.replace("orders/}", "orders/src/}").replace(
        "users/}", "users/src/}"
    )
    assert TOLD in found(deeper).message


NAMED_FOLDERS = {
    "a script": {"deploy.sh": "zip -r a.zip functions/report\n"},
    "a script that takes all": {"deploy.sh": "for one in functions/*; do zip $one; done\n"},
    "a script that is told which": {"deploy.sh": 'zip -r a.zip "functions/$1"\n'},
    "a list of a workflow": {".github/workflows/ci.yml": "function:\n  - report\n  - orders\n"},
    "a line of Terraform": {"infra/main.tf": 'name = "report"\n'},
    "a stack": {"infra/stack.ts": "Code.fromAsset(path.join(functions, 'report'))\n"},
    "a page": {"DEPLOY.md": "Zip `report` and upload it.\n"},
    "a module": {"tool.py": "from functions.report import lambda_function\n"},
    "only one beside it": {
        "template.yaml": IN_FOLDERS.partition("  Users")[0],
        "functions/users/lambda_function.py": "",
    },
    "another name of its file": {
        "functions/report/lambda_function.py": "",
        "functions/report/my_lambda_function.py": CODE,
    },
    "elsewhere": {
        "functions/report/lambda_function.py": "",
        "jobs/report/lambda_function.py": CODE,
    },
}


@pytest.mark.parametrize("files", NAMED_FOLDERS.values(), ids=NAMED_FOLDERS)
def test_a_folder_that_something_names_may_be_deployed(files: dict[str, str]) -> None:
    one = found({**BESIDE, **files})
    assert (one.severity, TOLD in one.message) == (Severity.WARNING, False)


APART = {
    path.replace("functions/report", "functions-old/report"): text for path, text in BESIDE.items()
}
BUILT_APART = {
    "a script": {"deploy.sh": "cd functions-old && zip -r a.zip .\n"},
    "a script that says which": {"deploy.sh": "zip -r a.zip $folder/report\n"},
    "a stack": {"infra/stack.ts": "Code.fromAsset('functions-old')\n"},
    "a page": {"DEPLOY.md": "Zip `report` and upload it.\n"},
}


def test_so_it_is_in_a_folder_beside_all_that_are_deployed_that_is_called_so_too() -> None:
    told = {**APART, "DEPLOY.md": "What is in `functions-old/` was discarded.\n"}
    assert TOLD in found(told).message


@pytest.mark.parametrize("files", BUILT_APART.values(), ids=BUILT_APART)
def test_such_a_folder_that_something_builds_may_be_deployed(files: dict[str, str]) -> None:
    assert TOLD not in found({**APART, **files}).message


def test_a_folder_that_is_called_otherwise_may_be_deployed() -> None:
    moved = {path.replace("functions-old", "functional"): text for path, text in APART.items()}
    assert TOLD not in found(moved).message


VARIED = {
    "template.yaml": IN_FOLDERS.replace("lambda_function", "take", 1).replace(
        "lambda_function", "add", 1
    ),
    "functions/orders/take.py": SILENT,
    "functions/users/add.py": SILENT,
    "functions/report/new_lambda_function.py": CODE,
    "README.md": "Handlers: take.py, add.py, new_lambda_function.py.\n",
    "tests/test_report.py": "from functions.report import new_lambda_function\n",
}


def test_so_it_is_where_each_file_has_a_name_of_its_own() -> None:
    one = found(VARIED)
    assert (one.severity, TOLD in one.message) == (Severity.INFORMATION, True)


@pytest.mark.parametrize(
    "files",
    [
        {"deploy.sh": "zip -r a.zip functions/report\n"},
        {"deploy.sh": "zip a.zip */*/new_lambda_function.py\n"},
        {"deploy.sh": "aws lambda update-function-code --function-name new-lambda-function-$1\n"},
        {"README.md": "Zip `new_lambda_function.py`.\n"},
        {"functions/users/add.py": f"import new_lambda_function\n{SILENT}"},
        {"template.yaml": IN_FOLDERS, "functions/orders/lambda_function.py": "x = 1\n"},
        {f"functions/f{number}/make.py": SILENT for number in range(60)},
        {f"functions/report/make{number}.py": SILENT for number in range(200)},
    ],
)
def test_a_file_with_a_name_of_its_own_that_something_names_may_be(files: dict[str, str]) -> None:
    assert TOLD not in found({**VARIED, **files}).message


AGAIN = """\
import boto3
def lambda_handler(event, context):
    boto3.client("lambda").invoke(FunctionName=context.function_name)
    lambda_handler({"page": 1}, context)
"""


@pytest.mark.parametrize("name", ["self-invocation", "handler-calls-itself"])
@pytest.mark.parametrize(
    ("more", "is_lighter"),
    [
        ({}, True),
        ({"deploy.sh": "zip -r a.zip functions/report\n"}, False),
        ({"functions/report/lambda_function.py": SILENT, "functions/orders/lambda_function.py": AGAIN}, False),
    ],
    ids=["passed over", "named by a script", "deployed"],
)  # fmt: skip
def test_what_an_undeployed_handler_does_matters_less(
    name: str, more: dict[str, str], is_lighter: bool
) -> None:
    files = {**BESIDE, "functions/report/lambda_function.py": AGAIN, **more}
    built = project.build(MemoryTree(files), (), Catalog(), date(2026, 11, 24))
    (one,) = check(built, [rules()[name]])
    usual = one.severity in (None, rules()[name].severity)
    assert (one.severity is Severity.INFORMATION, usual) == (is_lighter, not is_lighter)


@pytest.mark.parametrize(
    ("files", "told"),
    [
        ({"shop-extracted/app.py": CODE, "app.py": SILENT}, 0),
        ({"shop-extracted/app.py": CODE, "shop/app.py": SILENT}, 1),
        ({"shop-extracted/app.py": CODE, "app.py": SILENT, "up.sh": "zip -r a shop-extracted"}, 1),
    ],
)
def test_what_was_unpacked_beside_its_original_has_no_handlers(
    files: dict[str, str], told: int
) -> None:
    built = project.build(MemoryTree(files), (), Catalog(), date(2026, 11, 24))
    assert len(check(built, [rules()["connection-in-handler"]])) == told
