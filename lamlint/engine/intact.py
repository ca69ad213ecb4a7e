"""Whether a project still reads as it did, but for what a fix meant to change."""

from __future__ import annotations

import dataclasses
import functools
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from lamlint.model import Function, Origin, Resources, Role, Value
from lamlint.text import Edit, Source, Span, Unreadable
from lamlint.text.dataclass import dataclass

if TYPE_CHECKING:
    from lamlint.project import Project
    from lamlint.python import Shelf

_NO_FACT = frozenset(
    {
        "span",
        "block",
        "inline",
        "names",
        "targets",
        "ignores",
        "sources",
        "room",
        "layers_removal",
        "set_by_code",
        "place",
        "places",
        "resolved",
        "variable_places",
        "own_account",
    }
)
"""Fields that hold places, what must change with every edit, or what follows from other fields."""


@dataclass(frozen=True)
class Damage:
    """What a change broke, as a sentence, and the file where it shows."""

    path: str
    reason: str


def damage(
    before: Project, after: Project, changed: Mapping[str, Source], edits: Sequence[Edit]
) -> tuple[Damage, ...]:
    """All that a change broke, at most once a file.

    `changed` holds the changed files as they were.
    """
    found: dict[str, str] = {}
    for path, source in changed.items():
        now = after.tree.read(path)
        if isinstance(now, Unreadable):
            found[path] = f"{path} cannot be read any more: {now.reason}"
        elif not _reads(now, after.shelf) and _reads(source, after.shelf):
            found[path] = f"{path} does not parse any more"
    for (rule, path), count in (_problems(after) - _problems(before)).items():
        found.setdefault(path, f"{path} has {count} more of {rule}")
    for path, reason in _changed_functions(before.functions, after.functions, edits):
        found.setdefault(path, reason)
    for path, reason in _changed_resources(before.resources, after.resources, edits):
        found.setdefault(path, reason)
    return tuple(Damage(path, reason) for path, reason in found.items())


def _problems(project: Project) -> Counter[tuple[str, str]]:
    return Counter((problem.rule, problem.span.path) for problem in project.problems)


def _reads(source: Source, shelf: Shelf) -> bool:
    """Whether a file parses, for the kinds of file that can be judged alone."""
    suffix = source.path.rpartition(".")[2].lower()
    if suffix == "py":
        from lamlint.python import facts

        if facts(source).taken:  # known already; of many modules the trees are gone by now
            return True
        syntax = shelf.of(source)
        return syntax.failure is None and syntax.unread is None
    if suffix == "toml":
        import tomli

        try:
            tomli.loads(source.text)
        except tomli.TOMLDecodeError:
            return False
    return True


def _changed_functions(
    before: Sequence[Function], after: Sequence[Function], edits: Sequence[Edit]
) -> Iterator[tuple[str, str]]:
    """The templates whose functions are other than a fix meant, each with a sentence."""
    written = _by_path(edits)
    present = _by_template(after)
    declared = _by_template(before)
    for template, functions in declared.items():
        others = present.get(template, [])
        if [function.id for function in functions] != [function.id for function in others]:
            yield template, "the templates no longer declare the same functions"
            continue
        for was, now in zip(functions, others, strict=True):
            name = _changed(was, now, written)
            if name is not None:
                yield template, f"the {name} of {was.name} in {template} changed"
    for template in present.keys() - declared.keys():
        yield template, "the templates no longer declare the same functions"


def _changed_resources(
    before: Resources, after: Resources, edits: Sequence[Edit]
) -> Iterator[tuple[str, str]]:
    """The templates whose queues, topics and others are other than a fix meant."""
    written = _by_path(edits)
    present = {resource.id: resource for resource in after}
    for was in before:
        for name, fact in _differences(was, present.get(was.id), ""):
            if not _meant(fact, written):
                yield was.template, f"the {name.lstrip('.')} of {was.name} changed"
                break


def _by_template(functions: Sequence[Function]) -> dict[str, list[Function]]:
    found: dict[str, list[Function]] = {}
    for function in functions:
        found.setdefault(function.template, []).append(function)
    return found


def _by_path(edits: Sequence[Edit]) -> dict[str, list[Edit]]:
    found: dict[str, list[Edit]] = {}
    for edit in edits:
        found.setdefault(edit.span.path, []).append(edit)
    return found


