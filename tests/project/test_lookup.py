"""Imports that a function's own code does not hold are found where the project surely has them."""

from __future__ import annotations

from datetime import date

import pytest

from lamlint import registry
from lamlint.catalog import Catalog
from lamlint.engine.check import check
from lamlint.project import build
from tests.memory import MemoryTree

STS = 'import boto3\n\n\ndef sts():\n    return boto3.client("sts")\n'
CALLS = "\n\ndef lambda_handler(event, context):\n    return {}.get_caller_identity()\n"


def handler(line: str, call: str = "sts()") -> str:
    return line + CALLS.format(call)


def template(code: str, layers: str = "", name: str = "app.lambda_handler") -> str:
    listed = f"      Layers: [{layers}]\n" if layers else ""
    return (
        "Transform: AWS::Serverless-2016-10-31\n"
        "Resources:\n"
        "  Fn:\n"
        "    Type: AWS::Serverless::Function\n"
        "    Properties:\n"
        f"      CodeUri: {code}\n"
        f"      Handler: {name}\n"
        "      Runtime: python3.13\n" + listed
    )


def found(files: dict[str, str]) -> list[str]:
    """The files in which a connection is found to be built on each invocation."""
    built = build(MemoryTree(files), ("",), Catalog(), date(2026, 11, 23))
    rule = registry.load(plugins=False)["connection-in-handler"]
    return sorted({one.span.path for one in check(built, [rule])})


ABOVE = [
    ("source/parser/p.py", "from lib.wrap import sts", "sts()", "source/lib/wrap.py"),
    ("source/parser/p.py", "import lib.wrap", "lib.wrap.sts()", "source/lib/wrap.py"),
    ("source/parser/p.py", "from lib import wrap", "wrap.sts()", "source/lib/wrap.py"),
    ("source/parser/p.py", "from lib import wrap as w", "w.sts()", "source/lib/wrap.py"),
    ("source/a/b/c/p.py", "from lib.wrap import sts", "sts()", "source/lib/wrap.py"),
    ("source/app/pkg/handler/go.py", "from pkg.aws import sts", "sts()", "source/app/pkg/aws.py"),
    ("src/pkg/go.py", "from pkg.aws import sts", "sts()", "src/pkg/aws.py"),
    ("src/pkg/go.py", "from src.pkg.aws import sts", "sts()", "src/pkg/aws.py"),
    ("code/functions/a/p.py", "import wrap", "wrap.sts()", "code/functions/wrap.py"),
    ("app/pkg/handlers/go.py", "from ..aws import sts", "sts()", "app/pkg/aws.py"),
    ("app/pkg/handlers/go.py", "from .. import aws", "aws.sts()", "app/pkg/aws.py"),
]


@pytest.mark.parametrize(("path", "line", "call", "holding"), ABOVE)
def test_a_folder_above_the_handler_is_the_root(
    path: str, line: str, call: str, holding: str
) -> None:
    assert found({path: handler(line, call), holding: STS}) == [holding]


def test_the_package_may_give_the_name_by_itself() -> None:
    files = {"source/lib/__init__.py": "from lib.wrap import sts\n", "source/lib/wrap.py": STS}
    assert found({"source/a/p.py": handler("from lib import sts"), **files}) == [
        "source/lib/wrap.py"
    ]


def test_what_is_found_imports_from_the_same_root() -> None:
    files = {
        "source/a/p.py": handler("from lib.wrap import get", "get()"),
        "source/lib/wrap.py": "from other.aws import sts\n\n\ndef get():\n    return sts()\n",
        "source/other/aws.py": STS,
    }
    assert found(files) == ["source/other/aws.py"]


NOT_ABOVE = [
    {"source/lib/other.py": STS},
    {"source/lib/wrap.py": STS.replace("def sts", "def sns")},
    {"other/lib/wrap.py": STS, "more/lib/wrap.py": STS},
    {"source/tests/lib/wrap.py": STS},
    {"source/lib/wrap.py": STS, "requirements.txt": "lib==1.0\n"},
    {"source/lib/wrap.py": STS, "source/parser/requirements.txt": "python-lib\n"},
    {
        "source/lib/wrap.py": STS,
        "pyproject.toml": '[project]\nname = "x"\ndependencies = ["lib>=2"]\n',
    },
    {"source/lib/wrap.py": STS, "pyproject.toml": '[tool.poetry.dependencies]\nlib = "^2"\n'},
    {
        "source/lib/wrap.py": STS,
        ".venv/pyvenv.cfg": "",
        ".venv/lib/python3.12/site-packages/lib/__init__.py": "",
    },
]


