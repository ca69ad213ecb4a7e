"""The reason that suppressing comments are given on the command line."""

from __future__ import annotations

from typing import Any

import click

from lamlint.cli.options import Word


class Reason(Word):
    """Text that may stand in a comment, on one line, and says nothing else there."""

    name = "reason"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The reason, its white space made single spaces."""
        from lamlint.engine.suppression.directives import directives
        from lamlint.text import Source

        text = " ".join(str(value).split())
        if not text.isprintable():
            self.fail("the reason holds a character that cannot be seen", param, ctx)
        found = directives(Source("reason.py", f"# lamlint: ignore[rule] {text}"))
        if len(found) != 1:
            self.fail("the reason holds what reads as another comment of lamlint", param, ctx)
        wrong = found[0].problem or found[0].remark
        if wrong:
            self.fail(f"the reason cannot stand in a comment: {wrong}", param, ctx)
        return text
