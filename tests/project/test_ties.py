"""A function whose package is not here runs the file of the project that is surely its code."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from datetime import date

import pytest

from lamlint import registry
from lamlint.catalog import Catalog
from lamlint.engine.check import check
from lamlint.project import Project, build
from lamlint.project.declaration import handler_declared
from lamlint.text import Finding, Severity
from tests.memory import MemoryTree

S3 = "Code: {S3Bucket: releases, S3Key: v1/worker.zip}"
HANDLE = "def handle(event, context):\n    return event\n"
OTHER = f"# another\n{HANDLE}"
HANDLER = "def handler(event, context):\n    return event\n"


def function(name: str, handler: str, code: str = S3, kind: str = "AWS::Lambda::Function") -> str:
    return f"""\
  {name}:
    Type: {kind}
    Properties:
      Handler: {handler}
      Runtime: python3.13
      {code}
"""


def sam(name: str, handler: str, uri: str) -> str:
    return function(name, handler, f"CodeUri: {uri}", "AWS::Serverless::Function")


def template(*functions: str) -> str:
    return f"Transform: AWS::Serverless-2016-10-31\nResources:\n{''.join(functions)}"


def project(files: Mapping[str, str | bytes]) -> Project:
    return build(MemoryTree(files), ("",), Catalog(), date(2026, 11, 23))


def tied(files: Mapping[str, str | bytes]) -> dict[str, str]:
    """The files that functions are tied to, by the functions' names."""
    built = project(files)
    names = {one.id: one.name for one in built.functions}
    return {names[one]: tie.place.path for one, tie in built.ties.items()}


def findings(files: Mapping[str, str | bytes], rule: str) -> tuple[Finding, ...]:
    return check(project(files), [registry.load(plugins=False)[rule]])


CODE_ELSEWHERE = [
    "Code: {S3Bucket: releases, S3Key: v1/package.zip}",
    "Code: {S3Bucket: !Ref Bucket, S3Key: !Sub '${Prefix}/package.zip'}",
    "Code: {S3Bucket: !Ref Bucket, S3Key: !Ref Key}",
    "Code: build/",
    "Code: no-such-folder",
    "Code: ../dist/package.zip",
    "Code: !Ref Package",
]


@pytest.mark.parametrize("code", CODE_ELSEWHERE)
@pytest.mark.parametrize(
    ("handler", "path"),
    [
        ("plumbing.handle", "src/plumbing.py"),
        ("plumbing.handle", "plumbing.py"),
        ("lambda_functions/plumbing.handle", "lambda_functions/plumbing.py"),
        ("lambda_functions.plumbing.handle", "code/lambda_functions/plumbing.py"),
        ("plumbing.handle", "src/plumbing/__init__.py"),
        ("solution-helper.handle", "source/solution-helper.py"),
        ("src.app.orders_handler", "src/app.py"),
    ],
)
def test_the_only_file_that_a_handler_names_is_the_code(code: str, handler: str, path: str) -> None:
    text = HANDLE.replace("handle", handler.rpartition(".")[2])
    files = {"cloudformation/app.yaml": template(function("Plumbing", handler, code)), path: text}
    assert tied(files) == {"Plumbing": path}


ZIPPED = {"misc/init.zip": b"PK\x05\x06" + bytes(18)}


@pytest.mark.parametrize("code", ["Code: ../misc/init.zip", "CodeUri: ../misc/init.zip"])
def test_an_archive_of_the_project_is_made_of_its_files_or_stands_in_for_them(code: str) -> None:
    kind = f"AWS::{'Lambda' if code.startswith('Code:') else 'Serverless'}::Function"
    plumbing = function("Plumbing", "plumbing.handle", code, kind)
    own = {"infra/app.yaml": template(plumbing), "src/plumbing.py": HANDLE}
    files: dict[str, str | bytes] = {**own, **ZIPPED}
    assert tied(files) == {"Plumbing": "src/plumbing.py"}
    assert tied({**files, "other/plumbing.py": OTHER}) == {}
    assert not findings(files, "handler-not-found")


