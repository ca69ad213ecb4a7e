"""What a template has a deployment fill in: `{{resolve:…}}`, parameters that are hidden."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lamlint.dialects.cloudformation.scope import Scope
from lamlint.dialects.outcome import Outcome
from lamlint.dialects.tree.node import MappingNode, ScalarNode
from lamlint.model import Resolved, Store, Symbol
from lamlint.text import Span
from lamlint.text.regex import Regex

_DYNAMIC = Regex(
    r"\{\{resolve:(secretsmanager|ssm|ssm-secure):((?:[^{}]|\$\{[^{}]{1,300}\}){1,2000})\}\}"
)
_SYMBOL = Regex(r"\$\{[^{}]*\}")
_ARN = Regex(r"arn:[^:]*:[^:]*:[^:]*:[^:]*:secret:")
_KEPT_ELSEWHERE = Regex(r"(?i)\b(?:arn|name|path|id|ssm|parameter store|secrets? ?manager)\b")
"""What is said of a parameter that only says where a secret is."""
_HEXADECIMAL = Regex(r"\^?\[(?:a-f|A-F|0-9|\\d){2,3}\]\{(?:32|40|56|64|96|128)\}\$?")
"""An `AllowedPattern` of what MD5, SHA-1 and their successors make."""
_DIGEST = Regex(r"(?i)(?:hash|digest|fingerprint|sha[-_]?(?:1|224|256|384|512))$")
_GUESSED = Regex(r"(?i)pass|pwd|pin(?:code)?[-_]?(?:hash|digest|fingerprint|sha)|otp")
"""What is so short that it is found by its hash."""
_OF_STORE = "AWS::SSM::Parameter::Value<"


def resolved(outcomes: Iterable[Outcome], scope: Scope, place: Span) -> tuple[Resolved, ...]:
    """What a value is filled in from, in whatever case; `scope` has the parameters."""
    found: dict[Resolved, None] = {}
    for one in outcomes:
        found.update(dict.fromkeys(_dynamic(one, place)))
        found.update(dict.fromkeys(_parameters(one, scope, place)))
    return tuple(found)


def _dynamic(outcome: Outcome, place: Span) -> Iterator[Resolved]:
    """The dynamic references in a text, however it is put together."""
    text = outcome.written
    for hit in _DYNAMIC.finditer(text) if "{{resolve:" in text else ():
        if hit[1] == "secretsmanager":
            yield _secret(hit[2], place)
        else:
            plain = _SYMBOL.sub(lambda symbol: "\0" * len(symbol[0]), hit[2])
            name = hit[2][: len(plain.partition(":")[0])]  # and not its version
            yield Resolved(Store.PARAMETER_STORE, name, "", place)


def _secret(reference: str, place: Span) -> Resolved:
    """A secret by `name:SecretString:key:…`; the name may be an ARN, or known only later."""
    symbols = iter(_SYMBOL.findall(reference))
    plain = _ARN.sub("", _SYMBOL.sub("\0", reference))
    name, *rest = plain.split(":")
    key = rest[1] if len(rest) > 1 else ""
    return Resolved(Store.SECRETS_MANAGER, name.replace("\0", next(symbols, "")), key, place)


def _parameters(outcome: Outcome, scope: Scope, place: Span) -> Iterator[Resolved]:
    """The parameters that a value has anything from, and that hide what they are, or fetch it."""
    symbols = [part for part in outcome.parts if isinstance(part, Symbol)]
    targets = outcome.targets.union(*(symbol.targets for symbol in symbols))
    for each in (scope, *_outer(scope)) if targets else ():
        for name in sorted(target.partition("#")[2] for target in targets):
            declared = each.parameter(name) if each.identity(name) in targets else None
            if declared is None:
                continue
            if _is_digest(name, declared):
                continue
            if _text(declared, "NoEcho").lower() == "true":
                yield Resolved(Store.HIDDEN, name, "", place)
            elif _text(declared, "Type").startswith(_OF_STORE):
                stored = _text(declared, "Default") or name
                yield Resolved(Store.PARAMETER_STORE, stored, "", place)
            elif _is_given(declared):
                yield Resolved(Store.SHOWN, name, "", place)


def _is_digest(name: str, declared: MappingNode) -> bool:
    """Whether a parameter is given a hash, from which nobody learns of what it is one."""
    if _DIGEST.search(name) is None or _GUESSED.search(name) is not None:
        return False
    return _HEXADECIMAL.fullmatch(_text(declared, "AllowedPattern")) is not None


def _is_given(declared: MappingNode) -> bool:
    """Whether whoever deploys gives a parameter its text, and the text is not where it is kept."""
    told = f"{_text(declared, 'Description')} {_text(declared, 'AllowedPattern')}"
    plain = _text(declared, "Type") == "String" and not _text(declared, "Default")
    return plain and declared.get("AllowedValues") is None and not _KEPT_ELSEWHERE.search(told)


def _outer(scope: Scope) -> Iterator[Scope]:
    """The templates that nest one, from which its parameters come."""
    seen: list[Scope] = []
    for _, outer in scope.bound.values():
        if not any(outer is one for one in seen):
            seen.append(outer)
            yield outer


def _text(declared: MappingNode, key: str) -> str:
    node = declared.get(key)
    return node.text if isinstance(node, ScalarNode) else ""
