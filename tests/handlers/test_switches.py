"""Code behind a switch that is off never runs, wherever the constant comes from."""

from __future__ import annotations

from datetime import date

import pytest

from lamlint import project
from lamlint.catalog import Catalog
from lamlint.engine import check
from tests.checking import rules
from tests.handlers.connections import expected, reported
from tests.memory import MemoryTree

OFF = ['""', "None", "False", "0", "0.0", "()", "[]", "{}", "list()", "dict()"]
NEVER_FILLED = ['""', "None", "False", "0", "()"]
"""Those that nothing can be put into."""

SWITCHED_OFF = {
    "of the constructor": """\
import boto3
class Users:
    def __init__(self, role=OFF):
        self.role = role
    def read(self):
        if self.role:
            return boto3.client("sts").list_buckets()
        return None
def handler(event, context):
    return Users().read()
""",
    "of a parameter": """\
import boto3
def get(role=OFF):
    if role:
        return boto3.client("sts").list_buckets()
def handler(event, context):
    return get()
""",
    "of the class": """\
import boto3
class Users:
    role = OFF
    def read(self):
        return boto3.client("sts").list_buckets() if self.role else None
def handler(event, context):
    return Users().read()
""",
    "of the module": """\
import boto3
ROLE = OFF
def handler(event, context):
    return ROLE and boto3.client("sts").list_buckets()
""",
}

SWITCHED_ON = {
    "given to the constructor": """\
import boto3
class Users:
    def __init__(self, role=OFF):
        self.role = role
    def read(self):
        if self.role:
            return boto3.client("sts").list_buckets()  # here
        return None
def handler(event, context):
    return Users("admin").read()
""",
}

FIELDS_OFF = {
    "of a dataclass": """\
from dataclasses import dataclass
import boto3
@dataclass
class Settings:
    name: str
    role: str = OFF
def handler(event, context):
    settings = Settings(name="x")
    if settings.role:
        return boto3.client("sts").list_buckets()
""",
    "handed on": """\
import boto3
def outer(role=OFF):
    return get(1, role=role)
def get(n, role):
    if not role:
        return None
    return boto3.client("sts").list_buckets()
def handler(event, context):
    return outer()
""",
}

FIELDS_ON = {
    "given to a dataclass": """\
from dataclasses import dataclass
import boto3
@dataclass
class Settings:
    name: str
    role: str = OFF
def handler(event, context):
    settings = Settings(name="x", role="admin")
    if settings.role:
        return boto3.client("sts").list_buckets()  # here
""",
    "set from outside": """\
import os
import boto3
class Users:
    role = OFF
    def read(self):
        if self.role:
            return boto3.client("sts").list_buckets()  # here
def handler(event, context):
    users = Users()
    users.role = os.environ["ROLE"]
    return users.read()
""",
    "set in another method": """\
import os
import boto3
class Users:
    def __init__(self):
        self.role = OFF
    def become(self):
        self.role = os.environ["ROLE"]
    def read(self):
        if self.role:
            return boto3.client("sts").list_buckets()  # here
def handler(event, context):
    users = Users()
    users.become()
    return users.read()
""",
}

