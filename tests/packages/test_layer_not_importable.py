"""A layer is told only where nothing may put its modules into a folder that Python imports from."""

from __future__ import annotations

from datetime import date

import pytest

from lamlint import registry
from lamlint.catalog import Catalog
from lamlint.engine.check import check
from lamlint.project import build
from lamlint.text import Finding, Severity
from tests.memory import MemoryTree

RULE = "layer-not-importable"
SAM = """\
Transform: AWS::Serverless-2016-10-31
Resources:
  Fn:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: hello/
      Handler: app.handler
      Runtime: python3.13
      Layers: [!Ref Shared{layers}]
{more}
  Shared:
    Type: AWS::Serverless::LayerVersion
    {metadata}
    Properties: {{ContentUri: layers/shared/}}
"""
NO_METHOD = "DeletionPolicy: Delete"
APP = "import prices\n\n\ndef handler(event, context):\n    return prices.of(event)\n"
TRIED = APP.replace(
    "import prices\n", "try:\n    import prices\nexcept ImportError:\n    prices = None\n"
)
PRICES = {"layers/shared/prices.py": "def of(event):\n    return 1\n"}


def told(files: dict[str, str], rule: str = RULE) -> list[Finding]:
    built = build(MemoryTree(files), ("",), Catalog(), date(2026, 11, 23))
    return list(check(built, [registry.load(plugins=False)[rule]]))


def sam(
    own: dict[str, str],
    *,
    app: str = APP,
    metadata: str = NO_METHOD,
    layers: str = "",
    more: str = "",
) -> list[Finding]:
    template = SAM.format(metadata=metadata, layers=layers, more=more)
    return told({"template.yaml": template, "hello/app.py": app, **own})


def test_what_is_surely_imported_is_an_error() -> None:
    (finding,) = sam(PRICES)
    assert finding.severity is Severity.ERROR
    assert "every invocation of Fn fails at the import of prices" in finding.message
    assert finding.message.endswith(": move its modules into layers/shared/python")
    assert [one.span.path for one in finding.related] == ["hello/app.py"]


def test_a_package_that_is_the_layer_itself_belongs_below_python() -> None:
    (finding,) = sam(PRICES, app=APP.replace("import prices", "from shared import prices"))
    assert finding.severity is Severity.ERROR
    assert finding.message.endswith(": move its modules into layers/shared/python/shared")


def test_what_a_module_of_the_code_imports_counts() -> None:
    own = {**PRICES, "hello/more.py": "import prices\n"}
    (finding,) = sam(own, app=APP.replace("import prices", "import more"))
    assert finding.severity is Severity.ERROR
    assert [one.span.path for one in finding.related] == ["hello/more.py"]


def test_a_library_folder_without_python_around_it_is_none() -> None:
    (finding,) = sam(
        {"layers/shared/lib/python3.13/site-packages/prices/__init__.py": "of = len\n"}
    )
    assert finding.severity is Severity.ERROR


WARNED = {
    "it is tried": ({}, {"app": TRIED}),
    "it is imported later": (
        {},
        {"app": "def handler(event, context):\n    import prices\n    return prices\n"},
    ),
    "nobody imports it": ({}, {"app": "def handler(event, context):\n    return 1\n"}),
    "another layer may have it": (
        {},
        {"layers": ", 'arn:aws:lambda:eu-west-1:123456789012:layer:x:1'"},
    ),
    "the code asks for one of its name": ({"hello/requirements.txt": "prices\n"}, {}),
    "the code changes its path": (
        {},
        {"app": "import os, sys\nsys.path.append(os.environ['MORE'])\n" + APP},
    ),
    "the folder on the path is named": (
        {},
        {"app": "import sys\nsys.path.append('/opt/python')\n" + TRIED},
    ),
}


@pytest.mark.parametrize("case", WARNED)
def test_where_no_function_surely_fails_it_is_a_warning(case: str) -> None:
    own, how = WARNED[case]
    (finding,) = sam({**PRICES, **own}, **how)
    assert finding.severity is Severity.WARNING, case


def test_the_folder_on_the_path_helps_nobody() -> None:
    (finding,) = sam(PRICES, app="import sys\nsys.path.append('/opt/python')\n" + APP)
    assert finding.severity is Severity.ERROR


METHOD = "Metadata: {{BuildMethod: {}}}"
OPT = """\
      Environment: {{Variables: {{{}}}}}"""
