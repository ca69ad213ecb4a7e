"""What Lambda accepts, compared with what botocore and cfn-lint know of the same.

Where they differ from the catalogue the difference is written here: what has drifted shows as
a test that fails.
"""

from __future__ import annotations

import re

import pytest

from lamlint.catalog import ALIAS, FUNCTION_NAME, LAYER, MOUNT, VARIABLE, Catalog
from lamlint.text import Regex
from tests.catalog.models import cfn_lint, shapes, within

ACCEPTED = Catalog().accepted
PROPERTIES = ACCEPTED.properties
API = shapes("lambda")


@pytest.mark.parametrize(
    ("shape", "limit", "known"),
    [
        ("Handler", "max", ACCEPTED.longest_handler),
        ("Alias", "max", ACCEPTED.alias.longest_name),
        ("Description", "max", PROPERTIES.longest_description),
        ("TagKey", "max", PROPERTIES.longest_tag_name),
        ("TagValue", "max", PROPERTIES.longest_tag_value),
        ("FileSystemConfigList", "max", PROPERTIES.file_systems),
        ("LocalMountPath", "max", PROPERTIES.longest_mount),
        ("SubnetIds", "max", PROPERTIES.subnets),
        ("SecurityGroupIds", "max", PROPERTIES.security_groups),
        ("ArchitecturesList", "max", 1),
    ],
)
def test_limits_are_those_of_the_api(shape: str, limit: str, known: int) -> None:
    assert API[shape][limit] == known


def test_architectures_are_those_of_the_api() -> None:
    assert set(API["Architecture"]["enum"]) == PROPERTIES.architectures


NAMES = ["A", "Ab", "a_b", "A1", "1A", "_A", "a-b", "a.b", "", "A b", "Äb"]
ALIASES = ["live", "1", "2026", "v1", "1a", "v1.2", "a b", "-", "_", ""]
LAYERS = [
    "arn:aws:lambda:eu-west-1:123456789012:layer:one:1",
    "arn:aws-cn:lambda:cn-north-1:123456789012:layer:one:12",
    "arn:aws-us-gov:lambda:us-gov-west-1:123456789012:layer:one:12",
    "arn:aws:lambda:::awslayer:AmazonLinux1803",
    "arn:aws:lambda:eu-west-1:123456789012:layer:one",
    "arn:aws:lambda:eu-west-1:123456789012:layer:one:latest",
    "arn:aws:lambda:eu-west-1:12345678901:layer:one:1",
    "arn:aws:lambda:eu-west-1:123456789012:function:one:1",
    "one",
]
MOUNTS = ["/mnt/data", "/mnt/a.b-c_d", "/mnt/", "/data", "/mnt/a/b", "/mnt/a b"]


@pytest.mark.parametrize(
    ("form", "shape", "texts"),
    [
        (VARIABLE, "EnvironmentVariableName", NAMES),
        (ALIAS, "Alias", ALIASES),
        (LAYER, "LayerVersionArn", LAYERS),
        (MOUNT, "LocalMountPath", MOUNTS),
        (FUNCTION_NAME, "FunctionName", ["orders", "a b", "a.b", "ä", "a_b-c", ""]),
    ],
)
def test_forms_accept_what_the_api_accepts(form: Regex[str], shape: str, texts: list[str]) -> None:
    pattern = API[shape]["pattern"]
    for text in texts:
        assert bool(form.fullmatch(text)) == bool(re.fullmatch(pattern, text)), text


def test_the_handler_has_no_white_space_in_the_api() -> None:
    assert API["Handler"]["pattern"] == r"[^\s]+"


@pytest.mark.parametrize(
    ("path", "known"),
    [
        ("properties/Handler/maxLength", ACCEPTED.longest_handler),
        ("properties/Layers/maxItems", ACCEPTED.layers),
        ("properties/Description/maxLength", PROPERTIES.longest_description),
        ("properties/FileSystemConfigs/maxItems", PROPERTIES.file_systems),
        ("definitions/VpcConfig/properties/SubnetIds/maxItems", PROPERTIES.subnets),
        ("definitions/VpcConfig/properties/SecurityGroupIds/maxItems", PROPERTIES.security_groups),
        ("definitions/Tag/properties/Key/maxLength", PROPERTIES.longest_tag_name),
        ("definitions/Tag/properties/Value/maxLength", PROPERTIES.longest_tag_value),
    ],
)
def test_limits_are_those_of_cloudformation(path: str, known: int) -> None:
    assert within("AWS::Lambda::Function", path) == known


NOT_RESERVED_BY_CFN_LINT = {
    "AWS_LAMBDA_MAX_CONCURRENCY",
    "AWS_LAMBDA_METADATA_API",
    "AWS_LAMBDA_METADATA_TOKEN",
}
"""Names that AWS has reserved since cfn-lint's list was made."""


def test_cfn_lint_knows_all_reserved_names_but_the_latest() -> None:
    keys = cfn_lint("schemas/extensions/aws_lambda_function/environment_variable_keys.json")
    known = set(keys["propertyNames"]["not"]["enum"])
    assert ACCEPTED.environment.reserved - known == NOT_RESERVED_BY_CFN_LINT
    assert known <= ACCEPTED.environment.reserved


def test_cfn_lint_knows_the_same_runtimes_with_snapstart() -> None:
    from cfnlint.rules.resources.lmbd.SnapStartSupported import SnapStartSupported

    runtimes, without = Catalog().runtimes.by_name.values(), ACCEPTED.snap_start.families_without
    known = SnapStartSupported()._is_runtime_valid
    drifted = {
        one.name
        for one in runtimes
        if known(one.name) != (one.snap_start is not False and not one.name.startswith(without))
    }
    assert drifted == NOT_SNAPSTART_BY_CFN_LINT


NOT_SNAPSTART_BY_CFN_LINT = {"java8.al2023", "python2.7", "python3.6"}
"""Runtimes that cfn-lint takes for ones with SnapStart, which begins at Python 3.12 and Java 11."""
