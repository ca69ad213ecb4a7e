"""Which reads of the environment fail at run time, and which are none of the rule's business."""

from __future__ import annotations

import pytest

from tests.wiring.variables import TEMPLATE, module, told


def body(lines: str) -> str:
    """Code of the handler."""
    indented = "".join(f"    {line}\n" for line in lines.splitlines())
    return f"import os\n\n\ndef handler(event, context):\n{indented}"


FIRES = {
    "at import": module('TABLE = os.environ["TABLE"]'),
    "in the handler": body('return os.environ["TABLE"]'),
    "from os import environ": "from os import environ\n" + module('TABLE = environ["TABLE"]'),
    "an alias of the import": "import os as o\n" + module('TABLE = o.environ["TABLE"]'),
    "an alias of the mapping": module('env = os.environ\nTABLE = env["TABLE"]'),
    "a constant name": module('NAME = "TABLE"\nTABLE = os.environ[NAME]'),
    "in an f-string": body("return f\"{os.environ['TABLE']}-items\""),
    "as an argument": body('return print(os.environ["TABLE"].split(","))'),
    "converted": module('LIMIT = int(os.environ["TABLE"])'),
    "in a helper": module('def table():\n    return os.environ["TABLE"]\n').replace(
        "return None", "return table()"
    ),
    "in a class of the module": module('class Settings:\n    table = os.environ["TABLE"]'),
    "in a method": module(
        'class Store:\n    def __init__(self):\n        self.table = os.environ["TABLE"]'
    ).replace("return None", "return Store()"),
    "as a default": module('def table(name=os.environ["TABLE"]):\n    return name'),
    "in a dictionary": module('SETTINGS = {"table": os.environ["TABLE"]}'),
    "in a comprehension": body('return [os.environ["TABLE"] for _ in range(2)]'),
    "another error is caught": body(
        'try:\n    return os.environ["TABLE"]\nexcept ValueError:\n    return 1'
    ),
    "caught and raised again": body(
        'try:\n    return os.environ["TABLE"]\nexcept KeyError:\n    raise'
    ),
    "caught under a name and raised again": body(
        'try:\n    return os.environ["TABLE"]\nexcept Exception as e:\n    print(e)\n    raise e'
    ),
    "anything is caught and raised again": body(
        'try:\n    return os.environ["TABLE"]\nexcept:\n    print("failed")\n    raise'
    ),
    "told in other words": module(
        'try:\n    TABLE = os.environ["TABLE"]\n'
        'except KeyError as e:\n    raise RuntimeError("TABLE is not set") from e'
    ),
    "raised again by the first clause that takes it": body(
        'try:\n    return os.environ["TABLE"]\n'
        "except KeyError:\n    raise\nexcept Exception:\n    return 1"
    ),
    "raised again in two places": body(
        'try:\n    try:\n        return os.environ["TABLE"]\n    except KeyError:\n        raise\n'
        "except ValueError:\n    return 1\nexcept KeyError as e:\n    raise RuntimeError from e"
    ),
    "told, and Python left": module(
        'import sys\ntry:\n    TABLE = os.environ["TABLE"]\n'
        'except KeyError:\n    print("TABLE is not set")\n    sys.exit(1)'
    ),
    "only finally": body('try:\n    return os.environ["TABLE"]\nfinally:\n    print("done")'),
    "ahead of a return": body('table = os.environ["TABLE"]\nreturn table'),
    "behind a return in one branch": body(
        'if event["x"]:\n    return 1\nreturn os.environ["TABLE"]'
    ),
    "the test itself": body('if os.environ["TABLE"] == "a":\n    return 1'),
    "another one is set": module('os.environ["OTHER"] = "1"\nTABLE = os.environ["TABLE"]'),
    "another one is tested": body(
        'if "OTHER" in os.environ:\n    print(1)\nreturn os.environ["TABLE"]'
    ),
    "the left of an or": body('return os.environ["TABLE"] or "orders"'),
    "deleted later": body('name = os.environ["TABLE"]\nreturn name'),
    "a get of another mapping": body('return event.get("TABLE", os.environ["TABLE"])'),
    "upper case matters": module('TABLE = os.environ["bucket"]'),
    "in a loop": body('for _ in event:\n    print(os.environ["TABLE"])'),
    "tested by one caller of two": body('if "TABLE" in os.environ:\n    table()\nreturn other()')
    + '\n\ndef other():\n    return table()\n\n\ndef table():\n    return os.environ["TABLE"]\n',
    "another one is tested by the caller": body('return table() if "BUCKET" in os.environ else 0')
    + '\n\ndef table():\n    return os.environ["TABLE"]\n',
    "in a decorator": module(
        'def route(path):\n    return lambda run: run\n\n\n@route(os.environ["TABLE"])\n'
        "def ask():\n    return 1"
    ),
}


