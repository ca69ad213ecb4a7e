"""What is got by a name that the code makes up: `getattr`, `globals`, `import_module`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

import libcst as cst

from lamlint.model.parts import Literal, Parts
from lamlint.python.module.scope import How
from lamlint.python.values.alternatives import Text
from lamlint.python.values.arguments import argument
from lamlint.python.values.attributes import lineage
from lamlint.python.values.containers import constant
from lamlint.python.values.objects import Class, Frame, Namespace, Own, Routine, Thing

if TYPE_CHECKING:
    from lamlint.python.values.analysis import Analysis

READING = frozenset(
    {"getattr", "globals", "vars", "importlib.import_module", "__import__", "sys.modules.get"}
)
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
    else:
        yield from _module(analysis, first, frame)


def named(analysis: Analysis, owner: Thing, key: cst.CSTNode, frame: Frame) -> Iterator[Thing]:
    """The attributes of a thing that a text may name."""
    known = constant(analysis, key, frame)
    if known is not None:
        yield from analysis.attribute(owner, known)
        return
    found: dict[Thing, None] = {}
    text = analysis.text(key, frame)
    for name in _names(analysis, owner):
        if _may_be(text, name):
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


def _module(analysis: Analysis, name: cst.CSTNode, frame: Frame) -> Iterator[Thing]:
    if isinstance(name, cst.Name) and name.value == "__name__":
        yield Namespace(frame.module)
        return
    known = constant(analysis, name, frame)
    found = analysis.codebase.module(frame.module.absolute(known)) if known else None
    if found is not None:
        yield Namespace(found)


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


def _may_be(text: Text, name: str) -> bool:
    """Whether a text may be a name: where it is written it has to be as written."""
    return any(_fits(choice, name) for choice in text.choices)


def _fits(choice: Parts, name: str) -> bool:
    first, last = choice[0], choice[-1]
    starts = first.text if isinstance(first, Literal) else ""
    ends = last.text if isinstance(last, Literal) and len(choice) > 1 else ""
    if not starts and not ends:
        return not name.startswith("_")
    if len(choice) == 1:
        return name == starts
    fits = name.startswith(starts) and name.endswith(ends)
    return fits and len(name) > len(starts) + len(ends)
