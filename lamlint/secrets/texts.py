"""Secrets in a text that holds names and values of its own: JSON, dotenv, YAML, a command."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from lamlint.secrets.assignments import HINTS, lowered
from lamlint.secrets.badges import in_badge
from lamlint.secrets.values import suspicious
from lamlint.text.dataclass import dataclass
from lamlint.text.regex import Regex

_QUOTED = r"\"(?P<double>[^\"\n]{1,600})\"|'(?P<single>[^'\n]{1,600})'"
_LINE = Regex(
    r"^[ \t]{0,40}(?:-[ \t]{1,8})?(?:(?:export|set)[ \t]{1,8})?"
    r"[\"']?(?P<name>[A-Za-z_][\w.-]{0,120})[\"']?[ \t]{0,40}(?P<mark>[=:])[ \t]{0,40}"
    rf"(?:{_QUOTED}|(?P<bare>[^\s\"'][^\s]{{0,600}}))",
    re.MULTILINE,
)
_COMMAND = Regex(
    r"(?:^|(?<=[\"'\s;]))(?:--(?P<option>[A-Za-z][\w-]{2,60})[ =]|(?P<name>[A-Za-z][\w-]{2,60})=)"
    rf"(?:{_QUOTED}|(?P<bare>[^\s\"'&;]+))"
)
_QUERY = Regex(r"(?<=[?&])(?P<name>[A-Za-z][\w-]{2,60})=(?P<bare>[^\s\"'&;()\[\]<>]+)")


@dataclass(frozen=True, slots=True)
class Held:
    """The name of a secret, and where its value stands in the text."""

    name: str
    start: int
    end: int


def held(text: str) -> Iterator[Held]:
    """The secrets of a text, in its order, each once; none in a text that only is one."""
    if "=" not in text and ":" not in text and "--" not in text:
        return
    low = lowered(text)
    if not any(word in low for word in HINTS):
        return
    found = [*_in_json(text)] or [*_in_lines(text), *_in_commands(text), *_in_queries(text)]
    end = -1
    for one in sorted(found, key=lambda one: (one.start, -one.end)):
        if one.start >= end:
            yield one
            end = one.end


def _in_json(text: str) -> Iterator[Held]:
    """The secrets among the values of a JSON object."""
    if not text.lstrip().startswith(("{", "[")):
        return
    try:
        waiting: list[object] = [json.loads(text)]
    except (ValueError, RecursionError):
        return
    while waiting:
        one = waiting.pop()
        for name, inner in one.items() if isinstance(one, dict) else ():
            if isinstance(inner, str) and suspicious(str(name), inner):
                place = text.find(inner, max(text.find(f'"{name}"'), 0))
                if place >= 0:
                    yield Held(str(name), place, place + len(inner))
        inside = one.values() if isinstance(one, dict) else one if isinstance(one, list) else ()
        waiting.extend(inner for inner in inside if isinstance(inner, (dict, list)))


def _in_lines(text: str) -> Iterator[Held]:
    """The secrets of a dotenv file, of settings or of YAML; of a single line only `name=value`."""
    several = "\n" in text.strip()
    for hit in _LINE.finditer(text):
        if several or hit["mark"] == "=":
            yield from _judged(hit["name"], hit)


def _in_commands(text: str) -> Iterator[Held]:
    """The secrets among the options and the variables of a command, or in a form."""
    for hit in _COMMAND.finditer(text):
        yield from _judged(hit["option"] or hit["name"], hit)


def _in_queries(text: str) -> Iterator[Held]:
    """The secrets among the parameters of an address."""
    for hit in _QUERY.finditer(text):
        if not in_badge(text, hit.start("bare")):
            yield from _judged(hit["name"], hit)


def _judged(name: str, hit: re.Match[str]) -> Iterator[Held]:
    start, end = hit.span(hit.lastgroup or "bare")
    if suspicious(name, hit.string[start:end]):
        yield Held(name, start, end)
