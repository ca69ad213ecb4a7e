"""Secrets beside the code: what is found in templates, settings, Dockerfiles, events, scripts."""

from __future__ import annotations

import json

import pytest

from tests.secrets import made
from tests.secrets.in_files import (
    GITHUB,
    KEY,
    PASSWORD,
    STRIPE,
    findings,
    resource,
    short,
    template,
)

HOOK = "https://hooks.slack.com/" + "services/T01ABCDEF/B02GHIJKL/" + KEY
ARN = f"arn:aws:secretsmanager:eu-west-1:123456789012:secret:rds-db/cluster-{KEY}/admin-{KEY[:6]}"


LEAKS = [
    ("template.yaml", resource("AWS::RDS::DBInstance", f"MasterUserPassword: {PASSWORD}")),
    ("db.json", json.dumps({"Resources": {"R": {"Type": "AWS::RDS::DBInstance",
        "Properties": {"MasterUserPassword": PASSWORD}}}})),
    ("template.yaml", resource("AWS::ElastiCache::ReplicationGroup", f'AuthToken: "{KEY}"')),
    ("template.yaml", resource("AWS::AmazonMQ::Broker", f"Users: [{{Username: a, Password: {PASSWORD}}}]")),
    ("template.yaml", resource("AWS::SecretsManager::Secret", f"SecretString: '{{\"username\": \"app\", \"password\": \"{PASSWORD}\"}}'")),
    ("template.yaml", resource("AWS::SecretsManager::Secret", f"SecretString: !Sub '{{\"host\": \"${{Db}}\", \"password\": \"{PASSWORD}\"}}'")),
    ("template.yaml", resource("AWS::SecretsManager::Secret", f"SecretString: {KEY}")),
    ("template.yaml", resource("AWS::SSM::Parameter", f"{{Type: String, Name: /shop/prod/db-password, Value: {PASSWORD}}}")),
    ("template.yaml", resource("AWS::ECS::TaskDefinition", f"ContainerDefinitions: [{{Environment: [{{Name: DB_PASSWORD, Value: {PASSWORD}}}]}}]")),
    ("template.yaml", resource("AWS::Cognito::UserPoolIdentityProvider", f"ProviderDetails: {{client_id: a, client_secret: {KEY}}}")),
    ("template.yaml", resource("AWS::CloudFront::Distribution", f"Origin: {{HeaderName: X-Origin, ApiKey: {KEY}}}")),
    ("template.yaml", resource("AWS::Events::Connection", f"AuthParameters: {{ApiKeyAuthParameters: {{ApiKeyName: x-api-key, ApiKeyValue: {KEY}}}}}")),
    ("template.yaml", resource("AWS::SNS::Subscription", f"Endpoint: {HOOK}")),
    ("template.yaml", resource("AWS::ECS::TaskDefinition", "Image: !Sub postgresql://app:kT7vQ2xw@${Db.Endpoint.Address}:5432/shop")),
    ("template.yaml", template(parameters=f"  DbPassword: {{Type: String, Default: {PASSWORD}}}\n")),
    ("template.yaml", template(parameters=f"  DbPassword:\n    NoEcho: true\n    Default: '{PASSWORD}'\n")),
    ("template.yaml", template(parameters=f"  Hook:\n    Default: {HOOK}\n")),
    ("template.yaml", template() + f"# the old one: {GITHUB}\n"),
    ("samconfig.toml", f'[default.deploy.parameters]\nparameter_overrides = "User=app DbPassword={PASSWORD}"\n'),
    ("samconfig.toml", f'[prod.deploy.parameters]\nparameter_overrides = "DbPassword=\\"{PASSWORD}\\" User=app"\n'),
    ("samconfig.toml", f'[prod.deploy.parameters]\nparameter_overrides = ["User=app", "DbPassword={PASSWORD}"]\n'),
    ("samconfig.toml", f'[prod.deploy.parameters]\nparameter_overrides = "ParameterKey=DbPassword,ParameterValue={PASSWORD}"\n'),
    ("samconfig.toml", f'[prod.deploy.parameters.parameter_overrides]\nDbPassword = "{PASSWORD}"\n'),
    ("samconfig.yaml", f"prod:\n  deploy:\n    parameters:\n      parameter_overrides:\n        - DbPassword={PASSWORD}\n"),
    (".env", f"DEBUG=1\nDB_PASSWORD={PASSWORD}\n"),
    (".env", f"DB_SECRETS_ARN={ARN}\nDB_PASSWORD={PASSWORD}\n"),
    (".chalice/config.json", json.dumps({"environment_variables": {"DB_ARN": ARN, "secret": KEY}}, indent=2)),
    (".env.production", f'export API_TOKEN="{KEY}"  # of the shop\n'),
    ("config/prod.env", f"API_KEY: {KEY}\n"),
    (".envrc", "export DATABASE_URL=postgres://app:kT7vQ2xw@db.acme.io/shop\n"),
    ("env.json", json.dumps({"Orders": {"DB_PASSWORD": PASSWORD}}, indent=2)),
    ("locals/env-vars.json", json.dumps({"Parameters": {"API_KEY": KEY}})),
    ("Dockerfile", f"FROM x\nENV A=1 \\\n    DB_PASSWORD={PASSWORD}\n"),
    ("src/Dockerfile.prod", f'FROM x\nARG API_TOKEN="{KEY}"\n'),
    ("Dockerfile", f"FROM x\nENV DB_PASSWORD {PASSWORD}\n"),
    ("Dockerfile", f"FROM x\nRUN pip install --index-url https://ci:{KEY}@pkg.acme.io/simple x\n"),
    ("main.tf", f'resource "aws_instance" "i" {{\n  user_data = <<-EOF\n    export DB_PASSWORD={PASSWORD}\n  EOF\n}}\n'),
    ("main.tf", f'resource "aws_instance" "i" {{\n  user_data = <<-EOF\n    run --region ${{var.region}}\n    DB_PASSWORD={PASSWORD}\n  EOF\n}}\n'),
    ("main.tf", f'resource "aws_launch_template" "i" {{\n  user_data = base64encode("run --db-password={PASSWORD}")\n}}\n'),
    ("events/order.json", json.dumps({"headers": {"X-Key": STRIPE}})),
    ("event.json", json.dumps({"hook": HOOK})),
    ("Makefile", f"deploy:\n\tGITHUB_TOKEN={GITHUB} ./deploy.sh\n"),
    ("scripts/deploy.sh", f"curl -H 'Authorization: token {GITHUB}' https://api.github.com\n"),
]  # fmt: skip

