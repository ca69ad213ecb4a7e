"""Modules that code imports by made-up names fill registries, as those that statements import."""

from __future__ import annotations

from datetime import date

import pytest

from lamlint import registry
from lamlint.catalog import Catalog
from lamlint.engine.check import check
from lamlint.project import build
from tests.memory import MemoryTree

TEMPLATE = (
    "Transform: AWS::Serverless-2016-10-31\n"
    "Resources:\n"
    "  Fn:\n"
    "    Type: AWS::Serverless::Function\n"
    "    Properties: {CodeUri: app, Handler: main.lambda_handler, Runtime: python3.13}\n"
)
REGISTRY = (
    "KNOWN = {}\n\n\ndef register(name):\n    def inner(function):\n"
    "        KNOWN[name] = function\n        return function\n    return inner\n"
)
PLUGIN = (
    "import boto3\nfrom registry import register\n\n\n"
    '@register("one")\ndef one(event):\n    return boto3.client("sts").get_caller_identity()\n'
)
CALLS = "\n\ndef lambda_handler(event, context):\n    return KNOWN[event['kind']](event)\n"
HEAD = "import importlib\nimport pkgutil\nimport plugins\nfrom registry import KNOWN\n"
HOME = "import importlib, os, pkgutil, glob\nfrom pathlib import Path\n"


def found(main: str, package: str = "", more: dict[str, str] | None = None) -> list[str]:
    """The files in which a connection is found to be built on each invocation."""
    files = {
        "template.yaml": TEMPLATE,
        "app/main.py": main + CALLS,
        "app/registry.py": REGISTRY,
        "app/plugins/__init__.py": package,
        "app/plugins/one.py": PLUGIN,
    }
    built = build(MemoryTree({**files, **(more or {})}), ("",), Catalog(), date(2026, 11, 23))
    rule = registry.load(plugins=False)["connection-in-handler"]
    return sorted({one.span.path for one in check(built, [rule])})


BY_THE_HANDLERS_FILE = [
    "for info in pkgutil.iter_modules(plugins.__path__):\n"
    '    importlib.import_module(f"plugins.{info.name}")\n',
    'for _, name, _ in pkgutil.iter_modules(plugins.__path__, "plugins."):\n'
    "    importlib.import_module(name)\n",
    "for _, name, _ in pkgutil.walk_packages(plugins.__path__):\n"
    '    importlib.import_module("plugins." + name)\n',
    "for _, name, _ in pkgutil.iter_modules(plugins.__path__):\n"
    "    importlib.import_module('.' + name, 'plugins')\n",
    "for _, name, _ in pkgutil.iter_modules(plugins.__path__):\n"
    "    importlib.import_module('.%s' % name, package=plugins.__name__)\n",
    'for name in ("one", "two"):\n    importlib.import_module("plugins.{}".format(name))\n',
    'for name in ["plugins.one"]:\n    importlib.import_module(name)\n',
    'importlib.import_module("plugins.one")\n',
    '__import__("plugins.one")\n',
    'from importlib import import_module\nNAMES = ["one"]\n'
    '[import_module(f"plugins.{name}") for name in NAMES]\n',
    "import os\nfor file in os.listdir('plugins'):\n    if file.endswith('.py'):\n"
    '        importlib.import_module(f"plugins.{file[:-3]}")\n',
    "from pathlib import Path\nfor path in Path('plugins').glob('*.py'):\n"
    '    importlib.import_module(f"plugins.{path.stem}")\n',
    "def load(package):\n    for info in pkgutil.iter_modules(package.__path__):\n"
    '        importlib.import_module(f"{package.__name__}.{info.name}")\n\n\nload(plugins)\n',
    "def load():\n    for info in pkgutil.iter_modules(plugins.__path__):\n"
    '        importlib.import_module(f"plugins.{info.name}")\n\n\nload()\n',
    "import os\nimportlib.import_module('plugins.' + os.environ['KIND'])\n",
]


@pytest.mark.parametrize("lines", BY_THE_HANDLERS_FILE)
def test_what_a_loop_over_a_package_imports_fills_its_registry(lines: str) -> None:
    assert found(HEAD + lines) == ["app/plugins/one.py"]


BY_THE_PACKAGE = [
    "for _, name, _ in pkgutil.iter_modules(__path__):\n"
    '    importlib.import_module(f"{__name__}.{name}")\n',
    "for _, name, _ in pkgutil.iter_modules([os.path.dirname(__file__)]):\n"
    '    importlib.import_module("." + name, __package__)\n',
    "for _, name, _ in pkgutil.iter_modules([os.path.dirname(__file__)]):\n"
    '    importlib.import_module("." + name, package=__name__)\n',
    "for path in Path(__file__).parent.glob('*.py'):\n"
    '    if path.stem != "__init__":\n'
    '        importlib.import_module(f"{__name__}.{path.stem}")\n',
    "for path in glob.glob(os.path.join(os.path.dirname(__file__), '*.py')):\n"
    "    name = os.path.basename(path)[:-3]\n"
    "    importlib.import_module(f'.{name}', __name__)\n",
    "for file in os.listdir(os.path.dirname(__file__)):\n"
    "    if not file.startswith('_'):\n"
    "        __import__('plugins.' + file.removesuffix('.py'))\n",
]


@pytest.mark.parametrize("lines", BY_THE_PACKAGE)
def test_a_package_may_import_its_own_modules(lines: str) -> None:
    assert found(HEAD, HOME + lines) == ["app/plugins/one.py"]


def test_what_is_loaded_may_load_more() -> None:
    first = "import importlib\nimportlib.import_module('plugins.two')\n"
    second = "import importlib\nimportlib.import_module('plugins.deep.' + 'one')\n"
    more = {"app/plugins/two.py": second, "app/plugins/deep/one.py": PLUGIN}
    more["app/plugins/one.py"] = ""
    assert found(HEAD + first, "", more) == ["app/plugins/deep/one.py"]


NOT_LOADED = [
    "",
    "for info in pkgutil.iter_modules(plugins.__path__):\n    print(info.name)\n",
    'importlib.import_module("others.one")\n',
    'for name in ("two", "three"):\n    importlib.import_module(f"plugins.{name}")\n',
    "def import_module(name):\n    return name\n\n\nimport_module('plugins.one')\n",
    "import unknown\nimportlib.import_module(unknown.name)\n",
]


@pytest.mark.parametrize("lines", NOT_LOADED)
def test_what_nothing_imports_is_in_no_registry(lines: str) -> None:
    assert found(HEAD + lines) == []
