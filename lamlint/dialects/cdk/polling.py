"""What an event source that is polled says of its batches, and of those that fail."""

from __future__ import annotations

from collections.abc import Mapping

from lamlint.dialects.cdk.amounts import Convert, duration, plain, word
from lamlint.dialects.cdk.nodes import Lowering
from lamlint.dialects.cdk.objects import Either, Frame, Made, Nothing, Plain, Thing
from lamlint.dialects.cdk.template import given, is_construct
from lamlint.dialects.cdk.writing import InCode, new_in
from lamlint.dialects.python_literals import literal
from lamlint.dialects.tree.node import Node

_REPORTS = "ReportBatchItemFailures"


def _reports(thing: Thing, lowering: Lowering) -> Node:
    """Whether the function may name those of a batch that failed, as the list of response types."""
    if isinstance(thing, Either):
        return lowering.each(thing, lambda one: _reports(one, lowering))
    if not isinstance(thing, Plain) or not isinstance(thing.value, bool):
        return lowering.node(thing)
    if not thing.value:
        return lowering.node(Nothing(thing.at))
    return lowering.listed(thing.at, [lowering.scalar(thing.at, _REPORTS)])


_ARGUMENTS: Mapping[str, tuple[str, Convert]] = {
    "batch_size": ("BatchSize", plain),
    "bisect_batch_on_error": ("BisectBatchOnFunctionError", plain),
    "enabled": ("Enabled", plain),
    "max_batching_window": ("MaximumBatchingWindowInSeconds", duration),
    "max_record_age": ("MaximumRecordAgeInSeconds", duration),
    "parallelization_factor": ("ParallelizationFactor", plain),
    "report_batch_item_failures": ("FunctionResponseTypes", _reports),
    "retry_attempts": ("MaximumRetryAttempts", plain),
    "starting_position": ("StartingPosition", word),
    "tumbling_window": ("TumblingWindowInSeconds", duration),
}
"""The arguments of an event source, and the properties of a mapping that they become."""


def polling(source: Made, lowering: Lowering) -> dict[str, Node]:
    """The properties of the mapping that an event source makes."""
    found: dict[str, Node] = {}
    for name, (key, convert) in _ARGUMENTS.items():
        value = given(source, name)
        if value is not None:
            found[key] = convert(value, lowering)
    most = given(source, "max_concurrency")
    if most is not None:
        found["ScalingConfig"] = lowering.mapping(
            source.at, {"MaximumConcurrency": lowering.node(most)}
        )
    failed = given(source, "on_failure")
    if failed is not None:
        target = {"Destination": lowering.node(_target(failed))}
        ends = {"OnFailure": lowering.mapping(source.at, target)}
        found["DestinationConfig"] = lowering.mapping(source.at, ends)
    return found


def layout(source: Made, frame: Frame | None) -> InCode:
    """How an event source is told to give up."""
    return InCode(
        new=new_in(source, frame, {("MaximumRetryAttempts",): ("retry_attempts", literal)})
    )


def _target(thing: Thing) -> Thing:
    """What a library wraps as the place for failures: `SqsDlq(queue)`."""
    if isinstance(thing, Made) and not is_construct(thing):
        return given(thing, "queue", "topic", "bucket", place=0) or thing
    return thing
