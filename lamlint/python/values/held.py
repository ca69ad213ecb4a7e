"""What an attribute of an object may be: as its methods set it, or its class, or who fills it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from lamlint.python.values import gathered
from lamlint.python.values.answered import answered
from lamlint.python.values.anywhere import may_be_set
from lamlint.python.values.attributes import lineage, own_frames, property_of
from lamlint.python.values.declared_fields import given_by_call, of_line
from lamlint.python.values.filled_fields import filled, is_filled
from lamlint.python.values.kinds import UNKNOWN, Values, union
from lamlint.python.values.named import member
from lamlint.python.values.objects import Class, Edge, Frame, Namespace, Own, Passing
from lamlint.python.values.set_attributes import Setting, part, set_by

if TYPE_CHECKING:
    from lamlint.python.module import cst
    from lamlint.python.values.asker import Asker
    from lamlint.python.values.objects import Thing

_MOST_SET = 12
"""What more places set is not looked at: each of them may lead to all of the others."""


def held(asked: Asker, node: cst.Attribute, frame: Frame, depth: int) -> Values:
    """What an attribute holds, of whichever of the things that its owner may be."""
    name = node.attr.value
    owners = asked.analysis.things(node.value, frame)
    found = union([_of(asked, owner, node, frame, depth) for owner in owners])
    return gathered.as_kept(asked, found, name)


def _of(asked: Asker, owner: Thing, node: cst.Attribute, frame: Frame, depth: int) -> Values:
    analysis, name = asked.analysis, node.attr.value
    if isinstance(owner, Namespace):
        return member(asked, owner.module, name, depth)
    if isinstance(owner, Own) and (routine := property_of(analysis, owner, name)):
        edge = Edge(frame, node, Passing.NOTHING, owner)
        return answered(asked, routine, edge, depth)
    if not isinstance(owner, Own | Class):
        return UNKNOWN
    fills = isinstance(owner, Own) and is_filled(analysis, owner.of)
    if may_be_set(analysis, name):
        return UNKNOWN
    if isinstance(owner, Own) and fills:
        return _filled(asked, owner, name, depth)
    return union(_of_object(asked, owner, name, depth))


def _filled(asked: Asker, owner: Own, name: str, depth: int) -> Values:
    """What a field is that a library fills from the environment."""
    field = filled(asked.analysis, owner, name)
    if field is None:
        return UNKNOWN
    for one in [asked.variables.fixed(variable) for variable in field.variables]:
        if one is None:
            return UNKNOWN
        if one != {None}:
            return frozenset(map(field.read, map(str, one))) if None not in one else UNKNOWN
    if field.default is None:
        return UNKNOWN
    return asked.values(field.default, field.home, depth + 1)


def _of_object(asked: Asker, owner: Own | Class, name: str, depth: int) -> Iterator[Values]:
    """What the methods of a class make of an attribute, and what its body does."""
    of = owner.of if isinstance(owner, Own) else owner
    is_set = False
    for current in lineage(asked.analysis, of):
        made, of_all = set_by(current, name)
        if len(made) + len(of_all) > _MOST_SET:
            yield UNKNOWN
            return
        is_set = is_set or bool(made or of_all)
        for setting in made:
            homes = own_frames(asked.analysis, current, setting[0], owner)
            for home in homes:
                yield _setting(asked, setting, home, depth)
            if not homes:
                of_all = (*of_all, setting)
        if of_all:
            yield _set_on_all(asked, current, name, of_all, depth)
    for current in lineage(asked.analysis, of):
        bindings = current.module.scopes.own(current.node).bindings.get(name, ())
        for binding in bindings:
            if not is_set or binding.value is not None:
                yield of_line(asked, current, binding, owner, depth)
        if bindings:
            return
    if not is_set and isinstance(owner, Own):
        yield given_by_call(asked, owner, name, depth)


def _set_on_all(asked: Asker, of: Class, name: str, found: Sequence[Setting], depth: int) -> Values:
    """What methods set an attribute to, whichever object they run on: known once for all."""
    key = (id(of.node), name, len(found), depth)
    if key not in asked.set_on_all:
        homes = ((one, asked.analysis.static(of.module, one[0])) for one in found)
        asked.set_on_all[key] = union(_setting(asked, one, home, depth) for one, home in homes)
    return asked.set_on_all[key]


def _setting(asked: Asker, setting: Setting, home: Frame, depth: int) -> Values:
    one = part(*setting[1:])
    return UNKNOWN if one is None else asked.values(one, home, depth + 1)
