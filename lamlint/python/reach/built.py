"""What a handler builds anew on its runs, of the things that it could keep."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, TypeAlias

from lamlint.catalog.constructors import Hoist
from lamlint.python.reach.construction import Choices, arms, deployed_first, made_at_once
from lamlint.python.reach.meant import is_meant, is_of_the_invocation
from lamlint.text.dataclass import dataclass

if TYPE_CHECKING:
    from lamlint.catalog.constructors import Constructor, Constructors
    from lamlint.python.reach.call import Call
    from lamlint.python.reach.handler import Handler

Row: TypeAlias = "tuple[Call, Constructor]"
_SESSION = (".Session", ".get_session")


@dataclass(frozen=True, eq=False)
class Built:
    """One thing that a handler builds anew: by one call, or by those of which a choice takes one.

    `whole` is the first of the calls with what that is made from, and what is one finding with
    it: the session of a client. `is_chosen`: what some other branch makes may be meant to differ.
    """

    handler: Handler
    branches: Sequence[Call]
    whole: Sequence[Row]
    is_chosen: bool

    @property
    def call(self) -> Call:
        """The call by which it is told."""
        return self.branches[0]

    @property
    def row(self) -> Constructor:
        """What the catalogue says of it."""
        return self.whole[0][1]

    @property
    def has_makers(self) -> bool:
        """Whether what it is made from is built anew, too."""
        return len(self.whole) > 1

    @property
    def fails_again(self) -> bool:
        """Whether the second of two runs fails that find one environment."""
        return self.row.kind == "cloud" and self.row.hoist is Hoist.MODULE


def built_anew(
    handler: Handler, names: Constructors, catalog: Constructors, is_test: Callable[[str], bool]
) -> Iterator[Built]:
    """What a handler builds anew of what some names build, and has no reason to."""
    calls = list(handler.calls(names))
    made = frozenset(id(call.node) for call in calls)
    chosen = [
        call for call in calls if is_of_the_invocation(handler, call, names) and not call.is_dead
    ]
    of_the_invocation = {id(call) for call in chosen}
    choices = Choices(chosen)
    all_choices = Choices(call for call in calls if not made_at_once(call, made))
    built = [
        (call, row)
        for call in calls
        if (row := names.get(call.name)) is not None
        and not (is_test(call.module.path) or is_meant(handler, call, row, catalog))
        and not call.is_of_its_thread(catalog.is_of_one_thread)
        and not (id(call) in of_the_invocation or choices.alternative(call))
    ]
    built = [one for one in built if not _serves_others(one[0], built, made, catalog)]
    makers = {id(call.node): (call, row) for call, row in built}
    parts = {id(part.node) for call, _ in built for part, _ in _made_from(call, makers)}
    told = [call for call, _ in built if not (id(call.node) in parts or made_at_once(call, made))]
    for branches in map(deployed_first, arms(told)):
        call = branches[0]
        whole = (makers[id(call.node)], *_made_from(call, makers))
        yield Built(handler, branches, whole, all_choices.alternative(call))


def _serves_others(
    call: Call, built: Sequence[Row], made: frozenset[int], catalog: Constructors
) -> bool:
    """Whether a session only makes clients for which there is a reason to be built here."""
    if not call.name.endswith(_SESSION):
        return False
    from lamlint.python.reach.local_use import clients_of  # this needs LibCST

    clients = clients_of(call, catalog) & made
    return bool(clients) and clients.isdisjoint(id(one.node) for one, _ in built)


def _made_from(call: Call, makers: Mapping[int, Row]) -> Iterator[Row]:
    """What an object is made from, and is one finding with it: the session of a client."""
    receiver = call.receiver
    while receiver is not None:
        if id(receiver.call) in makers:
            yield makers[id(receiver.call)]
        receiver = receiver.parent
