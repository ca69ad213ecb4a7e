"""What keeps code from a newer Python, and where a deprecated runtime is moved then."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from datetime import date

import pytest

from lamlint import project
from lamlint.catalog import Catalog
from lamlint.engine import check
from lamlint.text import Finding
from tests.checking import rules
from tests.dialects.cdk.stacks import stack
from tests.memory import MemoryTree

FUNCTION = """\
  {name}:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: {code}
      Handler: app.handler
      Runtime: python3.8
"""
HEAD = "Transform: AWS::Serverless-2016-10-31\nResources:\n"
HANDLER = "\ndef handler(event, context):\n    return event\n"
TODAY = date(2026, 11, 24)
LATER = date(2027, 2, 1)
"""When nothing older than Python 3.12 is worth a move."""


VENDORED = {
    "the module": "from botocore.vendored import requests\nrequests.get('https://a.example')",
    "under a name": "import botocore.vendored.requests as http\nhttp.post('https://a.example')",
    "in full": "import botocore.vendored.requests\nbotocore.vendored.requests.put('https://a.example')",
    "the package above": "from botocore import vendored\nfrom botocore.vendored import requests as r\nr.Session()",
    "a function": "from botocore.vendored.requests import get",
    "one of several": "from botocore.vendored.requests import HTTPError, delete",
    "a module of it": "from botocore.vendored.requests.auth import HTTPBasicAuth",
    "a module of it, in full": "import botocore.vendored.requests.sessions",
    "in a function": "def send():\n    from botocore.vendored import requests\n    requests.put('')",
    "beside its errors": "from botocore.vendored import requests\nfrom botocore.vendored.requests.exceptions "
    "import Timeout\ntry:\n    requests.get('')\nexcept Timeout:\n    pass",
}
LEFT = {
    "errors": "from botocore.vendored.requests.exceptions import ReadTimeout",
    "errors of the module": "from botocore.vendored import requests\nE = requests.exceptions.Timeout",
    "an error at its head": "from botocore.vendored.requests import ConnectionError",
    "errors of urllib3": "from botocore.vendored.requests.packages.urllib3.exceptions import ReadTimeoutError",
    "unused": "from botocore.vendored import requests",
    "another vendored module": "from botocore.vendored import six\nsix.moves",
    "tried": "try:\n    import requests\nexcept ImportError:\n    from botocore.vendored import requests\n"
    "requests.get('')",
    "its own requests": "import requests\nrequests.get('')",
}


def told(
    code: str, asked: str = "", day: date = TODAY, files: Mapping[str, str] | None = None
) -> Finding:
    tree = {"template.yaml": HEAD + FUNCTION.format(name="A", code="src"), **(files or {})}
    tree["src/app.py"] = code + HANDLER
    tree["src/requirements.txt"] = asked
    return _found(tree, day)[0]


def _found(tree: Mapping[str, str | bytes], day: date = TODAY) -> list[Finding]:
    built = project.build(MemoryTree(tree), (), Catalog(), day)
    found = check.check(built, [rules()["deprecated-runtime"]])
    return [one for one in found if one.rule == "deprecated-runtime"]


def target(finding: Finding) -> str:
    return finding.fix.edits[0].text if finding.fix is not None else ""


@pytest.mark.parametrize(
    ("code", "asked"),
    [
        ("import distutils", ""),
        ("from distutils.version import LooseVersion", ""),
        ("import json, imp", ""),
        ("import asyncore", ""),
        ("def late():\n    import smtpd", ""),
        ("", "requests==2.22.0"),
        ("", "Requests<=2.24  # old"),
        ("", "boto3\nurllib3<1.26"),
        ("", "boto3==1.17.0"),
        ("", "numpy==1.24.4"),
        ("", "PyYAML==6.0 --hash=sha256:0"),
        ("", "numpy==1.24.4; python_version >= '3.8'"),
        ("", "lxml==4.9.1"),
        ("", "zappa==0.58.0"),
        ("", "boto==2.49.0"),
        ("", "Django==3.2.8"),
        ("", "future==0.18.3"),
        ("", "kafka-python==2.0.2"),
        ("", "marshmallow==3.14.1"),
        ("", "redis==4.0.2"),
        ("", "stripe==3.0.0"),
        ("", "Pillow==9.5.0"),
        ("", "cffi==1.15.1"),
    ],
)
def test_the_newest_version_that_has_no_trouble_is_chosen(code: str, asked: str) -> None:
    finding = told(code, asked)
    assert target(finding) == "python3.11"
    assert "move to python3.11, because of " in finding.message
    (place,) = [one for one in finding.related if "is needed here" in one.message]
    assert place.span.path == ("src/requirements.txt" if asked else "src/app.py")
    assert place.span.end > place.span.start


@pytest.mark.parametrize(
    ("code", "asked"),
    [
        ("import json", ""),
        ("import cgi", ""),  # gone in 3.13
        ("import distutilities", ""),
        ("try:\n    import imp\nexcept ImportError:\n    imp = None", ""),
        ("import sys\nif sys.version_info < (3, 12):\n    import imp", ""),
        ("import distutils", "setuptools"),
        ("import asyncore", "pyasyncore==1.0.4"),
        ("import asyncore", "standard-asyncore"),
        ("", "requests"),
        ("", "requests==2.31.0"),
        ("", "lxml==4.9.3"),
        ("", "zappa==0.59.0"),
        ("", "Django==3.2.9"),
        ("", "future==1.0.0"),
        ("", "marshmallow==3.15.0"),
        ("", "redis==4.1.0"),
        ("", "stripe==3.1.0"),
        ("", "Pillow==10.0.0"),
        ("", "cffi==1.16.0"),
        ("", "Django<4"),
        ("", "requests>=2.22"),
        ("", "requests<3"),
        ("", "requests==2.*"),
        ("", "numpy==1.24.4; python_version < '3.10'"),
        ("", "requests @ https://example.com/requests-2.22.0.tar.gz"),
        ("", "# requests==2.22.0"),
    ],
)
def test_what_may_run_keeps_nothing_back(code: str, asked: str) -> None:
    finding = told(code, asked)
    assert target(finding) == "python3.12"
    assert finding.message.endswith(": move to python3.12")


def test_a_module_of_the_same_name_in_the_code_is_no_trouble() -> None:
    assert target(told("import imp", files={"src/imp.py": ""})) == "python3.12"


def test_a_module_that_is_imported_with_the_handler_counts() -> None:
    finding = told("import lib", files={"src/lib.py": "import imp\n"})
    assert "imp (src/lib.py), which is gone in Python 3.12" in finding.message


@pytest.mark.parametrize(("code", "asked"), [("import imp", ""), ("", "requests==2.22.0")])
def test_without_such_a_version_there_is_no_fix(code: str, asked: str) -> None:
    finding = told(code, asked, LATER)
    assert finding.fix is None
    assert ": replace " in finding.message
    assert finding.message.endswith(", then move to python3.12")


@pytest.mark.parametrize("asked", ["aiohttp==3.7.4", "lxml==4.8.0", "zappa==0.55"])
def test_what_runs_on_no_supported_version_is_to_be_replaced_first(asked: str) -> None:
    finding = told("", asked)
    assert finding.fix is None
    assert f": replace {asked}" in finding.message


STAGE = '{"dev": {"app_function": "app.app", "runtime": "python3.8"}}'


def test_the_tool_that_deploys_is_told_first() -> None:
    asked = "aiohttp==3.7.4\nlxml==4.8.0\nZappa==0.55\n"
    files = {"app.py": "import imp\napp = 1\n", "requirements.txt": asked}
    (finding,) = _found({**files, "zappa_settings.json": STAGE})
    assert ": replace Zappa==0.55 (requirements.txt), which does not run" in finding.message
    assert finding.related[0].message == "Zappa==0.55 is needed here"
    assert ": replace aiohttp==3.7.4 (src/requirements.txt), " in told("", asked).message


@pytest.mark.parametrize(
    ("files", "asked_by"),
    [
        ({"requirements.txt": "zappa==0.55\n"}, "requirements.txt"),
        ({"requirements.txt": "Zappa==0.55\nFlask\n"}, "requirements.txt"),
        ({"requirements.txt": "-r base.txt\n", "base.txt": "zappa==0.55"}, "base.txt"),
        (
            {"requirements.txt": "zappa==0.55", "app/requirements.txt": "pytest==8.0.0"},
            "requirements.txt",
        ),
        (
            {"requirements.txt": "zappa==0.50", "app/requirements.txt": "zappa==0.55"},
            "app/requirements.txt",
        ),
    ],
)
def test_zappa_packs_what_is_installed_beside_it(files: dict[str, str], asked_by: str) -> None:
    settings = {"app/src/zappa_settings.json": STAGE, "app/src/app.py": "app = 1\n"}
    (finding,) = _found({**files, **settings})
    assert f": replace Zappa==0.55 ({asked_by}), ".lower() in finding.message.lower()
    assert finding.fix is None


@pytest.mark.parametrize(
    ("path", "asked"),
    [
        ("requirements.txt", "aiohttp==3.7.4"),  # whose is it?
        ("app/other/requirements.txt", "zappa==0.55"),
        ("requirements.txt", "zappa"),
        ("requirements.txt", "zappa-django-utils\naiohttp==3.7.4"),
    ],
)
def test_other_requirements_above_are_not_known_to_be_packed(path: str, asked: str) -> None:
    settings = {"app/src/zappa_settings.json": STAGE, "app/src/app.py": "app = 1\n"}
    (finding,) = _found({path: asked, **settings})
    assert finding.fix is not None
    assert finding.message.endswith(": move to python3.12")


def test_no_other_tool_installs_what_is_asked_for_above() -> None:
    template = HEAD + FUNCTION.format(name="A", code="src")
    files = {"template.yaml": template, "requirements.txt": "zappa==0.55"}
    assert target(told("", files=files)) == "python3.12"


def test_what_runs_on_none_of_several_versions_is_told_once() -> None:
    finding = told("", "zappa==0.55\npsycopg2-binary==2.8.5\nnumpy==1.18.0\n")
    assert ", and 2 more, then move to" in finding.message
    assert len([one for one in finding.related if "is needed here" in one.message]) == 3


def with_layer(layer: str, asked: str = "") -> Finding:
    template = HEAD + FUNCTION.format(name="A", code="src") + f"      Layers: [{layer}]\n"
    return told("", asked, files={"template.yaml": template})


ARN = "arn:aws:lambda:us-west-2:123456789012:layer:"
NAMED = {
    f"{ARN}AWSSDKPandas-Python38:2": "AWSSDKPandas-Python38",
    f"{ARN}Klayers-p38-numpy:9": "Klayers-p38-numpy",
    f"{ARN}Klayers-python38-requests:9": "Klayers-python38-requests",
    f"{ARN}pandas-py3-8:1": "pandas-py3-8",
    f'!Sub "{ARN.replace("us-west-2", "${AWS::Region}")}AWSSDKPandas-Python38:2"': (
        "AWSSDKPandas-Python38"
    ),
}


@pytest.mark.parametrize(("layer", "name"), NAMED.items())
def test_a_layer_that_is_named_for_its_python_is_to_be_replaced_first(
    layer: str, name: str
) -> None:
    finding = with_layer(layer)
    assert finding.fix is None
    assert finding.message.endswith(
        f": replace the layer {name} (template.yaml), which is named for Python 3.8, "
        "then move to python3.12"
    )


@pytest.mark.parametrize(
    "layer",
    [
        f"{ARN}AWSSDKPandas-Python312:2",
        f"{ARN}Klayers-p38-p312-numpy:2",
        f"{ARN}AWSLambdaPowertoolsPythonV2:9",
        f"{ARN}python3-tools:1",
        f"{ARN}mp38:1",
        f"{ARN}numpy-1-py3:38",
        "!Ref Layer",
    ],
)
def test_a_layer_that_is_named_for_no_older_python_keeps_nothing_back(layer: str) -> None:
    assert target(with_layer(layer)) == "python3.12"


@pytest.mark.parametrize(
    ("layer", "said"),
    [
        (f"{ARN}numpy-1-py3:38", "once the layer numpy-1-py3, whose content is not here, is known"),
        (f"{ARN}shared:1, {ARN}more:3", "once the layer shared and 1 more, whose content is not "
         "here, are known to run on it"),
        ("!ImportValue shared-layer", "once its layer, whose content is not here, is known to run"),
        (f"{ARN}Klayers-p38-numpy:2, {ARN}shared:1", "then move to python3.12 once the layer shared,"),
    ],
)  # fmt: skip
def test_a_layer_of_which_nothing_is_known_is_named(layer: str, said: str) -> None:
    finding = with_layer(layer)
    assert said in finding.message
    assert "this layer is needed, too" in [one.message for one in finding.related]


@pytest.mark.parametrize(
    "layer",
    [
        f"{ARN}AWSLambdaPowertoolsPythonV2:9",
        f"{ARN}LambdaInsightsExtension:38",
        f"{ARN}AWSSDKPandas-Python312:2",
    ],
)
def test_one_that_any_python_runs_with_is_not(layer: str) -> None:
    assert with_layer(layer).message.endswith("move to python3.12")


def test_a_layer_is_replaced_for_the_python_that_the_code_can_be_moved_to() -> None:
    finding = with_layer(f"{ARN}AWSSDKPandas-Python38:2", "requests==2.22.0")
    assert finding.fix is None
    assert ": replace the layer AWSSDKPandas-Python38 (" in finding.message
    assert ", then move to python3.11, because of requests==2.22.0 (" in finding.message


def test_several_troubles_are_counted_and_shown() -> None:
    finding = told("import imp, binhex", "requests==2.22.0")
    assert finding.fix is None  # binhex is gone in 3.11
    assert ", and 2 more, then move to" in finding.message
    assert len([one for one in finding.related if "is needed here" in one.message]) == 3


def test_functions_that_share_a_runtime_move_together() -> None:
    lines = [FUNCTION.format(name=name, code=name.lower()) for name in "AB"]
    alone = "".join(lines).replace("      Runtime: python3.8\n", "")
    shared = f"Globals: {{Function: {{Runtime: python3.8}}}}\n{HEAD}{alone}"
    files = {"template.yaml": shared, "a/app.py": HANDLER, "b/app.py": "import imp" + HANDLER}
    assert {target(one) for one in _found(files)} == {"python3.11"}


def test_other_functions_move_on_their_own() -> None:
    lines = [FUNCTION.format(name=name, code=name.lower()) for name in "AB"]
    files = {"template.yaml": HEAD + "".join(lines), "a/app.py": HANDLER}
    files["b/app.py"] = "import imp" + HANDLER
    assert [target(one) for one in _found(files)] == ["python3.12", "python3.11"]


def test_what_a_layer_pins_counts_too() -> None:
    layer = "  Base:\n    Type: AWS::Serverless::LayerVersion\n    Properties: {ContentUri: base}\n"
    function = FUNCTION.format(name="A", code="src") + "      Layers: [!Ref Base]\n"
    files = {"template.yaml": HEAD + layer + function, "src/app.py": HANDLER}
    (finding,) = _found(files | {"base/requirements.txt": "requests==2.22.0\n"})
    assert target(finding) == "python3.11"
    assert "requests==2.22.0 (base/requirements.txt)" in finding.message


def test_what_is_removed_is_removed_in_one_version_and_needs_grow() -> None:
    facts = Catalog().pythons
    assert {facts.removed[name] for name in ("imp", "distutils")} == {(3, 12)}
    assert facts.removed["telnetlib"] == (3, 13)
    assert all((3, 10) <= one.python <= (3, 13) for one in facts.needed)


def moved_from(old: str, code: str, asked: str = "") -> Finding:
    files = {
        "template.yaml": HEAD + FUNCTION.format(name="A", code="src").replace("python3.8", old)
    }
    files |= {"src/app.py": code + HANDLER, "src/requirements.txt": asked}
    return _found(files)[0]


@pytest.mark.parametrize("old", ["python3.6", "python3.7"])
@pytest.mark.parametrize("code", VENDORED.values(), ids=VENDORED)
def test_the_requests_of_the_sdk_have_to_be_replaced(code: str, old: str) -> None:
    finding = moved_from(old, code)
    assert finding.fix is None
    assert ": replace botocore.vendored.requests." in finding.message
    assert "(src/app.py), which is gone from the runtime's SDK since Python 3.8" in finding.message
    assert finding.message.endswith(", then move to python3.12")


@pytest.mark.parametrize("code", LEFT.values(), ids=LEFT)
def test_what_is_left_of_them_keeps_nothing_back(code: str) -> None:
    assert target(moved_from("python3.6", code)) == "python3.12"


@pytest.mark.parametrize("asked", ["botocore==1.12.0", "boto3<1.10", "boto3==1.9.253"])
def test_an_old_sdk_of_its_own_has_them(asked: str) -> None:
    finding = moved_from("python3.6", "from botocore.vendored.requests import get", asked)
    assert f"{asked} (src/requirements.txt), which does not run on Python 3.10" in finding.message
    assert "vendored" not in finding.message


@pytest.mark.parametrize("asked", ["boto3", "botocore>=1.12", "boto3==1.28.0"])
def test_a_newer_sdk_of_its_own_has_not(asked: str) -> None:
    assert moved_from("python3.6", "from botocore.vendored.requests import get", asked).fix is None


def test_what_has_moved_already_is_told_of_its_date_only() -> None:
    finding = moved_from("python3.8", "from botocore.vendored.requests import get")
    assert target(finding) == "python3.12"


def test_a_helper_beside_the_handler_that_has_them_counts() -> None:
    files = {
        "template.yaml": HEAD
        + FUNCTION.format(name="A", code="src").replace("python3.8", "python3.6"),
        "src/app.py": "import cfnresponse\n" + HANDLER,
        "src/cfnresponse.py": "from botocore.vendored import requests\n\n\ndef send():\n    requests.put('')\n",
    }
    (finding,) = _found(files)
    assert "botocore.vendored.requests.put (src/cfnresponse.py)" in finding.message


# --- what was made for an older Python

LAYER = """\
  Base:
    Type: AWS::Serverless::LayerVersion
    Properties:
      ContentUri: {content}
{more}"""
COMPATIBLE = "      CompatibleRuntimes: [python3.7, python3.8]\n"
BUILT = "    Metadata: {BuildMethod: python3.8}\n"
SO = "_x.cpython-38-x86_64-linux-gnu.so"


def archive(*paths: str) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as made:
        for path in paths:
            made.writestr(path, "x")
    return held.getvalue()


def layered(content: str, files: Mapping[str, str | bytes], more: str = "") -> Finding:
    function = FUNCTION.format(name="A", code="src") + "      Layers: [!Ref Base]\n"
    template = HEAD + LAYER.format(content=content, more=more) + function
    (finding,) = _found({"template.yaml": template, "src/app.py": HANDLER, **files})
    return finding


@pytest.mark.parametrize(
    ("content", "files", "more", "why"),
    [
        ("a.zip", {"a.zip": archive(f"python/x/{SO}")}, "", f"{SO} in the layer Base (template.yaml)"),
        ("a.zip", {"a.zip": archive("python/x/y.cpython-36m-x86_64-linux-gnu.so", f"python/x/{SO}")},
         "", f"rebuild {SO} in the layer Base"),
        ("base", {f"base/python/x/{SO}": ""}, "", "which is compiled for Python 3.8 only"),
        ("base", {"base/python/lib/python3.8/site-packages/x.py": ""}, "",
         "python/lib/python3.8 of the layer Base (template.yaml), which only Python 3.8 imports from"),
        ("a.zip", {"a.zip": archive("python/lib/python3.8/site-packages/x/a.py")}, "", "Python 3.8"),
        ("base", {"base/requirements.txt": "numpy\n"}, BUILT, "which is built for Python 3.8 only"),
        ("base", {"base/requirements.txt": "numpy\n"}, COMPATIBLE,
         "the layer Base (template.yaml), which is said to be compatible with Python 3.8 at most"),
        ("s3://bucket/a.zip", {}, COMPATIBLE, "compatible with Python 3.8 at most"),
        ("a.zip", {"a.zip": archive("python/x/fast.so")}, COMPATIBLE, "compatible with"),
        ("base", {"base/python/x.py": "", "base/build.sh":
                  "pip install -r r.txt -t python/lib/python3.8/site-packages/\n"}, "",
         "python/lib/python3.8 (base/build.sh), which only Python 3.8 imports from"),
        ("base", {"base/python/x.py": "", "Makefile":
                  "all:\n\tpip install x -t base/python/lib/python3.8/site-packages\n"}, "",
         "base/python/lib/python3.8 (Makefile)"),
    ],
)  # fmt: skip
def test_a_layer_made_for_an_older_python_is_rebuilt_first(
    content: str, files: Mapping[str, str | bytes], more: str, why: str
) -> None:
    finding = layered(content, files, more)
    assert finding.fix is None
    assert ": rebuild " in finding.message
    assert why in finding.message
    assert finding.message.endswith(", then move to python3.12")


@pytest.mark.parametrize(
    ("content", "files", "more"),
    [
        ("base", {"base/python/x.py": ""}, COMPATIBLE),
        ("base", {"base/python/x.py": ""}, BUILT),
        ("a.zip", {"a.zip": archive("python/x.py")}, COMPATIBLE),
        ("a.zip", {"a.zip": archive("python/x/_x.abi3.so")}, ""),
        ("a.zip", {"a.zip": archive(f"python/x/{SO}", f"python/x/{SO.replace('38', '312')}")}, ""),
        ("base", {"base/python/lib/python3.8/site-packages/x.py": "",
                  "base/python/lib/python3.12/site-packages/x.py": ""}, ""),
        ("base", {"base/requirements.txt": "numpy\n"},
         COMPATIBLE.replace("python3.7", "python3.12")),
        ("base", {"base/python/x.py": "", "other/build.sh":
                  "pip install x -t python/lib/python3.8/site-packages/\n"}, ""),
    ],
)  # fmt: skip
def test_a_layer_that_serves_a_later_python_keeps_nothing_back(
    content: str, files: Mapping[str, str | bytes], more: str
) -> None:
    assert target(layered(content, files, more)) == "python3.12"


RUNTIME = "_lambda.Runtime.PYTHON_3_8"


@pytest.mark.parametrize(
    ("made_for", "runtime", "moved"),
    [
        (f"[{RUNTIME}]", RUNTIME, ""),
        (f"[_lambda.Runtime.PYTHON_3_7, {RUNTIME}]", RUNTIME, ""),
        (f"[{RUNTIME}, _lambda.Runtime.PYTHON_3_12]", RUNTIME, "PYTHON_3_12"),
        (f"[{RUNTIME}, *more()]", RUNTIME, "PYTHON_3_12"),
        ("more()", RUNTIME, "PYTHON_3_12"),
        ("[own]", "own", "PYTHON_3_12"),
    ],
)
def test_the_cdk_refuses_a_layer_to_a_runtime_that_it_is_not_for(
    made_for: str, runtime: str, moved: str
) -> None:
    content = '_lambda.Code.from_asset("base")'
    lines = (
        f"own = {RUNTIME}",
        f'base = _lambda.LayerVersion(self, "Base", code={content}, compatible_runtimes={made_for})',
        f'_lambda.Function(self, "A", runtime={runtime}, handler="app.handler", '
        'code=_lambda.Code.from_asset("src"), layers=[base])',
    )
    (finding,) = _found({**stack(*lines), "base/python/x.py": ""})
    assert target(finding).rpartition(".")[2] == moved
    told = "rebuild the layer Album/Base (stacks/album.py), which the CDK gives to functions on Python 3.8"
    assert (told in finding.message) == (not moved)


SERVICE = """\
service: a
provider: {{name: aws, runtime: python3.8}}
functions: {{a: {{handler: src/app.handler}}}}
plugins: [{plugin}]
custom: {{pythonRequirements: {{pythonBin: "{python}"}}}}
"""
PLUGIN = "serverless-python-requirements"


TERRAFORM = """\
resource "aws_lambda_function" "f" {{
  function_name = "f"
  role          = "arn:aws:iam::123456789012:role/f"
  filename      = "f.zip"
  handler       = "app.handler"
  runtime       = "python3.8"
  layers        = [{layer}]
}}
resource "aws_lambda_layer_version" "deps" {{
  layer_name = "deps"
  {content}
  {made_for}
}}
module "deps" {{
  source       = "terraform-aws-modules/lambda/aws"
  create_layer = true
  layer_name   = "deps"
  source_path  = "layer"
  {made_for}
}}
"""
_OWN, _CALLED = "aws_lambda_layer_version.deps.arn", "module.deps.lambda_layer_arn"
_ZIP, _AWAY = 'filename = "layer.zip"', 'bucket = "b"\n  s3_key = "layer.zip"'


def _of_terraform(layer: str, content: str, made_for: str) -> Finding:
    text = TERRAFORM.format(layer=layer, content=content, made_for=made_for)
    (one,) = _found({"main.tf": text})
    return one


@pytest.mark.parametrize(
    ("layer", "content"),
    [(_OWN, _ZIP), (_OWN, _AWAY.replace("bucket", "s3_bucket")), (_CALLED, "")],
)
@pytest.mark.parametrize("runtimes", ['["python3.8"]', '["python3.7", "python3.8"]'])
def test_a_layer_of_terraform_for_an_older_python_is_rebuilt_first(
    layer: str, content: str, runtimes: str
) -> None:
    told = _of_terraform(layer, content, f"compatible_runtimes = {runtimes}")
    assert "deps" in told.message
    assert "compatible with Python 3.8 at most, then move to python3.12" in told.message
    assert told.fix is None


@pytest.mark.parametrize(
    "made_for",
    [
        "",
        'compatible_runtimes = ["python3.8", "python3.12"]',
        "compatible_runtimes = var.runtimes",
        'compatible_architectures = ["arm64"]',
    ],
)
def test_a_layer_of_terraform_that_serves_a_later_python_keeps_nothing_back(made_for: str) -> None:
    assert "python3.12" in target(_of_terraform(_OWN, _ZIP, made_for))


@pytest.mark.parametrize("python", ["py -3.8", "python3.8", "/opt/python3.8/bin/python"])
def test_what_is_installed_by_an_older_python_is_rebuilt_first(python: str) -> None:
    service = SERVICE.format(plugin=PLUGIN, python=python)
    (finding,) = _found({"serverless.yml": service, "src/app.py": HANDLER})
    assert finding.fix is None
    why = f"rebuild what `{python}` installs (serverless.yml), which is for Python 3.8 only, then"
    assert why in finding.message


@pytest.mark.parametrize(
    ("plugin", "python"),
    [
        (PLUGIN, "python3"),
        (PLUGIN, "python3.12"),
        (PLUGIN, "/opt/venv-3.8/bin/python3.12"),
        (PLUGIN, "${env:PYTHON}"),
        ("serverless-offline", "python3.8"),
    ],
)
def test_what_a_newer_python_installs_keeps_nothing_back(plugin: str, python: str) -> None:
    service = SERVICE.format(plugin=plugin, python=python)
    (finding,) = _found({"serverless.yml": service, "src/app.py": HANDLER})
    assert target(finding) == "python3.12"


def test_what_is_compiled_in_the_code_itself_counts() -> None:
    finding = told("", files={f"src/x/{SO}": ""})
    assert finding.fix is None
    assert f": rebuild {SO} (template.yaml), which is compiled for Python 3.8" in finding.message


def test_a_layer_that_is_found_by_its_shape_counts() -> None:
    files = {
        "layers/base/python/core/__init__.py": "",
        "layers/base/requirements.txt": "boto3~=1.10.14\n",
        "layers/base/buildspec.yml": "- pip install -r r.txt --target layers/base/python/lib/python3.8/site-packages/\n",
    }
    function = FUNCTION.format(name="A", code="src") + "      Layers: [!ImportValue base]\n"
    tree = {"template.yaml": HEAD + function, "src/app.py": "import core\n" + HANDLER, **files}
    (finding,) = _found(tree)
    assert finding.fix is None
    assert ": rebuild layers/base/python/lib/python3.8 (layers/base/" in finding.message
    assert ", then move to python3.11, because of boto3~=1.10.14 (layers/" in finding.message


@pytest.mark.parametrize(
    "asked", ["boto3~=1.10.14", "boto3~=1.19", "urllib3==1.25.*", "six~=1.15.0"]
)
def test_a_pin_by_its_first_numbers_counts(asked: str) -> None:
    expected = "python3.12" if asked == "boto3~=1.19" else "python3.11"
    assert target(told("", asked)) == expected


@pytest.mark.parametrize(
    "asked",
    [
        "beautifulsoup4==4.6.0",
        "boto3==1.9.253",
        "botocore<1.13",
        "Jinja2==2.10",
        "PyJWT==1.6.4",
        "pyparsing==2.2.0",
        "python-telegram-bot==12.0.0",
        "Werkzeug==0.14.1",
    ],
)
def test_what_asks_collections_for_abstract_classes_stops_at_3_9(asked: str) -> None:
    finding = told("", asked)
    assert finding.fix is None
    assert f"{asked} (src/requirements.txt), which does not run on Python 3.10" in finding.message


@pytest.mark.parametrize(
    "asked",
    [
        "beautifulsoup4==4.6.3",
        "Jinja2==2.10.3",
        "PyJWT>=1.6.4",
        "Werkzeug==0.15.0",
        "pyparsing~=2.2",
        "python-telegram-bot==20.0",
    ],
)
def test_what_has_been_mended_since_keeps_nobody(asked: str) -> None:
    assert asked not in told("", asked).message


def test_python_2_is_rewritten_first() -> None:
    finding = moved_from("python2.7", "")
    assert finding.fix is None
    assert finding.message.endswith(": move the code to Python 3, then to a python3 runtime")


def test_what_lies_beside_a_single_file_is_not_in_its_package() -> None:
    function = FUNCTION.format(name="A", code="src/app.py")
    tree = {"template.yaml": HEAD + function, "src/app.py": HANDLER}
    (one,) = _found({**tree, "src/requirements.txt": "six==1.15.0\n"})
    assert target(one) == "python3.12"
    assert "six" not in one.message
    (other,) = _found({**tree, "template.yaml": HEAD + FUNCTION.format(name="A", code="src"),
                       "src/requirements.txt": "six==1.15.0\n"})  # fmt: skip
    assert target(other) == "python3.11"


SITE = {
    "zappa_settings.json": '{"live": {"project_name": "shop", "s3_bucket": "b", "runtime": '
    '"python3.8", "django_settings": "site.settings"}}',
    "site/__init__.py": "",
    "site/settings.py": "ROOT_URLCONF = 'site.urls'\n",
    "site/wsgi.py": "import os\nfrom django.core.wsgi import get_wsgi_application\n"
    "application = get_wsgi_application()\n",
    "site/urls.py": "from django.urls import include, path\n"
    "urlpatterns = [path('', include('orders.urls'))]\n",
    "orders/__init__.py": "",
    "orders/urls.py": "from orders import views\nurlpatterns = []\n",
    "orders/views.py": "import imp\n",
}


def test_what_django_loads_by_its_routes_counts() -> None:
    (finding,) = _found(SITE)
    assert "because of imp (orders/views.py), which is gone in Python 3.12" in finding.message


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("site/urls.py", "urlpatterns = []\n"),
        ("site/settings.py", "URLS = 'site.urls'\n"),
        ("orders/urls.py", "def late():\n    from orders import views\n"),
        ("orders/urls.py", "try:\n    from orders import views\nexcept ImportError:\n    pass\n"),
    ],
)
def test_what_no_route_surely_loads_keeps_nothing_back(path: str, text: str) -> None:
    (finding,) = _found(SITE | {path: text})
    assert "imp (" not in finding.message


POETRY = """\
[tool.poetry.dependencies]
python = "^3.8"
web = {version = "*", extras = ["all"]}
old = {version = "*", optional = true}
[tool.poetry.group.dev.dependencies]
cffi = "*"
"""
LOCK = """\
[[package]]
name = "web"
version = "1.0"
[package.dependencies]
plain = "*"
tomli = {version = "*", markers = "python_version < '3.11'"}
[package.extras]
all = ["fast (>=1)"]
"""
PINNED = '[[package]]\nname = "{name}"\nversion = "{version}"\n'
PLUGGED = """\
service: a
provider: {{name: aws, runtime: python3.8}}
functions: {{a: {{handler: src/app.handler}}}}
plugins: [{plugin}]
custom: {{pythonRequirements: {{{options}}}}}
"""


def _plugged(options: str, files: Mapping[str, str], plugin: str = PLUGIN) -> Finding:
    service = PLUGGED.format(plugin=plugin, options=options)
    (finding,) = _found({"serverless.yml": service, "src/app.py": HANDLER, **files})
    return finding


def test_the_file_that_a_plugin_is_told_to_install_from_counts_with_what_it_includes() -> None:
    files = {"needs/live.txt": "-r all.txt\n", "needs/all.txt": "six==1.16.0\nboto3==1.17.0\n"}
    finding = _plugged("fileName: needs/live.txt", files)
    assert target(finding) == "python3.11"
    assert "boto3==1.17.0 (needs/all.txt)" in finding.message
    note = next(one for one in finding.related if one.span.path == "needs/all.txt")
    text = files["needs/all.txt"]
    assert text[note.span.start : note.span.end] == "boto3==1.17.0"


def test_what_is_not_installed_then_keeps_nothing_back() -> None:
    files = {"requirements.txt": "boto3==1.17.0\n", "live.txt": "boto3\n"}
    assert target(_plugged("fileName: live.txt", files)) == "python3.12"
    assert target(_plugged("fileName: live.txt", files, "serverless-offline")) == "python3.11"


@pytest.mark.parametrize(
    ("name", "version", "lock"),
    [
        ("plain", "1.0", LOCK),
        ("cffi", "1.15.1", LOCK),
        ("tomli", "1.0", LOCK + PINNED.format(name="cffi", version="1.15.1")),
        ("fast", "1.0", LOCK + "[package.x]\n" + PINNED.format(name="old", version="1")),
    ],
)
def test_what_a_lock_has_for_developers_or_elsewhere_keeps_nothing_back(
    name: str, version: str, lock: str
) -> None:
    text = lock + PINNED.format(name=name, version=version)
    finding = _plugged("zip: false", {"pyproject.toml": POETRY, "poetry.lock": text})
    assert target(finding) == "python3.12"


@pytest.mark.parametrize("way", ["plain", "fast"])
@pytest.mark.parametrize("how", ["plugin", "export"])
def test_what_a_lock_pins_for_the_code_counts(way: str, how: str) -> None:
    needs = '[package.dependencies]\ncffi = ">=1.12"\n'
    lock = LOCK + PINNED.format(name=way, version="1.0") + needs
    lock += PINNED.format(name="cffi", version="1.15.1")
    files = {"pyproject.toml": POETRY, "poetry.lock": lock}
    if how == "plugin":
        finding = _plugged("zip: false", files)
    else:
        files["Makefile"] = "build:\n\tpoetry export -o src/requirements.txt\n"
        template = HEAD + FUNCTION.format(name="A", code="src")
        (finding,) = _found({"template.yaml": template, "src/app.py": HANDLER, **files})
    assert target(finding) == "python3.11"
    assert "cffi==1.15.1 (poetry.lock)" in finding.message


def test_a_lock_that_nothing_installs_from_keeps_nothing_back() -> None:
    lock = LOCK.replace('"web"', '"cffi"').replace('"1.0"', '"1.15.1"')
    project = POETRY.replace("web =", "cffi =").replace('\ncffi = "*"', "")
    files = {"pyproject.toml": project, "poetry.lock": lock}
    assert target(_plugged("zip: false", files)) == "python3.11"
    off = _plugged("usePoetry: false", files)
    assert target(off) == "python3.12"
    template = HEAD + FUNCTION.format(name="A", code="src")
    (finding,) = _found({"template.yaml": template, "src/app.py": HANDLER, **files})
    assert target(finding) == "python3.12"


@pytest.mark.parametrize(
    ("pin", "fails"),
    [
        ("fastapi==0.42.0", True),
        ("fastapi==0.44.0", False),
        ("pydantic<1.4", True),
        ("pydantic==1.10.13", False),
        ("aws-xray-sdk==2.9.0", True),
        ("aws-xray-sdk>=2.6", False),
        ("docker==5.0.3", True),
        ("webargs~=6.1", True),
        ("webargs==8.1.0", False),
    ],
)
def test_what_imports_distutils_does_not_run_on_the_next_python(pin: str, fails: bool) -> None:
    finding = told("", f"{pin}\n")
    assert (f"{pin} (src/requirements.txt), which does not run on" in finding.message) is fails
