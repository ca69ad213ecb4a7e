"""How a trigger that pushes hands its events over, and what becomes of those it cannot."""

from __future__ import annotations

from lamlint.model.amount import Scalar
from lamlint.model.value import Value
from lamlint.text.dataclass import dataclass


@dataclass(frozen=True)
class Delivery:
    """What a rule, a schedule or a subscription says of events that it cannot hand to Lambda.

    An event that Lambda has taken is handed over: what becomes of it then, an `AsyncConfig`
    of the function says. Ages are in seconds; `dead_letter` is the trigger's own queue.
    """

    retries: Value[Scalar]
    maximum_age: Value[Scalar]
    dead_letter: Value[str]
