"""Whether a handler is asked for something as people and streams of work do, by its code alone.

How an event is read tells who sends it: each service writes its own. That of a state machine, of
a schedule, or of a person who tries it may have any form, and tells nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from lamlint.python.module import cst
from lamlint.python.module.scope import dotted, positional
from lamlint.python.module.walk import children
from lamlint.python.reach.job import is_job
from lamlint.python.reach.signature import is_event_name

if TYPE_CHECKING:
    from lamlint.catalog.askers import Askers
    from lamlint.python.reach.handler import Handler


def is_asked(handler: Handler, askers: Askers, *, alone: bool) -> bool:
    """Whether its code is made for events that come as people and other work send them.

    What it answers tells only where it is `alone`: no trigger of any kind is declared. A bare
    `{"statusCode": 200, "body": …}` is what a new function begins with, whatever calls it.
    """
    if handler.servers:
        return not handler.servers <= askers.seldom
    if _decorated(handler) & askers.replays:
        return True
    if is_job(handler):
        return False
    nodes = [*_signature(handler), *handler.nodes()]
    texts = frozenset(map(_text, (one for one in nodes if isinstance(one, cst.SimpleString))))
    names = frozenset(one.value for one in nodes if isinstance(one, cst.Name))
    keys = frozenset(_read(nodes, _event_names(handler)))
    asked = any(one.asks(texts, keys, names) for one in askers.rows)
    return asked or (alone and any(_keys(one) >= askers.answer for one in nodes))


def _decorated(handler: Handler) -> frozenset[str]:
    """The last names of its decorators."""
    function = handler.entry.definition
    made = (one.decorator for one in function.decorators) if function is not None else ()
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


def _read(nodes: Iterable[cst.CSTNode], events: frozenset[str]) -> Iterator[str]:
    """The keys that are asked of what is called an event: `event["a"]`, `event.get("a")`."""
    for node in nodes:
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
                yield _text(key)
            case _:
                pass


def _text(string: cst.SimpleString) -> str:
    value = string.evaluated_value
    return value if isinstance(value, str) else ""


def _keys(node: cst.CSTNode) -> frozenset[str]:
    """The keys that are written in a dictionary; nothing for what is none."""
    elements = node.elements if isinstance(node, cst.Dict) else ()
    keys = (one.key for one in elements if isinstance(one, cst.DictElement))
    return frozenset(_text(one) for one in keys if isinstance(one, cst.SimpleString))