@pytest.mark.parametrize("code", FIRES.values(), ids=FIRES)
def test_a_read_without_a_variable_fails(code: str) -> None:
    assert told(code) == ["bucket" if "bucket" in code else "TABLE"]


def test_a_read_that_another_missing_variable_keeps_from_running_does_not_fail() -> None:
    code = FIRES["another one is tested by the caller"]
    assert told(code.replace('"BUCKET" in', '"OTHER" in')) == []


IN_EACH_BRANCH = {
    "in both branches": module(
        'if os.getenv("LOCAL"):\n    T = os.environ["TABLE"]\nelse:\n    T = get(os.environ["TABLE"])'
    ),
    "in either half of a choice": body(
        'return os.environ["TABLE"] if event["x"] else get(os.environ["TABLE"])'
    ),
    "in all branches, one of which has branches of its own": body(
        'if event["x"]:\n    return os.environ["TABLE"]\n'
        'elif event["y"]:\n    if event["z"]:\n        return os.environ["TABLE"]\n'
        '    else:\n        return [os.environ["TABLE"]]\n'
        'else:\n    return [os.environ["TABLE"], 1]'
    ),
}


@pytest.mark.parametrize("code", IN_EACH_BRANCH.values(), ids=IN_EACH_BRANCH)
def test_a_read_in_each_branch_of_a_choice_fails(code: str) -> None:
    assert set(told(code)) == {"TABLE"}