BUNDLED = """\
from aws_cdk import App, BundlingOptions, Stack
from aws_cdk import aws_lambda as _lambda

class Reports(Stack):
    def __init__(self, scope, name):
        super().__init__(scope, name)
        _lambda.Function(
            self,
            "Plumbing",
            runtime=_lambda.Runtime.PYTHON_3_13,
            handler="plumbing.handle",
            code=_lambda.Code.from_asset("code"BUNDLING),
        )

Reports(App(), "Reports")
"""
COPIES = """, bundling=BundlingOptions(
    image=_lambda.Runtime.PYTHON_3_13.bundling_image,
    command=["bash", "-c", "cp -r /asset-input/jobs/* /asset-output/"],
)"""


@pytest.mark.parametrize(("bundling", "told"), [(COPIES, 0), ("", 1)])
def test_a_bundling_may_bring_the_handler_out_of_a_folder_of_the_asset(
    bundling: str, told: int
) -> None:
    files = {
        "cdk.json": '{"app": "python app.py"}',
        "app.py": BUNDLED.replace("BUNDLING", bundling),
        "code/jobs/plumbing.py": HANDLE,
    }
    assert tied(files) == ({"Plumbing": "code/jobs/plumbing.py"} if bundling else {})
    assert len(findings(files, "handler-not-found")) == told


def test_a_bundling_of_the_whole_project_is_told_by_words() -> None:
    files = {
        "cdk.json": '{"app": "python app.py"}',
        "app.py": BUNDLED.replace("BUNDLING", COPIES).replace('"code"', '"."'),
        "jobs/plumbing.py": HANDLE,
    }
    (tie,) = project(files).ties.values()
    assert tie.why.endswith("; what a build makes of the project is deployed")


def test_what_a_bundling_leaves_in_its_place_is_no_guess() -> None:
    files = {
        "cdk.json": '{"app": "python app.py"}',
        "app.py": BUNDLED.replace("BUNDLING", COPIES),
        "code/plumbing.py": HANDLE,
    }
    assert not tied(files)
    (handler,) = project(files).handlers
    assert handler.module.path == "code/plumbing.py"


@pytest.mark.parametrize("uri", ["s3://releases/plumbing.zip", "./build", "dist/p.zip", "!Ref Uri"])
def test_sam_says_it_in_one_line(uri: str) -> None:
    files = {"template.yaml": template(sam("Plumbing", "plumbing.handle", uri))}
    assert tied({**files, "src/plumbing.py": HANDLE}) == {"Plumbing": "src/plumbing.py"}


@pytest.mark.parametrize(
    "text",
    [
        "from core import handle\n",
        "handle = make()\n",
        "class App: ...\n\n\nhandle = App()\n",
        "try:\n    from core import handle\nexcept ImportError:\n    handle = None\n",
        "async def handle(event, context): ...\n",
    ],
)
def test_the_handler_may_be_bound_in_any_way(text: str) -> None:
    files = {"template.yaml": template(function("Plumbing", "plumbing.handle"))}
    assert tied({**files, "src/plumbing.py": text}) == {"Plumbing": "src/plumbing.py"}


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("src/plumbing.py", "def other(event, context): ...\n"),
        ("src/plumbing.py", "class App:\n    def handle(self, event): ...\n"),
        ("src/plumbing.py", "from core import *\n"),
        ("src/my_plumbing.py", HANDLE),
        ("src/plumbing.pyi", HANDLE),
        ("tests/plumbing.py", HANDLE),
        ("src/tests/plumbing.py", HANDLE),
        ("examples/plumbing.py", HANDLE),
        ("docs/code/plumbing.py", HANDLE),
    ],
)
def test_a_file_that_has_no_such_handler_or_is_a_sample_is_not(path: str, text: str) -> None:
    assert not tied({"template.yaml": template(function("P", "plumbing.handle")), path: text})


def test_two_that_could_be_meant_are_none() -> None:
    files = {"template.yaml": template(function("Plumbing", "plumbing.handle"))}
    assert not tied({**files, "one/plumbing.py": HANDLE, "two/plumbing.py": OTHER})


def test_of_several_it_is_the_nearest() -> None:
    files = {
        "shop/cloudformation/app.yaml": template(function("Plumbing", "plumbing.handle")),
        "shop/code/plumbing.py": HANDLE,
        "old/plumbing.py": HANDLE,
    }
    assert tied(files) == {"Plumbing": "shop/code/plumbing.py"}


