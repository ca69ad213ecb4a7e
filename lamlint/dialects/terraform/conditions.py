"""Which branch of a condition is taken, and what holds there; what operators come out as."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from lamlint.dialects.outcome import Outcome, together
from lamlint.dialects.terraform.scope import Scope, combined, unread
from lamlint.dialects.tree import tags
from lamlint.dialects.tree.node import Node, ScalarNode, SequenceNode
from lamlint.model.condition import IN_ANY, Case, Fact

_DECIDED = "it is decided when the configuration is applied"


def branches(test: Node, values: Sequence[Node], scope: Scope) -> Iterator[tuple[Node, Case]]:
    """The branches that may be taken, and what holds there.

    What a variable says where nobody gives it a value decides nothing: somebody may.
    """
    yes, no = values
    found = scope.outcomes(test)
    if all(one.text in _TRUTH and not one.when for one in found):
        for truth in dict.fromkeys(_TRUTH[one.text or ""] for one in found):
            yield (yes if truth else no), IN_ANY
        return
    equal = _equality(test, scope)
    for branch, met in ((yes, True), (no, False)):
        if equal is not None:
            fact, holds = equal
            yield branch, frozenset({Fact(fact.subject, fact.value, met is holds)})
            continue
        cases = [one.when for one in found if one.text is None or _TRUTH.get(one.text) is met]
        for case in dict.fromkeys(cases or [_negated(found[0].when)]):
            yield branch, case


_TRUTH = {"true": True, "false": False}


def _negated(case: Case) -> Case:
    """What holds where a case of one fact does not."""
    if len(case) != 1:
        return IN_ANY
    (fact,) = case
    return frozenset({Fact(fact.subject, fact.value, not fact.holds)})


def _equality(test: Node, scope: Scope) -> tuple[Fact, bool] | None:
    """What a comparison of a variable of the root module with a text says of it."""
    if not isinstance(test, SequenceNode) or test.tag != tags.OPERATION or len(test.items) != 3:
        return None
    sign, *sides = test.items
    if not isinstance(sign, ScalarNode) or sign.text not in ("==", "!="):
        return None
    for side, other in (sides, sides[::-1]):
        name = variable(side)
        if name and isinstance(other, ScalarNode) and not other.tag and scope.arguments is None:
            return Fact(scope.identity(f"var.{name}"), other.text, True), sign.text == "=="
    return None


def variable(node: Node) -> str:
    """The variable that a node is, and nothing of it; empty for anything else."""
    if not isinstance(node, SequenceNode) or node.tag != tags.GET or len(node.items) != 2:
        return ""
    first, second = node.items
    named = isinstance(first, ScalarNode) and first.tag == tags.NAME and first.text == "var"
    return second.text if named and isinstance(second, ScalarNode) else ""


# --- operators


def operation(node: SequenceNode, scope: Scope) -> Iterator[Outcome]:
    """`-a`, `!a`, `a == b`, `a + b`, …"""
    sign, *sides = node.items
    pairs = combined([scope.outcomes(side) for side in sides])
    name = sign.text if isinstance(sign, ScalarNode) else ""
    if pairs is None:
        yield unread(node, scope, "it can be too many things")
        return
    for found, when in pairs:
        text = _result(name, found)
        if text is None:
            yield unread(node, scope, _reason(found)).under(when)
        else:
            yield together(node, scope, [(text,)], when, found)


def _reason(found: Sequence[Outcome]) -> str:
    return next((one.symbol.reason for one in found if one.symbol is not None), _DECIDED)


def _result(sign: str, found: Sequence[Outcome]) -> str | None:
    if sign in ("==", "!=") and len(found) == 2:
        same = _same(*found)
        return None if same is None else _said(same is (sign == "=="))
    texts = [one.text for one in found]
    if sign in ("&&", "||") and len(texts) == 2:
        return _joined(sign, texts)
    if sign == "!" and texts[0] in _TRUTH:
        return _said(not _TRUTH[texts[0] or ""])
    numbers = [number(text) for text in texts]
    if any(one is None for one in numbers):
        return None
    return _calculated(sign, [one for one in numbers if one is not None])


def _same(one: Outcome, other: Outcome) -> bool | None:
    """Whether two values are equal; None where that is not known."""
    if one.absent or other.absent:
        known = (one.absent or one.node is not None) and (other.absent or other.node is not None)
        return one.absent is other.absent if known else None
    if one.text is None or other.text is None:
        empty = [isinstance(x.node, SequenceNode) and not x.node.items for x in (one, other)]
        known = one.node is not None and other.node is not None
        return all(empty) if known and any(empty) else None
    return one.text == other.text


def _joined(sign: str, texts: Sequence[str | None]) -> str | None:
    decisive = "false" if sign == "&&" else "true"
    if decisive in texts:
        return decisive
    return None if None in texts else ("true" if sign == "&&" else "false")


def number(text: str | None) -> float | int | None:
    """The number that a text is, where it is one."""
    if text is None or len(text) > 30:
        return None
    try:
        found = float(text)
    except ValueError:
        return None
    return int(found) if found == found // 1 and abs(found) < 1e15 else found


def _calculated(sign: str, numbers: Sequence[float]) -> str | None:
    if len(numbers) == 1:
        return shown(-numbers[0]) if sign == "-" else None
    first, second = numbers
    if sign in ("/", "%") and not second:
        return None
    calculated = _NUMBERS.get(sign)
    if calculated is not None:
        return shown(calculated(first, second))
    compared = _COMPARED.get(sign)
    return None if compared is None else _said(compared(first, second))


def shown(value: float) -> str:
    """A number as Terraform writes it."""
    whole = abs(value) < 1e15 and value == value // 1
    return str(int(value)) if whole else str(value)


def _said(truth: bool) -> str:
    return "true" if truth else "false"


_NUMBERS: dict[str, Callable[[float, float], float]] = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "/": lambda a, b: a / b,
    "%": lambda a, b: a % b,
}
_COMPARED: dict[str, Callable[[float, float], bool]] = {
    "<": lambda a, b: a < b,
    ">": lambda a, b: a > b,
    "<=": lambda a, b: a <= b,
    ">=": lambda a, b: a >= b,
}
