"""Texts that no file's name and no encoding can hold, wherever a project may write them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.command import Folder
from tests.dialects.cdk.stacks import stack

ODD = {
    "half a character": "\\ud800",
    "a byte that is no character": "\\udcff",
    "a null": "\\u0000",
    "controls and directions": "\\u001b[7m\\u202e\\u009b",
}
"""As JSON writes them, and HCL, and Python."""
X = "\N{MULTIPLICATION X}"
"""Where they stand."""

_CLOUDFORMATION = {
    f"F{X}": {
        "Type": "AWS::Serverless::Function",
        "Properties": {
            "CodeUri": f"src/{X}",
            "Handler": f"{X}.h",
            "Runtime": X,
            "Timeout": 1000,
            "Environment": {"Variables": {f"A{X}": X}},
        },
    },
    "Inline": {
        "Type": "AWS::Lambda::Function",
        "Properties": {
            "Code": {"ZipFile": f"NAME = '{X}'\ndef handler(event, context):\n    return NAME\n"},
            "Handler": "index.handler",
            "Runtime": "python3.13",
        },
    },
}
_SERVERLESS = {
    "service": X,
    "provider": {"name": "aws", "stage": X, "runtime": X, "environment": {f"A{X}": X}},
    "functions": {
        f"f{X}": {"handler": f"src/{X}.h", "name": X, "image": X, "timeout": 1000, "role": X},
        "g": {"handler": f"${{file({X}):a}}", "package": {"artifact": f"{X}.zip"}},
        "h": {"handler": f"{X}/app.h", "module": X, "layers": [X], "events": [{"sqs": X}]},
    },
    "custom": {X: f"${{file({X})}}"},
}
_TERRAFORM = f"""\
data "archive_file" "z" {{
  type        = "zip"
  source_dir  = "{X}"
  output_path = "{X}.zip"
}}
module "m" {{
  source = "./{X}"
}}
resource "aws_lambda_function" "f" {{
  function_name = "{X}"
  handler       = "{X}.h"
  filename      = data.archive_file.z.output_path
  timeout       = 1000
  description   = "${{file("{X}")}}${{base64encode("{X}")}}${{join("", fileset("{X}", "{X}"))}}"
  environment {{
    variables = {{ "A{X}" = "{X}" }}
  }}
}}
resource "aws_lambda_function" "g" {{
  function_name = "g"
  handler       = "app.h"
  filename      = "src/{X}.zip"
}}
"""
_CDK = (
    "import json",
    "from pathlib import Path",
    f"x = '{X}'",
    "y = [open(x).read(), json.load(open(x)), Path(x).exists(), (Path(x) / x).read_text()]",
    "_lambda.Function(self, x, handler=x, code=_lambda.Code.from_asset(x), environment={x: x})",
    "_lambda.Function(self, 'B', timeout=Duration.seconds(1000), code=_lambda.Code.from_inline(x))",
    "_lambda.Function(self, 'C', code=_lambda.Code.from_asset('src/' + x), layers=[x])",
)
_CHALICE = f"""\
from chalice import Chalice
app = Chalice(app_name='{X}')
@app.lambda_function(name='{X}')
def f(event, context): ...
@app.on_sqs_message(queue='{X}')
def g(event): ...
@app.route('/{X}')
def h(): ...
"""
_STAGES = {"stages": {X: {"iam_policy_file": X, "lambda_timeout": 1000}}, "app_name": X}
_ZAPPA = {X: {"app_function": f"{X}.app", "project_name": X, "s3_bucket": X, "timeout_seconds": 1000,
              "events": [{"function": f"{X}.f", "expression": X}], "extra_permissions": X}}  # fmt: skip

DIALECTS: Mapping[str, Mapping[str, str]] = {
    "CloudFormation": {"template.json": json.dumps({"Resources": _CLOUDFORMATION}, ensure_ascii=False)},
    "Serverless": {"serverless.json": json.dumps(_SERVERLESS, ensure_ascii=False)},
    "Terraform": {"main.tf": _TERRAFORM, "build.sh": "zip -r src.zip src\n"},
    "CDK": stack(*_CDK),
    "Chalice": {"app.py": _CHALICE, ".chalice/config.json": json.dumps(_STAGES, ensure_ascii=False)},
    "Zappa": {"zappa_settings.json": json.dumps(_ZAPPA, ensure_ascii=False), "app.py": "app = 1\n"},
}  # fmt: skip


@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize("dialect", DIALECTS)
def test_odd_texts_are_only_texts(tmp_path: Path, dialect: str, odd: str) -> None:
    folder = Folder(tmp_path)
    folder.write("Makefile", "build:\n\tzip -r x.zip src\n")
    for path, text in DIALECTS[dialect].items():
        folder.write(path, text.replace(X, ODD[odd]))
    for arguments in (["check", "--select", "all"], ["check", "--diff", "--unsafe-fixes"]):
        done = folder.run(*arguments)
        assert done.code in (0, 1), done.err
        assert "internal-error" not in done.out
    assert folder.run("functions").code == 0
