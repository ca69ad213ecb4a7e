"""Whether a handler is asked for something as people and streams of work do, by its code alone.

How an event is read tells who sends it: each service writes its own. That of a state machine, of
a schedule, or of a person who tries it may have any form, and tells nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import TYPE_CHECKING

from lamlint.python.module import cst
from lamlint.python.module.scope import dotted, positional
from lamlint.python.module.walk import children
from lamlint.python.reach.job import is_job
from lamlint.python.reach.signature import is_event_name
from lamlint.text.dataclass import dataclass

if TYPE_CHECKING:
    from lamlint.catalog.askers import Askers
    from lamlint.python.reach.handler import Handler

_TELLING = frozenset(
    {cst.SimpleString, cst.Name, cst.Dict, cst.Subscript, cst.Call, cst.Comparison}
)


@dataclass(frozen=True)
class _Said:
    """What code is written with: texts, keys that it asks of an event, names, and answers."""

    texts: frozenset[str]
    keys: frozenset[str]
    names: frozenset[str]
    answers: Sequence[frozenset[str]]


def is_asked(handler: Handler, askers: Askers, *, declared: bool, alone: bool) -> bool:
    """Whether its code is made for events that come as people and other work send them.

    Where a trigger is `declared`, only what it is made with tells: how it reads an event may be
    the word of a log that all functions share. What it answers tells only where it is `alone`:
    nobody may invoke it, either. A bare `{"statusCode": 200, "body": …}` is what a new function
    begins with, whatever calls it.
    """
    if handler.servers:
        return not handler.servers <= askers.seldom
    function = handler.entry.definition
    if function is not None and _names(function.decorators) & askers.replays:
        return True
    if any(row.registers(_names(handler.decorators())) for row in askers.rows):
        return True
    if declared or is_job(handler):
        return False
    said = _said(chain(_signature(handler), handler.nodes()), _event_names(handler))
    asked = any(one.asks(said.texts, said.keys, said.names) for one in askers.rows)
    return asked or (alone and any(one >= askers.answer for one in said.answers))


def _said(nodes: Iterable[cst.CSTNode], events: frozenset[str]) -> _Said:
    """What some code is written with, in one look."""
    texts: set[str] = set()
    keys: set[str] = set()
    names: set[str] = set()
    answers: list[frozenset[str]] = []
    for node in nodes:
        if node.__class__ not in _TELLING:
            continue  # far faster than asking for each kind in turn
        if isinstance(node, cst.SimpleString):
            texts.add(node.raw_value)
        elif isinstance(node, cst.Name):
            names.add(node.value)
        elif isinstance(node, cst.Dict):
            answers.append(_keys(node))
        else:
            keys.update(_read(node, events))
    return _Said(frozenset(texts), frozenset(keys), frozenset(names), answers)


def _names(decorators: Iterable[cst.Decorator]) -> frozenset[str]:
    """The last names of some decorators."""
    made = (one.decorator for one in decorators)
    called = (one.func if isinstance(one, cst.Call) else one for one in made)
    return frozenset((dotted(one) or "").rpartition(".")[2] for one in called)


def _signature(handler: Handler) -> Iterator[cst.CSTNode]:
    """The nodes of its decorators and of its parameters, which may name its event's type."""
    function = handler.entry.definition
    waiting: list[cst.CSTNode]
    waiting = [] if function is None else [*function.decorators, function.params]
    while waiting:
        node = waiting.pop()
        yield node
        waiting.extend(children(node))


def _event_names(handler: Handler) -> frozenset[str]:
    """What the handler calls its event."""
    function = handler.entry.definition
    first = positional(function)[:1] if function is not None else ()
    return frozenset(one.name.value for one in first)


def _read(node: cst.CSTNode, events: frozenset[str]) -> Iterator[str]:
    """The key that is asked of what is called an event: `event["a"]`, `event.get("a")`."""
    match node:
        case (
            cst.Subscript(
                value=cst.Name(value=of),
                slice=[cst.SubscriptElement(cst.Index(cst.SimpleString() as key))],
            )
            | cst.Call(
                func=cst.Attribute(cst.Name(value=of), cst.Name(value="get")),
                args=[cst.Arg(cst.SimpleString() as key), *_],
            )
            | cst.Comparison(
                left=cst.SimpleString() as key,
                comparisons=[cst.ComparisonTarget(cst.In(), cst.Name(value=of))],
            )
        ) if of in events or is_event_name(of):
            yield key.raw_value
        case _:
            return


def _keys(written: cst.Dict) -> frozenset[str]:
    """The keys of a dictionary that are written there."""
    keys = (one.key for one in written.elements if isinstance(one, cst.DictElement))
    return frozenset(one.raw_value for one in keys if isinstance(one, cst.SimpleString))
