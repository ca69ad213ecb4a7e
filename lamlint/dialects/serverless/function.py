"""What a service declares of one function."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

from lamlint.dialects import table, values
from lamlint.dialects.cloudformation import function as plain
from lamlint.dialects.properties import Properties
from lamlint.dialects.serverless import beside, code, events, settings, wrapped
from lamlint.dialects.serverless.environment import environment
from lamlint.dialects.serverless.functions import Declared
from lamlint.dialects.table import (
    Addable,
    Declaration,
    Property,
    Table,
    never,
    number,
    overridden,
    presence,
    removable,
    text,
    wording,
)
from lamlint.dialects.tree import removal
from lamlint.dialects.tree.node import Node, SequenceNode
from lamlint.model import NOT_SET, Choice, Function, Layer, Origin, Value
from lamlint.text.dataclass import replace

DIALECT = "serverless"


def _tracing(node: Node) -> str | None:
    """`true`, `false`, or one of Lambda's own words."""
    written = values.truth(node)
    if written is None:
        return values.text(node)
    return "Active" if written else "PassThrough"


def _snap_start(node: Node) -> str | None:
    written = values.truth(node)
    return None if written is None else "PublishedVersions" if written else "None"


def _as_snap_start(new: str) -> bool:
    return new != "None"


def _image(_node: Node) -> str:
    return "Image"


_TABLE = Table(
    physical_name=wording("name"),
    description=text("description", default=""),
    package_type=Property(("image",), _image, "Zip"),
    runtime=text("runtime"),
    handler=removable("handler"),
    timeout=overridden("timeout", default=6),
    memory=number("memorySize", default=1024),
    ephemeral_storage=number("ephemeralStorageSize", default=512),
    architectures=text("architecture", default="x86_64"),
    recursive_loop=text(default="Terminate"),
    tracing=Property(("tracing",), _tracing, "PassThrough"),
    log_format=text("logs", "logFormat", default="Text"),
    application_log_level=text("logs", "applicationLogLevel"),
    log_group=text("logs", "logGroup"),
    log_retention=number("logRetentionInDays", default=0),
    reserved_concurrency=number("reservedConcurrency"),
    provisioned_concurrency=number("provisionedConcurrency"),
    snap_start=Property(("snapStart",), _snap_start, "None", _as_snap_start),
    managed_instances=never(),
    accelerated=never(),
    durable=presence("durableConfig"),
    tenant_isolation=presence("tenancy"),
    edge=never(),
    vpc=presence("vpc"),
    dead_letter=Addable(("onError",), values.text),
    published=Property(("versionFunction",), values.truth, True),
    own_key=presence("kmsKeyArn"),
)
"""What the framework calls each property."""


def function(declared: Declared) -> Function:
    """A function as its service declares it; `links` adds what the stack says of it."""
    given = declared.given
    words = _changed(table.function(_TABLE, given, _declaration(declared)), declared)
    running = wrapped.handler(words.handler, declared)
    found = code.of_function(declared)
    layered = declared.own if words.package_type.is_in(["Image"]) else given
    return replace(
        words,
        runtime=_runtime(words),
        handler=running,
        physical_name=_name(words.physical_name, declared),
        mounts=tuple(_mounts(given)),
        tags=_tags(declared),
        environment=environment(declared),
        layers=tuple(_layers(layered)),
        layers_complete=_are_listed(layered),
        layers_removal=removal.removal(given.mapping, "layers"),
        code=replace(found, also=_also(running, declared)),
        events=tuple(events.of_function(declared)),
        edge=_edge(declared),
        asynchronous=tuple(settings.asynchronous(declared)),
        aliases=tuple(settings.aliases(declared)),
        urls=tuple(settings.urls(declared)),
    )


def _also(running: Value[str], declared: Declared) -> tuple[str, ...]:
    """Further folders that it imports from."""
    return (*wrapped.folders(running, declared), *beside.folders(running, declared))


def _declaration(declared: Declared) -> Declaration:
    return Declaration(
        id=declared.identity,
        name=declared.name,
        dialect=DIALECT,
        template=declared.service.path,
        span=declared.span,
        block=declared.block,
    )


def _changed(function: Function, declared: Declared) -> Function:
    """A function with what `resources` says of it in CloudFormation's words."""
    given = declared.changed
    if given is None:
        return function
    named = {one.name: getattr(plain.WORDS, one.name) for one in dataclasses.fields(plain.WORDS)}
    said = {
        name: one.of(given)
        for name, one in named.items()
        if one.path and one.path[0] in given.mapping.table
    }
    return replace(function, **said)


def _runtime(words: Function) -> Value[str]:
    """The runtime: that of the provider is not for images, and without one there is a default."""
    runtime = words.runtime
    if words.package_type.is_in(["Image"]):
        return Value((), runtime.span, "an image has its own")
    if runtime.reason == NOT_SET:
        return replace(runtime, reason="each version of the framework has its own")
    return runtime


def _name(written: Value[str], declared: Declared) -> Value[str]:
    """The name that a function is deployed under; what it has where none is written."""
    if not declared.given.complete or declared.own.mapping.get("name") is not None:
        return written
    found = declared.service.named(declared.name, declared.entry.key)
    made = values.wording(found, declared.span)
    choices = (replace(one, origin=Origin.DEFAULT, slot=None) for one in made.choices)
    return replace(made, choices=tuple(choices))


def _mounts(given: Properties) -> Iterator[Value[str]]:
    """Where file systems are mounted: of one, or of a list of them."""
    one = given.child("fileSystemConfig")
    for mount in (one,) if one is not None else given.mappings("fileSystemConfig"):
        yield mount.text("localMountPath")


def _tags(declared: Declared) -> dict[str, Value[str]]:
    found: dict[str, Value[str]] = {}
    for given in (declared.service.provider, declared.own):
        tags = given.child("tags")
        if tags is not None:
            found.update({entry.name: tags.text(entry.name) for entry in tags.mapping})
    return found


def _layers(given: Properties) -> Iterator[Layer]:
    for node, found in given.items("layers"):
        arn = values.value(found, node.span, values.text, None)
        parts = found[0].parts if len(found) == 1 else ()
        yield Layer(arn.only if arn.known else "", arn, None, node.span, parts)


def _are_listed(given: Properties) -> bool:
    """Whether all layers are known to be there."""
    found = given.outcomes("layers")
    return bool(found) and all(one.absent or isinstance(one.node, SequenceNode) for one in found)


def _edge(declared: Declared) -> Value[bool]:
    """Whether a function runs at the edge: an event of CloudFront makes it so."""
    place = events.at_the_edge(declared)
    span = declared.span if place is None else place
    origin = Origin.DEFAULT if place is None else Origin.WRITTEN
    return Value((Choice(place is not None, span, origin),), span)
