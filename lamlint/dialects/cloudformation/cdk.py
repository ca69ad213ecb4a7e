"""The functions that the AWS CDK adds to a stack for its own resources.

They are told by their logical id, which the CDK makes of the construct's path and a hash of
it, in a template that says that the CDK made it: words alone may be an author's.
"""

from __future__ import annotations

from lamlint.dialects.cloudformation.resource import Resource
from lamlint.dialects.tree.node import MappingNode, ScalarNode
from lamlint.text.regex import Regex

LIBRARY = "aws-cdk-lib"
"""The library whose newer versions bring newer ones of its functions."""

_PROVIDERS = (
    "CustomS3AutoDeleteObjects",
    "CustomVpcRestrictDefaultSG",
    "CustomCrossRegionExportReader",
    "CustomCrossRegionExportWriter",
    "CustomCrossRegionStringParameterReader",
    "CustomECRAutoDeleteImages",
    "CustomAWSCDKOpenIdConnectProvider",
    "CustomCrossAccountZoneDelegation",
    "CustomDeleteExistingRecordSet",
    "CustomSyntheticsAutoDeleteUnderlyingResources",
    "AWSCDKTriggerCustomResourceProvider",
    "AWSCDKCfnUtilsProvider",
)
_SINGLETONS = (
    "BucketNotificationsHandler050a0587b7544547bf325f094a3db834",
    "CustomCDKBucketDeployment8693BB64968944B69AAFB0CC9EB8756C",
    "LogRetentionaae0aa3c5b4d4f87b02d85b201efdd8a",
    "AWS679f53fac002430cb0da5b7982bd2287",
    "AWSb4cf1abd4e4f4bc699441af7ccd9ec37",
    "CrossRegionAwsSdk8a0c93f3dbef4b71ac137aaf2048ce7e",
    "SingletonLambda224e77f9a32e4b4dac32983477abba16",
    "SingletonLambda8693BB64968944B69AAFB0CC9EB8757C",
)
"""Ids that hold a number of the CDK's own; what varies in a function may stand behind it."""
_HASH = "[0-9A-F]{8}"
_ID = Regex(
    rf"(?:{'|'.join(_PROVIDERS)})CustomResourceProviderHandler{_HASH}"
    rf"|(?:{'|'.join(_SINGLETONS)})\w*"
    rf"|Eval[0-9a-f]{{32}}{_HASH}"
)
_FRAMEWORK = Regex(rf"\w*framework(onEvent|isComplete|onTimeout){_HASH}")
_HIDDEN = Regex(r"/@aws-cdk--[\w.-]+/")
"""In the path of what lies in a nested stack that the CDK makes for a service of its own."""


def library(resource: Resource) -> str:
    """The library whose own function a resource is; empty for what an author declares."""
    path = _path(resource)
    if _HIDDEN.search(path):
        return LIBRARY
    known = _ID.fullmatch(resource.name) or _is_framework(resource)
    return LIBRARY if known and (path or _of_the_cdk(resource)) else ""


def _is_framework(resource: Resource) -> bool:
    """Whether it is the part of a custom resource's provider that calls the author's function."""
    found = _FRAMEWORK.fullmatch(resource.name)
    if found is None:
        return False
    return resource.properties.text("Handler").is_in([f"framework.{found[1]}"])


def _path(resource: Resource) -> str:
    """The path of the construct that a resource was made of, as its metadata has it."""
    metadata = resource.mapping.get("Metadata")
    path = metadata.get("aws:cdk:path") if isinstance(metadata, MappingNode) else None
    return path.text if isinstance(path, ScalarNode) else ""


def _of_the_cdk(resource: Resource) -> bool:
    """Whether a template says which version of the CDK made it."""
    section = resource.scope.section("Resources")
    for entry in section or ():
        kind = entry.value.get("Type") if isinstance(entry.value, MappingNode) else None
        if isinstance(kind, ScalarNode) and kind.text == "AWS::CDK::Metadata":
            return True
    return False
