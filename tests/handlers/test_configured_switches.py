"""What the configuration of a function says of a switch, its code need not be asked."""

from __future__ import annotations

import pytest

from tests.handlers.configured import GIVEN, SAM, TERRAFORM, count, findings

SECOND = SAM.partition("Resources:\n")[2].replace("Orders", "Bills")
MOCK = SAM + GIVEN % "PROVIDER: mock"
ZAPPA = '{"dev": {"app_function": "app.app", "environment_variables": {"PROVIDER": "mock"}%s}}'
IMAGE = (
    MOCK.replace("CodeUri: src/", "PackageType: Image")
    .replace("      Runtime: python3.13\n      Handler: app.handler\n", "")
    .replace("Properties:", "Properties:\n      ImageConfig: {Command: [app.handler]}")
    + "    Metadata: {Dockerfile: Dockerfile, DockerContext: src}\n"
)
SCRIPT = "aws lambda update-function-configuration --function-name orders --environment $NEW\n"

IF_UNSET = """\
def handler(event, context):
    if not os.getenv("PEER"):
        return
    boto3.client("s3").list_buckets()
"""
IF_OTHER = """\
def handler(event, context):
    if os.environ["PROVIDER"] == "s3":
        boto3.client("s3").list_buckets()
"""


GUARDS = {
    "another value": IF_OTHER,
    "not set": IF_UNSET,
    "constants of the module": """\
PEER = os.getenv("PEER")
OTHER = os.environ.get("OTHER")
def handler(event, context):
    if not PEER or not OTHER:
        print("there is no peer")
        return
    boto3.client("s3").list_buckets()
""",
    "a default": """\
def handler(event, context):
    if os.environ.get("BACKUP", "false").lower() == "true":
        boto3.client("s3").list_buckets()
""",
    "what the code falls back on": """\
def handler(event, context):
    if (os.getenv("BACKUP") or os.getenv("PROVIDER", "s3")).upper() == "S3":
        boto3.client("s3").list_buckets()
""",
    "a field of settings": """\
from dataclasses import dataclass
@dataclass(frozen=True)
class Settings:
    stage: str
    provider: str
    size: int = 3
def load():
    return Settings(os.getenv("STAGE", "dev"), provider=os.getenv("PROVIDER", "s3"))
def build():
    settings = load()
    def store():
        if settings.provider == "mock":
            return None
        return boto3.client("s3")
    return store
def handler(event, context):
    build()()
""",
    "an argument": """\
def store(kind):
    if kind == "mock":
        raise ValueError
    return boto3.client("s3")
def handler(event, context):
    store(os.environ["PROVIDER"])
""",
    "a class": """\
class Settings:
    def __init__(self):
        self.provider = os.environ.get("PROVIDER", "s3")
SETTINGS = Settings()
def handler(event, context):
    match SETTINGS.provider:
        case "s3":
            boto3.client("s3").list_buckets()
""",
}

COMPUTED = {
    "one of a list": """\
TRUE = ["true", "t", "1"]
def sends():
    flag = os.getenv("SENDS", "f")
    return flag.lower() in TRUE
def handler(event, context):
    if sends():
        boto3.client("s3").list_buckets()
""",
    "none of them": """\
def handler(event, context):
    if os.environ["PROVIDER"].strip() not in ("s3", "both"):
        return
    boto3.client("s3").list_buckets()
""",
    "a truth": """\
ON = bool(os.getenv("BACKUP"))
def handler(event, context):
    if ON:
        boto3.client("s3").list_buckets()
""",
    "a number": """\
def handler(event, context):
    if int(os.getenv("BACKUPS", "0")):
        boto3.client("s3").list_buckets()
""",
    "parts of a text": """\
NAMES = [name.strip() for name in os.getenv("PROVIDER", "s3").split(",") if name.strip()]
def handler(event, context):
    if "s3" in NAMES:
        boto3.client("s3").list_buckets()
""",
    "what lines add to a set": """\
OF = {"read": "READERS", "write": "WRITERS"}
def parsed(text):
    return [name.strip() for name in str(text or "").lower().split(",") if name.strip()]
def named(use=None):
    if use:
        name = OF.get(use)
        if name and os.getenv(name, "").strip():
            return parsed(os.getenv(name))
    return parsed(os.getenv("PROVIDER", "s3"))
def names():
    found: set[str] = set(named())
    for use in OF:
        found.update(named(use))
    return found
def handler(event, context):
    if "s3" in names():
        boto3.client("s3").list_buckets()
""",
    "what is made of its parts": """\
class Mock:
    def put(self):
        pass
class S3:
    def put(self):
        boto3.client("s3").list_buckets()
def make(name):
    if name == "mock":
        return Mock()
    return S3()
def handler(event, context):
    for store in [make(name) for name in os.environ["PROVIDER"].split(",")]:
        store.put()
""",
    "a property": """\
class Settings:
    @property
    def backs_up(self):
        return os.getenv("BACKUP", "no") == "yes"
SETTINGS = Settings()
def handler(event, context):
    if SETTINGS.backs_up:
        boto3.client("s3").list_buckets()
""",
    "a function that returns early": """\
def kind():
    if os.getenv("BACKUP"):
        return "s3"
    return "none"
def handler(event, context):
    if kind() == "s3":
        boto3.client("s3").list_buckets()
""",
    "whether it is there": """\
def handler(event, context):
    if "BACKUP" in os.environ or os.getenv("PEER"):
        boto3.client("s3").list_buckets()
""",
}

