"""A secret in a variable whose value is known in part: the host of its URL is a reference."""

from __future__ import annotations

from datetime import date

import pytest

from lamlint import registry
from lamlint.catalog import Catalog
from lamlint.engine.check import check
from lamlint.project import build
from tests.memory import MemoryTree

PASSWORD = "kT7vQ2xw9Lm4"
RULES = registry.load(plugins=False)
SECRETS = [
    rule for rule in RULES.values() if rule.name.startswith(("secret-in", "hardcoded-secret"))
]

SAM = """\
Transform: AWS::Serverless-2016-10-31
Conditions: {{Prod: !Equals [!Ref AWS::Region, eu-west-1]}}
Resources:
  Fn:
    Type: AWS::Serverless::Function
    Properties:
      InlineCode: "def handler(event, context): pass"
      Handler: index.handler
      Runtime: python3.13
      Environment:
        Variables:
          {}
  Database: {{Type: AWS::RDS::DBInstance, Properties: {{Engine: postgres}}}}
"""
TERRAFORM = """\
resource "aws_db_instance" "db" {{ engine = "postgres" }}
resource "aws_lambda_function" "f" {{
  runtime = "python3.13"
  environment {{
    variables = {{ {} }}
  }}
}}
"""
SERVERLESS = """\
service: a
provider: {{name: aws, runtime: python3.13}}
functions:
  a:
    handler: app.handler
    environment:
      {}
"""
PYTHON = """\
import aws_cdk as cdk
from aws_cdk import aws_lambda, aws_rds

class Stack(cdk.Stack):
    def __init__(self, scope, id):
        super().__init__(scope, id)
        db = aws_rds.DatabaseInstance(self, "Db")
        aws_lambda.Function(self, "F", runtime=aws_lambda.Runtime.PYTHON_3_13, handler="app.handler",
                            code=aws_lambda.Code.from_asset("src"), environment={{{}}})

app = cdk.App()
Stack(app, "S")
"""
TYPESCRIPT = """\
import * as cdk from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as rds from 'aws-cdk-lib/aws-rds';
class Stack extends cdk.Stack {{
  constructor(scope: cdk.App, id: string) {{
    super(scope, id);
    const db = new rds.DatabaseInstance(this, 'Db', {{}});
    new lambda.Function(this, 'F', {{
      runtime: lambda.Runtime.PYTHON_3_13, handler: 'app.handler', code: lambda.Code.fromAsset('src'),
      environment: {{ {} }},
    }});
  }}
}}
const app = new cdk.App();
new Stack(app, 'S');
"""
DIALECTS = {
    "sam": ("template.yaml", SAM),
    "terraform": ("main.tf", TERRAFORM),
    "serverless": ("serverless.yml", SERVERLESS),
    "python": ("app.py", PYTHON),
    "typescript": ("app.ts", TYPESCRIPT),
}
APPS = {"python": "python3 app.py", "typescript": "npx ts-node app.ts"}


def told(dialect: str, variable: str) -> list[str]:
    """The rules that tell of a secret, each with what stands there."""
    path, text = DIALECTS[dialect]
    text = text.format(variable.replace("PASSWORD", PASSWORD))
    files = {path: text, "src/app.py": "def handler(event, context):\n    pass\n"}
    if dialect in APPS:
        files["cdk.json"] = f'{{"app": "{APPS[dialect]}"}}'
    built = build(MemoryTree(files), (), Catalog(), date(2026, 11, 23))
    return [f"{one.rule}: {text[one.span.start : one.span.end]}" for one in check(built, SECRETS)]


IN_PART = [
    ("sam", 'URL: !Sub "postgres://app:PASSWORD@${Database.Endpoint.Address}:5432/app"'),
    (
        "sam",
        'URL: !Join ["", ["amqps://app:PASSWORD@", !GetAtt Database.Endpoint.Address, "/app"]]',
    ),
    (
        "sam",
        'URL: !Sub ["https://app:PASSWORD@${Host}/x", {Host: !GetAtt Database.Endpoint.Address}]',
    ),
    ("sam", 'DSN: !Sub "Server=${Database.Endpoint.Address};User Id=sa;Password=PASSWORD;"'),
    ("terraform", 'URL = "postgres://app:PASSWORD@${aws_db_instance.db.address}/app"'),
    ("terraform", 'URL = format("postgres://app:PASSWORD@%s/app", aws_db_instance.db.address)'),
    ("terraform", 'URL = join("", ["redis://:PASSWORD@", aws_db_instance.db.address, ":6379"])'),
    ("serverless", "URL: postgres://app:PASSWORD@${cf:db.Host}:5432/app"),
    ("serverless", 'URL: !Join ["", ["postgres://app:PASSWORD@", !ImportValue db, "/app"]]'),
    ("python", '"URL": f"postgres://app:PASSWORD@{db.db_instance_endpoint_address}:5432/app"'),
    ("python", '"URL": "postgres://app:PASSWORD@" + db.db_instance_endpoint_address + "/app"'),
    ("typescript", "URL: `postgres://app:PASSWORD@${db.dbInstanceEndpointAddress}:5432/app`"),
    ("typescript", "URL: 'postgres://app:PASSWORD@' + db.dbInstanceEndpointAddress + '/app'"),
]


@pytest.mark.parametrize(("dialect", "variable"), IN_PART)
def test_a_secret_beside_a_reference_is_told_once(dialect: str, variable: str) -> None:
    assert told(dialect, variable) == [f"secret-in-environment: {PASSWORD}"]


REFERENCES = [
    ("sam", 'URL: !Sub "postgres://app:${Database.Password}@db.example.org:5432/app"'),
    ("sam", 'URL: !Join ["", ["postgres://app:", !GetAtt Database.Password, "@db.internal/app"]]'),
    ("sam", 'API_KEY: !Sub "${AWS::StackName}-PASSWORD"'),
    ("terraform", 'URL = "postgres://app:${aws_db_instance.db.password}@db.internal/app"'),
    ("terraform", 'URL = "postgres://app:aB3${aws_db_instance.db.password}x9@db.internal/app"'),
    ("serverless", "URL: postgres://app:${ssm:/password}@db.internal:5432/app"),
    ("python", '"URL": f"postgres://app:{db.secret}@db.internal:5432/app"'),
    ("typescript", "URL: `postgres://app:${db.secret}@db.internal:5432/app`"),
]


@pytest.mark.parametrize(("dialect", "variable"), REFERENCES)
def test_a_reference_is_no_secret(dialect: str, variable: str) -> None:
    assert told(dialect, variable) == []


def test_a_branch_beside_an_unknown_one_is_told() -> None:
    variable = "DB_PWD: !If [Prod, !GetAtt Database.Password, PASSWORD]"
    assert told("sam", variable) == [f"secret-in-environment: {PASSWORD}"]
