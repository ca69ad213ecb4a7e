"""Placeholders that another tool fills in before a file is what it is meant to be."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence

from lamlint.dialects.tree.yaml import Broken
from lamlint.text import Finding, Related, Source
from lamlint.text.regex import Regex

CAUSE = "placeholders that are filled in"
_ANYWHERE = Regex(
    r"\{%(?!\{)|\{\{(?!resolve:)|<%|\{#|%\w{1,60}%|@@\w{1,60}@@|^[ \t]*#(?:if|foreach|set)\b",
    re.MULTILINE,
)
"""What other tools write, and no template does: a file that has it is one of theirs."""
_NEAR = Regex(
    r"\$\$\w{1,60}\$\$|@{1,2}[A-Za-z_][\w.-]{0,60}@{1,2}|\{\{(?!resolve:)[^{}\r\n]{1,60}\}\}|<%[^<>\r\n]{1,60}%>"
    r"|%{1,2}[A-Za-z_]\w{0,60}%{1,2}|\b__[A-Z][A-Z0-9_]{0,60}__"
)
"""What is one where a text cannot be read."""
_QUOTED = Regex(r'"(?:[^"\\\r\n]|\\.){0,2000}"|#[^\r\n]*|//[^\r\n]*')
_LINES = 3
"""The line at which a text cannot be read, and those above it that may be to blame."""


def placeholder(source: Source, broken: Broken, *, bare: bool) -> str:
    """The placeholder for which a text cannot be read, as it is written; empty without any.

    With `bare`, none can be read that stands outside of quotes, wherever the text seems broken.
    """
    line = source.position(min(broken.offset, len(source.text))).line
    above = source.text[: source.end(line)].split("\n")
    near = [each for each in above if each.strip()][-_LINES:]
    found = (
        _NEAR.search("\n".join(near))
        or (_NEAR.search(_QUOTED.sub("", source.text)) if bare else None)
        or _ANYWHERE.search(source.text)
    )
    return found.group().strip() if found is not None else ""


def is_of_another_tool(source: Source) -> bool:
    """Whether a file is written for another tool, so that nobody means it to be read as it is."""
    return _ANYWHERE.search(source.text) is not None


def message(form: str, count: int = 1) -> str:
    """What is told of the files that have placeholders."""
    files = f"{count} files have placeholders" if count > 1 else "this file has placeholders"
    them = "them" if count > 1 else "it"
    return (
        f"{files} ({form}) that are filled in before {'they are' if count > 1 else 'it is'} "
        f"deployed; lamlint does not read {them} as {'they stand' if count > 1 else 'it stands'}, "
        f"so what {'they declare' if count > 1 else 'it declares'} is not checked, or only in "
        "part: check what they are filled in to"
    )


def as_one(problems: Sequence[Finding]) -> tuple[Finding, ...]:
    """The findings of reading, with one for all files that have placeholders."""
    filled = sorted((one for one in problems if one.cause == CAUSE), key=lambda one: one.span)
    if len(filled) < 2:
        return tuple(problems)
    first, *others = filled
    forms = ", ".join(dict.fromkeys(one.also for one in filled))
    told = dataclasses.replace(
        first,
        message=message(forms, len(filled)),
        related=tuple(Related(one.span, one.also) for one in others),
    )
    return (*(one for one in problems if one.cause != CAUSE), told)
