"""An app of the CDK v1 is not told to name a runtime that v1 has no name for."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from lamlint import registry
from lamlint.engine.check import check
from lamlint.text import Finding
from tests.dialects.cdk.stacks import project, stack

OLD = '_lambda.Function(self, "F", runtime=_lambda.Runtime.PYTHON_3_8, handler="app.handler")'
SECOND = "import aws_cdk as cdk"
TYPED = """\
import * as lambda from '%s/aws-lambda';
import { App, Stack } from '%s';
class S extends Stack {
  constructor(scope, id) {
    super(scope, id);
    new lambda.Function(this, 'Fn', {
      runtime: lambda.Runtime.PYTHON_3_8, handler: 'app.handler', code: lambda.Code.fromAsset('src'),
    });
  }
}
new S(new App(), 'S');
"""


def told(files: Mapping[str, str]) -> Finding:
    (found,) = check(project(files), [registry.load(plugins=False)["deprecated-runtime"]])
    return found


def written(*imports: str) -> dict[str, str]:
    """A stack with a deprecated runtime that imports the CDK in some words."""
    return {
        name: text.replace(SECOND, "\n".join(imports)) if name == "stacks/album.py" else text
        for name, text in stack(OLD).items()
    }


@pytest.mark.parametrize(
    "words",
    [
        "from aws_cdk import core as cdk",
        "from aws_cdk import aws_ec2 as ec2, core",
        "from aws_cdk import (\n    aws_ec2 as ec2,\n    core,\n)",
        "import aws_cdk.core as cdk",
        "from aws_cdk.core import Construct",
    ],
)
def test_the_first_version_has_no_name_for_it(words: str) -> None:
    found = told(written(words))
    assert found.fix is None
    assert "CDK v1 has no name for newer runtimes, so move to its next version" in found.message


@pytest.mark.parametrize(
    "words",
    [
        SECOND,
        "from aws_cdk import aws_ec2 as ec2\nfrom shop import core",
        "from aws_cdk import (\n    aws_ec2 as ec2,\n)\nimport core",
        "# from aws_cdk import core",
        "from aws_cdk import aws_ecr as score",
    ],
)
def test_the_second_version_has(words: str) -> None:
    found = told(written(words))
    assert found.fix is not None
    assert "CDK v1" not in found.message


@pytest.mark.parametrize(
    ("top", "core", "fixed"),
    [("@aws-cdk", "@aws-cdk/core", False), ("aws-cdk-lib", "aws-cdk-lib", True)],
)
def test_typescript_has_the_versions_too(top: str, core: str, fixed: bool) -> None:
    files = {
        "cdk.json": '{"app": "npx ts-node bin/app.ts"}',
        "bin/app.ts": TYPED % (top, core),
        "src/app.py": "def handler(event, context):\n    return event\n",
    }
    assert (told(files).fix is not None) is fixed
