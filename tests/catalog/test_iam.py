"""The facts about IAM, compared with those that cfn-lint has; what has drifted shows here."""

from __future__ import annotations

import pytest

from lamlint.catalog import Catalog
from tests.catalog.models import cfn_lint

IAM = Catalog().iam


def test_every_right_of_an_escalation_is_an_action_of_its_service() -> None:
    known = cfn_lint("AdditionalSpecs/Policies.json")
    unknown = [
        action
        for escalation in IAM.escalations
        for service, _, name in [action.partition(":") for action in escalation.actions]
        if name.lower() not in known[service]["Actions"]
        for action in [f"{service}:{name}"]
    ]
    assert unknown == []


def test_no_escalation_is_listed_twice() -> None:
    listed = [frozenset(escalation.actions) for escalation in IAM.escalations]
    assert len(set(listed)) == len(listed)


def test_the_elements_of_policies_are_those_of_the_language() -> None:
    schema = cfn_lint("schemas/other/iam/policy.json")
    assert {*IAM.language.document} == schema["properties"].keys()
    identity = schema["definitions"]["Statement"]["properties"].keys()
    assert {*IAM.language.statement} == set(identity)


def test_the_versions_are_those_of_the_language() -> None:
    version = cfn_lint("schemas/other/iam/policy.json")["properties"]["Version"]
    assert {*IAM.language.versions} == {*version["enum"]}
    assert IAM.language.current == max(IAM.language.versions)


def test_services_whose_rights_do_little_exist() -> None:
    assert set(cfn_lint("AdditionalSpecs/Policies.json")) >= IAM.narrow


@pytest.mark.parametrize(
    ("policy", "broad"),
    [
        ("AdministratorAccess", True),
        ("PowerUserAccess", True),
        ("AmazonS3FullAccess", True),
        ("AWSLambda_FullAccess", True),
        ("AmazonS3ReadOnlyAccess", False),
        ("AWSLambdaBasicExecutionRole", False),
        ("CloudWatchLogsFullAccess", False),
    ],
)
def test_broad_policies(policy: str, broad: bool) -> None:
    assert IAM.is_broad(policy) is broad


@pytest.mark.parametrize(
    ("name", "variable"),
    [
        ("aws:username", True),
        ("aws:PrincipalTag/team", True),
        ("cognito-identity.amazonaws.com:sub", True),
        ("aws:accountId", False),
        ("self:service", False),
        ("opt:stage", False),
    ],
)
def test_policy_variables_are_told_from_those_of_other_tools(name: str, variable: bool) -> None:
    assert IAM.language.is_variable(name) is variable