TRAPS = [
    ("main.tf", 'resource "aws_instance" "i" {\n  user_data = <<-EOF\n    export DB_PASSWORD=${random_password.db.result}\n    export API_TOKEN=$(get-token /shop/token)\n  EOF\n}\n'),
    ("template.yaml", resource("AWS::RDS::DBInstance", "MasterUserPassword: !Ref DbPassword")),
    ("template.yaml", resource("AWS::RDS::DBInstance", "MasterUserPassword: '{{resolve:secretsmanager:Db:SecretString:password}}'")),
    ("template.yaml", resource("AWS::RDS::DBInstance", "MasterUserPassword: !Sub '{{resolve:secretsmanager:${Secret}::password}}'")),
    ("template.yaml", resource("AWS::RDS::DBInstance", "ManageMasterUserPassword: true")),
    ("template.yaml", resource("AWS::SecretsManager::Secret", "GenerateSecretString: {GenerateStringKey: password, PasswordLength: 30, ExcludeCharacters: '\"@/\\'}")),
    ("template.yaml", resource("AWS::SecretsManager::Secret", "GenerateSecretString: {SecretStringTemplate: '{\"username\": \"admin\"}'}")),
    ("template.yaml", resource("AWS::SecretsManager::Secret", "SecretString: '{\"username\": \"app\", \"password\": \"changeme\"}'")),
    ("template.yaml", resource("AWS::SSM::Parameter", "{Type: String, Name: /shop/prod/token-url, Value: https://auth.acme.io/oauth2/token}")),
    ("template.yaml", resource("AWS::SSM::Parameter", "{Type: String, Name: /shop/prod/db-password, Value: '{{resolve:ssm-secure:/x}}'}")),
    ("template.yaml", resource("AWS::SSM::Parameter", "{Type: String, Name: /shop/secret-arn, Value: arn:aws:secretsmanager:eu-west-1:123456789012:secret:db-AbCdEf}")),
    ("template.yaml", resource("AWS::Cognito::UserPool", "Policies: {PasswordPolicy: {MinimumLength: 12}}")),
    ("template.yaml", resource("AWS::Cognito::UserPoolClient", "ExplicitAuthFlows: [ALLOW_USER_PASSWORD_AUTH], TokenValidityUnits: {AccessToken: minutes}".replace("], T", "]\n      T"))),
    ("template.yaml", resource("AWS::KMS::Alias", "TargetKeyId: 1234abcd-12ab-34cd-56ef-1234567890ab")),
    ("template.yaml", resource("AWS::Lambda::Function", "KmsKeyArn: arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab")),
    ("template.yaml", resource("AWS::ApiGateway::Authorizer", "IdentitySource: method.request.header.Authorization")),
    ("template.yaml", resource("AWS::CodePipeline::Webhook", "AuthenticationConfiguration: {SecretToken: !Ref Token}")),
    ("template.yaml", resource("AWS::DynamoDB::Table", "KeySchema: [{AttributeName: token, KeyType: HASH}]")),
    ("template.yaml", resource("AWS::Serverless::Function", "Tags: [{Key: api-key, Value: orders-api-key-2024}]")),
    ("template.yaml", template(parameters="  DbPassword: {Type: String, NoEcho: true}\n")),
    ("template.yaml", template(parameters="  DbPassword: {Type: String, Default: ''}\n")),
    ("template.yaml", template(parameters="  DbPassword: {Type: String, Default: changeme123}\n")),
    ("template.yaml", template(parameters="  DbPassword: {Type: AWS::SSM::Parameter::Value<String>, Default: /shop/prod/DbPassword1}\n")),
    ("template.yaml", template(parameters="  SecretName: {Type: String, Default: prod/shop/db-2024-credentials}\n")),
    ("template.yaml", template(parameters="  ApiKeyParameter: {Default: /shop/prod/api-key-v2}\n")),
    ("template.yaml", template(parameters="  DbPassword:\n    AllowedPattern: '[a-zA-Z0-9]{8,41}'\n    ConstraintDescription: 8 to 41 letters\n")),
    ("template.yaml", resource("AWS::IAM::User", "LoginProfile: {Password: !GetAtt Random.Value}")),
    ("settings.yaml", f"password: {PASSWORD}\n"),
    ("openapi.json", json.dumps({"password": {"example": PASSWORD}})),
    ("samconfig.toml", '[default.deploy.parameters]\nparameter_overrides = "SecretArn=arn:aws:secretsmanager:eu-west-1:123456789012:secret:db-AbCdEf"\n'),
    ("samconfig.toml", '[default.deploy.parameters]\ns3_prefix = "shop"\nparameter_overrides = "DbPassword=<password> ApiKey=YOUR_API_KEY_1234"\n'),
    ("samconfig.toml", f'[default.deploy.parameters]\n# parameter_overrides = "DbPassword={PASSWORD}"\n'),
    (".env", f"DB_SECRETS_ARN={ARN}\nOTHER_ARN='{ARN}'\n"),
    (".chalice/config.json", json.dumps({"environment_variables": {"DB_SECRETS_ARN": ARN}}, indent=2)),
    ("env.json", json.dumps({"Orders": {"DB_SECRETS_ARN": ARN}})),
    (".env", "DB_PASSWORD=\nAPI_KEY=your-api-key-here-123\nAWS_REGION=eu-west-1\n"),
    (".env", "DB_PASSWORD=${DB_PASSWORD}\nTOKEN=$(aws ssm get-parameter --name x)\n"),
    (".env", "SECRET_NAME=prod/shop/db\nTOKEN_URL=https://auth.acme.io/token\nKEY_ID=1234abcd-12ab-34cd-56ef-1234567890ab\n"),
    (".env.example", f"DB_PASSWORD={PASSWORD}\n"),
    (".env.sample", f"DB_PASSWORD={PASSWORD}\n"),
    (".env.template", f"DB_PASSWORD={PASSWORD}\n"),
    (".env.dist", f"DB_PASSWORD={PASSWORD}\n"),
    ("tests/.env", f"DB_PASSWORD={PASSWORD}\n"),
    ("env.json", json.dumps({"Orders": {"DB_PASSWORD": "", "TABLE": "orders-2024-table-x1"}})),
    ("Dockerfile", "FROM x\nARG DB_PASSWORD\nENV DB_PASSWORD=$DB_PASSWORD TOKEN=${TOKEN}\n"),
    ("Dockerfile", f"FROM x\n# ENV DB_PASSWORD={PASSWORD}\nENV DB_PASSWORD_FILE=/run/secrets/db-1\n"),
    ("Dockerfile", "FROM x\nENV GPG_KEY 7169605F62C751356D054A26A821E680E5FA6305\nENV PYTHON_SHA256 3d1e1a2b\n"),
    ("Dockerfile", "FROM x\nENV GPG_KEY=A035C8C19219BA821ECEA86B64E628F8D684696D\n"),
    ("events/order.json", json.dumps({"password": PASSWORD, "token": KEY})),
    ("events/api.json", json.dumps({"headers": {"Authorization": f"Bearer {made.TOKENS['json-web-token']}"}})),
    ("events/s3.json", json.dumps({"x-amz-id-2": "EXAMPLE123/5678abcdefghijklambdaisawesome/mnopqrstuvwxyzABCDEFGH", "eTag": "0123456789abcdef0123456789abcdef"})),
    ("events/signed.json", json.dumps({"url": "https://b.s3.amazonaws.com/k?X-Amz-Credential=AS" + "IA" + made.letters(made.UPPER32, 16)})),
    ("Makefile", f"DB_PASSWORD ?= $(shell pass db)\nTOKEN = {KEY}\n"),
    ("deploy.sh", f'PASSWORD="$1"\nexport TOKEN={KEY}\n'),
    ("package.json", json.dumps({"token": GITHUB})),
]  # fmt: skip