def test_what_is_nearer_to_another_is_the_others() -> None:
    app = template(function("Plumbing", "plumbing.handle"))
    files = {
        "cloudformation/app.yaml": app,
        "code/plumbing.py": HANDLE,
        "gov/cloudformation/app.yaml": app,
        "gov/code/plumbing.py": HANDLE,
    }
    found = project(files).ties
    assert {one: tie.place.path for one, tie in found.items()} == {
        "cloudformation/app.yaml#Plumbing": "code/plumbing.py",
        "gov/cloudformation/app.yaml#Plumbing": "gov/code/plumbing.py",
    }


def test_of_two_as_near_it_is_the_one_in_a_folder_of_the_name() -> None:
    files = {
        "template.yaml": template(function("Worker", "tasks.handle")),
        "worker/tasks.py": HANDLE,
        "mailer/tasks.py": HANDLE,
    }
    assert tied(files) == {"Worker": "worker/tasks.py"}


def test_a_project_beside_that_of_the_template_keeps_its_code() -> None:
    away = template(function("Plumbing", "plumbing.handle"))
    beside = template(sam("Other", "other.handle", "src"))
    files = {
        "one/template.yaml": away,
        "two/template.yaml": beside,
        "two/src/other.py": HANDLE,
        "two/lib/plumbing.py": HANDLE,
    }
    assert not tied(files)
    del files["two/template.yaml"]
    assert tied(files) == {"Plumbing": "two/lib/plumbing.py"}


def test_the_code_of_a_function_that_says_so_is_no_others() -> None:
    here = sam("Here", "plumbing.handle", "src")
    files = {"template.yaml": template(here, function("Away", "plumbing.handle"))}
    assert not tied({**files, "src/plumbing.py": HANDLE})
    files = {"template.yaml": template(here, function("Away", "inner/pipes.handle"))}
    files |= {"src/plumbing.py": HANDLE, "src/vendored/inner/pipes.py": HANDLE}
    assert not tied(files)


def test_a_folder_that_others_import_from_may_be_packed_for_another() -> None:
    here = sam("Here", "plumbing.handle", "../src")
    away = sam("Away", "pipes.handle", "../build")
    files = {"sam/one.yaml": template(here), "sam/two.yaml": template(away)}
    assert tied({**files, "src/plumbing.py": HANDLE, "src/pipes.py": HANDLE}) == {
        "Away": "src/pipes.py"
    }


COMMON = [
    "index.handler",
    "app.lambda_handler",
    "main.handler",
    "lambda_function.lambda_handler",
    "handler.main",
    "src/app.handler",
]


def common(handler: str, *functions: str) -> dict[str, str]:
    """Two services with handlers of the same common name, and a template above them."""
    module, _, attribute = handler.rpartition(".")
    text = HANDLER.replace("handler", attribute)
    return {
        "infra/app.yaml": template(*functions),
        f"services/orders/{module}.py": text,
        f"services/process_users/{module}.py": text,
    }


@pytest.mark.parametrize("handler", COMMON)
@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Orders", S3),
        ("OrdersFunction", S3),
        ("ordersLambda", S3),
        ("Api", "Code: {S3Bucket: releases, S3Key: v1/orders.zip}"),
        ("Api", "Code: {S3Bucket: releases, S3Key: !Sub '${Prefix}/lambda-orders.zip'}"),
        ("Api", "Code: {S3Bucket: releases, S3Key: v1/orders/lambda.zip}"),
        ("Api", "Code: {S3Bucket: releases, S3Key: !Sub '${Prefix}/packages/orders/package.zip'}"),
        ("Api", "Code: dist/orders/function.zip"),
        ("Api", "Code: dist/orders.zip"),
        ("Api", "Code: build/orders"),
        ("Api", "FunctionName: orders\n      Code: {S3Bucket: releases, S3Key: !Ref Key}"),
    ],
)
def test_a_common_name_needs_a_folder_that_is_called_like_the_function(
    handler: str, name: str, code: str
) -> None:
    files = common(handler, function(name, handler, code))
    (path,) = tied(files).values()
    assert path.startswith("services/orders/")


@pytest.mark.parametrize("handler", COMMON)
def test_two_words_may_be_a_part_of_the_name(handler: str) -> None:
    code = "Code: {S3Bucket: releases, S3Key: v1/acme-process-users.zip}"
    (path,) = tied(common(handler, function("Api", handler, code))).values()
    assert path.startswith("services/process_users/")


