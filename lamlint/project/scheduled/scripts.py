"""Schedules that shell scripts make: `aws events put-rule`, `aws scheduler create-schedule`."""

from __future__ import annotations

from collections.abc import Iterator

from lamlint.model import UNTOLD
from lamlint.project.scheduled.commands import Command, commands
from lamlint.project.scheduled.schedules import Scheduled, name_in
from lamlint.text import Source, Span, Tree
from lamlint.text.regex import Regex

WORDS = (b"schedule-expression",)
_ARN = Regex(r"Arn[\"']?[ ]?[=:][ ]?[\"']?((?:\$\{\?\}|[^\"',} ]){1,300})")
_MAKING = ("scheduler create-schedule", "scheduler update-schedule")
_EXPRESSION = "schedule-expression"


def of_script(source: Source, tree: Tree) -> Iterator[Scheduled]:
    """What a script schedules: rules with their targets, and schedules with theirs."""
    found = list(commands(source, tree))
    rules = {
        one.options["name"]: one
        for one in found
        if one.name == "events put-rule" and _is_told(one.options.get("name", ""))
    }
    for one in found:
        if one.name in _MAKING:
            yield from _of(one, one.options.get("target", ""), source)
        elif one.name == "events put-targets":
            rule = rules.get(one.options.get("rule", ""))
            if rule is not None and "event-pattern" not in rule.options:
                yield from _of(rule, one.options.get("targets", ""), source)


def _of(made: Command, targets: str, source: Source) -> Iterator[Scheduled]:
    """The functions that a schedule runs: of other targets nothing follows."""
    expression = made.options.get(_EXPRESSION, "")
    if not expression or UNTOLD in expression or made.options.get("state") == "DISABLED":
        return
    span = Span(source.path, made.start, made.end)
    for target in _ARN.finditer(targets):
        name = name_in(target[1]) if ":function:" in target[1] else ""
        if name:
            yield Scheduled(name, (expression,), span, waits=False)


def _is_told(name: str) -> bool:
    return bool(name) and UNTOLD not in name
