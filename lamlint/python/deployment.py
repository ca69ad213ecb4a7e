"""Whether a module answers CloudFormation: it holds the handler of a custom resource."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lamlint.text.regex import Regex

if TYPE_CHECKING:
    from lamlint.python.module import Module

_LIBRARIES = Regex(r"^[ \t]*(?:import|from)[ \t]+(?:cfnresponse|crhelper)\b", re.MULTILINE)
_ADDRESS = "ResponseURL"
"""Where an answer is sent; only CloudFormation's events have it."""
_REQUEST = "RequestType"
_RESOURCE = frozenset({"ResourceProperties", "PhysicalResourceId"})
"""What is left in the event of a provider: a framework keeps the address of the answer."""


def answers_cloudformation(module: Module) -> bool:
    """Whether it imports what answers CloudFormation, or reads the fields of its events."""
    return module.source.once(answers_cloudformation, lambda: _answers(module))


def _answers(module: Module) -> bool:
    text = module.source.text
    if _LIBRARIES.search(text):
        return True
    if _ADDRESS not in text and _REQUEST not in text:
        return False
    import libcst as cst

    literals = {node.evaluated_value for node in module.nodes(cst.SimpleString)}
    return _ADDRESS in literals or (_REQUEST in literals and not literals.isdisjoint(_RESOURCE))
