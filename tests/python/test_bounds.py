"""What a handler can do at most, by the facts of texts alone: it is never less than it does."""

from __future__ import annotations

import pytest

from lamlint.catalog import shared_catalog
from lamlint.catalog.ends import ends
from lamlint.python import Codebase, Handler, handler_in
from lamlint.python.reach.bounds import Bounds, bounds
from tests.memory import MemoryTree

HANDLER = "def handler(event, context):\n    {}\n"


def handler(text: str, **others: str) -> Handler:
    files = {"app.py": text} | {
        f"{name.replace('__', '/').replace('INIT', '__init__')}.py": t for name, t in others.items()
    }
    codebase = Codebase(MemoryTree(files), [""])
    module = codebase.module("app")
    assert module is not None
    found = handler_in(codebase, module, "handler")
    assert found is not None
    return found


def bounded(of: Handler) -> Bounds:
    found = bounds(of.codebase, of.module, of.name)
    assert found is not None
    return found


def may_build(text: str, **others: str) -> bool:
    names = shared_catalog().constructors.of_rule("connection-in-handler")
    return bounded(handler(text, **others)).may_call(names.ends)


BUILDING = {
    "called": HANDLER.format("return boto3.client('s3')"),
    "unimported root": "sdk = boto3\n" + HANDLER.format("return sdk.client('s3')"),
    "renamed module": "import boto3 as b\n" + HANDLER.format("return b.client('s3')"),
    "imported name": "from boto3 import client\n" + HANDLER.format("return client('s3')"),
    "renamed name": "from boto3 import client as make\n" + HANDLER.format("return make('s3')"),
    "star": "from boto3 import *\nimport boto3\n" + HANDLER.format("return client('s3')"),
    "taken by the module": "import boto3\nmake = boto3.client\n" + HANDLER.format("make('s3')"),
    "by a plain name": "import boto3\n" + HANDLER.format("getattr(boto3, 'client')('s3')"),
    "given ahead": (
        "import boto3, functools\nmake = functools.partial(boto3.client, 's3')\n"
        + HANDLER.format("make()")
    ),
    "by a function": "def f():\n    boto3.client('s3')\n" + HANDLER.format("f()"),
    "by a function of a function": (
        "def f():\n    boto3.client('s3')\ndef g():\n    f()\n" + HANDLER.format("g()")
    ),
    "by a function in a table": (
        "def f():\n    boto3.client('s3')\nTABLE = {'f': f}\n" + HANDLER.format("TABLE['f']()")
    ),
    "by what a function returned to the module": (
        "def make():\n    def inner():\n        return boto3.client('s3')\n    return inner\n"
        "run = make()\n" + HANDLER.format("run()")
    ),
    "by what it returned through another": (
        "def make():\n    return lambda: boto3.client('s3')\ndef outer():\n    return make()\n"
        "run = outer()\n" + HANDLER.format("run()")
    ),
    "by what a generator yields": (
        "def make():\n    yield boto3.client('s3')\nrun = make()\n" + HANDLER.format("next(run)")
    ),
    "by a lambda": "run = lambda: boto3.client('s3')\n" + HANDLER.format("run()"),
    "by a class": (
        "class A:\n    def __init__(self):\n        self.s3 = boto3.client('s3')\n"
        + HANDLER.format("A()")
    ),
    "by a method": (
        "class A:\n    def f(self):\n        boto3.client('s3')\na = A()\n"
        + HANDLER.format("a.f()")
    ),
    "by a method that a base calls": (
        "import threading\nclass A(threading.Thread):\n    def run(self):\n"
        "        boto3.client('s3')\n" + HANDLER.format("A().start()")
    ),
    "by a decorated function": (
        "@app.get('/')\ndef f():\n    boto3.client('s3')\n" + HANDLER.format("app(event)")
    ),
    "by a property": (
        "class A:\n    @property\n    def s3(self):\n        return boto3.client('s3')\na = A()\n"
        + HANDLER.format("a.s3")
    ),
    "by an operator": (
        "class A:\n    def __add__(self, other):\n        return boto3.client('s3')\na = A()\n"
        + HANDLER.format("a + a")
    ),
    "by a default": "import boto3\ndef f(make=boto3.client):\n    make('s3')\n"
    + HANDLER.format("f()"),
    "by a method that a framework calls": (
        "import boto3, falcon\nclass A:\n    def on_get(self, request, response):\n"
        "        boto3.client('s3')\napp = falcon.App()\napp.add_route('/', A())\n"
        + HANDLER.format("app(event, context)")
    ),
    "by a function that a framework calls": (
        "import boto3, flask\nfrom fastapi import Depends\n"
        "def read(s3=Depends(boto3.client)):\n    return 1\n" + HANDLER.format("app(event)")
    ),
    "session of the same makers": (
        "import botocore.session\n" + HANDLER.format("botocore.session.get_session()")
    ),
    "wildcards": "import langchain_aws\n" + HANDLER.format("langchain_aws.ChatBedrock()"),
}


