"""Fixes that would also change functions of which their finding says nothing.

One construct of the CDK in a helper, or one resource of a module, makes several functions, and
what stands in `Globals` or `provider` is that of all: what is written there for one of them is
written for the others, too.
"""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from lamlint.model import Function, Origin, Value
from lamlint.text import Edit, Finding, Fix, Span

_OF_ARCHIVES = frozenset({"runtime", "handler"})
"""What images may be given, and have no use for."""


def spared(functions: Sequence[Function], findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings, without the fixes that would change functions of which their rule is silent."""
    told = tuple(findings)
    if not any(finding.fix is not None and finding.subjects for finding in told):
        return told
    makers, places = _makers(functions), _places(functions)
    concerned = defaultdict[str, set[str]](set)
    for finding in told:
        concerned[finding.rule].update(finding.subjects)

    def is_wide(finding: Finding, fix: Fix) -> bool:
        names = set(finding.subjects)
        changed = set().union(*(_changed(edit, names, makers, places) for edit in fix.edits))
        return bool(changed - concerned[finding.rule])

    return tuple(
        dataclasses.replace(one, fix=None)
        if one.subjects and one.fix is not None and is_wide(one, one.fix)
        else one
        for one in told
    )


def _changed(
    edit: Edit, names: set[str], makers: dict[Span, set[str]], places: dict[Span, set[str]]
) -> set[str]:
    """The functions that an edit changes: those whose value it writes anew, or all of a maker."""
    if edit.span in places:
        return places[edit.span]
    found: set[str] = set()
    for block, made in makers.items():
        if block.covers(edit.span) and not made.isdisjoint(names):
            found |= made
    return found


def _makers(functions: Sequence[Function]) -> dict[Span, set[str]]:
    """What makes several functions, each with their names."""
    made = defaultdict[Span, set[str]](set)
    for function in functions:
        made[function.block].add(function.name)
    return {block: names for block, names in made.items() if len(names) > 1}


def _places(functions: Sequence[Function]) -> dict[Span, set[str]]:
    """Where values stand, each with the functions that have it from there."""
    found = defaultdict[Span, set[str]](set)
    for function in functions:
        for place in _written(function):
            found[place].add(function.name)
    return found


def _written(function: Function) -> Iterator[Span]:
    image = function.package_type.is_in(["Image"])
    for field in dataclasses.fields(function):
        value = getattr(function, field.name)
        if not isinstance(value, Value) or (image and field.name in _OF_ARCHIVES):
            continue
        for choice in value.choices:
            if choice.origin is not Origin.DEFAULT:
                yield choice.span
