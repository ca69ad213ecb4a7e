"""Templates that a tool merges into the one that it writes itself."""

from __future__ import annotations

from lamlint.dialects.tree.node import MappingNode

_OF_CHALICE = ".chalice"
"""The folder of an application for what `chalice package --merge-template` merges."""
_FUNCTIONS = frozenset({"AWS::Lambda::Function", "AWS::Serverless::Function"})
_CODE = ("Code", "CodeUri", "InlineCode", "ImageUri")


def is_part(kind: str, properties: MappingNode, template: str) -> bool:
    """Whether a resource only adds to a function, whose code and all else are Chalice's."""
    if kind not in _FUNCTIONS or _OF_CHALICE not in template.split("/")[:-1]:
        return False
    return not any(name in properties.table for name in _CODE)
