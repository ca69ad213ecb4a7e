"""Resources that the framework makes for events: the buckets and topics that they name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lamlint.dialects.outcome import computed
from lamlint.dialects.serverless.events import made_for
from lamlint.dialects.serverless.functions import Declared
from lamlint.dialects.serverless.service import Service
from lamlint.dialects.tree.node import Entry, MappingNode, Node, ScalarNode

_KINDS = {
    "s3": ("S3Bucket", "AWS::S3::Bucket", "BucketName"),
    "sns": ("SNSTopic", "AWS::SNS::Topic", "TopicName"),
}
"""What is made for an event: how its logical id begins, its type, and what holds its name."""


def imply(service: Service, declared: Sequence[Declared]) -> None:
    """Let the stack of a service have what its functions' events make."""
    made = list(_made(declared))
    root = service.scope.root
    if not made:
        return
    written = root.get("Resources")
    known = written.entries if isinstance(written, MappingNode) else []
    section = MappingNode(root.source, root.start, root.start, [*made, *known], shared=True)
    key = computed(section, "Resources")
    others = [entry for entry in root.entries if entry.name != key.text]
    entries = [*others, Entry(key, section, root.start, root.start)]
    service.scope.root = MappingNode(root.source, root.start, root.end, entries, shared=True)


def _made(declared: Sequence[Declared]) -> Iterator[Entry]:
    for function in declared:
        for word, named in made_for(function, frozenset(_KINDS)):
            prefix, kind, name = _KINDS[word]
            spelled = "".join(letter for letter in named.text if letter.isalnum())
            properties = _mapping(named, {name: named})
            resource = _mapping(named, {"Type": computed(named, kind), "Properties": properties})
            key = computed(named, f"{prefix}{spelled[:1].upper()}{spelled[1:]}")
            yield Entry(key, resource, named.start, named.end)


def _mapping(place: ScalarNode, values: dict[str, Node]) -> MappingNode:
    entries = [
        Entry(computed(place, key), value, place.start, place.end) for key, value in values.items()
    ]
    return MappingNode(place.source, place.start, place.end, entries, shared=True)
