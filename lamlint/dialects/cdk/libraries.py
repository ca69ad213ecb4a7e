"""What is known of the standard library: paths, JSON, copies."""

from __future__ import annotations

import json
import posixpath
from collections.abc import Callable, Mapping
from typing import TypeAlias

from lamlint.dialects.build_steps import is_built
from lamlint.dialects.cdk import reading
from lamlint.dialects.cdk.machine import Machine, either
from lamlint.dialects.cdk.natives import as_dict, unknown
from lamlint.dialects.cdk.objects import (
    SYNTHESIZED,
    Either,
    Folder,
    Items,
    Keyed,
    Made,
    Part,
    Plain,
    Text,
    Thing,
    Unknown,
)
from lamlint.dialects.cdk.operators import joined
from lamlint.dialects.cdk.place import Place
from lamlint.files.paths import normal
from lamlint.model.condition import IN_ANY

Applied: TypeAlias = "Callable[[Made, Machine], Thing]"
_DEEPEST = 20
_MOST = 200
"""Of what has more entries no text is made."""
_LATER = "\ue000"
"""What stands in a text for what is known only when the stack is deployed."""


def _join(made: Made, machine: Machine) -> Thing:
    return joined(made.positional, made.at, machine)


def _up(made: Made, _machine: Machine) -> Thing:
    match made.positional:
        case (Folder() as inner,):
            return above(inner, made.at)
        case (Plain(value=str() as written),):
            return Plain(posixpath.dirname(written), made.at)
        case _:
            return unknown(made)


def above(folder: Folder, at: Place) -> Thing:
    """The folder around another one; none of what is around the project."""
    if folder.path in ("", "."):
        return Unknown("it is outside of the project", at)
    return Folder(posixpath.dirname(folder.path), at)


def _same(made: Made, _machine: Machine) -> Thing:
    match made.positional:
        case (Folder() as inner, *_):
            return Folder(normal(inner.path or "."), made.at)
        case (Plain() as inner, *_):
            return inner
        case (Either() as inner, *_):
            return inner
        case _:
            return unknown(made)


def _current(made: Made, machine: Machine) -> Thing:
    """The folder that an app is run in (`os.getcwd()`)."""
    folder = machine.folder
    if made.positional or folder is None:
        return Unknown("the folder in which it is run is not known", made.at)
    return Folder(folder, made.at)


def _moved(made: Made, machine: Machine) -> Thing:
    """`os.chdir(…)`: from there on, nothing is told by the folder that the app was started in."""
    machine.moved = True
    return unknown(made)


def _whole(made: Made, machine: Machine) -> Thing:
    return absolute(made.positional[0], made.at, machine) if made.positional else unknown(made)


def absolute(path: Thing, at: Place, machine: Machine) -> Thing:
    """A path from where the file system begins, so that more than its own parts are above it.

    Where nothing lies there, it stays what is written, which may be found from elsewhere.
    """
    match path:
        case Folder():
            return Folder(normal(path.path or "."), at)
        case Plain(value=str() as written) if machine.folder is not None:
            found = None if written.startswith(("/", "~")) else _in_project(path, machine)
            tree = machine.tree
            there = found is not None and (tree.is_file(found) or tree.is_folder(found))
            return Folder(found, at) if there and found is not None else path
        case Plain(value=str() as written) if written.startswith("/") or not machine.moved:
            return path
        case Either():
            return either([(absolute(one, at, machine), case) for one, case in path.choices], at)
        case _:
            return Unknown("it is computed", at)


def _path(made: Made, machine: Machine) -> Thing:
    if not made.positional:
        return Plain(".", made.at)
    return joined(made.positional, made.at, machine)


def _dumps(made: Made, _machine: Machine) -> Thing:
    """What `json.dumps` makes, without the blanks that options may leave out.

    The only object that a call in TypeScript is given stands in its named arguments. What is known
    only when the stack is deployed is a part of the text.
    """
    given = made.positional[0] if made.positional else as_dict(made)
    later: list[Thing] = []
    try:
        plain = _plain(given, 0, later)
    except _UnknownError:
        return unknown(made)
    written = json.dumps(plain, ensure_ascii=False, separators=(",", ":"))
    if not later:
        return Plain(written, made.at)
    pieces = written.split(_LATER)
    if len(pieces) != len(later) + 1 or "sort_keys" in made.named:
        return unknown(made)
    parts: list[Thing] = [Plain(pieces[0], made.at)]
    between = zip(later, pieces[1:], strict=True)
    parts += [one for thing, text in between for one in (thing, Plain(text, made.at))]
    return Text(tuple(parts), made.at)


