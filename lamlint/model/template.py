"""Texts that something fills in before the deployment: a template's engine, a script, a person."""

from __future__ import annotations

from lamlint.text.regex import Regex

_MARKS = Regex(r"[${}<>%]")


def is_filled_in(text: str) -> bool:
    """Whether a text has the marks of one that is not yet what is deployed: `{{name}}`, `<name>`.

    What is refused of it says nothing of what will stand there.
    """
    return _MARKS.search(text) is not None
