"""Whether a handler answers a deployment: that of a custom resource, or a hook of CodeDeploy."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from lamlint.text.regex import Regex

if TYPE_CHECKING:
    from lamlint.python.module import cst
    from lamlint.python.reach.handler import Handler

_LIBRARIES = ("cfnresponse", "crhelper", "accustom", "cfn_resource")
_IMPORT = Regex(rf"^[ \t]*(?:import|from)[ \t]+(?:{'|'.join(_LIBRARIES)})\b", re.MULTILINE)
_ADDRESS = "ResponseURL"
"""Where an answer is sent; only CloudFormation's events have it."""
_REQUEST = "RequestType"
_RESOURCE = frozenset({"ResourceProperties", "PhysicalResourceId"})
"""What is left in the event of a provider: a framework keeps the address of the answer."""
_FIELDS = (_ADDRESS, _REQUEST, *sorted(_RESOURCE))
_HOOK = ".put_lifecycle_event_hook_execution_status"
"""What a hook of CodeDeploy ends with: it runs while a new version is deployed."""
_EVENT = "CloudFormationCustomResourceEvent"
"""What Powertools makes of such an event."""


def deployed_by(handler: Handler) -> str:
    """The service that calls it in a deployment, and that it answers; empty where none does.

    It uses what answers CloudFormation or reads the fields of its events, in its own module or
    in any function that it leads to; or it tells CodeDeploy how its hook went.
    """
    if any(call.name.endswith(_HOOK) for call in handler.calls()):
        return "CodeDeploy"
    return "CloudFormation" if _answers_cloudformation(handler) else ""


def _answers_cloudformation(handler: Handler) -> bool:
    from lamlint.python.module import cst

    module = handler.module
    if module.source.once(_IMPORT, lambda: _IMPORT.search(module.source.text) is not None):
        return True
    if any(call.name.partition(".")[0] in _LIBRARIES for call in handler.calls()):
        return True
    return _reads(module.nodes(cst.SimpleString, cst.Name)) or _reads(handler.nodes())


def _reads(nodes: Iterable[cst.CSTNode]) -> bool:
    """Whether what is written in some code are the fields of CloudFormation's events."""
    from lamlint.python.module import cst

    written: set[object] = set()
    for node in nodes:
        if type(node) is cst.SimpleString and any(field in node.value for field in _FIELDS):
            written.add(node.evaluated_value)
        elif type(node) is cst.Name and node.value == _EVENT:
            return True
    return _ADDRESS in written or (_REQUEST in written and not written.isdisjoint(_RESOURCE))
