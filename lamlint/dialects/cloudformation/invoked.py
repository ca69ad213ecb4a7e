"""Which function something invokes, and what of it, by the many ways to name it.

A name, an ARN, a reference, each with a qualifier behind a colon; and what API Gateway has
around one of these: `arn:aws:apigateway:…:lambda:path/2015-03-31/functions/…/invocations`.
"""

from __future__ import annotations

from lamlint.dialects.outcome import Outcome
from lamlint.dialects.properties import Properties
from lamlint.model import Choice, Literal, Parts, Symbol, Value, whole
from lamlint.text import Span
from lamlint.text.dataclass import dataclass, replace
from lamlint.text.regex import Regex

_BEFORE, _AFTER = "/functions/", "/invocations"
_ARN = Regex(r"arn:[\w-]+:lambda:[\w-]*:\d*:function:([\w-]+)(?::([\w$-]+))?\Z")
_BEHIND = Regex(r":([\w$-]+)\Z")


@dataclass(frozen=True)
class Invoked:
    """What names the function, and the alias, version or $LATEST that is written behind it."""

    function: Value[str]
    qualifier: Value[str] | None = None


def invoked(given: Properties, *path: str) -> Invoked:
    """What the property at a path invokes."""
    value = given.text(*path)
    found = given.outcomes(*path)
    parts = _named(found[0]) if len(found) == 1 else ()
    match parts:
        case (Symbol(targets=targets),):
            return Invoked(_meaning(value, targets))
        case (Symbol(targets=targets), Literal(text=behind)) if name := _BEHIND.match(behind):
            return Invoked(_meaning(value, targets), _written(name[1], value.span))
    arn = _ARN.match(whole(parts) or "")
    if arn is not None:
        qualifier = _written(arn[2], value.span) if arn[2] else None
        return Invoked(_meaning(value, frozenset({arn[1]})), qualifier)
    return Invoked(value)


def _meaning(value: Value[str], targets: frozenset[str]) -> Value[str]:
    return replace(value, targets=value.targets | targets)


def _written(name: str, place: Span) -> Value[str]:
    return Value((Choice(name, place),), place)


def _named(outcome: Outcome) -> Parts:
    """The parts that name the function, without what API Gateway writes around them."""
    parts = list(outcome.parts)
    for place, part in enumerate(parts):
        if isinstance(part, Literal) and _BEFORE in part.text:
            rest = part.text.partition(_BEFORE)[2]
            parts = [Literal(rest, part.place), *parts[place + 1 :]]
            break
    if parts and isinstance(parts[-1], Literal) and parts[-1].text.endswith(_AFTER):
        parts[-1] = Literal(parts[-1].text.removesuffix(_AFTER), parts[-1].place)
    return tuple(part for part in parts if part.text)
