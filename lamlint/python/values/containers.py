"""What lists, dicts and tuples that the code writes down hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from lamlint.python.module import cst
from lamlint.python.values.objects import (
    OWN_ENDS,
    OWN_PARTS,
    Container,
    Context,
    Edge,
    Event,
    Frame,
    Group,
    Instance,
    Own,
    Passing,
    Routine,
    Thing,
)

if TYPE_CHECKING:
    from lamlint.python.values.analysis import Analysis, Path, Things


EMPTY = frozenset(
    {
        "dict", "list", "set", "collections.defaultdict", "collections.OrderedDict",
        "collections.deque", "collections.UserDict", "weakref.WeakValueDictionary",
        "weakref.WeakSet",
    }
)  # fmt: skip
"""What makes a container that is empty, or holds what it is given."""

_LAST = frozenset({"-1", "1", "2"})


def is_made(thing: Thing) -> bool:
    """Whether a thing is a container that a call makes: `dict()`."""
    return isinstance(thing, Instance) and thing.constructor in EMPTY


MOST_THINGS = 100
"""More than these are no choice of which any is likely."""


def unpacked(analysis: Analysis, things: Things, path: Path) -> Iterator[Thing]:
    """What a way leads to within any of some things: places in tuples and lists.

    A registry gives all that it holds wherever it is read: that is unpacked once for all.
    """
    if not path or len(things) < 2:
        yield from _unpacked_each(analysis, things, path)
        return
    question = analysis.unpacking(things, path)
    yield from analysis.ask_apart(
        analysis.known_parts,
        question,
        question,
        lambda: tuple(first(_unpacked_each(analysis, things, path))),
        (),
    )


def first(things: Iterable[Thing]) -> Mapping[Thing, None]:
    """As many things as are looked at, each once."""
    found: dict[Thing, None] = {}
    # A loop, since calls of builtins in each other soon exhaust the stack of Python 3.12.
    for thing in things:
        found[thing] = None
        if len(found) == MOST_THINGS:
            break
    return found


def _unpacked_each(analysis: Analysis, things: Things, path: Path) -> Iterator[Thing]:
    for thing in things:
        yield from _unpacked(analysis, thing, path)


def _unpacked(analysis: Analysis, thing: Thing, path: Path) -> Iterator[Thing]:
    analysis.step()
    if analysis.exhausted:
        return
    if not path:
        yield thing
        return
    step, *rest = path
    for inner in item(analysis, thing, None if step is None else str(step)):
        yield from _unpacked(analysis, inner, tuple(rest))


def elements(analysis: Analysis, node: cst.CSTNode, frame: Frame) -> Things:
    """What iterating over an expression gives; nothing more where that leads back to itself.

    A name that is made of itself does: `orders = set(orders)`.
    """
    return analysis.ask(
        analysis.known_elements,
        node,
        frame,
        lambda: tuple(first(_elements(analysis, node, frame))),
        (),
    )


def _elements(analysis: Analysis, node: cst.CSTNode, frame: Frame) -> Iterator[Thing]:
    if isinstance(node, cst.Call) and isinstance(node.func, cst.Name):
        if node.func.value == "enumerate" and node.args:
            yield from elements(analysis, node.args[0].value, frame)
            return
    if isinstance(node, cst.Call) and isinstance(node.func, cst.Attribute):
        if node.func.attr.value in ("values", "items") and not node.args:
            for thing in analysis.things(node.func.value, frame):
                yield from item(analysis, thing, None)
            return
    for thing in analysis.things(node, frame):
        yield from item(analysis, thing, None)


def past_pairs(node: cst.CSTNode, path: tuple[int | None, ...]) -> tuple[int | None, ...] | None:
    """The way into an element, past the pairs of `items` and `enumerate`; None to their keys."""
    match node:
        case cst.Call(func=cst.Name(value="enumerate")):
            paired = True
        case cst.Call(func=cst.Attribute(attr=cst.Name(value="items")), args=[]):
            paired = True
        case _:
            paired = False
    if not paired or not path:
        return path
    return path[1:] if path[0] == 1 else None


def item(analysis: Analysis, thing: Thing, key: str | None) -> Iterator[Thing]:
    """An item of a thing by its key; any item when the key is None."""
    if isinstance(thing, Event):
        step = "*" if key is None or key.lstrip("-").isdigit() else key
        yield Event((*thing.path, step))
    elif isinstance(thing, Context):
        if thing.name == OWN_PARTS:
            yield Context(f"{OWN_PARTS}{key or '*'}")
        elif thing.name == OWN_ENDS:
            yield Context(f"{OWN_PARTS}{'-1' if key in _LAST else '*'}")
    elif isinstance(thing, Group):
        if key is None or thing.key is None or key.startswith("-") or key == thing.key:
            yield from thing.things
    elif isinstance(thing, Container):
        if _has_stars(thing.node):
            yield from _any_item(analysis, thing)
        else:
            for value in items(thing.node, key):
                yield from analysis.things(value, thing.frame)
        yield from analysis.added(thing, key)
    elif isinstance(thing, Own):
        yield from _of_object(analysis, thing)
        yield from analysis.added(thing, key)
    elif isinstance(thing, Instance) and is_made(thing):
        for given in thing.call.args:
            if given.star == "" and given.keyword is None:
                yield from elements(analysis, given.value, thing.frame)
            elif key is None or (given.keyword is not None and given.keyword.value == key):
                yield from analysis.things(given.value, thing.frame)
        yield from analysis.added(thing, key)
    elif isinstance(thing, Instance) and thing.kind.startswith("boto3.") and key is None:
        # Iterating over a collection of a resource gives further resources.
        yield Instance(
            f"{thing.constructor}[]", thing.call, thing.module, thing.frame, thing, thing.service
        )


def _of_object(analysis: Analysis, thing: Own) -> Iterator[Thing]:
    """What an object of the code gives for a key, or one after the other, by its own methods."""
    for name in ("__getitem__", "__iter__"):
        for method in analysis.attribute(thing, name):
            if isinstance(method, Routine):
                edge = Edge(None, None, Passing.NOTHING, method.receiver, method.leading)
                for found in analysis.returned(method, edge):
                    if name == "__getitem__":
                        yield found
                    elif not isinstance(found, Own):
                        yield from item(analysis, found, None)


def _has_stars(node: cst.CSTNode) -> bool:
    if not isinstance(node, (cst.List, cst.Tuple, cst.Set)):
        return False
    return any(isinstance(element, cst.StarredElement) for element in node.elements)


def _any_item(analysis: Analysis, thing: Container) -> Iterator[Thing]:
    """The items of a list that holds those of others: `[first, *rest]`."""
    node = thing.node
    for element in node.elements if isinstance(node, (cst.List, cst.Tuple, cst.Set)) else ():
        if isinstance(element, cst.StarredElement):
            yield from elements(analysis, element.value, thing.frame)
        else:
            yield from analysis.things(element.value, thing.frame)


def items(node: cst.CSTNode, key: str | None) -> Iterator[cst.CSTNode]:
    """The values of a written container that a key may lead to."""
    if isinstance(node, (cst.List, cst.Tuple)):
        values = [element.value for element in node.elements]
        if key is not None and key.lstrip("-").isdigit() and abs(int(key)) <= len(values):
            values = values[int(key) :][:1]
        yield from values
    elif isinstance(node, cst.Set):
        yield from (element.value for element in node.elements)
    elif isinstance(node, cst.Dict):
        pairs = [e for e in node.elements if isinstance(e, cst.DictElement)]
        exact = [e.value for e in pairs if key is not None and is_text(e.key, key)]
        yield from exact or [e.value for e in pairs]
    elif isinstance(node, (cst.ListComp, cst.SetComp, cst.GeneratorExp)):
        yield node.elt
    elif isinstance(node, cst.DictComp):
        yield node.value


def is_text(node: cst.CSTNode, text: str) -> bool:
    """Whether a literal is some text; most others do not even hold it, which is known far sooner.

    Each is parsed by itself to be evaluated.
    """
    if not isinstance(node, cst.SimpleString):
        return False
    may_be = text in node.value or "\\" in node.value or "\r" in node.value
    return may_be and node.evaluated_value == text


def constant(analysis: Analysis, node: cst.CSTNode, frame: Frame) -> str | None:
    """The one string or whole number an expression is known to be, as text."""

    if isinstance(node, cst.Integer):
        return node.value
    if isinstance(node, cst.UnaryOperation) and isinstance(node.expression, cst.Integer):
        return f"-{node.expression.value}"
    return analysis.text(node, frame).literal