NEVER = {
    "an entry that is the same in all tables": """\
import boto3
STORES = {"eu": {"engine": "postgres"}, "us": {"engine": "postgres"}}
def handler(event, context):
    store = STORES[event["region"]]
    if store["engine"] == "s3":
        return boto3.client("s3").list_buckets()
""",
    "none of the entries": """\
import boto3
STORES = {"eu": "postgres", "us": "mysql"}
def handler(event, context):
    if STORES[event["region"]] == "s3":
        return boto3.client("s3").list_buckets()
""",
    "the one entry": """\
import boto3
STORES = {"eu": "postgres", "us": "s3"}
def handler(event, context):
    if STORES["eu"] == "s3":
        return boto3.client("s3").list_buckets()
""",
    "a variable of the environment that is to be True": """\
import os
import boto3
def handler(event, context):
    if os.environ.get("BACKUP") is True:
        return boto3.client("s3").list_buckets()
""",
    "a variable of the environment that is to be a number": """\
import os
import boto3
LEVEL = os.environ["LEVEL"]
def handler(event, context):
    if LEVEL == 1:
        return boto3.client("s3").list_buckets()
""",
    "compared in lower case": """\
import boto3
def get(kind="Client"):
    if kind.lower() == "resource":
        return boto3.resource("s3")
    return None
def handler(event, context):
    return get()
""",
    "dataclass field default": """\
from dataclasses import dataclass, field
import boto3
@dataclass(frozen=True)
class Settings:
    role: str = field(default="", repr=False)
def handler(event, context):
    if Settings().role:
        return boto3.client("sts").list_buckets()
""",
    "base constructor": """\
import boto3
class Base:
    def __init__(self, role=""):
        self.role = role
class Users(Base):
    def __init__(self):
        super().__init__()
    def read(self):
        if self.role:
            return boto3.client("sts").list_buckets()
def handler(event, context):
    return Users().read()
""",
    "compared": """\
import boto3
def get(kind="client"):
    if kind == "resource":
        return boto3.resource("s3")
    return None
def handler(event, context):
    return get()
""",
    "compared unequal": """\
import boto3
class A:
    def __init__(self, role=""):
        self.role = role
    def get(self):
        if self.role != "":
            return boto3.client("s3")
def handler(event, context):
    return A().get()
""",
    "or": """\
import boto3
class A:
    def __init__(self, role=None):
        self.role = role or ""
    def get(self):
        if self.role:
            return boto3.client("s3")
def handler(event, context):
    return A().get()
""",
    "local": """\
import boto3
def handler(event, context):
    debug = False
    if debug:
        return boto3.client("s3")
""",
    "keyword through two": """\
import boto3
class Connection:
    def get_client(self, name, region="", role=""):
        if role:
            boto3.client("sts").assume_role(RoleArn=role)
class S3:
    def __init__(self, role=""):
        self.conn = Connection()
        self.client = self.conn.get_client("s3", role=role)
def handler(event, context):
    S3()
""",
}

PERHAPS = {
    "one of the entries": """\
import boto3
STORES = {"eu": {"engine": "postgres"}, "us": {"engine": "s3"}}
def handler(event, context):
    if STORES[event["region"]]["engine"] == "s3":
        return boto3.client("s3").list_buckets()  # here
""",
    "an entry that is set": """\
import boto3
STORES = {"eu": {"engine": "postgres"}}
def choose(name):
    STORES["eu"]["engine"] = name
def handler(event, context):
    choose(event["engine"])
    if STORES["eu"]["engine"] == "s3":
        return boto3.client("s3").list_buckets()  # here
""",
    "a table that holds what another takes in": """\
import boto3
def handler(event, context):
    stores = {"eu": "postgres", **event["stores"]}
    if stores[event["region"]] == "s3":
        return boto3.client("s3").list_buckets()  # here
""",
    "a variable of the environment that may be missing": """\
import os
import boto3
def handler(event, context):
    if os.environ.get("BACKUP", True) is True:
        return boto3.client("s3").list_buckets()  # here
""",
    "a variable of the environment that is a text": """\
import os
import boto3
def handler(event, context):
    if os.environ["BACKUP"] == "True":
        return boto3.client("s3").list_buckets()  # here
""",
    "a variable of the environment that is made a number": """\
import os
import boto3
def handler(event, context):
    if int(os.environ["LEVEL"]) == 1:
        return boto3.client("s3").list_buckets()  # here
""",
    "empty list filled": """\
import os
import boto3
def handler(event, context):
    roles = []
    roles.append(os.environ["ROLE"])
    if roles:
        return boto3.client("sts").list_buckets()  # here
""",
    "empty dict of an object filled": """\
import os
import boto3
class A:
    def __init__(self):
        self.roles = {}
        self.roles["a"] = os.environ["ROLE"]
    def get(self):
        if self.roles:
            return boto3.client("sts").list_buckets()  # here
def handler(event, context):
    return A().get()
""",
    "empty list handed on": """\
import os
import boto3
def fill(roles):
    roles.append(os.environ["ROLE"])
def handler(event, context):
    roles = []
    fill(roles)
    if roles:
        return boto3.client("sts").list_buckets()  # here
""",
    "parameter bound again": """\
import os
import boto3
def get(role=None):
    role = role or os.environ.get("ROLE")
    if role:
        return boto3.client("sts").list_buckets()  # here
def handler(event, context):
    return get()
""",
    "one of two gives it": """\
import os
import boto3
class A:
    def __init__(self, role=""):
        self.role = role
    def get(self):
        if self.role:
            return boto3.client("sts").list_buckets()  # here
def handler(event, context):
    A().get()
    A(os.environ["ROLE"]).get()
""",
    "settings of the environment": """\
from pydantic_settings import BaseSettings
import boto3
class Settings(BaseSettings):
    role: str = ""
def handler(event, context):
    if Settings().role:
        return boto3.client("sts").list_buckets()  # here
""",
    "setattr": """\
import boto3
class A:
    role = ""
    def __init__(self, **given):
        for key, value in given.items():
            setattr(self, key, value)
    def get(self):
        if self.role:
            return boto3.client("sts").list_buckets()  # here
def handler(event, context):
    return A(role="x").get()
""",
    "loop counter": """\
import boto3
def handler(event, context):
    tries = 0
    while True:
        if tries:
            return boto3.client("sts").list_buckets()  # here
        tries += 1
""",
    "nonlocal": """\
import boto3
def handler(event, context):
    seen = False
    def see():
        nonlocal seen
        seen = True
    see()
    if seen:
        return boto3.client("sts").list_buckets()  # here
""",
    "walrus in a loop": """\
import boto3
def handler(event, context):
    last = ""
    for last in ["a", "b"]:
        pass
    if last:
        return boto3.client("sts").list_buckets()  # here
""",
    "given by star": """\
import os
import boto3
SETTINGS = {"role": os.environ["ROLE"]}
class A:
    def __init__(self, role=""):
        self.role = role
    def get(self):
        if self.role:
            return boto3.client("sts").list_buckets()  # here
def handler(event, context):
    return A(**SETTINGS).get()
""",
    "zero compared": """\
import boto3
def get(retries=0):
    if retries == 0:
        return boto3.client("sts").list_buckets()  # here
def handler(event, context):
    return get()
""",
    "or the environment": """\
import os
import boto3
class A:
    def __init__(self, role=""):
        self.role = role or os.environ.get("ROLE", "")
    def get(self):
        if self.role:
            return boto3.client("sts").list_buckets()  # here
def handler(event, context):
    return A().get()
""",
}


