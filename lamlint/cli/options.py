"""The options of the command line: each also from the environment, words separated by commas."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, TypeVar

import click
from click.shell_completion import CompletionItem

from lamlint.cli.commands import Option
from lamlint.text.regex import Regex

F = TypeVar("F", bound=Callable[..., Any])

_BETWEEN_WORDS = Regex(r"[,\s]+")
_BETWEEN_TARGETS = Regex(r"[;\n]")

if TYPE_CHECKING:
    ListOfWords = click.ParamType[tuple[str, ...]]
    FormatAndFile = click.ParamType[tuple[str, str]]
    Word = click.ParamType[str]
    Number = click.ParamType[int | None]
else:  # generic for type checkers of late, and only for them
    ListOfWords = FormatAndFile = Word = Number = click.ParamType


class Words(ListOfWords):
    """Words separated by commas or white space."""

    name = "words"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, ...]:
        """The words of one use of the option."""
        del param, ctx
        if isinstance(value, tuple):
            return value
        return tuple(word for word in _BETWEEN_WORDS.split(value) if word)


class Target(FormatAndFile):
    """A format and the file to write it to, as FORMAT:FILE."""

    name = "format:file"

    def __init__(self, formats: tuple[str, ...]) -> None:
        self.formats = formats

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, str]:
        """The format and the file."""
        if isinstance(value, tuple):
            return value
        form, colon, file = value.partition(":")
        if form not in self.formats or not colon or not file:
            known = ", ".join(self.formats)
            self.fail(f"{value!r} is no FORMAT:FILE with one of the formats {known}", param, ctx)
        return form, file

    def split_envvar_value(self, rv: str) -> list[str]:
        """Several in the environment are separated by semicolons or lines."""
        return [part for part in _BETWEEN_TARGETS.split(rv) if part]


class Jobs(Number):
    """How many processes there are to be; None for as many as are worth it."""

    name = "jobs"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> int | None:
        """The number."""
        if value is None or isinstance(value, int):
            return value
        if value == "auto":
            return None
        if not (value.isascii() and value.isdigit()) or int(value) < 1:
            self.fail(f"{value!r} is neither auto nor a number of processes", param, ctx)
        return int(value)


class KnownWords(Words):
    """Words that mean rules; the shell is told which there are."""

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        """The rules, families and tiers that begin like the last word."""
        del ctx, param
        before, comma, last = incomplete.rpartition(",")
        return [CompletionItem(f"{before}{comma}{word}") for word in _known(last)]


class RuleWord(Word):
    """The name of a rule or of a family."""

    name = "rule"

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        """The rules, families and tiers that begin so."""
        del ctx, param
        return [CompletionItem(word) for word in _known(incomplete)]


def _known(beginning: str) -> Iterator[str]:
    from lamlint import registry
    from lamlint.config.selection import words

    for word in sorted(words(registry.load(plugins=False))):
        if word.startswith(beginning):
            yield word


def option(
    *names: str, heading: str, cls: type[Option] = Option, **settings: Any
) -> Callable[[F], F]:
    """An option that is also read from LAMLINT_<ITS_NAME>, and its heading in the help."""
    word = next(name for name in names if name.startswith("--")).partition("/")[0]
    variable = "LAMLINT_" + word.strip("-").replace("-", "_").upper()
    return click.option(*names, cls=cls, heading=heading, envvar=variable, **settings)
