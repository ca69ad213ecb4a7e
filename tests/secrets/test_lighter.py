"""Secrets for trying the code weigh little: on this machine, in a sandbox, in a container of a run."""

from __future__ import annotations

import pytest

from lamlint.rule import INFORMATION
from tests.secrets import made
from tests.secrets.in_code import findings
from tests.secrets.in_files import findings as in_files

OWN, OTHER = made.letters(made.ALNUM, 24), made.letters(made.ALNUM, 23)
PASSWORD = "kT7-vQ2xw!9"
READ = 'os.environ.get("DB_PASSWORD", "kT7-vQ2xw!9")'

LIGHT = [
    f'DB = {{"USER": "app", "PASSWORD": "{PASSWORD}", "HOST": "localhost", "PORT": "5432"}}',
    f'DB = {{\n    "HOST": "127.0.0.1",\n    "PASSWORD": "{PASSWORD}",\n}}',
    f'DB = {{"HOST": "db", "PASSWORD": "{PASSWORD}"}}',
    f'DB_HOST = "localhost"\nDB_PASSWORD = "{PASSWORD}"',
    f'DB_PASSWORD = "{PASSWORD}"\nDB_URL = "postgresql://app@127.0.0.1:5432/shop"',
    f'db_host = os.getenv("DB_HOST", "localhost")\ndb_password = {READ}',
    f'REDIS_HOST = "redis"\nREDIS_PASSWORD = "{PASSWORD}"\nDB_HOST = "db.acme.io"',
    f'connect(host="localhost", user="app", password="{PASSWORD}")',
    f'BASE_URL = "https://paper-api.shop.example"\nAPI_KEY = "{OWN}"',
    f'PAY_URL = "https://api-sandbox.pay.example"\nPAY_TOKEN = "{OWN}"',
    f'PAY_URL = "https://testnet.pay.example"\nPAY_TOKEN = "{OWN}"',
    f'cognito.admin_create_user(Username=u, TemporaryPassword="{PASSWORD}")',
    f'TEMP_PASSWORD = "{PASSWORD}"',
    f'one_time_password = "{PASSWORD}"',
]
STAGE = 'os.environ["STAGE"]'
FOR_HERE = f'    connect(host="localhost", user="app", password="{PASSWORD}")'
FOR_ALL = f'    connect(host={STAGE}, user="app", password="{PASSWORD}")'
ELSEWHERE = f"    connect(host={STAGE}, user='app', password={STAGE})"
NEW = "cognito.admin_create_user(Username=u, TemporaryPassword={})"
BROWSER = f'"User-Agent": "Mozilla/5.0", "x-api-key": "{OWN}"'
LIGHT += [
    # What another branch says is not beside it.
    f'if {STAGE} == "dev":\n{FOR_HERE}\nelse:\n{ELSEWHERE}',
    f'if {STAGE} == "prod":\n{ELSEWHERE}\nelse:\n{FOR_HERE}',
    f'if {STAGE} == "prod":\n{ELSEWHERE}\nelif {STAGE} == "dev":\n{FOR_HERE}\nelse:\n    pass',
    f'if {STAGE} == "local":\n    password = "{PASSWORD}"\nelse:\n    password = {STAGE}',
    f'if os.environ.get("AWS_SAM_LOCAL"):\n    DB_PASSWORD = "{PASSWORD}"',
    f'if {STAGE} != "local":\n    password = {STAGE}\nelse:\n    password = "{PASSWORD}"',
    f'if not IS_LOCAL:\n    password = {STAGE}\nelse:\n    password = "{PASSWORD}"',
    f'if IS_LOCAL:\n    settings = {{\n        "user": "app",\n        "password": "{PASSWORD}",\n    }}',
    f'def add(u, password="{PASSWORD}"):\n    {NEW.format("password")}',
    f'FIRST = "x"\nDEFAULT_PASSWORD = "{PASSWORD}"\n\n\ndef add(u):\n    {NEW.format("DEFAULT_PASSWORD")}',
    f'def add(u):\n    first = os.environ.get("NEW_PASSWORD", "{PASSWORD}")\n    {NEW.format("first")}',
    f'def add(u):\n    password = "{PASSWORD}"\n    add(**{{"TemporaryPassword": password}})',
    f'HEADERS = {{"Origin": "https://www.shop.io", {BROWSER}}}',
    f'HEADERS = {{"referer": "https://www.shop.io/", {BROWSER}}}',
]
THROWN_AWAY = (
    'def check():\n    user = f"diag-{uuid.uuid4()}"\n    try:\n'
    f'        cognito.admin_create_user(Username=user, TemporaryPassword="{PASSWORD}")\n'
    "    finally:\n        cognito.admin_delete_user(UserPoolId=POOL, Username=user)\n"
)
HEAVY = [
    f'if {STAGE} == "dev":\n    connect(host="localhost")\nelse:\n    password = "{PASSWORD}"',
    f'if {STAGE} == "local":\n    host = "localhost"\nelse:\n    password = "{PASSWORD}"',
    f'if {STAGE} == "dev":\n    connect(host="localhost", user="app", password=x)\nelse:\n{FOR_ALL}',
    f'if {STAGE} == "local":\n    DB_HOST = "dev.acme.io"\n    DB_PASSWORD = "{PASSWORD}"',
    f'if {STAGE} != "local":\n    password = "{PASSWORD}"',
    f'if not IS_LOCAL:\n    password = "{PASSWORD}"',
    f'if IS_LOCAL or {STAGE}:\n    password = "{PASSWORD}"',
    f'if {STAGE} == "locale":\n    password = "{PASSWORD}"',
    f'if {STAGE} == "local":\n    pass\npassword = "{PASSWORD}"',
    f'if {STAGE} == "local":\n    API_TOKEN = "{OWN}"',
    f'def add(u, password="{PASSWORD}"):\n    {NEW.format("password")}\n    keep(Password=password)',
    f'def add(u, password="{PASSWORD}"):\n    log_in(u, password)',
    f'def one(u, password="{PASSWORD}"):\n    pass\n\n\ndef add(u, password):\n    {NEW.format("password")}',
    f"HEADERS = {{{BROWSER}}}",
    f'HEADERS = {{"Origin": "https://www.shop.io", "x-api-key": "{OWN}"}}',
    f'HEADERS = {{"Origin": "https://www.shop.io", {BROWSER.replace("x-api-key", "x-auth-token")}}}',
    f'DB = {{"USER": "app", "PASSWORD": "{PASSWORD}", "HOST": "db.acme.io"}}',
    f'DB = {{"HOST": "10.0.3.7", "PASSWORD": "{PASSWORD}"}}',
    f'DB = {{"HOST": HOST, "PASSWORD": "{PASSWORD}"}}',
    f'DB = {{"USER": "app", "PASSWORD": "{PASSWORD}"}}',
    f'DB = {{"HOST": "localhost", "PASSWORD": "{PASSWORD}"}}\nLIVE = {{"HOST": "db.acme.io"}}',
    f'MAIL_HOST = "localhost"\nDB_PASSWORD = "{PASSWORD}"',
    f'DB_HOST = "localhost.acme.io"\nDB_PASSWORD = "{PASSWORD}"',
    f'db_host = os.getenv("DB_HOST", "localhost")\ndb_password = "{PASSWORD}"',
    f'db_host = os.environ["DB_HOST"]\ndb_password = {READ}',
    f'HOST = "localhost"\nSECRET_KEY = "{OWN}"',
    f'DB_HOST = "localhost"\n\n\n\n\n\n\nDB_PASSWORD = "{PASSWORD}"',
    f'BASE_URL = "https://paper-api.shop.example"\nLIVE_URL = "https://api.shop.example"\nAPI_KEY = "{OWN}"',
    f'BASE_URL = "https://newspaper.shop.example"\nAPI_KEY = "{OWN}"',
    f'PAY_URL = "https://demographics.pay.example"\nPAY_TOKEN = "{OWN}"',
    f'cognito.admin_set_user_password(Username=u, Password="{PASSWORD}", Permanent=True)',
    f'TEMPERATURE_PASSWORD = "{PASSWORD}"',
]


