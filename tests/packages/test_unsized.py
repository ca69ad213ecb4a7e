"""Large packages without a lock: what the run says, which finds nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.command import CLEAN, Folder
from tests.packages.projects import wheel

LARGE = "pandas\nPyArrow>=3\nrequests\n"
TOLD = (
    "Size not known: 1 (src/requirements.txt: nothing says how large pandas, pyarrow would be, "
    "for Hello, until `sam build` is run). To have it measured, install them into a .venv"
)


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    made = Folder(tmp_path)
    made.write("template.yaml", CLEAN)
    made.write("src/app.py", "def handler(event, context):\n    pass\n")
    made.write("src/requirements.txt", LARGE)
    return made


def test_it_is_told_at_the_end_with_what_to_do(folder: Folder) -> None:
    done = folder.run("check")
    assert done.code == 0
    assert TOLD in done.out
    (note,) = folder.check().document["unsized"]
    assert (note["path"], note["line"]) == ("src/requirements.txt", 1)


def lock(*names: str) -> str:
    """A lock file of small wheels."""
    packages = (
        f'[[packages]]\nname = "{name}"\nwheels = [{wheel(f"{name}-3.0", "py3-none-any", 10)}]\n'
        for name in names
    )
    return "\n".join(['lock-version = "1.0"', *packages])


@pytest.mark.parametrize(
    ("files", "arguments"),
    [
        pytest.param({"src/requirements.txt": "requests\nboto3\n"}, (), id="small ones"),
        pytest.param({"src/pylock.toml": lock("pandas", "pyarrow", "requests")}, (), id="a lock"),
        pytest.param({".aws-sam/build/Hello/app.py": ""}, (), id="a build"),
        pytest.param(
            {".venv/pyvenv.cfg": "", ".venv/lib/python3.13/site-packages/x.py": ""},
            (),
            id="an environment",
        ),
        pytest.param({"src/requirements.txt": ""}, (), id="nothing asked for"),
        pytest.param({}, ("--ignore", "packaging"), id="nobody looks"),
        pytest.param({}, ("--quiet",), id="quiet"),
        pytest.param({"other/x.py": ""}, ("other",), id="other paths"),
    ],
)
def test_it_is_not_told(folder: Folder, files: dict[str, str], arguments: tuple[str, ...]) -> None:
    for name, text in files.items():
        folder.write(name, text)
    assert "Size not known" not in folder.run("check", *arguments).out


STACK = """\
from aws_cdk import App, Stack, aws_lambda as _lambda
from aws_cdk.aws_lambda_python_alpha import PythonFunction

class Shop(Stack):
    def __init__(self, scope, name):
        super().__init__(scope, name)
        MADE

Shop(App(), "Shop")
"""
TYPED = """\
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { App, Stack } from 'aws-cdk-lib';
class Shop extends Stack {
  constructor(scope, id) {
    super(scope, id);
    new lambda.Function(this, 'Hello', { runtime: lambda.Runtime.PYTHON_3_13, handler: 'app.handler',
      code: lambda.Code.fromAsset('src') });
  }
}
new Shop(new App(), 'Shop');
"""
PLAIN = (
    "_lambda.Function(self, 'Hello', runtime=_lambda.Runtime.PYTHON_3_13, handler='app.handler', "
    "code=_lambda.Code.from_asset('src'))"
)
BUNDLED = (
    "PythonFunction(self, 'Hello', runtime=_lambda.Runtime.PYTHON_3_13, entry='src', "
    "index='app.py', handler='handler')"
)


def in_the_cdk(folder: Folder, made: str, **files: str) -> str:
    """What is said of a stack that takes its code from the folder."""
    (folder.path / "template.yaml").unlink()
    folder.write("app.py", STACK.replace("MADE", made))
    for name, text in files.items():
        folder.write(name, text)
    return folder.run("check").out


def test_the_cdk_installs_nothing_into_a_folder(folder: Folder) -> None:
    assert "Size not known" not in in_the_cdk(folder, PLAIN)


def test_nor_does_it_in_typescript(folder: Folder) -> None:
    more = {"cdk.json": '{"app": "npx ts-node bin/app.ts"}', "bin/app.ts": TYPED}
    assert "Size not known" not in in_the_cdk(folder, "pass", **more)


def test_the_cdk_installs_where_it_bundles_and_nobody_runs_sam(folder: Folder) -> None:
    said = in_the_cdk(folder, BUNDLED)
    assert "nothing says how large pandas, pyarrow would be, for Hello)" in said
    assert "sam build" not in said


@pytest.mark.parametrize(
    "script",
    ["pip install -r src/requirements.txt -t src\n", "pip3 install -q --target src pandas\n"],
)
def test_a_script_may_install_into_the_folder(folder: Folder, script: str) -> None:
    assert "Size not known" in in_the_cdk(folder, PLAIN, **{"deploy.sh": script})
