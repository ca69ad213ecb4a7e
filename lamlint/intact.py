"""Whether a project still reads as it did, but for what a fix meant to change."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from lamlint.model import Function, Origin, Value
from lamlint.text import Edit, Source, Span, Unreadable

if TYPE_CHECKING:
    from lamlint.project import Project

_NO_FACT = frozenset({"span", "block", "inline", "names", "targets", "ignores", "sources"})
"""Fields that hold places, or what must change with every edit."""


def damage(
    before: Project, after: Project, changed: Mapping[str, Source], edits: Sequence[Edit]
) -> str | None:
    """What a change broke, as a sentence; None when all is as it should be.

    `changed` holds the changed files as they were.
    """
    for path, source in changed.items():
        now = after.tree.read(path)
        if isinstance(now, Unreadable):
            return f"{path} cannot be read any more: {now.reason}"
        if _reads(source) and not _reads(now):
            return f"{path} does not parse any more"
    for problem, count in (_problems(after) - _problems(before)).items():
        return f"{problem[1]} has {count} more of {problem[0]}"
    return _changed_function(before.functions, after.functions, edits)


def _problems(project: Project) -> Counter[tuple[str, str]]:
    return Counter((problem.rule, problem.span.path) for problem in project.problems)


def _reads(source: Source) -> bool:
    """Whether a file parses, for the kinds of file that can be judged alone."""
    suffix = source.path.rpartition(".")[2].lower()
    if suffix == "py":
        from lamlint.python.parses import parses

        return parses(source)
    if suffix == "toml":
        import tomli

        try:
            tomli.loads(source.text)
        except tomli.TOMLDecodeError:
            return False
    return True


def _changed_function(
    before: Sequence[Function], after: Sequence[Function], edits: Sequence[Edit]
) -> str | None:
    if [function.id for function in before] != [function.id for function in after]:
        return "the templates no longer declare the same functions"
    for was, now in zip(before, after, strict=True):
        facts = dict(_facts(now, ""))
        for name, fact in _facts(was, ""):
            same = name in facts and _content(facts[name]) == _content(fact)
            if not same and not _meant(fact, edits):
                return f"the {name.lstrip('.')} of {was.name} in {was.template} changed"
    return None


def _facts(holder: object, name: str) -> Iterator[tuple[str, object]]:
    """Every value a function holds, by the path that leads there.

    A list has its length as a fact; a mapping has not, since a fix may add to it.
    """
    if isinstance(holder, tuple):
        yield f"{name}.count", len(holder)
        for index, member in enumerate(holder):
            yield from _facts(member, f"{name}[{index}]")
    elif isinstance(holder, Mapping):
        for key, member in holder.items():
            yield from _facts(member, f"{name}[{key}]")
    elif dataclasses.is_dataclass(holder) and not isinstance(holder, Value | Span):
        for field in dataclasses.fields(holder):
            if field.name not in _NO_FACT:
                yield from _facts(getattr(holder, field.name), f"{name}.{field.name}")
    else:
        yield name, holder


def _content(fact: object) -> object:
    """What must stay: of a value its choices, with their types (1 is not True)."""
    if isinstance(fact, Value):
        return tuple(repr(choice.value) for choice in fact.choices)
    return fact


def _meant(fact: object, edits: Iterable[Edit]) -> bool:
    """Whether a fix wrote this value."""
    if not isinstance(fact, Value):
        return False
    written = [choice.span for choice in fact.choices if choice.origin is not Origin.DEFAULT]
    places = [*written, *([] if fact.absent else [fact.span])]
    slots = [choice.slot for choice in fact.choices if choice.slot is not None]
    return any(
        any(_overlap(edit.span, place) for place in places)
        or any(slot.wrote(edit) for slot in slots)
        for edit in edits
    )


def _overlap(one: Span, other: Span) -> bool:
    return one.path == other.path and one.start < other.end and other.start < one.end
