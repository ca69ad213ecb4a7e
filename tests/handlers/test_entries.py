"""What Lambda can call, recognised without a template and named by one."""

from __future__ import annotations

import re
from datetime import date

import pytest

from lamlint import project
from lamlint.catalog import shared_catalog
from lamlint.engine import check
from lamlint.text import Source, Span
from tests.checking import rules
from tests.handlers.connections import RULE, cases, expected, reported
from tests.memory import MemoryTree

ENTRIES = cases("entries")
NONE = cases("no_entries")
TEMPLATE = """
Transform: AWS::Serverless-2016-10-31
Resources:
  Job:
    Type: AWS::Serverless::Function
    Properties: {{CodeUri: src/, Handler: app.{name}, Runtime: python3.13}}
"""
_ASSIGNED = re.compile(r"^ *(\w*handler) = ", re.MULTILINE)
_DEFINED = re.compile(r"^def (\w+)\(", re.MULTILINE)


def deployed(files: dict[str, str], name: str) -> list[tuple[str, int]]:
    """Where the rule finds something in the code of a function that a template declares."""
    tree = MemoryTree({**files, "template.yaml": TEMPLATE.format(name=name), "lamlint.toml": ""})
    built = project.build(tree, (), shared_catalog(), date(2026, 11, 24))
    found = []
    for each in check.check(built, [rules()[RULE]]):
        source = tree.read(each.span.path)
        assert isinstance(source, Source)
        found.append((each.span.path, source.position(each.span.start).line))
    return sorted(found)


@pytest.mark.parametrize("text", ENTRIES.values(), ids=ENTRIES)
def test_a_handler_is_recognised_without_a_template(text: str) -> None:
    assert reported(text) == expected(text) != []


@pytest.mark.parametrize("text", NONE.values(), ids=NONE)
def test_what_is_no_handler_or_keeps_what_it_builds_is_not(text: str) -> None:
    assert reported(text) == []


@pytest.mark.parametrize("text", ENTRIES.values(), ids=ENTRIES)
def test_a_template_names_it(text: str) -> None:
    (*_, name) = _ASSIGNED.findall(text) or _DEFINED.findall(text)
    assert deployed({"src/app.py": text}, name) == [("src/app.py", one) for one in expected(text)]


def test_a_template_may_name_what_takes_one_argument() -> None:
    text = "import boto3\ndef run(order):\n    boto3.client('s3').list_buckets()\n"
    assert deployed({"src/app.py": text}, "run") == [("src/app.py", 3)]


@pytest.mark.parametrize(
    "line",
    [
        "from real import handler",
        "from real import handler as run",
        "import real\nrun = real.handler",
        "try:\n    from real import handler as run\nexcept ImportError:\n    run = None",
        "from real import *",
        "from wrapping import run",
    ],
)
def test_a_template_names_what_is_imported(line: str) -> None:
    files = {
        "src/app.py": f"{line}\n",
        "src/wrapping.py": "from real import handler\nfrom newrelic import wrap\nrun = wrap(handler)\n",
        "src/real.py": "import boto3\ndef handler(event, context):\n    boto3.client('s3').a()\n",
    }
    name = "run" if "run" in line else "handler"
    assert deployed(files, name) == [("src/real.py", 3)]


CLIENT = "    boto3.client('s3').list_buckets()\n"
CHALICE = """import boto3
from chalice import Chalice
app = Chalice(app_name="x")
@app.route("/x")
def read():
    return boto3.client("s3").list_buckets()
"""


def test_a_template_names_an_application() -> None:
    assert deployed({"src/app.py": CHALICE}, "app") == [("src/app.py", 6)]


@pytest.mark.parametrize("name", ["resource", "test_entrypoint"])
def test_a_template_names_a_resource_of_cloudformation(name: str) -> None:
    text = "import boto3\nfrom cloudformation_cli_python_lib import Action, Resource\n"
    text += "resource = Resource('A::B::C', object)\ntest_entrypoint = resource.test_entrypoint\n"
    text += f"@resource.handler(Action.CREATE)\ndef create(session, request, old):\n{CLIENT}"
    assert deployed({"src/app.py": text}, name) == [("src/app.py", 7)]


ROUTER = """import boto3
from fastapi import APIRouter
router = APIRouter()
@router.get("/x")
def read():
    return boto3.client("s3").list_buckets()
"""


def test_routes_of_other_modules_run() -> None:
    app = "from fastapi import FastAPI\nimport mangum\nfrom api import items\napp = FastAPI()\n"
    app += "app.include_router(items.router)\nhandler = mangum.Mangum(app)\n"
    files = {"src/app.py": app, "src/api/__init__.py": "", "src/api/items.py": ROUTER}
    assert deployed(files, "handler") == [("src/api/items.py", 6)]


