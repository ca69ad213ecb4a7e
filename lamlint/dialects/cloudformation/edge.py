"""Which version of a function a distribution of CloudFront runs."""

from __future__ import annotations

from lamlint.dialects.cloudformation.references import declared_resource
from lamlint.dialects.cloudformation.scope import Scope
from lamlint.dialects.properties import Properties
from lamlint.dialects.tree.node import ScalarNode
from lamlint.model import UNPUBLISHED, Choice, Literal, Parts, Symbol, Value, written
from lamlint.text.dataclass import replace
from lamlint.text.regex import Regex

_ARN = "LambdaFunctionARN"
_QUALIFIED = Regex(r":function:([^:]+):([^:]+)\Z")
_UNQUALIFIED = Regex(r":function:[^:]+\Z")
_FUNCTIONS = frozenset({"AWS::Lambda::Function", "AWS::Serverless::Function"})
_OTHER = "it does not say which version it names"


def runs(association: Properties) -> Value[str]:
    """The function that an association names, whatever of it that is."""
    named = association.text(_ARN)
    further = (_unqualified(one.parts) for one in association.outcomes(_ARN))
    return replace(named, targets=named.targets.union(*further))


def _unqualified(parts: Parts) -> frozenset[str]:
    """The identities of what stands before a version's number or an alias in an ARN."""
    if len(parts) == 2 and isinstance(parts[0], Symbol) and parts[1].text.startswith(":"):
        return parts[0].targets
    qualified = _QUALIFIED.search(written(parts))
    return frozenset({qualified[1]}) if qualified is not None else frozenset()


def qualifier(association: Properties, scope: Scope) -> Value[str]:
    """What stands behind the name of the function in an ARN, or what a reference means."""
    place = association.place(_ARN)
    found = [_named(one.parts, scope) for one in association.outcomes(_ARN)]
    if not found or None in found:
        return Value((), place, _OTHER)
    return Value(tuple(Choice(name, place) for name in dict.fromkeys(found) if name), place)


def _named(parts: Parts, scope: Scope) -> str | None:
    (*before, last) = parts or (Literal(""),)
    if isinstance(last, Literal):
        whole = written((*before, last))
        qualified = _QUALIFIED.search(whole)
        if qualified is not None:
            return qualified[2]
        if _UNQUALIFIED.search(whole):
            return UNPUBLISHED
        return last.text[1:] or None if before and last.text.startswith(":") else None
    return None if before else _referred(last.text[2:-1], scope)


def _referred(name: str, scope: Scope) -> str | None:
    """What a reference of a template to a function, a version or an alias means."""
    declared, _, attribute = name.partition(".")
    resource = declared_resource(declared, scope)
    kind = resource.get("Type") if resource is not None else None
    named = kind.text if isinstance(kind, ScalarNode) else ""
    if named in _FUNCTIONS and attribute in ("", "Arn"):
        return UNPUBLISHED
    if named == "AWS::Lambda::Alias" or attribute == "Alias":
        return "an alias"
    return None