@pytest.mark.parametrize("files", NOT_ABOVE)
def test_a_folder_without_the_import_or_with_a_required_name_is_not(files: dict[str, str]) -> None:
    assert found({"source/parser/p.py": handler("from lib.wrap import sts"), **files}) == []


@pytest.mark.parametrize("name", ["email", "secrets", "queue", "requests", "botocore", "yaml"])
def test_what_python_or_requirements_provide_is_not_looked_up(name: str) -> None:
    files = {
        "source/parser/p.py": handler(f"from {name}.wrap import sts"),
        f"source/{name}/wrap.py": STS,
        "requirements.txt": "PyYAML==6.0\n",
    }
    assert found(files) == []


def test_one_folder_holds_all_that_is_the_projects_own() -> None:
    files = {
        "a/b/c/p.py": handler("from lib.wrap import sts\nfrom far.away import x"),
        "a/b/lib/wrap.py": STS,
        "a/far/away.py": "x = 1\n",
    }
    assert found(files) == []
    assert found({**files, "a/lib/wrap.py": STS}) == ["a/lib/wrap.py"]


def test_an_import_that_may_fail_decides_nothing() -> None:
    line = "from lib.wrap import sts\ntry:\n    import far\nexcept ImportError:\n    far = None"
    files = {"a/b/c/p.py": handler(line), "a/b/lib/wrap.py": STS, "a/far/x.py": "", "far.py": ""}
    assert found(files) == ["a/b/lib/wrap.py"]


SHARED = [
    ("import wrap", "wrap.sts()", "layers/u/python/wrap.py", {}),
    ("from wrap import sts", "sts()", "layers/u/python/lib/python3.12/site-packages/wrap.py", {}),
    ("from pkg.aws import sts", "sts()", "lambda_layers/python/pkg/aws.py", {}),
    ("from pub.aws import sts", "sts()", "py/pub/pub/aws.py", {"py/pub/setup.py": "name='pub'"}),
    (
        "from pub.aws import sts",
        "sts()",
        "py/pub/src/pub/aws.py",
        {"py/pub/pyproject.toml": '[project]\nname = "acme-pub"\n'},
    ),
    (
        "from pub.aws import sts",
        "sts()",
        "py/p/pub/aws.py",
        {"py/p/setup.py": "from setuptools import setup\nsetup(packages=find_packages())\n"},
    ),
    (
        "from pub.aws import sts",
        "sts()",
        "py/p/code/pub/aws.py",
        {"py/p/setup.py": "setup(package_dir={'': 'code'}, packages=['pub'])\n"},
    ),
    ("from pub.aws import sts", "sts()", "py/p/pub/aws.py", {"py/p/setup.cfg": "packages = pub\n"}),
]


@pytest.mark.parametrize(("line", "call", "holding", "files"), SHARED)
def test_the_only_layer_or_distribution_with_the_name_is_taken(
    line: str, call: str, holding: str, files: dict[str, str]
) -> None:
    own = {"functions/login/app.py": handler(line, call), holding: STS, **files}
    assert found(own) == [holding]


@pytest.mark.parametrize(("line", "call", "holding", "files"), SHARED)
def test_where_two_could_be_meant_none_is(
    line: str, call: str, holding: str, files: dict[str, str]
) -> None:
    one = {"functions/login/app.py": handler(line, call), holding: STS, **files}
    top = line.split()[1].partition(".")[0]
    inner = holding[holding.rindex(f"/{top}") :]
    assert found({**one, f"more/python{inner}": STS}) == []


SAM = """\
Transform: AWS::Serverless-2016-10-31
Resources:
  Login:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: functions/login/
      Handler: app.lambda_handler
      Runtime: python3.13
"""
SOLE = [
    ("import wrap", "wrap.sts()", "shared/wrap.py"),
    ("from wrap import sts", "sts()", "functions/common_code/wrap.py"),
    ("from pkg.wrap import sts", "sts()", "libraries/a/pkg/wrap.py"),
]


@pytest.mark.parametrize(("line", "call", "holding"), SOLE)
def test_the_only_folder_with_the_name_is_taken_where_nothing_says_what_is_deployed(
    line: str, call: str, holding: str
) -> None:
    assert found({"functions/login/app.py": handler(line, call), holding: STS}) == [holding]


