"""A secret in an environment variable: by its shape, by the variable's name, or in its text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lamlint.model import Choice
from lamlint.secrets.search import find
from lamlint.secrets.texts import held
from lamlint.secrets.values import suspicious
from lamlint.secrets.weight import NAMED
from lamlint.text import Span
from lamlint.text.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class Found:
    """What a part of a value is, and which; the secret itself is not in here."""

    title: str
    kind: str
    start: int
    end: int
    test: bool = False


def told_there(variables: Iterable[tuple[str, Choice[str]]], place: Span) -> bool:
    """Whether secret-in-environment tells of a place of a file, by the variables that it sets."""
    return any(
        choice.span.start < place.end
        and place.start < choice.span.end
        and any(in_variable(name, str(choice.value)))
        for name, choice in variables
    )


def in_variable(name: str, value: str) -> Iterator[Found]:
    """The secrets of a value, in its order: all of it, or parts of a text of another format."""
    before = len(name) + 1
    shaped = [
        Found(match.title, match.kind, match.start - before, match.end - before, match.test)
        for match in find(f"{name}={value}")
        if match.start >= before
    ]
    if shaped:
        yield from shaped
    elif suspicious(name, value):
        yield Found("a literal secret", NAMED, 0, len(value))
    else:
        for one in held(value):
            yield Found(f"the value of {one.name}", NAMED, one.start, one.end)
