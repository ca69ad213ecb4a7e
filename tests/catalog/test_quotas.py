"""The ranges of numbers, compared with those of botocore and cfn-lint.

Where they differ, both are written down here: what has drifted shows as a test that fails.
"""

from __future__ import annotations

import pytest

from lamlint.catalog import Catalog, Quota, Range
from tests.catalog.models import cfn_lint, range_of, range_within

QUOTAS = Catalog().quotas
FUNCTION, INVOKED = "AWS::Lambda::Function", "AWS::Lambda::EventInvokeConfig"
RULE = "AWS::Events::Rule"


def widest(quota: Quota) -> tuple[int, int]:
    """From the least to the most that it may be anywhere: APIs know no conditions."""
    ranges = (quota.function, quota.managed_instances, quota.accelerated)
    return min(one.least for one in ranges), max(one.most for one in ranges)


OF_APIS = [
    ("timeout", "lambda", "Timeout"),
    ("memory", "lambda", "MemorySize"),
    ("ephemeral-storage", "lambda", "EphemeralStorageSize"),
    ("async-retries", "lambda", "MaximumRetryAttempts"),
    ("async-age", "lambda", "MaximumEventAgeInSeconds"),
    ("delivery-retries", "events", "MaximumRetryAttempts"),
    ("delivery-age", "events", "MaximumEventAgeInSeconds"),
    ("delivery-retries", "scheduler", "MaximumRetryAttempts"),
    ("delivery-age", "scheduler", "MaximumEventAgeInSeconds"),
]


@pytest.mark.parametrize(("name", "service", "shape"), OF_APIS)
def test_ranges_are_those_of_the_api(name: str, service: str, shape: str) -> None:
    assert widest(QUOTAS[name]) == range_of(service, shape)


@pytest.mark.parametrize(
    ("name", "resource", "path"),
    [
        ("timeout", FUNCTION, "properties/Timeout"),
        ("memory", FUNCTION, "properties/MemorySize"),
        ("ephemeral-storage", FUNCTION, "definitions/EphemeralStorage/properties/Size"),
        ("async-retries", INVOKED, "properties/MaximumRetryAttempts"),
        ("async-age", INVOKED, "properties/MaximumEventAgeInSeconds"),
        ("delivery-retries", RULE, "definitions/RetryPolicy/properties/MaximumRetryAttempts"),
        ("delivery-age", RULE, "definitions/RetryPolicy/properties/MaximumEventAgeInSeconds"),
    ],
)
def test_ranges_are_those_of_cloudformation(name: str, resource: str, path: str) -> None:
    assert widest(QUOTAS[name]) == range_within(resource, path)


def test_cfn_lint_knows_the_same_timeout_for_what_is_on_no_managed_instances() -> None:
    rule = cfn_lint("schemas/extensions/aws_lambda_function/capacity_provider_timeout.json")
    most = rule["then"]["properties"]["Timeout"]["maximum"]
    assert QUOTAS["timeout"].function == Range(1, most)


def test_every_quota_is_compared() -> None:
    assert QUOTAS.keys() == {name for name, _, _ in OF_APIS}