NOT_SOLE = [
    {"shared/wrap.py": STS, "more/wrap.py": STS},
    {"shared/wrap.py": STS, "more/wrap/__init__.py": ""},
    {"shared/wrap.py": STS.replace("def sts", "def sns")},
    {"functions/list/wrap.py": STS, "functions/list/app.py": handler("import json", "json")},
    {
        "functions/list/wrap.py": STS,
        "functions/list/app.py": "def lambda_handler(order, context):\n    return order\n",
    },
    {"shared/wrap.py": STS, "functions/login/requirements.txt": "wrap==1.0\n"},
    {"tests/python/wrap.py": STS},
    {"docs/layer/python/wrap.py": STS},
]


@pytest.mark.parametrize("files", NOT_SOLE)
def test_a_folder_that_may_not_be_meant_is_not(files: dict[str, str]) -> None:
    start = {"functions/login/app.py": handler("from wrap import sts", "sts()")}
    assert found({**start, **files}) == []


def test_the_only_folder_is_not_taken_where_a_template_names_what_is_deployed() -> None:
    files = {
        "functions/login/app.py": handler("import wrap", "wrap.sts()"),
        "shared/wrap.py": STS,
        "template.yaml": SAM,
    }
    assert found(files) == []


def test_the_layer_of_the_same_project_is_taken() -> None:
    files = {
        "one/functions/a/app.py": handler("import wrap", "wrap.sts()"),
        "one/serverless.yml": "service: one\n",
        "one/layer/python/wrap.py": STS,
        "two/layer/python/wrap.py": STS,
    }
    assert found(files) == ["one/layer/python/wrap.py"]


LAYERS = [
    '"{{resolve:ssm:/shared/layer}}"',
    "arn:aws:lambda:eu-west-1:123456789012:layer:shared:3",
    "!ImportValue Shared",
    "!Ref SharedLayer",
]


@pytest.mark.parametrize("layer", LAYERS)
def test_a_layer_that_another_stack_makes_may_lie_in_the_project(layer: str) -> None:
    files = {
        "template.yaml": template("functions/a", layer),
        "functions/a/app.py": handler("import wrap", "wrap.sts()"),
    }
    assert found({**files, "layers/u/python/wrap.py": STS}) == ["layers/u/python/wrap.py"]
    assert found({**files, "wrap.py": STS}) == []
    assert found({**files, "functions/wrap.py": STS}) == []
    assert found({**files, "wrap/wrap.py": STS, "wrap/setup.py": "name='wrap'"}) == []


IN_DOCKER = """\
FROM python:3.13
COPY wrap wrap
RUN cd wrap && python -m build && pip install dist/wrap-1.0-py3-none-any.whl -t /out/python
"""


@pytest.mark.parametrize(
    ("dockerfile", "imported"),
    [
        (IN_DOCKER, True),
        (IN_DOCKER.replace("pip install", "pip3 install --no-deps"), True),
        (IN_DOCKER.replace("-t /", "--target=/"), True),
        (IN_DOCKER.replace(" -t /out/python", ""), False),
        (IN_DOCKER.replace("wrap", "other"), False),
        ("", False),
    ],
)
def test_a_layer_that_is_not_here_has_the_distribution_that_an_image_makes_one_of(
    dockerfile: str, imported: bool
) -> None:
    files = {
        "template.yaml": template("functions/a", "!ImportValue Shared"),
        "functions/a/app.py": handler("from wrap.aws import sts"),
        "layer/Dockerfile": dockerfile,
        "layer/wrap/setup.py": "setup(name='wrap', package_dir={'': 'src'})\n",
        "layer/wrap/src/wrap/aws.py": STS,
    }
    assert found(files) == (["layer/wrap/src/wrap/aws.py"] if imported else [])


LOCAL_LAYER = """
  Tools:
    Type: AWS::Serverless::LayerVersion
    Properties: {ContentUri: layers}
    Metadata: {BuildMethod: makefile}
"""
DISTRIBUTIONS = [
    ("layers/src/wrap.py", {"layers/pyproject.toml": '[tool.poetry]\nname = "tools"\n'}),
    ("layers/src/wrap/__init__.py", {"layers/setup.py": "setup(package_dir={'': 'src'})\n"}),
    ("layers/tools/src/wrap.py", {"layers/tools/pyproject.toml": '[project]\nname = "tools"\n'}),
]