@pytest.mark.parametrize("handler", COMMON)
@pytest.mark.parametrize(
    "key", ["orders/v1/worker.zip", "!Sub '${Prefix}orders/lambda.zip'", "!Sub 'orders/${Name}'"]
)
def test_a_folder_of_the_key_says_nothing_where_the_package_has_a_name(
    handler: str, key: str
) -> None:
    code = f"Code: {{S3Bucket: releases, S3Key: {key}}}"
    assert not tied(common(handler, function("Api", handler, code)))


@pytest.mark.parametrize("handler", COMMON)
@pytest.mark.parametrize("name", ["Api", "OrdersAndUsers", "Order", "Users", "Function"])
def test_a_common_name_alone_says_nothing(handler: str, name: str) -> None:
    assert not tied(common(handler, function(name, handler)))


@pytest.mark.parametrize("handler", COMMON)
def test_the_only_file_of_a_common_name_is_it_unless_two_packages_want_it(handler: str) -> None:
    module, _, attribute = handler.rpartition(".")
    path = f"source/{module}.py"
    one = function("One", handler)
    files = {"infra/app.yaml": template(one), path: HANDLER.replace("handler", attribute)}
    assert tied(files) == {"One": path}
    same = function("Two", handler)
    other = function("Two", handler, "Code: {S3Bucket: releases, S3Key: v1/other.zip}")
    assert tied({**files, "infra/app.yaml": template(one, same)}) == {"One": path, "Two": path}
    assert not tied({**files, "infra/app.yaml": template(one, other)})


@pytest.mark.parametrize(
    "where", ["logs/template.yaml", "logs/templates/app.yaml", "logs/cloudformation/app.json"]
)
def test_where_the_template_is_a_common_name_may_be_the_only_one(where: str) -> None:
    files = {
        where: template(function("Forwarder", "lambda_function.lambda_handler")),
        "logs/lambda_function.py": HANDLER.replace("handler", "lambda_handler"),
        "other/lambda_function.py": HANDLER.replace("handler", "lambda_handler"),
    }
    assert tied(files) == {"Forwarder": "logs/lambda_function.py"}


def test_the_same_function_of_another_template_says_where_the_code_is() -> None:
    files = {
        "template.yaml": template(sam("Orders", "app.handler", "one")),
        "release.yaml": template(sam("Orders", "app.handler", "s3://releases/1.zip")),
        "one/app.py": HANDLER,
        "two/app.py": HANDLER,
    }
    assert tied(files) == {"Orders": "one/app.py"}
    (handler,) = [one for one in project(files).handlers if one.module.path == "one/app.py"]
    assert [one.template for one in handler.functions] == ["template.yaml", "release.yaml"]


DIGEST = "8145574c6b892d83062fa8b4d4b2bd2d"


@pytest.mark.parametrize(
    ("name", "uri", "kept"),
    [
        ("app.packaged.yaml", f"CodeUri: s3://releases/{DIGEST}", False),
        ("out.yaml", f"CodeUri: s3://releases/prefix/{DIGEST}", False),
        ("out.yaml", f"CodeUri: {{Bucket: releases, Key: {DIGEST}.zip}}", False),
        ("out.yaml", "CodeUri: s3://releases/1.0.zip", True),
        ("out.yaml", f"CodeUri: s3://releases/{DIGEST}\n      Timeout: 7", False),
        ("other/out.yaml", f"CodeUri: s3://releases/{DIGEST}", True),
    ],
)
def test_a_packaged_copy_is_left_out_beside_its_original(name: str, uri: str, kept: bool) -> None:
    copy = function("Orders", "app.handler", uri, "AWS::Serverless::Function")
    files = {
        "app.yaml": template(sam("Orders", "app.handler", "src")),
        name: template(copy),
        "src/app.py": HANDLER,
    }
    assert (name in {one.template for one in project(files).functions}) is kept


BUILDS = """\
import os

import boto3

TABLE = os.environ["TABLE"]


def handle(event, context):
    return boto3.client("s3").list_buckets()


def other(event, context):
    return boto3.client("sqs").list_queues()
"""
AWAY = {
    "template.yaml": template(function("Plumbing", "src/plumbing.handle")),
    "src/plumbing.py": BUILDS,
}


