"""Workflows of GitHub that run on a schedule, and in which a command invokes a function."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import islice

from lamlint.model.unix_cron import expressions
from lamlint.project.scheduled.commands import commands
from lamlint.project.scheduled.schedules import Scheduled, name_in
from lamlint.text import Source, Span, Tree, Unread
from lamlint.text.regex import Regex

FOLDER = ".github/workflows/"
WORDS = (b"lambda invoke",)
_CRON = Regex(r"(?m)^[ \t]{1,20}-[ \t]{1,9}cron:[ \t]{1,9}[\"']?([\d*/,A-Za-z \t-]{9,100})")
_IF = Regex(r"(?m)^[ \t]{1,40}(?:-[ \t])?if:[ \t]([^\n]{0,300})")
_ALWAYS = frozenset({"always()", "success()", "${{ always() }}", "${{ success() }}"})
_AGAIN = Regex(
    r"(?m)^[ \t]{1,40}(?:(?:for|while|until)[ \t(]|matrix:)|\bxargs\b|\|[ \t]{0,9}while\b"
)
"""What runs a command again and again."""
_MOST = 100
"""As many times are read of a workflow: one with more is written by nobody."""


def of_workflow(source: Source, tree: Tree) -> Iterator[Scheduled]:
    """What a workflow invokes on each of its runs, once; nothing where some runs may not."""
    text = source.text
    found = [expressions(one[1]) for one in islice(_CRON.finditer(text), _MOST + 1)]
    if len(found) > _MOST:
        tree.unread.add(Unread(source.span(0, 0), f"it runs at more than {_MOST} times"))
        return
    if not (found and all(found)) or _AGAIN.search(text):
        return
    if any(one[1].strip() not in _ALWAYS for one in _IF.finditer(text)):
        return
    invoked = [one for one in commands(source, tree) if one.name == "lambda invoke"]
    names = Counter(name_in(one.options.get("function-name", "")) for one in invoked)
    every = tuple(one for each in found for one in each)
    for one in invoked:
        name = name_in(one.options.get("function-name", ""))
        if name and names[name] == 1:
            waits = one.options.get("invocation-type") != "Event"
            yield Scheduled(name, every, Span(source.path, one.start, one.end), waits)