def test_routes_of_a_module_that_is_not_imported_do_not() -> None:
    app = "from fastapi import FastAPI\nimport mangum\napp = FastAPI()\n"
    app += "handler = mangum.Mangum(app)\n"
    assert deployed({"src/app.py": app, "src/items.py": ROUTER}, "handler") == []


def test_routes_are_those_of_the_modules_that_are_imported_for_them() -> None:
    served = "import boto3\nfrom flask import Flask\napp = Flask(__name__)\nimport routes\n"
    served += "from apig_wsgi import make_lambda_handler\nhandler = make_lambda_handler(app)\n"
    routes = "import boto3\nfrom app import app\n@app.get('/x')\ndef read():\n"
    routes += "    return boto3.client('s3').list_buckets()\n"
    assert deployed({"src/app.py": served, "src/routes.py": routes}, "handler") == [
        ("src/routes.py", 5)
    ]


def test_routes_are_included_by_a_function_of_another_module() -> None:
    app = "from fastapi import FastAPI\nimport mangum\nfrom adding import add\napp = FastAPI()\n"
    app += "add(app)\nhandler = mangum.Mangum(app)\n"
    adding = "from items import router\ndef add(app):\n    app.include_router(router)\n"
    files = {"src/app.py": app, "src/adding.py": adding, "src/items.py": ROUTER}
    assert deployed(files, "handler") == [("src/items.py", 6)]


def test_what_a_choice_of_handlers_runs_is_not_said_to_run_each_time() -> None:
    text = ENTRIES["one of two by a condition"]
    declared = TEMPLATE.format(name="handler")
    tree = MemoryTree({"src/app.py": text, "template.yaml": declared, "lamlint.toml": ""})
    built = project.build(tree, (), shared_catalog(), date(2026, 11, 24))
    messages = [one.message for one in check.check(built, [rules()[RULE]])]
    assert len(messages) == len(expected(text))
    assert all("on every invocation" not in message for message in messages)


def test_what_routes_read_of_the_environment_is_looked_for() -> None:
    text = "import os\nfrom fastapi import FastAPI\nfrom mangum import Mangum\napp = FastAPI()\n"
    text += "@app.get('/')\ndef root():\n    return os.environ['TABLE']\nhandler = Mangum(app)\n"
    declared = TEMPLATE.format(name="handler")
    tree = MemoryTree({"src/app.py": text, "template.yaml": declared, "lamlint.toml": ""})
    built = project.build(tree, (), shared_catalog(), date(2026, 11, 24))
    (found,) = check.check(built, [rules()["undefined-environment-variable"]])
    assert (found.span.path, "TABLE" in found.message) == ("src/app.py", True)


SERVED = """import boto3
from {module} import {name}
app = {name}(__name__)
@app.get("/")
def index():
    return boto3.client("s3").list_buckets()
"""
DJANGO = {
    "src/app.py": (
        "import os\nfrom apig_wsgi import make_lambda_handler\n"
        "from django.core.wsgi import get_wsgi_application\n"
        "os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'site_.settings')\n"
        "handler = make_lambda_handler(get_wsgi_application())\n"
    ),
    "src/site_/__init__.py": "",
    "src/site_/settings.py": (
        "ROOT_URLCONF = 'site_.urls'\nMIDDLEWARE = ['django.x.Y', 'site_.measure.Measure']\n"
    ),
    "src/site_/measure.py": (
        "import boto3\nclass Measure:\n    def __init__(self, get_response):\n"
        "        self.get_response = get_response\n    def __call__(self, request):\n"
        "        boto3.client('cloudwatch').list_metrics()\n"
        "        return self.get_response(request)\n"
    ),
    "src/site_/urls.py": (
        "from django.urls import include, path\nfrom site_ import views\n"
        "urlpatterns = [path('', views.index), path('api/', include('site_.api'))]\n"
    ),
    "src/site_/views.py": (
        "import boto3\ndef index(request):\n    return boto3.client('s3').list_buckets()\n"
        "def unused(request):\n    return boto3.client('s3').list_buckets()\n"
    ),
    "src/site_/api.py": (
        "import boto3\nfrom rest_framework import routers, viewsets\n"
        "from django.urls import include, path\n"
        "class Items(viewsets.ModelViewSet):\n    def list(self, request):\n"
        "        return boto3.client('s3').list_buckets()\n"
        "router = routers.DefaultRouter()\nrouter.register('items', Items)\n"
        "urlpatterns = [path('', include(router.urls))]\n"
    ),
}


def test_django_loads_settings_and_urls_by_their_names() -> None:
    assert deployed(DJANGO, "handler") == [
        ("src/site_/api.py", 6),
        ("src/site_/measure.py", 6),
        ("src/site_/views.py", 3),
    ]