def _changed(was: Function, now: Function, written: Mapping[str, Sequence[Edit]]) -> str | None:
    """The name of a fact that changed without being meant to."""
    if was.role is not None and _renames(was.role, written):
        was, now = (dataclasses.replace(one, role=None) for one in (was, now))
    done = {*_renamed(was, now, written), *_removed(was, now, written)}
    for name, fact in _differences(was, now, ""):
        if name not in done and not _meant(fact, written):
            return name.lstrip(".")
    return None


def _renamed(was: Function, now: Function, written: Mapping[str, Sequence[Edit]]) -> Iterator[str]:
    """The variables to which a fix gave another name, and that kept their values."""
    before, after = was.environment, now.environment
    new = [_content(value) for key, value in after.variables.items() if key not in before.variables]
    for key, place in before.names.items():
        written_over = any(_overlap(edit.span, place) for edit in written.get(place.path, ()))
        if written_over and _content(before.variables[key]) in new:
            yield f".environment.variables[{key}]"


def _removed(was: Function, now: Function, written: Mapping[str, Sequence[Edit]]) -> Iterator[str]:
    """The lists that a fix took out as a whole."""
    spans = [layer.span for layer in was.layers]
    if not now.layers and all(
        any(_overlap(edit.span, span) for edit in written.get(span.path, ())) for span in spans
    ):
        yield ".layers.count"


def _renames(role: Role, written: Mapping[str, Sequence[Edit]]) -> bool:
    """Whether a fix renames an element of a policy, so that what is below it counts."""
    blocks = (block for document in role.documents for block in document.blocks)
    elements = [*(one.elements for one in role.documents), *(one.elements for one in blocks)]
    return any(_meant(key, written) for keys in elements for key in keys.values())


def _differences(was: object, now: object, name: str) -> Iterator[tuple[str, object]]:
    """The facts of one function that are other, or missing, in another reading of it."""
    if was is now:
        return
    parts = _parts(was, now)
    if parts is None and _content(was) != _content(now):
        yield name, was
    for inner, one, other in parts or ():
        yield from _differences(one, other, f"{name}{inner}")


def _parts(was: object, now: object) -> list[tuple[str, object, object]] | None:
    """What two readings of something consist of, side by side; None for a single fact.

    A list has its length as a fact; a mapping has not, since a fix may add to it.
    """
    if isinstance(was, tuple) and isinstance(now, tuple):
        members = enumerate(zip(was, now, strict=False))
        inner = [(f"[{index}]", *pair) for index, pair in members]
        return [(".count", len(was), len(now)), *inner]
    if isinstance(was, Mapping) and isinstance(now, Mapping):
        return [(f"[{key}]", member, now.get(key)) for key, member in was.items()]
    fields = _fields(type(was))  # type: ignore[arg-type]  # every class can be hashed
    if type(was) is not type(now) or not fields:
        return None
    return [(f".{field}", getattr(was, field), getattr(now, field)) for field in fields]


@functools.cache
def _fields(kind: type) -> tuple[str, ...]:
    """The facts that objects of a kind consist of."""
    if not dataclasses.is_dataclass(kind) or kind in (Value, Span):
        return ()
    return tuple(field.name for field in dataclasses.fields(kind) if field.name not in _NO_FACT)


def _content(fact: object) -> object:
    """What must stay: of a value its choices, with their types (1 is not True)."""
    if isinstance(fact, Value):
        return tuple(repr(choice.value) for choice in fact.choices)
    return fact


def _meant(fact: object, written: Mapping[str, Sequence[Edit]]) -> bool:
    """Whether a fix wrote this value; `written` are all edits by their file."""
    if not isinstance(fact, Value):
        return False
    spans = [choice.span for choice in fact.choices if choice.origin is not Origin.DEFAULT]
    places = [*spans, *([] if fact.absent else [fact.span])]
    slots = [choice.slot for choice in fact.choices if choice.slot is not None]
    if fact.vacant is not None:
        slots.append(fact.vacant)
    return any(
        _overlap(edit.span, place) for place in places for edit in written.get(place.path, ())
    ) or any(slot.wrote(edit) for slot in slots for edit in written.get(slot.span.path, ()))


def _overlap(one: Span, other: Span) -> bool:
    return one.path == other.path and one.start < other.end and other.start < one.end