SILENT = {
    "python is there": ({"layers/shared/python/other.py": ""}, {}),
    "SAM builds it": ({}, {"metadata": METHOD.format("python3.13")}),
    "a Makefile builds it": ({}, {"metadata": METHOD.format("makefile")}),
    "a script makes the folder": (
        {"build.sh": "cp layers/shared/*.py layers/shared/python/\n"},
        {},
    ),
    "a script makes it by a variable": (
        {"scripts/all.sh": 'for layer in layers/*; do mkdir -p "$layer/python"; done\n'},
        {},
    ),
    "a script goes there": ({"build.sh": "cd layers/shared\nmkdir python\ncp *.py python\n"}, {}),
    "PowerShell makes it": ({"b.ps1": "Copy-Item layers\\shared\\*.py build\\python\\\n"}, {}),
    "a script in Python makes it": (
        {"make_layer.py": 'copy(LAYER / "shared", OUT / "python")\n'},
        {},
    ),
    "a workflow makes it": (
        {".github/workflows/ci.yml": "run: |\n  zip -r layer.zip python\n"},
        {},
    ),
    "it is ignored": ({".gitignore": "layers/shared/python\n"}, {}),
    "the layer has a script of its own": ({"layers/shared/build.sh": "pip install -t x .\n"}, {}),
    "the layer is a distribution": ({"layers/shared/setup.py": "setup()\n"}, {}),
    "PYTHONPATH": ({}, {"more": OPT.format("PYTHONPATH: /opt")}),
    "PYTHONPATH below": ({}, {"more": OPT.format("PYTHONPATH: '/var/task:/opt/lib'")}),
    "PYTHONPATH is not known": ({}, {"more": OPT.format("PYTHONPATH: !Ref Path")}),
    "sys.path": ({}, {"app": "import sys\nsys.path.insert(0, '/opt')\n" + APP}),
    "a file of it is read": ({}, {"app": TRIED + "\nX = open('/opt/prices.py').read()\n"}),
    "a wrapper": ({}, {"more": OPT.format("AWS_LAMBDA_EXEC_WRAPPER: /opt/run")}),
}


@pytest.mark.parametrize("case", SILENT)
def test_silent_where_something_may_bring_it(case: str) -> None:
    own, how = SILENT[case]
    assert sam({**PRICES, **own}, **how) == [], case


def test_other_variables_say_nothing() -> None:
    (finding,) = sam(PRICES, more=OPT.format("PYTHONPATH: /var/task/x, MORE: /optional"))
    assert finding.severity is Severity.ERROR


NO_PYTHON = {
    "binaries": {"layers/shared/bin/ffmpeg": "x"},
    "data": {"layers/shared/data.json": "{}"},
    "fonts": {"layers/shared/fonts/a.ttf": "x"},
    "an extension": {"layers/shared/extensions/run": "x", "layers/shared/main.py": "X = 1\n"},
    "node": {"layers/shared/nodejs/package.json": "{}"},
    "a script": {"layers/shared/x.bin": "x", "layers/shared/build_it.py": "X = 1\n"},
    "one that is started": {
        "layers/shared/x.bin": "x",
        "layers/shared/fetch.py": "if __name__ == '__main__':\n    pass\n",
    },
}


@pytest.mark.parametrize("case", NO_PYTHON)
def test_silent_for_layers_without_python(case: str) -> None:
    app = "def handler(event, context):\n    return 1\n"
    assert sam(NO_PYTHON[case], app=app) == [], case


def test_each_function_is_asked_for_its_own_layers() -> None:
    more = """\
  Other:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: hello/
      Handler: app.handler
      Runtime: python3.13
      Layers: [!Ref Shared, !Ref Right]
  Right:
    Type: AWS::Serverless::LayerVersion
    Properties: {ContentUri: layers/right/}"""
    (finding,) = sam({**PRICES, "layers/right/python/prices.py": "of = len\n"}, more=more)
    assert finding.severity is Severity.ERROR
    assert "of Fn fails" in finding.message


# --- what is run


CONNECTING = "import boto3\n\n\ndef of(event):\n    return boto3.client('s3').list_buckets()\n"


def test_code_of_a_layer_that_is_not_imported_is_not_run() -> None:
    def connections(path: str) -> list[str]:
        template = SAM.format(metadata=NO_METHOD, layers="", more="")
        files = {"template.yaml": template, "hello/app.py": APP, path: CONNECTING}
        return [one.span.path for one in told(files, "connection-in-handler")]

    assert connections("layers/shared/prices.py") == []
    assert connections("layers/shared/python/prices.py") == ["layers/shared/python/prices.py"]


def test_a_handler_in_such_a_layer_is_told_once() -> None:
    own = {
        "template.yaml": SAM.format(metadata=NO_METHOD, layers="", more=""),
        "hello/other.py": "X = 1\n",
        "layers/shared/app.py": APP,
    }
    assert told(own, "handler-not-found") == []


# --- Terraform


CODE = """\
data "archive_file" "code" {{
  type        = "zip"
  source_file = "${{path.module}}/app.py"
  output_path = "${{path.module}}/code.zip"
}}
data "archive_file" "layer" {{
  type        = "zip"
  source_dir  = "${{path.module}}/{layer}"
  output_path = "${{path.module}}/layer.zip"
}}
resource "aws_lambda_layer_version" "layer" {{
  layer_name = "layer"
  filename   = data.archive_file.layer.output_path
}}
resource "aws_lambda_function" "fn" {{
  function_name = "fn"
  role          = "x"
  filename      = data.archive_file.code.output_path
  handler       = "app.handler"
  runtime       = "python3.13"
  layers        = [aws_lambda_layer_version.layer.arn]
}}
"""
PANDAS = "import pandas\n\n\ndef handler(event, context):\n    return pandas.DataFrame(event)\n"


