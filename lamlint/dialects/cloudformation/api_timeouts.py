"""After what time the API of a function gives up, and whether it hands on what is made so far."""

from __future__ import annotations

from lamlint.dialects.cloudformation.references import declared_resource
from lamlint.dialects.cloudformation.scope import Scope
from lamlint.dialects.properties import Properties
from lamlint.dialects.tree.node import MappingNode, Node, SequenceNode
from lamlint.model import Scalar, Value

_TIMEOUT = "TimeoutInMillis"
_WRITTEN = ("DefinitionBody", "Body")
_ELSEWHERE = ("DefinitionUri", "BodyS3Location")
_SAYING = frozenset({"timeoutinmillis", "responsetransfermode"})
"""What an integration of an OpenAPI document says of how long it waits, in lower case."""
_TAKING_IN = ("Transform", "Include", "ForEach")
"""The end of the names of what takes in more than is written."""


def integration_timeout(given: Properties, key: str, scope: Scope) -> Value[Scalar]:
    """After how many milliseconds the API of a SAM function gives up.

    An API that is defined in words of its own says it there, or nowhere.
    """
    named_api = given.text(key)
    for target in named_api.targets:
        template, _, name = target.partition("#")
        declared = declared_resource(name, scope) if template == scope.template else None
        if declared is not None:
            inner = Properties(declared, scope, given.owner)
            if _says_nothing(inner):
                return given.number(_TIMEOUT)
    if named_api.nowhere:
        return given.number(_TIMEOUT)
    return Value((), given.owner, "the API is defined elsewhere")


def is_streamed(given: Properties) -> bool:
    """Whether an integration hands on its answer while it is made."""
    return given.text("ResponseTransferMode").is_in(("STREAM",))


def _says_nothing(api: Properties) -> bool:
    """Whether an API has no words of its own, or none in which anything says how long it waits."""
    if not all(api.has("Properties", one).is_in([False]) for one in _ELSEWHERE):
        return False
    for name in _WRITTEN:
        if api.has("Properties", name).is_in([False]):
            continue
        body = api.only("Properties", name)
        if body is None or not isinstance(body.node, MappingNode) or _may_say(body.node):
            return False
    return True


def _may_say(body: Node) -> bool:
    """Whether a document says how long an integration waits, or takes in what may say it."""
    waiting = [body]
    while waiting:
        node = waiting.pop()
        if node.tag.startswith("!") and node.tag.endswith(_TAKING_IN):
            return True
        if isinstance(node, SequenceNode):
            waiting.extend(node.items)
        elif isinstance(node, MappingNode):
            names = [entry.name for entry in node]
            taken = any("::" in one and one.split(":")[2] in _TAKING_IN for one in names)
            if taken or not node.merges or any(one.lower() in _SAYING for one in names):
                return True
            waiting.extend(entry.value for entry in node)
    return False
