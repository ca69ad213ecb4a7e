"""Which modules a handler needs to be imported."""

from __future__ import annotations

from datetime import date

from lamlint import resolution
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


def test_modules_of_local_layers_are_needed_behind_the_codes_own() -> None:
    tree = MemoryTree(
        {
            "template.yaml": TEMPLATE,
            "src/app.py": "import own\nimport shared\ndef handler(event, context): ...\n",
            "src/own.py": "",
            "layer/python/own.py": "",
            "layer/python/shared.py": "",
        }
    )
    (function,) = build(tree, (), Catalog(), date(2026, 11, 23)).functions
    place = resolution.place(function, tree)
    assert place is not None
    found = resolution.needed(place, tree, tuple(resolution.layer_roots(function)))
    assert {source.path for source in found} == {
        "src/app.py",
        "src/own.py",
        "layer/python/shared.py",
    }
