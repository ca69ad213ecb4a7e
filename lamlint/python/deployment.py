"""Whether a module answers CloudFormation: it holds the handler of a custom resource."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lamlint.python.module import Module

_LIBRARIES = re.compile(r"^[ \t]*(?:import|from)[ \t]+(?:cfnresponse|crhelper)\b", re.MULTILINE)
_ADDRESS = "ResponseURL"
"""Where an answer is sent; only CloudFormation's events have it."""
_FIELDS = frozenset({"RequestType", "PhysicalResourceId"})
"""What the event of a provider has, to which a framework gives the answer's address no further."""


def answers_cloudformation(module: Module) -> bool:
    """Whether it imports what answers CloudFormation, or reads the fields of its events."""
    text = module.source.text
    if _LIBRARIES.search(text):
        return True
    if _ADDRESS not in text and not all(field in text for field in _FIELDS):
        return False
    import libcst as cst

    literals = {node.evaluated_value for node in module.nodes(cst.SimpleString)}
    return _ADDRESS in literals or literals >= _FIELDS
