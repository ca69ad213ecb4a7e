"""Functions that the CDK adds to a stack are not the author's; what only looks so is."""

from __future__ import annotations

import json
from datetime import date

import pytest

from lamlint.catalog import Catalog
from lamlint.engine.check import check
from lamlint.project import build
from lamlint.rule import INFORMATION
from lamlint.text import Finding
from tests.checking import rules
from tests.memory import MemoryTree

CODE = "import boto3\ndef handler(event, context):\n    return boto3.client('s3').list_buckets()\n"
MADE = {"CDKMetadata": {"Type": "AWS::CDK::Metadata", "Properties": {"Analytics": "v2"}}}


def told(
    name: str, *, path: str = "", made: bool = True, handler: str = "", runtime: str = "python3.13"
) -> list[Finding]:
    function: dict[str, object] = {
        "Type": "AWS::Lambda::Function",
        "Properties": {
            "Code": {"ZipFile": CODE},
            "Handler": handler or "index.handler",
            "Runtime": runtime,
            "Role": "arn:aws:iam::123456789012:role/it",
            "Environment": {"Variables": {"UNREAD": "1"}},
        },
    }
    if path:
        function["Metadata"] = {"aws:cdk:path": path}
    resources = {name: function, **(MADE if made else {})}
    tree = MemoryTree({"Shop.template.json": json.dumps({"Resources": resources})})
    built = build(tree, (), Catalog(), date(2026, 11, 23))
    return list(check(built, rules().values()))


HELPERS = [
    "BucketNotificationsHandler050a0587b7544547bf325f094a3db8347ECC3691",
    "BucketNotificationsHandler050a0587b7544547bf325f094a3db834",
    "CustomS3AutoDeleteObjectsCustomResourceProviderHandler9D90184F",
    "CustomVpcRestrictDefaultSGCustomResourceProviderHandlerDC833E5E",
    "CustomCrossRegionExportReaderCustomResourceProviderHandler46647B68",
    "CustomCrossRegionExportWriterCustomResourceProviderHandlerD8786E8A",
    "CustomECRAutoDeleteImagesCustomResourceProviderHandler8D89C030",
    "CustomAWSCDKOpenIdConnectProviderCustomResourceProviderHandlerF2C543E0",
    "CustomCrossAccountZoneDelegationCustomResourceProviderHandler44A84265",
    "AWSCDKTriggerCustomResourceProviderCustomResourceProviderHandler97BECD91",
    "AWSCDKCfnUtilsProviderCustomResourceProviderHandlerCF82AA57",
    "CustomCDKBucketDeployment8693BB64968944B69AAFB0CC9EB8756C81C01536",
    "CustomCDKBucketDeployment8693BB64968944B69AAFB0CC9EB8756C1024MiB1A2B3C4D",
    "LogRetentionaae0aa3c5b4d4f87b02d85b201efdd8aFD4BFC8A",
    "AWS679f53fac002430cb0da5b7982bd22872D164C4C",
    "AWSb4cf1abd4e4f4bc699441af7ccd9ec371511E620",
    "CrossRegionAwsSdk8a0c93f3dbef4b71ac137aaf2048ce7e00C0FFEE",
    "SingletonLambda224e77f9a32e4b4dac32983477abba16547E6A4E",
    "Evala0d2ce44871b4e7487a1f5e63d7c3bdc4DAC06E1",
]


@pytest.mark.parametrize("name", HELPERS)
def test_what_the_cdk_adds_is_passed_over(name: str) -> None:
    assert told(name) == []
    assert told(name, made=False, path=f"Shop/{name}/Resource") == []


@pytest.mark.parametrize("part", ["onEvent", "isComplete", "onTimeout"])
def test_the_framework_of_a_provider(part: str) -> None:
    assert told(f"Seedframework{part}0A1B2C3D", handler=f"framework.{part}") == []


def test_nested_stacks_that_the_cdk_makes() -> None:
    path = "Shop/@aws-cdk--aws-eks.KubectlProvider/Handler/Resource"
    assert told("Handler886CB40B", path=path) == []


OWN = [
    "LogRetention",
    "LogRetentionHandler9D90184F",
    "BucketNotificationsHandler",
    "BucketNotificationsHandler7ECC3691",
    "CustomSeedCustomResourceProviderHandler9D90184F",
    "CustomS3AutoDeleteObjectsCustomResourceProviderHandler",
    "OrdersCustomResourceProviderHandlerDC833E5E",
    "AWS679f53fac0024",
    "SingletonLambdaf7d4f7304ee111e89c2dfa7ae01bbebc9A5B1C2D",
    "Handler886CB40B",
    "framework",
    "SeedframeworkonEvent0A1B2C3D",
    "EvalOrders4DAC06E1",
]


@pytest.mark.parametrize("name", OWN)
def test_an_authors_function_in_a_template_of_the_cdk(name: str) -> None:
    names = {one.rule for one in told(name, path=f"Shop/{name}/Resource")}
    assert {"timeout-not-set", "memory-not-set", "connection-in-handler"} <= names


@pytest.mark.parametrize("name", HELPERS[:3])
def test_a_template_that_the_cdk_did_not_make(name: str) -> None:
    assert "timeout-not-set" in {one.rule for one in told(name, made=False)}


def test_an_old_runtime_of_theirs_is_told_with_what_helps() -> None:
    (one,) = told(HELPERS[0], runtime="python3.8")
    assert (one.rule, one.severity, one.fix) == ("deprecated-runtime", INFORMATION, None)
    assert "move to a newer aws-cdk-lib" in one.message