@pytest.mark.parametrize(("holding", "files"), DISTRIBUTIONS)
def test_a_layer_of_a_distribution_has_what_building_it_installs(
    holding: str, files: dict[str, str]
) -> None:
    own = {
        "template.yaml": template("functions/a", "!Ref Tools") + LOCAL_LAYER,
        "functions/a/app.py": handler("import wrap", "wrap.sts()"),
        holding: STS,
    }
    assert found({**own, **files}) == [holding]
    assert found(own) == []
    assert found({**own, **files, "layers/b/src/wrap.py": STS, "layers/b/setup.py": ""}) == []
    other = template("functions/a") + LOCAL_LAYER
    assert found({**own, **files, "template.yaml": other}) == []


def test_a_function_without_layers_imports_from_none() -> None:
    files = {
        "template.yaml": template("functions/a"),
        "functions/a/app.py": handler("import wrap", "wrap.sts()"),
        "layers/u/python/wrap.py": STS,
    }
    assert found(files) == []


@pytest.mark.parametrize("code", ["s3://bucket/key.zip", "build/", "!Ref Code"])
def test_a_file_that_is_tied_to_a_function_has_its_root_above(code: str) -> None:
    files = {
        "template.yaml": template(code, name="parser.lambda_handler"),
        "source/parse/parser.py": handler("from lib.wrap import sts"),
        "source/lib/wrap.py": STS,
    }
    assert found(files) == ["source/lib/wrap.py"]


@pytest.mark.parametrize(
    "line", ["from pub import aws", "from . import aws", "from .aws import sts"]
)
def test_a_package_that_imports_its_own_module_still_has_it(line: str) -> None:
    files = {"pub/__init__.py": f"{line}\n", "pub/aws.py": STS}
    assert found({"app.py": handler("import pub", "pub.aws.sts()"), **files}) == ["pub/aws.py"]


def not_found(files: dict[str, str]) -> set[tuple[str, str]]:
    """The imports of all handlers that no file is known for, and why."""
    built = build(MemoryTree(files), ("",), Catalog(), date(2026, 11, 23))
    return {(one.module, one.reason) for one in built.not_found}


NOWHERE = "neither its code nor its requirements have it"


def test_what_is_not_found_is_told_with_its_reason() -> None:
    own = {"functions/login/app.py": handler("import wrap.aws\nimport json, boto3", "wrap.x()")}
    assert not_found(own) == {("wrap.aws", NOWHERE)}
    assert not_found({**own, "requirements.txt": "wrap\n"}) == set()
    two = {"one/python/wrap/aws.py": STS, "two/python/wrap/aws.py": STS}
    assert not_found({**own, **two}) == {("wrap.aws", "one/python and two/python have it")}
    assert not_found({**own, "one/python/wrap/aws.py": STS}) == set()


def test_a_layer_that_is_not_here_may_bring_what_is_not_found() -> None:
    own = {"functions/a/app.py": handler("import wrap", "wrap.sts()")}
    layer = {"template.yaml": template("functions/a", LAYERS[0])}
    told = "a layer that is not in the project may bring it"
    assert not_found({**own, **layer}) == {("wrap", told)}
    assert not_found({**own, "template.yaml": template("functions/a")}) == {("wrap", NOWHERE)}


def test_a_line_that_may_fail_misses_nothing() -> None:
    line = "try:\n    import wrap\nexcept ImportError:\n    wrap = None"
    assert not_found({"functions/a/app.py": handler(line, "wrap.sts()")}) == set()


STACK = """\
from aws_cdk import App, BundlingOptions, DockerVolume, Stack
from aws_cdk import aws_lambda as _lambda
from aws_cdk.aws_lambda_python_alpha import PythonFunction

class Album(Stack):
    def __init__(self, scope, name):
        super().__init__(scope, name)
        {made}

Album(App(), "Album")
"""
FUNCTION = """_lambda.Function(
            self, "Fn", runtime=_lambda.Runtime.PYTHON_3_13, handler="app.lambda_handler",
            code=_lambda.Code.from_asset("lambdas/fn"{bundling}),
        )"""
PYTHON = """PythonFunction(
            self, "Fn", entry="lambdas/fn", index="app.py", handler="lambda_handler",
            runtime=_lambda.Runtime.PYTHON_3_13{bundling},
        )"""
IMAGE = "_lambda.Runtime.PYTHON_3_13.bundling_image"
COMMAND = ', bundling=BundlingOptions(image={}, command=["bash", "-c", "{}"])'
VOLUMES = (
    ", bundling=BundlingOptions(volumes=[DockerVolume(\n"
    '        host_path="lambdas/shared", container_path="/x")])'
)
BUNDLINGS = {
    "a command": (
        COMMAND.format(IMAGE, "cp -r . /asset-output && cp -r ../shared /asset-output"),
        1,
    ),
    "files": (COMMAND.format(IMAGE, "mkdir /out/shared && cp ../shared/*.py /out/shared"), 1),
    "a volume": (VOLUMES, 1),
    "another folder": (COMMAND.format(IMAGE, "cp -r . /asset-output && cp -r ../common /x"), 0),
    "it installs": (COMMAND.format(IMAGE, "pip install -r shared/requirements.txt"), 0),
    "nothing": ("", 0),
}


