"""Python code: parsed once, walked once, asked many times.

Importing this package does not import LibCST; asking for a tree does.
"""

from typing import TYPE_CHECKING

from lamlint.faces import handing_on
from lamlint.python.codebase.codebase import Codebase
from lamlint.python.module.facts import facts, refused
from lamlint.python.module.failure import Failure, misencoded, refusal
from lamlint.python.module.module import Module
from lamlint.python.module.said import said
from lamlint.python.module.syntax import Shelf
from lamlint.python.reach.built import Built, built_anew
from lamlint.python.reach.call import Call
from lamlint.python.reach.construction import service
from lamlint.python.reach.deployment import deployed_by
from lamlint.python.reach.guard import Asked, Guard
from lamlint.python.reach.handler import Handler
from lamlint.python.reach.mending import mending
from lamlint.python.reach.often_built import Again
from lamlint.python.reach.recognise import handler_in, may_assign_handler, recognised
from lamlint.python.reach.signature import signature_handlers, taking_events
from lamlint.python.reach.together import cause, places, running
from lamlint.python.reach.told import (
    anyway,
    builds_again,
    cure,
    is_by_hand,
    is_certain,
    is_repeated,
    surely,
)
from lamlint.python.reach.use import use_of
from lamlint.python.values.alternatives import Text
from lamlint.python.values.known import Constant, Entries, Items, Known, Made, at
from lamlint.python.values.objects import Instance, When

if TYPE_CHECKING:
    from lamlint.python.reach.asking import is_asked
    from lamlint.python.reach.branching import is_as_often
    from lamlint.python.reach.decided import is_decided_by
    from lamlint.python.reach.environment import EnvironmentRead
    from lamlint.python.reach.proof import asks_who_calls
    from lamlint.python.reach.reporting import names_no_failures
    from lamlint.python.reach.swallowing import Swallowed, fails_nowhere, swallowed
    from lamlint.python.reach.tracked import tracks_errors
    from lamlint.python.reach.unread import leaves_event_unread
else:
    __getattr__ = handing_on(
        __name__,
        {
            "EnvironmentRead": "lamlint.python.reach.environment",
            "asks_who_calls": "lamlint.python.reach.proof",
            "fails_nowhere": "lamlint.python.reach.swallowing",
            "is_as_often": "lamlint.python.reach.branching",
            "is_decided_by": "lamlint.python.reach.decided",
            "is_asked": "lamlint.python.reach.asking",
            "leaves_event_unread": "lamlint.python.reach.unread",
            "names_no_failures": "lamlint.python.reach.reporting",
            "Swallowed": "lamlint.python.reach.swallowing",
            "swallowed": "lamlint.python.reach.swallowing",
            "tracks_errors": "lamlint.python.reach.tracked",
        },
    )

__all__ = [
    "Again",
    "Asked",
    "Built",
    "Call",
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
    "anyway",
    "asks_who_calls",
    "at",
    "builds_again",
    "built_anew",
    "cause",
    "cure",
    "deployed_by",
    "facts",
    "fails_nowhere",
    "handler_in",
    "is_as_often",
    "is_asked",
    "is_by_hand",
    "is_certain",
    "is_decided_by",
    "is_repeated",
    "leaves_event_unread",
    "may_assign_handler",
    "mending",
    "misencoded",
    "names_no_failures",
    "places",
    "recognised",
    "refusal",
    "refused",
    "running",
    "said",
    "service",
    "signature_handlers",
    "surely",
    "swallowed",
    "taking_events",
    "tracks_errors",
    "use_of",
]