class _UnknownError(Exception):
    """Some of what is told as JSON is not known."""


def _plain(thing: Thing, depth: int, later: list[Thing]) -> object:
    match thing:
        case Plain(value=str() as text) if _LATER in text:
            raise _UnknownError
        case Plain():
            return thing.value
        case Part() if thing.name.endswith(("_arn", "_name")):
            later.append(thing)
            return _LATER
        case Keyed() if thing.whole and depth < _DEEPEST and len(thing.members) < _MOST:
            return {
                str(key): _plain(one.value, depth + 1, later) for key, one in thing.members.items()
            }
        case Items() if thing.whole and depth < _DEEPEST and len(thing.values) < _MOST:
            return [_plain(one, depth + 1, later) for one in thing.values]
        case _:
            raise _UnknownError


def copied(made: Made, _machine: Machine) -> Thing:
    """A copy of a list or a dictionary, which is changed for itself."""
    match made.positional:
        case (Keyed() as inner, *_):
            return Keyed(dict(inner.members), inner.at, inner.whole)
        case (Items() as inner, *_):
            return Items(list(inner.values), inner.at, inner.whole)
        case (inner, *_):
            return inner
        case _:
            return unknown(made)


def there(path: Thing, what: str, at: Place, machine: Machine) -> Thing:
    """Whether a path is a `file`, a `folder`, or either; what a build makes may be so by then."""
    known = _in_project(path, machine)
    if known is None:
        return Unknown("whether it is there is not known", at)
    tree = machine.tree
    is_so = (what != "folder" and tree.is_file(known)) or (what != "file" and tree.is_folder(known))
    if not is_so and is_built(known, posixpath.join(machine.root, "cdk.json"), tree):
        return Unknown("a build may make it", at)
    return Plain(is_so, at)


def _in_project(path: Thing, machine: Machine) -> str | None:
    """A path from the project's root; one in code starts where the app is run."""
    match path:
        case Folder(path=folder):
            return normal(folder or ".")
        case Plain(value=str() as written) if not (written.startswith(("/", "~")) or machine.moved):
            found = normal(posixpath.join(machine.root, written))
            return None if found.startswith("..") else found
        case _:
            return None


def _exists(what: str) -> Applied:
    def ask(made: Made, machine: Machine) -> Thing:
        only = made.positional[0] if len(made.positional) == 1 else unknown(made)
        return there(only, what, made.at, machine)

    return ask


def _cast(made: Made, _machine: Machine) -> Thing:
    return made.positional[1] if len(made.positional) == 2 else unknown(made)


def _environment(made: Made, _machine: Machine) -> Thing:
    """A variable of the machine that synthesizes, or its default."""
    held = Unknown(SYNTHESIZED, made.at)
    named = made.named.get("default")
    default = made.positional[1] if len(made.positional) == 2 else named and named.value
    return either([(held, IN_ANY), (default, IN_ANY)], made.at) if default else held


LIBRARIES: Mapping[str, Applied] = {
    "json.load": reading.data,
    "json.loads": reading.data,
    "yaml.safe_load": reading.data,
    "os.environ.get": _environment,
    "os.getenv": _environment,
    "os.path.join": _join,
    "os.path.dirname": _up,
    "os.chdir": _moved,
    "os.fchdir": _moved,
    "os.getcwd": _current,
    "os.path.abspath": _whole,
    "os.path.realpath": _whole,
    "contextlib.chdir": _moved,
    "pathlib.Path.cwd": _current,
    "process.chdir": _moved,
    "process.cwd": _current,
    "node:process.chdir": _moved,
    "node:process.cwd": _current,
    "os.path.normpath": _same,
    "os.fspath": _same,
    "pathlib.Path": _path,
    "pathlib.PurePath": _path,
    "pathlib.PosixPath": _path,
    "json.dumps": _dumps,
    "copy.copy": copied,
    "copy.deepcopy": copied,
    "typing.cast": _cast,
    "os.path.exists": _exists(""),
    "os.path.isdir": _exists("folder"),
    "os.path.isfile": _exists("file"),
    "fs.exists_sync": _exists(""),
    "node:fs.exists_sync": _exists(""),
}
"""Functions of the standard library, by their names from their modules on."""
