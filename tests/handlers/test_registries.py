"""Registries that several modules fill: what an invocation runs is found in all that are imported."""

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
PLUGIN = f"""\
import boto3
from registry import {{names}}
{{lines}}
    def run(self, event):
        {SENDS}
"""
FILLED: Mapping[str, Mapping[str, str]] = {
    "a decorator": {
        "registry.py": "KINDS = {}\ndef kind(cls):\n    KINDS[cls.name] = cls\n    return cls\n",
        "plugin.py": PLUGIN.format(names="kind", lines='@kind\nclass Notify:\n    name = "n"'),
        "app.py": "import plugin\nfrom registry import KINDS\n"
        'def handler(event, context):\n    KINDS[event["kind"]]().run(event)\n',
    },
    "a decorator with a name, of an object": {
        "registry.py": "class Registry:\n"
        "    def __init__(self):\n        self.kinds = {}\n"
        "    def kind(self, name):\n"
        "        def wrap(cls):\n            self.kinds[name] = cls\n            return cls\n"
        "        return wrap\n"
        "registry = Registry()\n",
        "plugin.py": PLUGIN.format(
            names="registry", lines='@registry.kind("notify")\nclass Notify:'
        ),
        "app.py": "import plugin\nfrom registry import registry\n"
        'def handler(event, context):\n    registry.kinds[event["kind"]]().run(event)\n',
    },
    "__init_subclass__": {
        "registry.py": "class Base:\n    kinds = {}\n"
        "    def __init_subclass__(cls, **options):\n        cls.kinds[cls.__name__] = cls\n",
        "plugin.py": PLUGIN.format(names="Base", lines="class Notify(Base):"),
        "app.py": "import plugin\nfrom registry import Base\n"
        'def handler(event, context):\n    Base.kinds[event["kind"]]().run(event)\n',
    },
    "__subclasses__": {
        "registry.py": "class Base:\n    pass\n",
        "plugin.py": PLUGIN.format(names="Base", lines="class Notify(Base):"),
        "app.py": "import plugin\nfrom registry import Base\n"
        "def handler(event, context):\n    [kind().run(event) for kind in Base.__subclasses__()]\n",
    },
    "getattr of a module": {
        "registry.py": "Base = object\n",
        "plugin.py": PLUGIN.format(names="Base", lines="class Notify(Base):"),
        "app.py": "import plugin\n"
        'def handler(event, context):\n    getattr(plugin, event["kind"])().run(event)\n',
    },
    "a module by its name": {
        "registry.py": "Base = object\n",
        "plugin.py": PLUGIN.format(names="Base", lines="class Notify(Base):"),
        "app.py": "import importlib\nimport plugin\n"
        "def handler(event, context):\n"
        '    importlib.import_module("plugin").Notify().run(event)\n',
    },
    "what an annotation names": {
        "registry.py": "class Base:\n    def run(self, event):\n        raise NotImplementedError\n",
        "plugin.py": PLUGIN.format(names="Base", lines="class Notify(Base):"),
        "app.py": "import plugin\nfrom injector import get\nfrom registry import Base\n"
        "def work(base: Base, event):\n    base.run(event)\n"
        'def handler(event, context):\n    work(get(event["kind"]), event)\n',
    },
}


def found(files: Mapping[str, str]) -> list[str]:
    built = project.build(
        MemoryTree({**files, "lamlint.toml": ""}), (), Catalog(), date(2026, 11, 24)
    )
    return [one.span.path for one in check.check(built, [rules()[RULE]])]


@pytest.mark.parametrize("files", FILLED.values(), ids=FILLED)
def test_what_other_modules_register_is_run(files: Mapping[str, str]) -> None:
    assert found(files) == ["plugin.py"]


@pytest.mark.parametrize("files", FILLED.values(), ids=FILLED)
def test_a_module_that_nothing_imports_registers_nothing(files: Mapping[str, str]) -> None:
    alone = {"app.py": files["app.py"].replace("import plugin\n", ""), "plugin.py": ""}
    assert found({**files, **alone, "stray.py": files["plugin.py"]}) == []
