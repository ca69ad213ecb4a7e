"""What is got by a name that the code makes up: `getattr`, `globals`, `import_module`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from lamlint.python.module import cst
from lamlint.python.module.scope import How
from lamlint.python.values.arguments import argument
from lamlint.python.values.attributes import lineage
from lamlint.python.values.containers import constant
from lamlint.python.values.objects import (
    Class,
    Frame,
    Library,
    Namespace,
    Own,
    Routine,
    Thing,
)
from lamlint.python.values.pieces import parts
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
        outermost = name == "__import__" and argument(node, 3, "fromlist") is None
        if outermost:
            tops = (one.module.name.partition(".")[0] for one in found)
            outer = [analysis.codebase.module(top) for top in tops]
            found = [Namespace(one) for one in outer if one is not None]
        yield from dict.fromkeys(found) or _libraries(analysis, first, frame, outermost)


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
    stepped = _stepped(analysis, node, frame)
    if stepped is not None:
        yield from stepped
    elif len(node.args) > 1:
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


def _libraries(
    analysis: Analysis, name: cst.CSTNode, frame: Frame, outermost: bool
) -> Iterator[Library]:
    """What is no module of the project: `import_module("boto3")`."""
    for full in analysis.text(name, frame).literals:
        if full and not full.startswith("."):
            yield Library(full.partition(".")[0] if outermost else full)


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
        yield from _walked(analysis, text.replace(":", ".").split("."))


def _walked(analysis: Analysis, names: Sequence[str]) -> list[Thing]:
    """What names lead to, one after the other, from the module of the first on."""
    found = analysis.codebase.module(names[0])
    things: list[Thing] = [] if found is None else [Namespace(found)]
    for name in names[1:]:
        things = [inner for thing in things for inner in analysis.attribute(thing, name)]
    return things


def _stepped(analysis: Analysis, node: cst.Call, frame: Frame) -> list[Thing] | None:
    """What a loop leads to that takes one step of a full name after the other.

    `for step in name.split(".")[1:]: found = getattr(found, step)`.
    """
    above = frame.module.parent(node)
    match (above, [argument.value for argument in node.args]):
        case (cst.Assign(targets=[cst.AssignTarget(target=cst.Name() as to)]), [of, step]):
            pass
        case _:
            return None
    if not isinstance(of, cst.Name) or of.value != to.value or not isinstance(step, cst.Name):
        return None
    bindings = list(analysis.lookup(step.value, step, frame))
    (only, home) = bindings[0] if len(bindings) == 1 else (None, frame)
    if only is None or only.how is not How.ELEMENT or only.path or only.value is None:
        return None
    whole = only.value.value if isinstance(only.value, cst.Subscript) else only.value
    names = parts(analysis, whole, home)
    return None if names is None else [t for each in names.known for t in _walked(analysis, each)]


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