def test_a_finding_says_why_the_code_is_taken_for_the_functions() -> None:
    found = {one.span.start: one for one in findings(AWAY, "connection-in-handler")}
    told, guessed = (found[one] for one in sorted(found))
    assert told.subjects == ("Plumbing",)
    assert [one.message for one in told.related] == [
        "Plumbing runs handle (the only file that its handler names; the package is in S3)"
    ]
    assert [one.message for one in guessed.related] == [
        "which function other is the handler of is not known: "
        "it is taken for a handler by its signature"
    ]


def test_of_code_that_may_be_meant_it_is_said_which_function_may_run_it() -> None:
    files = {**AWAY, "old/src/plumbing.py": f"# older\n{BUILDS}"}
    files["template.yaml"] = template(function("P", "plumbing.handle"))
    found = findings(files, "connection-in-handler")
    assert _related(found, "template.yaml") == {
        "P may run it; where its code lies is not known: handle is taken for a handler by its signature"
    }


TOLD = "its code is to lie in {}, which is not here: handle is taken for a handler by its signature"


@pytest.mark.parametrize(
    ("path", "runs"),
    [
        ("jobs/orders/plumbing.py", True),
        ("jobs/order/src/plumbing.py", True),
        ("new_orders/plumbing.py", True),
        ("jobs/users/plumbing.py", False),
        ("lambdas/src/plumbing.py", False),
    ],
)
@pytest.mark.parametrize("uri", ["../lambdas/acme-orders/src", "lambdas/acme-orders/src"])
def test_of_a_folder_that_is_not_here_no_file_of_another_name_is_run(
    uri: str, path: str, *, runs: bool
) -> None:
    functions = (sam(name, "plumbing.handle", uri) for name in ("P", "Q"))
    files = {"template.yaml": template(*functions), path: BUILDS, f"old/{path}": f"# a\n{BUILDS}"}
    told = TOLD.format(uri)
    expected = {f"P may run it; {told}", f"Q may run it; {told}"} if runs else set()
    assert _related(findings(files, "connection-in-handler"), "template.yaml") == expected


@pytest.mark.parametrize("uri", ["../build/acme-orders.zip", "dist/acme-orders", "src/lambda"])
def test_what_a_build_makes_may_hold_a_file_of_any_name(uri: str) -> None:
    functions = (sam(name, "plumbing.handle", uri) for name in ("P", "Q"))
    path = "jobs/users/plumbing.py"
    files = {"template.yaml": template(*functions), path: BUILDS, f"old/{path}": f"# a\n{BUILDS}"}
    assert len(_related(findings(files, "connection-in-handler"), "template.yaml")) == 2


def test_a_function_whose_code_is_known_runs_no_other_file() -> None:
    files = {**AWAY, "old/src/plumbing.py": f"# older\n{BUILDS}"}
    files["template.yaml"] = template(function("P", "plumbing.handle"))
    files["src/app/template.yaml"] = files.pop("template.yaml")
    assert tied(files) == {"P": "src/plumbing.py"}
    told = _related(findings(files, "connection-in-handler"), "old/src/plumbing.py")
    assert {one.partition(": ")[0] for one in told} == {
        "which function handle is the handler of is not known",
        "which function other is the handler of is not known",
    }


def _related(found: Iterable[Finding], path: str) -> set[str]:
    return {one.message for each in found for one in each.related if one.span.path == path}


def test_of_a_file_and_its_copies_it_is_the_one_that_lies_least_deep() -> None:
    files: dict[str, str | bytes] = {
        "infra/template.yaml": template(function("P", "plumbing.handle"))
    }
    files |= {"back/plumbing.py": HANDLE, "back/build/plumbing.py": HANDLE}
    assert tied(files) == {"P": "back/plumbing.py"}
    assert tied({**files, "back/build/plumbing.py": f"{HANDLE}\n"}) == {}
    common = {path.replace("plumbing", "app"): text for path, text in files.items()}
    common["infra/template.yaml"] = template(function("P", "app.handle"))
    assert tied(common) == {}


UNREAD = {
    "an encoding that is none": b"# coding: klingon\n" + HANDLER.encode(),
    "binary": b"\0\xff" + HANDLER.encode(),
}


