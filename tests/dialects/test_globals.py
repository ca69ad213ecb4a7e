"""Globals come to a function as cfn-lint's reading of the SAM translator merges them."""

from __future__ import annotations

import json
from typing import Any

from cfnlint.template.transforms._sam_globals import merge_globals
from hypothesis import given, settings
from hypothesis import strategies as st

from lamlint.dialects.cloudformation.intrinsics import evaluate
from lamlint.dialects.cloudformation.resource import resources
from lamlint.dialects.cloudformation.scope import Scope
from lamlint.dialects.tree.node import MappingNode, Node, ScalarNode
from lamlint.dialects.tree.yaml import Broken, compose
from lamlint.text import Source
from tests.memory import MemoryTree

_KEYS = st.sampled_from(["Timeout", "Environment", "Variables", "Layers", "Ref", "Fn::Sub", "Tags"])
_DATA = st.recursive(
    st.integers(0, 9) | st.sampled_from(["x", "y"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_KEYS, inner, max_size=3),
    max_leaves=12,
)
_PROPERTIES = st.dictionaries(_KEYS.filter(str.isalpha).filter("Ref".__ne__), _DATA, max_size=4)


def plain(node: Node) -> Any:
    if isinstance(node, ScalarNode):
        return node.value
    if isinstance(node, MappingNode):
        return {entry.name: plain(entry.value) for entry in node}
    return [plain(item) for item in node.items]


def merged(template: dict[str, Any]) -> Any:
    text = json.dumps(template)
    documents = compose(Source("template.json", text))
    assert not isinstance(documents, Broken)
    (document,) = documents
    assert isinstance(document, MappingNode)
    (resource,) = resources(Scope("template.json", document, MemoryTree({}), evaluate))
    return plain(resource.properties.mapping)


@settings(deadline=None)
@given(_PROPERTIES, _PROPERTIES, st.sampled_from([None, "*", ["Timeout"], ["Tags", "Layers"]]))
def test_as_cfn_lint_merges(shared: Any, own: Any, ignored: Any) -> None:
    resource = {"Type": "AWS::Serverless::Function", "Properties": own}
    if ignored is not None:
        resource["IgnoreGlobals"] = ignored
    template = {"Globals": {"Function": shared}, "Resources": {"Fn": resource}}
    ours = merged(template)
    theirs = merge_globals(json.loads(json.dumps(template)))
    assert ours == theirs["Resources"]["Fn"]["Properties"]


def test_architectures_are_replaced() -> None:
    template = {
        "Globals": {"Function": {"Architectures": ["x86_64"]}},
        "Resources": {
            "Fn": {
                "Type": "AWS::Serverless::Function",
                "Properties": {"Architectures": ["arm64"]},
            }
        },
    }
    assert merged(template) == {"Architectures": ["arm64"]}
