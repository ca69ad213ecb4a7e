"""What an attribute or an item of a thing is."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from lamlint.dialects.cdk import methods
from lamlint.dialects.cdk.imports import resolved
from lamlint.dialects.cdk.machine import Machine, either, within
from lamlint.dialects.cdk.objects import (
    Class,
    Closure,
    Either,
    Folder,
    Frame,
    Imported,
    Instance,
    Items,
    Keyed,
    Library,
    Made,
    ModuleOf,
    Native,
    Nothing,
    Part,
    Plain,
    Super,
    Thing,
    Unknown,
)
from lamlint.dialects.cdk.place import Place


def of(whole: Thing, name: str, at: Place, frame: Frame, machine: Machine) -> Thing:
    """An attribute of a thing."""
    match whole:
        case Either():
            found = [(of(one, name, at, frame, machine), case) for one, case in whole.choices]
            return either(found, at)
        case Instance():
            return _of_instance(whole, name, at, frame, machine)
        case Super():
            return _above(whole, name, at, frame, machine)
        case Class():
            return _of_class(whole, name, at)
        case ModuleOf():
            return _of_module(whole, name, at, machine)
        case Library():
            return Library(f"{whole.name}.{name}", at)
        case Plain(value=None):
            return Unknown(f"nothing has no {name}", at)
        case Plain() if name == "value":
            return whole
        case Plain() | Folder() | Keyed() | Items():
            return methods.attribute(whole, name, at, machine) or Unknown("it is computed", at)
        case _:
            return methods.attribute(whole, name, at, machine) or Part(whole, name, at)


def _of_instance(whole: Instance, name: str, at: Place, frame: Frame, machine: Machine) -> Thing:
    known = whole.attributes.get(name)
    if known is not None:
        return within(known, frame.case)
    found = _member(whole.of.ancestors(), name)
    if found is None:
        return Part(whole.base or whole, name, at)
    return _bound(found, whole, at, frame, machine)


def _bound(found: Thing, me: Instance, at: Place, frame: Frame, machine: Machine) -> Thing:
    """A member of a class where it is asked of an object: a method is bound, a property called."""
    if not isinstance(found, Closure) or isinstance(found.node, ast.Lambda):
        return found
    marks = {mark.id for mark in found.node.decorator_list if isinstance(mark, ast.Name)}
    if "staticmethod" in marks:
        return found
    receiver: Thing = me.of if "classmethod" in marks else me
    method = Closure(found.node, found.frame, found.at, receiver, found.owner)
    if marks & {"property", "cached_property"}:
        return machine.call(method, Made("", (), {}, at, found.node), frame, machine)
    return method


def _member(classes: Iterator[Class], name: str) -> Thing | None:
    return next((one.members[name] for one in classes if name in one.members), None)


def _above(whole: Super, name: str, at: Place, frame: Frame, machine: Machine) -> Thing:
    """What `super()` gives: of the classes above the one that asks."""
    line = list(whole.me.of.ancestors())
    place = line.index(whole.owner) + 1 if whole.owner in line else len(line)
    found = _member(iter(line[place:]), name)
    if found is not None:
        return _bound(found, whole.me, at, frame, machine)
    library = whole.owner.library
    if name == "__init__" and library is not None:
        return Native(lambda made: _initialised(whole.me, library, made, frame, machine), at)
    return Part(whole.me.base or whole.me, name, at)


def _initialised(
    me: Instance, library: Library, made: Made, frame: Frame, machine: Machine
) -> Thing:
    """What `super().__init__(…)` makes of an object."""
    base = machine.call(library, made, frame, machine)
    if isinstance(base, Made):
        base.site = me.at
        me.base = base
    return Plain(None, made.at)


def _of_class(whole: Class, name: str, at: Place) -> Thing:
    found = _member(whole.ancestors(), name)
    if found is not None:
        return found
    library = whole.library
    return Library(f"{library.name}.{name}", at) if library else Unknown("it is computed", at)


def _of_module(whole: ModuleOf, name: str, at: Place, machine: Machine) -> Thing:
    found = whole.frame.names.get(name)
    if isinstance(found, Imported):
        return resolved(found, machine)
    if found is not None:
        return found
    module = machine.imported(f".{name}", whole.frame.program, machine)
    return ModuleOf(module, at) if module is not None else Unknown("it is computed", at)


def item(whole: Thing, key: Thing, at: Place) -> Thing:
    """An item of a list or a dictionary."""
    if isinstance(whole, Either):
        return either([(item(one, key, at), case) for one, case in whole.choices], at)
    if isinstance(key, Either):
        return either([(item(whole, one, at), case) for one, case in key.choices], at)
    match whole, key:
        case Keyed(), Plain():
            found = whole.members.get(key.value)
            return found.value if found else Unknown(f"there is no {key.value!r} in it", at)
        case Items(), Plain(value=int() as place) if whole.whole:
            if -len(whole.values) <= place < len(whole.values):
                return whole.values[place]
            return Unknown("the list is shorter", at)
        case Keyed(), _:
            return Unknown("the key is not known", at)
        case Nothing(), _:
            return whole
        case _:
            return Unknown("it is an item of what is not known", at)
