"""The options of the command line: each also from the environment, words separated by commas."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

F = TypeVar("F", bound=Callable[..., Any])

if TYPE_CHECKING:
    ListOfWords = click.ParamType[tuple[str, ...]]
    FormatAndFile = click.ParamType[tuple[str, str]]
else:  # generic for type checkers of late, and only for them
    ListOfWords = FormatAndFile = click.ParamType


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
        return tuple(word for word in re.split(r"[,\s]+", value) if word)


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
        return [part for part in re.split(r"[;\n]", rv) if part]


def option(*names: str, **settings: Any) -> Callable[[F], F]:
    """An option that is also read from LAMLINT_<ITS_NAME>."""
    word = next(name for name in names if name.startswith("--")).partition("/")[0]
    variable = "LAMLINT_" + word.strip("-").replace("-", "_").upper()
    return click.option(*names, envvar=variable, show_envvar=True, **settings)
