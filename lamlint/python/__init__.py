"""Python code: parsed once, walked once, asked many times.

Importing this package does not import LibCST; asking for a tree does.
"""

from typing import TYPE_CHECKING

from lamlint.faces import handing_on
from lamlint.python.codebase.codebase import Codebase
from lamlint.python.module.facts import facts, refused
from lamlint.python.module.failure import Failure, refusal
from lamlint.python.module.module import Module
from lamlint.python.module.syntax import Shelf
from lamlint.python.reach.call import Call
from lamlint.python.reach.construction import (
    Choices,
    arms,
    credentials,
    deployed_first,
    made_at_once,
    only_asked,
    put_in,
    service,
    which_session,
)
from lamlint.python.reach.deployment import deployed_by
from lamlint.python.reach.guard import Asked, Guard
from lamlint.python.reach.handler import Handler
from lamlint.python.reach.meant import is_meant, is_of_the_invocation
from lamlint.python.reach.often_built import Again
from lamlint.python.reach.recognise import handler_in, may_assign_handler, recognised
from lamlint.python.reach.signature import signature_handlers, taking_events
from lamlint.python.reach.told import (
    builds_again,
    cost,
    is_certain,
    is_repeated,
    looped_elsewhere,
    made_elsewhere,
    thing,
    things,
    when_anyway,
    when_here,
)
from lamlint.python.values.alternatives import Text
from lamlint.python.values.known import Constant, Entries, Items, Known, Made, at
from lamlint.python.values.objects import Instance, When

if TYPE_CHECKING:
    from lamlint.python.hoist.unused import take_out
    from lamlint.python.reach.asking import is_asked
    from lamlint.python.reach.branching import is_as_often
    from lamlint.python.reach.decided import is_decided_by
    from lamlint.python.reach.environment import EnvironmentRead
    from lamlint.python.reach.local_use import (
        clients_of,
        never_used,
        only_shown,
        sends_nothing,
        used_in_vain,
    )
    from lamlint.python.reach.proof import asks_who_calls
    from lamlint.python.reach.swallowing import Swallowed, swallowed
    from lamlint.python.reach.unasked import never_asked
    from lamlint.python.reach.unread import leaves_event_unread
else:
    __getattr__ = handing_on(
        __name__,
        {
            "EnvironmentRead": "lamlint.python.reach.environment",
            "asks_who_calls": "lamlint.python.reach.proof",
            "clients_of": "lamlint.python.reach.local_use",
            "is_as_often": "lamlint.python.reach.branching",
            "is_decided_by": "lamlint.python.reach.decided",
            "is_asked": "lamlint.python.reach.asking",
            "leaves_event_unread": "lamlint.python.reach.unread",
            "never_asked": "lamlint.python.reach.unasked",
            "never_used": "lamlint.python.reach.local_use",
            "only_shown": "lamlint.python.reach.local_use",
            "sends_nothing": "lamlint.python.reach.local_use",
            "Swallowed": "lamlint.python.reach.swallowing",
            "swallowed": "lamlint.python.reach.swallowing",
            "take_out": "lamlint.python.hoist.unused",
            "used_in_vain": "lamlint.python.reach.local_use",
        },
    )

__all__ = [
    "Again",
    "Asked",
    "Call",
    "Choices",
    "Codebase",
    "Constant",
    "Entries",
    "EnvironmentRead",
    "Failure",
    "Guard",
    "Handler",
    "Instance",
    "Items",
    "Known",
    "Made",
    "Module",
    "Shelf",
    "Swallowed",
    "Text",
    "When",
    "arms",
    "asks_who_calls",
    "at",
    "builds_again",
    "clients_of",
    "cost",
    "credentials",
    "deployed_by",
    "deployed_first",
    "facts",
    "handler_in",
    "is_as_often",
    "is_asked",
    "is_certain",
    "is_decided_by",
    "is_meant",
    "is_of_the_invocation",
    "is_repeated",
    "leaves_event_unread",
    "looped_elsewhere",
    "made_at_once",
    "made_elsewhere",
    "may_assign_handler",
    "never_asked",
    "never_used",
    "only_asked",
    "only_shown",
    "put_in",
    "recognised",
    "refusal",
    "refused",
    "sends_nothing",
    "service",
    "signature_handlers",
    "swallowed",
    "take_out",
    "taking_events",
    "thing",
    "things",
    "used_in_vain",
    "when_anyway",
    "when_here",
    "which_session",
]
