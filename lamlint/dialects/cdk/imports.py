"""Which module of the project an import names, and its names once it is run."""

from __future__ import annotations

import posixpath
import sys
from collections.abc import Iterator

from lamlint.dialects.cdk.machine import Machine
from lamlint.dialects.cdk.objects import (
    Folder,
    Frame,
    Imported,
    Library,
    ModuleOf,
    Plain,
    Thing,
    Unknown,
)
from lamlint.dialects.cdk.place import Place
from lamlint.dialects.cdk.program import Program, parse
from lamlint.files.paths import around
from lamlint.files.vendored import vendored
from lamlint.text import Source, Unread, Unreadable

_FOREIGN = ("aws_cdk", "constructs", "os", "pathlib", "json", "typing", "jsii")
"""What is never a module of the project, whatever its files are called."""
WHOLE = "#exports"
"""The name of what stands for a module of Node as a whole, where that is one thing."""
_FARTHEST = 20
"""How many modules may hand a name on."""


def is_foreign(name: str) -> bool:
    """Whether a module is never one of the project."""
    return name.partition(".")[0] in _FOREIGN


def resolved(taken: Imported, machine: Machine) -> Thing:
    """What an import takes from its module, through those that only hand it on."""
    for _ in range(_FARTHEST):
        found = _taken(taken, machine)
        if not isinstance(found, Imported):
            return found
        taken = found
    return Unknown("it is imported from where it is imported", taken.at)


def _taken(taken: Imported, machine: Machine) -> Thing:
    """What stands in the module that an import names."""
    module = machine.imported(taken.module, taken.program, machine)
    if not taken.member:
        if module is None:
            return Library(taken.module, taken.at)
        return module.names.get(WHOLE) or ModuleOf(module, taken.at)
    found = module.names.get(taken.member) if module is not None else None
    if found is not None and found is not taken:
        return found
    joint = "" if taken.module.endswith(".") else "."
    path = f"{taken.module}{joint}{taken.member}"
    below = machine.imported(path, taken.program, machine)
    return ModuleOf(below, taken.at) if below is not None else Library(path.lstrip("."), taken.at)


def imported(name: str, asking: Program, machine: Machine) -> Frame | None:
    """The names of a module that another one imports; None where it is not of the project."""
    if is_foreign(name):
        return None
    for path in _candidates(name, asking.path):
        if machine.tree.is_file(path):
            return load(path, machine)
    path = "" if name.startswith(".") else _installed(name, machine)
    return load(path, machine) if path else None


def _installed(name: str, machine: Machine) -> str:
    """The one file of the project that can be imported by a name, wherever its package lies.

    What others wrote is installed for the functions that it lies beside, and not for the app.
    """
    if not machine.files:
        brought = vendored(machine.tree)
        for path in machine.tree.sources():
            if path.endswith(".py") and not brought.holds(path):
                stem = path.removesuffix(".py").removesuffix("/__init__")
                machine.files.setdefault(posixpath.basename(stem), []).append(path)
    *_, last = name.split(".")
    ends = tuple(f"/{end}" for end in _files("", name))
    top = name.partition(".")[0]
    if top in sys.stdlib_module_names:
        return ""
    found = [path for path in machine.files.get(last, ()) if f"/{path}".endswith(ends)]
    return found[0] if len(found) == 1 else ""


def _why_refused(source: Source) -> Unread:
    from lamlint.python.module.parse import why_refused  # this needs LibCST

    return why_refused(source)


def load(path: str, machine: Machine, *, main: bool = False) -> Frame | None:
    """The names of a module, which is run once."""
    if path in machine.modules:
        return machine.modules[path]
    source = machine.tree.read(path)
    program = None if isinstance(source, Unreadable) else parse(source)
    if program is None and isinstance(source, Source):
        machine.tree.unread.add(_why_refused(source))
    if program is not None:
        machine.budget.widen(len(program.source.text))
    if program is None or not machine.budget.affords(characters=len(program.source.text)):
        machine.modules[path] = None
        return None
    frame = Frame(program)
    at = Place.of(program.source, 0, 0)
    frame.names["__file__"] = Folder(path, at)
    frame.names["__name__"] = Plain("__main__" if main else path, at)
    machine.modules[path] = frame
    machine.execute(program.tree.body, frame, machine)
    return frame


def _candidates(name: str, asking: str) -> Iterator[str]:
    """The files that a module may be, the likeliest first."""
    folder = posixpath.dirname(asking)
    if name.startswith("."):
        inner = name.lstrip(".")
        for _ in range(len(name) - len(inner) - 1):
            folder = posixpath.dirname(folder)
        yield from _files(folder, inner)
        return
    for above in around(folder):
        if above != ".":
            yield from _files(above, name)


def _files(folder: str, name: str) -> Iterator[str]:
    stem = posixpath.join(folder, *name.split(".")) if name else folder
    if name:
        yield f"{stem}.py"
    yield posixpath.join(stem, "__init__.py")
