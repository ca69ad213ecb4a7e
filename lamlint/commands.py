"""Commands whose options no file can give: a hook puts the names of files after them."""

from __future__ import annotations

import os
from itertools import takewhile

import click


class Command(click.Command):
    """A command that takes no existing file for an option."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse, unless an argument reads as an option and names a file."""
        _refuse_files(args)
        return super().parse_args(ctx, args)


class Group(click.Group):
    """A command with commands below it, of which none takes an existing file for an option."""

    command_class = Command

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse, unless an argument reads as an option and names a file."""
        _refuse_files(args)
        return super().parse_args(ctx, args)


def _refuse_files(arguments: list[str]) -> None:
    """Whoever names a file of the project would else choose the options of the run."""
    before = takewhile(lambda argument: argument != "--", arguments)
    for name in before:
        if name.startswith("-") and os.path.lexists(name):
            from lamlint.run import UsageError
            from lamlint.sentences import as_usage_error

            with as_usage_error():
                raise UsageError(
                    f"{name}: this reads as an option and names a file; write ./{name} for the"
                    " file, or -- before the names of files"
                )
