"""Folders of a run that their own configuration has checked less than the project around them."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence

from lamlint.engine.scope import Scope
from lamlint.files.paths import below
from lamlint.text import Related, Span


def relaxed(scope: Scope, scopes: Sequence[Scope]) -> tuple[Related, ...]:
    """What the configuration of a scope takes from what the project around it would check."""
    around = [one for one in scopes if one is not scope and below(scope.root, one.root)]
    if not around or not scope.config.file:
        return ()
    outer = max(around, key=lambda one: len(one.root))
    path = os.path.relpath(scope.config.file, scope.root).replace(os.sep, "/")
    told = "; ".join(_less(scope, outer))
    return (Related(Span(path, 0, 0), told),) if told else ()


def _less(scope: Scope, outer: Scope) -> Iterator[str]:
    off = {rule.name for rule in outer.running} - {rule.name for rule in scope.running}
    if off:
        named = ", ".join(sorted(off)[:3]) + (", …" if len(off) > 3 else "")
        yield f"{len(off)} {'rule is' if len(off) == 1 else 'rules are'} off ({named})"
    config = scope.config
    if any(each.layer.ignore or each.layer.select is not None for each in config.overrides):
        yield "rules are off for some paths"
    if any(each.severity for each in config.overrides):
        yield "findings are not shown for some paths"
    if config.ignores:
        yield "single findings are ignored"
    if config.exclude.written:
        yield "files are excluded"
    if scope.severity > outer.severity:
        yield f"nothing below {scope.severity.label} is shown"
    if config.fail_on > outer.config.fail_on:
        yield f"the run fails from {config.fail_on.label} on"
