"""After what time the API of a SAM function gives up."""

from __future__ import annotations

from lamlint.dialects.cloudformation.references import declared_resource
from lamlint.dialects.cloudformation.scope import Scope
from lamlint.dialects.properties import Properties
from lamlint.model import Scalar, Value

_TIMEOUT = "TimeoutInMillis"
_DEFINED = ("DefinitionBody", "DefinitionUri", "Body", "BodyS3Location")


def integration_timeout(given: Properties, key: str, scope: Scope) -> Value[Scalar]:
    """After how many milliseconds the API of a SAM function gives up.

    An API that is defined in words of its own says it there.
    """
    named_api = given.text(key)
    for target in named_api.targets:
        template, _, name = target.partition("#")
        declared = declared_resource(name, scope) if template == scope.template else None
        if declared is not None:
            inner = Properties(declared, scope, given.owner)
            if all(inner.has("Properties", one).is_in([False]) for one in _DEFINED):
                return given.number(_TIMEOUT)
    if named_api.nowhere:
        return given.number(_TIMEOUT)
    return Value((), given.owner, "the API is defined elsewhere")
