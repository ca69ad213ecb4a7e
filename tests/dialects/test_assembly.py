"""What `cdk synth` wrote is read where an app's code declares nothing that is read."""

from __future__ import annotations

import json

import pytest

from lamlint.dialects.cloudformation.assembly import templates
from lamlint.dialects.reading import read
from tests.memory import MemoryTree

HASH = "5f1c0d7e9a"
CODE = "def handler(event, context): ...\n"


def manifest(**artifacts: tuple[str, str]) -> str:
    kinds = {"templateFile": "aws:cloudformation:stack", "directoryName": "cdk:cloud-assembly"}
    listed = {
        name: {"type": kinds[key], "properties": {key: place}}
        for name, (key, place) in artifacts.items()
    }
    return json.dumps({"version": "36.0.0", "artifacts": listed})


ASSET = {"S3Bucket": "assets", "S3Key": f"{HASH}.zip"}


def template(name: str = "Put", code: dict[str, str] = ASSET) -> str:
    given = {"Code": code, "Handler": "app.handler", "Runtime": "python3.13"}
    made = {"aws:cdk:path": f"Shop/{name}/Resource"}
    function = {"Type": "AWS::Lambda::Function", "Properties": given, "Metadata": made}
    return json.dumps({"Resources": {name: function}})


APP = {
    "cdk.json": '{"app": "mvn exec:java"}',
    "cdk.out/manifest.json": manifest(Shop=("templateFile", "Shop.template.json")),
    "cdk.out/Shop.template.json": template(),
    f"cdk.out/asset.{HASH}/app.py": CODE,
}


def functions(files: dict[str, str], *targets: str) -> dict[str, str]:
    """The functions by their names, each with the folder of its code."""
    return {one.name: one.code.path for one in read(MemoryTree(files), targets).functions}


@pytest.mark.parametrize(
    ("more", "folder"),
    [
        ({}, f"cdk.out/asset.{HASH}"),
        ({"src/app.py": CODE}, "src"),
        ({"src/app.py": CODE + "# changed\n"}, f"cdk.out/asset.{HASH}"),
        ({"src/app.py": CODE, "src/more.py": "A = 1\n"}, f"cdk.out/asset.{HASH}"),
        ({"a/app.py": CODE, "b/app.py": CODE}, f"cdk.out/asset.{HASH}"),
        ({"src/app.py": CODE, f"cdk.out/asset.{HASH}/boto3.py": ""}, "src"),
    ],
)
def test_the_code_is_where_it_was_packed_from(more: dict[str, str], folder: str) -> None:
    assert functions({**APP, **more}) == {"Put": folder}


@pytest.mark.parametrize("root", ["", "infra/"])
@pytest.mark.parametrize(
    "code", [{"ZipFile": CODE}, {"S3Bucket": "releases", "S3Key": "put.zip"}, {"ImageUri": "put"}]
)
def test_code_need_not_lie_beside_the_template(code: dict[str, str], root: str) -> None:
    files = {f"{root}{path}": text for path, text in APP.items() if "asset" not in path}
    files[f"{root}cdk.out/Shop.template.json"] = template(code=code)
    for target in (".", root.rstrip("/"), f"{root}cdk.out"):
        assert set(functions(files, target)) == {"Put"}, target
    assert set(functions({**files, "other/app.py": "A = 1\n"}, "other")) == set()


HELPER = "CustomS3AutoDeleteObjectsCustomResourceProviderHandler9D90184F"


@pytest.mark.parametrize(("name", "library"), [(HELPER, "aws-cdk-lib"), ("Put", "")])
def test_what_the_cdk_adds_is_known(name: str, library: str) -> None:
    text = template(name, {"ZipFile": CODE})
    files = {**APP, "cdk.out/Shop.template.json": text}
    (function,) = read(MemoryTree(files), ["."]).functions
    assert function.library == library


def test_stages_have_assemblies_of_their_own() -> None:
    files = {
        **APP,
        "cdk.out/manifest.json": manifest(Prod=("directoryName", "assembly-Prod")),
        "cdk.out/assembly-Prod/manifest.json": manifest(Shop=("templateFile", "Shop.json")),
        "cdk.out/assembly-Prod/Shop.json": template("InStage"),
    }
    del files["cdk.out/Shop.template.json"]
    assert set(functions(files)) == {"InStage"}


def test_it_is_not_read_where_anything_else_declares_functions() -> None:
    assert set(functions({**APP, "template.yaml": template("Mine")})) == {"Mine"}


@pytest.mark.parametrize(
    ("target", "names"), [("src", {"Put"}), ("src/app.py", {"Put"}), ("other", set())]
)
def test_only_what_concerns_the_paths_is_read(target: str, names: set[str]) -> None:
    assert set(functions({**APP, "src/app.py": CODE}, target)) == names


@pytest.mark.parametrize(
    "text",
    [
        "{",
        "[]",
        '{"artifacts": []}',
        '{"artifacts": {"a": 1}}',
        '{"artifacts": {"a": {"type": "aws:cloudformation:stack"}}}',
        manifest(A=("templateFile", "../Shop.template.json")),
        manifest(A=("templateFile", "/Shop.template.json")),
        manifest(A=("directoryName", "assembly-A"), B=("directoryName", "assembly-A")),
        '{"artifacts": ' + "[" * 5000,
    ],
)
def test_manifests_that_say_nothing(text: str) -> None:
    files = {**APP, "cdk.out/manifest.json": text}
    del files["cdk.out/Shop.template.json"]
    tree = MemoryTree({**files, "Shop.template.json": template()})
    assert [*templates(tree)] == []
