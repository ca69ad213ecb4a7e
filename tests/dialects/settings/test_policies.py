"""What the roles may do that Chalice and Zappa make of policies in files and settings."""

from __future__ import annotations

import json

import pytest

from lamlint.dialects.chalice import dialect as chalice
from lamlint.dialects.zappa import dialect as zappa
from lamlint.model import Role
from tests.memory import MemoryTree

APP = 'from chalice import Chalice\napp = Chalice("a")\n@app.lambda_function()\ndef work(e, c):\n    pass\n'


def policy(*actions: str) -> str:
    listed = [{"Effect": "Allow", "Action": list(actions), "Resource": "*"}]
    return json.dumps({"Version": "2012-10-17", "Statement": listed})


FILES = {
    ".chalice/policy-dev.json": policy("s3:*"),
    ".chalice/policy-prod.json": policy("sqs:*"),
    ".chalice/own.json": policy("sns:*"),
    ".chalice/broken.json": '{"Statement": ',
}
BRINGS: dict[str, object] = {"autogen_policy": False}


def of_chalice(**settings: object) -> Role | None:
    config = {"version": "2.0", "app_name": "a", **settings}
    tree = MemoryTree({"app.py": APP, ".chalice/config.json": json.dumps(config), **FILES})
    (function,) = chalice.read(tree, ()).functions
    return function.role


def actions(role: Role | None) -> set[str]:
    return {one for statement in role.statements for one in statement.actions} if role else set()


CHALICE: list[tuple[dict[str, object], set[str]]] = [
    (BRINGS, {"s3:*"}),
    ({"stages": {"prod": BRINGS}}, {"sqs:*"}),
    ({**BRINGS, "stages": {"dev": {}, "prod": {}}}, {"s3:*", "sqs:*"}),
    ({**BRINGS, "iam_policy_file": "own.json"}, {"sns:*"}),
    ({"lambda_functions": {"work": {**BRINGS, "iam_policy_file": "own.json"}}}, {"sns:*"}),
    ({"stages": {"dev": {"lambda_functions": {"work": BRINGS}}}}, {"s3:*"}),
    ({"lambda_functions": {"other": BRINGS}}, set()),
    ({}, set()),
    ({"iam_policy_file": "own.json"}, set()),
    ({**BRINGS, "manage_iam_role": False, "iam_role_arn": "arn:aws:iam::1:role/x"}, set()),
    ({**BRINGS, "iam_policy_file": "gone.json"}, set()),
    ({**BRINGS, "iam_policy_file": "broken.json"}, set()),
    ({**BRINGS, "iam_policy_file": "../../out.json"}, set()),
]


@pytest.mark.parametrize(("settings", "expected"), CHALICE)
def test_chalice_makes_a_role_of_the_policies_that_an_application_brings(
    settings: dict[str, object], expected: set[str]
) -> None:
    assert actions(of_chalice(**settings)) == expected


def test_what_two_stages_may_do_no_one_role_surely_may() -> None:
    role = of_chalice(**BRINGS, stages={"dev": {}, "prod": {}})
    assert role is not None
    assert not role.complete
    assert not any(statement.complete for statement in role.statements)


def of_zappa(**settings: object) -> Role | None:
    stage = {"app_function": "app.app", **settings}
    files = {"zappa_settings.json": json.dumps({"dev": stage}), "p.json": policy("s3:*")}
    (function,) = zappa.read(MemoryTree(files), ()).functions
    return function.role


MORE = [{"Effect": "Allow", "Action": ["sqs:*"], "Resource": "*"}]
ZAPPA: list[tuple[dict[str, object], set[str], bool]] = [
    ({"attach_policy": "p.json"}, {"s3:*"}, True),
    ({"attach_policy": "p.json", "extra_permissions": MORE}, {"s3:*", "sqs:*"}, True),
    ({"extra_permissions": MORE}, {"sqs:*"}, False),
    ({"extra_permissions": MORE, "role_name": "mine"}, {"sqs:*"}, False),
    ({"attach_policy": "gone.json", "extra_permissions": MORE}, {"sqs:*"}, False),
    ({"extra_permissions": "sqs:*"}, set(), False),
    ({"extra_permissions": MORE, "manage_roles": False, "role_name": "mine"}, set(), False),
    ({"extra_permissions": MORE, "role_arn": "arn:aws:iam::1:role/x"}, set(), False),
    ({}, set(), False),
]


@pytest.mark.parametrize(("settings", "expected", "complete"), ZAPPA)
def test_zappa_makes_a_role_of_a_file_and_of_further_statements(
    settings: dict[str, object], expected: set[str], complete: bool
) -> None:
    role = of_zappa(**settings)
    assert actions(role) == expected
    assert (role is not None and role.complete) == complete