CHANGED = {
    "a list that others add to": """\
from peers import more
NAMES = os.environ["PROVIDER"].split(",")
more(NAMES)
def handler(event, context):
    if "s3" in NAMES:
        boto3.client("s3").list_buckets()
""",
    "a list that is handed on": """\
def names(event):
    found = os.environ["PROVIDER"].split(",")
    fill(found, event)
    return found
def fill(found, event):
    found += event["names"]
def handler(event, context):
    if "s3" in names(event):
        boto3.client("s3").list_buckets()
""",
    "a set to which the event adds": """\
def names(event):
    found = set(os.environ["PROVIDER"].split(","))
    found.update(event["names"])
    return found
def handler(event, context):
    if "s3" in names(event):
        boto3.client("s3").list_buckets()
""",
    "a set from which something is taken": """\
def handler(event, context):
    found = {"mock", "s3"}
    found.discard(event["name"])
    if "s3" not in found:
        boto3.client("s3").list_buckets()
""",
    "a decorated function": """\
from peers import anew
@anew
def kind():
    return os.getenv("BACKUP")
def handler(event, context):
    if kind():
        boto3.client("s3").list_buckets()
""",
    "a function that yields": """\
def kinds():
    if os.getenv("BACKUP"):
        yield "s3"
def handler(event, context):
    if kinds():
        boto3.client("s3").list_buckets()
""",
    "an object that the event chooses": """\
class S3:
    def put(self):
        boto3.client("s3").list_buckets()
def make(name):
    if name == "mock":
        return None
    return S3()
def handler(event, context):
    make(event["name"]).put()
""",
    "a builtin that is none": """\
def bool(text):
    return text != "no"
def handler(event, context):
    if bool(os.getenv("BACKUP")):
        boto3.client("s3").list_buckets()
""",
}


OPEN = {
    "the same value": IF_OTHER.replace('"s3":', '"mock":'),
    "set": IF_UNSET.replace("PEER", "PROVIDER"),
    "of the system": IF_UNSET.replace("PEER", "AWS_REGION"),
    "set by the code": 'os.environ.setdefault("PEER", find())\n' + IF_UNSET,
    "a name that is not known": IF_UNSET.replace('"PEER"', 'event["name"]'),
    "a field that is set later": GUARDS["a field of settings"]
    .replace("settings = load()", "settings = load()\n    settings.provider = read()")
    .replace("(frozen=True)", ""),
    "a field that a decorated class does not keep": GUARDS["a field of settings"].replace(
        "    size: int = 3\n",
        '    def __post_init__(self):\n        object.__setattr__(self, "provider", read())\n',
    ),
    "an argument of two calls": GUARDS["an argument"] + "    store(event['kind'])\n",
}


@pytest.mark.parametrize("code", [*GUARDS.values(), *COMPUTED.values()], ids=[*GUARDS, *COMPUTED])
def test_what_the_configuration_keeps_from_running_is_silent(code: str) -> None:
    assert count(MOCK, code) == 0
    assert len(findings({}, code.replace("handler(", "lambda_handler("))) == 1


@pytest.mark.parametrize("code", [*OPEN.values(), *CHANGED.values()], ids=[*OPEN, *CHANGED])
def test_what_the_configuration_lets_run_is_told(code: str) -> None:
    assert count(MOCK, code) == 1


@pytest.mark.parametrize(
    "given",
    [
        "PROVIDER: !Ref Name",
        "PROVIDER: !If [Real, s3, mock]",
        "PROVIDER: !ImportValue Provider",
        "PROVIDER: '{{resolve:ssm:provider}}'",
        "PROVIDER: mock, AWS_LAMBDA_EXEC_WRAPPER: /opt/start",
    ],
)
def test_a_value_that_is_not_written_is_no_switch(given: str) -> None:
    assert count(SAM + GIVEN % given, IF_OTHER) == 1