@pytest.mark.parametrize(
    ("code", "label"),
    [*((one, "information") for one in LIGHT), *((one, "error") for one in HEAVY)],
)
def test_it_weighs_by_what_it_is_for(code: str, label: str) -> None:
    (found,) = findings(f"import os\n{code}\n")
    assert found.severity is not None
    assert found.severity.label == label


@pytest.mark.parametrize(
    ("host", "label"), [("localhost", "information"), ("db.acme.io", "error"), ("dbs", "error")]
)
def test_in_settings_too(host: str, label: str) -> None:
    (found,) = in_files({".env.local": f"DB_HOST={host}\nDB_PASSWORD={PASSWORD}\n"})
    assert found.severity is not None
    assert found.severity.label == label
    assert found.message.endswith("deployed with it") is (label == "information")


FUNCTION = """Transform: AWS::Serverless-2016-10-31
Resources:
  F:
    Type: AWS::Serverless::Function
    Properties: {CodeUri: ., Handler: app.handler, Runtime: python3.13}
"""
GITHUB = """jobs:
  test:
    services: {{cache: {{image: acme/cache, env: {{AUTH_TOKEN: {0}}}}}}}
    steps: [{{run: pytest, env: {{AUTH_TOKEN: {1}}}}}]
"""
GITLAB = """variables: {{POSTGRES_PASSWORD: {0}}}
test: {{services: ['postgres:16'], script: [pytest], variables: {{DB_PASSWORD: {1}}}}}
"""
CIRCLE = """jobs:
  test:
    docker:
      - {{image: 'cimg/python:3.13', environment: {{DB_PASSWORD: {1}}}}}
      - {{image: 'cimg/postgres:16', environment: {{POSTGRES_PASSWORD: {0}}}}}
"""
BITBUCKET = """definitions:
  services: {{db: {{image: 'mysql:8', variables: {{MYSQL_ROOT_PASSWORD: {0}}}}}}}
pipelines: {{default: [{{step: {{variables: {{DB_PASSWORD: {1}}}}}}}]}}
"""
COMPOSE = """services:
  db: {{image: 'postgres:16', environment: {{POSTGRES_PASSWORD: {0}}}}}
  app: {{build: ., environment: {{DB_PASSWORD: {1}}}}}
"""
LISTED = """services:
  db: {{image: 'postgres:16', environment: ['POSTGRES_PASSWORD={0}']}}
  app: {{build: ., environment: {{DB_PASSWORD: {1}}}}}
"""
RUNS = [
    (".github/workflows/ci.yaml", GITHUB),
    (".gitlab-ci.yml", GITLAB),
    (".circleci/config.yml", CIRCLE),
    ("bitbucket-pipelines.yml", BITBUCKET),
]