SILENT = {
    "it is there": module('BUCKET = os.environ["BUCKET"]'),
    "a default": module('TABLE = os.environ.get("TABLE", "orders")'),
    "no default": module('TABLE = os.environ.get("TABLE")'),
    "getenv": module('TABLE = os.getenv("TABLE")'),
    "set before": module('os.environ["TABLE"] = "orders"\nTABLE = os.environ["TABLE"]'),
    "set by default": module(
        'os.environ.setdefault("TABLE", "orders")\nTABLE = os.environ["TABLE"]'
    ),
    "the result of setdefault": module('TABLE = os.environ.setdefault("TABLE", "orders")'),
    "updated": module('os.environ.update(TABLE="orders")\nTABLE = os.environ["TABLE"]'),
    "joined": module('os.environ |= {"TABLE": "orders"}\nTABLE = os.environ["TABLE"]'),
    "set by an alias": module('env = os.environ\nenv["TABLE"] = "a"\nTABLE = env["TABLE"]'),
    "joined under another name": "from os import environ as env\n"
    + module('env |= {"TABLE": "orders"}\nTABLE = env["TABLE"]'),
    "set in a loop": module(
        'for name in ("TABLE",):\n    os.environ[name] = "a"\nTABLE = os.environ["TABLE"]'
    ),
    "replaced": module('os.environ = {"TABLE": "orders"}\nTABLE = os.environ["TABLE"]'),
    "patched": module(
        'from unittest.mock import patch\npatch.dict(os.environ, {"TABLE": "a"}).start()\n'
        'TABLE = os.environ["TABLE"]'
    ),
    "putenv": module('os.putenv("TABLE", "orders")\nTABLE = os.environ["TABLE"]'),
    "in one branch": body('if event["x"]:\n    return os.environ["TABLE"]\nelse:\n    return 1'),
    "in a branch and one of its branches": body(
        'if event["x"]:\n    return os.environ["TABLE"]\n'
        'elif event["y"]:\n    return os.environ["TABLE"]'
    ),
    "in both branches, one of which may not come to it": body(
        'if event["x"]:\n    return os.environ["TABLE"]\n'
        'else:\n    return event["y"] and os.environ["TABLE"]'
    ),
    "in both branches of one that is looked for": body(
        'if "TABLE" in os.environ:\n    return os.environ["TABLE"]\n'
        'else:\n    return os.environ["TABLE"]'
    ),
    "behind a return": body('return None\nreturn os.environ["TABLE"]'),
    "behind an exit": body('exit()\nreturn os.environ["TABLE"]'),
    "behind a loop that never ends": module('while True:\n    pass\nTABLE = os.environ["TABLE"]'),
    "tested": body('if "TABLE" in os.environ:\n    return os.environ["TABLE"]'),
    "tested by the caller": body('if "TABLE" in os.environ:\n    return table()')
    + '\n\ndef table():\n    return os.environ["TABLE"]\n',
    "asked for by the caller's caller": body(
        'if os.environ.get("TABLE", None) is not None:\n    return other()'
    )
    + '\n\ndef other():\n    return table()\n\n\ndef table():\n    return os.environ["TABLE"]\n',
    "tested by both callers": body(
        'if "TABLE" not in os.environ:\n    return other()\nreturn table()'
    )
    + '\n\ndef other():\n    if os.getenv("TABLE"):\n        return table()\n'
    '\n\ndef table(left=3):\n    return table(left - 1) if left else os.environ["TABLE"]\n',
    "tested and left": body(
        'if "TABLE" not in os.environ:\n    return None\nreturn os.environ["TABLE"]'
    ),
    "a choice": module('TABLE = os.environ["TABLE"] if "TABLE" in os.environ else "orders"'),
    "asked for before": module(
        'if os.environ.get("TABLE"):\n    TABLE = os.environ["TABLE"]\nelse:\n    TABLE = "a"'
    ),
    "asked for and left": body(
        'if not os.environ.get("TABLE"):\n    return None\nreturn os.environ["TABLE"]'
    ),
    "asked for by getenv and left": body(
        'if not os.getenv("TABLE"):\n    raise ValueError\nreturn os.environ["TABLE"]'
    ),
    "a KeyError is caught": body(
        'try:\n    return os.environ["TABLE"]\nexcept KeyError:\n    return "orders"'
    ),
    "raised again in a branch only": body(
        'try:\n    return os.environ["TABLE"]\n'
        "except KeyError:\n    if event:\n        return 1\n    raise"
    ),
    "raised again, and caught further out": body(
        'try:\n    try:\n        return os.environ["TABLE"]\n    except KeyError:\n        raise\n'
        "except KeyError:\n    return 1"
    ),
    "told in other words, and caught further out": body(
        'try:\n    try:\n        return os.environ["TABLE"]\n'
        "    except KeyError as e:\n        raise ValueError from e\n"
        "except ValueError:\n    return 1"
    ),
    "told in other words, and caught by who asks": module(
        'def table():\n    try:\n        return os.environ["TABLE"]\n'
        "    except KeyError as e:\n        raise ValueError from e"
    ).replace(
        "return None", "try:\n        return table()\n    except ValueError:\n        return 1"
    ),
    "anything is caught": body('try:\n    return os.environ["TABLE"]\nexcept:\n    return 1'),
    "suppressed": module(
        "import contextlib\nwith contextlib.suppress(KeyError):\n    TABLE = os.environ['TABLE']"
    ),
    "dotenv": "from dotenv import load_dotenv\n"
    + module('load_dotenv()\nTABLE = os.environ["TABLE"]'),
    "dotenv by its module": "import dotenv\n"
    + module('dotenv.load_dotenv()\nTABLE = os.environ["TABLE"]'),
    "environs": "from environs import Env\n"
    + module('env = Env()\nenv.read_env()\nTABLE = os.environ["TABLE"]'),
    "environs alone": "from environs import Env\n" + module('env = Env()\nTABLE = env("TABLE")'),
    "django-environ": "import environ\n"
    + module('environ.Env.read_env()\nTABLE = os.environ["TABLE"]'),
    "decouple": "from decouple import config\n" + module('TABLE = config("TABLE")'),
    "settings": "from pydantic_settings import BaseSettings\n"
    + module("class Settings(BaseSettings):\n    table: str"),
    "Lambda's own": module('NAME = os.environ["AWS_LAMBDA_FUNCTION_NAME"]'),
    "Lambda's own region": module('REGION = os.environ["AWS_REGION"]'),
    "Lambda's own folder": module('TASK = os.environ["LAMBDA_TASK_ROOT"]'),
    "Lambda's own handler": module('NAME = os.environ["_HANDLER"]'),
    "the X-Ray daemon": module('NAME = os.environ["_X_AMZN_TRACE_ID"]'),
    "the system's": module('PATHS = os.environ["PATH"]'),
    "a computed name": body('return os.environ[event["name"]]'),
    "only when it is run by hand": module('if __name__ == "__main__":\n    os.environ["TABLE"]'),
    "never called": module('def table():\n    return os.environ["TABLE"]'),
    "another mapping": module('environ = {"TABLE": 1}\nTABLE = environ["TABLE"]'),
}


@pytest.mark.parametrize("code", SILENT.values(), ids=SILENT)
def test_a_read_that_cannot_be_known_to_fail_is_no_finding(code: str) -> None:
    assert told(code) == []


