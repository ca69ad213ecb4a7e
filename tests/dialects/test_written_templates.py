"""Templates that a tool writes again: the Amplify CLI, Chalice. Its own version is the cure."""

from __future__ import annotations

import json
from datetime import date

import pytest

from lamlint.catalog import Catalog
from lamlint.engine.check import check
from lamlint.project import build
from lamlint.rule import ERROR, INFORMATION, WARNING
from lamlint.text import Finding
from tests.checking import rules
from tests.memory import MemoryTree

NODE = {
    "ZipFile": "const aws = require('aws-sdk');\nexports.handler = (event, context, done) => {};"
}


def told(path: str, code: object, runtime: str = "nodejs10.x", **more: object) -> list[Finding]:
    given = {"Code": code, "Handler": "index.handler", "Runtime": runtime, **more}
    resources = {"It": {"Type": "AWS::Lambda::Function", "Properties": given}}
    tree = MemoryTree({path: json.dumps({"Resources": resources})})
    found = check(build(tree, (), Catalog(), date(2026, 11, 23)), rules().values())
    return [one for one in found if one.rule == "deprecated-runtime"]


@pytest.mark.parametrize(
    "path",
    [
        "amplify/backend/auth/shop/shop-cloudformation-template.json",
        "web/amplify/backend/hosting/s3/template.json",
    ],
)
def test_a_function_of_the_amplify_cli_is_renewed_with_it(path: str) -> None:
    (one,) = told(path, NODE)
    assert (one.rule, one.severity, one.fix) == ("deprecated-runtime", INFORMATION, None)
    assert "move to a newer @aws-amplify/cli" in one.message


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("amplify/backend/function/shop/shop-cloudformation-template.json", NODE),
        ("backend/auth/template.json", NODE),
        ("amplify/backend/auth/t/template.json", {"S3Bucket": "b", "S3Key": "k.zip"}),
    ],
)
def test_an_authors_function_beside_it_is_not(path: str, code: object) -> None:
    (one,) = told(path, code)
    assert one.severity is ERROR
    assert "amplify/cli" not in one.message


@pytest.mark.parametrize(("tag", "severity"), [("aws-chalice", INFORMATION), ("team", WARNING)])
def test_a_template_of_chalice_has_the_python_that_wrote_it(tag: str, severity: object) -> None:
    code, tags = {"S3Bucket": "b", "S3Key": "k.zip"}, [{"Key": tag, "Value": "version=1.31.0"}]
    (one,) = told("sam.json", code, "python3.10", Tags=tags)
    assert one.severity is severity
    assert ("`chalice package` wrote it" in one.message) is (tag == "aws-chalice")