def test_django_made_by_itself_is_what_lambda_calls() -> None:
    app = DJANGO["src/app.py"].replace(
        "make_lambda_handler(get_wsgi_application())", "get_wsgi_application()"
    )
    assert deployed({**DJANGO, "src/app.py": app}, "handler") == [
        ("src/site_/api.py", 6),
        ("src/site_/measure.py", 6),
        ("src/site_/views.py", 3),
    ]


@pytest.mark.parametrize(
    "made",
    [
        "apiflask.APIFlask",
        "bottle.Bottle",
        "fastapi.applications.FastAPI",
        "flask.app.Flask",
        "flask_openapi3.OpenAPI",
        "litestar.app.Litestar",
        "quart.app.Quart",
    ],
)
def test_an_application_that_lambda_calls_runs_its_routes(made: str) -> None:
    module, _, name = made.rpartition(".")
    assert deployed({"src/app.py": SERVED.format(module=module, name=name)}, "app") == [
        ("src/app.py", 6)
    ]


@pytest.mark.parametrize("made", ["flask.Blueprint", "fastapi.APIRouter", "quart.Blueprint"])
def test_a_part_of_an_application_runs_nothing_by_itself(made: str) -> None:
    module, _, name = made.rpartition(".")
    assert deployed({"src/app.py": SERVED.format(module=module, name=name)}, "app") == []


def ways(text: str) -> list[str]:
    """How the way to the one finding of a module is told."""
    tree = MemoryTree({"app.py": text, "lamlint.toml": ""})
    built = project.build(tree, (), shared_catalog(), date(2026, 11, 24))
    (found,) = check.check(built, [rules()[RULE]])
    return [one.message for one in found.flow]


API = "import boto3\nfrom fastapi import Depends, FastAPI\nfrom mangum import Mangum\napp = FastAPI()\n"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            f"{API}@app.get('/')\ndef root():\n{CLIENT}handler = Mangum(app)\n",
            ["Mangum calls app for each event", "GET / runs root"],
        ),
        (
            f"{API}@app.get('/')\ndef root():\n{CLIENT}asgi = Mangum(app, lifespan='off')\n"
            "def handler(event, context):\n    return asgi(event, context)\n",
            ["each invocation runs handler", "handler calls asgi", "GET / runs root"],
        ),
        (
            f"{API}@app.on_event('startup')\ndef start():\n{CLIENT}handler = Mangum(app)\n",
            [
                "Mangum calls app for each event",
                "within each call of Mangum, @app.on_event runs start",
            ],
        ),
        (
            f"{API}def table():\n{CLIENT}@app.put('/x')\ndef root(t=Depends(table)):\n    pass\n"
            "handler = Mangum(app)\n",
            ["Mangum calls app for each event", "PUT /x runs root", "root depends on table"],
        ),
        (
            f"import boto3\nfrom chalice import Chalice\napp = Chalice('x')\n@app.schedule('x')\n"
            f"def tick(event):\n{CLIENT}",
            ["each invocation calls app", "@app.schedule runs tick"],
        ),
        (
            f"import boto3\nfrom chalice import Chalice\napp = Chalice(__name__)\n"
            f"@app.schedule('x')\ndef tick(event):\n{CLIENT}",
            ["each invocation calls app", "@app.schedule runs tick"],
        ),
        (
            f"import boto3\nclass Job:\n    def __call__(self, event, context):\n    {CLIENT}"
            "handler = Job()\n",
            ["each invocation calls handler"],
        ),
        (
            f"import boto3\nfrom slack_bolt import App\napp = App()\ndef run(ack):\n{CLIENT}"
            "app.command('/x')(run)\ndef handler(event, context):\n    app.dispatch(event)\n",
            [
                "each invocation runs handler",
                "handler calls app.dispatch",
                "Bolt calls run for an event",
            ],
        ),
    ],
)
def test_the_way_says_who_calls(text: str, told: list[str]) -> None:
    assert ways(text)[:-1] == told


def test_an_application_of_a_class_of_another_module_is_recognised() -> None:
    app = (
        "import boto3\nfrom chalicelib.api import Api\napp = Api(app_name='orders')\n"
        "@app.route('/')\ndef root():\n    return boto3.client('s3').list_buckets()\n"
    )
    files = {
        "app.py": app,
        "chalicelib/__init__.py": "",
        "chalicelib/api.py": "from chalice import Chalice\nclass Api(Chalice):\n    pass\n",
    }
    built = project.build(MemoryTree(files), (), shared_catalog(), date(2026, 11, 24))
    (found,) = check.check(built, [rules()[RULE]])
    assert found.span == Span("app.py", app.index("boto3.client"), app.index(".list_buckets"))
