"""Which modules a handler needs to be imported and run."""

from __future__ import annotations

from datetime import date

import pytest

from lamlint.catalog import Catalog
from lamlint.project import build
from tests.memory import MemoryTree

TEMPLATE = """\
Resources:
  Shared:
    Type: AWS::Serverless::LayerVersion
    Properties: {ContentUri: layer}
  Fn:
    Type: AWS::Serverless::Function
    Properties: {Runtime: python3.13, Handler: app.handler, CodeUri: src, Layers: [!Ref Shared]}
"""
HANDLER = "\ndef handler(event, context): ...\n"


def needed(files: dict[str, str], handler: str = "app.handler") -> set[str]:
    template = TEMPLATE.replace("app.handler", handler)
    project = build(
        MemoryTree({"template.yaml": template, **files}), (), Catalog(), date(2026, 11, 23)
    )
    (function,) = project.functions
    found = [module.path for module in project.needed(function)]
    assert len(found) == len(set(found)), "each is needed once"
    return set(found)


def test_modules_of_local_layers_are_needed_behind_the_codes_own() -> None:
    assert needed(
        {
            "src/app.py": "import own\nimport shared" + HANDLER,
            "src/own.py": "",
            "layer/python/own.py": "",
            "layer/python/shared.py": "",
        }
    ) == {"src/app.py", "src/own.py", "layer/python/shared.py"}


@pytest.mark.parametrize(
    "text",
    [
        "import shop.orders",
        "import os, shop.orders as orders",
        "from shop import orders",
        "from shop.orders import (\n    place,\n    cancel,\n)",
        "from shop.orders import *",
        "try:\n    from shop import orders\nexcept ImportError:\n    orders = None",
        "try:\n    import shop.orders\nfinally:\n    pass",
        "class Shop:\n    from shop import orders",
        "def place():\n    from shop import orders\n    return orders",
        "if True: pass\nimport shop.orders; import json",
    ],
)
def test_an_import_makes_a_module_needed(text: str) -> None:
    files = {"src/app.py": text + HANDLER, "src/shop/__init__.py": "", "src/shop/orders.py": ""}
    assert needed(files) == set(files)


@pytest.mark.parametrize(
    "text",
    [
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import shop.orders",
        "import sys\nif sys.version_info < (3,):\n    import shop.orders",
        "try:\n    import shop.orders\nexcept Exception:\n    pass",
        "try:\n    import shop.orders\nexcept (ImportError, SyntaxError):\n    pass",
        "try:\n    import shop.orders\nexcept:\n    pass",
        "try:\n    import json\nexcept ImportError:\n    import shop.orders",
        "import contextlib\nwith contextlib.suppress(SyntaxError):\n    import shop.orders",
        "'''\nimport shop.orders\n'''",
        "# import shop.orders",
        "import orders",
    ],
)
def test_what_may_not_be_imported_is_not_needed(text: str) -> None:
    files = {"src/app.py": text + HANDLER, "src/shop/__init__.py": "", "src/shop/orders.py": ""}
    assert needed(files) == {"src/app.py"}


def test_relative_imports_and_the_packages_around_a_handler_are_needed() -> None:
    assert needed(
        {
            "src/shop/__init__.py": "from . import prices",
            "src/shop/prices.py": "",
            "src/shop/app/__init__.py": "",
            "src/shop/app/main.py": "from ..prices import of\nfrom .names import name" + HANDLER,
            "src/shop/app/names.py": "",
            "src/shop/app/unused.py": "",
        },
        "shop.app.main.handler",
    ) == {
        "src/shop/__init__.py",
        "src/shop/prices.py",
        "src/shop/app/__init__.py",
        "src/shop/app/main.py",
        "src/shop/app/names.py",
    }


def test_a_name_that_the_package_binds_is_no_submodule() -> None:
    assert needed(
        {
            "src/app.py": "from shop import orders" + HANDLER,
            "src/shop/__init__.py": "orders = []",
            "src/shop/orders.py": "",
        }
    ) == {"src/app.py", "src/shop/__init__.py"}


def test_modules_that_import_each_other_are_needed_once() -> None:
    files = {"src/app.py": "import own" + HANDLER, "src/own.py": "import app"}
    assert needed(files) == set(files)
