"""What is got by a name that the code makes up: `getattr`, `globals`, `import_module`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

import libcst as cst

from lamlint.python.module.scope import How
from lamlint.python.values.arguments import argument
from lamlint.python.values.attributes import lineage
from lamlint.python.values.containers import constant
from lamlint.python.values.objects import Class, Frame, Namespace, Own, Routine, Thing
from lamlint.python.values.spelling import Pieces, fits, modules, spelled

if TYPE_CHECKING:
    from lamlint.python.module.module import Module
    from lamlint.python.values.analysis import Analysis

FULL = frozenset(
    {
        "pydoc.locate", "pkgutil.resolve_name", "django.utils.module_loading.import_string",
        "werkzeug.utils.import_string",
    }
)  # fmt: skip
"""What is given the full name of a class or function, and gives what it names."""
READING = FULL | frozenset(
    {"getattr", "globals", "vars", "importlib.import_module", "__import__", "sys.modules.get"}
)
_MOST_MODULES = 100
"""More modules than these are no choice of which any is likely."""
_MOST = 40
"""More functions than these are no choice of which any is likely."""


def read(analysis: Analysis, name: str, node: cst.Call, frame: Frame) -> Iterator[Thing]:
    """What a call that looks something up by name gives."""
    first = argument(node, 0)
    if name == "globals" or (name == "vars" and first is None):
        yield Namespace(frame.module)
    elif first is None:
        return
    elif name == "vars":
        yield from analysis.things(first, frame)
    elif name == "getattr":
        yield from _attribute(analysis, first, node, frame)
    elif name in FULL:
        yield from _by_full_name(analysis, first, frame)
    else:
        package = argument(node, 1, "package") if name.endswith("import_module") else None
        found = list(module(analysis, first, frame, package))
        if name == "__import__" and argument(node, 3, "fromlist") is None:
            tops = (one.module.name.partition(".")[0] for one in found)
            outer = [analysis.codebase.module(top) for top in tops]
            found = [Namespace(one) for one in outer if one is not None]
        yield from dict.fromkeys(found)


def named(analysis: Analysis, owner: Thing, key: cst.CSTNode, frame: Frame) -> Iterator[Thing]:
    """The attributes of a thing that a text may name."""
    known = constant(analysis, key, frame)
    if known is not None:
        yield from analysis.attribute(owner, known)
        return
    found: dict[Thing, None] = {}
    choices = list(spelled(analysis, analysis.text(key, frame)))
    for name in _names(analysis, owner):
        if any(_may_be(pieces, name) for pieces in choices):
            for thing in analysis.attribute(owner, name):
                if isinstance(thing, Routine) and thing.node is not frame.node:
                    found[replace(thing, guessed=True)] = None
                elif isinstance(thing, Class) and not isinstance(owner, Own):
                    found[thing] = None
    if len(found) <= _MOST:
        yield from found


def _attribute(
    analysis: Analysis, owner: cst.CSTNode, node: cst.Call, frame: Frame
) -> Iterator[Thing]:
    if len(node.args) > 1:
        for thing in analysis.things(owner, frame):
            yield from named(analysis, thing, node.args[1].value, frame)
    for default in node.args[2:3]:
        yield from analysis.things(default.value, frame)


def module(
    analysis: Analysis, name: cst.CSTNode, frame: Frame, package: cst.CSTNode | None = None
) -> Iterator[Namespace]:
    """The modules that a text may name; a relative one is looked for in a package."""
    if isinstance(name, cst.Name) and name.value == "__name__":
        yield Namespace(frame.module)
        return
    home = None if package is None else analysis.text(package, frame).literal
    found: dict[Namespace, None] = {}
    for pieces in spelled(analysis, analysis.text(name, frame)):
        whole = _absolute(pieces, frame.module, home)
        for full in modules(whole, analysis.codebase.within):
            one = analysis.codebase.module(full)
            if one is not None:
                found[Namespace(one)] = None
    if len(found) <= _MOST_MODULES:
        yield from found


def _absolute(pieces: Pieces, module: Module, home: str | None) -> Pieces:
    """A name that starts with dots, from the package that they count from."""
    first = pieces[0] or ""
    level = len(first) - len(first.lstrip("."))
    if not level:
        return pieces
    if home is None:
        package = module.absolute("." * level)
    else:
        package = ".".join(home.split(".")[: len(home.split(".")) - level + 1])
    return (f"{package}.{first[level:]}", *pieces[1:])


def _by_full_name(analysis: Analysis, name: cst.CSTNode, frame: Frame) -> Iterator[Thing]:
    """What the full name of a class or function leads to: "pkg.mod.Class", "pkg.mod:make"."""
    for text in analysis.text(name, frame).literals:
        owner, _, rest = text.partition(":") if ":" in text else text.rpartition(".")
        found = analysis.codebase.module(owner)
        things: list[Thing] = [] if found is None else [Namespace(found)]
        for step in rest.split("."):
            things = [inner for thing in things for inner in analysis.attribute(thing, step)]
        yield from things


def _names(analysis: Analysis, owner: Thing) -> Iterator[str]:
    """The names of the functions and classes of a module, or of the methods of an object."""
    if isinstance(owner, Namespace):
        for name, bindings in owner.module.scopes.module.bindings.items():
            if any(one.how in (How.DEFINITION, How.IMPORT) for one in bindings):
                yield name
    elif isinstance(owner, (Own, Class)):
        of = owner.of if isinstance(owner, Own) else owner
        for one in lineage(analysis, of):
            for name, bindings in one.module.scopes.own(one.node).bindings.items():
                if any(isinstance(b.node, cst.FunctionDef) for b in bindings):
                    yield name


def _may_be(pieces: Pieces, name: str) -> bool:
    """Whether a text may be a name; one of which nothing is known is no private one."""
    return fits(pieces, name) and (any(pieces) or not name.startswith("_"))
