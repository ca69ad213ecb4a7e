"""Schedules and patterns of EventBridge as the CDK has them, in EventBridge's own words."""

from __future__ import annotations

from collections.abc import Iterator

from lamlint.dialects.cdk.amounts import SECONDS
from lamlint.dialects.cdk.kinds import snake
from lamlint.dialects.cdk.nodes import Lowering
from lamlint.dialects.cdk.objects import Either, Keyed, Made, Part, Plain, Thing, Unknown
from lamlint.dialects.cdk.template import given
from lamlint.dialects.tree.node import Node

_FIELDS = ("minute", "hour", "day", "month", "week_day", "year")
_ENDS = ("prefix", "suffix")
_WHOLE = ("hours", "days")
_UNITS = ((86400, "day"), (3600, "hour"), (60, "minute"))


def expression(thing: Thing, lowering: Lowering) -> Node:
    """`Schedule.rate(Duration.minutes(5))` as `rate(5 minutes)`."""
    return lowering.each(thing, lambda one: _expression(one, lowering))


def _expression(thing: Thing, lowering: Lowering) -> Node:
    if not isinstance(thing, Made):
        return lowering.node(thing)
    method = thing.name.rpartition(".")[2]
    written: Node | None = None
    if method == "rate":
        written = _rate(thing, lowering) or _rate_of_unknown(thing, lowering)
    elif method == "cron":
        written = _cron(thing, lowering)
    if written is not None:
        return written
    inner = given(thing, "expression", place=0) if method == "expression" else None
    return lowering.node(_by_default(inner) or thing)


def _by_default(written: Thing | None) -> Thing | None:
    """What is taken of two where the other is given by hand: `os.getenv("WHEN", "rate(1 day)")`.

    As of a parameter that has a default, nobody would write one that is not meant.
    """
    match written:
        case Either(choices=((Unknown() | Part(), one), (Plain(value=str()) as default, other))):
            return default if one == other else written
        case _:
            return written


def _rate(schedule: Made, lowering: Lowering) -> Node | None:
    duration = given(schedule, "duration", place=0)
    unit = duration.name.rpartition(".")[2] if isinstance(duration, Made) else ""
    amount = given(duration, "amount", place=0) if isinstance(duration, Made) else None
    if unit not in SECONDS or not isinstance(amount, Plain) or not isinstance(amount.value, int):
        return None
    seconds = int(amount.value * SECONDS[unit])
    for size, name in _UNITS:
        if seconds > 0 and seconds % size == 0:
            number = seconds // size
            rate = f"rate({number} {name}{'s' if number > 1 else ''})"
            return lowering.scalar(schedule.at, rate)
    return None


def _rate_of_unknown(schedule: Made, lowering: Lowering) -> Node | None:
    """A rate of whole hours or days, however many these are."""
    duration = given(schedule, "duration", place=0)
    unit = duration.name.rpartition(".")[2] if isinstance(duration, Made) else ""
    amount = given(duration, "amount", place=0) if isinstance(duration, Made) else None
    if unit not in _WHOLE or amount is None or isinstance(amount, (Plain, Either)):
        return None
    return lowering.around(amount.at, "rate(", amount, f" {unit})")


def _cron(schedule: Made, lowering: Lowering) -> Node | None:
    """All fields of a cron expression, as far as they are known."""
    values: dict[str, str | Thing] = {}
    for name in _FIELDS:
        one = _by_default(given(schedule, name))
        if one is None or (isinstance(one, Plain) and one.value is None):
            continue
        if isinstance(one, Either):
            return None
        values[name] = str(one.value) if isinstance(one, Plain) else one
    if not schedule.whole:
        return None
    values.setdefault("week_day", "?" if values.get("day", "*") != "?" else "*")
    values.setdefault("day", "?" if values["week_day"] != "?" else "*")
    fields = [values.get(name, "*") for name in _FIELDS]
    known = [one for one in fields if isinstance(one, str)]
    if len(known) == len(fields):
        return lowering.scalar(schedule.at, f"cron({' '.join(known)})")
    between = [part for field in fields for part in (" ", field)]
    return lowering.around(schedule.at, "cron(", *between[1:], ")")


def pattern(thing: Thing, lowering: Lowering) -> Node:
    """`EventPattern(source=[…], detail_type=[…])` with the keys that events have."""
    if isinstance(thing, Made):
        members = {name.replace("_", "-"): one for name, one in thing.named.items()}
    elif isinstance(thing, Keyed):
        members = {snake(str(name)).replace("_", "-"): one for name, one in thing.members.items()}
    else:
        return lowering.node(thing)
    at = thing.at
    found = lowering.mapping(
        at, {name: _field(one.value, lowering) for name, one in members.items()}
    )
    if not thing.whole:
        found.entries.append(lowering.more(at))
    return found


def _field(thing: Thing, lowering: Lowering) -> Node:
    """What a pattern says of a field, or of those below it; `Match.prefix(…)` is a list."""
    matched = list(_matched(thing, lowering))
    if matched:
        return lowering.listed(thing.at, matched)
    match thing:
        case Keyed() if thing.whole:
            return lowering.once(thing, lambda _: _fields(thing, lowering))
        case _:
            return lowering.node(thing)


def _fields(thing: Keyed, lowering: Lowering) -> Node:
    members = {str(name): _field(one.value, lowering) for name, one in thing.members.items()}
    return lowering.mapping(thing.at, members)


def _matched(thing: Thing, lowering: Lowering) -> Iterator[Node]:
    """What a call of `Match` lets through; nothing of any other thing."""
    if not isinstance(thing, Made) or not thing.positional:
        return
    of, _, name = thing.name.rpartition(".")
    first, *others = thing.positional
    if not of.endswith("aws_events.Match"):
        return
    if name in _ENDS:
        yield lowering.mapping(thing.at, {name: lowering.node(first)})
    elif name == "exact_string":
        yield lowering.node(first)
    elif name == "any_of":
        for one in (first, *others):
            yield from list(_matched(one, lowering)) or [lowering.node(one)]
