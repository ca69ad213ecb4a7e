"""Modules, classes and functions that the code gets by names that it makes up."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest

from lamlint import project
from lamlint.catalog import Catalog
from lamlint.engine import check
from tests.checking import rules
from tests.memory import MemoryTree

RULE = "connection-in-handler"
SENDS = 'boto3.client("sns").publish(TopicArn="t", Message="m")'
JOB = f"import boto3\ndef run(event):\n    {SENDS}\n"
KIND = f"import boto3\nclass Mail:\n    def run(self, event):\n        {SENDS}\n"
TOP = "import importlib, pkgutil, pydoc\nfrom importlib import import_module\n"
HANDLER = "def handler(event, context):\n"
FOUND: Mapping[str, str] = {
    "a prefix and a name": '    import_module("jobs." + event["job"]).run(event)',
    "an f-string": "    import_module(f\"jobs.{event['job']}\").run(event)",
    "format": '    import_module("jobs.{}".format(event["job"])).run(event)',
    "percent": '    import_module("jobs.%s" % event["job"]).run(event)',
    "join": '    import_module("".join(["jobs.", event["job"]]), package=None).run(event)',
    "a relative name": '    import_module(f".{event[\'job\']}", package="jobs").run(event)',
    "a relative name of a module": "    import jobs\n    import_module(f\".{event['job']}\", jobs.__name__).run(event)",
    "part of a name": "    import_module(f\"jobs.{event['job']}il\").run(event)",
    "__import__": '    __import__(f"jobs.{event[\'job\']}", fromlist=["run"]).run(event)',
    "a function by its name": '    module = import_module("jobs." + event["job"])\n    getattr(module, "run")(event)',
    "any function": '    module = import_module("jobs." + event["job"])\n    getattr(module, event["what"])(event)',
    "some functions": '    module = import_module("jobs." + event["job"])\n    getattr(module, f"r{event[\'what\']}")(event)',
    "all of a package": "    import jobs\n"
    "    for _, name, _ in pkgutil.iter_modules(jobs.__path__):\n"
    '        import_module(f"jobs.{name}").run(event)',
    "all of a package with a prefix": "    import jobs\n"
    '    for info in pkgutil.iter_modules(jobs.__path__, jobs.__name__ + "."):\n'
    "        import_module(info.name).run(event)",
    "written names": '    for name in ["jobs.mail", "json"]:\n        import_module(name).run(event)',
    "written names of a dict": '    for name, kinds in {"jobs.mail": 1, "json": 2}.items():\n'
    "        if event in kinds:\n            import_module(name).run(event)",
    "written keys": '    for name in {"jobs.mail": 1, "json": 2}:\n        import_module(name).run(event)',
    "written values": '    for name in {"a": "jobs.mail", "b": "json"}.values():\n        import_module(name).run(event)',
    "one of many": "    names = {"
    + ", ".join(f'"{n}": "x{n}"' for n in range(30))
    + ', "m": "mail"}\n'
    "    import_module(f\"jobs.{names[event['kind']]}\").run(event)",
    "a function's full name": '    pydoc.locate("jobs.mail.run")(event)',
    "a dict of full names": '    where = {"a": "jobs.mail:run"}[event["kind"]]\n'
    '    module, name = where.split(":")\n'
    "    getattr(import_module(module), name)(event)",
    "a dict of full names with dots": '    where = {"a": "jobs.mail.run"}.get(event["kind"])\n'
    '    module, _, name = where.rpartition(".")\n'
    "    getattr(import_module(module), name)(event)",
    "parts by their places": '    parts = {"a": "jobs.mail:run"}[event["kind"]].split(":")\n'
    "    getattr(import_module(parts[0]), parts[-1])(event)",
    "a helper": '    get(event["job"]).run(event)\n'
    "def get(name):\n"
    '    return importlib.import_module(f"jobs.{name}")',
    "a table of names": '    for path, name in (("/a", "run"), ("/b", "stop")):\n'
    '        if path == event["path"]:\n'
    '            getattr(import_module("jobs.mail"), name)(event)',
    "a table that has a name": "    call(event)\n"
    'ROUTES = [("/a", print, "run"), ("/b", print, "stop")]\n'
    "def call(event):\n"
    "    for path, _, name in ROUTES:\n"
    '        if path == event["path"]:\n'
    '            return getattr(import_module("jobs.mail"), name)(event)',
    "a table to which something is added": "    call(event)\n"
    'ROUTES = [("/a", "stop")]\n'
    'ROUTES.append(("/b", "".join(["r", "un"])))\n'
    "def call(event):\n"
    "    for path, name in ROUTES:\n"
    '        getattr(import_module("jobs.mail"), name)(event)',
    "a table that is not all written": '    for path, name in (("/a", "stop"), *event["more"]):\n'
    '        getattr(import_module("jobs.mail"), name)(event)',
    "sys.modules": '    import sys\n    import jobs.mail\n    sys.modules["jobs.mail"].run(event)',
}
CLASSES: Mapping[str, str] = {
    "a class by steps": '    make("jobs.mail.Mail").run(event)\n'
    "def make(name):\n"
    '    steps = name.split(".")\n'
    '    found = __import__(".".join(steps[:-1]))\n'
    "    for step in steps[1:]:\n"
    "        found = getattr(found, step)\n"
    "    return found()",
    "a class by its module and its last name": '    make({"class": "jobs.mail.Mail"}.get("class")).run(event)\n'
    "def make(name):\n"
    '    steps = name.split(".")\n'
    '    return getattr(import_module(".".join(steps[:-1])), steps[-1])()',
    "a class by its full name": '    pydoc.locate("jobs.mail.Mail")().run(event)',
    "a class of a module": "    module = import_module(f\"jobs.{event['job']}\")\n"
    '    getattr(module, event["kind"])().run(event)',
    "a class of a dict": '    module, name = {"a": "jobs.mail.Mail"}[event["kind"]].rsplit(".", 1)\n'
    "    getattr(import_module(module), name)().run(event)",
}
SILENT: Mapping[str, str] = {
    "keys for values": '    for name in {"a": "jobs.mail"}:\n        import_module(name).run(event)',
    "values for keys": '    for _, name in {"jobs.mail": "a"}.items():\n        import_module(name).run(event)',
    "steps to another": '    found = __import__("jobs.other")\n'
    '    for step in "jobs.other.run".split(".")[1:]:\n'
    "        found = getattr(found, step)\n"
    "    found(event)",
    "another package": '    import_module("tasks." + event["job"]).run(event)',
    "another name": '    import_module("jobs.x" + event["job"]).run(event)',
    "another function": '    import_module("jobs." + event["job"]).start(event)',
    "any module at all": '    import_module(event["job"]).run(event)',
    "another written name": '    import_module("jobs.other").run(event)',
    "a split name of another": '    module, name = "jobs.other:run".split(":")\n'
    "    getattr(import_module(module), name)(event)",
    "a table of others": '    for path, name in (("/a", "start"), ("/b", "stop")):\n'
    '        getattr(import_module("jobs.mail"), name)(event)',
    "another column of a table": "    call(event)\n"
    'ROUTES = (("run", "start"), ("run", "stop"))\n'
    "def call(event):\n"
    "    for path, name in ROUTES:\n"
    '        getattr(import_module("jobs.mail"), name)(event)',
    "functions of another shape": '    module = import_module("jobs." + event["job"])\n'
    "    getattr(module, f\"x{event['what']}\")(event)",
}


def found(body: str, job: str = JOB) -> list[str]:
    files = {
        "app.py": f"{TOP}{HANDLER}{body}\n",
        "jobs/__init__.py": "",
        "jobs/mail.py": job,
        "jobs/other.py": "def run(event):\n    return 1\n",
        "elsewhere/jobs/far.py": job,
        "lamlint.toml": "",
    }
    built = project.build(MemoryTree(files), (), Catalog(), date(2026, 11, 24))
    return [one.span.path for one in check.check(built, [rules()[RULE]])]


@pytest.mark.parametrize("body", FOUND.values(), ids=FOUND)
def test_what_a_made_up_name_may_mean_is_run(body: str) -> None:
    assert found(body) == ["jobs/mail.py"]


@pytest.mark.parametrize("body", CLASSES.values(), ids=CLASSES)
def test_what_a_made_up_name_of_a_class_may_mean_is_run(body: str) -> None:
    assert found(body, KIND) == ["jobs/mail.py"]


@pytest.mark.parametrize("body", SILENT.values(), ids=SILENT)
def test_what_a_made_up_name_cannot_mean_is_not_run(body: str) -> None:
    assert found(body) == []


KEPT = """\
import boto3
class Shop:
    def __init__(self):
        self.topic = boto3.client("sns")
    def sell(self, event):
        self.topic.publish(TopicArn="t", Message="m")
_shop = None
def get():
    global _shop
    if _shop is None:
        _shop = Shop()
    return _shop
def _sell(shop, event):
    return shop.sell(event)
def run(event):
    return get().sell(event)
"""
DISPATCHED = """\
    from jobs.mail import get
    find(event["path"])(get(), event)
ROUTES = (("/sell", print, "_sell"), ("/again", print, "%s"))
def find(path):
    for one, _, name in ROUTES:
        if one == path:
            return getattr(import_module("jobs.mail"), name)
"""


@pytest.mark.parametrize(("name", "told"), [("_sell", []), ("Shop", ["jobs/mail.py"])])
def test_a_class_that_no_row_of_a_table_names_is_not_made(name: str, told: list[str]) -> None:
    """The object that a global keeps is made once, unless a row of the table makes another."""
    assert found(DISPATCHED % name, KEPT) == told
