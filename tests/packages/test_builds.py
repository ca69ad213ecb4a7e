"""Which of the builds that lie in a project are taken for a function's, and which are not."""

from __future__ import annotations

import json
from collections.abc import Mapping

import pytest

from lamlint.packages import Measurement, Method
from tests.packages.projects import MEGABYTE, TEMPLATE, archive, known, measured, project, sizes_of

PART = "numpy/core.so"
BUILD_TOML = """\
[function_build_definitions.one]
codeuri = "/builds/shop/src"
functions = ["{names}"]
"""
STORED = """\
Resources:
  Report:
    Type: AWS::Lambda::Function
    Properties:
      Code: {S3Bucket: releases, S3Key: shop/4f2a.zip}
      Handler: app.handler
      Runtime: python3.12
"""
LAYERED = """\
Resources:
  Report:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: src/
      Handler: app.handler
      Runtime: python3.12
      Layers: [!Ref Numbers]
  Numbers:
    Type: AWS::Serverless::LayerVersion
    Metadata: {BuildMethod: makefile}
    Properties: {ContentUri: layers/numbers/}
"""


def of(name: str, files: Mapping[str, str | bytes], sizes: Mapping[str, int]) -> Measurement | None:
    """The measurement of a function in a project of several templates."""
    by_template = {one.function.template: one for one in project(files, sizes).packages}
    return by_template[name].measured


def test_the_folder_of_a_function_in_a_build() -> None:
    found = known({}, {f".aws-sam/build/Report/{PART}": 50 * MEGABYTE})
    assert (found.method, found.place) == (Method.BUILT, ".aws-sam/build/Report")


def test_the_template_that_a_build_wrote_names_builds() -> None:
    files = {".aws-sam/build/template.yaml": TEMPLATE.replace("src/", "Report")}
    sizes = {f".aws-sam/build/Report/{PART}": 50, ".aws-sam/build/Report/requirements.txt": 9}
    built = project(files, sizes, ".aws-sam/build/template.yaml")
    (found,) = [one.measured for one in built.packages if ".aws-sam" in one.function.template]
    assert found is not None
    assert (found.method, found.place) == (Method.BUILT, ".aws-sam/build/Report")
    assert found.complete


def test_functions_of_one_code_share_the_folder_of_one() -> None:
    files = {".aws-sam/build.toml": BUILD_TOML.format(names='Other", "Report')}
    found = known(files, {f".aws-sam/build/Other/{PART}": 50 * MEGABYTE})
    assert found.place == ".aws-sam/build/Other"


def test_a_build_of_other_code_by_that_name_is_not_the_function_s() -> None:
    files = {
        ".aws-sam/build.toml": BUILD_TOML.format(names="Other").replace("/src", "/elsewhere"),
        "services/template.yaml": TEMPLATE,
        "services/src/app.py": "",
    }
    sizes = {f".aws-sam/build/Report/{PART}": 300 * MEGABYTE}
    found = of("services/template.yaml", files, sizes)
    assert found is not None
    assert found.place == "services/src"


def test_the_build_of_a_template_in_a_folder_below() -> None:
    """`sam build -t services/template.yaml` leaves its build in the working directory."""
    files = {
        ".aws-sam/build.toml": BUILD_TOML.format(names="Report").replace("/src", "/services/src"),
        "services/template.yaml": TEMPLATE,
        "services/src/app.py": "",
    }
    sizes = {f".aws-sam/build/Report/{PART}": 30 * MEGABYTE}
    found = of("services/template.yaml", files, sizes)
    assert found is not None
    assert found.place == ".aws-sam/build/Report"


def test_the_build_of_a_nested_stack_lies_in_a_folder_of_the_stack() -> None:
    files = {
        ".aws-sam/build.toml": BUILD_TOML.format(names="Sales/Report").replace(
            "/src", "/sales/src"
        ),
        "sales/template.yaml": TEMPLATE,
        "sales/src/app.py": "",
    }
    sizes = {
        f".aws-sam/build/Report/{PART}": 300 * MEGABYTE,
        f".aws-sam/build/Sales/Report/{PART}": 30 * MEGABYTE,
    }
    found = of("sales/template.yaml", files, sizes)
    assert found is not None
    assert found.place == ".aws-sam/build/Sales/Report"


