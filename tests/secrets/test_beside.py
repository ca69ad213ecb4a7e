"""Secrets in data, settings and variables, and in texts of another format; each kind has twins."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from lamlint.text import Finding
from tests.checking import reader
from tests.secrets import made
from tests.secrets.in_files import GITHUB, KEY, PASSWORD, findings, resource, short, template
from tests.secrets.projects import FUNCTION, PROJECT

ADDRESS = "postgresql://svc:kT7vQ2xw9@10.1.2.3/x"

LEAKS = [
    ("src/config.json", json.dumps({"db": {"password": PASSWORD}},indent=1)),
    ("src/config.json", json.dumps({"api_keys": [KEY]})),
    ("src/config.json", json.dumps({"api_keys": {"weather": KEY}})),
    ("src/config.json", json.dumps({"users": [{"name": "a","password": PASSWORD}]})),
    ("src/config.json", json.dumps([{"name": "DB_PASSWORD","value": PASSWORD}])),
    ("src/config.json", f'{{\n  // of the shop\n  "password": "{PASSWORD}",\n}}\n'),
    ("src/settings/prod.yaml", f"db:\n  password: {PASSWORD}\n"),
    ("src/settings/prod.yml", f"db:\n  password: '{PASSWORD}' # x\n"),
    ("src/config.ini", f"[db]\npassword = {PASSWORD}\n"),
    ("src/config.ini", f"[db]\npassword: {PASSWORD}\n"),
    ("src/app.cfg", f"[db]\nclient_secret={KEY}\n"),
    ("src/app.conf", f"client_secret={KEY}\n"),
    ("src/settings.toml", f'[db]\npassword = "{PASSWORD}"\n'),
    ("src/settings.toml", f"[db]\npassword = '{PASSWORD}'\n"),
    ("src/app.properties", f"db.password={PASSWORD}\n"),
    ("src/app.properties", f"spring.datasource.password: {PASSWORD}\n"),
    ("src/pip.conf", f"[global]\nindex-url = https://svc:{KEY}@packages.example.org/simple\n"),
    ("pip.conf", f"[global]\nextra-index-url =\n    https://svc:{KEY}@packages.acme.io/simple\n"),
    (".pypirc", f"[pypi]\nusername = me\npassword = {PASSWORD}\n"),
    ("src/.pypirc", f"[pypi]\nusername: __token__\npassword: {made.TOKENS['pypi-token']}\n"),
    ("src/requirements.txt", f"--extra-index-url https://svc:{KEY}@packages.example.org/simple\nboto3\n"),
    ("src/requirements-dev.txt", f"-i https://svc:{KEY}@10.0.0.4:8080/simple\n"),
    ("requirements/base.txt", f"git+https://x:{KEY}@git.acme.io/a/b.git@v1\n"),
    ("src/requirements.in", f"--index-url=https://{GITHUB}@pkg.acme.io/simple\n"),
    ("Pipfile", f'[[source]]\nurl = "https://svc:{KEY}@packages.acme.io/simple"\n'),
    ("pyproject.toml", f'[[tool.poetry.source]]\nurl = "https://svc:{KEY}@packages.acme.io/simple"\n'),
    (".netrc", f"machine pkg.acme.io login me password {PASSWORD}\n"),
    (".npmrc", f"//npm.acme.io/:_authToken={KEY}\n"),
    ("locals.json", json.dumps({"F": {"DB_PASSWORD": PASSWORD}})),
    ("env/dev.json", json.dumps({"F": {"DB_PASSWORD": PASSWORD}})),
    ("env.prod.json", json.dumps({"F": {"DB_PASSWORD": PASSWORD}})),
    ("sam/dev-vars.json", json.dumps({"F": {"DB_PASSWORD": PASSWORD, "N": 1}})),
    ("whatever.json", json.dumps({"Parameters": {"DB_PASSWORD": PASSWORD}})),
    ("local/whatever.json", json.dumps({"Orders": {"DB_URL": ADDRESS}})),
    ("vars.json", json.dumps({"DB_PASSWORD": PASSWORD, "A": "b"})),
    ("env.json", json.dumps({"DB_PASSWORD": PASSWORD, "A": "b"})),
    ("config/dev.env.json", json.dumps({"F": {"API_TOKEN": KEY}})),
    ("zappa_settings.json", json.dumps({"dev": {"environment_variables": {"API_TOKEN": KEY}}})),
    (".chalice/config.json", json.dumps({"stages": {"dev": {"environment_variables": {"API_TOKEN": KEY}}}})),
    ("env.yml", f"dev:\n  DB_PASSWORD: {PASSWORD}\n"),
    (".env", "B_PASSWORD='u7!Kd Rz29 vLq'\n"),
    (".env", 'B_PASSWORD="u7!Kd Rz29 vLq"\n'),
    (".env", "B_PASSWORD = 'u7!Kd Rz29 vLq'\n"),
    (".env", f"export B_PASSWORD = {PASSWORD}\n"),
    (".env", f"export B_PASSWORD='{PASSWORD}' # the db\n"),
    (".env", "B_PASSWORD=u7!Kd Rz29 vLq\n"),
    (".env.dev", f"B_PASSWORD : {PASSWORD}\n"),
    (".env-prod", f"B_PASSWORD={PASSWORD}\n"),
    ("prod.env", f"set B_PASSWORD={PASSWORD}\n"),
    ("env.prod", f"B_PASSWORD={PASSWORD}\n"),
    (".flaskenv", f"SECRET_KEY={KEY}\n"),
    ("template.yaml", resource("AWS::EC2::Instance", f"UserData:\n        Fn::Base64: !Sub |\n          #!/bin/bash\n          export DB_PASSWORD={PASSWORD}\n          run ${{AWS::Region}}")),
    ("template.yaml", resource("AWS::EC2::Instance", f"UserData:\n        Fn::Base64: |\n          #!/bin/bash\n          DB_PASSWORD='{PASSWORD}' run\n")),
    ("template.yaml", resource("AWS::EC2::Instance", f"UserData: !Base64\n        Fn::Join: ['\\n', ['#!/bin/bash', 'export DB_PASSWORD={PASSWORD}', !Ref A]]")),
    ("template.yaml", resource("AWS::EC2::Instance", f"UserData: !Base64\n        Fn::Join: ['', ['#!/bin/bash\\n', 'export DB_PASSWORD=', '{PASSWORD}', \"\\n\"]]")),
    ("template.yaml", resource("AWS::ECS::TaskDefinition", f"ContainerDefinitions: [{{Command: ['--password={PASSWORD}']}}]")),
    ("template.yaml", resource("AWS::ECS::TaskDefinition", f"ContainerDefinitions: [{{Command: [sh, -c, 'run --password {PASSWORD} --x']}}]")),
    ("template.yaml", resource("AWS::CodeBuild::Project", f"Source:\n        BuildSpec: |\n          env:\n            variables:\n              DB_PASSWORD: {PASSWORD}\n")),
    ("template.yaml", resource("AWS::SSM::Document", f"Content: {{mainSteps: [{{inputs: {{runCommand: ['export API_TOKEN={KEY}', b]}}}}]}}")),
    ("template.yaml", resource("AWS::EC2::Instance", f"Metadata: {{files: {{/etc/x: {{content: 'password={PASSWORD}'}}}}}}")),
    ("db.json", json.dumps({"Resources": {"I": {"Type": "AWS::EC2::Instance","Properties": {"UserData": {"Fn::Base64": {"Fn::Join": ["",["#!/bin/bash\n",f"export DB_PASSWORD={PASSWORD}\n","run"]]}}}}}})),
]  # fmt: skip
TWINS = [
    ("src/node_modules/events/package.json", json.dumps({"token": GITHUB})),
("src/package-lock.json", json.dumps({"token": KEY})), ("src/poetry.lock", f'token = "{KEY}"\n'), ("src/cdk.out/x.json", json.dumps({"token": KEY})),
    ("src/requests-2.dist-info/x.json", json.dumps({"token": KEY})),
    ("src/node_modules/a/package.json", json.dumps({"token": KEY})),
    ("src/package.json", json.dumps({"token": KEY})),
    ("src/openapi.yaml", f"openapi: 3.0.0\nx:\n  example:\n    password: {PASSWORD}\n"),
    ("src/api.yaml", f"openapi: 3.0.0\nx:\n  example:\n    password: {PASSWORD}\n"),
    ("src/api.json", json.dumps({"swagger": "2.0","x": {"example": {"password": PASSWORD,"t": GITHUB}}})),
    ("src/locales/en.json", json.dumps({"password": "Passw0rd!x"})),
    ("src/i18n/de/x.yaml", f"password: {PASSWORD}\n"),
    ("src/config.json", json.dumps({"password": "${DB_PASSWORD}"})),
    ("src/config.json", json.dumps({"secret": "arn:aws:secretsmanager:eu-west-1:123456789012:secret:db-AbCdEf"})),
    ("src/config.json", json.dumps({"next_token": KEY, "primary_key": KEY, "password_field": PASSWORD})),
    ("src/config.json", json.dumps({"password": "changeme123"})),
    ("src/config.ini", "[db]\npassword = %(DB_PASSWORD)s\nsecret_name = prod/x-1\n"),
    ("src/config.ini", f"[db]\n; password = {PASSWORD}\n# password = {PASSWORD}\n"),
    ("src/config.example.json", json.dumps({"password": PASSWORD})),
    ("src/sample.config.json", json.dumps({"password": PASSWORD})),
    ("src/tests/config.json", json.dumps({"password": PASSWORD})),
    ("other/config.json", json.dumps({"password": PASSWORD})),
    ("other/config.ini", f"password={PASSWORD}\n"),
    ("other/x.yaml", f"password: {PASSWORD}\n"),
    ("src/requirements.txt", "--index-url https://${USER}:${TOKEN}@packages.acme.io/simple\nboto3==1.2 --hash=sha256:"+made.letters(made.HEX,64)+"\n"),
    ("src/requirements.txt", "--index-url https://user:password@packages.acme.io/simple\n"),
    ("src/requirements.txt", "git+https://git@github.com/a/b.git\npassword-strength==0.0.3\ntoken-bucket==0.3.0\n"),
    ("pip.conf", "[global]\nindex-url = https://aws:${CODEARTIFACT_AUTH_TOKEN}@x.d.codeartifact.eu-west-1.amazonaws.com/pypi/x/simple/\n"),
    (".npmrc", "//npm.acme.io/:_authToken=${NPM_TOKEN}\n"),
    (".netrc", "machine x login me password ${PW}\n"),
    ("locals.json", json.dumps({"F": {"DB_PASSWORD": "", "SECRET_ARN": "arn:aws:secretsmanager:eu-west-1:123456789012:secret:db-AbCdEf"}})),
    ("whatever.json", json.dumps({"F": {"DB_PASSWORD": "changeme"}})),
    ("data.json", json.dumps({"user": {"password": PASSWORD}})),
    ("data.json", json.dumps([{"DB_PASSWORD": PASSWORD}])),
    (".env", "B_PASSWORD='Enter your password here 1'\n"),
    (".env", f"B_PASSWORD=\n# B_PASSWORD={PASSWORD}\n"),
    ("template.yaml", resource("AWS::EC2::Instance","UserData:\n        Fn::Base64: !Sub |\n          export DB_PASSWORD=${DbPassword}\n          export A_TOKEN=$(aws x)\n          export B_TOKEN=$TOKEN\n")),
    ("template.yaml", resource("AWS::EC2::Instance","UserData: !Base64\n        Fn::Join: ['', ['export DB_PASSWORD=', !Ref Pw, '\\n']]")),
    ("template.yaml", resource("AWS::CodeBuild::Project","Source:\n        BuildSpec: |\n          env:\n            secrets-manager:\n              DB_PASSWORD: prod/db:password\n              API_TOKEN: x-prod-2024:api-token\n            parameter-store:\n              DB_TOKEN: /x/y-1\n")),
    ("cdk.out/T.template.json", json.dumps({"x": KEY,"token": KEY})),
    ("src/tokenizer_config.json", json.dumps({"pad_token": "<pad>","bos_token": "<s>","tokenizer_class": "X","auth_token": None})),
    ("src/jwks.json", json.dumps({"keys": [{"kid": KEY,"n":made.letters(made.URL64,300),"e": "AQAB"}]})),
    ("src/schema.json", json.dumps({"$schema": "x","properties": {"password": {"type": "string","pattern": "^[a-zA-Z0-9]{8,}$","default": ""}}})),
    ("src/requests-2.3.dist-info/RECORD", "requests/a.json,sha256=x,1\n"),
]  # fmt: skip
VARIABLES = [
    f"          DOTENV: |\n            DB_HOST=x\n            DB_PASSWORD={PASSWORD}\n",
    f"          DOTENV: \"A=1\\nDB_PASSWORD={PASSWORD}\\n\"\n",
    f"          CONF: |\n            db:\n              user: app\n              password: {PASSWORD}\n",
    f"          CONF: '{{\"db\": {{\"password\": \"{PASSWORD}\"}}}}'\n",
    f"          CONF: '[{{\"api_key\": \"{KEY}\"}}]'\n",
    f"          CONF: >-\n            user=app;password={PASSWORD}\n",
    f"          CONF: user=app password={PASSWORD} host=x\n",
    f"          OPTS: --user app --password {PASSWORD}\n",
    f"          OPTS: --user app --password={PASSWORD}\n",
    f"          URL: {ADDRESS}\n",
    f"          Q: https://x.acme.io/a?token={KEY}&x=1\n",
]  # fmt: skip
PLAIN_VARIABLES = [
    "          DOTENV: |\n            DB_HOST=x\n            DB_PASSWORD=${DB_PASSWORD}\n",
    "          CONF: '{\"db\": {\"password\": \"changeme\", \"next_token\": \"x\"}}'\n",
    "          CONF: |\n            db:\n              password: \"{{resolve:ssm:x}}\"\n",
    "          OPTS: --user app --password-file /run/secrets/db-1 --tokens 1000\n",
    "          URL: postgresql://svc:password@db/x\n",
    "          FIELDS: password,token,api_key\n",
]  # fmt: skip


def of_variables(variables: str) -> tuple[str, tuple[Finding, ...]]:
    """A template whose function has some variables, and what is found in it."""
    text = template(
        "  F:\n    Type: AWS::Serverless::Function\n    Properties:\n"
        f"      Environment:\n        Variables:\n{variables}"
    )
    return text, findings({"template.yaml": text})


@pytest.mark.parametrize("leak", LEAKS, ids=short)
def test_a_leak_is_found_once_and_where_it_stands(leak: tuple[str, str]) -> None:
    path, text = leak
    (found,) = findings({**PROJECT, path: text})
    assert (found.rule, found.span.path) == ("secret-in-configuration", path)
    covered = text[found.span.start : found.span.end]
    known = (PASSWORD, KEY, GITHUB, made.TOKENS["pypi-token"], "kT7vQ2xw9", "u7!Kd Rz29 vLq")
    assert covered in known
    assert covered[:5] not in repr(found)


@pytest.mark.parametrize("twin", TWINS, ids=short)
def test_its_twin_is_silent(twin: tuple[str, str]) -> None:
    path, text = twin
    assert findings({**PROJECT, path: text}) == ()


def test_what_others_wrote_is_not_looked_at() -> None:
    secret = json.dumps({"password": PASSWORD})
    beside = {"src/requests/a.json": secret, "src/own/a.json": secret}
    record = {"src/requests-2.3.dist-info/RECORD": "requests/a.json,sha256=x,1\napp.py,,\n"}
    (found,) = findings({**PROJECT, **beside, **record})
    assert found.span.path == "src/own/a.json"


def test_several_on_one_line_are_told_one_by_one() -> None:
    text = json.dumps({"password": PASSWORD, "api_key": KEY})
    found = findings({**PROJECT, "src/config.json": text})
    assert [text[one.span.start : one.span.end] for one in found] == [PASSWORD, KEY]


@pytest.mark.parametrize("variables", VARIABLES)
def test_a_text_in_a_variable_is_told_at_its_part(variables: str) -> None:
    text, (found,) = of_variables(variables)
    assert found.rule == "secret-in-environment"
    assert text[found.span.start : found.span.end] in (PASSWORD, KEY, "kT7vQ2xw9")


@pytest.mark.parametrize("variables", PLAIN_VARIABLES)
def test_a_text_without_a_secret_is_silent(variables: str) -> None:
    assert of_variables(variables)[1] == ()


def test_a_text_may_hold_several() -> None:
    lines = f"          CONF: |\n            DB_PASSWORD={PASSWORD}\n            API_KEY={KEY}\n"
    text, found = of_variables(lines)
    assert [text[one.span.start : one.span.end] for one in found] == [PASSWORD, KEY]


def test_code_beside_the_project_is_looked_into(tmp_path: Path) -> None:
    template_of_it = template(FUNCTION.replace("src/", "../src"))
    files = {
        "infra/lamlint.toml": "",
        "infra/template.yaml": template_of_it,
        "src/app.py": "def handler(event, context): ...\n",
        "src/config.json": json.dumps({"password": PASSWORD}),
    }
    for path, text in files.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    (tmp_path / ".git").mkdir()
    found = reader(tmp_path / "infra", "secret-in-configuration")({}).findings
    assert [one.span.path for one in found] == ["../src/config.json"]