def labels(path: str, text: str) -> list[str]:
    found = in_files({"template.yaml": FUNCTION, "app.py": "", path: text})
    return [one.severity.label for one in found if one.severity is not None]


@pytest.mark.parametrize(("path", "text"), RUNS)
def test_what_a_run_starts_for_itself_has_no_secret(path: str, text: str) -> None:
    assert labels(path, text.format(OWN, OWN)) == []
    assert labels(path, text.format(OWN, OTHER)) == ["error"]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("ci/config.yml", CIRCLE),
        (".gitlab-ci.yml", GITLAB.replace("services", "needs")),
        (".circleci/config.yml", CIRCLE.replace("cimg/postgres", "acme/shop")),
    ],
)
def test_what_is_no_container_of_a_run_keeps_its_weight(path: str, text: str) -> None:
    assert set(labels(path, text.format(OWN, OWN))) == {"error"}


@pytest.mark.parametrize("path", ["docker-compose.yml", "compose.yaml", "docker-compose.dev.yml"])
def test_a_database_that_a_compose_file_starts_weighs_little(path: str) -> None:
    assert set(labels(path, COMPOSE.format(OWN, OWN))) == {"information"}
    assert labels(path, COMPOSE.format(OWN, OTHER)) == ["information", "error"]
    assert labels(path, LISTED.format(OWN, OWN)) == ["information"]
    assert set(labels("composed.yml", COMPOSE.format(OWN, OWN))) == {"error"}


@pytest.mark.parametrize(("host", "told"), [("localhost", 0), ("db.acme.io", 1)])
def test_a_file_of_settings_for_this_machine_may_be_packed(host: str, told: int) -> None:
    settings = f"DB_HOST={host}\nDB_PASSWORD={PASSWORD}\n"
    files = {"template.yaml": FUNCTION, "app.py": "", ".env.local": settings}
    assert len(in_files(files, rules=["private-key-in-package"])) == told


def test_the_password_of_a_user_that_is_deleted_again_opens_nothing() -> None:
    assert not findings(THROWN_AWAY)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('f"diag-{uuid.uuid4()}"', '"diagnostics"'),
        ("Username=user)", "Username=other)"),
        ("admin_delete_user", "admin_disable_user"),
        ("    try:", "    user = event['user']\n    try:"),
    ],
)
def test_that_of_one_that_may_stay_or_be_known_is_told_without_a_fix(
    before: str, after: str
) -> None:
    (one,) = findings(THROWN_AWAY.replace(before, after))
    assert (one.severity, one.fix) == (INFORMATION, None)
    assert "let one be made up for each account" in one.message
