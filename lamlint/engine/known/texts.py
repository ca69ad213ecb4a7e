"""What follows from the text of a module alone, and takes long to find out.

How deep it nests, that it compiles, and whether it may hold handlers: no word of the text.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeAlias

from lamlint.engine.jobs import Work
from lamlint.files.overheard import text_of
from lamlint.project.invocable import may_hold_handlers
from lamlint.python.module.facts import depth, refused
from lamlint.python.module.nesting import Nesting
from lamlint.text import Source

Known: TypeAlias = "tuple[int, float, bool, bool | None]"
"""How deep a text nests, what that costs, whether it surely compiles, and may hold handlers."""
Texts: TypeAlias = "Mapping[str, Known]"
"""By what stands for each text."""


def tell(work: Work, texts: Texts, key: bytes) -> None:
    """Tell the texts of a project what is known of them."""
    for source in _sources(work) if texts else ():
        known = texts.get(text_of(source, key))
        if known is not None:
            _tell(source, *known)


def _tell(source: Source, deepest: int, cost: float, compiles: bool, handlers: bool | None) -> None:
    source.once(depth, lambda: Nesting(deepest, cost, None))
    if compiles:
        source.once(refused, lambda: None)
    if handlers is not None:
        source.once(may_hold_handlers, lambda: handlers)


def known(work: Work, key: bytes) -> Texts:
    """What was found out of the texts of a project; nothing of those that nest too deep."""
    return {
        text_of(source, key): (nesting.depth, nesting.cost, *_found(source))
        for source in _sources(work)
        for nesting in source.made(depth)
        if nesting.too_deep is None
    }


def _found(source: Source) -> tuple[bool, bool | None]:
    compiles = source.made(refused) == (None,)
    return compiles, next(iter(source.made(may_hold_handlers)), None)


def _sources(work: Work) -> Iterator[Source]:
    return (module.source for module in work.project.modules.values())
