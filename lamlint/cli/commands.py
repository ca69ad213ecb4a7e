"""Commands as people meet them: options under headings, a hint where a word is missing.

No file can give an option: a hook puts the names of files after them.
"""

from __future__ import annotations

import os
import shlex
from itertools import takewhile
from typing import Any

import click

CHECKING = "Checking"
FIXING = "Fixing"
REVIEWED = "Suppressions and baselines"
OUTPUT = "Output"
CONFIGURATION = "Configuration"
CACHE = "Cache"
OTHERS = "Options"
_ON = frozenset({"1", "true", "yes", "on"})
_OFF = frozenset({"0", "false", "no", "off"})


class Option(click.Option):
    """An option that stands in the help under a heading."""

    def __init__(self, *args: Any, heading: str, **settings: Any) -> None:
        super().__init__(*args, **settings)
        self.heading = heading


class WithReason(Option):
    """An option that may have a reason. From the environment `1` means none, and `0` no option."""

    def resolve_envvar_value(self, ctx: click.Context) -> str | None:
        """The reason that the environment gives."""
        value = super().resolve_envvar_value(ctx)
        word = "" if value is None else value.strip().lower()
        if value is None or word in _OFF:
            return None
        return "" if word in _ON else value


class Command(click.Command):
    """A command that takes no existing file for an option."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse, unless an argument reads as an option and names a file."""
        _refuse_files(args)
        return super().parse_args(ctx, _with_reasons_apart(self, args))

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options, each group below its heading, in the order of their declaration."""
        groups: dict[str, list[tuple[str, str]]] = {}
        others: list[tuple[str, str]] = []
        for parameter in self.get_params(ctx):
            record = parameter.get_help_record(ctx)
            if isinstance(parameter, Option) and record is not None:
                groups.setdefault(parameter.heading, []).append(record)
            elif isinstance(parameter, click.Option) and record is not None:
                others.append(record)
        for heading, records in [*groups.items(), (OTHERS, others)]:
            with formatter.section(heading):
                formatter.write_dl(records)


class Group(click.Group):
    """A command with commands below it, of which none takes an existing file for an option."""

    command_class = Command

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse, unless an argument reads as an option and names a file."""
        _refuse_files(args)
        return super().parse_args(ctx, args)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that is meant. A path in its place was meant for `check`."""
        name = args[0]
        if self.get_command(ctx, name) is None and ("/" in name or os.path.lexists(name)):
            meant = " ".join(["lamlint check", *map(shlex.quote, args)])
            ctx.fail(f"there is no command {name!r}; did you mean `{meant}`?")
        return super().resolve_command(ctx, args)


def _refuse_files(arguments: list[str]) -> None:
    """Whoever names a file of the project would else choose the options of the run."""
    before = takewhile(lambda argument: argument != "--", arguments)
    for name in before:
        if name.startswith("-") and os.path.lexists(name):
            from lamlint.cli.terminal import as_usage_error
            from lamlint.engine.scope import UsageError

            with as_usage_error():
                raise UsageError(
                    f"this reads as an option and names a file; write ./{name} for the"
                    " file, or -- before the names of files",
                    name,
                )


def _with_reasons_apart(command: click.Command, arguments: list[str]) -> list[str]:
    """The arguments, where what stands behind an option with a reason is not taken for one."""
    names = {
        name
        for parameter in command.params
        if isinstance(parameter, WithReason)
        for name in parameter.opts
    }
    end = arguments.index("--") if "--" in arguments else len(arguments)
    own = [f"{one}=" if one in names else one for one in arguments[:end]]
    return [*own, *arguments[end:]]
