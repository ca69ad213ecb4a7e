"""What the methods that a class of the project inherits from a library call of it.

Of most libraries that is not known. One whose method a handler gives its event to is there to
call what the project writes: the methods that nothing else calls.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from lamlint.python.module import cst
from lamlint.python.module.scope import positional
from lamlint.python.values.attributes import lineage, without_arguments
from lamlint.python.values.objects import Event, Library, Own, Routine, Super, Thing

if TYPE_CHECKING:
    from lamlint.python.values.analysis import Analysis
    from lamlint.python.values.objects import Frame

_STARTED: Mapping[str, tuple[str, ...]] = {"start": ("run",)}
_FED = ("handle_starttag", "handle_endtag", "handle_startendtag", "handle_data")
_CALLS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "threading.Thread": _STARTED,
    "threading.Timer": _STARTED,
    "multiprocessing.Process": _STARTED,
    "multiprocessing.context.Process": _STARTED,
    "multiprocessing.process.BaseProcess": _STARTED,
    "html.parser.HTMLParser": {"feed": _FED, "close": _FED},
    "json.JSONEncoder": {"encode": ("default",), "iterencode": ("default",)},
}
"""By the library's class and its method: the methods that it calls of the object. Source: the
classes' own pages in the library reference of Python 3.13."""
_NAMES = frozenset(name for calls in _CALLS.values() for name in calls)
ASIDE = frozenset({"start"})
"""The methods that call in a thread or process of its own."""


def inherited(analysis: Analysis, node: cst.Call, frame: Frame) -> Iterator[Routine]:
    """The methods of the project that a call of an inherited method runs: `worker.start()`."""
    if not isinstance(node.func, cst.Attribute):
        return
    name = node.func.attr.value
    if name not in _NAMES and not _is_given_the_event(analysis, node, frame):
        return
    for base in analysis.things(node.func.value, frame):
        receiver = base.receiver if isinstance(base, Super) else base
        if isinstance(receiver, Own) and not _is_own(analysis, base, name):
            for called in _called(analysis, receiver, name):
                for thing in analysis.attribute(receiver, called):
                    if isinstance(thing, Routine):
                        yield thing if name in _NAMES else replace(thing, guessed=True)


def _is_given_the_event(analysis: Analysis, node: cst.Call, frame: Frame) -> bool:
    """Whether a handler gives all of its event to a method: `application.main(event, context)`."""
    if not any(edge.caller is None for edge in frame.edges):
        return False
    plain = [one.value for one in node.args if isinstance(one.value, cst.Name)]
    return any(Event() in analysis.things(value, frame) for value in plain)


def _is_own(analysis: Analysis, base: Thing, name: str) -> bool:
    """Whether the project itself says what a method does."""
    return any(isinstance(one, Routine) for one in analysis.attribute(base, name))


def _called(analysis: Analysis, of: Own, name: str) -> Iterator[str]:
    for library in _libraries(analysis, of):
        if not isinstance(library, Library):
            continue
        if name in _NAMES:
            yield from _CALLS.get(library.name, {}).get(name, ())
        else:
            yield from _uncalled(analysis, of)


def _uncalled(analysis: Analysis, of: Own) -> Iterator[str]:
    """The methods that need no argument, and that nothing in the modules of the class calls."""
    classes = lineage(analysis, of.of)
    for each in classes:
        for name, bindings in each.module.scopes.own(each.node).bindings.items():
            needs_nothing = all(_needs_nothing(binding.node) for binding in bindings)
            if needs_nothing and not any(one.module.may_run({name}) for one in classes):
                yield name


def _needs_nothing(node: cst.CSTNode) -> bool:
    """Whether what is bound in a class is a method that takes its object alone."""
    if not isinstance(node, cst.FunctionDef) or node.decorators or node.name.value[0] == "_":
        return False
    return all(one.default is not None for one in positional(node)[1:])


def _libraries(analysis: Analysis, of: Own) -> Iterator[Thing]:
    """What the bases of a class of the project may be."""
    for each in lineage(analysis, of.of):
        for base in each.node.bases:
            yield from analysis.things(without_arguments(base.value), each.closure)
