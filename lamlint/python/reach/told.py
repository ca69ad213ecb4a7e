"""What a message says of constructions: what is built, when, and what that costs."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from lamlint.catalog.constructors import Hoist
from lamlint.python.reach.construction import service
from lamlint.python.reach.often_built import Again
from lamlint.text import Related

if TYPE_CHECKING:
    from lamlint.catalog.computing import Computing
    from lamlint.catalog.constructors import Constructor
    from lamlint.python.reach.built import Built
    from lamlint.python.reach.call import Call
    from lamlint.python.reach.handler import Handler
    from lamlint.python.reach.use import Use

_CURE = "build it once, and keep it"
_CURES = "build it once{each}, and keep it"
_LATER = "build it when it is first used"
_OTHER = (
    "keep a client instead that connects again where the server has closed the connection "
    "(urllib3, requests)"
)
_AGAIN = ", in a loop"
_ELSEWHERE = " on another way"
_EACH = ", again in each round of a loop"
_ROUNDS = {
    Again.ONCE: "",
    Again.SLOWLY: _EACH,
    Again.WHEN_DUE: ", again in some rounds of a loop",
    Again.SOMETIMES: ", again in some rounds of a loop",
    Again.EACH_ROUND: _EACH,
}
FEW = 10
"""As many rounds of a loop cost less than one request; more are many."""


def thing(call: Call, row: Constructor) -> str:
    """What a call builds, and for what."""
    return f"{row.thing}{service(call)}"


def things(whole: Sequence[tuple[Call, Constructor]]) -> str:
    """What is built there, with all that it is made from if that is built beside it; the verb."""
    (call, row), *makers = whole
    if not makers or made_elsewhere(whole):
        return f"{thing(call, row)} is"
    return f"{thing(call, row)} and the {_bare(makers[0][1])} it is made from are"


def made_elsewhere(whole: Sequence[tuple[Call, Constructor]]) -> tuple[Related, ...]:
    """The place of what something is made from, where another function builds that."""
    (call, _), *makers = whole
    return tuple(
        Related(maker.span, f"the {_bare(row)} it is made from is built here")
        for maker, row in makers[:1]
        if maker.function is not call.function
    )


def _bare(row: Constructor) -> str:
    return row.thing.removeprefix("a ").removeprefix("an ")


def when_anyway(branches: Sequence[Call]) -> str:
    """When one of some branches builds it, whichever handler runs their function."""
    from lamlint.python.reach.looping import loop_around

    (call, *others) = branches
    when = "whenever one of these branches runs" if others else call.when_run
    looping = loop_around(call.analysis, call.frames[0], call.node) is not None
    return f"{when}{_AGAIN if looping else ''}"


def when_here(branches: Sequence[Call], handler: Handler) -> str:
    """When a handler has one of some branches build it."""
    again = max(call.again for call in branches)
    where = _ELSEWHERE if looped_elsewhere(branches) else ""
    if is_certain(branches, handler):
        return f"on every invocation{_ROUNDS[again]}{where}"
    when = when_anyway(branches)
    return f"{when}{_AGAIN}{where}" if again and not when.endswith(_AGAIN) else when


def looped_elsewhere(branches: Sequence[Call]) -> tuple[Related, ...]:
    """Where a loop leads to one of some branches, if none is on the way that is told."""
    again = max(call.again for call in branches)
    often = [call for call in branches if again and call.again is again]
    found = [call.looped_elsewhere for call in often]
    return tuple(one for one in found[:1] if one is not None)


def is_certain(branches: Sequence[Call], handler: Handler) -> bool:
    """Whether each invocation of a handler builds it."""
    return len(branches) == 1 and branches[0].is_certain and handler.surely_invoked


def is_repeated(branches: Sequence[Call]) -> bool:
    """Whether one invocation of a handler may build it many times."""
    return any(call.is_repeated for call in branches)


def builds_again(branches: Sequence[Call], computing: Computing) -> Again:
    """Whether one invocation of a handler may build it any number of times."""
    from lamlint.python.reach.branching import may_be_rare

    return max(
        call.again_unless(partial(may_be_rare, call.analysis, computing), FEW) for call in branches
    )


def cost(row: Constructor, *, anew: bool, local: bool = False) -> str:
    """What building it each time costs.

    `anew`: so is what it is made from; `local`: it sends no request.
    """
    takes = row.anew if anew and row.anew else row.takes
    if not takes:
        return row.cost
    return f"{takes}, though no request is sent" if local else f"{row.cost}, and {takes}"


def is_by_hand(row: Constructor) -> bool:
    """Whether it is a connection that the server closes, and that does not connect again."""
    return row.kind == "http" and row.hoist is Hoist.RECONNECT


def cure(row: Constructor) -> str:
    """What to do instead."""
    return _OTHER if is_by_hand(row) else _CURE


def anyway(built: Built) -> str:
    """What is said of it whichever handler runs its function, up to what to do."""
    what, made_of = things(built.whole), _made_of(built)
    takes = cost(built.row, anew=built.has_makers)
    return f"{what} built {when_anyway(built.branches)}{made_of}: {takes}; "


def surely(built: Built, use: Use, why: str) -> str:
    """What is said of it in its handler; `why` tells, with `{cure}`, that little may be lost."""
    row, here = built.row, when_here(built.branches, built.handler)
    one = f"{thing(built.call, row)} is built {here}, and"
    if use.in_vain:
        vain = "what uses it never runs, by the conditions there"
        return f"{one} {vain}: correct them, or take it out"
    if use.none:
        return f"{one} never used: take it out"
    if use.shown:
        return f"{one} only written out: take it out"
    if use.idle:  # the object may have many of them: what is said of one is said of all
        when, takes = when_anyway(built.branches), cost(row, anew=built.has_makers, local=True)
        return f"{row.thing} is built {when}, and nothing that then runs uses it: {takes}; {_LATER}"
    takes = cost(row, anew=built.has_makers, local=use.local)
    then = (why or "{cure}").format(cure=_cure_here(built))
    return f"{things(built.whole)} built {here}{_made_of(built)}: {takes}; {then}"


def _cure_here(built: Built) -> str:
    """What to do in its handler: to keep several, where its callers have it made of several."""
    if is_by_hand(built.row):
        return _OTHER
    from lamlint.python.reach.for_each import for_each  # this needs LibCST

    return _CURES.format(each=for_each(built.branches))


def _made_of(built: Built) -> str:
    elsewhere = made_elsewhere(built.whole)
    return f", from {built.whole[1][1].thing} that is made anew" if elsewhere else ""