@pytest.mark.parametrize("made", [FUNCTION, PYTHON], ids=["Function", "PythonFunction"])
@pytest.mark.parametrize(("bundling", "count"), BUNDLINGS.values(), ids=BUNDLINGS)
def test_what_a_bundling_copies_is_imported_from_above(
    made: str, bundling: str, count: int
) -> None:
    files = {
        "cdk.json": '{"app": "python app.py"}',
        "app.py": STACK.format(made=made.format(bundling=bundling)),
        "lambdas/fn/app.py": handler("from shared.wrap import sts"),
        "lambdas/shared/wrap.py": STS,
    }
    assert found(files) == ["lambdas/shared/wrap.py"] * count


LAYER = """\
  Shared:
    Type: AWS::Serverless::LayerVersion
    Properties:
      ContentUri: layers/shared
"""


@pytest.mark.parametrize(
    ("folder", "known"),
    [("python", True), ("python/lib/python3.13/site-packages", True), ("", False),
     ("python/lib/python3.9/site-packages", False), ("lib/python3.13/site-packages", False)],
)  # fmt: skip
def test_a_layer_is_imported_from_as_the_functions_runtime_does(folder: str, known: bool) -> None:
    holding = "/".join(filter(None, ("layers/shared", folder, "wrap.py")))
    files = {
        "template.yaml": template("src", "!Ref Shared") + LAYER,
        "src/app.py": handler("import wrap", "wrap.sts()"),
        holding: STS,
    }
    assert found(files) == [holding] * known


SERVICE = """\
service: a
provider: {{name: aws, runtime: python3.13}}
{}functions:
  a:
    handler: functions/app.lambda_handler
{}"""
UNKNOWN = "    layers: ['arn:aws:lambda:eu-west-1:123456789012:layer:shared:4']\n"
PACKED = [
    ("", "", True),
    ("", UNKNOWN, True),
    ("package: {patterns: ['!shared/tests/**']}\n", UNKNOWN, True),
    ("package: {patterns: ['!shared/**', 'shared/wrap.py', 'shared/__init__.py']}\n", "", True),
    ("package: {patterns: ['!**', 'functions/**', 'shared/**']}\n", UNKNOWN, True),
    ("package: {patterns: ['${ssm:/patterns}', '!shared/**']}\n", UNKNOWN, True),
    ("package: {patterns: ['!shared/**']}\n", "", False),
    ("package: {patterns: ['!shared/**']}\n", UNKNOWN, False),
    ("package: {exclude: ['shared/**']}\n", UNKNOWN, False),
    ("package: {patterns: ['!**', 'functions/**']}\n", UNKNOWN, False),
    ("", f"    package: {{patterns: ['!shared/**']}}\n{UNKNOWN}", False),
]


@pytest.mark.parametrize(("service", "function", "is_there"), PACKED)
def test_what_is_left_out_of_the_package_is_not_imported(
    service: str, function: str, is_there: bool
) -> None:
    files = {
        "serverless.yml": SERVICE.format(service, function),
        "functions/app.py": handler("from shared.wrap import sts"),
        "shared/__init__.py": "",
        "shared/wrap.py": STS,
    }
    assert found(files) == ["shared/wrap.py"] * is_there


def test_what_is_left_out_of_the_package_may_lie_in_a_layer() -> None:
    layers = "    layers: [!Ref SharedLambdaLayer]\nlayers: {shared: {path: layer}}\n"
    files = {
        "serverless.yml": SERVICE.format("package: {patterns: ['!layer/**']}\n", layers),
        "functions/app.py": handler("from shared.wrap import sts"),
        "layer/python/shared/wrap.py": STS,
    }
    assert found(files) == ["layer/python/shared/wrap.py"]


def test_functions_of_one_folder_may_leave_out_different_files() -> None:
    other = (
        "  b:\n    handler: functions/app.lambda_handler\n    package: {patterns: ['!shared/**']}\n"
    )
    files = {
        "serverless.yml": SERVICE.format("", other),
        "functions/app.py": handler("from shared.wrap import sts"),
        "shared/wrap.py": STS,
    }
    assert found(files) == ["shared/wrap.py"]