@pytest.mark.parametrize("text", BUILDING.values(), ids=BUILDING.keys())
def test_what_builds_something_may_do_so(text: str) -> None:
    assert may_build(text)


ONCE = {
    "module": "import boto3\ns3 = boto3.client('s3')\n" + HANDLER.format("s3.list_buckets()"),
    "function that the module calls": (
        "import boto3\ndef make():\n    return boto3.client('s3')\ns3 = make()\n"
        + HANDLER.format("s3.list_buckets()")
    ),
    "object of the module": (
        "import boto3\nclass A:\n    def __init__(self):\n        self.client = boto3.client('s3')\n"
        "    def names(self):\n        return self.client.list_buckets()\na = A()\n"
        + HANDLER.format("a.names()")
    ),
    "function that nobody names": (
        "import boto3\ndef other():\n    boto3.client('s3')\n" + HANDLER.format("return 1")
    ),
    "module beside a framework": (
        "import boto3, falcon\ns3 = boto3.client('s3')\nclass A:\n"
        "    def on_get(self, request, response):\n        s3.list_buckets()\n"
        "app = falcon.App()\napp.add_route('/', A())\n" + HANDLER.format("app(event, context)")
    ),
    "script": (
        "import boto3\n" + HANDLER.format("return 1") + "if __name__ == '__main__':\n"
        "    boto3.client('s3')\n    handler({}, None)\n"
    ),
    "annotation": (
        "import boto3\nfrom boto3.session import Session\n"
        "def f(of: Session, to: boto3.Session) -> boto3.Session:\n    return of\n"
        + HANDLER.format("f(1, 2)")
    ),
    "another library's word": "import shop\n" + HANDLER.format("shop.client('x')"),
    "name of its own": (
        "import boto3\nclient = boto3.client('s3')\n" + HANDLER.format("client.list_buckets()")
    ),
}


@pytest.mark.parametrize("text", ONCE.values(), ids=ONCE.keys())
def test_what_builds_nothing_in_an_invocation_is_known_not_to(text: str) -> None:
    assert not may_build(text)
    names = shared_catalog().constructors.of_rule("connection-in-handler")
    of = handler(text)
    assert not list(of._invocation.calls(names))


def test_modules_of_the_codebase_count() -> None:
    made = "import boto3\ndef make():\n    return boto3.client('s3')\n"
    app = "from {} import make\n" + HANDLER.format("make()")
    assert may_build(app.format("shared"), shared=made)
    assert may_build(app.format("pkg"), pkg__INIT="from .inner import make\n", pkg__inner=made)
    assert may_build(
        "def handler(event, context):\n    from shared import make\n    make()\n", shared=made
    )
    assert not may_build(HANDLER.format("make()"), shared=made)


@pytest.mark.parametrize(
    "line",
    [
        "import importlib\nimportlib.import_module('x')",
        "getattr(thing, name)",
        "globals()['f']()",
        "from pydoc import locate",
        "import django",
        "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'shop.settings')",
        "get = getattr",
    ],
)
def test_what_gets_things_by_made_up_names_has_no_bounds(line: str) -> None:
    of = handler(f"{line}\n" + HANDLER.format("return 1"))
    assert bounds(of.codebase, of.module, of.name) is None


def test_what_no_library_has_may_be_called_by_anybody() -> None:
    assert bounded(handler(HANDLER.format("return 1"))).may_call(ends(["open"]))


@pytest.mark.parametrize(
    ("code", "variables"),
    [
        ("import os\nTABLE = os.environ['TABLE']\n", {"TABLE"}),
        ("from os import environ\nTABLE = environ['TABLE']\n", {"TABLE"}),
        ("import os\nTABLE = os.environ.get('TABLE')\n", set()),
        ("import os\nTABLE = os.getenv('TABLE')\n", set()),
        ("import os\nos.environ['TABLE'] = 'x'\n", set()),
        ("import os\nIS_HERE = 'TABLE' in os.environ\n", set()),
        ("import os\nTABLE = os.environ[NAME]\n", None),
        ("import os\nALL = dict(os.environ)\n", None),
        ("import os\nENV = os.environ\n", None),
        ("import os\nENV = os.environ.copy()\n", None),
        ("from os import environ as e\nTABLE = e['TABLE']\n", None),
        ("import os\nTABLE = getattr(os, 'environ')['TABLE']\n", None),
    ],
)
def test_the_variables_that_code_needs_are_plain_or_not_known(
    code: str, variables: set[str] | None
) -> None:
    found = bounded(handler(code + HANDLER.format("return 1"))).variables
    assert found == (None if variables is None else frozenset(variables))


@pytest.mark.parametrize(
    ("names", "found"),
    [
        (["boto3.client", "boto3.session.Session"], {"boto3": {"client", "Session"}}),
        (["weaviate.connect_to_*"], {"weaviate": {"*"}}),
        (["langchain_*.Chat*"], {"langchain_*": {"*"}}),
        (["open", "io.open"], None),
    ],
)
def test_full_names_end_in_what_code_is_written_with(
    names: list[str], found: dict[str, set[str]] | None
) -> None:
    assert ends(names) == found
