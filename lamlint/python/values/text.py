"""What is known of a string: its parts, each a literal or where it comes from at run time."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Literal:
    """Characters written in the code."""

    text: str


@dataclass(frozen=True, slots=True)
class Environment:
    """The value of an environment variable; `default` is what the code takes without it."""

    name: str
    default: str | None = None


@dataclass(frozen=True, slots=True)
class EventField:
    """A field of the event: keys from its root; `*` stands for any index, `$json` for decoding."""

    path: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ContextField:
    """An attribute of the context, `invoked_function_arn`; empty for the context itself."""

    name: str


@dataclass(frozen=True, slots=True)
class Unknown:
    """Anything."""


Part: TypeAlias = "Literal | Environment | EventField | ContextField | Unknown"
Parts: TypeAlias = tuple[Part, ...]
_MOST_CHOICES = 8
_LONGEST = 4_096
"""A text of more characters and other parts is unknown: no name, address or key is that long."""
UNKNOWN_PARTS: Parts = (Unknown(),)


@dataclass(frozen=True, slots=True)
class Text:
    """What a string may be: each choice is its parts in order. There is at least one choice."""

    choices: tuple[Parts, ...]

    @property
    def literal(self) -> str | None:
        """The string itself, when there is one choice and all of it is written in the code."""
        texts = self.literals
        return texts[0] if len(texts) == 1 and len(self.choices) == 1 else None

    @property
    def literals(self) -> tuple[str, ...]:
        """The choices that are wholly written in the code."""
        return tuple(
            "".join(part.text for part in choice if isinstance(part, Literal))
            for choice in self.choices
            if all(isinstance(part, Literal) for part in choice)
        )

    @property
    def known(self) -> bool:
        """Whether no part of any choice is unknown."""
        return not any(isinstance(part, Unknown) for choice in self.choices for part in choice)


UNKNOWN = Text((UNKNOWN_PARTS,))


def literal(text: str) -> Text:
    """A string written in the code."""
    return Text(((Literal(text),),)) if len(text) <= _LONGEST else UNKNOWN


def part(single: Part) -> Text:
    """A string of one part."""
    return Text(((single,),))


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
            return UNKNOWN
    return either([Text((_chained(choice),)) for choice in product(*(t.choices for t in texts))])


def _chained(pieces: tuple[Parts, ...]) -> Parts:
    """The parts of some strings one behind the other; unknown where they are too many."""
    parts: list[Part] = []
    size = 0
    for piece in pieces:
        size += sum(len(part.text) if isinstance(part, Literal) else 1 for part in piece)
        if size > _LONGEST:
            return UNKNOWN_PARTS
        parts.extend(piece)
    return _merged(parts)


def _merged(parts: list[Part]) -> Parts:
    merged: list[Part] = []
    for single in parts:
        if isinstance(single, Literal) and merged and isinstance(merged[-1], Literal):
            merged[-1] = Literal(merged[-1].text + single.text)
        elif not (isinstance(single, Literal) and not single.text and parts != [single]):
            merged.append(single)
    return tuple(merged) or (Literal(""),)