def cases(table: dict[str, str], constants: list[str]) -> list[tuple[str, str]]:
    return [(text, constant) for text in table.values() for constant in constants]


@pytest.mark.parametrize(
    ("text", "constant"), cases(SWITCHED_OFF, OFF) + cases(FIELDS_OFF, NEVER_FILLED)
)
def test_what_a_false_constant_keeps_from_running_is_silent(text: str, constant: str) -> None:
    assert reported(text.replace("OFF", constant)) == []


@pytest.mark.parametrize(
    ("text", "constant"), cases(SWITCHED_ON, OFF) + cases(FIELDS_ON, NEVER_FILLED)
)
def test_a_switch_that_is_turned_on_somewhere_is_none(text: str, constant: str) -> None:
    text = text.replace("OFF", constant)
    assert reported(text) == expected(text) != []


@pytest.mark.parametrize("text", NEVER.values(), ids=NEVER)
def test_constants_are_followed_through_what_is_made_of_them(text: str) -> None:
    assert reported(text) == []


@pytest.mark.parametrize("text", PERHAPS.values(), ids=PERHAPS)
def test_what_may_change_on_the_way_is_no_constant(text: str) -> None:
    assert reported(text) == expected(text) != []


BEHIND = {
    "a bare return": "return",
    "a return with a value": "return {'statusCode': 200}",
    "a raise": "raise NotImplementedError",
    "an exit": "sys.exit()",
    "an exit by another name": "from sys import exit as leave; leave(1)",
    "a return on the same line": "log(); return",
    "branches that all leave": """if event['x']:
        return 1
    elif event['y']:
        raise ValueError
    else:
        sys.exit(2)""",
    "cases that all leave": """match event['x']:
        case 1:
            return 1
        case _:
            raise ValueError""",
    "a loop that never ends": """while True:
        for one in event['x']:
            break
        poll()""",
    "a try that leaves either way": """try:
        return poll()
    except OSError:
        raise ValueError from None""",
    "a finally that leaves": """try:
        poll()
    finally:
        return 1""",
}
NOT_BEHIND = {
    "one branch that leaves": "if event['x']: return 1",
    "an elif that leaves": """if event['x']:
        return 1
    elif event['y']:
        return 2""",
    "a case that leaves": """match event['x']:
        case 1:
            return 1
        case 2:
            return 2""",
    "a loop that may break": """while True:
        if poll():
            break""",
    "a loop that may end": """while poll():
        return 1""",
    "a loop over something": """for one in event['x']:
        return one""",
    "a try whose errors are caught": """try:
        return event['x']
    except KeyError:
        pass""",
    "an error that is suppressed": """with suppress(KeyError):
        return event['x']""",
    "a function that leaves": """def leave():
        return 1""",
    "what is only called exit": "exit = print; exit()",
}


def behind(statement: str, mark: str = "") -> str:
    """A handler with a statement ahead of what it builds."""
    return f"""\
import sys
from contextlib import suppress
import boto3
def handler(event, context):
    {statement}
    return boto3.client("s3").list_buckets(){mark}
"""