@pytest.mark.parametrize("text", UNREAD.values(), ids=UNREAD)
def test_a_function_whose_code_is_here_and_not_read_lends_no_other_file_its_triggers(
    text: bytes,
) -> None:
    other = (
        "import boto3\n\n\ndef handler(event, context):\n    boto3.client('s3').list_buckets()\n"
    )
    api = "\n      Events: {A: {Type: Api, Properties: {Path: /, Method: get}}}\n"
    files = {"template.yaml": template(sam("Orders", "app.handler", "s3://b/k.zip") + api)}
    files["healer/app.py"] = other
    (one,) = findings(files, "connection-in-handler")
    assert one.severity is Severity.WARNING
    both: dict[str, str | bytes] = {**files, "orders/app.py": text}
    assert tied(both) == {"Orders": "orders/app.py"}
    (one,) = findings(both, "connection-in-handler")
    assert one.severity is Severity.INFORMATION
    assert not [said for said in one.related if "Orders" in said.message]


def test_a_variable_that_the_code_needs_is_missed() -> None:
    (found,) = findings(AWAY, "undefined-environment-variable")
    assert found.subjects == ("Plumbing",)


@pytest.mark.parametrize(
    "rule", ["unused-environment-variable", "package-too-large", "handler-not-found"]
)
def test_what_else_is_in_the_package_stays_unknown(rule: str) -> None:
    variables = "Environment: {Variables: {TABLE: orders, NEVER_READ: x}}"
    name = function("Plumbing", "src/plumbing.handle", f"{S3}\n      {variables}")
    assert not findings({**AWAY, "template.yaml": template(name)}, rule)


@pytest.mark.parametrize(
    ("handler", "path", "read"),
    [
        ("plumbing.handle", "src/plumbing.py", True),
        ("src/plumbing.handle", "src/plumbing.py", True),
        ("plumbing.handle", "src/plumbing/__init__.py", True),
        ("pipes.handle", "src/plumbing.py", False),
        ("other/plumbing.handle", "src/plumbing.py", False),
    ],
)
def test_of_one_file_alone_the_templates_are_read_that_may_name_it(
    handler: str, path: str, read: bool
) -> None:
    away = f"# plumbing\n{template(function('P', handler))}"
    files = {"infra/app.yaml": away, path: BUILDS, "src/pipes.py": BUILDS}
    built = build(MemoryTree(files), (path,), Catalog(), date(2026, 11, 23))
    assert bool(built.functions) is read
    (found, *_) = check(built, [registry.load(plugins=False)["connection-in-handler"]])
    assert found.subjects == (("P",) if read else ())


def test_a_template_whose_code_is_elsewhere_is_not_read_for_a_file_of_the_same_name() -> None:
    other = f"# ../src/ plumbing\n{template(sam('P', 'plumbing.handle', 'here'))}"
    files = {"infra/app.yaml": other, "infra/here/plumbing.py": BUILDS, "src/plumbing.py": BUILDS}
    built = build(MemoryTree(files), ("src/plumbing.py",), Catalog(), date(2026, 11, 23))
    assert not built.functions


def test_a_folder_that_is_missing_is_told_still() -> None:
    files = {**AWAY, "template.yaml": template(sam("P", "plumbing.handle", "./no-such"))}
    assert tied(files) == {"P": "src/plumbing.py"}
    assert len(findings(files, "code-uri-missing")) == 1


FOLDERS = ["users/show", "users/delete", "users/tags/index", "orders/index", "orders/items/add"]


def test_folders_that_spell_a_name_out_tell_functions_of_one_thing_apart() -> None:
    files = {f"src/handlers/{folder}/handler.py": HANDLER for folder in FOLDERS}
    names = {folder.replace("/", " ").title().replace(" ", ""): folder for folder in FOLDERS}
    uris = {
        name: f"Code: ./deploy/{folder.replace('/', '_')}.zip" for name, folder in names.items()
    }
    named = [function(name, "handler.handler", uri) for name, uri in uris.items()]
    assert tied({**files, "template.yaml": template(*named)}) == {
        name: f"src/handlers/{folder}/handler.py" for name, folder in names.items()
    }


@pytest.mark.parametrize("name", ["MuteUsersAdd", "MuteUsersDelete", "UsersDelete"])
def test_what_follows_the_words_of_a_folder_in_a_name_is_of_another(name: str) -> None:
    files = {f"src/{one}/handler.py": HANDLER for one in ("mute_users/index", "orders/index")}
    code = "Code: {S3Bucket: releases, S3Key: v1/package.zip}"
    assert tied({**files, "template.yaml": template(function(name, "handler.handler", code))}) == {}


