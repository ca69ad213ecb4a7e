"""Event patterns: what they say plainly, and of which new objects of S3 they are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lamlint.dialects.properties import Properties
from lamlint.dialects.tree.node import MappingNode
from lamlint.model import Choice, Filter, Objects, Value
from lamlint.text import Span

_CREATED = "Object Created"
_RECORDED = "AWS API Call via CloudTrail"
_SERVICE = "s3.amazonaws.com"
_CALLS = {"PutObject": "Put", "CopyObject": "Copy",
          "CompleteMultipartUpload": "CompleteMultipartUpload"}  # fmt: skip
"""What CloudTrail calls the requests that make objects."""
_ANY_WAY = "s3:ObjectCreated:"
_REASONS = {
    "PutObject": "Put",
    "POST Object": "Post",
    "CopyObject": "Copy",
    "CompleteMultipartUpload": "CompleteMultipartUpload",
}
"""Source: Amazon S3's guide to EventBridge, on the structure of its events."""
_ENDS = frozenset({"prefix", "suffix"})


def pattern(written: Properties | None) -> Mapping[str, tuple[str, ...]]:
    """An event pattern that is nothing but lists of texts at its top level; else nothing."""
    if written is None:
        return {}
    lists = _lists(written)
    return lists if len(lists) == len(list(written.mapping)) else {}


def listed(written: Properties | None) -> Mapping[str, tuple[str, ...]]:
    """The lists of texts of an event pattern, at its top level and one below (`detail.state`)."""
    if written is None:
        return {}
    inner = {entry.name: written.child(entry.name) for entry in written.mapping}
    return _lists(written) | {
        f"{name}.{key}": texts
        for name, below in inner.items()
        if below is not None
        for key, texts in _lists(below).items()
    }


def _lists(written: Properties) -> dict[str, tuple[str, ...]]:
    lists = {entry.name: written.texts(entry.name) for entry in written.mapping}
    return {
        name: tuple(value.only for value in values)
        for name, values in lists.items()
        if values and all(value.known for value in values)
    }


def not_evaluated(place: Span) -> Filter:
    """What narrows a trigger by its content."""
    return Filter("pattern", Value((), place, "patterns are not evaluated"))


def objects(pattern: Properties) -> Objects | None:
    """The new objects that a pattern is of; None where it is of others, or cannot be told."""
    if not _has_only(pattern, {"source", "detail-type", "detail", "resources"}):
        return None
    kinds = pattern.texts("detail-type")
    if _holds(_RECORDED, kinds):
        return _recorded(pattern)
    if not _holds("aws.s3", pattern.texts("source")) or (kinds and not _holds(_CREATED, kinds)):
        return None
    detail = pattern.child("detail")
    named, begins = _buckets(pattern, "resources")
    if detail is None:
        surely = pattern.has("detail").is_in([False])
        return Objects(named, begins, _actions(pattern, ())) if surely else None
    if not _has_only(detail, {"bucket", "object", "reason"}):
        return None
    bucket, found = detail.child("bucket"), detail.child("object")
    if bucket is not None and not _has_only(bucket, {"name"}):
        return None
    if found is not None and not _has_only(found, {"key"}):
        return None
    if bucket is not None:
        named, begins = _buckets(bucket, "name")
    actions = _actions(pattern, detail.texts("reason"))
    return Objects(named, begins, actions, tuple(_filters(found)) if found is not None else ())


def _recorded(pattern: Properties) -> Objects | None:
    """The new objects of a bucket that CloudTrail tells EventBridge of, by the calls for them.

    A trail records those of a bucket that its author names; of any bucket that is not known.
    """
    detail = pattern.child("detail")
    asked = detail.child("requestParameters") if detail is not None else None
    if detail is None or asked is None or pattern.has("resources").is_in([True]):
        return None
    services = detail.texts("eventSource")
    if not _has_only(detail, {"eventSource", "eventName", "requestParameters"}) or (
        services and not _holds(_SERVICE, services)
    ):
        return None
    named, begins = _buckets(asked, "bucketName")
    calls = detail.texts("eventName")
    if not _has_only(asked, {"bucketName", "key"}) or not calls or not (named or begins):
        return None
    actions = tuple(one.map(lambda name: f"{_ANY_WAY}{_CALLS.get(name, '?')}") for one in calls)
    keys = asked if asked.has("key").is_in([True]) else None
    return Objects(named, begins, actions, tuple(_filters(keys)) if keys is not None else ())


def _buckets(
    given: Properties, key: str
) -> tuple[tuple[Value[str], ...], tuple[Value[str], ...] | None]:
    """The names of buckets in a list, and what the names of others begin with.

    They are of any bucket where there is no list.
    """
    if given.has(key).is_in([False]):
        return (), None
    rules = [one for one in given.mappings(key) if _has_only(one, {"prefix"})]
    named = tuple(one.map(_name) for one in given.texts(key))
    return named, tuple(one.text("prefix").map(_name) for one in rules)


def _name(arn: str) -> str:
    """The name of a bucket, by its ARN."""
    return arn.removeprefix("arn:aws:s3:::")


def _actions(pattern: Properties, reasons: tuple[Value[str], ...]) -> tuple[Value[str], ...]:
    """By which requests objects are made, as a bucket's own notifications call them."""
    if not reasons:
        place = pattern.owner
        return (Value((Choice(f"{_ANY_WAY}*", place),), place),)
    return tuple(
        one.map(lambda reason: f"{_ANY_WAY}{_REASONS.get(reason, '?')}") for one in reasons
    )


def _has_only(given: Properties, names: set[str]) -> bool:
    return {entry.name for entry in given.mapping} <= names


def _holds(wanted: str, values: tuple[Value[str], ...]) -> bool:
    return any(value.is_in((wanted,)) for value in values)


def _filters(found: Properties) -> Iterator[Filter]:
    """What narrows the keys; several are an "or", of which no more is known."""
    unread: Value[str] = Value((), found.owner, "its rules could not be read")
    items = tuple(found.items("key"))
    for node, _ in items:
        name = next((entry.name for entry in node), "") if isinstance(node, MappingNode) else ""
        if len(items) == 1 and name in _ENDS and isinstance(node, MappingNode):
            rule = next(found.mappings("key"), None)
            yield Filter(name, rule.text(name)) if rule is not None else Filter("unknown", unread)
            return
    yield Filter("unknown", unread)