READ = module('TABLE = os.environ["TABLE"]')
TEMPLATES = {
    "from Globals": "Globals: {Function: {Environment: {Variables: {TABLE: orders}}}}\n" + TEMPLATE,
    "an image": TEMPLATE.replace("CodeUri: src", "PackageType: Image"),
    "a wrapper": TEMPLATE.replace("uploads", "uploads, AWS_LAMBDA_EXEC_WRAPPER: /opt/run"),
    "a condition": TEMPLATE.replace(
        "{BUCKET: uploads}", "!If [C, {TABLE: orders}, {BUCKET: uploads}]"
    ),
    "a macro": TEMPLATE.replace(
        "{Variables: {BUCKET: uploads}}", "{Fn::Transform: {Name: Fill, Parameters: {A: b}}}"
    ),
    "a parameter": TEMPLATE.replace("{Variables: {BUCKET: uploads}}", "!Ref Given"),
}


@pytest.mark.parametrize("template", TEMPLATES.values(), ids=TEMPLATES)
def test_variables_may_come_from_elsewhere(template: str) -> None:
    assert told(READ, template) == []


def test_a_layer_sets_no_variables_without_a_wrapper() -> None:
    layer = "CodeUri: src\n      Layers: [arn:aws:lambda:eu-west-1:1:layer:tools:1]"
    assert told(READ, TEMPLATE.replace("CodeUri: src", layer)) == ["TABLE"]


def test_variables_of_other_functions_do_not_help() -> None:
    other = TEMPLATE.partition("\n")[2].replace("Fn:", "Other:").replace("BUCKET", "TABLE")
    assert told(READ, TEMPLATE + other) == ["TABLE"]


def test_a_value_that_samconfig_gives_is_a_variable_all_the_same() -> None:
    template = "Parameters: {Name: {Type: String}}\n" + TEMPLATE.replace(
        "BUCKET: uploads", "TABLE: !Ref Name"
    )
    samconfig = 'version = 0.1\n[default.deploy.parameters]\nparameter_overrides = "Name=orders"\n'
    assert told(READ, template, {"samconfig.toml": samconfig}) == []


def test_a_nested_stack_has_the_variables_of_its_own_functions() -> None:
    parent = (
        "Resources:\n  Inner:\n    Type: AWS::Serverless::Application\n"
        "    Properties: {Location: inner.yaml, Parameters: {Name: orders}}\n"
    )
    inner = "Parameters: {Name: {Type: String}}\n" + TEMPLATE.replace(
        "BUCKET: uploads", "TABLE: !Ref Name"
    )
    assert told(READ, parent, {"inner.yaml": inner}) == []
    assert told(READ, parent, {"inner.yaml": TEMPLATE}) == ["TABLE"]


def test_a_variable_set_by_an_imported_module_counts() -> None:
    code = module('import settings\nTABLE = os.environ["TABLE"]')
    given = 'import os\nos.environ["TABLE"] = "orders"\n'
    assert told(code, files={"src/settings.py": given}) == []
    assert told(code, files={"src/settings.py": ""}) == ["TABLE"]


CHALICE = """\
import os
from chalice import Chalice

app = Chalice(app_name="shop")


@app.route("/")
def index():
    return os.environ["TABLE"]
"""
DEPLOYED = """\
Resources:
  Api:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: python3.13
      Handler: app.app
      Code: {S3Bucket: packages, S3Key: shop.zip}
      Environment: {Variables: {TABLE: orders}}
"""
CONFIG = '{"version": "2.0", "app_name": "shop", "stages": {"dev": {}}}'


def declared_twice(deployed: str) -> list[str]:
    files: dict[str, str | bytes] = {"api/app.py": CHALICE, "api/.chalice/config.json": CONFIG}
    return told("x = 1\n", deployed, files)


@pytest.mark.parametrize(
    "deployed",
    [
        DEPLOYED,
        DEPLOYED.replace("TABLE: orders", "Fn::Transform: {Name: More}"),
        DEPLOYED.replace("{S3Bucket: packages, S3Key: shop.zip}", "api")
        .replace("AWS::Lambda", "AWS::Serverless")
        .replace("Code:", "CodeUri:"),
    ],
)
def test_what_another_tool_declares_with_the_variable_may_be_what_is_deployed(
    deployed: str,
) -> None:
    assert declared_twice(deployed) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("TABLE: orders", "OTHER: orders"),
        ("app.app", "app.handler"),
        ("app.app", "other.app"),
    ],
)
def test_another_declaration_that_is_none_of_it_or_without_the_variable_is_no_excuse(
    old: str, new: str
) -> None:
    assert "TABLE" in declared_twice(DEPLOYED.replace(old, new))


def test_a_second_function_of_the_same_tool_does_not_set_the_variables_of_the_first() -> None:
    second = "".join(TEMPLATE.partition("  Fn:")[1:]).replace("Fn:", "Other:")
    second = second.replace("BUCKET", "TABLE")
    assert told(FIRES["at import"], TEMPLATE + second) == ["TABLE"]