def test_a_build_without_a_record_is_known_by_its_modules() -> None:
    files: Mapping[str, str | bytes] = {
        "services/template.yaml": TEMPLATE,
        "services/src/app.py": "",
    }
    sizes = {f".aws-sam/build/Report/{PART}": 30 * MEGABYTE, ".aws-sam/build/Report/app.py": 10}
    found = of("services/template.yaml", files, sizes)
    assert found is not None
    assert found.place == ".aws-sam/build/Report"


@pytest.mark.parametrize("record", ["][", "function_build_definitions = 1", "[a]\nb = 1\n"])
def test_a_record_that_makes_no_sense_does_no_harm(record: str) -> None:
    found = known({".aws-sam/build.toml": record}, {f".aws-sam/build/Report/{PART}": 50})
    assert found.place == ".aws-sam/build/Report"


def test_a_layer_that_a_makefile_builds_is_measured_in_its_build() -> None:
    sizes = {
        "layers/numbers/Makefile": 100,
        f".aws-sam/build/Numbers/python/{PART}": 60 * MEGABYTE,
    }
    found = known({"template.yaml": LAYERED}, sizes)
    assert sizes_of(found) == {"numpy (layer Numbers)": 60 * MEGABYTE}
    assert found.complete


def test_a_layer_that_nothing_has_built_is_missing() -> None:
    found = known({"template.yaml": LAYERED}, {"layers/numbers/Makefile": 100})
    assert [missing.text for missing in found.missing] == [
        "the layer Numbers: makefile builds the code, and no build is there"
    ]


def test_the_archive_of_the_serverless_framework_is_never_unpacked() -> None:
    zipped = archive({PART: 3 * MEGABYTE, "app.py": 10})
    found = known({".serverless/Report.zip": zipped})
    assert (found.method, found.place) == (Method.ARCHIVE, ".serverless/Report.zip")
    assert sizes_of(found) == {"numpy": 3 * MEGABYTE}


def test_what_was_stored_lies_beside_the_template() -> None:
    zipped = archive({PART: 3 * MEGABYTE})
    found = known({"template.yaml": STORED, "4f2a.zip": zipped})
    assert (found.method, found.place) == (Method.ARCHIVE, "4f2a.zip")


def test_the_manifest_of_the_cdk_names_the_asset() -> None:
    manifest = {"files": {"4f2a": {"source": {"path": "bundles/report", "packaging": "zip"}}}}
    files: Mapping[str, str | bytes] = {
        "out/Shop.template.json": json.dumps(
            {
                "Resources": {
                    "Report": {
                        "Type": "AWS::Lambda::Function",
                        "Properties": {
                            "Code": {"S3Bucket": "assets", "S3Key": "4f2a.zip"},
                            "Handler": "app.handler",
                            "Runtime": "python3.12",
                            "Layers": [{"Ref": "Numbers"}],
                        },
                    },
                    "Numbers": {
                        "Type": "AWS::Lambda::LayerVersion",
                        "Properties": {"Content": {"S3Bucket": "assets", "S3Key": "77aa.zip"}},
                    },
                }
            }
        ),
        "out/Shop.assets.json": json.dumps(manifest),
    }
    sizes = {"out/bundles/report/model.bin": 70, f"out/asset.77aa/python/{PART}": 30}
    found = of("out/Shop.template.json", files, sizes)
    assert found is not None
    assert (found.method, found.place) == (Method.BUILT, "out/bundles/report")
    assert sizes_of(found) == {"model.bin": 70, "numpy (layer Numbers)": 30}
    assert found.complete


@pytest.mark.parametrize(
    "manifest",
    [
        "",
        "[]",
        '{"files": 1}',
        '{"files": {"4f2a": {"source": {"path": "../../etc"}}}}',
        "[" * 9999,
    ],
)
def test_a_manifest_that_leads_nowhere_says_nothing(manifest: str) -> None:
    files = {"template.yaml": STORED, "template.yaml.assets.json": manifest}
    assert measured(files) is None
