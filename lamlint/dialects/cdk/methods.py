"""What is known of the methods and attributes of Python's values, and of paths."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Mapping, Sequence

from lamlint.dialects.cdk import reading
from lamlint.dialects.cdk.libraries import above, absolute, copied, there
from lamlint.dialects.cdk.machine import Machine, mixed
from lamlint.dialects.cdk.natives import LONGEST_RANGE, as_dict, iterated, unknown
from lamlint.dialects.cdk.objects import (
    Folder,
    Items,
    Keyed,
    Made,
    Member,
    Native,
    Nothing,
    Plain,
    Primitive,
    Text,
    Thing,
)
from lamlint.dialects.cdk.operators import joined, text
from lamlint.dialects.cdk.place import Place


def attribute(whole: Thing, name: str, at: Place, machine: Machine) -> Thing | None:
    """An attribute of a value of Python; None for one that is not known."""
    if isinstance(whole, Folder) and name in _FOLDERS:
        return _FOLDERS[name](whole, at)
    path = isinstance(whole, Plain) and isinstance(whole.value, str) and name == "parent"
    if path and isinstance(whole, Plain):
        return Plain(posixpath.dirname(str(whole.value)), at)
    method = _METHODS.get((type(whole), name))
    return Native(lambda made: method(whole, made, machine), at) if method is not None else None


_FOLDERS: Mapping[str, Callable[[Folder, Place], Thing]] = {
    "parent": above,
    "name": lambda whole, at: Plain(posixpath.basename(whole.path), at),
    "stem": lambda whole, at: Plain(posixpath.splitext(posixpath.basename(whole.path))[0], at),
    "parents": lambda whole, at: Items(_above(whole, at), at),
}


def _above(whole: Folder, at: Place) -> list[Thing]:
    found: list[Thing] = []
    path = whole.path
    while path and len(found) < 20:
        path = posixpath.dirname(path)
        found.append(Folder(path, at))
    return found


def _itself(whole: Thing, _made: Made, _machine: Machine) -> Thing:
    return whole


def _absolute(whole: Thing, made: Made, machine: Machine) -> Thing:
    return absolute(whole, made.at, machine)


def _below(whole: Thing, made: Made, machine: Machine) -> Thing:
    return joined([whole, *made.positional], made.at, machine)


def _get(whole: Thing, made: Made, _machine: Machine) -> Thing:
    if not isinstance(whole, Keyed) or not made.positional:
        return unknown(made)
    key, *default = made.positional
    if not isinstance(key, Plain) or not (whole.whole or key.value in whole.members):
        return unknown(made)
    found = whole.members.get(key.value)
    if found is not None:
        return found.value
    return default[0] if default else Plain(None, made.at)


def _pop(whole: Thing, made: Made, machine: Machine) -> Thing:
    found = _get(whole, made, machine)
    key = made.positional[0] if made.positional else None
    if isinstance(whole, Keyed) and isinstance(key, Plain):
        whole.members.pop(key.value, None)
    return found


def _there(what: str) -> Callable[[Thing, Made, Machine], Thing]:
    return lambda whole, made, machine: there(whole, what, made.at, machine)


def _set_default(whole: Thing, made: Made, _machine: Machine) -> Thing:
    match made.positional:
        case (Plain() as key, value) if isinstance(whole, Keyed):
            if key.value not in whole.members and whole.whole:
                whole.members[key.value] = Member(key.at, value)
            return _get(whole, made, _machine)
        case _:
            return unknown(made)


def _update(whole: Thing, made: Made, _machine: Machine) -> Thing:
    if isinstance(whole, Keyed):
        new = as_dict(made)
        for name, one in new.members.items():
            put(whole, name, one, made)
        whole.whole = whole.whole and new.whole
    return Plain(None, made.at)


def put(whole: Keyed, name: Primitive, one: Member, made: Made) -> None:
    """Set a key of a dictionary, where what holds at a call does."""
    before = whole.members.get(name)
    old = before.value if before is not None else Nothing(one.key)
    whole.members[name] = Member(one.key, mixed(old, one.value, made.case))


def _entries(whole: Thing, made: Made, _machine: Machine) -> Thing:
    if not isinstance(whole, Keyed):
        return unknown(made)
    rows = [
        Items([Plain(name, one.key), one.value], one.key) for name, one in whole.members.items()
    ]
    return Items(list(rows), whole.at, whole.whole)


def _values(whole: Thing, made: Made, _machine: Machine) -> Thing:
    if not isinstance(whole, Keyed):
        return unknown(made)
    return Items([one.value for one in whole.members.values()], whole.at, whole.whole)


def _keys(whole: Thing, made: Made, _machine: Machine) -> Thing:
    if not isinstance(whole, Keyed):
        return unknown(made)
    return Items([Plain(n, one.key) for n, one in whole.members.items()], whole.at, whole.whole)


def _copy(whole: Thing, made: Made, machine: Machine) -> Thing:
    made.positional = (whole,)
    return copied(made, machine)


def _append(whole: Thing, made: Made, _machine: Machine) -> Thing:
    if isinstance(whole, Items):
        whole.values.extend(made.positional[-1:])
    return Plain(None, made.at)


def _extend(whole: Thing, made: Made, _machine: Machine) -> Thing:
    items = iterated(made.positional[0]) if made.positional else None
    if isinstance(whole, Items):
        whole.values.extend(items or ())
        whole.whole = whole.whole and items is not None
    return Plain(None, made.at)


def _replace(whole: Thing, made: Made, machine: Machine) -> Thing:
    """`text.replace(old, new)`, everywhere or at the first places only."""
    match made.positional:
        case (_, _, Plain(value=int() as most)) if not isinstance(most, bool):
            made.positional = made.positional[:2]
        case _:
            most = -1
    return _of_text(lambda text, given: _replaced(text, given, most))(whole, made, machine)


def _replaced_around(whole: Thing, made: Made, _machine: Machine) -> Thing:
    """The same, in all parts of a text that are known; what is between them may have it, too."""
    match whole, made.positional:
        case Text(), (Plain(value=str() as old), Plain(value=str() as new)) if old:
            parts = (
                Plain(_replaced(str(one.value), (old, new), -1), one.at)
                if isinstance(one, Plain)
                else one
                for one in whole.parts
            )
            return Text(tuple(parts), made.at)
        case _:
            return unknown(made)


def _of_text(
    change: Callable[[str, Sequence[str]], str],
) -> Callable[[Thing, Made, Machine], Thing]:
    def applied(whole: Thing, made: Made, machine: Machine) -> Thing:
        given = [one.value for one in made.positional if isinstance(one, Plain)]
        texts = [one for one in given if isinstance(one, str)]
        if len(texts) != len(made.positional) or made.named or not isinstance(whole, Plain):
            return unknown(made)
        new = change(str(whole.value), texts)
        return Plain(new, made.at) if machine.budget.affords(characters=len(new)) else unknown(made)

    return applied


def _replaced(whole: str, given: Sequence[str], most: int) -> str:
    if len(given) != 2 or len(whole) * max(len(given[1]), 1) > 100_000:
        return whole
    return whole.replace(given[0], given[1], most)


def _joined_by(whole: Thing, made: Made, machine: Machine) -> Thing:
    items = iterated(made.positional[0]) if made.positional else None
    if items is None:
        return unknown(made)
    parts: list[Thing] = []
    for item in items:
        parts.extend([whole, item] if parts else [item])
    return text(parts, made.at, machine)


def _split(whole: Thing, made: Made, _machine: Machine) -> Thing:
    given = [one.value for one in made.positional if isinstance(one, Plain)]
    by = given[0] if given else None
    if not isinstance(whole, Plain) or not (by is None or (isinstance(by, str) and by)):
        return unknown(made)
    pieces = str(whole.value).split(by)
    if len(pieces) > LONGEST_RANGE:
        return unknown(made)
    return Items([Plain(piece, made.at) for piece in pieces], made.at)


def _formatted(whole: Thing, made: Made, machine: Machine) -> Thing:
    """`"{}-{name}".format(…)`, without any formats."""
    if not isinstance(whole, Plain) or not isinstance(whole.value, str):
        return unknown(made)
    parts: list[Thing] = []
    left = list(made.positional)
    for number, piece in enumerate(whole.value.split("{")):
        name, closed, rest = piece.partition("}")
        if number == 0:
            parts.append(Plain(piece, made.at))
        elif not closed:
            return unknown(made)
        else:
            named = made.named.get(name)
            one = named.value if named else (left.pop(0) if not name and left else unknown(made))
            parts += [one, Plain(rest, made.at)]
    return text(parts, made.at, machine)


_METHODS: Mapping[tuple[type, str], Callable[[Thing, Made, Machine], Thing]] = {
    **{(Folder, name): _itself for name in ("resolve", "absolute", "as_posix", "expanduser")},
    (Folder, "joinpath"): _below,
    (Folder, "read"): reading.text,
    (Folder, "read_text"): reading.text,
    (Folder, "open"): _itself,
    **{(kind, "exists"): _there("") for kind in (Folder, Plain)},
    **{(kind, "is_file"): _there("file") for kind in (Folder, Plain)},
    **{(kind, "is_dir"): _there("folder") for kind in (Folder, Plain)},
    (Keyed, "get"): _get,
    (Keyed, "pop"): _pop,
    (Keyed, "setdefault"): _set_default,
    (Keyed, "update"): _update,
    (Keyed, "items"): _entries,
    (Keyed, "values"): _values,
    (Keyed, "keys"): _keys,
    (Keyed, "copy"): _copy,
    (Items, "append"): _append,
    (Items, "extend"): _extend,
    (Items, "copy"): _copy,
    (Plain, "lower"): _of_text(lambda whole, _: whole.lower()),
    (Plain, "upper"): _of_text(lambda whole, _: whole.upper()),
    (Plain, "title"): _of_text(lambda whole, _: whole.title()),
    (Plain, "capitalize"): _of_text(lambda whole, _: whole.capitalize()),
    (Plain, "strip"): _of_text(lambda whole, _: whole.strip()),
    (Plain, "replace"): _replace,
    (Text, "replace"): _replaced_around,
    (Plain, "resolve"): _absolute,
    (Plain, "absolute"): _absolute,
    (Plain, "as_posix"): _itself,
    (Plain, "join"): _joined_by,
    (Plain, "joinpath"): _below,
    (Plain, "split"): _split,
    (Plain, "format"): _formatted,
}
"""Methods by the kind of value that has them."""