def image(name: str, command: str, uri: str = "!Ref Uri") -> str:
    return f"""\
  {name}:
    Type: AWS::Lambda::Function
    Properties:
      PackageType: Image
      Code: {{ImageUri: {uri}}}
      ImageConfig: {{Command: {command}}}
"""


@pytest.mark.parametrize("uri", ["!Ref Uri", "123456789012.dkr.ecr.eu-west-1.amazonaws.com/x:1"])
def test_what_an_image_is_told_to_run_names_its_file(uri: str) -> None:
    files = {
        "template.yaml": template(image("Sign", "[app.sign.handle]", uri)),
        "app/sign.py": HANDLE,
        "app/other.py": HANDLE,
    }
    assert tied(files) == {"Sign": "app/sign.py"}


@pytest.mark.parametrize(
    "command",
    ["[app.none.handle]", "[app.sign.other]", "!Ref Command", "[python, app.sign.handle]", "[run]"],
)
def test_an_image_that_is_told_something_else_is_tied_to_nothing(command: str) -> None:
    files = {"template.yaml": template(image("Sign", command)), "app/sign.py": HANDLE}
    assert tied(files) == {}


def test_of_a_common_name_it_is_not_known_which_image_runs_it() -> None:
    files = {
        "template.yaml": template(image("One", "[app.handler]"), image("Two", "[app.handler]")),
        "src/app.py": HANDLER,
    }
    assert tied(files) == {}


def test_variables_may_stand_in_an_image_whose_making_is_not_known() -> None:
    text = f'import os\nTABLE = os.environ["TABLE"]\n{HANDLE}'
    files = {"template.yaml": template(image("Sign", "[app.sign.handle]")), "app/sign.py": text}
    assert findings(files, "undefined-environment-variable") == ()


def test_a_function_whose_name_is_computed_is_told_by_its_template() -> None:
    files = {**AWAY, "old/src/plumbing.py": f"# older\n{BUILDS}"}
    files["template.yaml"] = template(function("P", "plumbing.handle"))
    built = project(files)
    (handler,) = (
        one for one in built.handlers if one.span.path == "src/plumbing.py" and one.name == "handle"
    )
    away = [dataclasses.replace(one, name="${function_id}") for one in built.functions]
    (told,) = handler_declared(handler, {"plumbing": away}, {})
    assert told.message.startswith("a function of template.yaml may run it; ")


PLACEHOLDER = "Code: {ZipFile: the pipeline brings it}"


def test_code_of_a_template_that_only_holds_the_place_of_a_module() -> None:
    files = {
        "template.yaml": template(function("Load", "loading.handle", PLACEHOLDER)),
        "build/loading.py": HANDLE,
    }
    assert tied(files) == {"Load": "build/loading.py"}
    assert [one.by_signature for one in project(files).handlers] == [False]


@pytest.mark.parametrize(
    ("handler", "path"),
    [
        ("index.handle", "build/index.py"),
        ("loading.other", "build/loading.py"),
        ("loading.handle", "build/reloading.py"),
    ],
    ids=["the code is the module", "no such function", "no such module"],
)
def test_code_of_a_template_that_is_meant(handler: str, path: str) -> None:
    files = {
        "template.yaml": template(function("Load", handler, PLACEHOLDER)),
        path: HANDLE,
    }
    assert tied(files) == {}


def test_a_package_says_that_it_is_the_latest_one() -> None:
    text = function("Fn", "app.handle", "Code: ../away/orders-api-lambda-latest.zip")
    files = {"infra/app.yaml": template(text), "code/orders-api/app.py": HANDLE}
    assert tied({**files, "code/auth/app.py": OTHER}) == {"Fn": "code/orders-api/app.py"}


@pytest.mark.parametrize(("most", "whole"), [(4, True), (3, False)])
def test_more_files_than_are_looked_at_are_told(
    most: int, whole: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lamlint.project.tie._MOST", most)
    code = {f"{name}/worker.py": f"def {name}(event, context): ...\n" for name in ("one", "two")}
    functions = (function(name, f"worker.{name}") for name in ("one", "two"))
    built = project({"template.yaml": template(*functions), **code})
    assert len(built.ties) == (2 if whole else 1)
    assert any("too many files" in one.reason for one in built.unread) is not whole
