"""What the methods that a class of the project inherits from a library call of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from lamlint.python.module import cst
from lamlint.python.values.attributes import lineage, without_arguments
from lamlint.python.values.objects import Library, Own, Routine, Super, Thing

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
    if not isinstance(node.func, cst.Attribute) or node.func.attr.value not in _NAMES:
        return
    name = node.func.attr.value
    for base in analysis.things(node.func.value, frame):
        receiver = base.receiver if isinstance(base, Super) else base
        if isinstance(receiver, Own) and not _is_own(analysis, base, name):
            for called in _called(analysis, receiver, name):
                for thing in analysis.attribute(receiver, called):
                    if isinstance(thing, Routine):
                        yield thing


def _is_own(analysis: Analysis, base: Thing, name: str) -> bool:
    """Whether the project itself says what a method does."""
    return any(isinstance(one, Routine) for one in analysis.attribute(base, name))


def _called(analysis: Analysis, of: Own, name: str) -> Iterator[str]:
    for library in _libraries(analysis, of):
        if isinstance(library, Library):
            yield from _CALLS.get(library.name, {}).get(name, ())


def _libraries(analysis: Analysis, of: Own) -> Iterator[Thing]:
    """What the bases of a class of the project may be."""
    for each in lineage(analysis, of.of):
        for base in each.node.bases:
            yield from analysis.things(without_arguments(base.value), each.closure)