@pytest.mark.parametrize("leak", LEAKS, ids=short)
def test_a_leak_is_found_once_and_where_it_stands(leak: tuple[str, str]) -> None:
    path, text = leak
    (found,) = findings({path: text})
    assert found.rule == "secret-in-configuration"
    assert found.severity is not None
    assert found.severity.label == "error"
    covered = text[found.span.start : found.span.end]
    assert covered in (PASSWORD, KEY, GITHUB, STRIPE, HOOK.partition(".com/")[2], "kT7vQ2xw")
    assert covered[:5] not in repr(found)


@pytest.mark.parametrize("trap", TRAPS, ids=short)
def test_a_trap_is_silent(trap: tuple[str, str]) -> None:
    path, text = trap
    assert findings({path: text}) == ()


def test_what_other_rules_tell_is_not_told_again() -> None:
    function = f"""\
  F:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.13
      Handler: index.handler
      InlineCode: |
        token = "{GITHUB}"
      Environment:
        Variables:
          DB_PASSWORD: !Ref DbPassword
          HOOK: {HOOK}
"""
    text = template(function, f"  DbPassword:\n    Default: {PASSWORD}\n")
    assert sorted(found.rule for found in findings({"template.yaml": text})) == [
        "hardcoded-secret",
        "secret-in-environment",
        "secret-in-environment",
    ]


def test_a_parameter_that_reaches_a_variable_with_a_plain_name_is_told_of() -> None:
    function = (
        "  F:\n    Type: AWS::Serverless::Function\n    Properties:\n"
        "      Environment:\n        Variables: {DB: !Ref DbPassword}\n"
    )
    text = template(function, f"  DbPassword:\n    Default: {PASSWORD}\n")
    (found,) = findings({"template.yaml": text})
    assert found.rule == "secret-in-configuration"


@pytest.mark.parametrize("password", ["Password123456", "letmein-please"])
def test_a_database_has_the_password_that_is_written_there(password: str) -> None:
    text = resource("AWS::RDS::DBInstance", f"MasterUserPassword: {password}")
    (found,) = findings({"template.yaml": text})
    assert text[found.span.start : found.span.end] == password


def test_only_what_is_asked_for_is_looked_at() -> None:
    files = {".env": f"DB_PASSWORD={PASSWORD}\n", "api/.env": f"DB_PASSWORD={PASSWORD}\n"}
    (found,) = findings(files, "api")
    assert found.span.path == "api/.env"