@pytest.mark.parametrize("statement", BEHIND.values(), ids=BEHIND)
def test_what_stands_behind_a_statement_that_leaves_never_runs(statement: str) -> None:
    assert reported(behind(statement)) == []


@pytest.mark.parametrize("statement", NOT_BEHIND.values(), ids=NOT_BEHIND)
def test_what_may_go_on_says_nothing_of_what_follows(statement: str) -> None:
    text = behind(statement, "  # here")
    assert reported(text) == expected(text) != []


def test_what_stands_ahead_of_a_return_or_in_a_loop_behind_its_continue() -> None:
    text = """\
import boto3
def send(order):
    return boto3.client("sns").publish(Message=order)  # here
    return boto3.client("sqs").send_message(MessageBody=order)
def read(orders):
    for order in orders:
        boto3.client("ses").send_email(Source=order)  # here
        continue
        boto3.client("sqs").send_message(MessageBody=order)
def handler(event, context):
    try:
        send(event["x"])
        return 1
        boto3.client("s3").list_buckets()
    finally:
        read(event["orders"])
    boto3.client("kms").list_keys()
"""
    assert reported(text) == expected(text)


SAM = """\
Transform: AWS::Serverless-2016-10-31
Parameters: {Url: {Type: String, Default: ""}}
Resources:
  Orders:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.13
      Handler: app.handler
      CodeUri: src/
      Environment: {Variables: {BACKUP: %s}}
      Events: {Get: {Type: HttpApi}}
"""
GLOBALS = 'Globals: {Function: {Environment: {Variables: {BACKUP: ""}}}}\n' + SAM.replace(
    "      Environment: {Variables: {BACKUP: %s}}\n", ""
)
SECOND = SAM.partition("Resources:\n")[2].replace("Orders", "Bills")
SLS = """\
service: shop
provider: {name: aws, runtime: python3.13}
custom: {backup: ""}
functions:
  orders:
    handler: src/app.handler
    environment: {BACKUP: %s}
    events: [httpApi: "*"]
"""


def findings(template: str, test: str, path: str = "template.yaml") -> int:
    code = f"import os\nimport boto3\nNAME = 'BACKUP'\ndef handler(event, context):\n    {test}\n"
    code += "        boto3.client('s3').list_buckets()\n"
    tree = MemoryTree({path: template, "src/app.py": code})
    built = project.build(tree, (), Catalog(), date(2026, 11, 29))
    return len(check.check(built, [rules()["connection-in-handler"]]))


@pytest.mark.parametrize(
    ("template", "path"),
    [
        (SAM % '""', "template.yaml"),
        (SAM % "''" + SECOND % '""', "template.yaml"),
        (GLOBALS, "template.yaml"),
        (SLS % '""', "serverless.yml"),
    ],
)
@pytest.mark.parametrize(
    "test",
    [
        "if os.environ['BACKUP']:",
        "if os.environ.get('BACKUP'):",
        "if os.environ.get(NAME, 'x'):",
        "if (backup := os.getenv('BACKUP', '')) != '':",
        "if os.getenv('BACKUP', 'true').lower() == 'true':",
    ],
)
def test_a_variable_that_is_set_to_nothing_is_a_switch_that_is_off(
    template: str, path: str, test: str
) -> None:
    assert findings(template, test, path) == 0


@pytest.mark.parametrize(
    ("template", "test", "path"),
    [
        (SAM % '""', "if not os.environ['BACKUP']:", "template.yaml"),
        (SAM % '"1"', "if os.environ['BACKUP']:", "template.yaml"),
        (SAM % '""' + SECOND % '"1"', "if os.environ['BACKUP']:", "template.yaml"),
        (
            SAM % '""' + SECOND.replace("BACKUP: %s", ""),
            "if os.getenv('BACKUP', 'x'):",
            "template.yaml",
        ),
        (
            SAM % '""',
            "os.environ['BACKUP'] = event['x']\n    if os.environ['BACKUP']:",
            "template.yaml",
        ),
        # Whoever deploys it may give something.
        (SAM % "!Ref Url", "if os.environ['BACKUP']:", "template.yaml"),
        (SAM % '!Sub "${Url}"', "if os.environ['BACKUP']:", "template.yaml"),
        (SLS % """"${env:URL, ''}\"""", "if os.environ['BACKUP']:", "serverless.yml"),
        (SLS % """"${param:url, ''}\"""", "if os.environ['BACKUP']:", "serverless.yml"),
    ],
)
def test_a_variable_that_may_be_something_is_no_switch(template: str, test: str, path: str) -> None:
    assert findings(template, test, path) == 1
