"""What an event source mapping says of how it polls, and targets of what they cannot hand over."""

from __future__ import annotations

from lamlint.dialects import values
from lamlint.dialects.properties import Properties
from lamlint.model import Choice, Delivery, Origin, Polling, Value

_REPORTS = "ReportBatchItemFailures"
_TYPES = "function_response_types"
_ON = {"ENABLED": True, "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS": True, "DISABLED": False}


def polling(given: Properties) -> Polling:
    """How the mapping polls that has some arguments."""
    return Polling(
        batch_size=given.number("batch_size"),
        window=given.number("maximum_batching_window_in_seconds", default=0),
        maximum_concurrency=given.number("scaling_config", "maximum_concurrency"),
        retries=given.number("maximum_retry_attempts", default=-1),
        maximum_age=given.number("maximum_record_age_in_seconds", default=-1),
        bisect=given.value(("bisect_batch_on_function_error",), values.truth, False),
        parallelization=given.number("parallelization_factor", default=1),
        tumbling_window=given.number("tumbling_window_in_seconds", default=0),
        starting_position=given.text("starting_position"),
        starting_timestamp=given.number("starting_position_timestamp"),
        reports_failures=_reports(given),
        on_failure=given.text("destination_config", "on_failure", "destination_arn"),
    )


def _reports(given: Properties) -> Value[bool]:
    """Whether the list of response types has the one that there is."""
    place = given.place(_TYPES)
    if given.has(_TYPES).is_in([False]):
        return Value((Choice(False, place, Origin.DEFAULT),), place)
    if any(one.is_in([_REPORTS]) for one in given.texts(_TYPES)):
        return Value((Choice(True, place),), place)
    return Value((), place, "its response types could not be read")


def enabled(given: Properties) -> Value[bool]:
    """Whether a mapping is switched on."""
    return given.value(("enabled",), values.truth, True)


def is_on(given: Properties) -> Value[bool]:
    """Whether a rule or a schedule is switched on, by its state or in the older words."""
    if not given.has("state").is_in([False]):
        return given.text("state").map(lambda one: _ON.get(one, True))
    return given.value(("is_enabled",), values.truth, True)


def delivery(given: Properties) -> Delivery:
    """What becomes of events that the target of a rule or schedule cannot be handed."""
    return Delivery(
        retries=given.number("retry_policy", "maximum_retry_attempts"),
        maximum_age=given.number("retry_policy", "maximum_event_age_in_seconds"),
        dead_letter=given.text("dead_letter_config", "arn"),
    )
