"""From the outcomes of an expression to a value of the model."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import TypeVar

from lamlint.dialects.outcome import Outcome
from lamlint.dialects.tree import slots
from lamlint.dialects.tree.node import Node, ScalarNode, SequenceNode
from lamlint.model import NOT_SET, SOMETIMES_SET, UNTOLD, Choice, Later, Origin, Scalar, Value
from lamlint.model.amount import Listed
from lamlint.model.condition import ALWAYS, Case, cases
from lamlint.model.parts import Literal, Part, Parts, Symbol, whole, written
from lamlint.text import Span
from lamlint.text.dataclass import replace
from lamlint.text.regex import Regex

T = TypeVar("T")

_NAMING = ("arn:", "https://sqs.", "https://queue.")
"""What begins a text that names something by its end."""
_CALLED = "/invocations"
"""What follows the function in an address by which API Gateway calls it."""
_SEPARATOR = Regex(r"[:/]")
_NUMBER = Regex(r"[-+]?[0-9]{1,30}\Z")
_FRACTION = Regex(r"[-+]?[0-9]{1,30}\.[0-9]{1,30}\Z")


def text(node: Node) -> str | None:
    """A scalar as text, booleans and numbers as they are written."""
    return node.text if isinstance(node, ScalarNode) else None


def scalar(node: Node) -> Scalar | None:
    """A scalar where a number is asked for: one that is written as a text is a number, too.

    A list is what it is written as: it is known to be no number.
    """
    if isinstance(node, SequenceNode) and not node.tag:
        return Listed(node.source.text[node.start : node.end])
    if not isinstance(node, ScalarNode):
        return None
    written = node.text.strip()
    if _NUMBER.match(written):
        return int(written)
    if _FRACTION.match(written):
        return float(written)
    return node.value


def truth(node: Node) -> bool | None:
    """A scalar that says yes or no."""
    written = node.value if isinstance(node, ScalarNode) else None
    return written if isinstance(written, bool) else None


def value(
    found: Iterable[Outcome],
    place: Span,
    convert: Callable[[Node], T | None],
    default: Choice[T] | None,
) -> Value[T]:
    """The value of some outcomes. One that is unknown makes the whole unknown."""
    found = tuple(found)
    targets = targets_of(found)
    choices: list[tuple[Choice[T], Case]] = []
    why: str | None = None
    for one in found:
        missing = _is_missing(one)
        if missing and default is not None:
            choices.append((default, one.when))
        elif missing:
            why = _why_missing(found)
        elif one.node is None:
            why = why if why is not None else _why_unknown(one)
        elif (converted := convert(one.node)) is not None:
            choices.append((_choice(converted, one.node, one), one.when))
        else:
            why = why if why is not None else "it is no plain value"
    known = _each_once(choices)
    if why is not None:
        return Value((), place, why, targets, among=known)
    return Value(known, place, "", targets)


def content(found: Iterable[Outcome], place: Span) -> Value[str]:
    """A text, and what is known of it where parts of it are not."""
    found = tuple(found)
    known = value(found, place, text, None)
    partly = tuple(choice for one in found if one.node is None for choice in _partly(one))
    filled = not known.choices and all(map(_is_filled, found))
    return replace(known, partly=partly, filled=filled) if partly or filled else known


def wording(found: Iterable[Outcome], place: Span) -> Value[str]:
    """A text, and what is known of it where something is known of each that it can be."""
    found = tuple(found)
    known = content(found, place)
    unknown = [one for one in found if one.node is None or text(one.node) is None]
    return known if len(unknown) == len(known.partly) else replace(known, partly=())


def beginnings(found: Iterable[Outcome]) -> tuple[str, ...]:
    """What a text surely begins with, for each that it can be."""
    firsts = (one.parts[0] if one.parts else None for one in found)
    return tuple(one.text if isinstance(one, Literal) else "" for one in firsts)


def _why_unknown(outcome: Outcome) -> str:
    symbol = outcome.symbol
    return symbol.reason if symbol else ""


def _is_filled(outcome: Outcome) -> bool:
    """Whether it is surely a text that is not empty, known or not.

    What a parameter has by its default is no such text: it may be given another one.
    """
    if outcome.absent or (outcome.node is not None and outcome.shared):
        return False
    if outcome.node is not None and not text(outcome.node):
        return False
    return any(
        part.filled if isinstance(part, Symbol) else part.text != "" for part in outcome.parts
    )


def _partly(outcome: Outcome) -> Iterator[Choice[str]]:
    """A text of which some is known: it stands where its parts do."""
    places = [part.place.span for part in outcome.parts if part.place is not None]
    if len(outcome.parts) < 2 or not places:
        return
    path = places[0].path
    here = [one for one in places if one.path == path]
    text = "".join(UNTOLD if isinstance(one, Symbol) else one.text for one in outcome.parts)
    span = Span(path, min(one.start for one in here), max(one.end for one in here))
    origin = Origin.INHERITED if outcome.shared else Origin.WRITTEN
    yield made_when(Choice(text, span, origin, offered=outcome.offered), (outcome.when,))


def _choice(converted: T, node: Node, outcome: Outcome) -> Choice[T]:
    """What the node of an outcome says, whenever that may be."""
    origin = Origin.INHERITED if outcome.shared else Origin.WRITTEN
    writable = not isinstance(node, ScalarNode) or node.writable
    slot = Later(partial(slots.of, node)) if writable else None
    drawn = node.drawn_from if isinstance(node, ScalarNode) else ()
    sources = tuple(one.span for one in drawn) if drawn else ()
    return Choice(converted, node.span, origin, slot, offered=outcome.offered, sources=sources)


def _each_once(choices: Sequence[tuple[Choice[T], Case]]) -> tuple[Choice[T], ...]:
    """Some choices, each with all the cases in which it is made."""
    if len(choices) == 1:
        ((only, when),) = choices
        return (made_when(only, (when,)) if when else only,)
    found: dict[Choice[T], list[Case]] = {}
    for choice, when in choices:
        found.setdefault(choice, []).append(when)
    return tuple(made_when(one, when) for one, when in found.items())


def made_when(choice: Choice[T], when: Iterable[Case]) -> Choice[T]:
    """A choice that is made in some cases."""
    known = cases(when)
    if known is ALWAYS:
        return choice
    return Choice(
        choice.value,
        choice.span,
        choice.origin,
        choice.slot,
        known,
        choice.offered,
        choice.removal,
        choice.sources,
    )


def _is_missing(outcome: Outcome) -> bool:
    return outcome.absent or _is_null(outcome.node)


def _why_missing(found: tuple[Outcome, ...]) -> str:
    """Why there is no value where at least one outcome has none."""
    if all(one.absent for one in found):
        return NOT_SET
    if all(_is_null(one.node) for one in found):
        return "nothing is written behind its name"
    return SOMETIMES_SET


def _is_null(node: Node | None) -> bool:
    return isinstance(node, ScalarNode) and node.is_null


def targets_of(found: Iterable[Outcome]) -> frozenset[str]:
    """The identities of what some outcomes refer to.

    Several outcomes have only those in common that hold for all of them.
    """
    each = [_targets(one) for one in found if not one.absent]
    if len(each) == 1:
        return each[0]
    return frozenset.intersection(*each) if each else frozenset()


def _targets(outcome: Outcome) -> frozenset[str]:
    parts = outcome.parts
    if not parts:
        return outcome.targets
    if len(parts) == 1:
        (only,) = parts
        if isinstance(only, Symbol):
            return outcome.targets | only.targets
        if not only.text.startswith(_NAMING):
            return outcome.targets | {only.text} if only.text else outcome.targets
    tail = _tail(parts)
    found = {_canonical(parts, outcome), _canonical(tail, outcome)}
    if len(tail) == 1 and isinstance(tail[0], Symbol):
        found |= tail[0].targets
    return outcome.targets | frozenset(found - {""})


def _canonical(parts: Parts, outcome: Outcome) -> str:
    """A text with the unknown in it; such a text means the same only within one template."""
    known = whole(parts)
    return known if known is not None else f"{outcome.scope.template}:{written(parts)}"


def _tail(parts: Parts) -> Parts:
    """What an ARN or a queue's URL ends with: the name of what it names."""
    first = parts[0]
    if not isinstance(first, Literal) or not first.text.startswith(_NAMING):
        return ()
    tail: list[Part] = []
    for part in reversed(_uncalled(parts)):
        if isinstance(part, Symbol):
            tail.insert(0, part)
            continue
        pieces = _SEPARATOR.split(part.text)
        if pieces[-1]:
            tail.insert(0, Literal(pieces[-1], part.place))
        if len(pieces) > 1:
            break
    return tuple(tail)


def _uncalled(parts: Parts) -> Parts:
    """An ARN without what only says that the function in it is called."""
    *before, last = parts
    if not isinstance(last, Literal) or not last.text.endswith(_CALLED):
        return parts
    left = last.text.removesuffix(_CALLED)
    return (*before, Literal(left, last.place)) if left else tuple(before)
