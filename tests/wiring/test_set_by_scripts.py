"""Variables that a script of the project gives a function are not missing."""

from __future__ import annotations

import pytest

from tests.wiring.variables import TEMPLATE, module, told

CODE = module('TABLE = os.environ["TABLE"]')
NAMED = TEMPLATE.replace("CodeUri", "FunctionName: orders\n      CodeUri")
UPDATE = "aws lambda update-function-configuration --function-name orders "
PYTHON = 'import boto3\nboto3.client("lambda").update_function_configuration(\n    {}\n)\n'

SETS = {
    "a command": {"deploy.sh": UPDATE + '--environment "Variables={BUCKET=b,TABLE=$TABLE}"\n'},
    "a command on several lines": {
        "deploy.sh": "aws lambda update-function-configuration \\\n  --function-name orders \\\n"
        "  --environment 'Variables={TABLE=orders}'\n"
    },
    "JSON": {"deploy.sh": UPDATE + '--environment \'{"Variables": {"TABLE": "orders"}}\'\n'},
    "a file": {"deploy.sh": UPDATE + "--environment file://environment.json\n"},
    "another variable": {"deploy.sh": UPDATE + '--environment "Variables=$VARIABLES"\n'},
    "a function that is not known": {
        "Makefile": "\taws lambda update-function-configuration --function-name $(NAME) "
        "--environment Variables={TABLE=orders}\n"
    },
    "a workflow": {
        ".github/workflows/ci.yml": f"run: |\n  {UPDATE} --environment Variables={{TABLE=x}}\n"
    },
    "boto3": {
        "deploy.py": PYTHON.format(
            'FunctionName="orders", Environment={"Variables": {"TABLE": "x"}},'
        )
    },
    "JavaScript": {
        "deploy.mjs": "import { UpdateFunctionConfigurationCommand } from '@aws-sdk/client-lambda'\n"
        "await client.send(new UpdateFunctionConfigurationCommand({\n"
        "  FunctionName: 'orders', Environment: { Variables: { TABLE: table } }\n}))\n"
    },
    "PowerShell": {
        "deploy.ps1": "Update-LMFunctionConfiguration -FunctionName orders "
        "-Environment_Variable @{ TABLE = $Table }\n"
    },
    "what people are told to do": {
        "README.md": f"Afterwards:\n\n    {UPDATE} --environment Variables={{TABLE=x}}\n"
    },
    "what was put together before": {
        "deploy.py": 'new = {"Environment": {"Variables": variables}}\n' + PYTHON.format("**new")
    },
    "boto3, beside what it has": {
        "deploy.py": PYTHON.format('Environment={"Variables": {"BUCKET": bucket, **known}},')
    },
    "a command, beside what it has": {
        "deploy.sh": UPDATE + '--environment "Variables={BUCKET=$BUCKET,$KNOWN}"\n'
    },
    "boto3, by a name": {
        "deploy.py": PYTHON.format('FunctionName=name, Environment={"Variables": variables},')
    },
}
SETS_NOT = {
    "other variables": {"deploy.sh": UPDATE + "--environment Variables={BUCKET=b}\n"},
    "something else": {"deploy.sh": UPDATE + "--timeout 30 --description TABLE\n"},
    "another function": {
        "deploy.sh": UPDATE.replace("orders", "users") + "--environment Variables={TABLE=x}\n"
    },
    "other variables, in JavaScript": {
        "deploy.js": "await lambda.updateFunctionConfiguration({\n"
        "  FunctionName: name, Environment: {Variables: {BUCKET: bucket}}\n})\n"
    },
    "another variable, ahead of something else": {
        "deploy.py": PYTHON.format('Environment={"Variables": {"BUCKET": bucket}}, **known')
    },
    "what was put together before, of no environment": {
        "deploy.py": 'new = {"Timeout": 30}\n' + PYTHON.format("**new")
    },
    "a permission": {
        "deploy.yml": "Action: lambda:UpdateFunctionConfiguration\nEnvironment: {TABLE: x}\n"
    },
    "another command": {"deploy.sh": "aws lambda get-function --environment TABLE\n"},
    "a test": {"tests/test_deploy.py": PYTHON.format('Environment={"Variables": {"TABLE": "x"}}')},
}  # fmt: skip


@pytest.mark.parametrize("files", SETS.values(), ids=SETS)
def test_what_a_script_sets_is_not_missing(files: dict[str, str | bytes]) -> None:
    assert told(CODE, NAMED, files) == []


@pytest.mark.parametrize("files", SETS_NOT.values(), ids=SETS_NOT)
def test_what_no_script_sets_is(files: dict[str, str | bytes]) -> None:
    assert told(CODE, NAMED, files) == ["TABLE"]


def test_a_made_up_name_has_that_of_the_template_in_it() -> None:
    command = UPDATE + "--environment Variables={TABLE=x}\n"
    template = TEMPLATE.replace("Fn:", "Sales:")
    assert told(CODE, template, {"deploy.sh": command}) == ["TABLE"]
    command = command.replace("orders", "shop-Sales-1A2B3C")
    assert told(CODE, template, {"deploy.sh": command}) == []