def terraform(layer: str, own: dict[str, str], app: str = PANDAS) -> list[Finding]:
    return told({"main.tf": CODE.format(layer=layer), "app.py": app, **own})


def test_a_folder_python_that_a_script_fills_lies_at_the_top() -> None:
    script = {"build.sh": "pip install -r requirements.txt --target .build/layer/python\n"}
    (finding,) = terraform(".build/layer/python", script)
    assert finding.severity is Severity.ERROR
    assert "name the folder above instead of .build/layer/python" in finding.message
    assert terraform(".build/layer", script) == []


def test_a_folder_python_may_be_filled_by_powershell() -> None:
    script = {
        "build.ps1": '$Out = Join-Path $Root ".build" "layer" "python"\npip install -t $Out\n'
    }
    assert len(terraform(".build/layer/python", script)) == 1


def test_what_else_the_code_may_bring_makes_it_a_warning() -> None:
    script = {"build.sh": "pip install -r requirements.txt --target .build/layer/python\n"}
    (finding,) = terraform(
        ".build/layer/python", script, "import json\n\n\ndef handler(event, context):\n    pass\n"
    )
    assert finding.severity is Severity.WARNING


@pytest.mark.parametrize(
    "line",
    [
        "pip install -t .build/layers/python/python -r r.txt",
        "mkdir -p .build/layers/python && pip install -t $OUT/python -r r.txt",
        "pip install -t .build/layers/python/$KIND -r r.txt",
        "pip install -t elsewhere/python -r r.txt",
        "make layers",
    ],
)
def test_a_folder_python_may_be_that_of_the_language(line: str) -> None:
    assert terraform(".build/layers/python", {"build.sh": f"{line}\n"}) == []


def test_a_folder_python_of_the_project_lies_at_the_top_too() -> None:
    app = APP
    (finding,) = terraform("layer/python", {"layer/python/prices.py": "of = len\n"}, app)
    assert finding.severity is Severity.ERROR
    nested = {"layer/python/prices.py": "", "b.sh": "pip install prices -t layer/python/python\n"}
    assert terraform("layer/python", nested, app) == []


MODULE = """\
module "layer" {{
  source       = "terraform-aws-modules/lambda/aws"
  create_layer = true
  layer_name   = "shared"
  source_path  = {path}
}}
module "fn" {{
  source        = "terraform-aws-modules/lambda/aws"
  function_name = "fn"
  handler       = "app.handler"
  runtime       = "python3.13"
  source_path   = "${{path.module}}/hello"
  layers        = [module.layer.lambda_layer_arn]
}}
"""


def module(path: str) -> list[Finding]:
    return told({"main.tf": MODULE.format(path=path), "hello/app.py": TRIED, **PRICES})


def test_the_module_of_the_registry_packs_a_path_as_it_lies() -> None:
    assert len(module('"${path.module}/layers/shared"')) == 1


def test_the_module_of_the_registry_may_put_it_elsewhere() -> None:
    assert module('[{ path = "${path.module}/layers/shared", prefix_in_zip = "python" }]') == []
    assert module('[{ path = "${path.module}/layers/shared", commands = ["x"] }]') == []


# --- the CDK


STACK = """\
from aws_cdk import App, Stack, aws_lambda as lambda_, aws_lambda_python_alpha as python

class Orders(Stack):
    def __init__(self, scope, id):
        super().__init__(scope, id)
        shared = {layer}
        lambda_.Function(
            self, "Fn", runtime=lambda_.Runtime.PYTHON_3_13, handler="app.handler",
            code=lambda_.Code.from_asset("hello"), layers=[shared],
        )

app = App()
Orders(app, "Orders")
app.synth()
"""
ASSET = 'lambda_.LayerVersion(self, "Shared", code={})'


def cdk(layer: str) -> list[Finding]:
    files = {"cdk.json": '{"app": "python3 app.py"}', "app.py": STACK.format(layer=layer)}
    return told({**files, "hello/app.py": APP, **PRICES})


def test_the_cdk_packs_an_asset_as_it_lies() -> None:
    assert len(cdk(ASSET.format('lambda_.Code.from_asset("layers/shared")'))) == 1


@pytest.mark.parametrize(
    "layer",
    [
        ASSET.format('lambda_.Code.from_asset("layers/shared", bundling=BUNDLING)'),
        ASSET.format('lambda_.Code.from_asset("layers/shared", **options())'),
        ASSET.format('lambda_.Code.from_docker_build("layers/shared")'),
        ASSET.format('lambda_.Code.from_custom_command("layers/shared", ["make"])'),
        'python.PythonLayerVersion(self, "Shared", entry="layers/shared")',
    ],
)
def test_the_cdk_may_make_something_else_of_it(layer: str) -> None:
    assert cdk(layer) == []
