"""What an event source mapping says of how it polls, in the words that SAM shares."""

from __future__ import annotations

from lamlint.dialects.properties import Properties
from lamlint.dialects.tree.node import ScalarNode, SequenceNode
from lamlint.model import Choice, Origin, Polling, Value

_REPORTS = "ReportBatchItemFailures"
_TYPES = "FunctionResponseTypes"


def polling(given: Properties) -> Polling:
    """How the mapping polls that has some properties."""
    destination = given.text("DestinationConfig", "OnFailure", "Destination")
    return Polling(
        batch_size=given.with_room(given.number("BatchSize"), ("BatchSize",)),
        window=given.number("MaximumBatchingWindowInSeconds", default=0),
        maximum_concurrency=given.number("ScalingConfig", "MaximumConcurrency"),
        retries=given.number("MaximumRetryAttempts", default=-1),
        maximum_age=given.number("MaximumRecordAgeInSeconds", default=-1),
        bisect=given.value(("BisectBatchOnFunctionError",), _truth, False),
        parallelization=given.number("ParallelizationFactor", default=1),
        tumbling_window=given.number("TumblingWindowInSeconds", default=0),
        starting_position=given.text("StartingPosition"),
        starting_timestamp=given.number("StartingPositionTimestamp"),
        reports_failures=_reports_failures(given),
        on_failure=made_by_sam(given, destination, "DestinationConfig", "OnFailure"),
        filters=_filters(given),
    )


def enabled(given: Properties) -> Value[bool]:
    """Whether a trigger is switched on, in the words of mappings (`Enabled`) and rules."""
    named = "Enabled" if given.mapping.get("Enabled") is not None else "State"
    return given.value((named,), _truth, True)


def made_by_sam(given: Properties, target: Value[str], *path: str) -> Value[str]:
    """The target of a destination: one that has only a type is made by SAM."""
    if target.missing and not given.has(*path).is_in([False]):
        return Value((), given.place(*path), "SAM makes it")
    return target


def _truth(node: object) -> bool | None:
    written = node.text.lower() if isinstance(node, ScalarNode) else ""
    return _TRUTHS.get(written)


_TRUTHS = {
    "true": True,
    "enabled": True,
    "enabled_with_all_cloudtrail_management_events": True,
    "yes": True,
    "on": True,
    "false": False,
    "disabled": False,
    "no": False,
    "off": False,
}


def _reports_failures(given: Properties) -> Value[bool]:
    """Whether the list of response types has the one that there is."""
    found = given.outcomes(_TYPES)
    place = given.place(_TYPES)
    if found and all(one.absent for one in found):
        return Value((Choice(False, place, Origin.DEFAULT),), place)
    listed = given.texts(_TYPES)
    if any(one.is_in([_REPORTS]) for one in listed):
        return Value((Choice(True, place),), place)
    return Value((), place, "its response types could not be read")


def _filters(given: Properties) -> int | None:
    """How many patterns records are filtered by; None where that is not known."""
    found = given.outcomes("FilterCriteria", "Filters")
    if found and all(one.absent for one in found):
        return 0
    only = given.only("FilterCriteria", "Filters")
    return len(only.node.items) if only and isinstance(only.node, SequenceNode) else None