@pytest.mark.parametrize(
    "template",
    [
        SAM,  # whoever sets no variable here may set all of them elsewhere
        SAM + "      Environment: !Ref Name\n",
        SAM + "      Environment: {Variables: {PEER: !Ref Name}}\n",
        SAM + "      Environment: {Variables: {'Fn::Transform': {Name: AWS::Include}}}\n",
    ],
)
def test_a_variable_may_be_set_where_not_all_are_known(template: str) -> None:
    assert count(template, IF_UNSET) == 1


@pytest.mark.parametrize("code", [IF_OTHER, IF_UNSET])
@pytest.mark.parametrize(
    ("path", "text", "told"),
    [
        ("deploy.sh", SCRIPT, 1),
        (".github/workflows/deploy.yml", f"jobs:\n  a:\n    steps:\n    - run: {SCRIPT}", 1),
        ("deploy.py", "client.update_function_configuration(Environment=new)\n", 1),
        ("README.md", f"Set what it needs:\n\n    {SCRIPT}", 1),
        ("deploy.sh", SCRIPT.replace("--environment $NEW", "--timeout 3"), 0),
        ("deploy.sh", SCRIPT.replace("configuration", "code"), 0),
    ],
)
def test_what_a_script_sets_is_not_known(path: str, text: str, told: int, code: str) -> None:
    assert len(findings({"template.yaml": MOCK, path: text}, code)) == told


@pytest.mark.parametrize(
    ("command", "unset", "other"),
    [
        (SCRIPT, 1, 1),
        (SCRIPT.replace("orders", "users"), 0, 0),
        (SCRIPT.replace("$NEW", "'Variables={PEER=http://peer}'"), 1, 1),  # the other one is lost
        (SCRIPT.replace("$NEW", "'Variables={BACKUP=yes}'"), 0, 1),
    ],
)
def test_a_script_sets_what_it_names(command: str, unset: int, other: int) -> None:
    files = {"template.yaml": MOCK, "deploy.sh": command}
    assert len(findings(files, IF_UNSET)) == unset
    assert len(findings(files, IF_OTHER)) == other


@pytest.mark.parametrize(
    ("load", "files", "unset", "other"),
    [
        ("load_dotenv()", (), 0, 0),
        ("load_dotenv(find_dotenv(), override=True)", (), 0, 0),
        ("load_dotenv(os.path.join(ROOT, '.env'))", (), 0, 0),
        ("load_dotenv()", ("src/.env",), 1, 0),
        ("load_dotenv(override=False)", (".env",), 1, 0),
        ("load_dotenv(override=True)", ("src/.env",), 1, 1),
        ("load_dotenv()", ("tools/.env",), 0, 0),
        ("load_dotenv(dotenv_path='config/prod.env')", ("src/prod.env",), 1, 0),
        ("load_dotenv(find())", (), 1, 0),
        ("load_dotenv(find(), override=True)", (), 1, 1),
    ],
)
def test_a_file_sets_variables_where_it_is_there(
    load: str, files: tuple[str, ...], unset: int, other: int
) -> None:
    held = {"template.yaml": MOCK, **dict.fromkeys(files, "PEER=x\n")}
    start = f"from dotenv import find_dotenv, load_dotenv\nROOT = '/var/task'\n{load}\n"
    assert len(findings(held, start + IF_UNSET)) == unset
    assert len(findings(held, start + IF_OTHER)) == other


@pytest.mark.parametrize(
    ("left_alone", "told"), [("", 0), ("tags, filename", 0), ("environment", 1)]
)
def test_what_terraform_leaves_alone_is_not_known(left_alone: str, told: int) -> None:
    assert count(TERRAFORM % left_alone, IF_OTHER, "main.tf") == told
    assert count(TERRAFORM % left_alone, IF_UNSET, "main.tf") == told
    everything = TERRAFORM.replace("[%s]", "all")
    assert count(everything, IF_UNSET, "main.tf") == 1


@pytest.mark.parametrize(
    ("more", "unset", "other"), [("", 1, 0), (', "remote_env": "s3://shop/env.json"', 1, 0)]
)
def test_zappa_keeps_what_somebody_has_set(more: str, unset: int, other: int) -> None:
    app = "from flask import Flask\napp = Flask(__name__)\n@app.route('/')\n"
    for code, told in ((IF_UNSET, unset), (IF_OTHER, other)):
        view = app + code.replace("handler(event, context)", "show()")
        found = findings(
            {"zappa_settings.json": ZAPPA % more, "app.py": f"import os, boto3\n{view}"}, ""
        )
        assert len(found) == told


