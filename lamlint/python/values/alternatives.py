"""What is known of a string: it is one of several texts, each of which may be known in part."""

from __future__ import annotations

from itertools import chain, product

from lamlint.model.parts import (
    ContextField,
    EventField,
    Literal,
    Parts,
    Placed,
    Symbol,
    Variable,
    merged,
    placed,
    whole,
)
from lamlint.text.dataclass import dataclass

_MOST_CHOICES = 40
_LONGEST = 4_096
"""A text of more characters and other parts is unknown: no name, address or key is that long."""
UNKNOWN_PARTS: Parts = (Symbol("…", "it is computed when the code runs"),)


@dataclass(frozen=True, slots=True)
class Text:
    """What a string may be: each choice is its parts in order. There is at least one choice.

    It is no `Value`, all of which is unknown as soon as one choice is: here a choice that is
    known in part, or not at all, leaves the others and its own other parts as they are.
    """

    choices: tuple[Parts, ...]

    @property
    def literal(self) -> str | None:
        """The string itself, when there is one choice and all of it is written in the code."""
        return whole(self.choices[0]) if len(self.choices) == 1 else None

    @property
    def literals(self) -> tuple[str, ...]:
        """The choices that are wholly written in the code."""
        return tuple(text for text in map(whole, self.choices) if text is not None)

    @property
    def known(self) -> bool:
        """Whether it is known of each part of every choice where it comes from."""
        return all(
            isinstance(part, Literal) or part.taken_from is not None
            for choice in self.choices
            for part in choice
        )


UNKNOWN = Text((UNKNOWN_PARTS,))


def literal(text: str, place: Placed | None = None) -> Text:
    """A string written in the code."""
    return Text(((Literal(text, place),),)) if len(text) <= _LONGEST else UNKNOWN


def taken(given: Variable | EventField | ContextField) -> Text:
    """A string that is given to the running code."""
    match given:
        case Variable(name=name):
            written, reason = f'os.environ["{name}"]', "it comes from the environment"
        case EventField(path=path):
            keys = "".join(f"[{key}]" for key in path)
            written, reason = f"event{keys}", "it comes with the event"
        case ContextField(name=name):
            written, reason = f"context.{name}", "it comes with the invocation"
    return Text(((Symbol(written, reason, taken_from=given),),))


def standing(text: Text, place: Placed) -> Text:
    """The same string; those of its parts that stand nowhere yet stand at a place."""
    return Text(tuple([placed(choice, place) for choice in text.choices]))


def either(texts: list[Text]) -> Text:
    """A string that is one of several; unknown when there is none."""
    choices = dict.fromkeys(choice for text in texts for choice in text.choices)
    if not choices:
        return UNKNOWN
    if len(choices) > _MOST_CHOICES:
        return Text((*tuple(choices)[: _MOST_CHOICES - 1], UNKNOWN_PARTS))
    return Text(tuple(choices))


def joined(texts: list[Text]) -> Text:
    """One string after the other."""
    combinations = 1
    for text in texts:
        combinations *= len(text.choices)
        if combinations > _MOST_CHOICES:
            return joined([text if len(text.choices) == 1 else UNKNOWN for text in texts])
    return either([Text((_chained(choice),)) for choice in product(*(t.choices for t in texts))])


def _chained(pieces: tuple[Parts, ...]) -> Parts:
    """The parts of some strings one behind the other; unknown where they are too many."""
    size = 0
    for piece in pieces:
        size += sum(len(part.text) if isinstance(part, Literal) else 1 for part in piece)
        if size > _LONGEST:
            return UNKNOWN_PARTS
    return merged(chain.from_iterable(pieces))
