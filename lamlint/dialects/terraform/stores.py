"""What a configuration reads from stores of secrets when it is applied."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lamlint.dialects.outcome import Outcome
from lamlint.dialects.terraform.scope import Scope
from lamlint.dialects.tree.node import ScalarNode
from lamlint.model import Resolved, Store, Symbol
from lamlint.text import Span
from lamlint.text.regex import Regex

_READ = Regex(
    r"\bdata\.(aws_ssm_parameter|aws_secretsmanager_secret_version)\.([\w-]{1,100})"
    r"(?:\[[^\[\]]{0,100}\])?\.(?:value|insecure_value|secret_string|secret_binary)\b"
)
_KEY = Regex(r"\[\"([\w.-]{1,100})\"\]|\)\.(\w{1,100})")
"""The field that is taken of a secret that was decoded."""
_STORES = {
    "aws_ssm_parameter": Store.PARAMETER_STORE,
    "aws_secretsmanager_secret_version": Store.SECRETS_MANAGER,
}
_VARIABLE = "var."


def filled_in(found: Sequence[Outcome], place: Span) -> tuple[Resolved, ...]:
    """What a value is filled in from: sources of data, and variables that are not shown."""
    return tuple(
        dict.fromkeys(
            one for outcome in found for one in (*_data(outcome, place), *_hidden(outcome, place))
        )
    )


def _data(outcome: Outcome, place: Span) -> Iterator[Resolved]:
    for symbol in outcome.parts:
        hit = _READ.search(symbol.text) if isinstance(symbol, Symbol) else None
        if isinstance(symbol, Symbol) and hit is not None:
            key = _KEY.search(symbol.text, hit.end())
            paths = [target for target in sorted(symbol.targets) if "#" not in target]
            name = paths[0] if paths else hit[2]
            yield Resolved(_STORES[hit[1]], name, (key[1] or key[2]) if key else "", place)


def _hidden(outcome: Outcome, place: Span) -> Iterator[Resolved]:
    """The variables that are declared as sensitive."""
    symbols = (part.targets for part in outcome.parts if isinstance(part, Symbol))
    targets = outcome.targets.union(*symbols)
    scope = outcome.scope if isinstance(outcome.scope, Scope) else None
    while scope is not None and targets:
        begins = f"{scope.template}{_VARIABLE}"
        for target in sorted(one for one in targets if one.startswith(begins)):
            block = scope.module.by_name.get(("variable", target.removeprefix(begins)))
            hidden = block.body.get("sensitive") if block is not None else None
            if isinstance(hidden, ScalarNode) and hidden.value is True:
                yield Resolved(Store.HIDDEN, target.removeprefix(begins), "", place)
        scope = scope.outer