@pytest.mark.parametrize(
    ("dockerfile", "told"),
    [
        ("FROM public.ecr.aws/lambda/python:3.13\nCOPY . .\n", 0),
        ("FROM python:3.13\nCOPY . .\nENV OTHER=1\n", 0),
        ("FROM python:3.13\nCOPY . .\nENV OTHER=1 \\\n    PEER=http://peer\n", 1),
        ("FROM python:3.13\nCOPY . .\nENV PEER http://peer\n", 1),
    ],
)
def test_an_image_brings_variables(dockerfile: str, told: int) -> None:
    assert len(findings({"template.yaml": IMAGE, "src/Dockerfile": dockerfile}, IF_UNSET)) == told


def test_a_line_is_told_of_the_functions_whose_environment_lets_it_run() -> None:
    both = MOCK + SECOND + GIVEN % "PROVIDER: s3"
    (found,) = findings({"template.yaml": both}, IF_OTHER)
    assert found.subjects == ("Bills",)
    assert [one.message for one in found.related] == ["Bills runs handler"]
    (found,) = findings({"template.yaml": both}, OPEN["of the system"])
    assert found.subjects == ("Bills", "Orders")


def test_two_switches_are_never_on_at_once() -> None:
    code = IF_OTHER.replace('== "s3"', '== "s3" and os.getenv("BACKUP") == "1"')
    first = SAM + GIVEN % "PROVIDER: s3, BACKUP: '0'"
    assert count(first + SECOND + GIVEN % "PROVIDER: mock, BACKUP: '1'", code) == 0
    assert count(first + SECOND + GIVEN % "PROVIDER: s3, BACKUP: '1'", code) == 1


def test_many_environments_are_taken_together() -> None:
    many = "".join(
        SECOND.replace("Bills", f"Bills{n}") + GIVEN % f"PROVIDER: mock{n}" for n in range(20)
    )
    assert count(MOCK + many, IF_OTHER) == 0
    assert count(MOCK + many, IF_OTHER.replace("s3", "mock7")) == 1


SETTINGS = """\
from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict
class Settings(BaseSettings):
    model_config = SettingsConfigDict(%s)
    %s
SETTINGS = Settings()
def handler(event, context):
    if SETTINGS.store == "s3":
        boto3.client("s3").list_buckets()
"""


@pytest.mark.parametrize(
    ("config", "field", "told"),
    [
        ("", "store: str = 's3'", 1),  # STORE is not set: it is the default
        ("", "store: str = 'disk'", 0),
        ("env_prefix='SHOP_'", "store: str = 's3'", 0),
        ("env_prefix='shop_', extra='ignore'", "store: str | None = None", 0),
        ("env_prefix='shop_', case_sensitive=True", "store: str = 's3'", 1),
        ("env_prefix=prefix()", "store: str = 'disk'", 1),
        ("", "store: str = Field('s3', alias='PROVIDER')", 0),
        ("", "store: str = Field(default='s3', validation_alias='provider')", 0),
        ("", "store: str = Field('s3', validation_alias=AliasChoices('KIND', 'PROVIDER'))", 0),
        ("", "store: str = Field('disk', alias=named())", 1),
        ("", "store: str = Field(default_factory=find)", 1),
        ("", "store: str", 1),
        ("", "store: Store = 'disk'", 0),
        ("", "store: Store = Field('s3', alias='PROVIDER')", 1),
        ("env_file='.env'", "store: str = 'disk'", 0),
        ("env_file='prod.env'", "store: str = 'disk'", 1),
        ("env_file='prod.env'", "store: str = Field('s3', alias='PROVIDER')", 0),
        ("secrets_dir='/run/secrets'", "store: str = 'disk'", 1),
        ("", "store: str = 'disk'\n    @field_validator('store')\n    def a(cls, x): return x", 1),
    ],
)
def test_settings_are_filled_by_their_names(config: str, field: str, told: int) -> None:
    template = SAM + GIVEN % "PROVIDER: mock, SHOP_STORE: disk"
    files = {"template.yaml": template, "src/prod.env": "STORE=s3\n"}
    assert len(findings(files, SETTINGS % (config, field))) == told


@pytest.mark.parametrize(
    ("value", "test", "told"),
    [
        ("'off'", "SETTINGS.store", 0),
        ("'on'", "SETTINGS.store", 1),
        ("'on'", "not SETTINGS.store", 0),
        ("'perhaps'", "SETTINGS.store", 1),
        ("'off'", "Settings(store=True).store", 1),
    ],
)
def test_settings_of_other_types_are_read_as_such(value: str, test: str, told: int) -> None:
    code = SETTINGS % ("", "store: bool = False")
    code = code.replace('SETTINGS.store == "s3"', test)
    template = SAM + GIVEN % f"STORE: {value}"
    assert len(findings({"template.yaml": template}, code)) == told
