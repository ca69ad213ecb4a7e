"""The resources of an app, as a template would declare them: what the CDK makes of constructs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field
from typing import TypeAlias

from lamlint.dialects.cdk.machine import Machine
from lamlint.dialects.cdk.nodes import Lowering
from lamlint.dialects.cdk.objects import (
    Either,
    Frame,
    Made,
    Plain,
    Text,
    Thing,
    construct,
)
from lamlint.dialects.cdk.place import Place
from lamlint.dialects.tree.node import Entry, MappingNode, ScalarNode
from lamlint.model.condition import Case
from lamlint.text.dataclass import dataclass

Path: TypeAlias = "tuple[str, ...]"
SCOPES = ("scope", "scope_")
IDS = ("id", "id_", "construct_id")


@dataclass(eq=False)
class Template:
    """The resources of an app so far. `logical` are the ids of constructs, by their identity.

    `ids` are the ids that are taken, `conditions` what holds where resources are there, by name.
    """

    machine: Machine
    logical: dict[int, str] = field(default_factory=dict)
    resources: dict[str, Entry] = field(default_factory=dict)
    conditions: dict[str, Case] = field(default_factory=dict)

    def lowering(self, made: Made) -> Lowering:
        """Makes nodes of what is given to a call."""
        return Lowering(self.logical, (made.at, made.block), self.machine.budget)

    def frame(self, at: Place) -> Frame | None:
        """The names of the module in which something stands."""
        return self.machine.modules.get(at.source.path)

    def add(
        self,
        name: str,
        key: Place,
        made: Made,
        kind: str,
        properties: MappingNode,
        asset: str = "",
        *,
        bundled: bool = False,
    ) -> None:
        """Add a resource; `asset` is the path of its content, which something may be made of."""
        at = made.block
        body = MappingNode(at.source, *at.bounds)
        for word, node in (("Type", scalar(at, kind)), ("Properties", properties)):
            body.entries.append(Entry(scalar(at, word), node, node.start, node.end))
        if asset:
            inner = MappingNode(at.source, *at.bounds)
            path = scalar(at, asset)
            inner.entries.append(Entry(scalar(at, "aws:asset:path"), path, *at.bounds))
            if bundled:
                told = scalar(at, "true")
                inner.entries.append(Entry(scalar(at, "aws:asset:is-bundled"), told, *at.bounds))
            body.entries.append(Entry(scalar(at, "Metadata"), inner, *at.bounds))
        if made.case:
            condition = f"Condition{len(self.conditions)}"
            self.conditions[condition] = made.case
            node = scalar(at, condition)
            body.entries.append(Entry(scalar(at, "Condition"), node, node.start, node.end))
        named = ScalarNode(key.source, key.start, key.end, name, '"')
        self.resources[name] = Entry(named, body, *at.bounds)


def scalar(at: Place, text: str) -> ScalarNode:
    """A text that the CDK writes itself."""
    return ScalarNode(at.source, *at.bounds, text, '"', writable=False)


def given(made: Made, *names: str, place: int | None = None) -> Thing | None:
    """The argument of a call by any of its names, or its place."""
    for name in names:
        if name in made.named:
            return made.named[name].value
    return made.positional[place] if place is not None and place < len(made.positional) else None


def is_construct(made: Made) -> bool:
    """Whether a call makes a construct: a class of a library, with a scope and an id."""
    last, taken = made.name.rpartition(".")[2], is_taken(made)
    if made.receiver is not None or not (last[:1].isupper() or taken):
        return False
    if taken and given(made, *SCOPES) is None and len(made.positional) < 2:
        return False
    return given(made, *IDS, place=1) is not None or not made.whole


def is_taken(made: Made) -> bool:
    """Whether a construct stands for what is there already (`Queue.from_queue_arn`)."""
    return made.name.rpartition(".")[2].startswith("from_")


def id_of(made: Made) -> Thing | None:
    """The id that a construct is given."""
    return given(made, *IDS, place=1)


def paths_of(calls: Sequence[Made]) -> dict[int, Path]:
    """The paths of constructs in their app, by the calls' identities."""
    paths: dict[int, Path] = {}
    taken: dict[Path, int] = {}
    for made in (one for one in calls if is_construct(one)):
        above = construct(given(made, *SCOPES, place=0) or made)
        base = paths.get(id(above), ())
        path = (*base[-8:], _written(id_of(made)) or made.name.rpartition(".")[2])
        again = taken.get(path, 0)
        taken[path] = again + 1
        paths[id(made)] = (*path[:-1], f"{path[-1]}~{again + 1}") if again else path
    return paths


def short(paths: Mapping[int, Path]) -> dict[int, str]:
    """Of each path the last part, where no other path ends so; else more of it."""
    found: dict[int, str] = {}
    left = dict(paths)
    length = 1
    while left and length < 10:
        counted: dict[Path, int] = {}
        for path in paths.values():
            counted[path[-length:]] = counted.get(path[-length:], 0) + 1
        for key, path in list(left.items()):
            if counted[path[-length:]] == 1 or length >= len(path):
                found[key] = "/".join(path[-length:])
                del left[key]
        length += 1
    return found | {key: "/".join(path) for key, path in left.items()}


def _written(thing: Thing | None) -> str:
    """An id as far as it is known."""
    match thing:
        case Plain():
            return str(thing.value)
        case Text():
            return "".join(_written(part) for part in thing.parts)
        case Either():
            return _written(thing.choices[0][0])
        case None:
            return ""
        case _:
            return f"${{{thing.at.outline}}}"
